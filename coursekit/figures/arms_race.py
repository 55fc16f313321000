"""Richardson's arms race: the plane of two nations, the enlargement shock, and data."""

import numpy as np
import pandas as pd
from matplotlib import rc_context

from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.figures import palette
from coursekit.figures.base import STYLE, CourseFigure
from coursekit.models.arms_race import (
    SHOCKS,
    eigenvalues,
    enlargement_shock,
    fixed_point,
    is_stable,
    trajectory,
)

__all__ = ["burden", "burden_figure", "outcome", "race_figure", "resting", "shock_figure"]

GREY = "#6d7880"
FIRST, SECOND = "#00695c", "#8a5a00"
YEARS = (1990, 2024)
TEN = ("BEL", "DEU", "DNK", "ESP", "FRA", "GBR", "ITA", "NLD", "NOR", "PRT")
ACTORS = {
    "members": ("Members M", "#00695c", ""),
    "rival": ("Rival R", "#a67bb0", "\\\\\\\\"),
    "outsider": ("Outsider O", "#f2b233", "////"),
    "total": ("Sum", "#adada9", ""),
}
# Farther out, an exact balance of reaction and fatigue would shrink the plane to a dot.
FARTHEST = 40


def resting(numbers):
    """Find the fixed point, if there is one.

    Parameters
    ----------
    numbers : dict of str to float
        a, b, k, l, g and h.

    Returns
    -------
    point : tuple of float or None
        x* and y*.
    why : str
        Why there is none; empty if there is one.
    """
    try:
        return fixed_point(**numbers), ""
    except CourseError as problem:
        return None, str(problem)


def outcome(numbers, start):
    """Say in words where the race goes.

    Parameters
    ----------
    numbers : dict of str to float
        a, b, k, l, g and h.
    start : pair of float
        Arms of the two nations at time 0.

    Returns
    -------
    short : str
        Two or three words.
    long : str
        A sentence with the reason.

    Examples
    --------
    >>> outcome({"a": 2, "b": 2, "k": 1, "l": 1, "g": 1, "h": 1}, (2, 0))[0]
    'It settles down'
    """
    restraint = numbers["a"] * numbers["b"]
    reaction = numbers["k"] * numbers["l"]
    compared = f"a × b = {restraint:.2f}, k × l = {reaction:.2f}."
    force = {name: numbers[name] for name in "abkl"}
    if is_stable(**force):
        return "It settles down", f"Fatigue outweighs reaction: {compared} Any start ends there."
    point, why = resting(numbers)
    if point is None:
        return "No single fixed point", why
    # Along this direction departures grow; its sign says which way the race leaves.
    growing = eigenvalues(**force)[0] + numbers["a"]
    push = numbers["l"] * (start[0] - point[0]) + growing * (start[1] - point[1])
    if abs(push) < 1e-9:
        return (
            "It is on a knife edge",
            f"Reaction outweighs fatigue: {compared} This start balances.",
        )
    if push > 0:
        return "It runs away", f"Reaction outweighs fatigue: {compared} From this start arms grow."
    return (
        "It unwinds",
        f"Reaction outweighs fatigue: {compared} From this start arms fall below 0.",
    )


def _window(point, start):
    """Choose the ends of both axes."""
    spots = [0, 2, *start]
    if point is not None and max(np.abs(point)) <= FARTHEST:
        spots += point
    low, high = min(spots), max(spots)
    margin = 0.18 * (high - low)
    return (low - margin if low < 0 else 0), high + margin


def _path(numbers, start, low, high):
    """Follow the race until it leaves the plane."""
    times = np.concatenate(([0], np.geomspace(0.01, 60, 140)))
    path = trajectory(**numbers, start=start, times=times)
    outside = np.any((path < low) | (path > high), axis=1)
    stop = int(np.argmax(outside)) + 1 if outside.any() else len(path)
    return path[:stop], bool(outside.any())


def _clean(axes, grid="both"):
    axes.grid(axis=grid, color="#e3e7ea")
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=9)


