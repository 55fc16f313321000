"""The feed of quotations, beside the table of statements."""

from collections import Counter

import pytest

from coursekit.data import load
from coursekit.nato.statements.quotations import statement
from coursekit.nato.toys.feed import (
    LOOKED,
    PERIODS,
    SURE,
    WHO,
    Feed,
    choices,
    period,
    points,
    six,
    spoken_by,
)

SEEDS = range(40)
SIDES = Feed.say["sides"]
ASKED = [name for side in SIDES.values() for name in side]


def right_presses(state):
    said = state.posts[-1].statement
    who = choices(said.name, state.seed).index(spoken_by(said))
    return [WHO[who], period(said.date)]


def begun(seed=0):
    return Feed(seed)


def play(state, *presses):
    for press in presses:
        state = state.after({"press": press})
    return state


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_is_a_short_checked_quotation(name):
    said = statement(name)
    assert said.verified == "yes"
    assert 3 <= len(said.quotation.split()) <= 20


def test_the_feed_leaves_the_question_of_round_one_open():
    assert not {"S03", "S04", "S05"} & set(ASKED)


def test_sides_are_those_of_the_table():
    perspectives = load("statements").set_index("statement")["perspective"]
    for side in ("members", "russia"):
        assert {perspectives[name] for name in SIDES[side]} == {side}
    assert not {perspectives[name] for name in SIDES["others"]} & {"members", "russia"}
    assert len(SIDES["members"]) == len(SIDES["russia"])


@pytest.mark.parametrize("seed", SEEDS)
def test_each_game_has_two_of_each_side_from_three_periods_or_more(seed):
    names = six(seed)
    sides = Counter(side for name in names for side in SIDES if name in SIDES[side])
    assert sides == dict.fromkeys(SIDES, 2)
    assert len({period(statement(name).date) for name in names}) >= 3
    assert len({spoken_by(statement(name)) for name in names}) == 6


@pytest.mark.parametrize(
    ("date", "name"),
    [("1997-05-27", "century"), ("2022-02", "before"), ("2022-02-24", "since"), ("2024", "since")],
)
def test_a_date_without_its_day_counts_as_its_first(date, name):
    assert period(date) == name


def test_all_statements_are_asked_in_some_game():
    assert {name for seed in range(200) for name in six(seed)} == set(ASKED)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_question_offers_speakers_of_each_side_and_one_is_right(seed):
    for name in six(seed):
        offered = choices(name, seed)
        assert len(set(offered)) == 4
        assert spoken_by(statement(name)) in offered
        for side in SIDES.values():
            assert set(offered) & {spoken_by(statement(one)) for one in side}


def test_speakers_are_named_in_few_words():
    assert all(len(spoken_by(statement(name))) <= 28 for name in ASKED)
    assert set(Feed.say["speakers"]) <= set(load("statements")["speaker"])


@pytest.mark.parametrize("belief", [n / 100 for n in range(101)])
def test_who_says_what_she_believes_expects_most(belief):
    def expected(sure):
        # Without rounding, as points are.
        return sum(
            share * 10 * (1 - 4 * (right - sure / 100) ** 2)
            for right, share in ((1, belief), (0, 1 - belief))
        )

    nearest = min(SURE.values(), key=lambda sure: abs(sure / 100 - belief))
    assert expected(nearest) == pytest.approx(max(map(expected, SURE.values())))


def test_being_wrong_and_sure_costs_and_a_guess_does_not():
    assert [points(sure, right=True) for sure in SURE.values()] == [0, 8, 10]
    assert [points(sure, right=False) for sure in SURE.values()] == [0, -13, -30]
    for name, sure in SURE.items():
        tip = Feed.say["buttons"][name]["tooltip"]
        assert all(str(abs(points(sure, right))) in tip for right in (True, False))
    assert str(LOOKED) in Feed.say["buttons"]["look"]["tooltip"]


def test_a_game_of_someone_who_knows_all():
    state = begun()
    for _ in range(6):
        state = play(state, *right_presses(state), "certain")
    assert state.open() == () and state.care == 60
    lines = {line["label"]: line for line in state.shown()["readout"]}
    assert lines["Care"]["value"] == "60"
    assert lines["Not looked up"]["value"] == "Speakers: 6 of 6 right. Times: 6 of 6."
    assert lines["Right when 100% sure"]["value"] == "6 of 6"


def test_a_game_of_someone_who_looks_all_up_is_as_careful_as_said():
    state = play(begun(3), *["look"] * 6)
    assert state.open() == () and state.care == 6 * LOOKED
    assert [line["label"] for line in state.shown()["readout"]] == ["It was", "Care"]


def test_one_can_still_look_it_up_after_an_answer():
    state = play(begun(), *right_presses(begun()), "look")
    assert len(state.posts) == 2
    assert state.care == LOOKED
    assert "You looked it up" in state.shown()["readout"][0]["detail"]


def test_one_wrong_answer_of_the_two_is_named():
    state = begun()
    who, when = right_presses(state)
    other = next(name for name in PERIODS if name != when)
    state = play(state, who, other, "rather")
    told = state.shown()["readout"][0]["detail"]
    assert told == "Time not right, and you were 75% sure: −13."


def test_speakers_and_dates_are_hidden_until_they_are_answered():
    state = begun(5)
    said = state.posts[0].statement
    before = state.shown()["figure"]
    assert said.quotation in before.alt
    assert said.speaker not in before.alt and before.table.empty
    after = play(state, "look").shown()["figure"]
    assert said.speaker in after.table["who"].tolist()


def test_the_table_at_the_end_has_sources_and_their_addresses():
    table = play(begun(7), *["look"] * 6).shown()["figure"].table
    assert len(table) == 6
    for name, row in zip(six(7), table.itertuples(), strict=True):
        assert row.source == (statement(name).address or "no link")
        assert row.document == statement(name).document


def test_a_guess_is_told_to_change_nothing():
    state = begun()
    who, when = right_presses(state)
    other = next(name for name in PERIODS if name != when)
    told = play(state, who, other, "half").shown()["readout"][0]["detail"]
    assert told == "Time not right, and you were 50% sure: 0."
