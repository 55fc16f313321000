"""Types of games, equilibria, trust and Jervis's four worlds; and the checks of all models."""

import math

import nashpy
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from coursekit import ranges as checks
from coursekit.errors import CourseError
from coursekit.models.games import (
    Payoffs,
    classify,
    critical_distinguishability,
    effective_payoffs,
    is_risk_dominant,
    minimum_trust,
    pure_equilibria,
    world,
)

PAYOFFS = st.floats(-10, 10, allow_subnormal=False)
UNIT = st.floats(0, 1, allow_subnormal=False)
STEP = st.floats(1e-3, 10)
RANKS = st.permutations([0.0, 1.0, 2.0, 3.0])
TEXTBOOK = [
    ((5, 3, 1, 0), "prisoner's dilemma"),
    ((2, 3, 1, 0), "stag hunt"),
    ((4, 3, 1, 2), "chicken"),
    ((4, 2, 3, 1), "deadlock"),
    ((2, 3, 0, 1), "harmony"),
]
EQUILIBRIA = {
    "prisoner's dilemma": {(1, 1)},
    "stag hunt": {(0, 0), (1, 1)},
    "chicken": {(0, 1), (1, 0)},
    "deadlock": {(1, 1)},
    "harmony": {(0, 0)},
}


def bimatrix(T, R, P, S):
    row = np.array([[R, S], [T, P]])
    return np.array([row, row.T])


def trust_in_the_plane(offence, distinguishability):
    return minimum_trust(*effective_payoffs(offence, distinguishability))


@pytest.mark.parametrize(("payoffs", "name"), TEXTBOOK)
def test_the_textbook_games(payoffs, name):
    assert classify(*payoffs) == name
    assert pure_equilibria(bimatrix(*payoffs)) == EQUILIBRIA[name]


@pytest.mark.parametrize(
    "payoffs", [(1, 3, 1, 0), (1, 3, 2, 0)], ids=["T equals P", "P is greater than T"]
)
def test_a_stag_hunt_may_reward_defecting_alone_less_than_together(payoffs):
    assert classify(*payoffs) == "stag hunt"


@pytest.mark.parametrize("payoffs", [(3, 3, 1, 0), (5, 3, 1, 1), (0, 0, 0, 0), (0, 3, 2, 1)])
def test_ties_and_unlisted_rankings_have_no_name(payoffs):
    assert classify(*payoffs) == "other"


@given(RANKS)
def test_the_name_says_which_equilibria_there_are(payoffs):
    name = classify(*payoffs)
    if name != "other":
        assert pure_equilibria(bimatrix(*payoffs)) == EQUILIBRIA[name]


@given(RANKS, st.floats(0.1, 10), st.floats(-10, 10))
def test_the_name_does_not_depend_on_unit_or_zero(payoffs, unit, zero):
    assert classify(*[unit * value + zero for value in payoffs]) == classify(*payoffs)


@given(
    npst.arrays(int, st.tuples(st.just(2), *[st.integers(1, 5)] * 2), elements=st.integers(-3, 3))
)
def test_nashpy_finds_the_same_equilibria(table):
    game = nashpy.Game(*table)
    _, m, n = table.shape
    rows, columns = np.eye(m), np.eye(n)
    expected = {
        (i, j)
        for i in range(m)
        for j in range(n)
        if all(game.is_best_response(rows[i], columns[j]))
    }
    assert pure_equilibria(table) == expected


@given(st.integers(2, 4), st.integers(2, 4), st.randoms(use_true_random=False))
def test_nashpy_enumerates_the_same_pure_equilibria_without_ties(m, n, random):
    numbers = list(range(2 * m * n))
    random.shuffle(numbers)
    table = np.array(numbers).reshape(2, m, n)
    found = nashpy.Game(*table).vertex_enumeration()
    pure = {
        (int(row.argmax()), int(column.argmax()))
        for row, column in found
        if np.isclose(row.max(), 1) and np.isclose(column.max(), 1)
    }
    assert pure_equilibria(table) == pure


def test_no_pure_equilibrium_is_a_result():
    assert pure_equilibria([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]) == set()


