"""Scenarios: who was a member, who was not, and how each state stood to the alliance."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from coursekit.data import load
from coursekit.errors import CourseError, unknown
from coursekit.nato.enlargement import lookups
from coursekit.nato.enlargement.lookups import exists, relations
from coursekit.nato.enlargement.measures import Measures, measure

FIRST_DAY = dt.date(1949, 1, 1)
LAST_DAY = dt.date(2025, 12, 31)

# As students write them.
Day = dt.date | str | int
Days = Mapping[str, Day]
Rounds = str | int | Iterable[str | int]
NOBODY: Days = MappingProxyType({})

# A state can stand in several of these relations at once. The first that applies names it: its
# own law on neutrality says more about its commitments than a promise made by others.
_STATUS = {
    "neutrality": "neutral",
    "non_bloc": "neutral",
    "csto": "csto",
    "warsaw_pact": "warsaw_pact",
    "promise": "promised",
    "pfp": "partner",
}


@dataclass(frozen=True)
class Round:
    """A round of enlargement.

    Parameters
    ----------
    year : int
        The year that names the round.
    date : datetime.date
        The day on which its members joined.
    members : tuple of str
        Their ISO 3166-1 alpha-3 codes.
    """

    year: int
    date: dt.date
    members: tuple[str, ...]


ROUNDS = {
    int(year): Round(int(year), rows["accession"].min().date(), tuple(rows["iso3"]))
    for year, rows in load("members").groupby("round")
}


def _as_date(value: Day) -> dt.date:
    """Read a date as students write it: 2004, "2004", "2004-03-29" or a date."""
    valid = f"Give a year or a day from {FIRST_DAY.year} to {LAST_DAY.year}, such as 2004"
    example = f'{valid} (its last day is used) or "2004-03-29".'
    if isinstance(value, dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
    else:
        # True is no year, though Python would count it as 1.
        text = "" if isinstance(value, bool) else str(value).strip()
        try:
            text = f"{int(text):04d}-12-31" if text.isdigit() else text
            day = dt.date.fromisoformat(text)
        except ValueError:
            raise CourseError(f"{value!r} is not a date the course can read. {example}") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CourseError(f"{value!r} lies outside the years of the course. {example}")
    return day


def _as_code(value: str) -> str:
    """Read a state's code or name."""
    states = lookups.states()
    text = str(value).strip()
    if text.upper() in states:
        return text.upper()
    by_name = {row["name"].lower(): iso3 for iso3, row in states.items()}
    if text.lower() in by_name:
        return by_name[text.lower()]
    raise unknown("state", value, [f"{iso3} ({row['name']})" for iso3, row in states.items()])


