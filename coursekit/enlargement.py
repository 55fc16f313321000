"""NATO's rounds of enlargement: who was in, who was not, and what follows from membership."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

import pandas as pd

from coursekit.data import load
from coursekit.errors import CourseError, unknown

__all__ = ["FIRST_DAY", "LAST_DAY", "ROUNDS", "Measures", "Round", "Scenario", "status_by_year"]

FIRST_DAY = dt.date(1949, 1, 1)
LAST_DAY = dt.date(2025, 12, 31)

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


def _rounds():
    table = load("members")
    return {
        int(year): Round(int(year), rows["accession"].min().date(), tuple(rows["iso3"]))
        for year, rows in table.groupby("round")
    }


ROUNDS = _rounds()


@cache
def _states():
    """Index the states of the course by code, with dates as ``datetime.date`` or None."""
    table = load("states").set_index("iso3")
    table = table[table["kind"] == "state"]
    table["state_since"] = [None if pd.isna(d) else d.date() for d in table["state_since"]]
    return table.to_dict("index")


@cache
def _accessions():
    table = load("members")
    return {
        row.iso3: (
            row.accession.date(),
            row.round,
            None if pd.isna(row.invitation) else row.invitation.date(),
        )
        for row in table.itertuples()
    }


@cache
def _spells():
    """Index the relations short of membership: ``{code: [(kind, first day, day after)]}``."""
    spells = {}
    for row in load("partners").itertuples():
        start = dt.date.min if pd.isna(row.start) else row.start.date()
        end = dt.date.max if pd.isna(row.end) else row.end.date()
        spells.setdefault(row.iso3, []).append((row.kind, start, end))
    return spells


@cache
def _population():
    """Index people by state and year; the World Bank's series begins in 1960, the UN's in 1950."""
    table = load("population")
    un = table[(table["series"] == "un_wpp") & (table["year"] < 1960)]
    table = pd.concat([un, table[table["series"] == "worldbank"]])
    return {
        year: dict(zip(rows["iso3"], rows["population"].tolist(), strict=True))
        for year, rows in table.groupby("year")
    }


@cache
def _europeans(year):
    """Map each European state to its people in a year."""
    people, states = _population()[year], _states()
    return {iso3: people[iso3] for iso3 in states if states[iso3]["european"]}


@cache
def _borders_with_russia():
    table = load("borders")
    touching = table[(table["iso3_a"] == "RUS") | (table["iso3_b"] == "RUS")]
    other = touching["iso3_a"].where(touching["iso3_b"] == "RUS", touching["iso3_b"])
    return dict(zip(other, touching["km"].tolist(), strict=True))


def _as_date(value):
    """Read a date as students write it: 2004, "2004", "2004-03-29" or a date."""
    valid = f"Give a year or a day from {FIRST_DAY.year} to {LAST_DAY.year}, such as 2004"
    example = f'{valid} (its last day is used) or "2004-03-29".'
    if isinstance(value, dt.datetime):
        day = value.date()
    elif isinstance(value, dt.date):
        day = value
    else:
        text = str(value).strip()
        try:
            if isinstance(value, bool):
                raise ValueError(text)
            text = f"{int(text):04d}-12-31" if text.isdigit() else text
            day = dt.date.fromisoformat(text)
        except ValueError:
            raise CourseError(f"{value!r} is not a date the course can read. {example}") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CourseError(f"{value!r} lies outside the years of the course. {example}")
    return day


def _as_code(value):
    """Read a state's code or name."""
    states = _states()
    text = str(value).strip()
    if text.upper() in states:
        return text.upper()
    by_name = {row["name"]: iso3 for iso3, row in states.items()}
    for name, iso3 in by_name.items():
        if name.lower() == text.lower():
            return iso3
    raise unknown("state", value, [f"{iso3} ({row['name']})" for iso3, row in states.items()])