@pytest.mark.parametrize(
    "payoffs",
    [[[1, 2], [3, 4]], [[[1, 2]], [[1], [2]]], np.zeros((3, 2, 2)), np.zeros((2, 0, 2)), "game"],
)
def test_payoffs_must_be_two_tables_of_one_shape(payoffs):
    with pytest.raises(CourseError, match="payoffs must be"):
        pure_equilibria(payoffs)


def test_minimum_trust_of_the_stag_hunt():
    assert minimum_trust(T=2, R=3, P=1, S=0) == 0.5


@given(PAYOFFS, STEP, PAYOFFS, STEP)
def test_minimum_trust_is_where_the_two_choices_are_equally_good(T, gain, S, loss):
    R, P = T + gain, S + loss
    p = minimum_trust(T, R, P, S)
    assert 0 < p < 1
    assert p * R + (1 - p) * S == pytest.approx(p * T + (1 - p) * P, abs=1e-9)


@given(PAYOFFS, st.just(0.0) | STEP, PAYOFFS, STEP)
def test_no_belief_supports_cooperation_where_defection_dominates(R, gain, S, loss):
    T, P = R + gain, S + loss
    assert minimum_trust(T, R, P, S) >= 1


@pytest.mark.parametrize("payoffs", [(4, 3, 1, 2), (2, 3, 0, 1), (3, 3, 1, 1), (4, 3, 1, 1)])
def test_trust_is_not_what_some_games_are_about(payoffs):
    assert minimum_trust(*payoffs) is None


@given(PAYOFFS, STEP, PAYOFFS, STEP)
def test_cooperation_is_risk_dominant_iff_a_coin_toss_of_trust_is_enough(T, gain, S, loss):
    assume(abs(gain - loss) > 1e-6)
    R, P = T + gain, S + loss
    assert is_risk_dominant(T, R, P, S) == (minimum_trust(T, R, P, S) < 0.5)


def test_mutual_cooperation_must_be_an_equilibrium_to_be_risk_dominant():
    assert classify(3.1, 3, 0, 2) == "chicken"
    assert not is_risk_dominant(3.1, 3, 0, 2)


@pytest.mark.parametrize(
    ("offence", "distinguishability", "expected"),
    [(0, 0, 0.25), (1 / 6, 0, 0.5), (0.5, 0, 1), (0.5, 0.5, 0.5), (1, 0, 1.75),
     (0.9, 0.1, 1.44), (0.1, 0.1, 0.36), (0.9, 0.9, 0.16), (0.1, 0.9, 0.04)],
)  # fmt: skip
def test_least_trust_in_the_plane(offence, distinguishability, expected):
    assert trust_in_the_plane(offence, distinguishability) == pytest.approx(expected, abs=1e-12)


def test_temptation_equals_reward_halfway_up_the_offence_scale():
    payoffs = effective_payoffs(0.5, 0)
    assert payoffs.T == payoffs.R


@given(UNIT)
def test_where_postures_are_plain_any_trust_is_enough(offence):
    assert trust_in_the_plane(offence, 1) == 0


@given(UNIT, st.floats(0, 0.999))
def test_the_closed_form_of_least_trust(o, d):
    assert trust_in_the_plane(o, d) == pytest.approx((1 - d) * (0.25 + 1.5 * o), abs=1e-9)


@given(UNIT, UNIT, st.floats(0, 0.99))
def test_least_trust_rises_with_offence(one, other, distinguishability):
    low, high = sorted((one, other))
    assume(high - low > 1e-6)
    assert trust_in_the_plane(low, distinguishability) < trust_in_the_plane(
        high, distinguishability
    )


@given(UNIT, UNIT, UNIT)
def test_least_trust_falls_with_distinguishability(one, other, offence):
    low, high = sorted((one, other))
    assume(high - low > 1e-6)
    assert trust_in_the_plane(offence, low) > trust_in_the_plane(offence, high)


def test_critical_distinguishability():
    assert critical_distinguishability(1) == pytest.approx(3 / 7)
    assert f"{critical_distinguishability(1):.6f}" == "0.428571"
    assert critical_distinguishability(0) == 0