def race_figure(a, b, k, l, g, h, start=(2, 0.5)):  # noqa: E741
    """Draw the plane of two nations' arms.

    Parameters
    ----------
    a, b : float
        Fatigue, per year; greater than 0.
    k, l : float
        Reaction, per year; 0 or greater.
    g, h : float
        Grievance, in arms per year.
    start : pair of float
        Arms at time 0; 0 or greater.

    Returns
    -------
    CourseFigure
        Two lines on which one nation rests, the fixed point, the path from the start and arrows.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    Examples
    --------
    >>> race_figure(2, 2, 1, 1, 1, 1).table["y"].tolist()[:1]
    [0.5]
    """
    numbers = {"a": a, "b": b, "k": k, "l": l, "g": g, "h": h}
    point, _ = resting(numbers)
    low, high = _window(point, start)
    path, left = _path(numbers, start, low, high)
    with rc_context(STYLE):
        figure = CourseFigure(figsize=(7.4, 5.0), dpi=100)
        figure.patch.set_facecolor("white")
        axes = figure.add_axes((0.09, 0.11, 0.6, 0.86))
        across = np.array([low, high])
        axes.plot(
            (k * across + g) / a,
            across,
            color=FIRST,
            lw=2.4,
            gid="rest-first",
            label="First nation rests",
        )
        axes.plot(
            across,
            (l * across + h) / b,
            color=SECOND,
            lw=2.4,
            ls="--",
            gid="rest-second",
            label="Second nation rests",
        )
        x, y = np.meshgrid(*[np.linspace(low, high, 9)[1:-1:1]] * 2)
        u, v = k * y - a * x + g, l * x - b * y + h
        speed = np.hypot(u, v)
        speed[speed == 0] = 1
        arrows = axes.quiver(
            x, y, u / speed, v / speed, color="#9aa4ab", scale=24, width=0.0035, pivot="mid"
        )
        arrows.set_gid("arrows")
        axes.plot(*path.T, color=palette.INK, lw=2, gid="path", label="Path from the start")
        axes.plot(
            *path[0],
            "o",
            ms=8,
            mfc="white",
            mec=palette.INK,
            mew=2,
            gid="start",
            label="Start",
            ls="none",
            clip_on=False,
            zorder=5,
        )
        if point is not None and all(low <= value <= high for value in point):
            axes.plot(
                *point,
                "D" if is_stable(a, b, k, l) else "X",
                ms=10,
                color="#7d4f8a",
                mec="white",
                ls="none",
                gid="fixed-point",
                zorder=6,
                clip_on=False,
                label="Fixed point, " + ("stable" if is_stable(a, b, k, l) else "not stable"),
            )
        if low < 0:
            axes.axhline(0, color=GREY, lw=0.8)
            axes.axvline(0, color=GREY, lw=0.8)
        axes.set_xlim(low, high)
        axes.set_ylim(low, high)
        axes.locator_params(nbins=5)
        axes.set_xlabel("Arms of the first nation, x", color=palette.INK)
        axes.set_ylabel("Arms of the second nation, y", color=palette.INK)
        _clean(axes)
        axes.legend(
            loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=9, handlelength=2.2
        )
    short, _ = outcome(numbers, start)
    where = (
        "There is no single fixed point."
        if point is None
        else (f"The fixed point is x = {point[0]:.2f}, y = {point[1]:.2f}.")
    )
    edge = " The path leaves the picture." if left else ""
    if point is not None and max(np.abs(point)) > FARTHEST:
        edge = " It lies outside the picture." + edge
    figure.alt = (
        f"Plane of two nations' arms. {short}: from x = {start[0]:.2f}, y = {start[1]:.2f}. "
        f"{where}{edge}"
    )
    times = [0, 1, 2, 5, 10]
    arms = trajectory(**numbers, start=start, times=times)
    figure.table = pd.DataFrame(
        [(t, *(float(f"{v:.6g}") for v in row)) for t, row in zip(times, arms, strict=True)],
        columns=["years", "x", "y"],
    )
    return figure


