"""The feud that a slip begins, beside the chain of the model that it comes from."""

import random
from itertools import product

import numpy as np
import pytest

from coursekit.errors import CourseError
from coursekit.models.reciprocity import STRATEGIES, mirrored, stationary, successor
from coursekit.toys.feud import CALM, LONG, MOST, RULES, Feud, played_round


def game(*presses, seed=0):
    return Feud(seed).played({"press": press} for press in presses)


def deeds(state):
    return [step[:2] for step in state.steps]


@pytest.mark.parametrize(("one", "other"), list(product(RULES, repeat=2)))
def test_with_slips_at_random_rounds_fall_as_the_model_says(one, other):
    chance, state, error, rounds = random.Random(1), 0, 0.05, 30_000
    seen = np.zeros(4)
    for _ in range(rounds):
        # One slip a round at most: two at once are rare enough to be left out below.
        slips = [side for side in (0, 1) if chance.random() < error]
        slip = slips[0] if len(slips) == 1 else None
        luck = (chance.random(), chance.random())
        (mine, theirs), state = played_round((one, other), state, luck, slip)
        seen[2 * mine + theirs] += 1
    expected = stationary(RULES[one], RULES[other], error)
    assert seen / rounds == pytest.approx(expected, abs=0.04)


def test_states_follow_as_in_the_literature():
    # Contrite tit for tat: whoever slips falls in standing and takes the answer.
    after = successor(0, 1, 0)
    contrite = STRATEGIES["Contrite Tit for Tat"].intentions()
    assert contrite[after] == 1 and contrite[mirrored(after)] == 0
    assert all(mirrored(mirrored(state)) == state for state in range(16))
    for wrong in (-1, 16):
        with pytest.raises(CourseError, match="state"):
            successor(wrong, 0, 0)
        with pytest.raises(CourseError, match="state"):
            mirrored(wrong)
    with pytest.raises(CourseError, match="own"):
        successor(0, 2, 0)


def test_calm_lasts_until_a_slip():
    assert deeds(game(*["five"] * 4)) == [(0, 0)] * (CALM + 20)


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_two_that_copy_go_back_and_forth_for_ever(side):
    state = game(side, *["five"] * 20)
    feud = deeds(state)[CALM:]
    first, second = ((1, 0), (0, 1)) if side == "mine" else ((0, 1), (1, 0))
    assert feud[:4] == [first, second, first, second]
    assert all(sum(step) == 1 for step in feud)
    assert len(state.steps) >= MOST and not state.open()


@pytest.mark.parametrize(
    ("rule", "side", "repaired"),
    [
        ("contrite", "mine", True),
        ("contrite", "theirs", False),
        ("keep", "mine", False),
        ("keep", "theirs", False),
    ],
)
def test_what_one_side_can_repair_alone(rule, side, repaired):
    state = game(side, "five", rule, "five", "five")
    assert state.episodes[-1].rules == (rule, "copy")
    assert state.episodes[-1].repaired is repaired


@pytest.mark.parametrize("side", ["mine", "theirs"])
@pytest.mark.parametrize("rule", ["contrite", "keep"])
def test_what_both_repair_together(rule, side):
    state = game(side, "five", rule, "both", "five")
    assert state.episodes[-1].repaired
    # The rules hold from the first slip on too.
    again = state.played([{"press": side}, {"press": "five"}])
    assert again.episodes[-1].repaired and again.episodes[-1].rounds <= 2


def test_forgiveness_needs_three_answers_on_average():
    waits = []
    for seed in range(400):
        state = game("mine", "five", "forgive", *["five"] * 13, seed=seed)
        waits.append(state.episodes[-1].rounds)
        assert state.episodes[-1].repaired
    # Its turn comes every other round, and after two calm moves the feud is seen to be over.
    assert np.mean(waits) == pytest.approx(2 * 3 - 0.5, abs=0.6)


def test_rules_can_be_changed_once_the_feud_was_seen():
    state = game("mine")
    assert state.open() == ("next", "five")
    state = state.played([{"press": "next"}] * LONG)
    assert state.open() == ("next", "five", "forgive", "contrite", "keep")
    assert "feud goes on" in state.shown()["readout"][0]["detail"]
    state = state.after({"press": "contrite"})
    assert state.open()[-1] == "both" and len(state.steps) == CALM + 1 + LONG
    state = state.after({"press": "five"})
    assert {"mine", "theirs"} <= set(state.open())
    assert "repaired in round" in state.shown()["readout"][-1]["detail"]


def test_the_picture_says_who_slipped():
    figure = game("theirs", "next").shown()["figure"]
    assert figure.table["slip"].tolist() == [""] * CALM + ["neighbour", ""]
    assert "Slips so far: 1" in figure.alt
