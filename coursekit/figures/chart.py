"""A white sheet and plain axes: what the figures of the labs are drawn on."""

from contextlib import contextmanager

from coursekit.figures.base import CourseFigure, style

__all__ = ["BROWN", "GREY", "PURPLE", "TEAL", "plain", "sheet"]

TEAL, BROWN, PURPLE, GREY = "#00695c", "#8a5a00", "#7d4f8a", "#6d7880"


@contextmanager
def sheet(width, height):
    """Open a white figure; what is drawn inside the block has the style of the course.

    Parameters
    ----------
    width, height : float
        In inches of 100 points.

    Yields
    ------
    CourseFigure
        The empty figure.
    """
    with style():
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
