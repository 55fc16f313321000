"""The timeline: events by category and date."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.dates import YearLocator
from matplotlib.lines import Line2D

from coursekit.data import load
from coursekit.errors import unknown
from coursekit.figures import palette
from coursekit.figures.base import CourseFigure, style

CATEGORIES = tuple(palette.CATEGORY)
FIRST, LAST = 1946, 2026
CURSOR = 1990  # the year at which the cursor is drawn before it moves
LEFT, RIGHT = 0.135, 0.985
WIDTH = 9.6


def event_table(categories: Sequence[str] | None = None, until: int | None = None) -> pd.DataFrame:
    """List the events of some categories, or of all, up to the end of a year."""
    events = load("events")
    categories = list(palette.CATEGORY) if categories is None else list(categories)
    for category in categories:
        if category not in palette.CATEGORY:
            raise unknown("category of event", category, palette.CATEGORY)
    events = events[events["category"].isin(categories)]
    if until is not None:
        events = events[events["date"].dt.year <= until]
    titles = load("readings").set_index("reading")["title"]
    told = events.rename(columns={"event": "id", "title": "event"})
    told["date"] = told["date"].dt.strftime("%Y-%m-%d")
    told["source"] = told["reading"].map(titles)
    return told[["date", "event", "category", "source", "verified"]].reset_index(drop=True)


def _lanes() -> tuple[list[tuple[str, pd.Timestamp, str, float]], dict[str, int]]:
    """Put events that would touch into different rows of their category's lane."""
    events = load("events").sort_values("date", kind="stable")
    base = {name: 3 * n for n, name in enumerate(reversed(palette.CATEGORY))}
    last: dict[tuple[str, int], pd.Timestamp] = {}
    rows = []
    for row in events.itertuples():
        for step in (0, 1, -1):
            place = (row.category, step)
            if place not in last or (row.date - last[place]).days > 700 or step == -1:
                break
        last[place] = row.date
        rows.append((row.event, row.date, row.category, base[row.category] + 0.75 * step))
    return rows, base


def timeline_figure(categories: Sequence[str] | None = None, year: int = CURSOR) -> CourseFigure:
    """Draw events as marks, a lane a category, with a cursor at the end of a year.

    Parameters
    ----------
    categories : sequence of str, optional
        Which categories; default: all.
    year : int, optional
        Where the cursor stands.

    Returns
    -------
    CourseFigure
        Each event is an artist with its id, the cursor has the id ``cursor``. A hollow mark means
        that the day was not verified.
    """
    table = event_table(categories)
    with style():
        figure = CourseFigure(figsize=(WIDTH, 4.2), dpi=100)
        draw_timeline(figure, categories, year)
    figure.alt = (
        f"Timeline of {len(table)} events from 1947 to 2025 in {table['category'].nunique()} "
        f"categories, with a cursor at the end of {year}."
    )
    figure.table = table
    return figure


def draw_timeline(figure: CourseFigure, categories: Sequence[str] | None, year: int) -> None:
    """Draw the timeline into a figure."""
    rows, base = _lanes()
    verified = load("events").set_index("event")["verified"]
    figure.patch.set_facecolor("white")
    axes = figure.add_axes((LEFT, 0.1, RIGHT - LEFT, 0.87))
    axes.set(xlim=(pd.Timestamp(FIRST, 1, 1), pd.Timestamp(LAST, 1, 1)))
    axes.set_ylim(-1.4, 3 * len(base) - 1.6)
    axes.set_yticks(list(base.values()), [name.capitalize() for name in base], fontsize=9)
    axes.xaxis.set_major_locator(YearLocator(10))  # type: ignore[no-untyped-call]
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#e3e7ea", zorder=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    look: dict[str, Any]
    for event, date, category, height in rows:
        if categories is not None and category not in categories:
            continue
        colour, marker = palette.CATEGORY[category]
        face = colour if verified[event] == "yes" else "white"
        look = {"marker": marker, "ms": 8, "color": colour, "mfc": face, "mec": colour, "mew": 1.4}
        axes.add_line(Line2D([date], [height], gid=event, zorder=3, **look))
    axes.axvline(pd.Timestamp(year, 12, 31), color="#d81b60", linewidth=1.6, gid="cursor")
