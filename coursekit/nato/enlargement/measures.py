"""What follows from membership: counts, people, kilometres, shares.

Each measure is a function of a scenario. The table ``measures`` holds its label, unit, definition
and caveat, and says whether it is *mechanical* (follows from membership) or *needs a causal
claim* (read as an effect of membership, it rests on an argument that the number does not contain).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from operator import add
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from coursekit.data import load
from coursekit.models.polarisation import dyad_shares
from coursekit.nato.enlargement import lookups
from coursekit.nato.enlargement.lookups import exists, relations

if TYPE_CHECKING:
    from coursekit.nato.enlargement.scenario import Scenario

# Members, states with a treaty with Moscow, and the others.
Sizes = tuple[int, int, int]
MOSCOW = ("csto", "warsaw_pact")
FIRST_DOLLARS = 1990
FIRST_CONFLICT, LAST_CONFLICT = 1989, 2024
DEADLY = 25  # deaths in a year from which UCDP speaks of an armed conflict


class Conflicts(NamedTuple):
    """Armed conflict in states of one status."""

    state_years: int
    conflict_years: int
    deaths: int


@dataclass(frozen=True)
class Measures:
    """The measures of a scenario.

    Parameters
    ----------
    members : int
        Members.
    population : int
        People in member states.
    population_share : float
        Share of Europe's people who live in member states, in per cent.
    population_year : int
        Year of the population figures.
    people_outside : int
        People in European states in neither alliance.
    people_promised : int
        People in European states that NATO has promised membership or invited.
    neighbour : str
        Whose borders are measured: Russia, or the Soviet Union as long as it existed.
    border_km : float
        Land border between members and this neighbour, in kilometres of today's borders.
    border_members : tuple of str
        Members that border it.
    border_states : tuple of str
        European non-members that border it.
    in_between : tuple of str
        European states in neither alliance on a chain of land borders from NATO to Russia.
    people_in_between : int
        People in these states.
    gdp_share, military_share : float or None
        Share of members in the GDP and in the military spending of all states of the course, in
        per cent; None before 1990.
    economy_year : int
        Year of these figures.
    distance_moscow, distance_st_petersburg, distance_kyiv : int or None
        Shortest distance from a member's territory, in kilometres; None without members.
    dyads : float
        Share of pairs of states that lie across the two blocs, in per cent.
    non_members : mapping of str to int
        European non-members, without Russia, by status.
    record : mapping of str to Conflicts
        Armed conflict in European states, by the status they had at the time.
    """

    members: int
    population: int
    population_share: float
    population_year: int
    people_outside: int
    people_promised: int
    neighbour: str
    border_km: float
    border_members: tuple[str, ...]
    border_states: tuple[str, ...]
    in_between: tuple[str, ...]
    people_in_between: int
    gdp_share: float | None
    military_share: float | None
    economy_year: int
    distance_moscow: int | None
    distance_st_petersburg: int | None
    distance_kyiv: int | None
    dyads: float
    non_members: Mapping[str, int]
    record: Mapping[str, Conflicts]

    def table(self) -> pd.DataFrame:
        """Show the mechanical measures as a table.

        Returns
        -------
        pandas.DataFrame
            One row a measure: ``measure``, ``value``, ``unit``. Lists are shown by their length.
        """
        table = load("measures").query("kind == 'mechanical'")
        values = [_as_shown(getattr(self, key)) for key in table["measure"]]
        table = table[["label", "unit"]].rename(columns={"label": "measure"})
        table.insert(1, "value", pd.Series(values, dtype=object, index=table.index))
        return table


def in_one(value: Any) -> Any:
    """Make a measure one number: of states named it is how many, of counts their sum."""
    if isinstance(value, tuple):
        return len(value)
    return sum(value.values()) if isinstance(value, Mapping) else value


def _as_shown(value: Any) -> Any:
    if isinstance(value, float):
        return round(value) if value.is_integer() else round(value, 1)
    return in_one(value)


@lru_cache(maxsize=512)
def statuses(scenario: Scenario) -> Mapping[str, str]:
    """Say how each state that exists on the date stands to the alliance."""
    return MappingProxyType(
        {i: scenario.status(i) for i in lookups.states() if exists(i, scenario.date)}
    )


def _year(scenario: Scenario, table: Iterable[int]) -> int:
    return min(max(scenario.date.year, min(table)), max(table))


def _europeans(scenario: Scenario, *wanted: str) -> list[str]:
    """List the European states that have one of the statuses, Russia left out."""
    states = lookups.states()
    return [
        iso3
        for iso3, status in statuses(scenario).items()
        if status in wanted and states[iso3]["european"] and iso3 != "RUS"
    ]


NEITHER = ("promised", "partner", "neutral", "other")


def _in_between(scenario: Scenario, members: set[str]) -> tuple[str, ...]:
    """Find the states that no alliance covers on a chain of land borders from NATO to Russia."""
    neighbours = lookups.neighbours()
    outside = set(_europeans(scenario, *NEITHER))
    found: set[str] = set()
    seen: set[str] = set()
    for start in outside:
        chain: set[str] = set()
        queue = [start]
        while queue:
            iso3 = queue.pop()
            if iso3 not in chain and iso3 not in seen:
                chain.add(iso3)
                queue += outside & set(neighbours.get(iso3, ()))
        seen |= chain
        touched = {other for iso3 in chain for other in neighbours.get(iso3, ())}
        if "RUS" in touched and touched & members:
            found |= chain
    return tuple(sorted(found))


def _members_share(table: lookups.Numbers, scenario: Scenario, members: set[str]) -> float | None:
    if scenario.date.year < FIRST_DOLLARS:
        return None
    values = table[_year(scenario, table)]
    values = {i: v for i, v in values.items() if i in lookups.states()}
    return 100 * sum(v for i, v in values.items() if i in members) / sum(values.values())


def _distance(city: str, members: Iterable[str]) -> int | None:
    return min((lookups.distances()[city][iso3] for iso3 in members), default=None)


def bloc_sizes(scenario: Scenario) -> Sizes:
    """Count members, states with a treaty with Moscow, and the others."""
    now = list(statuses(scenario).values())
    members, moscow = now.count("member"), sum(now.count(status) for status in MOSCOW)
    former = [state for state in lookups.former_states() if exists(state, scenario.date)]
    bound = sum("warsaw_pact" in relations(state, scenario.date) for state in former)
    return members, moscow + bound, len(now) + len(former) - members - moscow - bound


def _count(found: dict[str, Conflicts], status: str, more: Conflicts) -> None:
    found[status] = Conflicts(*map(add, found.get(status, (0, 0, 0)), more))


@cache
def _own_record(own: Scenario, iso3: str) -> dict[str, Conflicts]:
    """Sum up one state's years by status, in a scenario without what changes nothing for it."""
    deaths = lookups.conflict_deaths().get(iso3, {})
    found: dict[str, Conflicts] = {}
    for year in range(FIRST_CONFLICT, own.date.year + 1):
        now, died = replace(own, date=dt.date(year, 6, 30)), deaths.get(year, 0)
        if exists(iso3, now.date):
            _count(found, now.status(iso3), Conflicts(1, died >= DEADLY, died))
    return found


