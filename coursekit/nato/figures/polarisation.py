"""Three indices of polarisation side by side: they need not agree.

Modularity is left to the exercises: it looks at links alone, and a state in neither bloc has none.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from coursekit.figures import palette
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import hatched, legend, name_rows, plain, sheet
from coursekit.models.polarisation import dyad_shares, esteban_ray, reynal_querol
from coursekit.nato.enlargement.measures import Sizes as Sizes
from coursekit.nato.enlargement.measures import bloc_sizes as bloc_sizes

# 1 between rival blocs, 0.5 to the unaligned.
DISTANCES = [[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]]
BLOCS = {
    "first bloc": hatched("#00695c", "", "#00695c"),
    "second bloc": hatched("#a67bb0", "\\\\\\\\", "#4b2757"),
    "unaligned": hatched("#dcdcd8", "", "#77776f"),
}
LABELS = {
    "esteban_ray": "Esteban-Ray",
    "reynal_querol": "Reynal-Querol",
    "across": "Pairs across the blocs",
}
# Arrow and colour by direction; the word stands beside it.
MOVES = {
    "up": ("▲", "#00695c"),
    "down": ("▼", "#8a5a00"),
    "same": ("=", "#4a5560"),
    "not defined": ("–", "#4a5560"),
}


class Indices(NamedTuple):
    """Three indices; None where one is not defined."""

    esteban_ray: float | None
    reynal_querol: float | None
    across: float | None


@lru_cache(maxsize=512)
def indices(first: int, second: int, unaligned: int, alpha: float = 1.0) -> Indices:
    """Compute three indices of the same three numbers of states."""
    states = first + second + unaligned
    if not states:
        return Indices(None, None, None)
    shares = [n / states for n in (first, second, unaligned)]
    across = dyad_shares(first, second, unaligned).across if states > 1 else None
    most = esteban_ray([0.5, 0.5], [0, 1], alpha)
    return Indices(esteban_ray(shares, DISTANCES, alpha) / most, reynal_querol(shares), across)


def direction(before: float | None, now: float | None) -> str:
    """Say which way an index went."""
    if before is None or now is None:
        return "not defined"
    return "same" if abs(now - before) < 5e-7 else "up" if now > before else "down"


def polarisation_figure(
    before: Sizes, now: Sizes, alpha: float = 1.0, *, on: CourseFigure | None = None
) -> CourseFigure:
    """Draw the race of the indices from one Europe to another."""
    old, new = indices(*before, alpha), indices(*now, alpha)
    moves = {name: direction(a, b) for name, a, b in zip(LABELS, old, new, strict=True)}
    # By tens, so that the scale stays where it is while a bloc grows.
    states = 10 * max(-(-sum(before) // 10), -(-sum(now) // 10), 1)
    with sheet(7.6, 4.7, on) as figure:
        above, below = figure.still(_two_axes, states)
        _draw_blocs(above, before, now)
        _draw_moves(below, old, new, moves)
    said = [f"{LABELS[name]} {move}" for name, move in moves.items()]
    figure.alt = (
        f"From {'/'.join(map(str, before))} to {'/'.join(map(str, now))} states in the first "
        f"bloc, the second and neither: {', '.join(said)}. The index decides the answer."
    )
    ends = [map(_three_decimals, values) for values in (old, new)]
    rows = zip(LABELS.values(), *ends, moves.values(), strict=True)
    figure.table = pd.DataFrame(rows, columns=["index", "before", "now", "direction"])
    return figure


def _three_decimals(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}"


def _two_axes(figure: CourseFigure, states: int) -> tuple[Axes, Axes]:
    above = figure.add_axes((0.25, 0.74, 0.54, 0.17))
    above.set(xlim=(0, states), ylim=(-0.45, 1.45))
    name_rows(above, {"now": 0, "before": 1})
    above.locator_params(axis="x", nbins=3, integer=True)
    above.set_title("Number of states", fontsize=9.5, loc="left", y=1)
    place = {"loc": "upper left", "bbox_to_anchor": (1.01, 1.05), "handlelength": 1.4}
    legend(above, BLOCS, fontsize=8, **place)
    above.tick_params(axis="x", labelsize=8)
    plain(above, "x", without=("top", "right", "left"))
    above.grid(visible=False)
    below = figure.add_axes((0.25, 0.12, 0.54, 0.47))
    name_rows(below, {name: row for row, name in enumerate(LABELS.values())})
    below.set_ylim(len(LABELS) - 0.4, -0.6)
    below.set_xlim(0, 1)
    below.set_xticks((0, 0.5, 1))
    below.set_title("Three indices (○ before, ◆ now)", fontsize=9.5, loc="left", y=1)
    below.set_xlabel("Index, from 0 to 1", fontsize=9, color=palette.INK)
    plain(below, "x", without=("top", "right", "left"))
    return above, below


def _draw_blocs(axes: Axes, before: Sizes, now: Sizes) -> None:
    for row, sizes in enumerate((now, before)):
        left = 0
        for name, size in zip(BLOCS, sizes, strict=True):
            gid = f"bloc-{row}-{name.split()[0]}"
            axes.barh(row, size, left=left, height=0.72, **BLOCS[name], gid=gid)
            left += size


def _draw_moves(axes: Axes, old: Indices, new: Indices, moves: Mapping[str, str]) -> None:
    for row, (name, a, b) in enumerate(zip(LABELS, old, new, strict=True)):
        arrow, colour = MOVES[moves[name]]
        if a is not None and b is not None:
            axes.plot([a, b], [row, row], color=colour, linewidth=2.5, gid=f"move-{name}")
        for value, marker, face, which in ((a, "o", "white", "before"), (b, "D", colour, "now")):
            if value is not None:
                look: dict[str, Any] = {"ms": 9, "color": colour, "mfc": face, "mew": 1.6}
                axes.plot(value, row, marker, clip_on=False, **look, gid=f"{which}-{name}")
        axes.text(1.05, row, f"{arrow} {moves[name]}", va="center", color=colour, fontweight="bold")