def _as_rounds(values):
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
class Measures:
    """What follows from membership alone, in a scenario on a date.

    Parameters
    ----------
    members : int
        Number of members.
    population : int
        People who live in member states.
    population_share : float
        Share of Europe's people who live in member states, in per cent. Russia and Turkey count
        as European with all their people.
    population_year : int
        Year of the population figures.
    border_km : float
        Land border between members and today's Russia, in kilometres.
    border_states : tuple of str
        European non-members that border Russia.
    non_members : mapping of str to int
        European non-members by status.
    """

    members: int
    population: int
    population_share: float
    population_year: int
    border_km: float
    border_states: tuple[str, ...]
    non_members: Mapping[str, int]

    def table(self):
        """Show the measures as a table.

        Returns
        -------
        pandas.DataFrame
            One row a measure: ``measure``, ``value``, ``unit``.
        """
        labels = load("measures")
        shown = {
            "population_share": round(self.population_share, 1),
            "border_km": round(self.border_km),
            "border_states": len(self.border_states),
            "non_members": sum(self.non_members.values()),
        }
        values = [shown.get(key, getattr(self, key)) for key in labels["measure"]]
        return pd.DataFrame(
            {"measure": labels["label"], "value": pd.Series(values, dtype=object)}
        ).assign(unit=labels["unit"])


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

    Examples
    --------
    >>> len(Scenario(2024).members())
    32
    >>> Scenario(2024, without=2004).measures().members
    25
    >>> Scenario(2024, admitted={"UKR": 2008}).status("Ukraine")
    'member'
    """

    date: dt.date = LAST_DAY
    without: tuple[int, ...] = ()
    admitted: Mapping[str, dt.date] = field(default_factory=dict)

    def __post_init__(self):
        admitted = {}
        for state, day in dict(self.admitted).items():
            iso3, day = _as_code(state), _as_date(day)
            since = _states()[iso3]["state_since"]
            if iso3 == "RUS":
                raise CourseError(
                    "A scenario cannot admit Russia, because the measures are about the "
                    "alliance's border with it. Choose another state."
                )
            if since and day < since:
                raise CourseError(
                    f"{_states()[iso3]['name']} cannot join on {day}: it was not a state of its "
                    f"own before {since}. Choose a later date."
                )
            admitted[iso3] = day
        object.__setattr__(self, "date", _as_date(self.date))
        object.__setattr__(self, "without", _as_rounds(self.without))
        object.__setattr__(self, "admitted", MappingProxyType(dict(sorted(admitted.items()))))

    def __hash__(self):
        return hash((self.date, self.without, tuple(self.admitted.items())))

    def history(self):
        """Return what happened by the same date.

        Returns
        -------
        Scenario
            The same date, with all rounds and nobody else.
        """
        return Scenario(self.date)

    def joined(self, iso3):
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
        if iso3 in _accessions():
            accession, year, _ = _accessions()[iso3]
            if year not in self.without:
                days.append(accession)
        day = min(days, default=None)
        return day if day and day <= self.date else None

    def members(self):
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
        joined = {iso3: self.joined(iso3) for iso3 in {**_accessions(), **self.admitted}}
        return tuple(sorted((s for s, day in joined.items() if day), key=lambda s: (joined[s], s)))

    def status(self, iso3):
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
        if iso3 in _accessions():
            _, year, invitation = _accessions()[iso3]
            invited = year not in self.without and invitation and invitation <= self.date
        else:
            invited = False
        entity = iso3
        while entity in _states():
            row = _states()[entity]
            if not row["state_since"] or self.date >= row["state_since"]:
                break
            entity = row["predecessor"]
        held = {kind for kind, start, end in _spells().get(entity, ()) if start <= self.date < end}
        if invited:
            held.add("promise")
        # Partnership signed ahead of an accession that this scenario leaves out goes on.
        elif iso3 in _accessions() and any(
            kind == "pfp" and start <= self.date for kind, start, _ in _spells().get(iso3, ())
        ):
            held.add("pfp")
        return next((status for kind, status in _STATUS.items() if kind in held), "other")

    def measures(self):
        """Compute what follows from membership.

        Returns
        -------
        Measures
            Counts, people, kilometres; see its documentation for units.

        Examples
        --------
        >>> Scenario(2024).measures().border_km - Scenario(2024, without=2004).measures().border_km
        917.0
        """
        members = self.members()
        inside = set(members)
        year = min(max(self.date.year, min(_population())), max(_population()))
        people, europeans = _population()[year], _europeans(year)
        outside = [iso3 for iso3 in europeans if iso3 not in inside and _exists(iso3, self.date)]
        borders = _borders_with_russia()
        return Measures(
            members=len(members),
            population=sum(people[iso3] for iso3 in members),
            population_share=100
            * sum(europeans.get(iso3, 0) for iso3 in members)
            / sum(europeans.values()),
            population_year=year,
            border_km=float(sum(borders.get(iso3, 0) for iso3 in members)),
            border_states=tuple(iso3 for iso3 in outside if iso3 in borders),
            non_members=MappingProxyType(
                dict(Counter(self.status(iso3) for iso3 in outside if iso3 != "RUS"))
            ),
        )


def _exists(iso3, day):
    since = _states()[iso3]["state_since"]
    return not since or since <= day


def status_by_year(iso3, without=()):
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
    runs = []
    for year in range(FIRST_DAY.year, LAST_DAY.year + 1):
        status = Scenario(year, without=without).status(iso3)
        if runs and runs[-1][2] == status:
            runs[-1] = (runs[-1][0], year, status)
        else:
            runs.append((year, year, status))
    return runs


def status_spells():
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
    for iso3, state in _states().items():
        runs = []
        for day in _turning_points(iso3, state):
            status = Scenario(day).status(iso3)
            if not runs or runs[-1][0] != status:
                runs.append((status, day))
        ends = [day for _, day in runs[1:]] + [None]
        rows += [(iso3, *run, end) for run, end in zip(runs, ends, strict=True)]
    table = pd.DataFrame(rows, columns=["iso3", "status", "start", "end"])
    return table.astype({"start": "datetime64[us]", "end": "datetime64[us]"})


def _turning_points(iso3, state):
    """List the days on which a state's status may change."""
    days = {FIRST_DAY, state["state_since"]}
    if iso3 in _accessions():
        accession, _, invitation = _accessions()[iso3]
        days |= {accession, invitation}
    entities = [iso3]
    while (entity := entities[-1]) in _states() and _states()[entity]["predecessor"]:
        entities.append(_states()[entity]["predecessor"])
        days.add(_states().get(entities[-1], {}).get("state_since"))
    for entity in entities:
        for _, start, end in _spells().get(entity, ()):
            days |= {start, end}
    return sorted(day for day in days if day and FIRST_DAY <= day <= LAST_DAY)
