"""Where the steps of the argument stand on the map, and how the links run between them."""

import textwrap
from itertools import cycle
from typing import Any, NamedTuple

from coursekit.argument import Argument, Link
from coursekit.content import by_course
from coursekit.data import load
from coursekit.figures.argument_routing import Sides, way_between
from coursekit.figures.base import Point

# All lengths are pixels of a screen that shows the map without scaling it.
WIDTH, HEIGHT = 1040, 1086
LETTER, LINE, HEADER, PADDING = 6.9, 13.6, 17, 10
# Of all letters, in points: as large as the steps allow, so that a map in 860 pixels, which a
# notebook has beside the file browser in a window of 1300, still has letters of 10.
SIZE = 9.1
STEM = 10
SHORT = 3
LANES = (0.0, 2.5, -2.5)


class Box(NamedTuple):
    """A step on the map: its middle, its width, its label in lines, and room below the label."""

    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    foot: float = 0

    @property
    def height(self) -> float:
        """Room for the line with the identifier, for the label and below it."""
        return HEADER + LINE * len(self.lines) + self.foot + PADDING

    @property
    def sides(self) -> Sides:
        """Left, top, right and bottom."""
        across, down = self.width / 2, self.height / 2
        return self.x - across, self.y - down, self.x + across, self.y + down

    def door(self, point: Point) -> Point:
        """Find where a line along one of the axes leaves the box towards a point."""
        left, top, right, bottom = self.sides
        x, y = point
        if left < x < right:
            return x, top if y < self.y else bottom
        return left if x < self.x else right, y


class Route(NamedTuple):
    """A line on the map."""

    points: tuple[Point, ...]
    relation: str = "supports"
    sources: tuple[str, ...] = ()
    target: str = ""
    head: bool = True

    @property
    def name(self) -> str:
        """Identifier of the line, such as ``"A1-A6"``."""
        return f"{'+'.join(self.sources)}-{self.target}"


@by_course
def _places() -> dict[str, Any]:
    """Read places by part: a step, a junction such as A6-1, or a way such as A6>K1 or A6-1>A6."""
    table = load("argument_layout")
    return {row.part: row for row in table.itertuples()}


@by_course
def _known() -> set[tuple[str, ...]]:
    """Links that the layout was made for."""
    return {_key(link) for link in Argument.essay().links}


def _key(link: Link) -> tuple[str, ...]:
    return link.source, link.target, link.relation, link.linked


def bands() -> list[tuple[float, float, Sides, str]]:
    """List the bands behind the branches: x and y of the heading, four sides, heading."""
    found = []
    for part, spot in _places().items():
        if part.startswith("band-"):
            left, top, right, bottom = (float(n) for n in spot.via.replace(";", " ").split())
            found.append((float(spot.x), float(spot.y), (left, top, right, bottom), spot.label))
    return found


def boxes(argument: Argument) -> dict[str, Box]:
    """Place the steps of an argument."""
    placed = {}
    for id, node in argument.nodes.items():
        spot = _places()[id]
        letters = int((spot.width - PADDING) / LETTER)
        lines = tuple(textwrap.wrap(node.label, letters, break_long_words=False))
        # Beside a long identifier there is no room for a mark, so it goes below the label.
        foot = LINE if len(id) > SHORT else 0
        placed[id] = Box(float(spot.x), float(spot.y), float(spot.width), lines, foot)
    return placed


def routes(argument: Argument, placed: dict[str, Box]) -> list[Route]:
    """Lay the links: those of the essay's map on ways that cross nothing, others on short ones."""
    laid, lanes = [], cycle(LANES)
    together: dict[tuple[str, str], list[Link]] = {}
    sides = tuple(box.sides for box in placed.values())
    for link in argument.links:
        end = None
        if link.linked:
            end = _junction(link, placed)
            together.setdefault((link.linked, link.target), []).append(link)
        if _key(link) in _known():
            points = _way(link, placed, end)
        else:
            ends = placed[link.source].sides, placed[link.target].sides
            points = way_between(*ends, sides, end, next(lanes))
        laid.append(Route(points, link.relation, (link.source,), link.target, head=end is None))
    for (label, target), links in together.items():
        start = _junction(links[0], placed)
        corners = _corners(f"{label}>{target}")
        end = placed[target].door(corners[-1] if corners else start)
        sources = tuple(link.source for link in links)
        laid.append(Route((start, *corners, end), "supports", sources, target))
    return laid


def _junction(link: Link, placed: dict[str, Box]) -> Point:
    spot = _places().get(link.linked)
    if spot is not None and link.linked.startswith(f"{link.target}-"):
        return float(spot.x), float(spot.y)
    return placed[link.target].x, placed[link.target].sides[3] + STEM


def _corners(part: str) -> tuple[Point, ...]:
    spot = _places().get(part)
    if spot is None:
        return ()
    pairs = (pair.split() for pair in spot.via.split(";"))
    return tuple((float(x), float(y)) for x, y in pairs)


def _way(link: Link, placed: dict[str, Box], junction: Point | None) -> tuple[Point, ...]:
    source, target = placed[link.source], placed[link.target]
    if via := _corners(f"{link.source}>{link.target}"):
        return source.door(via[0]), *via, junction or target.door(via[-1])
    if junction:
        if source.sides[0] < junction[0] < source.sides[2]:
            return source.door(junction), junction
        corner = junction[0], source.y
        return source.door(corner), corner, junction
    start = source.door((target.x, target.y))
    return start, target.door(start)
