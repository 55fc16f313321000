"""Sorting claims by kind: the key, what is debatable, and the widget."""

import datetime as dt
import itertools
import json

import pytest

from coursekit.attainment import calibration, done, objectives
from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.forms.printing import as_text
from coursekit.forms.sorting import ROUND, Item, Kind, Sorting, claims_to_sort, stage
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

    def test_a_report_may_be_taken_for_a_fact_or_an_attribution_alike(self):
        kinds = [{item.key, item.also} for item in claims_to_sort().items.values()]
        assert {"fact", "attribution"} in kinds
        assert all("fact" in both for both in kinds if "attribution" in both)

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


class TestRounds:
    def played(self, answers, names="abcdefghijkl", seed=3):
        """Answer so many items in turn; give those of each round, and the counts."""
        counts, rounds = dict.fromkeys(names, 0), []
        for _ in range(answers):
            items, done = stage(counts, seed, after=True)
            counts[items[done]] += 1
            rounds.append((items, items[done]))
        return counts, rounds

    def test_all_items_come_before_one_comes_again(self):
        asked = [name for _, name in self.played(24)[1]]
        assert sorted(asked[:12]) == sorted(asked[12:]) == list("abcdefghijkl")
        assert asked[:12] != asked[12:]

    def test_a_round_keeps_its_items_until_it_ends(self):
        rounds = [items for items, _ in self.played(12)[1]]
        assert all(items == rounds[0] for items in rounds[:ROUND])
        assert all(items == rounds[ROUND] for items in rounds[ROUND:])
        assert not set(rounds[0]) & set(rounds[ROUND])

    @pytest.mark.parametrize("answers", [6, 12, 18])
    def test_the_round_that_has_just_ended_is_there_until_one_goes_on(self, answers):
        counts, rounds = self.played(answers)
        assert stage(counts, 3) == (rounds[-1][0], ROUND)
        assert stage(counts, 3, after=True)[1] == 0

    @pytest.mark.parametrize("count", [1, 5, 6, 7, 8])
    def test_any_number_of_items_can_be_played(self, count):
        counts, rounds = self.played(3 * count, names="abcdefgh"[:count])
        assert set(counts.values()) == {3}
        assert stage(counts, 3) == (rounds[-1][0], len(rounds[-1][0]))

    def test_answers_out_of_turn_count_as_done(self):
        counts = dict.fromkeys("abcdefghijkl", 0) | {"k": 2, "b": 1}
        items, done = stage(counts, seed=5)
        assert (set(items[:done]), done) == ({"b", "k"}, 2)


def choose(card, kind):
    """Put the claim that is shown into a bin."""
    card.act({"item": "sorting", "action": "submit", "values": {"kind": kind}})
    return form(card)


def go_on(card):
    card.act({"item": "sorting", "action": "again"})
    return form(card)


def form(card):
    (only,) = card.items
    return only


def shown(card):
    """The name of the claim that waits for an answer."""
    (field,) = form(card)["fields"]
    return next(n for n, one in claims_to_sort().items.items() if one.text == field["text"])


def key(card):
    return claims_to_sort().items[shown(card)].key


def other(card):
    """A kind that is wrong for the claim that is shown."""
    one = claims_to_sort().items[shown(card)]
    return next(kind for kind in claims_to_sort().kinds if kind not in (one.key, one.also))


def play_round(card, wrong=0):
    """Answer all claims of a round, the first few wrongly, and see what it came to."""
    for number in range(ROUND):
        choose(card, other(card) if number < wrong else key(card))
        go_on(card)
    return form(card)


def a_day_later():
    """Date everything that was kept back by a day."""
    path = record().path
    day = dt.datetime.now(dt.UTC).date()
    path.write_text(path.read_text().replace(str(day), str(day - dt.timedelta(days=1))))


