"""Richardson's arms race of two and of n nations, and the enlargement shock."""

import dataclasses
import math
import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from properties import few
from scipy.integrate import solve_ivp

from coursekit.errors import CourseError
from coursekit.models.arms_race import (
    SHOCKS,
    eigenvalues,
    enlargement_shock,
    fixed_point,
    is_stable,
    n_eigenvalues,
    n_fixed_point,
    n_is_stable,
    n_trajectory,
    spectral_radius,
    trajectory,
)

FATIGUE = st.floats(0.1, 4)
REACTION = st.floats(0, 3)
GRIEVANCE = st.floats(-2, 3)
ARMS = st.floats(0, 10)
RATES = st.tuples(FATIGUE, FATIGUE, REACTION, REACTION)
RACES = st.tuples(FATIGUE, FATIGUE, REACTION, REACTION, GRIEVANCE, GRIEVANCE)


def matrices(a, b, k, l):
    return [a, b], [[0, k], [l, 0]]


def alike(n, a=2.0, k=0.5):
    return np.full(n, a), k * (np.ones((n, n)) - np.eye(n))


@st.composite
def stable_races(draw):
    """A race with k l at most 0.9 a b."""
    a, b, k = draw(FATIGUE), draw(FATIGUE), draw(st.floats(0.01, 3))
    l = min(3, draw(st.floats(0, 0.9)) * a * b / k)
    return a, b, k, l, draw(GRIEVANCE), draw(GRIEVANCE)


@st.composite
def nations(draw):
    n = draw(st.integers(2, 5))
    size = {"min_size": n, "max_size": n}
    reaction = np.array(draw(st.lists(st.lists(REACTION, **size), **size)))
    np.fill_diagonal(reaction, 0)
    return np.array(draw(st.lists(FATIGUE, **size))), reaction


@pytest.mark.parametrize(
    ("race", "expected"),
    [
        ((2, 2, 1, 1, 1, 1), (1, 1)),
        ((2, 2, 1, 1, 2, 1), (5 / 3, 4 / 3)),
        ((2, 2, 1.5, 1, 1, 1), (1.4, 1.2)),
        ((1, 2, 1.5, 0.5, 0.5, 1), (2, 1)),
        ((1, 1, 2, 2, 1, 1), (-1, -1)),
        ((1, 1, 2, 2, -1, -1), (1, 1)),
    ],
)
def test_fixed_points(race, expected):
    assert fixed_point(*race) == pytest.approx(expected)
    assert n_fixed_point(*matrices(*race[:4]), race[4:]) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("rates", "expected", "stable"),
    [
        ((2, 2, 1, 1), (-1, -3), True),
        ((1, 2, 1.5, 0.5), (-0.5, -2.5), True),
        ((1, 1, 2, 2), (1, -3), False),
    ],
)
def test_eigenvalues_and_stability(rates, expected, stable):
    assert eigenvalues(*rates) == pytest.approx(expected)
    assert n_eigenvalues(*matrices(*rates)) == pytest.approx(expected)
    assert is_stable(*rates) is stable
    assert n_is_stable(*matrices(*rates)) is stable


@given(RACES)
def test_nothing_changes_at_the_fixed_point(race):
    a, b, k, l, g, h = race
    assume(abs(a * b - k * l) > 1e-3)
    x, y = fixed_point(*race)
    assert k * y - a * x + g == pytest.approx(0, abs=1e-8)
    assert l * x - b * y + h == pytest.approx(0, abs=1e-8)


@given(RATES)
def test_stable_iff_both_rates_are_negative_iff_the_spectral_radius_is_below_one(rates):
    a, b, k, l = rates
    assume(abs(a * b - k * l) > 1e-6)
    larger, smaller = eigenvalues(*rates)
    assert smaller < 0
    assert larger >= smaller
    assert is_stable(*rates) == (larger < 0) == n_is_stable(*matrices(*rates))
    assert spectral_radius(*matrices(*rates)) == pytest.approx(math.sqrt(k * l / (a * b)))


