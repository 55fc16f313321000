"""The essay's map as it is laid out, and what its drawings hold."""

import itertools
import re

from hypothesis import strategies as st

from coursekit.argument import Argument
from coursekit.argument.kinds import step_kind
from coursekit.figures.argument_layout import boxes, routes

ESSAY = Argument.essay()
PLACED = boxes(ESSAY)
LAID = routes(ESSAY, PLACED)
SVG = "{http://www.w3.org/2000/svg}"
STANCES = st.dictionaries(
    st.sampled_from([id for id, node in ESSAY.nodes.items() if step_kind(node).switched]),
    st.sampled_from(["rejected", "accepted"]),
    max_size=8,
)


def chosen(stances, stance):
    return [id for id, said in stances.items() if said == stance]


def ids(figure):
    found = {artist.get_gid() or "" for artist in figure.axes[0].get_children()}
    return {id for id in found if re.match(r"state-|frame-|strong-|faint-", id)}


def segments(route):
    return list(itertools.pairwise(route.points))


def cross(one, other):
    """Whether two segments have a point in common."""
    (a, b), (c, d) = one, other

    def side(p, q, r):
        turn = (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
        return (turn > 1e-9) - (turn < -1e-9)

    def between(p, q, r):
        return all(min(p[k], q[k]) - 1e-9 <= r[k] <= max(p[k], q[k]) + 1e-9 for k in (0, 1))

    turns = side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)
    if turns[0] != turns[1] and turns[2] != turns[3] and 0 not in turns:
        return True
    ends = zip(turns, [(a, b, c), (a, b, d), (c, d, a), (c, d, b)], strict=True)
    return any(turn == 0 and between(*points) for turn, points in ends)


def touches(segment, sides, margin=0):
    left, top, right, bottom = sides
    low, high = (left - margin, top - margin), (right + margin, bottom + margin)
    corners = [low, (high[0], low[1]), high, (low[0], high[1])]
    inside = any(low[0] < x < high[0] and low[1] < y < high[1] for x, y in segment)
    rim = zip(corners, [*corners[1:], corners[0]], strict=True)
    return inside or any(cross(segment, edge) for edge in rim)


def overlap(one, other, margin=0):
    return (
        one[0] < other[2] + margin
        and other[0] < one[2] + margin
        and one[1] < other[3] + margin
        and other[1] < one[3] + margin
    )


def extents(figure):
    """Where each text of a figure is, in pixels from the top left."""
    axes = figure.axes[0]
    renderer, back = figure.canvas.get_renderer(), axes.transData.inverted()
    for text in axes.texts:
        corners = back.transform(text.get_window_extent(renderer)).tolist()
        (left, bottom), (right, top) = corners
        yield text, (left, top, right, bottom)
