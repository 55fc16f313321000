"""How each state stands to the alliance, written down for every position of the controls.

A rule holds when all its conditions do, ``[control, relation, value]``; the first that holds gives
the status. All follow from `Scenario`: a state's status depends on the year, on its own round and
on its own admission, so rules by state are enough.
"""

from functools import cache
from typing import Any

from coursekit.nato.enlargement import FIRST_DAY, LAST_DAY, ROUNDS, Scenario, status_by_year
from coursekit.nato.enlargement.lookups import accessions, states, status_labels

Condition = list[Any]
Rule = dict[str, Any]
# First year, last year and status.
Runs = list[tuple[int, int, str]]

PROMISED = ("UKR", "GEO")
PROMISE_YEAR = 2008
# Where controls stand that leave history as it was; nobody is the first choice.
HISTORY = {**{f"round_{number}": True for number in ROUNDS}, "promised_in": False, "pick": 0}


@cache
def state_names() -> dict[str, str]:
    """Name the states on the map."""
    return {iso3: row["name"] for iso3, row in states().items() if row["on_map"]}


@cache
def candidates() -> dict[str, int]:
    """Map European states that a what-if can admit to the first year in which it can."""
    rows = sorted(states().items(), key=lambda item: item[1]["name"])
    return {
        iso3: (row["state_since"] or FIRST_DAY).year
        for iso3, row in rows
        if row["european"] and iso3 != "RUS"
    }


@cache
def labels() -> dict[str, str]:
    """Name each status; what is none of the others has a name that stands by itself."""
    return status_labels() | {"other": "In no group"}


def scenario_of(values: dict[str, Any]) -> Scenario:
    """Say which scenario the controls describe."""
    admitted = dict.fromkeys(PROMISED, PROMISE_YEAR) if values["promised_in"] else {}
    if values["pick"]:
        iso3 = list(candidates())[values["pick"] - 1]
        year = max(values["pick_year"], candidates()[iso3])
        admitted[iso3] = min(year, admitted.get(iso3, year))
    without = [number for number in ROUNDS if not values[f"round_{number}"]]
    return Scenario(values["year"], without=without, admitted=admitted)


@cache
def status_rules() -> dict[str, list[Rule]]:
    """Write down the rules of each state on the map."""
    return {iso3: [*_admissions(iso3), *_course_of_events(iso3)] for iso3 in state_names()}


def _admissions(iso3: str) -> list[Rule]:
    """Give the rules of the what-ifs that admit a state."""
    rules: list[Rule] = []
    when: list[Condition]
    if iso3 in PROMISED:
        when = [["promised_in", "=", True], ["year", ">=", PROMISE_YEAR]]
        rules.append(rule(when, "member", f"member in this what-if, from {PROMISE_YEAR}", True))
    if iso3 in candidates():
        place = 1 + list(candidates()).index(iso3)
        when = [["pick", "=", place], ["year", ">=", {"input": "pick_year"}]]
        if candidates()[iso3] > FIRST_DAY.year:
            when.append(["year", ">=", candidates()[iso3]])
        if iso3 in accessions():
            as_in_history = [*when, ["year", ">=", accessions()[iso3][0].year]]
            rules.append(rule(as_in_history, "member", "NATO member, as in history"))
        rules.append(rule(when, "member", "member in this what-if", True))
    return rules


def _course_of_events(iso3: str) -> list[Rule]:
    """Give the rules of a state that nobody admits, with its round and without."""
    history = status_by_year(iso3)
    told = [(between(a, b), status, _since(status, a, history)) for a, b, status in history]
    if iso3 not in accessions():
        return [rule(*each) for each in told]
    number = accessions()[iso3][1]
    on, off = [f"round_{number}", "=", True], [f"round_{number}", "=", False]
    rules = [rule([on, *when], status, text) for when, status, text in told]
    without = status_by_year(iso3, without=number)
    for first, last, status in without:
        for start, end, was in _overlaps(history, first, last):
            text = _since(status, first, without)
            if was != status:
                text += f" in this what-if ({labels()[was]} in history)"
            rules.append(rule([off, *between(start, end)], status, text, status != was))
    return rules


def rule(when: list[Condition], look: str, text: str, changed: bool = False) -> Rule:
    """Say when an artist has a look, what is told of it, and whether history was otherwise."""
    return {"when": when, "look": look, "text": text, "changed": changed}


def between(first: int, last: int) -> list[Condition]:
    """Bound the years; what holds from the first to the last year of all needs no bound."""
    return [
        *([["year", ">=", first]] if first > FIRST_DAY.year else []),
        *([["year", "<=", last]] if last < LAST_DAY.year else []),
    ]


def _overlaps(runs: Runs, first: int, last: int) -> Runs:
    return [
        (max(first, start), min(last, end), status)
        for start, end, status in runs
        if start <= last and first <= end
    ]


def _since(status: str, first: int, runs: Runs) -> str:
    if status == "member":
        return f"NATO member since {first}"
    label = labels()[status]
    if first == FIRST_DAY.year:
        return label
    before = {was for _, last, was in runs if last < first} - {"other"}
    again = "again " * (status in before)
    return f"{label}, {again}since {first}"
