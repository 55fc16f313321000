"""Sorting claims by kind: the key, what is debatable, and the widget."""

import ast
import itertools

import pytest

from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.forms.sorting import Item, Kind, Sorting, claims_to_sort
from coursekit.widgets.claim_sorter import claim_sorter

FRUIT = Sorting(
    items={
        "lemon": Item("A lemon.", key="sour", reason="It has acid.", hint="Taste it."),
        "orange": Item(
            "An orange.",
            key="sweet",
            reason="It has sugar.",
            hint="Taste it.",
            also="sour",
            also_reason="It has acid as well.",
        ),
    },
    kinds={
        "sour": Kind("sour", "make you pull a face", "a bite"),
        "sweet": Kind("sweet", "please a child", "a bite"),
    },
    noun="fruit",
)


class TestJudging:
    def test_an_answer_that_agrees_gets_the_reason(self):
        found = FRUIT.judge("lemon", "sour")
        assert found.mark == "agrees"
        assert found.words == "Agrees with the key: sour. It has acid."

    def test_agreement_on_a_debatable_item_names_the_other_answer_too(self):
        found = FRUIT.judge("orange", "sweet")
        assert found.mark == "agrees"
        assert "Debatable: sour is accepted too. It has acid as well." in found.words

    def test_the_second_answer_is_accepted_with_both_reasons(self):
        found = FRUIT.judge("orange", "sour")
        assert found.mark == "accepted"
        assert "It has acid as well." in found.words
        assert "The key says sweet. It has sugar." in found.words

    def test_a_wrong_answer_learns_what_its_kind_would_need_and_not_the_key(self):
        found = FRUIT.judge("lemon", "sweet")
        assert found.mark == "differs"
        assert "For 'sweet' the fruit would have to please a child. Taste it." in found.words
        assert "sour" not in found.words

    def test_the_key_is_named_on_demand(self):
        found = FRUIT.judge("lemon", "sweet", reveal=True)
        assert "The key says sour. It has acid." in found.words
        assert "Taste it." not in found.words

    def test_no_answer_stays_open(self):
        assert FRUIT.judge("lemon", "").mark == "open"

    def test_unknown_names_are_refused(self):
        with pytest.raises(CourseError, match="lemon"):
            FRUIT.judge("lemons", "sour")
        with pytest.raises(CourseError, match="sweet"):
            FRUIT.judge("lemon", "sweetish")
        with pytest.raises(CourseError, match="There is no fruit 'apple'"):
            FRUIT.score({"apple": "sweet"})


class TestScoring:
    @pytest.mark.parametrize(
        ("answers", "words"),
        [
            ({}, "0 of 2 agree with the key; 2 not sorted yet."),
            ({"lemon": "sour", "orange": "sweet"}, "2 of 2 agree with the key."),
            ({"lemon": "sweet"}, "0 of 2 agree with the key; 1 differs; 1 not sorted yet."),
            (
                {"lemon": "sour", "orange": "sour"},
                "1 of 2 agrees with the key; 1 takes the second answer that a debatable fruit "
                "accepts.",
            ),
        ],
    )
    def test_is_in_words(self, answers, words):
        assert FRUIT.score(answers) == words


class TestContent:
    def test_twelve_claims_with_the_kinds_of_the_ledger(self):
        claims = load("claims").set_index("claim")
        items = claims_to_sort().items
        assert len(items) == 12
        for name, item in items.items():
            assert (item.text, item.key) == tuple(claims.loc[name, ["text", "kind"]])

    def test_every_kind_occurs_and_is_explained(self):
        sorting = claims_to_sort()
        assert {item.key for item in sorting.items.values()} == set(sorting.kinds)
        assert set(sorting.kinds) == set(load("claims")["kind"])
        assert all(kind.task and kind.note for kind in sorting.kinds.values())

    def test_the_claims_of_the_first_notebook_are_among_them(self):
        assert {"C05", "C24", "C30", "C45"} <= set(claims_to_sort().items)

    def test_several_are_debatable_and_say_why(self):
        debatable = [item for item in claims_to_sort().items.values() if item.also]
        assert len(debatable) >= 3
        for item in debatable:
            assert item.also != item.key
            assert item.also_reason

    def test_only_debatable_claims_have_a_second_reason(self):
        table = load("claim_sorting")
        assert ((table["also"] == "") == (table["also_reason"] == "")).all()

    def test_a_hint_does_not_name_a_kind(self):
        kinds = claims_to_sort().kinds
        for item in claims_to_sort().items.values():
            assert not any(kind in item.hint.lower().split() for kind in kinds)

    def test_neighbours_differ_in_kind(self):
        keys = [item.key for item in claims_to_sort().items.values()]
        assert all(a != b for a, b in itertools.pairwise(keys))


