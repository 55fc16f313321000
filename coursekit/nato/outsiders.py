"""What became of states outside when a neighbour joined: an outcome measured on outsiders."""

import datetime as dt
from functools import cache
from typing import NamedTuple

import pandas as pd

from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.nato.burden import complete, four_means
from coursekit.nato.enlargement import lookups

FIRST_YEAR, LAST_YEAR = 1992, 2024
# The first enlargement after the Cold War.
_FIRST_ROUND = 1999


class Beside(NamedTuple):
    """Outsiders with a new member next to them, and all the others.

    Parameters
    ----------
    beside, others : tuple of str
        States outside NATO; Russia is in neither.
    """

    beside: tuple[str, ...]
    others: tuple[str, ...]


def _joined():
    return {iso3: accession.year for iso3, (accession, *_) in lookups.accessions().items()}


@cache
def _outsiders(year):
    """List the European states, Russia left out, that are no members at the end of a year."""
    end, states = dt.date(year, 12, 31), lookups.states().items()
    others = [iso3 for iso3, state in states if state["european"] and iso3 != "RUS"]
    outside = [iso3 for iso3 in others if _joined().get(iso3, 9999) > year]
    return tuple(iso3 for iso3 in outside if lookups.exists(iso3, end))


def _first_neighbour(iso3):
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


def spending_beside(round_of: int, window: int = 5, without: tuple[str, ...] = ()) -> dict:
    """Compare the military burden of outsiders beside a new member with that of the others.

    Parameters
    ----------
    round_of : int
        Year of the round; it is left out of both periods.
    window : int, optional
        Years before it and years after it.
    without : tuple of str, optional
        States to leave out.

    Returns
    -------
    dict
        Means before and after of both groups in per cent of GDP, the difference-in-differences
        in percentage points, and the states of each group. Only outsiders with a figure for every
        year count, and only as long as they stay outside.

    Raises
    ------
    CourseError
        If nobody joined in that year.

    Examples
    --------
    >>> round(spending_beside(2004)["estimate"], 2), round(
    ...     spending_beside(2004, without=("GEO",))["estimate"], 2)
    (-0.76, -0.14)
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

    Parameters
    ----------
    first, last : int, optional
        Years, 1992 to 2024.

    Returns
    -------
    pandas.DataFrame
        One row a group: ``state_years``, ``begun`` (cases of the table ``force_used`` that began),
        ``in_100`` state-years, and ``cases``, each with its state and year.

    Raises
    ------
    CourseError
        If the years are out of range or order.
    """
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise CourseError(
            f"The years {first} to {last} cannot be used. Choose a first year that is not after "
            f"the last, both from {FIRST_YEAR} to {LAST_YEAR}."
        )
    force = load("force_used")
    began = {}
    for row in force.itertuples():
        began.setdefault((row.iso3, int(row.start[:4])), []).append(row.by)
    rows = {name: [0, []] for name in ("a new member beside it", "no new member beside it")}
    for year in range(first, last + 1):
        for iso3 in _outsiders(year):
            near = _first_neighbour(iso3) < year
            row = rows["a new member beside it" if near else "no new member beside it"]
            row[0] += 1
            row[1] += [f"{iso3} {year}" for _ in began.get((iso3, year), ())]
    table = []
    for years, cases in rows.values():
        share = round(100 * len(cases) / years, 1) if years else None
        table.append((years, len(cases), share, ", ".join(cases)))
    index = pd.Index(list(rows), name="outsiders with")
    return pd.DataFrame(table, index, ["state_years", "begun", "in_100", "cases"])
