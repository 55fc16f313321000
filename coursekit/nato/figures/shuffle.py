"""Which states were drawn, and the cloud of estimates that such draws give."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from coursekit.figures import palette
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import BROWN, GREY, TEAL, bare, plain, sheet
from coursekit.sentences import Sentences

Codes = Collection[str]
Look = dict[str, Any]
Places = list[tuple[float, int]]
SAY = Sentences(__file__)
WIDTH, HEIGHT = 9.2, 3.9
# Columns of dots between zero and either end.
COLUMNS = 26
NEAR: Look = {"marker": "o", "facecolor": "white", "edgecolor": TEAL}
FAR: Look = {"marker": "s", "facecolor": BROWN, "edgecolor": BROWN}


def stacked(values: Sequence[float], width: float) -> Places:
    """Place each value in a column of dots, on top of those before it."""
    heights: Counter[int] = Counter()
    places = []
    for value in values:
        column = round(value / width)
        heights[column] += 1
        places.append((round(column * width, 9), heights[column]))
    return places


def shuffle_figure(
    names: Mapping[str, str],
    drawn: Codes,
    joined: Codes,
    placebos: Sequence[float],
    estimate: float,
) -> CourseFigure:
    """Draw who was drawn last, and all estimates so far beside the real one."""
    with sheet(WIDTH, HEIGHT) as figure:
        _draw_states(figure.add_axes((0.01, 0.03, 0.37, 0.94)), names, drawn, joined)
        _draw_cloud(figure.add_axes((0.41, 0.14, 0.57, 0.74)), placebos, estimate)
    far = sum(_is_far(value, estimate) for value in placebos)
    drawn_so_far = {"far": far, "number": len(placebos), "last": (0, *placebos)[-1]}
    told = SAY("told", **drawn_so_far) if placebos else SAY["nothing"]
    figure.alt = f"{SAY('alt', estimate=estimate)} {told}"
    counts = Counter(round(value, 1) + 0.0 for value in placebos)
    rows = [(f"{value:+.1f}", counts[value]) for value in sorted(counts)]
    figure.table = pd.DataFrame(rows, columns=SAY["columns"])
    return figure


def _is_far(value: float, estimate: float) -> bool:
    # The same estimate may be reached by another sum, and then differs in its last digits.
    return abs(value) >= abs(estimate) - 1e-9


def _draw_states(axes: Axes, names: Mapping[str, str], drawn: Codes, joined: Codes) -> None:
    rows = -(-len(names) // 2)
    bare(axes, (0, 2), (rows + 0.6, -1.6))
    shown = drawn or joined
    title = SAY("drawn" if drawn else "joined", number=len(shown))
    axes.text(0.02, -0.9, title, fontsize=11, va="center")
    for place, (state, name) in enumerate(names.items()):
        across, down = divmod(place, rows)
        chosen = state in shown
        colour = palette.INK if chosen else GREY
        mark: Look = (
            {"marker": "s", "ms": 8} if chosen else {"marker": "o", "ms": 6, "mfc": "white"}
        )
        edge, weight = BROWN if chosen and drawn else colour, "bold" if chosen else "normal"
        axes.plot(across + 0.06, down + 0.3, ls="none", color=edge, **mark)
        look: Look = {"fontsize": 10, "color": colour, "weight": weight, "va": "center"}
        axes.text(across + 0.15, down + 0.3, name, **look)


def _draw_cloud(axes: Axes, placebos: Sequence[float], estimate: float) -> None:
    widest = max(2.2 * abs(estimate), *(1.05 * abs(value) for value in (0, *placebos)))
    places = stacked(placebos, widest / COLUMNS)
    top = max(12, 1.12 * max((height for _, height in places), default=1))
    axes.set(xlim=(-widest, widest), ylim=(0, top), yticks=[])
    plain(axes, "x", without=("top", "right", "left"))
    axes.axvline(0, color=GREY, linewidth=1)
    above: Look = {"transform": axes.get_xaxis_transform(), "ha": "center", "va": "bottom"}
    axes.axvline(estimate, color=palette.INK, linewidth=2)
    real = SAY("real", estimate=estimate).replace("-", "−")
    axes.text(estimate, 1.015, real, fontsize=9.5, fontweight="bold", **above)
    axes.axvline(-estimate, color=palette.INK, linewidth=2, linestyle=":")
    axes.text(-estimate, 1.015, SAY["mirror"], fontsize=9, color=GREY, **above)
    axes.set_xlabel(SAY["scale"], fontsize=9)
    _draw_dots(axes, places, [_is_far(value, estimate) for value in placebos], top)


def _draw_dots(axes: Axes, places: Places, far: list[bool], top: float) -> None:
    # In points: what is free for one dot in its column and in its row.
    size = 0.82 * min(WIDTH * 0.57 * 72 / (2 * COLUMNS), HEIGHT * 0.74 * 72 / top)
    for looks, wanted in ((NEAR, False), (FAR, True)):
        chosen = [place for place, is_far in zip(places, far, strict=True) if is_far is wanted]
        if chosen:
            across, heights = zip(*chosen, strict=True)
            axes.scatter(across, [h - 0.5 for h in heights], s=size**2, linewidth=0.7, **looks)
    if places:
        x, y = places[-1]
        ring: Look = {"facecolor": "none", "edgecolor": palette.INK, "zorder": 4}
        axes.scatter(x, y - 0.5, s=(2 * size + 3) ** 2, **ring)