class TestWidget:
    def test_one_claim_is_shown_and_a_bin_for_each_kind(self):
        (field,) = form(claim_sorter())["fields"]
        kinds = claims_to_sort().kinds
        assert field["label"] == "Claim 1 of 6"
        assert [option["key"] for option in field["options"]] == list(kinds)
        assert [option["note"] for option in field["options"]] == [k.note for k in kinds.values()]

    def test_the_browser_is_sent_no_key_before_the_answer(self):
        sent = json.dumps(claim_sorter().get_state(), default=str, ensure_ascii=False)
        for item in claims_to_sort().items.values():
            assert item.reason not in sent
            assert item.hint not in sent

    def test_each_claim_is_answered_at_once_with_its_reason(self):
        for name, one in claims_to_sort().items.items():
            for kind, label in claims_to_sort().kinds.items():
                card = claim_sorter()
                card.round, card.done, card.told = [name], 0, False
                told = choose(card, kind)
                (line,) = told["feedback"]["lines"]
                assert line["mark"] == card.sorting.judge(name, kind).mark
                assert f"You said {label.label}" in line["text"]
                assert one.reason in line["text"]
                assert one.also_reason in line["text"]
                assert told["locked"] and told["again"]

    def test_the_bins_say_what_was_chosen_and_what_the_course_says(self):
        card = claim_sorter()
        right, wrong = key(card), other(card)
        (field,) = choose(card, wrong)["fields"]
        said = {option["key"]: option["said"] for option in field["options"] if "said" in option}
        assert said == {wrong: "✗ your answer", right: "✓ the course's answer"}
        assert field["steps"][0] == "differs"

    def test_a_round_ends_with_what_was_taken_for_what(self):
        card = claim_sorter()
        first, said, right = shown(card), other(card), key(card)
        feedback = play_round(card, wrong=1)["feedback"]
        assert feedback["title"].endswith("5 of 6.")
        rows = feedback["table"]["rows"]
        assert len(rows) == ROUND
        assert rows[0] == ["✗", said, right, claims_to_sort().items[first].text]
        assert {row[0] for row in rows[1:]} == {"✓"}

    def test_play_again_brings_other_claims(self):
        card = claim_sorter()
        first = card.round
        play_round(card)
        assert go_on(card)["fields"][0]["label"] == "Claim 1 of 6"
        assert not set(first) & set(card.round)

    @pytest.mark.parametrize("kind", [None, "", "opinion"])
    def test_what_is_no_kind_is_refused(self, kind):
        shown = choose(claim_sorter(), kind)
        assert "There is no kind" in shown["errors"]["kind"]
        assert record().statements() == []

    def test_a_claim_is_answered_once(self):
        card = claim_sorter()
        choose(card, key(card))
        choose(card, "fact")
        assert len(record().statements()) == 1

    def test_a_question_stands_above_and_is_escaped(self):
        card = claim_sorter(ask="Fact <or> not?")
        assert card.title == "Fact <or> not?"
        assert "Fact &lt;or&gt; not?" in card.still()[0]["text/html"]

    def test_a_stored_notebook_shows_one_claim_and_no_reason(self):
        before, _ = claim_sorter()._repr_mimebundle_()
        play_round(claim_sorter())
        data, _ = claim_sorter()._repr_mimebundle_()
        claims = claims_to_sort().items.values()
        for kind in ("text/html", "text/plain"):
            assert data[kind] == before[kind]
            assert not any(claim.reason in data[kind] for claim in claims)
        assert next(iter(claims)).text in data["text/plain"]

    def test_what_is_printed_of_a_game_shows_the_claim_and_the_bins(self):
        card = claim_sorter()
        text = as_text("", "", card.items)
        assert claims_to_sort().items[shown(card)].text in text
        for kind in claims_to_sort().kinds.values():
            assert f"- {kind.label}: {kind.note}" in text


class TestTheRecord:
    def test_holds_each_answer_as_that_of_a_quiz(self):
        card = claim_sorter()
        name, kind = shown(card), other(card)
        choose(card, kind)
        (row,) = record().frame().to_dict("records")
        assert (row["verb"], row["activity"]) == ("answered", f"sorting/claims/{name}")
        assert (row["response"], row["success"], row["score"]) == (kind, False, 0)
        assert row["attempt"] == 1

    def test_a_claim_that_comes_again_is_another_try(self):
        card = claim_sorter()
        for _ in range(2):
            play_round(card)
            go_on(card)
        name = shown(card)
        choose(card, key(card))
        frame = record().frame()
        assert frame[frame["activity"] == f"sorting/claims/{name}"]["attempt"].tolist() == [1, 2]

    def test_brings_a_round_back_on_another_day(self):
        card = claim_sorter()
        choose(card, key(card))
        expected = go_on(card)
        a_day_later()
        assert form(claim_sorter()) == {k: v for k, v in expected.items() if k != "turn"}

    def test_brings_what_a_round_came_to_back(self):
        card = claim_sorter()
        expected = play_round(card, wrong=2)
        assert form(claim_sorter())["feedback"] == expected["feedback"]

    def test_an_answer_that_no_longer_exists_is_not_shown(self):
        record().add("answered", "sorting/claims/C05", result={"response": "opinion"})
        record().add("answered", "sorting/claims/C99", result={"response": "fact"})
        record().add("answered", "sorting/claims/C24")
        assert claim_sorter().given == {}

    def test_counts_for_the_objective_of_the_quiz_on_the_same_thing(self):
        objective = ClaimSorter.objective
        assert objective in {question.objective for question in bank("01").questions}
        card = claim_sorter()
        play_round(card, wrong=1)
        assert objectives(record().frame()) == {objective: False}
        for _ in range(3):
            go_on(card)
            play_round(card)
        assert objectives(record().frame()) == {objective: True}

    def test_counts_neither_as_a_question_of_a_quiz_nor_for_calibration(self):
        play_round(claim_sorter())
        frame = record().frame()
        assert done(frame)["answered"].sum() == 0
        assert calibration(frame).empty
        assert review(frame, dt.date.today() + dt.timedelta(days=30)) == []