def answer(lab, **given):
    """Give the key for every claim, except those named."""
    for name, choice in lab.choices.items():
        choice.value = given.get(name, lab.sorting.items[name].key)


def feedback(lab):
    return {name: box.value for name, box in lab.feedback.items()}


class TestWidget:
    def test_each_claim_has_a_labelled_choice_of_all_kinds(self):
        lab = claim_sorter()
        assert len(lab.choices) == 12
        for name, choice in lab.choices.items():
            assert name in choice.description
            assert [value for _, value in choice.options] == ["", *lab.sorting.kinds]
        for button in (lab.check, lab.again, lab.reset):
            assert button.description
            assert button.tooltip

    def test_nothing_is_told_before_the_check(self):
        lab = claim_sorter()
        answer(lab)
        assert not any(feedback(lab).values())
        assert lab.live.said == ""

    def test_a_check_tells_every_claim_and_the_score(self):
        lab = claim_sorter()
        answer(lab, C05="fact", C45="normative")
        lab.check.click()
        told = feedback(lab)
        assert all(told.values())
        assert 'data-mark="differs"' in told["C05"]
        assert 'data-mark="accepted"' in told["C45"]
        assert 'data-mark="agrees"' in told["C24"]
        assert lab.live.said.startswith("10 of 12 agree with the key; 1 takes the second answer")
        assert not lab.live.error

    def test_a_check_without_answers_asks_for_one(self):
        lab = claim_sorter()
        lab.check.click()
        assert "choose an answer" in lab.live.said
        assert not any(feedback(lab).values())

    def test_claims_without_an_answer_are_counted_and_not_told(self):
        lab = claim_sorter()
        lab.choices["C05"].value = "causal"
        lab.check.click()
        assert "11 not sorted yet" in lab.live.said
        assert [name for name, text in feedback(lab).items() if text] == ["C05"]

    def test_the_first_check_hints_and_the_second_gives_the_key(self):
        lab = claim_sorter()
        answer(lab, C05="fact")
        lab.check.click()
        assert "The key says" not in feedback(lab)["C05"]
        lab.choices["C05"].value = "normative"
        lab.check.click()
        assert "The key says causal." in feedback(lab)["C05"]

    def test_trying_again_clears_only_what_differs(self):
        lab = claim_sorter()
        answer(lab, C05="fact", C45="normative")
        lab.check.click()
        lab.again.click()
        assert [name for name, kind in lab.answers.items() if not kind] == ["C05"]
        assert not feedback(lab)["C05"]
        assert feedback(lab)["C45"]
        assert "1 claim to sort again" in lab.live.said

    def test_a_changed_answer_loses_its_feedback(self):
        lab = claim_sorter()
        answer(lab)
        lab.check.click()
        lab.choices["C24"].value = "causal"
        assert not feedback(lab)["C24"]
        assert feedback(lab)["C05"]

    def test_reset_clears_everything_and_forgets_the_first_check(self):
        lab = claim_sorter()
        answer(lab, C05="fact")
        lab.check.click()
        lab.reset.click()
        assert not any(lab.answers.values())
        assert not any(feedback(lab).values())
        answer(lab, C05="fact")
        lab.check.click()
        assert "The key says" not in feedback(lab)["C05"]

    def test_the_code_reproduces_the_score(self):
        lab = claim_sorter()
        answer(lab, C05="fact")
        lab.check.click()
        *first, last = ast.parse(lab.live.code).body
        names = {}
        exec(compile(ast.Module(first, []), "code", "exec"), names)
        assert eval(compile(ast.Expression(last.value), "code", "eval"), names) == lab.live.said
        assert len(lab.live.code.splitlines()) <= 3

    def test_an_error_is_shown_to_the_student(self):
        lab = claim_sorter()
        answer(lab)
        lab.sorting.items.pop("C05")
        lab.check.click()
        assert "C05" in lab.live.error

    def test_a_question_stands_above_and_is_escaped(self):
        assert claim_sorter(ask="Fact <or> not?").children[0].value == "Fact &lt;or&gt; not?"

    def test_a_stored_notebook_shows_the_claims_without_the_key(self):
        data, _ = claim_sorter()._repr_mimebundle_()
        for name, item in claims_to_sort().items.items():
            for shown in (data["text/html"], data["text/plain"]):
                assert name in shown
                assert item.reason not in shown
            assert item.text in data["text/plain"]
