"""Six pieces of an argument: in a ring at first, in their places when they are linked."""

import textwrap
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import BROWN, GREY, MIDDLE, TEAL, bare, sheet
from coursekit.figures.palette import INK
from coursekit.sentences import Sentences

Look = dict[str, Any]
Codes = Collection[str]
Links = Mapping[str, str]
Spot = tuple[float, float]
Spots = Mapping[str, Spot]
SAY = Sentences(__file__)
SIZE = WIDTH, HEIGHT = 7.6, 4.7
# Middles of the pieces in the ring, and half the size of a piece.
RING = ((3.8, 4.2), (6.4, 3.2), (6.4, 1.5), (3.8, 0.5), (1.2, 1.5), (1.2, 3.2))
ACROSS, DOWN, LETTERS = 1.15, 0.41, 26
PLAIN: Look = {"facecolor": "white", "edgecolor": INK, "linewidth": 1.2}
HELD: Look = {"facecolor": "#dcebe9", "edgecolor": TEAL, "linewidth": 3}
UNSAID: Look = {"fc": "#fff6da", "ec": "#7a4f00", "linewidth": 2, "linestyle": (0, (3, 2))}


def branch_figure(
    pieces: Mapping[str, str],
    links: Links,
    places: Spots | None = None,
    held: str = "",
    wrong: Sequence[str] = (),
    hidden: Codes = (),
    *,
    named: bool = False,
) -> CourseFigure:
    """Draw numbered pieces, their links, and one that is wrong; `named` as they are in the map."""
    spots = places or dict(zip(pieces, RING, strict=True))
    with sheet(*SIZE) as figure:
        axes = bare(figure.add_axes((0, 0, 1, 1)), (0, WIDTH), (0, HEIGHT))
        boxes = {}
        for number, (id, text) in enumerate(pieces.items(), 1):
            look = HELD if id == held else UNSAID if id in hidden else PLAIN
            name = SAY("named", number=number, id=id) if named else f"{number}"
            boxes[id] = _piece(axes, spots[id], name, text, look, f"piece-{number}")
            if id in hidden:
                x, y = spots[id]
                axes.text(x, y - DOWN - 0.09, SAY["unsaid"], fontsize=9, ha="center", va="top")
        for source, target in links.items():
            _link(axes, spots, boxes, (source, target), color=INK, linewidth=1.8)
        if wrong:
            _link(axes, spots, boxes, wrong, color=BROWN, linewidth=1.6, linestyle=(0, (4, 3)))
            x, y = ((a + b) / 2 for a, b in zip(*(spots[id] for id in wrong), strict=True))
            axes.text(x, y, "✗", color=BROWN, fontsize=17, zorder=6, **MIDDLE)
        if not links and not held and not wrong:
            axes.text(3.8, 2.35, SAY["start"], color=GREY, fontsize=10, **MIDDLE)
        numbers = {id: f"{number}" for number, id in enumerate(pieces, 1)}
        onto = {id: numbers[target] for id, target in links.items()}
        rows = [(numbers[id], text, onto.get(id, "")) for id, text in pieces.items()]
        figure.table = pd.DataFrame(rows, columns=SAY["columns"])
        figure.alt = _alt(numbers, links, held, wrong, hidden)
    return figure


def _piece(axes: Axes, spot: Spot, name: str, text: str, look: Look, gid: str) -> FancyBboxPatch:
    x, y = spot
    shape = {"boxstyle": "round,pad=0,rounding_size=0.08", "gid": gid, **look}
    box = FancyBboxPatch((x - ACROSS, y - DOWN), 2 * ACROSS, 2 * DOWN, **shape)
    axes.add_patch(box)
    words: Look = {"color": INK, "fontsize": 10, "va": "center", "zorder": 5}
    lines = textwrap.wrap(text, LETTERS)
    top = y + 0.085 * len(lines)
    axes.text(x, top, name, ha="center", weight="bold", gid=f"{gid}-id", **words)
    for k, line in enumerate(lines, 1):
        axes.text(x, top - 0.175 * k, line, ha="center", gid=f"{gid}-line-{k}", **words)
    return box


def _link(axes: Axes, spots: Spots, boxes: Look, ends: Sequence[str], **look: Any) -> None:
    source, target = ends
    way = {"arrowstyle": "-|>,head_width=0.3,head_length=0.6", "shrinkA": 2, "shrinkB": 2}
    way |= {"patchA": boxes[source], "patchB": boxes[target], **look}
    axes.annotate("", spots[target], spots[source], arrowprops=way, zorder=2)


def _alt(numbers: Links, links: Links, held: str, wrong: Sequence[str], hidden: Codes) -> str:
    parts = [SAY["alt"]]
    parts += [SAY("link", source=numbers[a], target=numbers[b]) for a, b in links.items()]
    parts += [SAY("held", held=numbers[held])] if held else []
    parts += [SAY("wrong", source=numbers[wrong[0]], target=numbers[wrong[1]])] if wrong else []
    parts += [SAY("hidden", hidden=numbers[id]) for id in hidden]
    return " ".join(parts)
