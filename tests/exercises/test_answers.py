"""Right answers pass, wrong ones are caught, each by the hint meant for it."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from coursekit.checks.running import MISSING
from coursekit.checks.tasks import task
from coursekit.checks.verdict import judge
from coursekit.classroom.source import exercise_sets

WRONG = Path(__file__).parent / "wrong"
SETS = {each.name[:2]: each for each in exercise_sets()}


@cache
def answers(number):
    return yaml.safe_load((WRONG / f"{number}.yaml").read_text(encoding="utf-8"))


def cases(kind):
    return [
        pytest.param(number, name, case, id=f"{number}.{name}-{position}")
        for number in SETS
        for name, entry in answers(number).items()
        for position, case in enumerate(entry[kind])
    ]


def tasks(*, functions):
    return [
        pytest.param(number, name, id=f"{number}.{name}")
        for number, each in SETS.items()
        for name, entry in each.sheet["tasks"].items()
        if entry["kind"] != "writing" and (not functions or "arguments" in entry)
    ]


@pytest.fixture(scope="module")
def worked():
    """Tasks as worked out once."""
    return cache(lambda number, name: task(SETS[number].sheet, name))


def answer(name, code):
    """Run an answer as a notebook would, with the imports of the first cell."""
    space = {}
    exec("import numpy as np\nimport pandas as pd\nimport coursekit as ck", space)
    exec(code, space)
    return space.get(name, MISSING)


@pytest.mark.parametrize(("number", "name", "code"), cases("right"))
def test_a_right_answer_passes_in_whatever_way_it_is_written(worked, number, name, code):
    verdicts = judge(worked(number, name), answer(name, code))
    assert not [f"{v.check.call}: {v.mistake}, {v.ran.value!r}" for v in verdicts if not v.passed]


@pytest.mark.parametrize(("number", "name", "case"), cases("wrong"))
def test_a_wrong_answer_is_caught_by_the_hint_meant_for_it(worked, number, name, case):
    asked = worked(number, name)
    if case["caught"] == "too_slow":
        asked = replace(asked, seconds=0.1)
    verdicts = judge(asked, answer(name, case["code"]))
    failed = [verdict for verdict in verdicts if not verdict.passed]
    assert failed, "nothing was caught"
    assert failed[0].mistake == case["caught"]
    assert len(failed[0].says) > 15


@pytest.mark.parametrize(("number", "name"), tasks(functions=False))
class TestEveryTask:
    def test_has_four_wrong_answers_and_two_right_ones(self, number, name):
        entry = answers(number)[name]
        assert len(entry["wrong"]) >= 4
        assert len(entry["right"]) >= 2
        assert len({case["code"] for case in entry["wrong"]}) == len(entry["wrong"])

    def test_every_known_mistake_is_tried(self, number, name):
        tried = {case["caught"] for case in answers(number)[name]["wrong"]}
        known = {m["name"] for m in SETS[number].sheet["tasks"][name].get("mistakes", [])}
        assert known <= tried


@pytest.mark.parametrize(("number", "name"), tasks(functions=True))
class TestEveryFunction:
    def test_a_constant_earns_nothing_that_is_hidden(self, worked, number, name):
        asked = worked(number, name)
        for value in {repr(check.expected): check.expected for check in asked.checks}.values():
            verdicts = judge(asked, lambda *given, value=value: value)
            assert not [v.check.call for v in verdicts if v.passed and v.check.hidden], value

    def test_memorised_examples_fail_hidden_checks(self, worked, number, name):
        verdicts = judge(worked(number, name), answer(name, answers(number)[name]["memorised"]))
        assert not [v.check.call for v in verdicts if not v.check.hidden and not v.passed]
        lost = sum(v.check.points for v in verdicts if not v.passed)
        assert lost >= sum(v.check.points for v in verdicts) / 3
