"""The course as a map, its pages as stations on a road, with how sure and how right one was."""

import textwrap
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from matplotlib.patches import Circle, PathPatch, Polygon, Wedge
from matplotlib.path import Path
from pandas import DataFrame

from coursekit.attainment import milestones, stations
from coursekit.figures import palette
from coursekit.figures.base import Axes, CourseFigure, Look, Point, style
from coursekit.figures.calibration import calibration_in_words, draw_calibration
from coursekit.figures.chart import BROWN, GREY, MIDDLE, TEAL, bare
from coursekit.intervals import ENOUGH
from coursekit.profile import profile
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
ABREAST = 4
ROAD, WALKED, DONE, PALE = "#e3e8eb", "#a8d5cc", "#d9efea", "#9aa5ad"
# In inches: the picture, its first station, the way to the next one, and the size of one.
WIDTH, LEFT, TOP, STEP, STOREY, RADIUS = 9.6, 1.75, 0.62, 2.0, 1.62, 0.27


def progress_figure(
    done: DataFrame, calibration: DataFrame, lines: Sequence[str] = ()
) -> CourseFigure:
    """Draw what is done as a map, and how sure against how right; the lines are for its words."""
    pages, reached = stations(done), milestones(done)
    places = [_place(number) for number in range(len(pages))]
    ends = _ends(done, len(pages))
    foot = max(y for _, y in [*places, *ends.values()]) + 1.72
    enough = calibration["answers"].sum() >= ENOUGH
    height = foot + (3.0 if enough else 0.2)
    with style({"font.size": 9.5, "text.color": palette.INK}):
        figure = CourseFigure(figsize=(WIDTH, height), dpi=100)
        figure.patch.set_facecolor("white")
        axes = bare(figure.add_axes((0, 0, 1, 1)), (0, WIDTH), (height, 0))
        _draw_road(axes, places, ends, pages)
        for place, page in zip(places, pages.to_dict("records"), strict=True):
            _draw_station(axes, *place, page)
        _draw_tests(axes, ends, done)
        _draw_milestones(axes, foot - 0.16, reached)
        if enough:
            right = figure.add_axes((0.53, 0.7 / height, 0.43, 1.7 / height))
            draw_calibration(right, calibration)
            right.set_title(SAY["calibration"], fontsize=9, loc="left")
            axes.text(5.09, foot + 0.2, SAY["heading"], fontsize=11, va="center")
    figure.alt = " ".join([_in_words(done, pages, reached, calibration), *lines])
    states = pages.set_index("notebook")["state"].mask(pages["next"].to_numpy(), SAY["next"])
    figure.table = done.assign(state=done["notebook"].map(states).fillna(""))
    return figure


def _place(number: int) -> Point:
    """Find a station: the road turns back at each end of a storey."""
    storey, along = divmod(number, ABREAST)
    return LEFT + STEP * (ABREAST - 1 - along if storey % 2 else along), TOP + STOREY * storey


def _road(places: Sequence[Point]) -> Path:
    """Lead through the stations, with a half circle from each storey to the next."""
    vertices, codes = [places[0]], [Path.MOVETO]
    for (x, y), (to_x, to_y) in pairwise(places):
        if y != to_y:
            out = 1 if x > WIDTH / 2 else -1
            edge, bend = x + 0.3 * out, 1.35 * STOREY / 2
            vertices += [(edge, y), (edge + bend * out, y), (edge + bend * out, to_y), (edge, to_y)]
            codes += [Path.LINETO, *[Path.CURVE4] * 3]
        vertices.append((to_x, to_y))
        codes.append(Path.LINETO)
    return Path(vertices, codes)


def _ends(done: DataFrame, count: int) -> dict[str, Point]:
    """Place the tests before and after the course at the ends of the road, if there are any."""
    ends = {profile().before: (0.72, TOP), profile().after: _place(count)}
    return {name: place for name, place in ends.items() if name in set(done["notebook"])}


def _draw_road(axes: Axes, places: list[Point], ends: dict[str, Point], pages: DataFrame) -> None:
    begun = pages.index[pages["state"] != "to come"]
    walked = places[: begun.max() + 1] if len(begun) else []
    start, finish = (
        [ends[name]] if name in ends else [] for name in (profile().before, profile().after)
    )
    for part, colour in ((start + places + finish, ROAD), (walked and start + walked, WALKED)):
        if len(part) > 1:
            look = {"facecolor": "none", "edgecolor": colour, "linewidth": 9, "capstyle": "round"}
            axes.add_patch(PathPatch(_road(part), **look))


