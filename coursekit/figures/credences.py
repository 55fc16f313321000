"""How probable the anchor claims seemed at the start and at the end."""

import textwrap

from coursekit.figures.base import CourseFigure, Look, described
from coursekit.figures.chart import GREY, TEAL, plain, sheet


def credence_figure(
    start: dict[str, float], end: dict[str, float], texts: dict[str, str]
) -> CourseFigure:
    """Draw two probabilities for each claim, joined by a line."""
    claims = list(texts)
    with sheet(7.6, 0.78 * len(claims) + 1) as figure:
        axes = figure.add_axes((0.4, 0.12, 0.56, 0.77))
        plain(axes)
        places = range(len(claims), 0, -1)
        for place, claim in zip(places, claims, strict=True):
            if claim in start and claim in end:
                axes.plot([start[claim], end[claim]], [place, place], color=GREY, linewidth=2.5)
        looks: tuple[Look, Look] = {"marker": "o", "markerfacecolor": "white"}, {"marker": "D"}
        named = ("at the start", start), ("at the end", end)
        for (name, values), look in zip(named, looks, strict=True):
            known = [(values[c], p) for c, p in zip(claims, places, strict=True) if c in values]
            points = zip(*known, strict=True) if known else ([], [])
            axes.plot(*points, ls="none", color=TEAL, ms=9, mew=1.8, label=name, **look)
        said = [textwrap.fill(f"{claim}  {texts[claim]}", 44) for claim in claims]
        axes.set_yticks(places, said, fontsize=8.5)
        axes.set(xlim=(-3, 103), ylim=(0.4, len(claims) + 0.6))
        axes.set_xticks(range(0, 101, 25), [f"{n}%" for n in range(0, 101, 25)], fontsize=9)
        axes.set_xlabel("How probable the claim seemed to you", fontsize=9)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=9)
    rows = [(c, texts[c], start.get(c), end.get(c)) for c in claims]
    said = [f"{c}: {_percent(start.get(c))} and {_percent(end.get(c))}" for c in claims]
    alt = f"Probability at the start and at the end. {'; '.join(said)}."
    return described(figure, alt, rows, ["claim", "text", "start", "end"])


def _percent(value: float | None) -> str:
    return "not given" if value is None else f"{value:.0f}%"
