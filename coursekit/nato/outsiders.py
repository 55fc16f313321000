"""What became of states outside when a neighbour joined: an outcome measured on outsiders."""

import datetime as dt
from collections import Counter
from collections.abc import Container
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.nato.burden import complete, four_means
from coursekit.nato.enlargement import lookups

FIRST_YEAR, LAST_YEAR = 1992, 2024
# The first enlargement after the Cold War.
_FIRST_ROUND = 1999


class Beside(NamedTuple):
    """States outside NATO with a new member next to them, and all others; Russia is in neither."""

    beside: tuple[str, ...]
    others: tuple[str, ...]


def _joined() -> dict[str, int]:
    return {iso3: accession.year for iso3, (accession, *_) in lookups.accessions().items()}


@cache
def _outsiders(year: int) -> tuple[str, ...]:
    """List the European states, Russia left out, that are no members at the end of a year."""
    end, states = dt.date(year, 12, 31), lookups.states().items()
    others = [iso3 for iso3, state in states if state["european"] and iso3 != "RUS"]
    outside = [iso3 for iso3 in others if _joined().get(iso3, 9999) > year]
    return tuple(iso3 for iso3 in outside if lookups.exists(iso3, end))


def _first_neighbour(iso3: str) -> int:
    """Say in which year a state next to this one first joined, from 1999 on."""
    years = [_joined().get(other, 0) for other in lookups.neighbours().get(iso3, ())]
    return min((year for year in years if year >= _FIRST_ROUND), default=9999)


def beside(round_of: int) -> Beside:
    """Split the states outside by whether a state that joined in one round is next to them.

    Parameters
    ----------
    round_of : int
        Year of a round.

    Raises
    ------
    CourseError
        If nobody joined in that year.

    Examples
    --------
    >>> beside(2004).beside
    ('AUT', 'BLR', 'HRV', 'MDA', 'MKD', 'SRB', 'UKR')
    """
    new = {iso3 for iso3, year in _joined().items() if year == round_of}
    if not new:
        rounds = ", ".join(str(year) for year in sorted(set(_joined().values())))
        raise CourseError(f"Nobody joined in {round_of}. Choose one of {rounds}.")
    near = {iso3 for iso3, others in lookups.neighbours().items() if new & set(others)}
    outside = set(_outsiders(round_of))
    return Beside(tuple(sorted(outside & near)), tuple(sorted(outside - near)))


def spending_beside(round_of: int, window: int = 5, without: Container[str] = ()) -> dict[str, Any]:
    """Compare the military burden of outsiders beside a new member with that of the others.

    The means, in per cent of GDP, are of the years before the round and after it, and of the
    outsiders that have a figure for each of these years and joined in none of them.
    """
    stay = {
        iso3
        for iso3 in complete(round_of, window)
        if _joined().get(iso3, 9999) > round_of + window and iso3 not in without
    }
    groups = [tuple(iso3 for iso3 in group if iso3 in stay) for group in beside(round_of)]
    means, estimate = four_means(round_of, window, *groups)
    names = ("beside before", "beside after", "others before", "others after", "estimate")
    found = dict(zip(names, (*means, estimate), strict=True))
    return found | {"beside": groups[0], "others": groups[1]}


def force_beside(first: int = FIRST_YEAR, last: int = LAST_YEAR) -> pd.DataFrame:
    """Count the years in which another state began to use force on states outside NATO.

    A state counts as having a new member beside it from the year after the first of its
    neighbours joined in a round since 1999.
    """
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise CourseError(
            f"The years {first} to {last} cannot be used. Choose a first year that is not after "
            f"the last, both from {FIRST_YEAR} to {LAST_YEAR}."
        )
    began = Counter((row.iso3, int(row.start[:4])) for row in load("force_used").itertuples())
    years = [(iso3, year) for year in range(first, last + 1) for iso3 in _outsiders(year)]
    table = []
    for near in (True, False):
        mine = [(iso3, year) for iso3, year in years if (_first_neighbour(iso3) < year) is near]
        cases = [f"{iso3} {year}" for iso3, year in mine for _ in range(began[iso3, year])]
        share = round(100 * len(cases) / len(mine), 1) if mine else None
        table.append((len(mine), len(cases), share, ", ".join(cases)))
    names = ["a new member beside it", "no new member beside it"]
    index = pd.Index(names, name="outsiders with")
    return pd.DataFrame(table, index, ["state_years", "begun", "in_100", "cases"])