def _draw_station(axes: Axes, x: float, y: float, page: dict[str, Any]) -> None:
    done, begun = page["state"] == "done", page["state"] != "to come"
    # Words have a white edge in the browser, so they stand on light ground.
    look: Look = {"facecolor": DONE if done else "white", "edgecolor": TEAL if begun else PALE}
    look |= {"linestyle": "solid" if begun else (0, (3, 2)), "linewidth": 3 if done else 1.2}
    axes.add_patch(Circle((x, y), RADIUS, zorder=3, gid=f"station-{page['notebook']}", **look))
    if begun and not done:
        ring: Look = {"width": 0.09, "facecolor": TEAL, "zorder": 4}
        axes.add_patch(Wedge((x, y), RADIUS, -90, -90 + 360 * page["share"], **ring))
    ink = palette.INK if begun else GREY
    axes.text(x, y, page["notebook"], color=ink, fontsize=11, weight="bold", zorder=5, **MIDDLE)
    for there, sign, side in ((done, "✓", 1), (page["toys"], "★", -1)):
        if there:
            at = (x + 0.25 * side, y - 0.22)
            axes.add_patch(Circle(at, 0.115, facecolor="white", edgecolor=TEAL, zorder=6))
            axes.text(*at, sign, color=TEAL, fontsize=9, zorder=7, **MIDDLE)
    if page["next"]:
        _draw_flag(axes, x, y - RADIUS, BROWN, True)
        axes.text(x + 0.34, y - RADIUS - 0.17, SAY["next"], color=BROWN, va="center", weight="bold")
    title = textwrap.shorten(page["title"], 26, placeholder=" …")
    axes.text(x, y + 0.42, title, color=palette.INK, fontsize=10, **MIDDLE)
    told = [SAY(name, **page) for name, total in KINDS.items() if page[total]] if begun else []
    if not page["passed"]:
        told = told[:2]
    for number, words in enumerate(told):
        axes.text(x, y + 0.61 + 0.17 * number, words, fontsize=8.5, color="#44505a", **MIDDLE)


KINDS = {"answered": "questions", "predicted": "predictions", "passed": "tasks"}


def _draw_flag(axes: Axes, x: float, y: float, colour: str, reached: bool) -> None:
    """Plant a flag whose foot is here; one that is not yet reached is hollow."""
    axes.plot([x, x], [y, y - 0.28], color=colour, linewidth=1.4, zorder=6)
    cloth = [(x, y - 0.29), (x + 0.24, y - 0.21), (x, y - 0.12)]
    face = colour if reached else "white"
    axes.add_patch(Polygon(cloth, facecolor=face, edgecolor=colour, zorder=6))


def _draw_tests(axes: Axes, ends: dict[str, Point], done: DataFrame) -> None:
    """Mark the tests before and after the course, with how much of each is answered."""
    for row in done[done["notebook"].isin(ends)].to_dict("records"):
        x, y = ends[row["notebook"]]
        whole = row["answered"] == row["questions"]
        face = TEAL if whole else "white"
        axes.add_patch(Circle((x, y), 0.11, facecolor=face, edgecolor=TEAL, zorder=3))
        name = SAY["before" if row["notebook"] == profile().before else "after"]
        axes.text(x, y + 0.29, name, fontsize=9, **MIDDLE)
        axes.text(x, y + 0.46, SAY("test", **row), fontsize=8.5, color="#44505a", **MIDDLE)


def _draw_milestones(axes: Axes, y: float, reached: dict[str, bool]) -> None:
    for number, (name, there) in enumerate(reached.items()):
        x = 0.3 + 1.83 * number
        _draw_flag(axes, x, y + 0.15, TEAL if there else GREY, there)
        ink = palette.INK if there else GREY
        axes.text(x + 0.32, y, SAY["milestones"][name], color=ink, fontsize=9, va="center")
    axes.text(0.3, y - 0.4, SAY["key"], color=GREY, fontsize=8.5, va="center")


def _in_words(
    done: DataFrame, pages: DataFrame, reached: dict[str, bool], calibration: DataFrame
) -> str:
    sums = done[[*KINDS, *KINDS.values(), "toys"]].sum()
    words = [SAY("done", **sums), SAY("toys", **sums) if sums["toys"] else ""]
    for state, said in SAY["states"].items():
        titles = pages.loc[pages["state"] == state, "title"]
        words.append(said.format(titles=", ".join(titles)) if len(titles) else "")
    words += [SAY("comes", title=title) for title in pages.loc[pages["next"], "title"]]
    names = [SAY["milestones"][name] for name, there in reached.items() if there]
    words.append(SAY("reached", names=", ".join(names)) if names else "")
    words.append(calibration_in_words(calibration)[1])
    if calibration["answers"].sum() >= ENOUGH:
        points = [f"{r.confidence:.0%}: {r.right} of {r.answers}" for r in calibration.itertuples()]
        words.append(SAY("sure", points=", ".join(points)))
    return " ".join([SAY["alt"], *filter(None, words)])
