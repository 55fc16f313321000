"""Find a way for a link between the boxes of a map: short, along the axes, with few corners."""

from collections.abc import Iterator
from functools import lru_cache
from heapq import heappop, heappush

from coursekit.figures.base import Point

GAP = 8  # from a box to the first corner, so that there is room for the end of a link
CLEAR = 4  # the least distance from any other box
CORNER = 40  # a corner counts as much as this many pixels
# Left, top, right and bottom; a crossing of two lanes and the direction in which a way arrives.
Sides = tuple[float, float, float, float]
State = tuple[tuple[int, int], tuple[int, ...]]
STEPS = ((1, 0), (-1, 0), (0, 1), (0, -1))


@lru_cache(maxsize=512)
def way_between(
    source: Sides,
    target: Sides,
    boxes: tuple[Sides, ...],
    junction: Point | None = None,
    shift: float = 0.0,
) -> tuple[Point, ...]:
    """Find the shortest way from one box to another that meets no third one."""
    starts, ends = _doors(source), {junction: junction} if junction else _doors(target)
    across = _lanes([(box[0], box[2]) for box in boxes], [x for x, _ in [*starts, *ends]], shift)
    down = _lanes([(box[1], box[3]) for box in boxes], [y for _, y in [*starts, *ends]], shift)
    blocked = {
        (i, j)
        for left, top, right, bottom in boxes
        for i in _within(across, left - CLEAR, right + CLEAR)
        for j in _within(down, top - CLEAR, bottom + CLEAR)
    }
    place = {(x, y): (i, j) for i, x in enumerate(across) for j, y in enumerate(down)}
    goals = {place[spot]: spot for spot in ends}
    waiting: list[tuple[float, *State, State | None]]
    waiting = [(0.0, place[s], _leaving(s, starts[s]), None) for s in starts]
    came: dict[State, State | None] = {}
    while waiting:
        cost, spot, heading, before = heappop(waiting)
        if (spot, heading) in came:
            continue
        came[spot, heading] = before
        end = goals.get(spot)
        if end and (junction or heading == _leaving(ends[end], end)):
            back = [(across[i], down[j]) for i, j in _trail(came, (spot, heading))]
            return _bends([starts[back[-1]], *reversed(back), ends[end]])
        for step in STEPS:
            i, j = spot[0] + step[0], spot[1] + step[1]
            turned = step == (-heading[0], -heading[1])
            if turned or (i, j) in blocked or not (0 <= i < len(across) and 0 <= j < len(down)):
                continue
            length = abs(across[i] - across[spot[0]]) + abs(down[j] - down[spot[1]])
            after = cost + length + CORNER * (step != heading)
            heappush(waiting, (after, (i, j), step, (spot, heading)))
    return next(iter(starts.values())), next(iter(ends.values()))


def _doors(sides: Sides) -> dict[Point, Point]:
    """Map a spot beside the middle of each side to the middle itself."""
    left, top, right, bottom = sides
    x, y = (left + right) / 2, (top + bottom) / 2
    doors = {(x, top - GAP): (x, top), (x, bottom + GAP): (x, bottom)}
    return doors | {(left - GAP, y): (left, y), (right + GAP, y): (right, y)}


def _lanes(spans: list[Point], doors: list[float], shift: float) -> list[float]:
    """List where a way may run: beside each box, and through its middle, so that none is missed."""
    beside = {side + shift for low, high in spans for side in (low - GAP, high + GAP)}
    return sorted({*beside, *((low + high) / 2 for low, high in spans), *doors})


def _leaving(start: Point, end: Point) -> tuple[int, ...]:
    """Say in which direction one goes from the second spot to the first."""
    return tuple((a > b) - (a < b) for a, b in zip(start, end, strict=True))


def _within(lanes: list[float], low: float, high: float) -> list[int]:
    return [k for k, lane in enumerate(lanes) if low < lane < high]


def _trail(came: dict[State, State | None], state: State | None) -> Iterator[tuple[int, int]]:
    while state:
        yield state[0]
        state = came[state]


def _bends(way: list[Point]) -> tuple[Point, ...]:
    kept = way[:1]
    for spot, after in zip(way[1:], [*way[2:], None], strict=True):
        straight = after and any(kept[-1][k] == spot[k] == after[k] for k in (0, 1))
        if spot != kept[-1] and not straight:
            kept.append(spot)
    return tuple(kept)
