"""Richardson's arms race: the plane of two nations."""

import numpy as np

from coursekit.errors import CourseError
from coursekit.figures import palette
from coursekit.figures.base import Axes, CourseFigure, Look, Point, Sheet, described
from coursekit.figures.chart import BROWN, GREY, PURPLE, TEAL, legend, plain, sheet
from coursekit.models.arms_race import eigenvalues, fixed_point, is_stable, trajectory
from coursekit.ranges import Array
from coursekit.sentences import Sentences

SAY = Sentences(__file__)

# The start lies between 0 and this, and so does every plane; a plane that followed a start that is
# dragged would run away from it.
REACH = 4
# Farther out, an exact balance of reaction and fatigue would shrink the plane to a dot.
FARTHEST = 40
START = {"marker": "o", "ms": 8, "mfc": "white", "mec": palette.INK, "mew": 2, "ls": "none"}


def resting(numbers: dict[str, float]) -> tuple[Point | None, str]:
    """Find the fixed point, if there is one."""
    try:
        x, y = fixed_point(**numbers)
        return (float(x), float(y)), ""
    except CourseError as problem:
        return None, str(problem)


def outcome(numbers: dict[str, float], start: Point) -> tuple[str, ...]:
    """Say in words where the race goes: in short, and why."""
    restraint = numbers["a"] * numbers["b"]
    reaction = numbers["k"] * numbers["l"]
    compared = SAY("compared", restraint=restraint, reaction=reaction)

    def told(name: str) -> tuple[str, ...]:
        return tuple(words.format(compared=compared) for words in SAY[name])

    force = {name: numbers[name] for name in "abkl"}
    if is_stable(**force):
        return told("settles")
    point, why = resting(numbers)
    if point is None:
        return SAY["no_point"], why
    # Along this direction departures grow; its sign says which way the race leaves.
    growing = float(eigenvalues(**force)[0]) + numbers["a"]
    push = numbers["l"] * (start[0] - point[0]) + growing * (start[1] - point[1])
    if abs(push) < 1e-9:
        return told("knife_edge")
    return told("runs_away" if push > 0 else "unwinds")


def window(numbers: dict[str, float], start: Point) -> list[float]:
    """Choose the ends of both axes of the plane."""
    point, _ = resting(numbers)
    spots = [0, REACH, *start]
    if point is not None and max(np.abs(point)) <= FARTHEST:
        spots += point
    low, high = min(spots), max(spots)
    margin = 0.1 * (high - low)
    return [low - margin if low < 0 else 0, high + margin if high > REACH else REACH]


def _path(numbers: dict[str, float], start: Point, low: float, high: float) -> tuple[Array, bool]:
    """Follow the race until it leaves the plane."""
    times = np.concatenate(([0], np.geomspace(0.01, 60, 140)))
    path = trajectory(**numbers, start=start, times=times)
    outside = np.any((path < low) | (path > high), axis=1)
    stop = int(np.argmax(outside)) + 1 if outside.any() else len(path)
    return path[:stop], bool(outside.any())


def _marks(stable: bool | None) -> dict[str, Look]:
    marks = {
        "First nation rests": {"color": TEAL, "lw": 2.4},
        "Second nation rests": {"color": BROWN, "lw": 2.4, "ls": "--"},
        "Path from the start": {"color": palette.INK, "lw": 2},
        "Start": START,
    }
    fixed = {"ms": 10, "color": PURPLE, "mec": "white", "ls": "none"}
    if stable:
        marks["Fixed point, stable"] = {**fixed, "marker": "D"}
    elif stable is not None:
        marks["Fixed point, not stable"] = {**fixed, "marker": "X"}
    return marks


def _plane(figure: CourseFigure, low: float, high: float, stable: bool | None) -> Axes:
    axes = figure.add_axes((0.09, 0.11, 0.6, 0.86))
    axes.patch.set_gid("plane")
    if low < 0:
        axes.axhline(0, color=GREY, lw=0.8)
        axes.axvline(0, color=GREY, lw=0.8)
    axes.set(xlim=(low, high), ylim=(low, high))
    axes.locator_params(nbins=4)
    axes.set_xlabel(SAY["first"], color=palette.INK)
    axes.set_ylabel(SAY["second"], color=palette.INK)
    plain(axes)
    legend(axes, _marks(stable), loc="upper left", bbox_to_anchor=(1.01, 1), handlelength=2.2)
    return axes


def race_figure(
    a: float,
    b: float,
    k: float,
    l: float,  # noqa: E741
    g: float,
    h: float,
    start: Point = (2, 0.5),
    *,
    on: Sheet = None,
) -> CourseFigure:
    """Draw the plane of two nations' arms."""
    numbers = {"a": a, "b": b, "k": k, "l": l, "g": g, "h": h}
    point, _ = resting(numbers)
    low, high = window(numbers, start)
    path, left = _path(numbers, start, low, high)
    seen = point is not None and all(low <= value <= high for value in point)
    stable = bool(is_stable(a, b, k, l)) if seen else None
    marks = _marks(stable)
    with sheet(7.4, 5.0, on) as figure:
        axes = figure.still(_plane, low, high, stable)
        across = np.array([low, high])
        axes.plot((k * across + g) / a, across, **marks["First nation rests"], gid="rest-first")
        axes.plot(across, (l * across + h) / b, **marks["Second nation rests"], gid="rest-second")
        x, y = np.meshgrid(*[np.linspace(low, high, 9)[1:-1:1]] * 2)
        u, v = k * y - a * x + g, l * x - b * y + h
        speed = np.hypot(u, v)
        speed[speed == 0] = 1
        look = {"color": "#9aa4ab", "scale": 24, "width": 0.0035, "pivot": "mid"}
        axes.quiver(x, y, u / speed, v / speed, **look).set_gid("arrows")
        axes.plot(*path.T, **marks["Path from the start"], gid="path")
        axes.plot(*path[0], **marks["Start"], gid="start", clip_on=False, zorder=5)
        if point and seen:
            *_, look = marks.values()
            axes.plot(*point, **look, gid="fixed-point", zorder=6, clip_on=False)
    short, _ = outcome(numbers, start)
    where = SAY["no_rest"] if point is None else SAY("rest", point=point)
    edge = SAY["leaves"] if left else ""
    if point is not None and max(np.abs(point)) > FARTHEST:
        edge = SAY["outside"] + edge
    alt = SAY("alt", short=short, start=start, where=where, edge=edge)
    times = [0, 1, 2, 5, 10]
    arms = trajectory(**numbers, start=start, times=times)
    rows = [(t, *(float(f"{v:.6g}") for v in row)) for t, row in zip(times, arms, strict=True)]
    return described(figure, alt, rows, ["years", "x", "y"])
