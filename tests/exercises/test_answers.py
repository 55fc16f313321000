"""Right answers pass, wrong ones are caught, each by the hint meant for it."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from coursekit.authoring.classroom.source import exercise_sets
from coursekit.checks.result import Result
from coursekit.checks.running import MISSING
from coursekit.checks.sheet import FILE, read
from coursekit.checks.tasks import task
from coursekit.checks.verdict import judge
from coursekit.content import folder

WRONG = Path(__file__).parent / "wrong"
SETS = {each.name[:2]: each for each in exercise_sets()}
# Of the form that some task asks for, and right for none.
MADE_UP = (-1.5, 0, 0.013, 0.77, 1.37, 4, 13, 38, 1500, 2008, 2021.0, True, (), set())
MADE_UP += ("", "partner", "2022-02-29", "Latvia", "chicken", "RQ", {"A1"}, {"H7", "C26"})


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


def tasks(*, functions=True, values=True):
    return [
        pytest.param(number, name, id=f"{number}.{name}")
        for number, each in SETS.items()
        for name, entry in each.sheet["tasks"].items()
        if entry["kind"] != "writing" and (functions if "arguments" in entry else values)
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


@pytest.mark.parametrize(("number", "name"), tasks())
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


@cache
def handed_out(number):
    """The checks that students get."""
    return read(folder("exercises") / "release" / SETS[number].name / FILE)


def shown(number, name, given):
    """What a student is told about an answer."""
    asked = task(handed_out(number), name)
    return Result(asked, judge(asked, given), attempt=1, more_follow=True)


@pytest.mark.parametrize(("number", "name"), tasks(functions=False))
class TestEveryValue:
    """Its value is hidden, so nothing that a student sees or hands in says that it is right."""

    def given(self, number, name):
        cases = answers(number)[name]
        codes = [*cases["right"], *(case["code"] for case in cases["wrong"])]
        return [*(answer(name, code) for code in codes), *MADE_UP]

    def test_no_value_gets_a_tick_or_counts_as_passed(self, number, name):
        for given in self.given(number, name):
            result = shown(number, name, given)
            assert not result.passed, given
            assert result.summary().get("success", False) is False, given
            assert not result.summary().get("score", {}).get("scaled"), given
            for text in (repr(result), result._repr_html_()):
                assert not re.search("✓|success|[1-9] of [0-9]+ checks", text), given

    def test_a_value_of_the_right_form_is_called_possible(self, number, name):
        found = [shown(number, name, answer(name, c)) for c in answers(number)[name]["right"]]
        for result in found:
            assert repr(result) == (
                f"○ {name}: A possible value. Whether it is right is marked later."
            )
            assert result.summary() == {"completion": True}

    def test_marking_tells_whether_it_is_right(self, worked, number, name):
        asked = worked(number, name)
        right = answer(name, answers(number)[name]["right"][0])
        assert Result(asked, judge(asked, right), attempt=1, more_follow=False).passed


@pytest.mark.parametrize(("number", "name"), tasks(values=False))
class TestEveryFunction:
    def test_its_checks_ask_for_what_it_returns(self, number, name):
        right = answer(name, answers(number)[name]["right"][0])
        result = shown(number, name, right)
        assert result.passed
        assert repr(result).startswith("✓")

    def test_a_constant_earns_nothing_that_is_hidden(self, worked, number, name):
        asked = worked(number, name)
        for value in {repr(check.expected): check.expected for check in asked.checks}.values():
            verdicts = judge(asked, lambda *given, value=value: value)
            assert not [v.check.call for v in verdicts if v.passed and v.check.hidden], value

    def test_memorised_examples_fail_other_checks(self, worked, number, name):
        asked = worked(number, name)
        verdicts = judge(asked, answer(name, answers(number)[name]["memorised"]))
        if asked.kind == "further":
            # Nothing is hidden where nothing is marked.
            assert [v for v in verdicts if not v.passed]
            return
        assert not [v.check.call for v in verdicts if not v.check.hidden and not v.passed]
        lost = sum(v.check.points for v in verdicts if not v.passed)
        assert lost >= sum(v.check.points for v in verdicts) / 3
