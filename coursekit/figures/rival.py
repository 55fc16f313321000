"""Rounds of arming and restraint, and the table in which they fall."""

from collections.abc import Sequence

from matplotlib.patches import Rectangle

from coursekit.figures import palette
from coursekit.figures.base import Axes, CourseFigure, Look, Point, described
from coursekit.figures.chart import BROWN, GREY, MIDDLE, TEAL, bare, name_rows, sheet
from coursekit.models.games import Payoffs
from coursekit.ranges import Number
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
TO_COME: Look = {"facecolor": "none", "edgecolor": "#c3cad0"}
LOOKS: tuple[Look, Look] = (
    {"facecolor": "white", "edgecolor": TEAL, "linewidth": 1.6},
    {"facecolor": "#ecd9b0", "edgecolor": BROWN, "linewidth": 1.6},
)
Deeds = Sequence[int]
Cell = tuple[int, int]
# By what I did and what the other did; 1 is to arm.
CELLS = {(0, 0): "R", (0, 1): "S", (1, 0): "T", (1, 1): "P"}


def rival_figure(
    mine: Deeds, theirs: Deeds, payoffs: Sequence[Number], rounds: int = 10, *, told: bool = True
) -> CourseFigure:
    """Draw who armed when, and the table: the worth of the cells met or, if `told`, of all."""
    worth = Payoffs(*payoffs)
    done = list(zip(mine, theirs, strict=True))
    seen = {cell: told or cell in done for cell in CELLS}
    with sheet(9.2, 3.3) as figure:
        left = figure.add_axes((0.105, 0.1, 0.49, 0.82))
        _draw_rounds(left, mine, theirs, rounds)
        _draw_table(figure.add_axes((0.64, 0.03, 0.35, 0.94)), done, worth, seen)
    names, deeds = SAY["players"], SAY["deeds"]
    rows = [(number, deeds[i], deeds[j]) for number, (i, j) in enumerate(done, 1)]
    armed = SAY("armed", mine=sum(mine), theirs=sum(theirs), rounds=len(mine))
    alt = f"{SAY['alt']} {armed if rows else SAY['empty']}"
    known = [name for cell, name in CELLS.items() if seen[cell]]
    met = [SAY("cell", name=SAY["cells"][n], worth=getattr(worth, n)) for n in known]
    if met:
        alt += " " + SAY("alt_table", cells=", ".join(met))
    return described(figure, alt, rows, ["round", *names])


def draw_box(axes: Axes, at: Point, deed: int | None, letters: Sequence[str]) -> None:
    """Draw the box of one side in one round: 0, 1, or None for what is to come."""
    look = TO_COME if deed is None else LOOKS[deed]
    axes.add_patch(Rectangle((at[0] - 0.36, at[1] - 0.3), 0.72, 0.6, **look))
    if deed is not None:
        axes.text(*at, letters[deed], fontsize=10, **MIDDLE)


def _draw_rounds(axes: Axes, mine: Deeds, theirs: Deeds, rounds: int) -> None:
    bare(axes, (0.4, rounds + 0.6), (-0.75, 1.75))
    name_rows(axes, dict(zip(SAY["players"], (1, 0), strict=True)), size=10)
    for height, deeds in ((1, mine), (0, theirs)):
        for place in range(1, rounds + 1):
            deed = deeds[place - 1] if place <= len(deeds) else None
            draw_box(axes, (place, height), deed, SAY["letters"])
    for place in range(1, rounds + 1):
        axes.text(place, -0.55, f"{place}", color=GREY, fontsize=9, **MIDDLE)
    axes.text(0.64, 1.5, SAY["key"], color=GREY, fontsize=9, va="center")


def _draw_table(axes: Axes, done: list[Cell], worth: Payoffs, seen: dict[Cell, bool]) -> None:
    bare(axes, (-0.75, 2.05), (2.1, -0.75))
    axes.text(1, -0.6, SAY["column"], fontsize=10, **MIDDLE)
    axes.text(-0.68, 1, SAY["row"], fontsize=10, rotation=90, **MIDDLE)
    for i, deed in enumerate(SAY["deeds"]):
        axes.text(i + 0.5, -0.2, deed, fontsize=9.5, **MIDDLE)
        axes.text(-0.28, i + 0.5, deed, fontsize=9.5, rotation=90, **MIDDLE)
    for (i, j), name in CELLS.items():
        times = done.count((i, j))
        last = done[-1:] == [(i, j)]
        look: Look = {"facecolor": "#dcebe9" if times else palette.PAPER, "edgecolor": GREY}
        look |= {"edgecolor": TEAL, "linewidth": 2.6, "zorder": 3} if last else {}
        axes.add_patch(Rectangle((j, i), 1, 1, **look))
        points = SAY("each", worth=getattr(worth, name)) if seen[i, j] else SAY["not_seen"]
        axes.text(j + 0.5, i + 0.34, points, fontsize=11, zorder=4, **MIDDLE)
        often = SAY("times", times=times) if times else SAY["never"]
        axes.text(j + 0.5, i + 0.7, often, fontsize=9, zorder=4, **MIDDLE)