def _record(scenario: Scenario) -> Mapping[str, Conflicts]:
    last = dt.date(min(scenario.date.year, LAST_CONFLICT), 12, 31)
    found: dict[str, Conflicts] = {}
    for iso3 in (iso3 for iso3, state in lookups.states().items() if state["european"]):
        _, mine, _ = lookups.accessions().get(iso3, (None, None, None))
        without = tuple(year for year in scenario.without if year == mine)
        admitted = {state: day for state, day in scenario.admitted.items() if state == iso3}
        own = replace(scenario, date=last, without=without, admitted=admitted)
        for status, numbers in _own_record(own, iso3).items():
            _count(found, status, numbers)
    return MappingProxyType(found)


@lru_cache(maxsize=1024)
def measure(scenario: Scenario) -> Measures:
    """Compute all measures of a scenario.

    Parameters
    ----------
    scenario : Scenario
        Who is a member, and when.

    Returns
    -------
    Measures
        See its documentation for units.

    Examples
    --------
    >>> from coursekit.nato.enlargement import Scenario
    >>> measure(Scenario(2025)).in_between
    ('AZE', 'GEO', 'MDA', 'UKR')
    """
    joined = scenario.members()
    members = set(joined)
    year = _year(scenario, lookups.population())
    people, europeans = lookups.population()[year], lookups.europeans(year)
    soviet = exists("SUN", scenario.date)
    borders = lookups.borders_with_russia(soviet)
    outside = _europeans(scenario, *NEITHER, *MOSCOW)
    between = _in_between(scenario, members)

    def inside(iso3: str) -> int:
        return europeans.get(iso3, 0)

    def count(states: Iterable[str]) -> int:
        return sum(people[iso3] for iso3 in states)

    return Measures(
        members=len(joined),
        population=count(joined),
        population_share=100 * sum(map(inside, joined)) / sum(europeans.values()),
        population_year=year,
        people_outside=count(_europeans(scenario, *NEITHER)),
        people_promised=count(_europeans(scenario, "promised")),
        neighbour="the Soviet Union" if soviet else "Russia",
        border_km=float(sum(borders.get(iso3, 0) for iso3 in joined)),
        border_members=tuple(iso3 for iso3 in joined if iso3 in borders),
        border_states=tuple(iso3 for iso3 in outside if iso3 in borders),
        in_between=between,
        people_in_between=count(between),
        gdp_share=_members_share(lookups.gdp(), scenario, members),
        military_share=_members_share(lookups.military_spending(), scenario, members),
        economy_year=_year(scenario, lookups.gdp()),
        distance_moscow=_distance("Moscow", joined),
        distance_st_petersburg=_distance("St Petersburg", joined),
        distance_kyiv=_distance("Kyiv", joined),
        dyads=100 * dyad_shares(*bloc_sizes(scenario)).across,
        non_members=MappingProxyType(dict(Counter(statuses(scenario)[i] for i in outside))),
        record=_record(scenario),
    )
