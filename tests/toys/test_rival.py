"""The ten rounds against a hidden rival, beside the models of the course."""

from itertools import product

import numpy as np
import pytest

from coursekit.models.games import classify
from coursekit.models.reciprocity import payoffs
from coursekit.toys.rival import PAYOFFS, RIVALS, ROUNDS, Rival, fitting, replies


def game(kind, *presses):
    return Rival(list(RIVALS).index(kind)).played({"press": press} for press in presses)


def test_the_game_is_the_stag_hunt_of_the_page():
    assert classify(*PAYOFFS) == "stag hunt"


@pytest.mark.parametrize(
    ("kind", "mine", "theirs"),
    [
        ("friend", (1, 1, 0, 1), (0, 0, 0, 0)),
        ("mirror", (0, 1, 0, 0), (0, 0, 1, 0)),
        ("grudge", (0, 1, 0, 0), (0, 0, 1, 1)),
        ("greedy", (0, 0, 1, 0), (1, 1, 1, 1)),
    ],
)
def test_each_kind_does_what_its_name_says(kind, mine, theirs):
    assert replies(kind, mine) == theirs


@pytest.mark.parametrize(("one", "other"), list(product(RIVALS, repeat=2)))
def test_two_kinds_earn_in_the_long_run_what_the_model_says(one, other):
    mine, theirs = (0,), (0,)
    for _ in range(40):
        theirs = replies(other, mine)
        mine = replies(one, (*theirs, 0))
    worth = np.array([[3, 0], [5, 1]])
    long_run = worth[list(mine[20:40]), list(theirs[20:40])].mean()
    assert long_run == pytest.approx(payoffs(RIVALS[one], RIVALS[other], error=0)[0], abs=0.02)


def test_acts_alone_may_not_tell_who_it_was():
    assert fitting((0,) * ROUNDS, (0,) * ROUNDS) == ["friend", "mirror", "grudge"]
    assert fitting((0, 1, 0, 0), (0, 0, 1, 0)) == ["mirror"]
    for mine in product((0, 1), repeat=5):
        for kind in RIVALS:
            assert kind in fitting(mine, replies(kind, mine))


def test_a_game_has_ten_rounds_and_a_guess():
    state = game("mirror", *["hold"] * 9)
    assert state.open() == ("hold", "arm")
    state = state.after({"press": "arm"})
    assert state.open() == tuple(RIVALS)
    state = state.after({"press": "grudge"})
    assert state.open() == ()
    assert state.points == 9 * PAYOFFS.R + PAYOFFS.T
    assert [line["value"] for line in state.shown()["readout"]] == ["copies you", "3 of 4", "29"]


@pytest.mark.parametrize(
    ("kind", "guess", "said"),
    [
        ("mirror", "mirror", "That is what you said."),
        ("mirror", "grudge", "You said: it never forgives. That fits what you saw too."),
        ("mirror", "greedy", "You said: it always arms. That does not fit what you saw."),
    ],
)
def test_the_end_comes_back_to_the_guess(kind, guess, said):
    state = game(kind, *["hold"] * ROUNDS, guess)
    assert state.shown()["readout"][0]["detail"] == said


def test_why_a_rival_armed_is_not_to_be_seen():
    def labels(kind):
        return [line["label"] for line in game(kind, *["hold"] * ROUNDS, kind).shown()["readout"]]

    assert "Why did it arm?" in labels("greedy") and "Why did it arm?" not in labels("friend")


def test_what_a_cell_is_worth_is_seen_once_it_was_met_and_all_are_at_the_end():
    before = game("greedy", *["arm"] * ROUNDS).shown()["figure"]
    after = game("greedy", *["arm"] * ROUNDS, "greedy").shown()["figure"]
    assert before.alt.endswith("A table gives your points. both arm: 1.")
    assert "you arm alone: 2" in after.alt
    assert "?" not in after.svg().split("<svg")[1]


def test_points_are_added_up():
    state = game("mirror", "arm", "hold", "hold")
    assert state.worth == [2, 0, 3]
    assert state.shown()["readout"][0]["detail"] == "You get 3. Your points so far: 5."
