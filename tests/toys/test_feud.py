"""The feud that a slip begins, beside the chain of the model that it comes from."""

from itertools import product

import numpy as np
import pytest

from coursekit.errors import CourseError
from coursekit.models.reciprocity import STRATEGIES, mirrored, stationary, successor
from coursekit.toys.feud import CALM, LONG, MOST, RULES, Feud, intended, played_round


def game(*presses, seed=0):
    return Feud(seed).played({"press": press} for press in presses)


def deeds(state):
    return [step[:2] for step in state.steps]


def chain(rules, error):
    """The chances of each state after each, from rounds played with all luck and all slips."""
    found = np.zeros((16, 16))
    # Thirds of luck, as a rule forgives one defection in three.
    for state, one, two in product(range(16), (1 / 6, 1 / 2, 5 / 6), (1 / 6, 1 / 2, 5 / 6)):
        for slip, chance in (
            (None, (1 - error) ** 2),
            (0, error * (1 - error)),
            (1, error * (1 - error)),
        ):
            _, after = played_round(rules, state, (one, two), slip)
            found[state, after] += chance / 9
        mine, theirs = intended(rules, state, (one, two))
        found[state, successor(state, 1 - mine, 1 - theirs)] += error**2 / 9
    return found


@pytest.mark.parametrize("rules", list(product(RULES, repeat=2)))
def test_with_slips_at_random_rounds_fall_as_the_model_says(rules):
    long_run = np.linalg.matrix_power((chain(rules, 0.05) + np.eye(16)) / 2, 4096)[0]
    shares = long_run.reshape(4, 4).sum(axis=1)
    assert shares == pytest.approx(stationary(*(RULES[rule] for rule in rules), 0.05), abs=1e-9)


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


def test_short_names_stand_for_the_rules_that_they_describe():
    assert RULES == {
        "copy": "Tit for Tat",
        "forgive": "Generous Tit for Tat",
        "contrite": "Contrite Tit for Tat",
        "keep": "Win-Stay Lose-Shift",
    }


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


@pytest.mark.parametrize("side", [0, 1])
def test_one_answer_in_three_is_forgiven_whoever_slipped(side):
    _, state = played_round(("copy", "copy"), 0, (0.5, 0.5), slip=side)
    # After the other's slip it is this side's turn at once, after its own one round later.
    if side == 0:
        _, state = played_round(("copy", "copy"), state, (0.5, 0.5))
    assert intended(("forgive", "copy"), state, (0.3, 0.5)) == (0, 0)
    assert intended(("forgive", "copy"), state, (0.4, 0.5)) == (1, 0)


def test_forgiving_ends_a_feud_in_the_end():
    for seed in range(5):
        assert game("mine", "five", "forgive", *["five"] * 12, seed=seed).episodes[-1].repaired


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
    assert "rounds until calm after the change: 2." in state.shown()["readout"][-1]["detail"]


def test_the_picture_says_who_slipped():
    figure = game("theirs", "next").shown()["figure"]
    assert figure.table["slip"].tolist() == [""] * CALM + ["neighbour", ""]
    assert "Slips so far: 1" in figure.alt
