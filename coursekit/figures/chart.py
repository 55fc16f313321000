"""A white sheet and plain axes: what the figures of the labs are drawn on."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from coursekit.figures.base import Axes, CourseFigure, Look, Point, Sheet, style

TEAL, BROWN, PURPLE, GREY = "#00695c", "#8a5a00", "#7d4f8a", "#6d7880"
Grid = Literal["both", "x", "y"]
MIDDLE: Look = {"ha": "center", "va": "center"}


@contextmanager
def sheet(width: float, height: float, on: Sheet = None) -> Iterator[CourseFigure]:
    """Open a white figure; what is drawn inside the block has the style of the course."""
    with style():
        if on is not None:
            yield on
            return
        figure = CourseFigure(figsize=(width, height), dpi=100)
        figure.patch.set_facecolor("white")
        yield figure


def bare(axes: Axes, across: Point, down: Point) -> Axes:
    """Take everything off axes but their ends: they are a sheet to draw on."""
    axes.set(xlim=across, ylim=down)
    axes.set_axis_off()
    return axes


def plain(axes: Axes, grid: Grid = "both", *, without: tuple[str, ...] = ("top", "right")) -> None:
    """Give axes a light grid behind the marks and take lines away."""
    axes.grid(axis=grid, color="#e3e7ea")
    axes.set_axisbelow(True)
    axes.spines[list(without)].set_visible(False)
    axes.tick_params(labelsize=9)
    if "left" in without:
        axes.tick_params(axis="y", length=0, pad=9)


def name_rows(
    axes: Axes, rows: dict[str, float], *, size: float = 9, bold: Collection[str] = ()
) -> None:
    """Write names of rows left of the axes: words draw faster than labels of ticks."""
    axes.set_yticks([])
    look = {**MIDDLE, "ha": "right", "transform": axes.get_yaxis_transform(), "size": size}
    for name, height in rows.items():
        axes.text(-0.02, height, name, weight="bold" if name in bold else "normal", **look)


def hatched(face: str, hatch: str, edge: str) -> Look:
    """Say how a bar looks that is told apart by its hatching as well as by its colour."""
    return {"facecolor": face, "hatch": hatch, "edgecolor": edge, "linewidth": 0.5}


def legend(on: Axes | Figure, looks: dict[str, Look], *, fontsize: float = 9, **place: Any) -> None:
    """Explain looks in a legend that does not depend on what is drawn."""
    handles = [
        Patch(**look, label=words) if "facecolor" in look else Line2D([], [], **look, label=words)
        for words, look in looks.items()
    ]
    on.legend(handles=handles, frameon=False, fontsize=fontsize, **place)
