"""The game of the challenger, beside the model of the course."""

from itertools import product

import pytest

from coursekit.models.deterrence import STATUSES, THEORIES, status_comparison
from coursekit.toys.challenger import AWAY, Challenger, agreement, chances, turned_away


def game(seed, *presses):
    return Challenger(seed).played({"press": press} for press in presses)


def ends(state):
    return {line["label"]: line for line in state.shown()["readout"]}


@pytest.mark.parametrize("away", ["partner", "neutral"])
def test_what_theories_expect_is_the_model_of_the_page(away):
    for theory in ("preventive", "opportunist"):
        plain = {row.status: row.probability for row in status_comparison(theory)}
        assert chances(theory, away) == plain
    turned = {row.status: row for row in status_comparison("regime", turns={away: AWAY})}
    assert chances("regime", away)[away] == turned[away].probability


@pytest.mark.parametrize("away", ["partner", "neutral"])
def test_the_three_expect_different_things(away):
    attacked = {
        theory: {name for name, chance in chances(theory, away).items() if chance > 1 / 2}
        for theory in THEORIES
    }
    assert attacked == {
        "preventive": {"promised"},
        "opportunist": {"promised", "partner", "neutral"},
        "regime": {away},
    }


@pytest.mark.parametrize("plan", list(product((False, True), repeat=4)))
def test_agreement_counts_neighbours(plan):
    attacked = dict(zip(STATUSES, plan, strict=True))
    same = agreement(attacked, "neutral")
    for theory, count in same.items():
        expected = [chance > 1 / 2 for chance in chances(theory, "neutral").values()]
        assert count == sum(one == other for one, other in zip(plan, expected, strict=True))
    opposite = agreement({name: not deed for name, deed in attacked.items()}, "neutral")
    assert all(same[theory] + opposite[theory] == len(STATUSES) for theory in THEORIES)


@pytest.mark.parametrize(
    ("presses", "like"),
    [
        (("wait", "attack", "wait", "wait"), "fears a closing door"),
        (("wait", "attack", "attack", "attack"), "takes any chance"),
        (("wait", "wait", "wait", "attack"), "minds how a neighbour is ruled"),
    ],
)
def test_who_acts_like_a_theory_is_told_so(presses, like):
    said = ends(game(1, *presses))["You acted most like one who"]
    assert said["value"] == like
    assert "4 of 4" in said["detail"]


def test_theories_that_fit_as_well_are_all_named_unless_these_are_all():
    said = ends(game(1, "wait", "attack", "attack", "wait"))["You acted most like one who"]
    assert said["value"].count(", or ") == 1
    said = ends(game(1, "wait", "attack", "wait", "attack"))
    assert said["Which challenger did you act like?"]["value"] == "any of the three"
    assert "You acted most like one who" not in said


def test_whoever_attacks_nobody_is_like_none():
    said = ends(game(0, *["wait"] * 4))
    assert said["You attacked"]["value"] == "nobody"
    assert "You acted most like one who" not in said


def test_the_end_leaves_open_which_theory_an_attack_speaks_for():
    said = ends(game(0, *["wait"] * 4))
    assert said["The promised neighbour"]["value"] == "attacked by 2 of the 3"
    assert said["The promised neighbour"]["detail"].endswith("?")
    assert "not to justify" in said["The numbers"]["detail"]


def test_what_theories_expect_is_hidden_until_the_end():
    before, after = game(0, *["attack"] * 3), game(0, *["attack"] * 4)
    assert before.open() == ("wait", "attack") and after.open() == ()
    assert "80%" not in before.shown()["figure"].table.to_string()
    assert "attack, 80%" in after.shown()["figure"].table.to_string()
    assert turned_away(0) != turned_away(1)
