"""Rounds of arming and restraint, and the table in which they fall."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.patches import Rectangle

from coursekit.figures import palette
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import BROWN, GREY, TEAL, name_rows, sheet
from coursekit.models.games import Payoffs
from coursekit.sentences import Sentences

__all__ = ["draw_box", "rival_figure"]

SAY = Sentences(__file__)
TO_COME = {"facecolor": "none", "edgecolor": "#c3cad0"}
LOOKS = (
    {"facecolor": "white", "edgecolor": TEAL, "linewidth": 1.6},
    {"facecolor": BROWN, "edgecolor": BROWN, "linewidth": 1.6},
)
MIDDLE = {"ha": "center", "va": "center"}


def rival_figure(
    mine: Sequence[int],
    theirs: Sequence[int],
    payoffs: tuple[float, ...] | None = None,
    rounds: int = 10,
) -> CourseFigure:
    """Draw who armed in which round and, once the payoffs are told, the table with the rounds."""
    payoffs = payoffs and Payoffs(*payoffs)
    names, deeds = SAY["players"], SAY["deeds"]
    with sheet(9.2, 3.6) as figure:
        left = figure.add_axes((0.105, 0.12, 0.49, 0.76))
        _draw_rounds(left, mine, theirs, rounds)
        _draw_table(figure.add_axes((0.64, 0.03, 0.35, 0.9)), mine, theirs, payoffs)
        rows = [
            (number, deeds[i], deeds[j])
            for number, (i, j) in enumerate(zip(mine, theirs, strict=True), 1)
        ]
        figure.table = pd.DataFrame(rows, columns=["round", *names])
        armed = SAY("armed", mine=sum(mine), theirs=sum(theirs), rounds=len(mine))
        figure.alt = f"{SAY['alt']} {armed}" if rows else f"{SAY['alt']} {SAY['empty']}"
        if payoffs:
            figure.alt += " " + SAY("alt_table", **payoffs._asdict())
    return figure


def draw_box(axes, at: tuple[float, float], deed: int | None, letters: Sequence[str]) -> None:
    """Draw the box of one side in one round: 0, 1, or None for what is to come."""
    look = TO_COME if deed is None else LOOKS[deed]
    axes.add_patch(Rectangle((at[0] - 0.36, at[1] - 0.3), 0.72, 0.6, **look))
    if deed is not None:
        axes.text(*at, letters[deed], color=("white" if deed else TEAL), fontsize=10, **MIDDLE)


def _draw_rounds(axes, mine, theirs, rounds):
    axes.set(xlim=(0.4, rounds + 0.6), ylim=(-0.75, 1.75))
    axes.set_axis_off()
    axes.set_title(SAY["title"], loc="left", fontsize=11)
    name_rows(axes, dict(zip(SAY["players"], (1, 0), strict=True)), size=10)
    for height, deeds in ((1, mine), (0, theirs)):
        for place in range(1, rounds + 1):
            deed = deeds[place - 1] if place <= len(deeds) else None
            draw_box(axes, (place, height), deed, SAY["letters"])
    for place in range(1, rounds + 1):
        axes.text(place, -0.55, place, color=GREY, fontsize=9, **MIDDLE)
    axes.text(0.64, 1.5, SAY["key"], color=GREY, fontsize=9, va="center")


def _draw_table(axes, mine, theirs, payoffs):
    axes.set(xlim=(-0.75, 2.05), ylim=(2.1, -0.75))
    axes.set_axis_off()
    if payoffs is None:
        axes.text(0.65, 0.7, SAY["hidden"], color=GREY, fontsize=10, **MIDDLE)
        return
    axes.text(1, -0.6, SAY["column"], fontsize=10, **MIDDLE)
    axes.text(-0.68, 1, SAY["row"], fontsize=10, rotation=90, **MIDDLE)
    worth = [[payoffs.R, payoffs.S], [payoffs.T, payoffs.P]]
    done = list(zip(mine, theirs, strict=True))
    for i, deed in enumerate(SAY["deeds"]):
        axes.text(i + 0.5, -0.2, deed, fontsize=9.5, **MIDDLE)
        axes.text(-0.28, i + 0.5, deed, fontsize=9.5, rotation=90, **MIDDLE)
        for j in (0, 1):
            times = done.count((i, j))
            face = palette.PAPER if times == 0 else "#dcebe9"
            axes.add_patch(Rectangle((j, i), 1, 1, facecolor=face, edgecolor=GREY))
            axes.text(j + 0.5, i + 0.32, SAY("each", worth=worth[i][j]), fontsize=10, **MIDDLE)
            axes.text(j + 0.5, i + 0.68, SAY("times", times=times), fontsize=9, **MIDDLE)
