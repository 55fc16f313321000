"""Did both sides arm? Every choice of group, measure and years at once: a specification plot."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import Any

import pandas as pd

from coursekit.data import load
from coursekit.errors import CourseError, unknown
from coursekit.figures import palette
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import BROWN, GREY, PURPLE, TEAL, name_rows, plain, sheet
from coursekit.nato.enlargement import Scenario
from coursekit.nato.figures.spending import TEN

YEARS = (1999, 2004, 2010, 2014, 2021, 2024)
GROUPS = {
    "ten": "ten in Western Europe",
    "european": "European members",
    "usa": "United States",
    "all": "all members",
}
MEASURES = {"share": "share of GDP", "dollars": "dollars of 2015"}
VERDICTS = {
    "both": ("both rose", "o", TEAL),
    "group": ("only this group rose", "^", PURPLE),
    "russia": ("only Russia rose", "s", BROWN),
    "neither": ("neither rose", "x", GREY),
}
AMERICA = {"USA", "CAN"}


@dataclass(frozen=True)
class Choice:
    """One way to ask whether both sides armed, and what it gives for the group and for Russia."""

    group: str
    measure: str
    first: int
    last: int
    change: float  # per cent
    rival: float

    @property
    def verdict(self) -> str:
        """Say who spent more at the end than at the beginning."""
        names = ("neither", "russia", "group", "both")
        return names[2 * (self.change > 0) + (self.rival > 0)]

    def words(self) -> str:
        """Name the choice."""
        return f"{GROUPS[self.group]}, {MEASURES[self.measure]}, {self.first} to {self.last}"


@cache
def _tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    shares = load("military_burden").pivot(index="year", columns="iso3", values="share_of_gdp")
    gdp = load("economy").pivot(index="year", columns="iso3", values="gdp_constant")
    return shares * gdp / 100 / 1000, gdp / 1000


def _states(group: str, year: int) -> list[str]:
    """List the states of a group; members are those of the last day of the year."""
    fixed = {"ten": list(TEN), "usa": ["USA"], "russia": ["RUS"]}
    if group in fixed:
        return fixed[group]
    members = Scenario(year).members()
    return [iso3 for iso3 in members if group == "all" or iso3 not in AMERICA]


def spending(group: str, year: int, measure: str = "dollars") -> float:
    """Add up what a group or Russia spent in a year: billions of dollars of 2015, or % of GDP."""
    # States without a figure, such as Iceland, are left out.
    dollars, gdp = _tables()
    spent = dollars.loc[year].reindex(_states(group, year)).dropna()
    total = float(spent.sum())
    return total if measure == "dollars" else 100 * total / float(gdp.loc[year, spent.index].sum())


def _growth(group: str, measure: str, first: int, last: int) -> float:
    return 100 * (spending(group, last, measure) / spending(group, first, measure) - 1)


@cache
def choices() -> tuple[Choice, ...]:
    """Compute every choice, in the order of the change."""
    found = []
    for group, measure, years in product(GROUPS, MEASURES, combinations(YEARS, 2)):
        changes = (_growth(who, measure, *years) for who in (group, "russia"))
        found.append(Choice(group, measure, *years, *changes))
    return tuple(sorted(found, key=lambda one: one.change))


def choice(group: str, measure: str, first: int, last: int) -> Choice:
    """Find a choice; the years are two of `YEARS`, the earlier one first."""
    if group not in GROUPS:
        raise unknown("group of states", group, GROUPS)
    if measure not in MEASURES:
        raise unknown("measure of spending", measure, MEASURES)
    if first not in YEARS or last not in YEARS or first >= last:
        raise CourseError(
            f"The years {first} to {last} cannot be compared. Take two different years of "
            f"{', '.join(map(str, YEARS))}, the earlier one first."
        )
    wanted = (group, measure, first, last)
    return next(c for c in choices() if (c.group, c.measure, c.first, c.last) == wanted)


def _marked_rows() -> dict[str, tuple[str, object]]:
    """Map each row of the lower panel to the choices that have a mark in it."""
    return {
        **{GROUPS[group]: ("group", group) for group in GROUPS},
        **{MEASURES[measure]: ("measure", measure) for measure in MEASURES},
        **{f"from {year}": ("first", year) for year in YEARS[:-1]},
        **{f"to {year}": ("last", year) for year in YEARS[1:]},
    }


def choices_figure(chosen: Choice) -> CourseFigure:
    """Draw the change under every choice in order, one brought out, and what was chosen below."""
    every = choices()
    at = every.index(chosen)
    with sheet(8.2, 6.6) as figure:
        above = figure.add_axes((0.2, 0.5, 0.77, 0.42))
        plain(above, "y")
        above.axhline(0, color=palette.INK, linewidth=1)
        for name, (words, marker, colour) in VERDICTS.items():
            places = [n for n, one in enumerate(every) if one.verdict == name]
            look: dict[str, Any] = {"color": colour, "ms": 5, "label": f"{words} ({len(places)})"}
            changes = [every[n].change for n in places]
            above.plot(places, changes, marker, **look, gid=f"choices-{name}")
        look = {"mfc": "none", "mec": palette.INK, "mew": 2, "ms": 13}
        above.plot(at, chosen.change, "D", **look, gid="chosen")
        above.set_ylabel("Change of the group, %", fontsize=9)
        below = figure.add_axes((0.2, 0.04, 0.77, 0.43), sharex=above)
        plain(below, "y")
        rows = _marked_rows()
        heights = {label: float(height) for height, label in enumerate(reversed(rows))}
        mine = [label for label, (what, value) in rows.items() if getattr(chosen, what) == value]
        for label in heights:
            what, value = rows[label]
            places = [n for n, one in enumerate(every) if getattr(one, what) == value]
            level = [heights[label]] * len(places)
            below.plot(places, level, "|", color=GREY, ms=6, gid=f"row-{label}")
            if label in mine:
                below.plot(at, heights[label], "D", color=palette.INK, markersize=6)
        name_rows(below, heights, size=8, bold=mine)
        below.set_ylim(-0.7, len(rows) - 0.3)
        for axes in (above, below):
            axes.axvline(at, color=palette.INK, linewidth=0.8, linestyle=":")
            axes.tick_params(axis="x", length=0, labelbottom=False)
        above.set_xlim(-1.5, len(every) + 0.5)
        figure.legend(loc="upper center", ncols=4, frameon=False, fontsize=9)
    counts = pd.Series([one.verdict for one in every]).value_counts()
    told = "; ".join(f"{VERDICTS[name][0]}: {counts.get(name, 0)}" for name in VERDICTS)
    figure.alt = (
        f"{len(every)} choices of group, measure and years, in the order of the group's change, "
        f"from {every[0].change:+.0f} to {every[-1].change:+.0f} per cent. {told}. The chosen one "
        f"({chosen.words()}): {VERDICTS[chosen.verdict][0]}, the group by {chosen.change:+.1f} per "
        f"cent and Russia by {chosen.rival:+.1f}."
    )
    table = []
    for one in every:
        asked = GROUPS[one.group], MEASURES[one.measure], one.first, one.last
        found = f"{one.change:+.1f}", f"{one.rival:+.1f}", VERDICTS[one.verdict][0]
        table.append(asked + found)
    columns = ["group", "measure", "from", "to", "change_%", "russia_%", "answer"]
    figure.table = pd.DataFrame(table, columns=columns)
    return figure