@given(stable_races())
def test_comparative_statics_of_a_stable_race(race):
    a, b, k, l, g, h = race
    det = a * b - k * l
    assume(det > 0.02)
    x, y = fixed_point(*race)
    more_x, more_y = fixed_point(a, b, k, l, g + 1, h)
    assert (more_x - x, more_y - y) == pytest.approx((b / det, l / det), abs=1e-8)
    step = 1e-7
    more_x, more_y = fixed_point(a, b, k + step, l, g, h)
    slopes = ((more_x - x) / step, (more_y - y) / step)
    assert slopes == pytest.approx((y * b / det, y * l / det), rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("balanced", [(2, 2, 2, 2), (0.3, 0.3, 0.1, 0.9), (0.1, 0.3, 0.1, 0.3)])
def test_a_balanced_race_has_no_fixed_point(balanced):
    assert not is_stable(*balanced)
    assert not n_is_stable(*matrices(*balanced))
    with pytest.raises(CourseError, match=r"no fixed point, because .*a b = k l"):
        fixed_point(*balanced, 1, 1)
    with pytest.raises(CourseError, match=r"no fixed point, because .*no inverse"):
        n_fixed_point(*matrices(*balanced), [1, 1])


@pytest.mark.parametrize("grievances", [(0, 0), (1, -1)])
def test_a_balanced_race_whose_grievances_cancel_may_rest_anywhere_on_a_line(grievances):
    with pytest.raises(CourseError, match="anywhere on a line"):
        fixed_point(2, 2, 2, 2, *grievances)
    with pytest.raises(CourseError, match="anywhere on a line"):
        n_fixed_point(*matrices(2, 2, 2, 2), grievances)
    resting = (3, 3 - grievances[0] / 2)
    still = trajectory(2, 2, 2, 2, *grievances, resting, [0, 9])
    assert still[1] == pytest.approx(still[0])


def test_trajectories_of_the_standard_race():
    race = (2, 2, 1, 1, 1, 1)
    assert f"{trajectory(*race, (0, 0), 1)[0, 0]:.6f}" == "0.632121"
    assert [f"{v:.6f}" for v in trajectory(*race, (2, 0), 1)[0]] == ["1.049787", "0.950213"]


def test_a_balanced_race_grows_with_the_clock():
    times = np.linspace(0, 50, 11)
    arms = trajectory(2, 2, 2, 2, 1, 1, (0, 0), times)
    assert arms == pytest.approx(np.column_stack([times, times]))


@given(RACES, ARMS, ARMS)
@few
def test_scipy_integrates_to_the_same_trajectory(race, x, y):
    a, b, k, l, g, h = race
    times = np.linspace(0, 3, 7)
    numeric = solve_ivp(
        lambda _, s: [k * s[1] - a * s[0] + g, l * s[0] - b * s[1] + h],
        (0, 3), [x, y], method="DOP853", t_eval=times, rtol=1e-10, atol=1e-10,
    )  # fmt: skip
    exact = trajectory(*race, (x, y), times)
    assert exact == pytest.approx(numeric.y.T, rel=1e-6, abs=1e-6)


@given(nations(), st.data())
@few
def test_scipy_integrates_n_nations_to_the_same_trajectory(case, data):
    fatigue, reaction = case
    n = len(fatigue)
    grievance = np.array(data.draw(st.lists(GRIEVANCE, min_size=n, max_size=n)))
    start = np.array(data.draw(st.lists(ARMS, min_size=n, max_size=n)))
    numeric = solve_ivp(
        lambda _, s: reaction @ s - fatigue * s + grievance,
        (0, 1), start, method="DOP853", t_eval=[0, 0.5, 1], rtol=1e-10, atol=1e-10,
    )  # fmt: skip
    exact = n_trajectory(fatigue, reaction, grievance, start, [0, 0.5, 1])
    assert exact == pytest.approx(numeric.y.T, rel=1e-6, abs=1e-6)


@given(st.floats(0.1, 4), st.floats(0, 3), GRIEVANCE, ARMS, ARMS, st.floats(0, 3))
def test_the_closed_form_of_a_symmetric_race(a, k, g, x, y, t):
    assume(abs(a - k) > 1e-2)
    rest = g / (a - k)
    common = ((x + y) / 2 - rest) * math.exp(-(a - k) * t)
    gap = (x - y) / 2 * math.exp(-(a + k) * t)
    expected = (rest + common + gap, rest + common - gap)
    assert trajectory(a, a, k, k, g, g, (x, y), t)[0] == pytest.approx(expected, abs=1e-7)


@given(RATES, st.floats(0, 3), st.floats(0, 3), ARMS, ARMS, st.floats(0, 2), st.floats(0, 2))
def test_two_stretches_of_time_make_one(rates, g, h, x, y, first, second):
    race = (*rates, g, h)
    pause = trajectory(*race, (x, y), first)[0]
    resumed = trajectory(*race, pause, second)[0]
    assert resumed == pytest.approx(
        trajectory(*race, (x, y), first + second)[0], rel=1e-6, abs=1e-6
    )


@given(stable_races(), ARMS, ARMS)
def test_a_stable_race_comes_to_rest_at_its_fixed_point(race, x, y):
    assert is_stable(*race[:4])
    final = trajectory(*race, (x, y), [1, 1e4])[1]
    assert final == pytest.approx(fixed_point(*race), rel=1e-6, abs=1e-6)


def test_a_runaway_with_goodwill_depends_on_the_start():
    race = (1, 1, 2, 2, -1, -1)
    assert (trajectory(*race, (1.1, 1.1), 10)[0] > 100).all()
    assert (trajectory(*race, (0.9, 0.9), 10)[0] < -100).all()


@pytest.mark.parametrize("time", [1, 20, 1000])
def test_fatigues_that_differ_by_rounding_only_are_no_trap(time):
    a = 0.3
    arms = trajectory(a, 0.1 + 0.2, 1, 0, 0, 1, (0, 0), time)[0]
    x = (1 - math.exp(-a * time) * (1 + a * time)) / a**2
    assert arms == pytest.approx((x, (1 - math.exp(-a * time)) / a), rel=1e-9)


def test_one_time_does_not_change_what_is_seen_at_another():
    race = (2, 1, 1, 1, 1, 1)
    alone = trajectory(*race, (0, 5), 1)[0]
    assert trajectory(*race, (0, 5), [1, 1e6])[0] == pytest.approx(alone, rel=1e-12)


@pytest.mark.parametrize("late", [1000, 1e6])
def test_a_runaway_race_is_followed_as_long_as_it_has_a_number(late):
    with pytest.raises(CourseError, match=re.escape(f"below about {late:g}")):
        trajectory(1, 1, 2, 2, 1, 1, (0, 0), [1, late])


def test_rates_of_many_races_at_once():
    k = np.linspace(0, 3, 7)
    assert is_stable(2, 2, k, k).tolist() == (k < 2).tolist()
    larger, smaller = eigenvalues(2, 2, k, k)
    assert larger == pytest.approx(k - 2)
    assert smaller == pytest.approx(-k - 2)
    x, y = fixed_point(4, 4, k, k, 1, 1)
    assert x == pytest.approx(1 / (4 - k))
    assert y == pytest.approx(x)


@pytest.mark.parametrize(
    ("n", "rest", "rates", "radius"),
    [(3, 1, [-1, -2.5, -2.5], 0.5), (4, 2, [-0.5] + [-2.5] * 3, 0.75)],
)
def test_nations_that_are_alike(n, rest, rates, radius):
    assert n_fixed_point(*alike(n), np.ones(n)) == pytest.approx(np.full(n, rest))
    assert n_eigenvalues(*alike(n)) == pytest.approx(rates)
    assert spectral_radius(*alike(n)) == pytest.approx(radius)
    assert n_is_stable(*alike(n))


def test_a_fifth_nation_takes_the_fixed_point_away_and_a_sixth_destabilises():
    with pytest.raises(CourseError, match="no fixed point"):
        n_fixed_point(*alike(5), np.ones(5))
    assert not n_is_stable(*alike(5))
    assert not n_is_stable(*alike(6))
    assert n_eigenvalues(*alike(6))[0] == pytest.approx(0.5)


@given(nations())
def test_n_nations_are_stable_iff_every_rate_is_negative(case):
    largest = n_eigenvalues(*case).real.max()
    assume(abs(largest) > 1e-6)
    assert n_is_stable(*case) == (largest < 0)


@given(nations(), st.floats(0, 0.99))
def test_grievance_means_arms_in_a_stable_race(case, radius):
    fatigue, reaction = case
    reaction = reaction * radius / max(spectral_radius(fatigue, reaction), 1)
    assert n_is_stable(fatigue, reaction)
    assert (n_fixed_point(fatigue, reaction, np.ones(len(fatigue))) > 0).all()


def test_nations_that_chase_one_another_may_swing():
    ring = np.roll(np.eye(3), 1, axis=1)
    rates = n_eigenvalues([2, 2, 2], ring)
    assert rates[0] == pytest.approx(-1)
    assert abs(rates[1].imag) == pytest.approx(math.sqrt(3) / 2)


@pytest.mark.parametrize(
    ("case", "spending", "total", "radius"),
    [
        ("before", ("1.0714", "1.1429", "1.0714"), "3.2857", "0.5477"),
        ("strong provocation", ("1.2692", "1.5385", "0.8077"), "3.6154", "0.5916"),
        ("mild provocation and relief", ("1.0986", "1.1972", "0.7394"), "3.0352", "0.5385"),
    ],
)
def test_the_enlargement_shock(case, spending, total, radius):
    shock = enlargement_shock(case)
    found = (shock.members, shock.rival, shock.outsider)
    assert tuple(f"{value:.4f}" for value in found) == spending
    assert f"{shock.total:.4f}" == total
    assert f"{shock.spectral_radius:.4f}" == radius


def test_a_shock_is_one_of_three_and_does_not_change():
    assert len(SHOCKS) == 3
    with pytest.raises(CourseError, match="Did you mean 'strong provocation'"):
        enlargement_shock("strong provocations")
    with pytest.raises(dataclasses.FrozenInstanceError):
        enlargement_shock("before").total = 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fixed_point(0, 2, 1, 1, 1, 1), "a must be greater than 0, because"),
        (lambda: eigenvalues(2, -1, 1, 1), "b must be greater than 0, because"),
        (lambda: is_stable(2, 2, -1, 1), "k must be 0 or greater, because"),
        (lambda: fixed_point(2, 2, 1, 1, math.nan, 1), "g must be a finite number"),
        (lambda: trajectory(2, 2, 1, 1, 1, 1, (-1, 0), 1), "start must be 0 or greater"),
        (lambda: trajectory(2, 2, 1, 1, 1, 1, (1, 0, 0), 1), "start must be a list of 2"),
        (lambda: trajectory(2, 2, 1, 1, 1, 1, (1, 0), -1), "times must lie between 0 and 1000000"),
        (lambda: trajectory([2, 3], 2, 1, 1, 1, 1, (1, 0), 1), "must be one number, because"),
        (lambda: n_fixed_point([2, 2], [[0, 1], [1, 0]], [1]), "grievance must be a list of 2"),
        (lambda: n_eigenvalues([2, 2], [[0, 1]]), "square table"),
        (lambda: spectral_radius([2, 2], [[1, 1], [1, 0]]), "0 on its diagonal"),
        (lambda: n_is_stable([2, 0], [[0, 1], [1, 0]]), "fatigue must be greater than 0"),
        (lambda: n_is_stable([2, 2], [[0, -1], [1, 0]]), "reaction must be 0 or greater"),
    ],
)
def test_errors_say_what_and_why(call, message):
    with pytest.raises(CourseError, match=message):
        call()
