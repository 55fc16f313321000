"""Deterrence: how likely a challenge is by status, and how much commitment costs."""

# The names are those of the model.
# ruff: noqa: N803

import numpy as np

from coursekit.figures import palette
from coursekit.figures.base import Axes, CourseFigure, Look, Sheet, described
from coursekit.figures.chart import BROWN, PURPLE, TEAL, legend, name_rows, plain, sheet
from coursekit.models import deterrence as model
from coursekit.sentences import Sentences

SAY = Sentences(__file__)

# Name, colour and marker of each theory.
THEORIES = {
    "preventive": ("Preventive theory", TEAL, "o"),
    "opportunist": ("Opportunist theory", BROWN, "D"),
    "regime": ("Rule and identity", PURPLE, "s"),
}
# Of marks at one place each later one is smaller, so that none hides another.
UNCHOSEN = {"preventive": 9.5, "opportunist": 7, "regime": 4.5}
OWN = "Present setting"
RING = {"marker": "o", "ls": "none", "ms": 13, "mfc": "none", "mec": palette.INK, "mew": 2}
LOSSES: dict[str, Look] = {
    "By abandonment": {"ls": "--", "color": BROWN, "lw": 2.4},
    "By entrapment": {"ls": ":", "color": PURPLE, "lw": 2.4},
    "Sum": {"ls": "-", "color": TEAL, "lw": 2.4},
    "Least loss": {"marker": "D", "ls": "none", "color": TEAL, "ms": 10},
    OWN: RING,
}
ROWS = [*(name.capitalize() for name in model.STATUSES), OWN]
HEIGHTS = [4.4, 3.4, 2.4, 1.4, 0]


def risk(
    theory: str, rho: float, pi: float, b: float, V: float = 10, turn: float = 0.5
) -> model.StatusRisk:
    """Compute the risk of a setting that need not be a status."""
    return model.status_risk(OWN, model.Status(rho, pi, b, V, turn), theory)


def challenge_figure(
    rho: float,
    pi: float,
    b: float,
    V: float = 10,
    turn: float = 0.5,
    theory: str = "preventive",
    *,
    on: Sheet = None,
) -> CourseFigure:
    """Draw the probability of a challenge by status under three theories."""
    rows: dict[str, list[model.StatusRisk]] = {
        name: [*model.status_comparison(name), risk(name, rho, pi, b, V, turn)] for name in THEORIES
    }
    with sheet(7.4, 4.6, on) as figure:
        axes = figure.still(_challenge_axes, theory)
        chances = np.array([[row.probability for row in rows[name]] for name in THEORIES])
        ends = chances.min(axis=0), chances.max(axis=0)
        axes.hlines(HEIGHTS, *ends, color="#c3cbd0", linewidth=2, zorder=1).set_gid("spans")
        for name, row in zip(THEORIES, chances, strict=True):
            # Where theories agree, the larger mark must not hide the smaller ones.
            place = {"clip_on": False, "zorder": 3 if name == theory else 4}
            axes.plot(row, HEIGHTS, **_mark(name, theory), **place, gid=f"theory-{name}")
        chance, colour = rows[theory][-1].probability, THEORIES[theory][1]
        look = {"ha": "center", "size": 10, "weight": "bold", "color": colour, "gid": "chance"}
        axes.annotate(f"{chance:.1%}", (chance, 0), (0, 10), textcoords="offset points", **look)
    shares = "; ".join(
        f"{status}: {one:.0%}, {other:.0%} and {third:.0%}"
        for status, (one, other, third) in zip(ROWS, chances.T, strict=True)
    )
    named = zip(ROWS, rows["preventive"], chances.T.round(4).tolist(), strict=True)
    table = [(name, *row[1:6], round(row.E, 4), round(row.W, 4), *of) for name, row, of in named]
    columns = ["status", "rho", "pi", "b", "V", "turn", "E", "W", *THEORIES]
    return described(figure, SAY("challenge_alt", shares=shares), table, columns)


def _challenge_axes(figure: CourseFigure, theory: str) -> Axes:
    axes = figure.add_axes((0.22, 0.15, 0.73, 0.73))
    axes.axhspan(-0.5, 0.5, color=palette.PAPER, gid="present")
    name_rows(axes, dict(zip(ROWS, HEIGHTS, strict=True)), size=10, bold=[OWN])
    axes.set(xlim=(0, 1), ylim=(-0.55, 4.9))
    axes.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
    axes.set_xlabel(SAY["challenge"], color=palette.INK)
    plain(axes, "x", without=("top", "right", "left"))
    looks = {
        f"{label} (chosen)" if name == theory else label: _mark(name, theory)
        for name, (label, *_) in THEORIES.items()
    }
    legend(axes, looks, loc="lower center", bbox_to_anchor=(0.4, 1), ncols=3)
    return axes


def _mark(name: str, theory: str) -> Look:
    _, colour, marker = THEORIES[name]
    size, face = (13, colour) if name == theory else (UNCHOSEN[name], "white")
    return {"marker": marker, "ms": size, "mfc": face, "mec": colour, "mew": 1.8, "ls": "none"}


def commitment_figure(
    kappa: float, q: float, D_A: float, D_E: float, mu: float, *, on: Sheet = None
) -> CourseFigure:
    """Draw the loss by abandonment and by entrapment (teaching construct after Snyder)."""
    best = float(model.best_commitment(q, D_A, D_E, mu))
    least = float(model.alliance_loss(best, q, D_A, D_E, mu))
    now = float(model.alliance_loss(kappa, q, D_A, D_E, mu))
    over = np.linspace(0, 1, 41)
    abandoned = (1 - over) * q * D_A
    entrapped = over * (q + mu * over) * D_E
    with sheet(7.4, 4.6, on) as figure:
        top = 1.08 * max(float((abandoned + entrapped).max()), 0.1)
        axes = figure.still(_commitment_axes, top)
        both = abandoned, entrapped, abandoned + entrapped
        for name, values in zip(LOSSES, both, strict=False):
            axes.plot(over, values, **LOSSES[name], gid=name.split()[-1].lower())
        points = {"clip_on": False, "zorder": 5}
        axes.plot([best], [least], **LOSSES["Least loss"], **points, gid="best")
        axes.plot([kappa], [now], **RING, **points, gid="present")
    alt = SAY("commitment_alt", least=least, best=best, kappa=kappa, now=now)
    losses = dict(zip(("abandonment", "entrapment", "sum"), both, strict=True))
    columns = {name: values[::4].round(4) for name, values in losses.items()}
    return described(figure, alt, {"kappa": over[::4].round(2)} | columns)


def _commitment_axes(figure: CourseFigure, top: float) -> Axes:
    axes = figure.add_axes((0.09, 0.14, 0.88, 0.73))
    axes.set(xlim=(0, 1), ylim=(0, top))
    axes.locator_params(nbins=5)
    axes.set_xlabel(SAY["commitment"], color=palette.INK)
    axes.set_ylabel("Expected loss", color=palette.INK)
    plain(axes)
    place: Look = {"loc": "lower center", "bbox_to_anchor": (0.5, 1), "columnspacing": 1.2}
    legend(axes, LOSSES, ncols=5, handlelength=2, **place)
    return axes


def words_figure(words: str) -> CourseFigure:
    """Say in words why there is nothing to draw."""
    with sheet(7.4, 4.6) as figure:
        lines = words.replace(". ", ".\n")
        figure.text(0.5, 0.5, lines, ha="center", va="center", color=palette.INK, gid="words")
    return described(figure, SAY("no_figure", words=words), {"problem": [words]})
