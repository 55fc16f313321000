"""What the explorer tells the browser: the status of each state, and the numbers that follow.

A state's status depends on the year, on its own round and on its own admission. So every subset of
the eleven rounds in every year is compared by comparing each state with its round and without.
"""

import random
from itertools import combinations

import pytest

from coursekit.nato.enlargement import ROUNDS, Scenario, measures
from coursekit.nato.enlargement.lookups import accessions
from coursekit.nato.number_rules import number_rules
from coursekit.nato.readout import FORM_OF, FORMS, readout
from coursekit.nato.status_rules import (
    HISTORY,
    candidates,
    scenario_of,
    state_names,
    status_rules,
)

YEARS = range(1949, 2026)
ROUND_OF = {iso3: row[1] for iso3, row in accessions().items()}


def controls(year, without=(), **others):
    off = {f"round_{number}": False for number in without}
    return {**HISTORY, "pick_year": 2008, "year": year, **off, **others}


def looks(painter, positions):
    """The status of each state and whether it is marked, as the browser works them out."""
    found = painter.module.call("chosen", status_rules(), each=positions)
    return [{iso3: (r["look"], r["changed"]) for iso3, r in one.items()} for one in found]


def expected(scenario, iso3):
    status = scenario.status(iso3)
    return status, status != scenario.history().status(iso3)


def test_a_rule_asks_for_the_year_its_own_round_and_its_own_admission_only():
    for place, iso3 in enumerate(candidates(), 1):
        own = {"year", f"round_{ROUND_OF.get(iso3)}", "promised_in", "pick"}
        conditions = [one for rule in status_rules()[iso3] for one in rule["when"]]
        assert {control for control, *_ in conditions} <= own
        assert {value for control, _, value in conditions if control == "pick"} <= {place}


def test_a_status_depends_on_no_other_states_round():
    for year in YEARS:
        alone = {None: Scenario(year, without=ROUNDS)}
        others = {None: Scenario(year)}
        for number in ROUNDS:
            rest = [other for other in ROUNDS if other != number]
            alone[number] = Scenario(year, without=rest)
            others[number] = Scenario(year, without=number)
        for iso3 in state_names():
            own = ROUND_OF.get(iso3)
            assert alone[own].status(iso3) == others[None].status(iso3)
            assert alone[None].status(iso3) == others[own].status(iso3)


def test_every_state_has_the_scenarios_status_with_its_round_and_without_in_every_year(painter):
    positions = [controls(year, off) for year in YEARS for off in ((), ROUNDS)]
    for position, found in zip(positions, looks(painter, positions), strict=True):
        scenario = scenario_of(position)
        assert set(found) == set(state_names())
        assert found == {iso3: expected(scenario, iso3) for iso3 in found}


def test_every_state_that_a_what_if_admits_has_the_scenarios_status_in_every_year(painter):
    cases = []
    for place, (iso3, since) in enumerate(candidates().items(), 1):
        joined = accessions()[iso3][0].year if iso3 in accessions() else 2008
        for pick_year in {1949, since, joined}:
            for off in ((), ROUNDS) if iso3 in accessions() else ((),):
                position = {"pick": place, "pick_year": pick_year}
                cases += [(iso3, controls(year, off, **position)) for year in YEARS[::3]]
    cases += [(iso3, controls(year, promised_in=True)) for iso3 in ("UKR", "GEO") for year in YEARS]
    rules = {iso3: status_rules()[iso3] for iso3 in candidates()}
    for iso3 in candidates():
        mine = [position for state, position in cases if state == iso3]
        found = painter.module.call("chosen", {iso3: rules[iso3]}, each=mine)
        for position, one in zip(mine, found, strict=True):
            rule = one[iso3]
            assert (rule["look"], rule["changed"]) == expected(scenario_of(position), iso3)


def anywhere(chance):
    """Let the controls stand anywhere."""
    return controls(
        chance.choice(YEARS),
        [number for number in ROUNDS if chance.random() < 0.4],
        promised_in=chance.random() < 0.4,
        pick=chance.randrange(len(candidates()) + 1),
        pick_year=chance.choice(YEARS),
    )


def test_whole_scenarios_have_the_statuses_that_the_rules_give(painter):
    chance = random.Random(1949)
    positions = [anywhere(chance) for _ in range(200)]
    for position, found in zip(positions, looks(painter, positions), strict=True):
        scenario = scenario_of(position)
        assert found == {iso3: expected(scenario, iso3) for iso3 in state_names()}


class TestNumbers:
    """The browser's numbers are those of `Scenario.measures`, to the letter."""

    def worked_out(self, painter, positions):
        return painter.module.call("numbersOf", number_rules(), status_rules(), each=positions)

    @pytest.fixture
    def without_record(self, monkeypatch):
        """The record of conflict is left to the kernel, and takes most of the time."""
        monkeypatch.setattr(measures, "_record", lambda scenario: {})
        known = {}

        def measure(scenario):
            return known.setdefault(scenario, measures.measure.__wrapped__(scenario))

        return measure

    def compare(self, painter, measure, positions):
        for position, found in zip(positions, self.worked_out(painter, positions), strict=True):
            scenario = scenario_of(position)
            now, then = measure(scenario), measure(scenario.history())
            for key, name in FORM_OF.items():
                value, before = number(now, key), number(then, key)
                form = FORMS[name]
                told = form.write(value), form.difference(value, before, "compared with history")
                assert (found[key]["value"], found[key]["change"]) == told, (key, position)

    def test_in_every_year_with_each_round_alone_left_out(self, painter, without_record):
        each = [(), tuple(ROUNDS), *((number,) for number in ROUNDS)]
        self.compare(
            painter, without_record, [controls(year, off) for year in YEARS for off in each]
        )

    @pytest.mark.slow
    def test_for_every_subset_of_the_rounds(self, painter, without_record):
        rounds = list(ROUNDS)
        subsets = [off for size in range(12) for off in combinations(rounds, size)]
        self.compare(painter, without_record, [controls(2025, off) for off in subsets])

    def test_with_all_details_wherever_the_controls_stand(self, painter):
        chance = random.Random(2025)
        positions = [anywhere(chance) for _ in range(60)]
        for position, found in zip(positions, self.worked_out(painter, positions), strict=True):
            for entry in readout(scenario_of(position)):
                if entry["kind"] == "mechanical":
                    told = {name: entry[name] for name in ("value", "change", "detail")}
                    assert found[entry["key"]] == told, (entry["key"], position)

    def test_leave_to_the_kernel_what_needs_a_causal_claim(self):
        kinds = {entry["key"]: entry["kind"] for entry in readout(Scenario())}
        left = {key for key in kinds if key not in number_rules()["numbers"]}
        assert left
        assert all(key.startswith("record-") for key in left)


def number(found, key):
    value = getattr(found, key)
    if isinstance(value, tuple):
        return len(value)
    return sum(value.values()) if hasattr(value, "values") else value
