"""One state through the years: how it stood to the alliance, and since when, in words."""

import datetime as dt
from functools import cache
from itertools import groupby
from typing import NamedTuple

from coursekit.nato.enlargement import FIRST_DAY, LAST_DAY, ROUNDS, Scenario, status_by_year
from coursekit.nato.enlargement.lookups import (
    accessions,
    exists,
    former_states,
    neighbours,
    states,
)
from coursekit.nato.status_rules import Rule, between, labels, rule, state_names
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# So many partners of a round are named; more are counted.
FEW = 3


class Spell(NamedTuple):
    """Years in which a state stood in one way to the alliance."""

    first: int
    last: int
    status: str
    within: str  # the state that it was part of
    since: int  # the first year of the status, which may be older than the state itself


@cache
def spells_of(iso3: str) -> tuple[Spell, ...]:
    """Follow a state through the years, each as it ended."""
    found = []
    for since, last, status in status_by_year(iso3):
        years = range(since, last + 1)
        for within, run in groupby(years, key=lambda year: _within(iso3, year)):
            mine = list(run)
            found.append(Spell(mine[0], mine[-1], status, within, since))
    return tuple(found)


def _within(iso3: str, year: int) -> str:
    """Give the state to which it belonged when the year ended: "" if to none, "-" if unknown."""
    known, day, entity = states() | former_states(), dt.date(year, 12, 31), iso3
    if not (exists(iso3, day) or known[iso3]["predecessor"]):
        return "-"
    while entity and not exists(entity, day):
        entity = known[entity]["predecessor"]
    return "" if entity == iso3 else entity


def phrase(iso3: str, spell: Spell) -> str:
    """Say how a state stood to the alliance, without its name."""
    since = _in_years(iso3, spell)
    words: str = SAY["status"][spell.status].format(since=since)
    if spell.status == "member":
        words = SAY("founder") if not since else words + _beside(iso3)
    if not spell.within and iso3 in SAY["remarks"]:
        words = f"{words}. {SAY['remarks'][iso3]}"
    return _as_part(iso3, spell, words)


def _as_part(iso3: str, spell: Spell, words: str) -> str:
    """Say first of which state it was a part in those years, if it was part of one."""
    if not spell.within:
        return words
    if spell.within == "-":
        return SAY("unborn")
    part: str = SAY["within"].get(iso3) or SAY["part"][spell.within]
    return part if spell.status == "other" else f"{part}; {words}"


def _in_years(iso3: str, spell: Spell) -> str:
    if spell.since == FIRST_DAY.year:
        return ""
    before = {one.status for one in spells_of(iso3) if one.last < spell.since}
    again = spell.status in before and spell.status != "other"
    return SAY("again" if again else "since", year=spell.since)


def _beside(iso3: str) -> str:
    round_of = ROUNDS[accessions()[iso3][1]]
    others = [state_names()[one] for one in round_of.members if one != iso3]
    if not others:
        return ""
    if len(others) > FEW:
        return SAY("others", count=len(others))
    return SAY("beside", names=SAY["and"].join(sorted(others)))


def course_of(iso3: str, year: int = LAST_DAY.year) -> list[str]:
    """List how a state stood to the alliance up to a year, in order."""
    return [
        SAY("run", years=_years(one.first, min(one.last, year)), label=label)
        for one in spells_of(iso3)
        if one.first <= year
        for label in [_as_part(iso3, one, labels()[one.status])]
    ]


def _years(first: int, last: int) -> str:
    return SAY("years", first=first, last=last) if last > first else str(first)


def neighbours_inside(iso3: str, scenario: Scenario) -> tuple[list[str], int]:
    """Name a state's land neighbours that are members, and count all of them."""
    beside, apart = neighbours().get(iso3, {}), SAY["apart"].get(iso3, {})
    members = [one for one in beside if scenario.status(one) == "member"]
    inside = [states()[one]["name"] for one in members if apart.get(one, 0) < scenario.date.year]
    return sorted(inside), len(beside)


@cache
def followed_rules() -> dict[str, list[Rule]]:
    """Write down for the browser how each state on the map stands in each year of history."""

    def told(iso3: str, spell: Spell) -> Rule:
        return rule(between(spell.first, spell.last), spell.status, f"{phrase(iso3, spell)}.")

    return {iso3: [told(iso3, spell) for spell in spells_of(iso3)] for iso3 in state_names()}
