"""A network of twelve states in two blocs and in neither, with three indices beside it."""

from collections.abc import Mapping
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import FancyBboxPatch

from coursekit.figures import chart, palette
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import BROWN, GREY, PURPLE, TEAL, bare, sheet
from coursekit.nato.figures.polarisation import MOVES, Indices, Sizes, direction, indices
from coursekit.sentences import Sentences

Look = dict[str, Any]
Points = dict[str, tuple[float, float]]
SAY = Sentences(__file__)
# From left to right.
AREAS = ("left", "neither", "right")
STATES = tuple(SAY["states"])
# Middle of each area, and how far its states stand from there.
MIDDLE = {"left": (1.45, 1.95), "neither": (4.0, 1.95), "right": (6.55, 1.95)}
SPREAD = (0.98, 1.3)
WIDTH = {"left": 2.76, "neither": 2.06, "right": 2.76}
LOOKS: dict[str, Look] = {
    "left": {"facecolor": "#dcebe9", "edgecolor": TEAL, "linewidth": 1.8},
    "neither": {"facecolor": "white", "edgecolor": GREY, "linestyle": "--"},
    "right": {"facecolor": "#efe5f1", "edgecolor": PURPLE, "linewidth": 1.8},
}
LINKS = {"left": TEAL, "right": PURPLE}


def sizes(places: Mapping[str, str]) -> Sizes:
    """Count the states of the left bloc, of the right bloc, and those in neither."""
    stand = list(places.values())
    return stand.count("left"), stand.count("right"), stand.count("neither")


def network_figure(places: Mapping[str, str], before: Sizes | None = None) -> CourseFigure:
    """Draw who stands where, all links, and three indices, and where they were before a move."""
    left, right, neither = now = sizes(places)
    old, new = indices(*(before or now)), indices(*now)
    with sheet(9.2, 4.3) as figure:
        axes = bare(figure.add_axes((0.005, 0.01, 0.66, 0.98)), (0, 8), (0, 4.1))
        for area in AREAS:
            _draw_area(axes, area)
        points = _points(places)
        _draw_links(axes, places, points)
        for state, (x, y) in points.items():
            _draw_state(axes, state, x, y, places[state])
        _draw_indices(figure.add_axes((0.69, 0.06, 0.29, 0.82)), old, new, before is not None)
        figure.alt = SAY("alt", left=left, right=right, neither=neither, across=left * right)
        told = [f"{SAY['indices'][name]} {value:.2f}" for name, value in new._asdict().items()]
        figure.alt += f" {', '.join(told)}."
        rows = [(state, SAY["areas"][places[state]]) for state in STATES if state in places]
        rows += [(SAY["indices"][name], f"{value:.2f}") for name, value in new._asdict().items()]
    figure.table = pd.DataFrame(rows, columns=SAY["columns"])
    return figure


def _points(places: Mapping[str, str]) -> Points:
    """Place the states of a bloc on a ring, those in neither one below the other."""
    points = {}
    for area, (x, y) in MIDDLE.items():
        inside = [state for state in places if places[state] == area]
        if area == "neither":
            columns = 1 + (len(inside) > 6)
            rows = -(-len(inside) // columns)
            for place, state in enumerate(inside):
                row, column = divmod(place, columns)
                right, up = column - (columns - 1) / 2, (rows - 1) / 2 - row
                points[state] = x + 0.94 * right, y + 0.5 * up
            continue
        for place, state in enumerate(inside):
            turn = 2 * np.pi * place / len(inside) + np.pi / 2
            spread = SPREAD if len(inside) > 1 else (0, 0)
            points[state] = (x + spread[0] * np.cos(turn), y + spread[1] * np.sin(turn))
    return points


def _draw_area(axes: Axes, area: str) -> None:
    x, y = MIDDLE[area]
    wide, high = WIDTH[area], 3.66
    look: Look = {"boxstyle": "round,pad=0.1", "facecolor": palette.PAPER, "edgecolor": "#c3cad0"}
    corner = x - wide / 2 + 0.1, y - high / 2 + 0.1
    axes.add_patch(FancyBboxPatch(corner, wide - 0.2, high - 0.2, gid=f"area-{area}", **look))
    axes.text(x, 3.92, SAY["titles"][area], fontsize=10, **chart.MIDDLE)


def _draw_links(axes: Axes, places: Mapping[str, str], points: Points) -> None:
    inside = {area: [s for s in places if places[s] == area] for area in LINKS}
    over = [[points[a], points[b]] for a, b in product(inside["left"], inside["right"])]
    look: Look = {"colors": BROWN, "linewidths": 0.7, "alpha": 0.6, "gid": "across"}
    axes.add_collection(LineCollection(over, linestyles=(0, (4, 3)), **look))
    for area, colour in LINKS.items():
        lines = [[points[a], points[b]] for a, b in combinations(inside[area], 2)]
        axes.add_collection(LineCollection(lines, colors=colour, linewidths=1.1, alpha=0.7))


def _draw_state(axes: Axes, state: str, x: float, y: float, area: str) -> None:
    shape = "square,pad=0.4" if area == "right" else "round,pad=0.42"
    # The plate belongs to the words, so that both are dragged together.
    box = {"boxstyle": shape, "linewidth": 1.2, **LOOKS[area]}
    look: Look = {"fontsize": 9, "color": palette.INK, "bbox": box, "zorder": 4, **chart.MIDDLE}
    axes.text(x, y, state, gid=f"state-{state}", **look)


def _draw_indices(axes: Axes, old: Indices, new: Indices, moved: bool) -> None:
    bare(axes, (0, 1), (2.75, -0.55))
    axes.set_title(SAY["title"], loc="left", fontsize=10)
    for row, name in enumerate(reversed(Indices._fields)):
        before, value = getattr(old, name), getattr(new, name)
        way = direction(before, value)
        arrow, colour = MOVES[way]
        words = f"{SAY['indices'][name]}: {_two_decimals(value, before, way)}"
        axes.text(0, row - 0.3, words, fontsize=9.5, va="center")
        if moved:
            arrowed = f"{arrow} {way}"
            axes.text(1, row - 0.3, arrowed, color=colour, weight="bold", ha="right", va="center")
        axes.barh(row, 1, height=0.3, facecolor="white", edgecolor="#c3cad0")
        axes.barh(row, value, height=0.3, color=TEAL)
        if moved:
            axes.plot([before, before], [row - 0.24, row + 0.24], color=palette.INK, linewidth=2)
        axes.text(0, row + 0.33, SAY["notes"][name], fontsize=8, va="center", color="#4a5560")
    if moved:
        axes.text(0, 2.68, SAY["key"], fontsize=8, va="center", color="#4a5560")


def _two_decimals(value: float, before: float, way: str) -> str:
    """Write an index with two decimals, or where it moved by less than these show, with three."""
    alike = way != "same" and f"{value:.2f}" == f"{before:.2f}"
    return f"{value:.3f} (was {before:.3f})" if alike else f"{value:.2f}"
