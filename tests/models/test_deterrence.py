"""Deterrence, waiting, credibility, commitment and the risk of each status."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coursekit.errors import CourseError
from coursekit.models.deterrence import (
    STATUSES,
    THEORIES,
    accession_threshold,
    alliance_loss,
    bayes_factor,
    best_commitment,
    challenge_probability,
    credibility,
    expected_gain,
    intervention_threshold,
    prize_of_ending_a_turn,
    status_comparison,
    status_risk,
    value_of_waiting,
)

UNIT = st.floats(0, 1)
INNER = st.floats(0.01, 0.99)
VALUES = st.floats(-20, 20)
STAKES = {"V": 10, "w0": 0.8, "c0": 2, "w1": 0.1, "c1": 6}
COLUMNS = ("rho", "pi", "b", "E", "W", "probability")
# As printed: rho, pi, b, E, W, and the probabilities by the preventive and opportunist theories.
TABLE = {
    "member": (0.90, 0, 0, -3.9, 0, "0.0198", "0.0198"),
    "promised": (0.20, 0.10, 0.35, 3.8, 2.4138, "0.8000", "0.9781"),
    "partner": (0.10, 0.01, 0.35, 4.9, 5.8824, "0.2724", "0.9926"),
    "neutral": (0.10, 0, 0.35, 4.9, 7.0000, "0.1091", "0.9926"),
}


def apart(one, other, gap=1e-3):
    low, high = sorted((one, other))
    assume(high - low > gap)
    return low, high


@pytest.mark.parametrize(
    ("rho", "expected"), [(0, 6), (1, -5), (0.9, -3.9), (0.2, 3.8), (0.1, 4.9)]
)
def test_expected_gain(rho, expected):
    assert expected_gain(rho, **STAKES) == pytest.approx(expected)


def test_the_threshold_of_intervention():
    assert intervention_threshold(**STAKES) == pytest.approx(6 / 11)
    assert f"{intervention_threshold(**STAKES):.6f}" == "0.545455"


def test_the_promised_state_is_safe_with_a_third_of_commitment():
    waiting = value_of_waiting(0.35, 0.95, 0.10)
    assert f"{intervention_threshold(**STAKES, W=waiting):.4f}" == "0.3260"


@given(UNIT, st.floats(1, 20), UNIT, UNIT, st.floats(0, 5), st.floats(0, 5), st.floats(0, 5))
def test_a_challenge_pays_below_the_threshold_only(rho, V, one, other, cost, more, W):
    w1, w0 = apart(one, other)
    stakes = {"V": V, "w0": w0, "c0": cost, "w1": w1, "c1": cost + more + 0.01}
    threshold = intervention_threshold(**stakes, W=W)
    gain = expected_gain(rho, **stakes)
    assume(abs(gain - W) > 1e-9)
    if threshold is None:
        ends = [expected_gain(end, **stakes) > W for end in (0, 1)]
        assert ends == [gain > W] * 2 or W in [expected_gain(end, **stakes) for end in (0, 1)]
    else:
        assert (gain > W) == (rho < threshold)


@pytest.mark.parametrize("change", [{"c0": 9, "c1": 10}, {"c0": 0.1, "c1": 0.2}])
def test_where_intervention_decides_nothing_there_is_no_threshold(change):
    assert intervention_threshold(**STAKES | change) is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"V": 0}, "V must be greater than 0"),
        ({"w0": 1.2}, "w0 must lie between 0 and 1"),
        ({"w1": 0.8}, "w0 > w1"),
        ({"c1": 2}, "c0 < c1"),
        ({"c0": -1}, "c0 must be 0 or greater"),
    ],
)
def test_intervention_must_make_an_attack_harder_and_dearer(change, message):
    with pytest.raises(CourseError, match=message):
        expected_gain(0.5, **STAKES | change)
    with pytest.raises(CourseError, match=message):
        intervention_threshold(**STAKES | change)


def test_an_intervention_has_a_probability():
    with pytest.raises(CourseError, match="rho must lie between 0 and 1"):
        expected_gain(1.5, **STAKES)


@pytest.mark.parametrize(
    ("pi", "expected"),
    [(0, "10.000000"), (0.02, "7.246377"), (0.05, "5.128205"), (0.1, "3.448276")],
)
def test_value_of_waiting(pi, expected):
    assert f"{value_of_waiting(0.5, 0.95, pi):.6f}" == expected


@given(st.floats(0.01, 5), st.floats(0.01, 0.9), UNIT)
def test_waiting_is_the_sum_of_discounted_peace(b, delta, pi):
    periods = np.arange(2000)
    assert value_of_waiting(b, delta, pi) == pytest.approx(
        (b * (delta * (1 - pi)) ** periods).sum()
    )


@pytest.mark.parametrize(("E", "b", "expected"), [(6, 0.5, "0.035088"), (3.8, 0.35, "0.044321")])
def test_the_threshold_of_accession(E, b, expected):
    assert f"{accession_threshold(E, b, 0.95):.6f}" == expected


@given(st.floats(-10, 10), st.floats(0, 5), INNER, UNIT)
def test_a_challenger_attacks_above_the_threshold_of_accession_only(E, b, delta, pi):
    waiting = value_of_waiting(b, delta, pi)
    assume(abs(E - waiting) > 1e-9)
    threshold = accession_threshold(E, b, delta)
    assert (waiting < E) == (threshold is not None and pi > threshold)


def test_some_challengers_never_attack_and_some_always_do():
    assert accession_threshold(6, 6, 0.95) is None
    assert accession_threshold(-1, 0.5, 0.95) is None
    assert accession_threshold(6, 0.1, 0.95) < 0


def test_thresholds_that_may_not_exist_are_asked_for_one_case():
    with pytest.raises(CourseError, match="must be one number, because"):
        accession_threshold([5, 6], 0.5, 0.95)
    with pytest.raises(CourseError, match="must be one number, because"):
        intervention_threshold(**STAKES | {"V": [10, 11]})


@pytest.mark.parametrize("delta", [0, 1, -0.1, 1.1])
def test_a_discount_factor_lies_between_0_and_1(delta):
    with pytest.raises(CourseError, match="delta must be greater than 0 and less than 1, because"):
        value_of_waiting(0.5, delta, 0.1)
    with pytest.raises(CourseError, match="delta must be greater than 0 and less than 1, because"):
        accession_threshold(6, 0.5, delta)


@given(VALUES, VALUES)
def test_the_probabilities_of_challenge_and_peace_sum_to_one(E, W):
    assert challenge_probability(E, W) + challenge_probability(W, E) == pytest.approx(1)


@given(VALUES, VALUES)
def test_a_sharp_challenger_makes_no_mistakes(E, W):
    assume(abs(E - W) > 1e-3)
    assert challenge_probability(E, W, 1e6) == pytest.approx(float(E > W))
    assert challenge_probability(E, E, 1e6) == 0.5
    assert challenge_probability(1e4, -1e4, 1e6) == 1


@pytest.mark.parametrize("sharpness", [0, -1])
def test_sharpness_is_positive(sharpness):
    with pytest.raises(CourseError, match="sharpness must be greater than 0"):
        challenge_probability(1, 1, sharpness)


def risk(rho, pi, b):
    return challenge_probability(expected_gain(rho, **STAKES), value_of_waiting(b, 0.95, pi))


@given(UNIT, UNIT, UNIT, st.floats(0, 2))
def test_risk_falls_with_intervention(one, other, pi, b):
    low, high = apart(one, other)
    assert risk(low, pi, b) > risk(high, pi, b)


@given(UNIT, UNIT, UNIT, st.floats(0.1, 2))
def test_risk_rises_with_accession(one, other, rho, b):
    low, high = apart(one, other)
    assert risk(rho, low, b) < risk(rho, high, b)


@given(st.floats(0, 2), st.floats(0, 2), UNIT, UNIT)
def test_risk_falls_with_the_worth_of_peace(one, other, rho, pi):
    low, high = apart(one, other)
    assert risk(rho, pi, low) > risk(rho, pi, high)


@pytest.mark.parametrize(("A", "expected"), [(0, 0.2), (0.5, 0.7), (0.8, 1), (2, 1)])
def test_audience_costs_tie_hands(A, expected):
    assert credibility(0.8, A) == pytest.approx(expected)


@given(st.floats(0, 3), st.floats(0, 3), st.floats(0, 3))
def test_audience_costs_never_hurt_credibility(c, one, other):
    low, high = sorted((one, other))
    assert 0 <= credibility(c, low) <= credibility(c, high) <= 1


@pytest.mark.parametrize("case", [(-0.1, 0), (0.5, -0.1)])
def test_costs_are_not_negative(case):
    with pytest.raises(CourseError, match="must be 0 or greater"):
        credibility(*case)


def test_the_best_commitment():
    assert best_commitment(q=0.2, D_A=10, D_E=4, mu=0.25) == pytest.approx(0.6)


@given(INNER, st.floats(0, 20), st.floats(0.1, 20), INNER)
def test_no_commitment_loses_less_than_the_best(q, D_A, D_E, share):
    mu = share * (1 - q)
    best = best_commitment(q, D_A, D_E, mu)
    grid = np.linspace(0, 1, 201)
    assert alliance_loss(best, q, D_A, D_E, mu) <= alliance_loss(grid, q, D_A, D_E, mu).min() + 1e-9


@given(INNER, st.floats(0.1, 20), UNIT, INNER)
def test_who_fears_entrapment_more_does_not_commit(q, D_E, less, share):
    assert best_commitment(q, less * D_E, D_E, share * (1 - q)) == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"q": 0.9}, r"q \+ mu must lie between 0 and 1, because it is the probability"),
        ({"mu": 0}, "mu must be greater than 0"),
        ({"D_E": 0}, "D_E must be greater than 0"),
        ({"D_A": -1}, "D_A must be 0 or greater"),
    ],
)
def test_the_alliance_dilemma_has_limits(change, message):
    case = {"q": 0.2, "D_A": 10, "D_E": 4, "mu": 0.25} | change
    with pytest.raises(CourseError, match=message):
        best_commitment(**case)


@pytest.mark.parametrize(("theory", "column"), [("preventive", 5), ("opportunist", 6)])
def test_the_table_of_statuses(theory, column):
    rows = status_comparison(theory)
    assert [row.status for row in rows] == list(STATUSES) == list(TABLE)
    for row in rows:
        rho, pi, b, E, W, *_ = TABLE[row.status]
        if theory == "opportunist":
            b = W = 0
        assert (row.rho, row.pi, row.b) == (rho, pi, b)
        assert pytest.approx(E) == row.E
        assert f"{row.W:.4f}" == f"{W:.4f}"
        assert f"{row.probability:.4f}" == TABLE[row.status][column]


def test_the_theories_disagree_about_neutrals():
    preventive, opportunist = (
        {row.status: row.probability for row in status_comparison(theory)}
        for theory in ("preventive", "opportunist")
    )
    assert max(preventive, key=preventive.get) == "promised"
    assert opportunist["promised"] < opportunist["neutral"]
    gap = {status: opportunist[status] - preventive[status] for status in STATUSES}
    assert max(gap, key=gap.get) == "neutral"


def test_there_are_three_theories():
    assert THEORIES == ("preventive", "opportunist", "regime")
    with pytest.raises(CourseError, match="Did you mean 'preventive'"):
        status_comparison("prevention")


def chances(theory, **changes):
    return {row.status: row.probability for row in status_comparison(theory, **changes)}


def test_by_the_regime_theory_risk_follows_the_turn_and_not_the_status():
    assert chances("regime", turns=dict.fromkeys(STATUSES, 1)) == chances("opportunist")
    same = chances("regime")
    assert same["partner"] == same["neutral"]
    turned = chances("regime", turns={"neutral": 0.9, "promised": 0.1})
    assert turned["neutral"] > same["neutral"] > turned["promised"]


@given(st.floats(0.01, 1), st.floats(0.01, 1), UNIT, UNIT, st.floats(0, 2), st.floats(0.5, 20))
def test_a_turn_raises_the_risk_and_accession_and_peace_leave_it(one, other, rho, pi, b, V):
    low, high = sorted((one, other))
    near, far = (
        status_risk(
            "own", STATUSES["neutral"]._replace(rho=rho, pi=pi, b=b, V=V, turn=turn), "regime"
        )
        for turn in (low, high)
    )
    assert near.probability <= far.probability
    alone = status_risk("own", STATUSES["neutral"]._replace(rho=rho, V=V, turn=low), "regime")
    assert (near.E, near.W, near.probability) == (alone.E, 0, alone.probability)


@pytest.mark.parametrize("theory", ["preventive", "opportunist"])
def test_the_other_theories_do_not_ask_about_the_turn(theory):
    assert chances(theory, turns={"neutral": 1}) == chances(theory)


@pytest.mark.parametrize("theory", THEORIES)
@pytest.mark.parametrize("status", STATUSES)
def test_a_prize_changes_the_risk_of_its_own_status_alone(theory, status):
    before, after = chances(theory), chances(theory, prizes={status: 20})
    assert after[status] > before[status]
    del before[status], after[status]
    assert after == before


def test_neutral_states_left_alone_prove_prevention_only_if_all_are_worth_the_same():
    def left_alone(prizes):
        first, second = (chances(theory, prizes=prizes) for theory in THEORIES[:2])
        return bayes_factor(first["neutral"], second["neutral"], False)

    assert f"{left_alone(None):.2f}" == "120.53"
    assert f"{left_alone({'neutral': 3}):.2f}" == "1.81"


def test_all_states_are_worth_the_same_and_have_turned_alike_unless_it_is_said():
    assert {(status.V, status.turn) for status in STATUSES.values()} == {(10, 0.5)}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"prizes": {"neutrals": 3}}, "Did you mean 'neutral'"),
        ({"turns": {"neutrals": 1}}, "Did you mean 'neutral'"),
        ({"prizes": {"neutral": 0}}, "V must be greater than 0"),
        ({"turns": {"neutral": 0}}, "turn must be greater than 0"),
        ({"turns": {"neutral": 1.5}}, "turn must lie between 0 and 1"),
    ],
)
def test_changes_have_limits(changes, message):
    with pytest.raises(CourseError, match=message):
        status_comparison("regime", **changes)


def test_the_prize_of_ending_a_turn():
    assert prize_of_ending_a_turn(10, 1) == 10
    assert prize_of_ending_a_turn([10, 4], 0.5).tolist() == [5, 2]


@given(INNER, INNER)
def test_evidence_for_one_theory_is_evidence_against_the_other(first, second):
    for outcome in (True, False):
        factor = bayes_factor(first, second, outcome)
        assert factor * bayes_factor(second, first, outcome) == pytest.approx(1)
        assert bayes_factor(first, first, outcome) == 1
    came, quiet = bayes_factor(first, second, True), bayes_factor(first, second, False)
    assert min(came, quiet) <= 1 <= max(came, quiet)


def test_one_attack_on_a_promised_state_hardly_tells_the_theories_apart():
    preventive, opportunist = (
        np.array([row.probability for row in status_comparison(theory)])
        for theory in ("preventive", "opportunist")
    )
    factors = bayes_factor(preventive, opportunist, [False, True, False, False])
    assert 0.8 < factors[1] < 1
    assert factors[3] > 100


def test_impossible_evidence():
    assert bayes_factor(0, 0.5, True) == 0
    assert bayes_factor(0.5, 0, True) == math.inf
    with pytest.raises(CourseError, match="both rule out"):
        bayes_factor(1, 1, False)
    with pytest.raises(CourseError, match="True or False"):
        bayes_factor(0.5, 0.5, "yes")
