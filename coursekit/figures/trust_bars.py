"""Trust after each act of a neighbour, and how many of either kind would have acted so."""

from collections.abc import Sequence
from itertools import zip_longest
from textwrap import fill

from coursekit.figures import chart, palette
from coursekit.figures.base import Axes, CourseFigure, Look, Numbers, described
from coursekit.figures.chart import BROWN, GREY, TEAL, bare, hatched, plain, sheet
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
YOURS = {"facecolor": TEAL, "edgecolor": TEAL}
RULE = hatched("white", "////", BROWN)
MIDDLE = {**chart.MIDDLE, "color": palette.INK}
# Name of an act, the sentence that tells it, and how likely either kind does it.
Told = tuple[str, str, float, float]


def trust_bars_figure(
    mine: Numbers, acts: Sequence[Told], rule: Numbers = (), verdict: str = "", count: int = 5
) -> CourseFigure:
    """Draw the trust that was set so far and the last act; at the end what Bayes' rule gives."""
    with sheet(9.2, 3.4) as figure:
        _draw_act(figure.add_axes((0.01, 0.02, 0.34, 0.96)), acts, verdict)
        _draw_bars(figure.add_axes((0.42, 0.19, 0.57, 0.63)), mine, acts, rule, count)
        names = [SAY["start"], *(act[1] for act in acts)]
        bars = [*zip_longest(names[: len(mine)], mine, rule)]
        likely = [("", ""), *(_of_ten(act) for act in acts)]
        rows = [
            (name, f"{own:.0f}", *of, "" if due is None else f"{due:.0f}")
            for (name, own, due), of in zip(bars, likely, strict=False)
        ]
    return described(figure, _alt(mine, acts, rule, verdict), rows, SAY["columns"])


def _of_ten(act: Told) -> tuple[int, ...]:
    return tuple(round(10 * likely) for likely in act[2:])


def _alt(mine: Numbers, acts: Sequence[Told], rule: Numbers, verdict: str) -> str:
    written = [", ".join(f"{bar:.0f}" for bar in bars) for bars in (mine, rule)]
    said = [SAY["alt"], SAY("set", bars=written[0]) if mine else SAY["empty"]]
    if verdict:
        said += [SAY("ruled", bars=written[1]), SAY("told", verdict=verdict)]
    elif acts:
        said.append(SAY("last", act=acts[-1][1], of=_of_ten(acts[-1])))
    return " ".join(said)


def _draw_act(axes: Axes, acts: Sequence[Told], verdict: str) -> None:
    bare(axes, (0, 10), (0, 10))
    if verdict or not acts:
        words = SAY("over", verdict=verdict) if verdict else SAY["wait"]
        axes.text(5, 5, words, fontsize=12, weight="bold", linespacing=1.5, **MIDDLE)
        return
    axes.text(0.2, 9.5, SAY("act", number=len(acts)), color=GREY, fontsize=9.5, va="center")
    said = fill(acts[-1][1], 34)
    axes.text(0.2, 8.9, said, fontsize=11, weight="bold", va="top", color=palette.INK)
    for height, kind, of in zip((5.9, 2.7), SAY["kinds"], _of_ten(acts[-1]), strict=True):
        axes.text(0.2, height, kind, fontsize=9.5, va="center", color=palette.INK)
        for place in range(10):
            look: Look = {"marker": "o", "ms": 11, "mec": palette.INK}
            face = palette.INK if place < of else "white"
            axes.plot(place + 0.5, height - 0.95, mfc=face, **look)
        axes.text(0.2, height - 1.85, SAY("would", count=of), fontsize=9.5, va="center")


def _draw_bars(axes: Axes, mine: Numbers, acts: Sequence[Told], rule: Numbers, count: int) -> None:
    axes.set(xlim=(-0.6, count + 0.6), ylim=(0, 100))
    axes.set_yticks([0, 50, 100])
    plain(axes, "y")
    axes.set_title(SAY["axis"], loc="left", fontsize=10, pad=16)
    names = [SAY["start"], *(act[0] for act in acts)]
    names += [SAY("act", number=n) for n in range(len(names), count + 1)]
    axes.set_xticks(range(count + 1), names, fontsize=8.5)
    axes.tick_params(axis="x", length=0)
    wide = 0.36 if rule else 0.6
    for shift, bars, look, label in (
        (-0.2 if rule else 0, mine, YOURS, SAY["yours"]),
        (0.2, rule, RULE, SAY["rule"]),
    ):
        places = [place + shift for place in range(len(bars))]
        axes.bar(places, bars, wide, label=label, **look)
        for place, bar in zip(places, bars, strict=True):
            axes.text(place, bar + 4, f"{bar:.0f}", fontsize=8.5, clip_on=False, **MIDDLE)
    if rule:
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1.08), ncols=2, frameon=False, fontsize=9)
