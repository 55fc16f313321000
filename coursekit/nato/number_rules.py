"""The explorer's numbers as counts and sums over states of a status, with weights by year.

The browser works them out from `status_rules` and puts them into words; see ``rules.js``. Armed
conflict by status is left to the kernel: it sums up all years before, each with the status of its
own middle.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from coursekit.nato.enlargement import FIRST_DAY, LAST_DAY, lookups, status_by_year
from coursekit.nato.enlargement.lookups import exists
from coursekit.nato.enlargement.measures import FIRST_DOLLARS, MOSCOW, NEITHER
from coursekit.nato.readout import FORM_OF, FORMS
from coursekit.nato.status_rules import HISTORY, Rule, state_names

MEMBER = ["member"]
OUTSIDE = {"looks": [*NEITHER, *MOSCOW], "among": "europe"}
NEITHER_BLOC = {"looks": list(NEITHER), "among": "europe"}
CITIES = {"moscow": "Moscow", "st_petersburg": "St Petersburg", "kyiv": "Kyiv"}


@cache
def number_rules() -> dict[str, Any]:
    """Write down the numbers, the tables of weights, and how they are written."""
    people = {"table": "people", "detail": "dated"}
    everyone = [sum(lookups.europeans(year).values()) for year in lookups.population()]
    people_share = {"table": "people", "as": "share", "total": everyone}
    beside = {iso3: list(others) for iso3, others in lookups.neighbours().items()}
    chain = {"neighbours": beside, "from": "member", "to": "RUS"}
    numbers: dict[str, dict[str, Any]] = {
        "members": {"looks": MEMBER},
        "population": {"looks": MEMBER, **people},
        "population_share": {"looks": MEMBER, "among": "all_europe", **people_share},
        "people_outside": {**NEITHER_BLOC, **people},
        "people_promised": {"looks": ["promised"], "among": "europe", **people},
        "border_km": {"looks": MEMBER, "table": "border", "detail": "names", "before": _soviet()},
        "border_states": {**OUTSIDE, "table": "border", "as": "count", "detail": "names"},
        "in_between": {**NEITHER_BLOC, "chain": chain, "detail": "names"},
        "people_in_between": {**NEITHER_BLOC, "chain": chain, **people},
        "gdp_share": _share_rule("gdp", lookups.gdp()),
        "military_share": _share_rule("military", lookups.military_spending()),
        **{
            f"distance_{key}": {"looks": MEMBER, "table": city, "as": "least"}
            for key, city in CITIES.items()
        },
        "dyads": {"looks": [MEMBER, list(MOSCOW)], "among": "existing", "as": "pairs"},
        "non_members": {**OUTSIDE, "detail": "tally"},
    }
    return {
        "clock": "year",
        "against": HISTORY,
        "beside": "compared with history",
        "numbers": {key: {**number, "form": FORM_OF[key]} for key, number in numbers.items()},
        "forms": {name: form._asdict() for name, form in FORMS.items()},
        "tables": {
            "people": _by_year(lookups.population()),
            "gdp": _by_year(lookups.gdp(), FIRST_DOLLARS),
            "military": _by_year(lookups.military_spending(), FIRST_DOLLARS),
            "border": _borders(),
            **{city: _fixed(lookups.distances()[city]) for city in CITIES.values()},
        },
        "since": _counted_since(),
        "others": _others(),
        "names": state_names(),
        "labels": lookups.status_labels(),
    }


def _share_rule(name: str, table: lookups.Numbers) -> dict[str, Any]:
    """Give the rule of the members' share in a table."""
    total = [
        sum(value for iso3, value in table[year].items() if iso3 in lookups.states())
        for year in sorted(table)
        if year >= FIRST_DOLLARS
    ]
    rule = {"looks": MEMBER, "table": name, "as": "share", "begins": FIRST_DOLLARS}
    return {**rule, "detail": "dated", "total": total}


def _by_year(table: Mapping[int, Mapping[str, float]], first: int = 0) -> dict[str, Any]:
    """Turn a table by year into one by state, from a first year on."""
    years = sorted(year for year in table if year >= first)
    of = {
        iso3: [table[year].get(iso3, 0) for year in years]
        for iso3 in lookups.states()
        if any(iso3 in table[year] for year in years)
    }
    return {"first": years[0], "last": years[-1], "of": of}


def _fixed(values: dict[str, int]) -> dict[str, Any]:
    """Write values that hold in all years as a table of one."""
    of = {iso3: [value] for iso3, value in values.items() if iso3 in lookups.states()}
    return {"first": FIRST_DAY.year, "last": LAST_DAY.year, "of": of}


def _borders() -> dict[str, Any]:
    """Give the length of each state's border with Russia, or before it with the Soviet Union."""
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    lengths = [lookups.borders_with_russia(year < _soviet()["year"]) for year in years]
    of = {iso3: [beside.get(iso3) for beside in lengths] for iso3 in lookups.states()}
    of = {iso3: kilometres for iso3, kilometres in of.items() if any(kilometres)}
    return {"first": years[0], "last": years[-1], "of": of}


@cache
def _soviet() -> dict[str, Any]:
    """Say up to which year the neighbour was the Soviet Union, and how that is written."""
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    ended = next(year for year in years if not exists("SUN", LAST_DAY.replace(year=year)))
    return {"year": ended, "words": "with the Soviet Union: "}


def _counted_since() -> dict[str, dict[str, int]]:
    """Say from which year on a state counts, by who is asked about."""
    states = lookups.states()
    begun = {iso3: (row["state_since"] or FIRST_DAY).year for iso3, row in states.items()}
    europe = {iso3: begun[iso3] for iso3, row in states.items() if row["european"]}
    return {
        "existing": {**begun, **dict.fromkeys(lookups.former_states(), FIRST_DAY.year)},
        "europe": {iso3: year for iso3, year in europe.items() if iso3 != "RUS"},
        "all_europe": dict.fromkeys(europe, FIRST_DAY.year),
    }


def _others() -> dict[str, list[Rule]]:
    """Give the rules of states that count and are not on the map, of today and of the past."""
    runs = {iso3: status_by_year(iso3) for iso3 in lookups.states() if iso3 not in state_names()}
    for iso3 in lookups.former_states():
        for year in range(FIRST_DAY.year, LAST_DAY.year + 1):
            day = LAST_DAY.replace(year=year)
            if exists(iso3, day):
                bound = "warsaw_pact" in lookups.relations(iso3, day)
                runs.setdefault(iso3, []).append((year, year, "warsaw_pact" if bound else "other"))
    return {
        iso3: [
            {"when": [["year", ">=", first], ["year", "<=", last]], "look": status}
            for first, last, status in mine
        ]
        for iso3, mine in runs.items()
    }
