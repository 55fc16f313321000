"""The tables behind scenarios, indexed for quick answers."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

import pandas as pd

from coursekit.data import load

__all__ = ["accessions", "borders_with_russia", "conflict_deaths", "distances", "europeans"]
__all__ += ["former_states", "gdp", "military_spending", "neighbours", "population", "spells"]
__all__ += ["states"]

# Rows by code; numbers by year and code.
Rows = dict[str, dict[str, Any]]
Numbers = dict[int, dict[str, float]]


@cache
def states() -> Rows:
    """Index the states of the course by code, with dates as ``datetime.date`` or None."""
    return _states_of_kind("state")


@cache
def former_states() -> Rows:
    """Index the states that no longer exist, by code."""
    return _states_of_kind("former state")


def names_of(codes: Iterable[str]) -> str:
    """List the names of states in alphabetical order."""
    return ", ".join(sorted(states()[code]["name"] for code in codes))


def _states_of_kind(kind: str) -> Rows:
    table = load("states").set_index("iso3")
    table = table[table["kind"] == kind]
    for column in ("state_since", "state_until"):
        table[column] = [_day(day) for day in table[column]]
    return dict(table.to_dict("index"))


def _day(known: pd.Timestamp, unknown: dt.date | None = None) -> Any:
    return unknown if pd.isna(known) else known.date()


@cache
def status_labels() -> dict[str, str]:
    """Name each status that a state can have."""
    return dict(load("statuses").set_index("status")["label"])


@cache
def accessions() -> dict[str, tuple[dt.date, int, dt.date | None]]:
    """Index the members: ``{code: (accession, round, invitation or None)}``."""
    return {
        row.iso3: (row.accession.date(), row.round, _day(row.invitation))
        for row in load("members").itertuples()
    }


@cache
def spells() -> dict[str, list[tuple[str, dt.date, dt.date]]]:
    """Index the relations short of membership: ``{code: [(kind, first day, day after)]}``.

    A start of which only the month or the year is known is the first day of it in the table.
    """
    index = defaultdict(list)
    for row in load("partners").itertuples():
        spell = row.kind, _day(row.start, dt.date.min), _day(row.end, dt.date.max)
        index[row.iso3].append(spell)
    return dict(index)


@cache
def population() -> dict[int, dict[str, int]]:
    """Index people by state and year; the World Bank's series begins in 1960, the UN's in 1950."""
    table = load("population")
    un = table[(table["series"] == "un_wpp") & (table["year"] < 1960)]
    table = pd.concat([un, table[table["series"] == "worldbank"]])
    return _nested(table, "year", "iso3", "population")


@cache
def europeans(year: int) -> dict[str, int]:
    """Map each European state to its people in a year."""
    people = population()[year]
    return {iso3: people[iso3] for iso3, row in states().items() if row["european"]}


@cache
def neighbours() -> dict[str, dict[str, int]]:
    """Map each state to its land neighbours and the length of the border in kilometres."""
    index: dict[str, dict[str, int]] = defaultdict(dict)
    for row in load("borders").itertuples():
        index[row.iso3_a][row.iso3_b] = index[row.iso3_b][row.iso3_a] = row.km
    return dict(index)


@cache
def borders_with_russia(soviet: bool = False) -> dict[str, int]:
    """Map Russia's neighbours, or those of the Soviet Union, to the length of the border in km."""
    if not soviet:
        return neighbours()["RUS"]
    inside = {iso3 for iso3, row in states().items() if row["predecessor"] == "SUN"}
    lengths: Counter[str] = Counter()
    for iso3 in inside:
        for other, km in neighbours().get(iso3, {}).items():
            if other not in inside:
                lengths[other] += km
    return dict(lengths)


@cache
def gdp() -> Numbers:
    """Index GDP in million current US dollars: ``{year: {code: value}}``."""
    table = load("economy").dropna(subset=["gdp_current"])
    return _nested(table, "year", "iso3", "gdp_current")


@cache
def military_spending() -> Numbers:
    """Index military spending in million current US dollars: ``{year: {code: value}}``."""
    burden = load("military_burden").merge(load("economy"), on=["iso3", "year"])
    burden = burden.dropna(subset=["gdp_current"])
    burden["dollars"] = burden["share_of_gdp"] / 100 * burden["gdp_current"]
    return _nested(burden, "year", "iso3", "dollars")


@cache
def distances() -> dict[str, dict[str, int]]:
    """Index distances in kilometres: ``{city: {code: value}}``."""
    return _nested(load("distances"), "city", "iso3", "km")


@cache
def conflict_deaths() -> dict[str, dict[int, int]]:
    """Index deaths in state-based conflict on a state's territory: ``{code: {year: deaths}}``."""
    return _nested(load("armed_conflict"), "iso3", "year", "best")


def _nested(table: pd.DataFrame, outer: str, inner: str, value: str) -> dict[Any, Any]:
    return {
        key: dict(zip(rows[inner], rows[value].tolist(), strict=True))
        for key, rows in table.groupby(outer)
    }


def exists(iso3: str, day: dt.date) -> bool:
    """Say whether a state, of today or of the past, existed on a day."""
    row = states().get(iso3) or former_states()[iso3]
    since, until = row["state_since"], row["state_until"]
    return bool((not since or since <= day) and (not until or day < until))


def relations(iso3: str, day: dt.date) -> set[str]:
    """List a state's relations short of membership on a day."""
    return {kind for kind, start, end in spells().get(iso3, ()) if start <= day < end}
