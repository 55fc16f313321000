"""Updating, thresholds of trust and gestures that reassure."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coursekit.errors import CourseError
from coursekit.models.games import minimum_trust
from coursekit.models.trust import (
    can_reassure,
    enlargement_tolerance,
    largest_signal,
    posterior,
    smallest_signal,
    trust_threshold,
)

INNER = st.floats(0.01, 0.99)
STEP = st.floats(0.01, 5)
TRUSTWORTHY = {"T_t": 2, "R": 3, "P": 1, "S": 0}
UNTRUSTWORTHY = {"T": 4, "R": 3, "P": 1, "S": 0}
BOTH = UNTRUSTWORTHY | TRUSTWORTHY


def odds(p):
    return p / (1 - p)


@st.composite
def players(draw):
    """Payoffs of a trustworthy and an untrustworthy player, with the same R, P and S."""
    S = draw(st.floats(-5, 5))
    P = S + draw(STEP)
    R = P + draw(STEP)
    return {"T": R + draw(STEP), "T_t": R - draw(STEP), "R": R, "P": P, "S": S}


def of_one(both, who):
    return {name: value for name, value in both.items() if name != {"T": "T_t", "T_t": "T"}[who]}


def test_an_act_that_the_untrustworthy_like_better_costs_trust():
    assert f"{posterior(0.6, 0.5, 0.9):.6f}" == "0.454545"
    assert posterior(0.6, 0.5, 0.9) == pytest.approx(5 / 11)


@given(INNER, INNER)
def test_an_act_that_both_types_would_do_teaches_nothing(t, e):
    assert posterior(t, e, e) == pytest.approx(t)


@given(INNER, INNER)
def test_limits_of_updating(t, e):
    assert posterior(t, 0, e) == 0
    assert posterior(t, e, 0) == 1
    assert posterior(1, e, 0.5) == 1
    assert posterior(0, e, 0.5) == 0


@given(INNER, INNER, INNER)
def test_odds_are_multiplied_by_the_likelihood_ratio(t, e_t, e_u):
    after = posterior(t, e_t, e_u)
    assert odds(after) == pytest.approx(odds(t) * e_t / e_u)
    assert (after > t) == (e_t > e_u) or after == pytest.approx(t)


@given(INNER, INNER, INNER, INNER, INNER)
def test_the_order_of_two_acts_does_not_matter(t, a, b, c, d):
    assert posterior(posterior(t, a, b), c, d) == pytest.approx(posterior(posterior(t, c, d), a, b))


@pytest.mark.parametrize("case", [(0.5, 0, 0), (1, 0, 0.5), (0, 0.5, 0)])
def test_nothing_is_learned_from_an_act_that_nobody_would_do(case):
    with pytest.raises(CourseError, match="nobody would do"):
        posterior(*case)


@pytest.mark.parametrize("case", [(1.1, 0.5, 0.5), (0.5, -0.1, 0.5), (0.5, 0.5, 2)])
def test_likelihoods_are_probabilities(case):
    with pytest.raises(CourseError, match="because it is a probability"):
        posterior(*case)


def test_the_threshold_of_the_standard_payoffs():
    assert trust_threshold(**TRUSTWORTHY) == 0.5


@given(players())
def test_the_threshold_is_the_least_trust_of_the_assurance_game(both):
    own = of_one(both, "T_t")
    expected = minimum_trust(own["T_t"], own["R"], own["P"], own["S"])
    assert trust_threshold(**own) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("change", "order"), [({"T_t": 3}, "R > T_t"), ({"T_t": 4}, "R > T_t"), ({"S": 1}, "P > S")]
)
def test_a_trustworthy_player_has_assurance_payoffs(change, order):
    with pytest.raises(CourseError, match=order):
        trust_threshold(**TRUSTWORTHY | change)
    with pytest.raises(CourseError, match=">"):
        largest_signal(0.3, **TRUSTWORTHY | change)


@pytest.mark.parametrize("change", [{"T": 3}, {"P": 3}, {"S": 1}])
def test_an_untrustworthy_player_has_the_payoffs_of_a_prisoners_dilemma(change):
    with pytest.raises(CourseError, match="T > R > P > S"):
        smallest_signal(0.3, **UNTRUSTWORTHY | change)


@pytest.mark.parametrize(
    ("t", "smallest", "largest"),
    [
        (0.2, "0.375000", "0.400000"),
        (0.3, "0.473684", "0.600000"),
        (0.4, "0.545455", "0.800000"),
        (0.5, "0.600000", "1.000000"),
        (1 / 6, "0.333333", "0.333333"),
        (0.15, "0.310345", "0.300000"),
    ],
)
def test_sizes_of_a_gesture(t, smallest, largest):
    assert f"{smallest_signal(t, **UNTRUSTWORTHY):.6f}" == smallest
    assert f"{largest_signal(t, **TRUSTWORTHY):.6f}" == largest
    assert can_reassure(t, **BOTH) == (t >= 1 / 6)


@given(INNER)
def test_closed_forms_of_the_standard_payoffs(t):
    assert smallest_signal(t, **UNTRUSTWORTHY) == pytest.approx(3 * t / (3 * t + 1))
    assert largest_signal(t, **TRUSTWORTHY) == pytest.approx(min(1, 2 * t))


@given(st.floats(0, 1))
def test_reassurance_needs_a_sixth_of_trust(t):
    assume(abs(t - 1 / 6) > 1e-6)
    assert can_reassure(t, **BOTH) == (t > 1 / 6)


def test_without_any_trust_there_is_no_gesture():
    assert not can_reassure(0, **BOTH)


@given(INNER, players())
def test_the_smallest_gesture_leaves_the_untrustworthy_indifferent(t, both):
    T, R, P, S = (both[name] for name in "TRPS")
    s = smallest_signal(t, **of_one(both, "T"))
    assert 0 < s < 1
    openly = s * (t * T + (1 - t) * P) + (1 - s) * P
    disguised = s * (t * R + (1 - t) * S) + (1 - s) * (t * T + (1 - t) * P)
    assert openly == pytest.approx(disguised, abs=1e-9)


@given(INNER, players())
def test_the_largest_gesture_leaves_the_trustworthy_indifferent_below_the_threshold(t, both):
    T_t, R, P, S = (both[name] for name in ("T_t", "R", "P", "S"))
    own = of_one(both, "T_t")
    s = largest_signal(t, **own)
    if t >= trust_threshold(**own):
        assert s == pytest.approx(1)
    else:
        dares = s * (t * R + (1 - t) * S) + (1 - s) * (t * R + (1 - t) * P)
        refuses = s * (t * T_t + (1 - t) * P) + (1 - s) * P
        assert dares == pytest.approx(refuses, abs=1e-9)


@given(INNER, INNER, players())
def test_more_trust_needs_and_allows_larger_gestures(one, other, both):
    low, high = sorted((one, other))
    assume(high - low > 1e-6)
    assert smallest_signal(low, **of_one(both, "T")) < smallest_signal(high, **of_one(both, "T"))
    own = of_one(both, "T_t")
    assert largest_signal(low, **own) <= largest_signal(high, **own)


@given(st.floats(0, 1), players())
def test_who_trusts_enough_can_always_reassure(share, both):
    threshold = trust_threshold(**of_one(both, "T_t"))
    assert can_reassure(threshold + share * (1 - threshold), **both)


def test_the_least_ratio_that_keeps_cooperation():
    assert f"{enlargement_tolerance(0.7, 0.5):.6f}" == "0.428571"
    assert enlargement_tolerance(0.7, 0.5) == pytest.approx(3 / 7)


@given(INNER, INNER, INNER, INNER)
def test_cooperation_survives_iff_trust_stays_above_the_threshold(t, t_star, e_t, e_u):
    after = posterior(t, e_t, e_u)
    assume(abs(after - t_star) > 1e-9)
    assert (after > t_star) == (e_t / e_u > enlargement_tolerance(t, t_star))


@given(INNER, INNER, INNER)
def test_more_trust_tolerates_more(one, other, t_star):
    low, high = sorted((one, other))
    assume(high - low > 1e-6)
    assert enlargement_tolerance(low, t_star) > enlargement_tolerance(high, t_star)


@pytest.mark.parametrize("case", [(0, 0.5), (1, 0.5), (0.5, 0), (0.5, 1)])
def test_tolerance_needs_doubt_on_both_counts(case):
    with pytest.raises(CourseError, match="greater than 0 and less than 1"):
        enlargement_tolerance(*case)


def test_whether_reassurance_works_is_asked_for_one_case():
    with pytest.raises(CourseError, match="must be one number, because"):
        can_reassure([0.1, 0.2], **BOTH)


def test_arrays_give_what_their_elements_give():
    t = np.linspace(0.05, 0.95, 7)
    for function, fixed in [
        (lambda v: posterior(v, 0.5, 0.9), posterior(t, 0.5, 0.9)),
        (lambda v: smallest_signal(v, **UNTRUSTWORTHY), smallest_signal(t, **UNTRUSTWORTHY)),
        (lambda v: largest_signal(v, **TRUSTWORTHY), largest_signal(t, **TRUSTWORTHY)),
        (lambda v: enlargement_tolerance(v, 0.5), enlargement_tolerance(t, 0.5)),
    ]:
        assert fixed.tolist() == pytest.approx([function(float(value)) for value in t])
        assert type(function(0.5)) is float