def shock_figure(case="before"):
    """Draw who arms how much before and after an outsider joins (teaching construct).

    Parameters
    ----------
    case : str, optional
        The case brought out; see `coursekit.models.arms_race.SHOCKS`.

    Returns
    -------
    CourseFigure
        Bars of members, rival, outsider and their sum, in three cases.

    Raises
    ------
    CourseError
        If there is no such case.
    """
    enlargement_shock(case)
    results = [enlargement_shock(name) for name in SHOCKS]
    with rc_context(STYLE):
        figure = CourseFigure(figsize=(7.4, 4.2), dpi=100)
        figure.patch.set_facecolor("white")
        axes = figure.add_axes((0.08, 0.19, 0.9, 0.7))
        for place, (name, (label, face, hatch)) in enumerate(ACTORS.items()):
            bars = axes.bar(
                np.arange(len(results)) + 0.21 * (place - 1.5),
                [getattr(result, name) for result in results],
                width=0.19,
                color=face,
                hatch=hatch,
                edgecolor=palette.INK,
                label=label,
                linewidth=[1.8 if result.case == case else 0.5 for result in results],
            )
            for bar, result in zip(bars, results, strict=True):
                bar.set_gid(f"bar-{name}-{result.case.split()[0]}")
            axes.bar_label(bars, fmt="%.2f", fontsize=9, padding=2)
        axes.set_xticks(
            range(len(results)),
            [f"{r.case.capitalize()}\nrho = {r.spectral_radius:.3f}" for r in results],
        )
        for label, result in zip(axes.get_xticklabels(), results, strict=True):
            label.set_fontweight("bold" if result.case == case else "normal")
        axes.set_ylim(0, 4.2)
        axes.set_ylabel("Arms at rest", color=palette.INK)
        _clean(axes, "y")
        axes.tick_params(axis="x", length=0, pad=6)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=4, frameon=False, fontsize=9)
    sums = ", ".join(f"{result.case} {result.total:.2f}" for result in results)
    figure.alt = (
        f"Teaching construct. Sum of arms at rest: {sums}. Joining can raise or lower the sum: it "
        "depends on provocation against relief."
    )
    figure.table = pd.DataFrame(
        [
            (r.case, *(round(getattr(r, name), 4) for name in ACTORS), round(r.spectral_radius, 4))
            for r in results
        ],
        columns=["case", "M", "R", "O", "sum", "rho"],
    )
    return figure


def burden(states):
    """Take the share of GDP from the table ``military_burden``, 1990 to 2024.

    Parameters
    ----------
    states : sequence of str
        Codes; with several, the simple mean of their shares.

    Returns
    -------
    pandas.Series
        Per cent, by year; years without a figure are left out.

    Examples
    --------
    >>> float(round(burden(TEN)[2014], 2))
    1.37
    """
    table = load("military_burden")
    table = table[table["iso3"].isin(states) & table["year"].between(*YEARS)]
    return table.groupby("year")["share_of_gdp"].mean()


def burden_figure(first, second, names):
    """Draw two series of military spending as a share of GDP.

    Parameters
    ----------
    first, second : sequence of str
        Codes of the states of each series; with several, their mean.
    names : pair of str
        What the two series are called.

    Returns
    -------
    CourseFigure
        Two lines over the years 1990 to 2024.
    """
    series = [burden(first), burden(second)]
    looks = [(FIRST, "-", "o"), (SECOND, "--", "s")]
    with rc_context(STYLE):
        figure = CourseFigure(figsize=(7.4, 4.2), dpi=100)
        figure.patch.set_facecolor("white")
        axes = figure.add_axes((0.08, 0.13, 0.89, 0.76))
        for place, (values, (colour, line, mark)) in enumerate(zip(series, looks, strict=True)):
            axes.plot(
                values.index,
                values,
                color=colour,
                ls=line,
                lw=2.2,
                marker=mark,
                ms=5,
                markevery=5,
                label=names[place],
                gid=f"series-{place + 1}",
            )
        axes.set_xlim(*YEARS)
        axes.set_ylim(0, 1.08 * max(values.max() for values in series))
        axes.set_xlabel("Year", color=palette.INK)
        axes.set_ylabel("Military spending, % of GDP", color=palette.INK)
        _clean(axes)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False, fontsize=9)
    ends = "; ".join(
        f"{name}: {values.iloc[0]:.2f} per cent in {values.index[0]}, {values.iloc[-1]:.2f} in "
        f"{values.index[-1]}"
        for name, values in zip(names, series, strict=True)
    )
    figure.alt = f"Military spending as a share of GDP. {ends}."
    both = pd.concat(series, axis=1, keys=["first", "second"]).round(4)
    figure.table = both.astype(object).where(both.notna(), "").reset_index()
    return figure
