"""The shapes of the argument map: steps, their marks, links and the legend."""

from typing import Any

from matplotlib import patheffects
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, Patch, Polygon
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from coursekit.argument import Node
from coursekit.argument.kinds import step_kinds
from coursekit.figures import palette
from coursekit.figures.argument_layout import HEADER, LINE, PADDING, SIZE, Box, Route
from coursekit.figures.argument_routing import Sides
from coursekit.figures.base import Axes, Look, Point

# Marks that are put on a step, and the looks that have them.
STATES = {
    "ground": ("rejected", "falls"),
    "strike": ("rejected", "falls"),
    "outline": ("accepted",),
    "falls": ("falls",),
    "rejected": ("rejected",),
    "accepted": ("accepted",),
}
WORDS = {"falls": "✗ falls", "rejected": "✗ rejected", "accepted": "✓ accepted"}

GREY, FAINT, CHOSEN = "#5b6770", "#77828a", "#a3134f"
# Face, edge, width of the edge and its dashes.
KINDS = {
    "conclusion": ("#cfdde8", palette.INK, 2.6, "solid"),
    "intermediate": ("#e4edf4", palette.INK, 1.7, "solid"),
    "premise": ("#ffffff", palette.INK, 1.0, "solid"),
    "warrant": ("#ffffff", palette.INK, 1.0, "solid"),
    "hidden premise": ("#fff6da", "#7a4f00", 1.5, (0, (3, 2))),
    "counter-case": ("#dff0ec", "#00695c", 1.3, "solid"),
    "objection": ("#f3e6f5", "#6f4080", 1.3, "solid"),
    "reply": ("#e9ecf8", "#3b4a8c", 1.3, "solid"),
    "concession": ("#ffffff", GREY, 1.3, (0, (1, 1.6))),
    "scope": ("#ffffff", GREY, 1.3, (0, (1, 1.6))),
}
DASHES = {"supports": "solid", "attacks": (0, (4, 2.2)), "limits": (0, (1, 1.8))}
CORNERS = {"counter-case": (7, 7, 7, 7), "objection": (0, 14, 0, 14), "reply": (0, 0, 14, 14)}
HALO = [patheffects.withStroke(linewidth=2, foreground="white")]
TEXT: Look = {"color": palette.INK, "va": "center", "zorder": 5}


def _outline(kind: str, sides: Sides, grow: float = 0, **style: Any) -> Patch:
    """Make the outline of a step: round, with cut corners, or plain."""
    left, top, right, bottom = sides[0] - grow, sides[1] - grow, sides[2] + grow, sides[3] + grow
    if kind in step_kinds() and step_kinds()[kind].heading:
        round_ = min(8, (bottom - top) / 3)
        inner = (left + round_, top + round_)
        size = (right - left - 2 * round_, bottom - top - 2 * round_)
        return FancyBboxPatch(inner, *size, boxstyle=f"round,pad={round_}", **style)
    a, b, c, d = (min(size, (bottom - top) / 3) for size in CORNERS.get(kind, (0, 0, 0, 0)))
    points = [(left, top + a), (left + a, top), (right - b, top), (right, top + b)]
    points += [(right, bottom - c), (right - c, bottom), (left + d, bottom), (left, bottom - d)]
    return Polygon(points, closed=True, **style)


def _edge(kind: str) -> Look:
    face, edge, width, dashes = KINDS[kind]
    return {"facecolor": face, "edgecolor": edge, "linewidth": width, "linestyle": dashes}


def _ground(kind: str) -> Look:
    return {**_edge(kind), "facecolor": "#e8e8e5", "edgecolor": "#b9b9b4", "hatch": "////"}


def draw_step(axes: Axes, node: Node, box: Box, look: str | None, *, framed: bool) -> None:
    """Draw a step with its marks."""
    axes.add_patch(_outline(node.kind, box.sides, gid=node.id, zorder=3, **_edge(node.kind)))
    left, top, right, bottom = box.sides
    header = top + (PADDING + HEADER) / 2
    axes.text(left + 6, header, node.id, fontsize=SIZE, weight="bold", gid="id", **TEXT)
    heights = [header + (HEADER + LINE) / 2 + LINE * k for k in range(len(box.lines))]
    style = {"fontsize": SIZE, "ha": "center", "gid": "words", "path_effects": HALO, **TEXT}
    lines = [axes.text(box.x, *line, **style) for line in zip(heights, box.lines, strict=True)]
    for state, looks in STATES.items():
        if look is not None and look not in looks:
            continue
        gid = f"state-{state}-{node.id}"
        if state == "ground":
            axes.add_patch(_outline(node.kind, box.sides, gid=gid, zorder=4, **_ground(node.kind)))
        elif state == "outline":
            thick: Look = {"fill": False, "edgecolor": KINDS[node.kind][1], "linewidth": 3}
            axes.add_patch(_outline(node.kind, box.sides, gid=gid, zorder=4, **thick))
        elif state == "strike":
            _strike(axes, lines, heights, gid)
        else:
            x = right - (11 if node.kind == "objection" else 6)
            y = bottom - (PADDING + LINE) / 2 if box.foot else header
            axes.text(x, y, WORDS[state], fontsize=SIZE, ha="right", gid=gid, **TEXT)
    if framed:
        frame = {"fill": False, "edgecolor": CHOSEN, "linewidth": 2.4, "zorder": 6}
        axes.add_patch(_outline(node.kind, box.sides, 4, gid=f"frame-{node.id}", **frame))


