"""Where governments stand by their votes in the General Assembly: a distance that is measured."""

from functools import cache

import pandas as pd

from coursekit.data import load
from coursekit.figures import palette
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import GREY, TEAL, plain, sheet
from coursekit.nato.enlargement import lookups
from coursekit.nato.enlargement.lookups import relations
from coursekit.nato.enlargement.measures import MOSCOW
from coursekit.nato.enlargement.scenario import Scenario

GROUPS = ("members", "treaty with Moscow", "neither")
# The sixteen stay the same, so that a change is not one of who is in the group.
OLD_MEMBERS = 1998
_PURPLE = "#4b2757"
LOOKS = {
    "members": (TEAL, "-"),
    "members of 1998": (TEAL, ":"),
    "neither": (GREY, "-"),
    "treaty with Moscow": (_PURPLE, "-"),
    "Moscow": (_PURPLE, ":"),
}


@cache
def group_of(iso3: str, year: int) -> str:
    """Say to which of `GROUPS` a state belonged at the end of a year."""
    if iso3 in lookups.former_states():
        bound = iso3 == "SUN" or "warsaw_pact" in relations(iso3, Scenario(year).date)
        return GROUPS[1] if bound else GROUPS[2]
    status = Scenario(year).status(iso3)
    return GROUPS[0] if status == "member" else GROUPS[1] if status in MOSCOW else GROUPS[2]


@cache
def _means() -> pd.DataFrame:
    table = load("voting_positions")
    years = sorted(table["year"].unique())
    old = {i for i in lookups.states() if group_of(i, OLD_MEMBERS) == GROUPS[0]}
    positions = table.assign(group=list(map(group_of, table["iso3"], table["year"])))
    means = positions.pivot_table(index="year", columns="group", values="position")[list(GROUPS)]
    same = table[table["iso3"].isin(old)].groupby("year")["position"]
    means["members of 1998"] = same.mean().reindex(years)
    moscow = table[table["iso3"].isin(("SUN", "RUS"))].drop_duplicates("year", keep="first")
    means["Moscow"] = moscow.set_index("year")["position"].reindex(years)
    return means.rename_axis(columns=None)


def voting_means() -> pd.DataFrame:
    """Average the positions of each group, as it was in each year, and of the members of 1998."""
    # The scale is that of voeten2017.
    return _means().copy()


def voting_figure() -> CourseFigure:
    """Draw how far apart the groups vote, from 1985 on."""
    means = voting_means()
    with sheet(7.6, 4.4) as figure:
        axes = figure.add_axes((0.1, 0.1, 0.64, 0.83))
        plain(axes, "y")
        for year in (1999, 2004, 2009):
            axes.axvline(year, color="#c8c8c4", linewidth=1)
        for name, (colour, line) in LOOKS.items():
            gid = "votes-" + name.replace(" ", "-")
            axes.plot(means.index, means[name], line, color=colour, linewidth=2, gid=gid)
        ends = means.iloc[-1].sort_values(kind="stable")
        heights = _spread(list(ends), 0.17)
        for (name, _), height in zip(ends.items(), heights, strict=True):
            label = "Russia (Soviet Union)" if name == "Moscow" else name
            axes.text(means.index[-1] + 0.6, height, label, va="center", fontsize=8.5,
                      color=LOOKS[name][0])  # fmt: skip
        axes.set_ylabel("Position by votes", fontsize=9, color=palette.INK)
        axes.set_xlim(means.index[0], means.index[-1])
        axes.set_title("Grey lines: rounds of 1999, 2004, 2009", fontsize=8.5, loc="left")
    apart = means["members"] - means["treaty with Moscow"]
    old = means["members of 1998"] - means["Moscow"]
    lowest = apart.idxmin()
    figure.alt = (
        "Mean positions by votes in the General Assembly. Members and states with a treaty with "
        f"Moscow were {apart[1985]:.2f} apart in 1985, {apart[lowest]:.2f} in {lowest}, "
        f"{apart[1998]:.2f} in 1998 and {apart.iloc[-1]:.2f} in {apart.index[-1]}. The members of "
        f"1998 and Moscow were {old[1993]:.2f} apart in 1993, {old[1998]:.2f} in 1998, "
        f"{old[2008]:.2f} in 2008 and {old.iloc[-1]:.2f} in {old.index[-1]}."
    )
    figure.table = means.round(2).reset_index()
    return figure


def _spread(values: list[float], least: float) -> list[float]:
    """Move ascending heights apart until no two are closer than the least distance."""
    placed: list[float] = []
    for value in values:
        placed.append(max(value, placed[-1] + least) if placed else value)
    return placed
