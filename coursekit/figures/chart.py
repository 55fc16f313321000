"""A white sheet and plain axes: what the figures of the labs are drawn on."""

from contextlib import contextmanager

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from coursekit.figures.base import CourseFigure, style

__all__ = ["BROWN", "GREY", "PURPLE", "TEAL", "hatched", "legend", "name_rows", "plain", "sheet"]

TEAL, BROWN, PURPLE, GREY = "#00695c", "#8a5a00", "#7d4f8a", "#6d7880"


@contextmanager
def sheet(width, height, on=None):
    """Open a white figure; what is drawn inside the block has the style of the course.

    Parameters
    ----------
    width, height : float
        In inches of 100 points.
    on : CourseFigure, optional
        A figure to draw on again; see `CourseFigure.still`.

    Yields
    ------
    CourseFigure
        That figure, or an empty one.
    """
    with style():
        if on is not None:
            yield on
            return
        figure = CourseFigure(figsize=(width, height), dpi=100)
        figure.patch.set_facecolor("white")
        yield figure


def plain(axes, grid="both", *, without=("top", "right")):
    """Give axes a light grid behind the marks and take lines away.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The axes.
    grid : str, optional
        Which lines the grid has: ``"x"``, ``"y"`` or ``"both"``.
    without : tuple of str, optional
        Sides that lose their line; without the left one the words beside it lose their ticks.
    """
    axes.grid(axis=grid, color="#e3e7ea")
    axes.set_axisbelow(True)
    axes.spines[list(without)].set_visible(False)
    axes.tick_params(labelsize=9)
    if "left" in without:
        axes.tick_params(axis="y", length=0, pad=9)


def name_rows(axes, rows, *, size=9, bold=()):
    """Write the names of rows to the left of the axes.

    As plain words they are drawn several times faster than as labels of ticks.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The axes; they get no ticks at that side.
    rows : dict of str to float
        Height of each row by its name.
    size : float, optional
        Of the letters, in points.
    bold : collection of str, optional
        Names in bold letters.
    """
    axes.set_yticks([])
    for name, height in rows.items():
        axes.text(
            -0.02,
            height,
            name,
            transform=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=size,
            fontweight="bold" if name in bold else "normal",
        )


def hatched(face, hatch, edge):
    """Say how a bar looks that is told apart by its hatching as well as by its colour.

    Parameters
    ----------
    face, hatch, edge : str
        Colour, pattern, and colour of the pattern and the outline.

    Returns
    -------
    dict
        As a bar or a patch takes it.
    """
    return {"facecolor": face, "hatch": hatch, "edgecolor": edge, "linewidth": 0.5}


def legend(on, looks, *, fontsize=9, **place):
    """Explain looks in a legend that does not depend on what is drawn.

    Parameters
    ----------
    on : matplotlib.axes.Axes or matplotlib.figure.Figure
        Where it belongs.
    looks : dict of str to dict
        By what is said: how a bar looks (see `hatched`), or else a line or mark.
    fontsize : float, optional
        Of the letters, in points.
    **place : object
        Where it stands and how wide it is, as matplotlib's ``legend`` takes it.
    """
    handles = [
        Patch(**look, label=words) if "facecolor" in look else Line2D([], [], **look, label=words)
        for words, look in looks.items()
    ]
    on.legend(handles=handles, frameon=False, fontsize=fontsize, **place)
