"""The tables behind scenarios, indexed for quick answers."""

import datetime as dt
from collections import Counter
from functools import cache

import pandas as pd

from coursekit.data import load

__all__ = ["accessions", "borders_with_russia", "conflict_deaths", "distances", "europeans"]
__all__ += ["former_states", "gdp", "military_spending", "neighbours", "population", "spells"]
__all__ += ["states"]


@cache
def states():
    """Index the states of the course by code, with dates as ``datetime.date`` or None."""
    return _states_of_kind("state")


@cache
def former_states():
    """Index the states that no longer exist, by code."""
    return _states_of_kind("former state")


def _states_of_kind(kind):
    table = load("states").set_index("iso3")
    table = table[table["kind"] == kind]
    for column in ("state_since", "state_until"):
        table[column] = [None if pd.isna(d) else d.date() for d in table[column]]
    return table.to_dict("index")


@cache
def status_labels():
    """Name each status that a state can have."""
    return load("statuses").set_index("status")["label"].to_dict()


@cache
def accessions():
    """Index the members: ``{code: (accession, round, invitation or None)}``."""
    found = {}
    for row in load("members").itertuples():
        invited = None if pd.isna(row.invitation) else row.invitation.date()
        found[row.iso3] = row.accession.date(), row.round, invited
    return found


@cache
def spells():
    """Index the relations short of membership: ``{code: [(kind, first day, day after)]}``.

    A start of which only the month or the year is known is the first day of it in the table.
    """
    index = {}
    for row in load("partners").itertuples():
        start = dt.date.min if pd.isna(row.start) else row.start.date()
        end = dt.date.max if pd.isna(row.end) else row.end.date()
        index.setdefault(row.iso3, []).append((row.kind, start, end))
    return index


@cache
def population():
    """Index people by state and year; the World Bank's series begins in 1960, the UN's in 1950."""
    table = load("population")
    un = table[(table["series"] == "un_wpp") & (table["year"] < 1960)]
    table = pd.concat([un, table[table["series"] == "worldbank"]])
    return {
        year: dict(zip(rows["iso3"], rows["population"].tolist(), strict=True))
        for year, rows in table.groupby("year")
    }


@cache
def europeans(year):
    """Map each European state to its people in a year."""
    people = population()[year]
    return {iso3: people[iso3] for iso3, row in states().items() if row["european"]}


@cache
def neighbours():
    """Map each state to its land neighbours and the length of the border in kilometres."""
    index = {}
    for row in load("borders").itertuples():
        index.setdefault(row.iso3_a, {})[row.iso3_b] = row.km
        index.setdefault(row.iso3_b, {})[row.iso3_a] = row.km
    return index


@cache
def borders_with_russia(soviet=False):
    """Map Russia's neighbours, or those of the Soviet Union, to the length of the border in km."""
    if not soviet:
        return neighbours()["RUS"]
    inside = {iso3 for iso3, row in states().items() if row["predecessor"] == "SUN"}
    lengths = Counter()
    for iso3 in inside:
        for other, km in neighbours().get(iso3, {}).items():
            if other not in inside:
                lengths[other] += km
    return dict(lengths)


@cache
def gdp():
    """Index GDP in million current US dollars: ``{year: {code: value}}``."""
    table = load("economy").dropna(subset=["gdp_current"])
    return _nested(table["year"], table["iso3"], table["gdp_current"])


@cache
def military_spending():
    """Index military spending in million current US dollars: ``{year: {code: value}}``."""
    burden = load("military_burden").merge(load("economy"), on=["iso3", "year"])
    burden = burden.dropna(subset=["gdp_current"])
    spending = burden["share_of_gdp"] / 100 * burden["gdp_current"]
    return _nested(burden["year"], burden["iso3"], spending)


@cache
def distances():
    """Index distances in kilometres: ``{city: {code: value}}``."""
    table = load("distances")
    return _nested(table["city"], table["iso3"], table["km"])


@cache
def conflict_deaths():
    """Index deaths in state-based conflict on a state's territory: ``{code: {year: deaths}}``."""
    table = load("armed_conflict")
    return _nested(table["iso3"], table["year"], table["best"])


def _nested(outer, inner, values):
    index = {}
    for key, subkey, value in zip(outer, inner, values.tolist(), strict=True):
        index.setdefault(key, {})[subkey] = value
    return index


def exists(iso3: str, day: dt.date) -> bool:
    """Say whether a state, of today or of the past, existed on a day.

    Examples
    --------
    >>> exists("UKR", dt.date(1985, 1, 1)), exists("SUN", dt.date(1985, 1, 1))
    (False, True)
    """
    row = states().get(iso3) or former_states()[iso3]
    since, until = row["state_since"], row["state_until"]
    return (not since or since <= day) and (not until or day < until)


def relations(iso3: str, day: dt.date) -> set[str]:
    """List a state's relations short of membership on a day.

    Examples
    --------
    >>> sorted(relations("MDA", dt.date(2020, 1, 1)))
    ['eapc', 'neutrality', 'pfp']
    """
    return {kind for kind, start, end in spells().get(iso3, ()) if start <= day < end}
