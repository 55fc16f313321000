"""Sorting claims by kind: the key, what is debatable, and the widget."""

import datetime as dt
import itertools
import json

import pytest

from coursekit.attainment import calibration, done, objectives
from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.forms.sorting import Item, Kind, Sorting, claims_to_sort
from coursekit.quiz import bank, review
from coursekit.record import record
from coursekit.widgets.claim_sorter import ClaimSorter, claim_sorter

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


@pytest.fixture(autouse=True)
def fresh_record(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "record"))


def keys(**given):
    """Give the key for every claim, except those named."""
    return {name: item.key for name, item in claims_to_sort().items.items()} | given


def check(card, kinds):
    card.act({"item": "sorting", "action": "submit", "values": {"kinds": kinds}})
    return form(card)


def form(card):
    return next(item for item in card.items if item["key"] == "sorting")


def told(card):
    return {line["head"][:3]: line for line in form(card)["feedback"]["lines"]}


def a_day_later():
    """Date everything that was kept back by a day."""
    path = record().path
    day = dt.datetime.now(dt.UTC).date()
    path.write_text(path.read_text().replace(str(day), str(day - dt.timedelta(days=1))))


class TestWidget:
    def test_each_claim_has_a_labelled_choice_of_all_kinds(self):
        (field,) = form(claim_sorter())["fields"]
        sorting = claims_to_sort()
        assert [line["key"] for line in field["lines"]] == list(sorting.items)
        for line in field["lines"]:
            assert line["text"] == f"{line['key']}. {sorting.items[line['key']].text}"
        assert [option["key"] for option in field["options"]] == list(sorting.kinds)

    def test_the_kinds_are_explained_above(self):
        table = claim_sorter().items[0]["feedback"]["table"]
        kinds = claims_to_sort().kinds.values()
        assert table["rows"] == [[kind.label, kind.task, kind.note] for kind in kinds]

    def test_the_browser_is_sent_no_key_before_the_check(self):
        sent = json.dumps(claim_sorter().get_state(), default=str, ensure_ascii=False)
        for item in claims_to_sort().items.values():
            assert item.reason not in sent
            assert item.hint not in sent

    def test_a_check_tells_every_claim_and_the_score(self):
        card = claim_sorter()
        feedback = check(card, keys(C05="fact", C45="normative"))["feedback"]
        assert feedback["title"].startswith(
            "10 of 12 agree with the key; 1 takes the second answer"
        )
        marks = {name: line["mark"] for name, line in told(card).items()}
        assert len(marks) == 12
        assert (marks["C05"], marks["C45"], marks["C24"]) == ("differs", "accepted", "agrees")

    @pytest.mark.parametrize("nothing", [None, {}])
    def test_a_check_without_answers_asks_for_one(self, nothing):
        shown = check(claim_sorter(), nothing)
        assert shown["errors"] == {
            "kinds": "Choose an answer for at least one claim before you check."
        }
        assert record().statements() == []

    def test_what_is_no_claim_or_kind_is_refused(self):
        assert "C99" in check(claim_sorter(), {"C99": "fact"})["errors"]["kinds"]
        assert "opinion" in check(claim_sorter(), {"C05": "opinion"})["errors"]["kinds"]
        assert record().statements() == []

    def test_claims_without_an_answer_are_counted_and_not_told(self):
        card = claim_sorter()
        assert "11 not sorted yet" in check(card, {"C05": "causal"})["feedback"]["title"]
        assert list(told(card)) == ["C05"]

    def test_the_first_check_hints_and_the_second_gives_the_key(self):
        card = claim_sorter()
        check(card, keys(C05="fact"))
        assert "The key says" not in told(card)["C05"]["text"]
        check(card, keys(C05="normative"))
        assert "The key says causal." in told(card)["C05"]["text"]

    def test_checking_the_same_once_more_asks_for_the_key(self):
        card = claim_sorter()
        check(card, {"C05": "fact"})
        check(card, {"C05": "fact"})
        assert "The key says causal." in told(card)["C05"]["text"]

    def test_another_answer_can_be_given_where_it_differs(self):
        card = claim_sorter()
        assert not check(card, keys(C05="fact")).get("locked")
        assert check(card, keys())["feedback"]["title"] == "12 of 12 agree with the key."

    def test_a_question_stands_above_and_is_escaped(self):
        card = claim_sorter(ask="Fact <or> not?")
        assert card.title == "Fact <or> not?"
        assert "Fact &lt;or&gt; not?" in card.still()[0]["text/html"]

    def test_a_stored_notebook_shows_the_claims_without_the_key(self):
        check(claim_sorter(), keys())
        data, _ = claim_sorter()._repr_mimebundle_()
        for name, item in claims_to_sort().items.items():
            for shown in (data["text/html"], data["text/plain"]):
                assert name in shown
                assert item.reason not in shown
            assert item.text in data["text/plain"]


class TestTheRecord:
    def test_holds_each_answer_as_that_of_a_quiz(self):
        card = claim_sorter()
        check(card, {"C05": "fact"})
        check(card, {"C05": "causal"})
        rows = record().frame()
        assert rows["verb"].tolist() == ["answered"] * 2
        assert rows["activity"].tolist() == ["sorting/claims/C05"] * 2
        assert rows["response"].tolist() == ["fact", "causal"]
        assert rows["success"].tolist() == [False, True]
        assert rows["score"].tolist() == [0, 1]
        assert rows["attempt"].tolist() == [1, 2]

    def test_what_agrees_and_is_checked_again_is_no_new_try(self):
        card = claim_sorter()
        check(card, {"C05": "causal"})
        check(card, {"C05": "causal", "C24": "definitional"})
        assert len(record().statements()) == 2

    def test_brings_everything_back_on_another_day(self):
        card = claim_sorter()
        check(card, keys(C05="fact"))
        a_day_later()
        later = claim_sorter()
        assert form(later) == {k: v for k, v in form(card).items() if k != "turn"}
        check(later, keys(C05="normative"))
        assert "The key says causal." in told(later)["C05"]["text"]

    def test_an_answer_that_no_longer_exists_is_not_shown(self):
        record().add("answered", "sorting/claims/C05", result={"response": "opinion"})
        record().add("answered", "sorting/claims/C99", result={"response": "fact"})
        record().add("answered", "sorting/claims/C24")
        assert claim_sorter().answers == {}

    def test_counts_for_the_objective_of_the_quiz_on_the_same_thing(self):
        objective = ClaimSorter.objective
        assert objective in {question.objective for question in bank("01").questions}
        card = claim_sorter()
        check(card, keys(C05="fact"))
        assert objectives(record().frame()) == {objective: False}
        check(card, keys(C45="normative"))
        assert objectives(record().frame()) == {objective: True}

    def test_counts_neither_as_a_question_of_a_quiz_nor_for_calibration(self):
        check(claim_sorter(), keys())
        frame = record().frame()
        assert done(frame)["answered"].sum() == 0
        assert calibration(frame).empty
        assert review(frame, dt.date.today() + dt.timedelta(days=30)) == []