def _strike(axes: Axes, lines: list[Text], heights: list[float], gid: str) -> None:
    back, points = axes.transData.inverted(), []
    for line, y in zip(lines, heights, strict=True):
        (left, _), (right, _) = back.transform(line.get_window_extent())
        points += [(left, y), (right, y), (float("nan"), y)]
    across, down = zip(*points, strict=True)
    axes.add_line(Line2D(across, down, color=GREY, linewidth=0.9, zorder=6, gid=gid))


def draw_link(axes: Axes, route: Route, *, strong: bool = True, gid: str) -> None:
    """Draw a link: solid with an arrow, dashed with a bar, or dotted with a ring."""
    colour, width = (palette.INK, 1.5) if strong else (FAINT, 0.8)
    paths, faces, dashes = [Path(route.points)], ["none"], [DASHES[route.relation]]
    if route.head:
        (ax, ay), (x, y) = route.points[-2:]
        length = ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
        way = ((x - ax) / length, (y - ay) / length)
        back = (x - 6 * way[0], y - 6 * way[1])
        paths = [Path([*route.points[:-1], back]), _head(route.relation, (x, y), way)]
        faces.append("white" if route.relation == "limits" else colour)
        dashes.append("solid")
    look: Look = {"fc": faces, "ec": [colour], "lw": [width], "ls": dashes, "zorder": 1 + strong}
    axes.add_collection(PathCollection(paths, **look, gid=gid), autolim=False)


def _head(relation: str, tip: Point, way: Point) -> Path:
    def at(back: float, aside: float) -> Point:
        return tip[0] - back * way[0] - aside * way[1], tip[1] - back * way[1] + aside * way[0]

    if relation == "limits":
        return Path.unit_circle().transformed(Affine2D().scale(3.4).translate(*at(6, 0)))
    corners: list[Point] = [(1, 0), (9, 4), (9, -4)]
    if relation == "attacks":
        corners = [(3, 5.5), (3, -5.5), (5.5, -5.5), (5.5, 5.5)]
    return Path([at(*corner) for corner in [*corners, corners[0]]], closed=True)


def draw_junction(axes: Axes, spot: Point, gid: str) -> None:
    """Draw the point at which linked premises meet."""
    axes.add_patch(Circle(spot, 4, color=palette.INK, zorder=3, gid=gid))


def draw_key(axes: Axes, *, judged: bool) -> None:
    """Draw the legend in the corner that the map leaves free."""
    style = {"fontsize": SIZE, "gid": "key", **TEXT}
    shapes = [(kind, _edge(kind), words) for kind, (_, words, *_) in step_kinds().items() if words]
    if judged:
        shapes.append(("premise", _ground("premise"), "has fallen, ✗"))
    for k, (kind, look, words) in enumerate(shapes):
        x, y = 12 + 148 * (k // 5), 16 + 24 * (k % 5)
        axes.add_patch(_outline(kind, (x, y - 8, x + 28, y + 8), zorder=3, **look))
        axes.text(x + 36, y, words, **style)
    lines = {"supports": "supports", "only together": "supports"}
    lines |= {"attacks": "attacks", "limits": "limits"}
    for k, (words, relation) in enumerate(lines.items()):
        x, y = 308, 16 + 24 * k
        if words == "only together":
            for start in (y - 6, y + 6):
                draw_link(axes, Route(((x, start), (x + 14, y)), head=False), gid="key")
            draw_junction(axes, (x + 14, y), "key")
            x += 14
        draw_link(axes, Route(((x, y), (342, y)), relation), gid="key")
        axes.text(350, y, words, **style)
    if judged:
        axes.text(308, 112, "thin and grey: without force", **style)