def _as_rounds(values: Rounds) -> tuple[int, ...]:
    """Read one round or several: 2004, "2004", [1999, 2004]."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        values = (values,)
    rounds = []
    for value in values:
        text = str(value).strip()
        if not text.isdigit() or int(text) not in ROUNDS:
            raise unknown("round of enlargement", value, ROUNDS)
        rounds.append(int(text))
    return tuple(sorted(set(rounds)))


@dataclass(frozen=True)
class Scenario:
    """NATO's membership on a date, as it was or as it might have been.

    Parameters
    ----------
    date : int, str or datetime.date, optional
        A year (its last day is used) or a day from 1949 to 2025. Default: the last day of 2025.
    without : int, str or sequence of them, optional
        Rounds left out, by their years; see `ROUNDS`.
    admitted : mapping of str to int, str or datetime.date, optional
        States admitted in this scenario, by code or name, with the date of their accession.

    Raises
    ------
    CourseError
        If a date, a round or a state does not exist; the message names the valid ones.

    Notes
    -----
    A scenario changes who is a member. It says nothing about what governments would have done
    next: that takes a causal argument.

    Where a source gives only the month or the year in which a relation began, it counts from the
    first day of it: no unknown day is later than the facts allow. The column ``precision`` of the
    table ``partners`` says where this is so.

    Examples
    --------
    >>> len(Scenario(2024).members())
    32
    >>> Scenario(2024, without=2004).measures().members
    25
    >>> Scenario(2024, admitted={"UKR": 2008}).status("Ukraine")
    'member'
    """

    date: dt.date
    without: tuple[int, ...]
    admitted: Mapping[str, dt.date]

    def __init__(self, date: Day = LAST_DAY, without: Rounds = (), admitted: Days = NOBODY):
        days = {}
        for state, given in dict(admitted).items():
            iso3, day = _as_code(state), _as_date(given)
            since = lookups.states()[iso3]["state_since"]
            if iso3 == "RUS":
                raise CourseError(
                    "A scenario cannot admit Russia, because the measures are about the "
                    "alliance's border with it. Choose another state."
                )
            if since and day < since:
                raise CourseError(
                    f"{lookups.states()[iso3]['name']} cannot join on {day}: it was not a state "
                    f"of its own before {since}. Choose a later date."
                )
            days[iso3] = day
        object.__setattr__(self, "date", _as_date(date))
        object.__setattr__(self, "without", _as_rounds(without))
        object.__setattr__(self, "admitted", MappingProxyType(dict(sorted(days.items()))))

    def __hash__(self) -> int:
        return hash((self.date, self.without, tuple(self.admitted.items())))

    def history(self) -> "Scenario":
        """Return what happened by the same date.

        Returns
        -------
        Scenario
            The same date, with all rounds and nobody else.
        """
        return Scenario(self.date)

    def joined(self, iso3: str) -> dt.date | None:
        """Say when a state joined in this scenario.

        Parameters
        ----------
        iso3 : str
            Code or name of a state.

        Returns
        -------
        datetime.date or None
            The day of its accession; None if it is no member on the scenario's date.

        Examples
        --------
        >>> Scenario(2025).joined("POL")
        datetime.date(1999, 3, 12)
        """
        iso3 = _as_code(iso3)
        days = [self.admitted[iso3]] if iso3 in self.admitted else []
        if iso3 in lookups.accessions():
            accession, year, _ = lookups.accessions()[iso3]
            if year not in self.without:
                days.append(accession)
        day = min(days, default=None)
        return day if day and day <= self.date else None

    def members(self) -> tuple[str, ...]:
        """List the members.

        Returns
        -------
        tuple of str
            ISO 3166-1 alpha-3 codes, in the order of accession.

        Examples
        --------
        >>> Scenario(1999).members()[-3:]
        ('CZE', 'HUN', 'POL')
        """
        states = {**lookups.accessions(), **self.admitted}
        joined = [(day, iso3) for iso3 in states if (day := self.joined(iso3))]
        return tuple(iso3 for _, iso3 in sorted(joined))

    def status(self, iso3: str) -> str:
        """Say how a state stands to the alliance.

        Parameters
        ----------
        iso3 : str
            Code or name of a state.

        Returns
        -------
        str
            ``"member"``; otherwise the first that applies of ``"neutral"``, ``"csto"``,
            ``"warsaw_pact"``, ``"promised"``, ``"partner"``, ``"other"``. The table ``statuses``
            defines them. Before a state's independence this is the status of the state it
            belonged to.

        Raises
        ------
        CourseError
            If there is no such state.

        Examples
        --------
        >>> [Scenario(year).status("UKR") for year in (1985, 2000, 2009, 2012, 2020)]
        ['warsaw_pact', 'partner', 'promised', 'neutral', 'promised']
        """
        iso3 = _as_code(iso3)
        if self.joined(iso3):
            return "member"
        # Leaving a round out also leaves out the invitation to it.
        _, year, invitation = lookups.accessions().get(iso3, (None, None, None))
        invited = year not in self.without and invitation and invitation <= self.date
        entity = iso3
        while entity in lookups.states() and not exists(entity, self.date):
            entity = lookups.states()[entity]["predecessor"]
        held = relations(entity, self.date)
        if invited:
            held.add("promise")
        # What was signed or promised ahead of an accession that this scenario leaves out goes on.
        elif iso3 in lookups.accessions():
            spells = lookups.spells().get(iso3, ())
            lasting = ("pfp", "promise")
            held |= {kind for kind, start, _ in spells if kind in lasting and start <= self.date}
        return next((status for kind, status in _STATUS.items() if kind in held), "other")

    def measures(self) -> Measures:
        """Compute what follows from membership.

        Returns
        -------
        Measures
            Counts, people, kilometres, shares; see its documentation for units.

        Examples
        --------
        >>> Scenario(2024).measures().border_km - Scenario(2024, without=2004).measures().border_km
        917.0
        """
        return measure(self)


def status_by_year(iso3: str, without: Rounds = ()) -> list[tuple[int, int, str]]:
    """Follow one state's status through the years.

    Parameters
    ----------
    iso3 : str
        Code or name of a state.
    without : int, str or sequence of them, optional
        Rounds left out.

    Returns
    -------
    list of (int, int, str)
        First year, last year and status on the last day of each of them, oldest first.

    Examples
    --------
    >>> status_by_year("POL")[-2:]
    [(1997, 1998, 'promised'), (1999, 2025, 'member')]
    """
    iso3 = _as_code(iso3)
    runs: list[tuple[int, int, str]] = []
    changes = {day.year for day in _turning_points(iso3, lookups.states()[iso3])}
    for year in range(FIRST_DAY.year, LAST_DAY.year + 1):
        if year in changes:
            status = Scenario(year, without=without).status(iso3)
        if runs and runs[-1][2] == status:
            runs[-1] = (runs[-1][0], year, status)
        else:
            runs.append((year, year, status))
    return runs


def status_spells() -> pd.DataFrame:
    """Follow every state's status from day to day.

    Returns
    -------
    pandas.DataFrame
        One row a spell: ``iso3``, ``status``, ``start`` (first day), ``end`` (first day on which
        it no longer held; empty if it still does).

    Examples
    --------
    >>> spells = status_spells()
    >>> spells[spells["iso3"] == "FIN"]["status"].tolist()
    ['neutral', 'partner', 'promised', 'member']
    """
    rows = []
    for iso3, state in lookups.states().items():
        runs: list[tuple[str, dt.date]] = []
        for day in _turning_points(iso3, state):
            status = Scenario(day).status(iso3)
            if not runs or runs[-1][0] != status:
                runs.append((status, day))
        ends = [day for _, day in runs[1:]] + [None]
        rows += [(iso3, *run, end) for run, end in zip(runs, ends, strict=True)]
    table = pd.DataFrame(rows, columns=["iso3", "status", "start", "end"])
    return table.astype({"start": "datetime64[us]", "end": "datetime64[us]"})


def _turning_points(iso3: str, state: dict[str, Any]) -> list[dt.date]:
    """List the days on which a state's status may change."""
    days = {FIRST_DAY, state["state_since"]}
    if iso3 in lookups.accessions():
        accession, _, invitation = lookups.accessions()[iso3]
        days |= {accession, invitation}
    entities = [iso3]
    while (entity := entities[-1]) in lookups.states() and lookups.states()[entity]["predecessor"]:
        entities.append(lookups.states()[entity]["predecessor"])
        days.add(lookups.states().get(entities[-1], {}).get("state_since"))
    for entity in entities:
        for _, start, end in lookups.spells().get(entity, ()):
            days |= {start, end}
    return sorted(day for day in days if day and FIRST_DAY <= day <= LAST_DAY)