@given(UNIT, UNIT)
def test_the_prisoners_dilemma_lies_below_critical_distinguishability(o, d):
    critical = critical_distinguishability(o)
    assume(abs(d - critical) > 1e-9)
    dilemma = classify(*effective_payoffs(o, d)) == "prisoner's dilemma"
    assert dilemma == (d < critical)
    assert dilemma == (trust_in_the_plane(o, d) > 1)


@pytest.mark.parametrize(
    ("offence", "distinguishability", "name"),
    [
        (0.9, 0.1, "doubly dangerous"),
        (0.1, 0.1, "security dilemma, but requirements may be compatible"),
        (0.9, 0.9, "no security dilemma, but aggression possible"),
        (0.1, 0.9, "doubly safe"),
    ],
)
def test_the_four_worlds(offence, distinguishability, name):
    assert world(offence, distinguishability) == name


def test_the_plane_in_one_call():
    grid = np.linspace(0, 1, 5)
    payoffs = effective_payoffs(grid, 0.5)
    assert isinstance(payoffs, Payoffs)
    for i, offence in enumerate(grid):
        assert tuple(value[i] for value in payoffs) == effective_payoffs(offence, 0.5)
    assert critical_distinguishability(grid).shape == grid.shape


@pytest.mark.parametrize(("offence", "distinguishability"), [(-0.1, 0), (1.1, 0), (0, 1.1)])
def test_the_plane_ends_at_its_borders(offence, distinguishability):
    with pytest.raises(CourseError, match="must lie between 0 and 1, because"):
        effective_payoffs(offence, distinguishability)
    with pytest.raises(CourseError, match="must lie between 0 and 1, because"):
        world(offence, distinguishability)


@pytest.mark.parametrize("function", [classify, minimum_trust, is_risk_dominant])
@pytest.mark.parametrize("bad", [math.nan, math.inf, "3", True, None, [1, 2]])
def test_each_payoff_is_one_finite_number(function, bad):
    with pytest.raises(CourseError, match="R must be"):
        function(5, bad, 1, 0)


def test_a_world_is_one_point_of_the_plane():
    with pytest.raises(CourseError, match="must be one number"):
        world(np.array([0.1, 0.9]), 0.5)


class TestChecks:
    @pytest.mark.parametrize(
        ("check", "bad"),
        [
            (lambda v: checks.probability(v, "x"), [-0.01, 1.01]),
            (lambda v: checks.open_probability(v, "x"), [0, 1]),
            (lambda v: checks.positive(v, "x"), [0, -1]),
            (lambda v: checks.non_negative(v, "x"), [-1e-9]),
            (lambda v: checks.between(v, "x", 2, 3), [1.9, 3.1]),
        ],
    )
    def test_says_which_value_what_range_and_why(self, check, bad):
        for value in bad:
            with pytest.raises(CourseError, match=rf"^x must .*because .*You gave {value:g}\.$"):
                check(value)
            with pytest.raises(CourseError, match=rf"You gave {value:g}\."):
                check(np.array([[2.5, value], [value, 0.5]])[:, 1])
        for value in (math.nan, math.inf, "0.5", None, True, [0.5, None], [[1], [1, 2]]):
            with pytest.raises(CourseError, match=r"^x must be a"):
                check(value)

    def test_returns_plain_floats_and_arrays_of_floats(self):
        assert type(checks.probability(1, "x")) is float
        assert type(checks.probability(np.float64(0.5), "x")) is float
        assert checks.positive([1, 2], "x").dtype == np.float64

    def test_an_ordering_returns_the_values_as_given(self):
        assert checks.ordering({"S": 0, "P": 1}, "P > S") == (0, 1)
        assert checks.ordering({"a": 1, "b": 1, "c": 2}, "a <= b<c") == (1, 1, 2)

    @pytest.mark.parametrize("order", ["a > b", "a >= c", "b < a", "c <= a", "b > a > c"])
    def test_an_ordering_names_what_was_given(self, order):
        with pytest.raises(CourseError, match=rf"{order}, because .*a = 1, b = 1, c = \[2\. 3\.\]"):
            checks.ordering({"a": 1, "b": 1, "c": [2, 3]}, order)
