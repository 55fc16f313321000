"""Who joined, drawn at random: beside the lab on comparison, the models, and all possible draws."""

from itertools import combinations

import pytest

from coursekit.models.comparison import permutation_p_value
from coursekit.nato.burden import four_means
from coursekit.nato.figures.comparison_designs import design
from coursekit.nato.figures.shuffle import stacked
from coursekit.nato.toys.shuffle import COMPARISONS, MOST, Shuffle, at_least_as_far, placebo, pool


def game(*presses, seed=0):
    return Shuffle(seed).played({"press": press} for press in presses)


@pytest.mark.parametrize("given", COMPARISONS)
def test_the_states_that_joined_give_the_estimate_of_the_lab(given):
    chosen = design(*given)
    assert placebo(chosen, chosen.treated) == pytest.approx(chosen.estimate, abs=1e-12)


def test_another_draw_gives_what_the_four_means_give():
    chosen = design(*COMPARISONS[0])
    [drawn] = game("chance", "once", seed=7).drawn
    others = [state for state in pool(chosen) if state not in drawn]
    assert len(drawn) == len(chosen.treated) and len(others) == len(chosen.compared)
    _, estimate = four_means(chosen.cohort, chosen.window, drawn, others)
    assert placebo(chosen, drawn) == pytest.approx(estimate, abs=1e-12)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("before", [(), ("chance", "hundred", "other")])
def test_the_count_is_that_of_the_permutation_test(seed, before):
    state = game(*before, "more", "hundred", "hundred", seed=seed)
    real = state.comparison.estimate
    far = at_least_as_far(real, state.placebos)
    p = permutation_p_value(abs(real), [abs(value) for value in state.placebos])
    assert (1 + far) / (1 + len(state.placebos)) == pytest.approx(p)
    assert state.shown()["readout"][0]["value"] == f"{far} of {len(state.placebos)} shuffles"


@pytest.mark.parametrize(("given", "far", "ways"), [(COMPARISONS[1], 2, 120)])
def test_many_draws_come_near_to_all_possible_ones(given, far, ways):
    chosen = design(*given)
    every = [placebo(chosen, drawn) for drawn in combinations(pool(chosen), len(chosen.treated))]
    assert (at_least_as_far(chosen.estimate, every), len(every)) == (far, ways)
    state = game("more", "hundred", "other", "more", *["hundred"] * 5)
    assert state.comparison is chosen
    assert at_least_as_far(chosen.estimate, state.placebos) / MOST == pytest.approx(
        far / ways, abs=0.02
    )
    assert set(map(frozenset, state.drawn)) <= {
        frozenset(drawn) for drawn in combinations(pool(chosen), len(chosen.treated))
    }


def test_the_two_hills_are_georgia_drawn_and_georgia_not_drawn():
    chosen = design(*COMPARISONS[0])
    left, right = [], []
    for drawn in combinations(pool(chosen), len(chosen.treated)):
        (right if "GEO" in drawn else left).append(placebo(chosen, drawn))
    assert max(left) < 0.03 and min(right) > 0.25
    both = [*left, *right]
    assert at_least_as_far(chosen.estimate, both) / len(both) == pytest.approx(0.52, abs=0.005)


def test_each_shuffle_adds_to_the_draws_before_it():
    ten = game("chance", "ten")
    assert ten.drawn[:1] == game("chance", "once").drawn
    assert game("chance", "once", "ten").drawn[:10] == ten.drawn
    assert game("chance", "ten", seed=1).drawn != ten.drawn


def test_a_guess_comes_first_and_is_told_of_after_a_hundred():
    assert Shuffle().open() == ("chance", "more")
    state = game("more", "ten")
    assert state.open() == ("once", "ten", "hundred")
    state = state.after({"press": "hundred"})
    assert state.open()[-1] == "other"
    assert "too large for chance" in state.shown()["readout"][0]["detail"]


def test_the_first_comparison_is_kept_while_the_other_is_played():
    first = game("chance", "hundred")
    other = first.after({"press": "other"})
    assert other.open() == ("chance", "more")
    again = other.played([{"press": press} for press in ("chance", "hundred", "other")])
    assert again.drawn == first.drawn


def test_no_more_dots_than_can_be_seen():
    state = game("chance", *["hundred"] * 9)
    assert state.turn.draws == MOST
    assert state.open() == ("other",)


def test_dots_stand_on_one_another():
    assert stacked([0.2, 0.21, -0.2, 0.2], 0.1) == [(0.2, 1), (0.2, 2), (-0.2, 1), (0.2, 3)]
