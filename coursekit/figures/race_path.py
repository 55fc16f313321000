"""An arms race for a first look: through the years, and in the plane of two nations."""

import numpy as np

from coursekit.figures import palette
from coursekit.figures.arms_race import START, resting
from coursekit.figures.base import Axes, CourseFigure, Look, Point, Sheet, described
from coursekit.figures.chart import BROWN, GREY, PURPLE, TEAL, plain, sheet
from coursekit.models.arms_race import is_stable, trajectory
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# Weapons and years that the picture shows.
MOST, YEARS = 40, 30
QUARTERS = 4
TRACED = ["line-first", "line-second", "path"]
LOOKS: tuple[Look, Look] = ({"color": TEAL, "lw": 2.4}, {"color": BROWN, "lw": 2.4, "ls": "--"})


def race_path_figure(numbers: dict[str, float], start: Point, *, on: Sheet = None) -> CourseFigure:
    """Draw where a race goes: weapons by year, and both nations' weapons against each other."""
    times = np.arange(YEARS * QUARTERS + 1) / QUARTERS
    arms = trajectory(**numbers, start=start, times=times)
    outside = (arms > MOST).any(axis=1)
    seen = slice(0, int(np.argmax(outside)) + 1 if outside.any() else None)
    path, when = arms[seen], times[seen]
    point, _ = resting(numbers)
    rests = point is not None and is_stable(*(numbers[name] for name in "abkl"))
    with sheet(9.2, 3.5, on) as figure:
        years, plane = figure.still(_two_axes)
        for name, values, look in zip(TRACED, path.T, LOOKS, strict=False):
            years.plot(when, values, gid=name, **look)
        plane.plot(*path.T, color=palette.INK, lw=2, gid="path")
        plane.plot(*path[::QUARTERS].T, color=palette.INK, marker=".", ls="none", gid="years")
        plane.plot(*path[0], **START, gid="start", clip_on=False, zorder=5)
        if point and rests and max(point) <= MOST:
            plane.plot(*point, marker="D", ms=10, color=PURPLE, mec="white", gid="rest", zorder=6)
    told = [0, 1, 2, 5, 10, 20, YEARS]
    rows = [(year, *(f"{value:,.1f}" for value in arms[year * QUARTERS])) for year in told]
    where = SAY("rest", point=point) if rests else SAY["no_rest"]
    edge = SAY["leaves"] if outside.any() else ""
    alt = SAY("alt", start=start, late=arms[10 * QUARTERS], where=where, edge=edge)
    return described(figure, alt, rows, SAY["columns"])


def _two_axes(figure: CourseFigure) -> tuple[Axes, Axes]:
    years = figure.add_axes((0.065, 0.17, 0.5, 0.72))
    years.set(xlim=(0, YEARS), ylim=(0, MOST))
    years.set_title(SAY["by_year"], loc="left", fontsize=10.5)
    years.set_xlabel(SAY["year"])
    for look, (name, place) in zip(LOOKS, SAY["names"].items(), strict=True):
        years.plot([0.6, 2.4], [place] * 2, **look)
        years.text(2.9, place, name, fontsize=9.5, va="center")
    plane = figure.add_axes((0.675, 0.17, 0.3, 0.72))
    plane.set(xlim=(0, MOST), ylim=(0, MOST))
    plane.set_title(SAY["plane"], loc="left", fontsize=10.5)
    first, second = SAY["names"]
    plane.set_xlabel(SAY("weapons", name=first))
    plane.set_ylabel(SAY("weapons", name=second))
    plane.text(MOST, MOST * 0.02, SAY["key"], color=GREY, fontsize=8.5, ha="right", va="bottom")
    for axes in (years, plane):
        axes.locator_params(nbins=4)
        plain(axes)
    return years, plane
