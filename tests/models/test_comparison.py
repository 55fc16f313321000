"""Comparisons over time: published values, limits, and a second implementation."""

import itertools
import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from coursekit.errors import CourseError
from coursekit.models.comparison import (
    difference_in_differences,
    event_study,
    permutation_p_value,
    poisson_rate_interval,
    simulate_panel,
    smallest_p_value,
    two_way_fixed_effects,
    zero_event_bound,
)

NUMBERS = st.floats(-100, 100)
LEVELS = st.floats(0.5, 0.999)
EARLY, LATE, NEVER = [0, 1, 1], [0, 0, 1], [0, 0, 0]


def dummies(units, periods):
    """Columns for a constant, units and periods, without one of each."""
    unit = np.repeat(np.eye(units), periods, axis=0)
    period = np.tile(np.eye(periods), (units, 1))
    return np.column_stack([np.ones(units * periods), unit[:, 1:], period[:, 1:]])


def simulated_slopes(seeds, **parameters):
    panels = (simulate_panel(seed=seed, **parameters) for seed in range(seeds))
    return np.array([two_way_fixed_effects(panel.outcome, panel.treated) for panel in panels])


def is_within_three_standard_errors(values, expected):
    return abs(np.mean(values - expected)) < 3 * np.std(values, ddof=1) / math.sqrt(len(values))


# -- published numbers, section (g) ---------------------------------------------------------


def test_two_by_two():
    assert difference_in_differences(10, 12, 8, 9) == 1


@pytest.mark.parametrize(
    ("outcome", "treated", "expected"),
    [
        ([(0, 1, 4), (0, 0, 1)], [EARLY, LATE], -0.5),
        ([(0, 1, 2), (0, 0, 1)], [EARLY, LATE], 0.5),
        ([(0, 1, 1), (0, 0, 1)], [EARLY, LATE], 1),
        ([(0, 1, 4), (0, 0, 1), (0, 0, 0), (0, 0, 0)], [EARLY, LATE, NEVER, NEVER], 1.3),
    ],
)
def test_staggered_timing_can_turn_the_sign(outcome, treated, expected):
    assert two_way_fixed_effects(outcome, treated) == pytest.approx(expected)


def test_the_true_mean_effects_of_the_examples():
    treated = np.array([EARLY, LATE], dtype=bool)
    assert np.array([(0, 1, 4), (0, 0, 1)])[treated].mean() == 2
    assert np.array([(0, 1, 2), (0, 0, 1)])[treated].mean() == pytest.approx(4 / 3)


def test_smallest_p_value():
    assert smallest_p_value(12, 2) == 1 / 66
    assert round(smallest_p_value(12, 2), 4) == 0.0152


def test_no_event_in_the_member_years_of_those_who_joined_from_1999():
    assert round(100 * zero_event_bound(269), 1) == 1.1
    assert zero_event_bound(1) == pytest.approx(-math.log(0.05))


# -- two by two and fixed effects ----------------------------------------------------------------


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_what_happens_to_both_groups_drops_out(a, b, c, d, shock):
    assert difference_in_differences(a, b + shock, c, d + shock) == pytest.approx(
        difference_in_differences(a, b, c, d), abs=1e-9
    )
    assert difference_in_differences(c, d, a, b) == -difference_in_differences(a, b, c, d)


PANELS = st.tuples(st.integers(2, 6), st.integers(2, 6)).flatmap(
    lambda shape: st.tuples(
        arrays(float, shape, elements=NUMBERS), arrays(np.int64, shape, elements=st.integers(0, 1))
    )
)


@given(PANELS)
def test_fixed_effects_agree_with_least_squares_on_dummies(panel):
    outcome, treated = panel
    base = dummies(*outcome.shape)
    full = np.column_stack([treated.ravel(), base])
    slope = two_way_fixed_effects(outcome, treated)
    if np.linalg.matrix_rank(full) == np.linalg.matrix_rank(base):
        assert slope is None
    else:
        fit = sm.OLS(outcome.ravel(), full).fit()
        assert slope == pytest.approx(fit.params[0], abs=1e-6)


@given(arrays(float, (5, 4), elements=NUMBERS), st.integers(1, 4), st.integers(1, 3))
def test_with_one_date_fixed_effects_are_two_by_two(outcome, number, start):
    treated = np.zeros((5, 4))
    treated[:number, start:] = 1
    means = [
        part.mean()
        for part in (
            outcome[:number, :start],
            outcome[:number, start:],
            outcome[number:, :start],
            outcome[number:, start:],
        )
    ]
    slope = two_way_fixed_effects(outcome, treated)
    assert slope == pytest.approx(difference_in_differences(*means), abs=1e-9)


@given(st.integers(0, 99), NUMBERS)
def test_a_constant_effect_is_found_at_any_timing(seed, effect):
    panel = simulate_panel(noise=0, effect=effect, adoption=(2, 5, 8), seed=seed)
    slope = two_way_fixed_effects(panel.outcome, panel.treated)
    assert slope == pytest.approx(effect, abs=1e-9)


@pytest.mark.parametrize("treated", [[[0, 0], [0, 0]], [[0, 1], [0, 1]], [[1, 1], [0, 0]]])
def test_without_a_comparison_the_coefficient_is_not_defined(treated):
    assert two_way_fixed_effects([[1, 2], [3, 5]], treated) is None


# -- event study ---------------------------------------------------------------------------------


@pytest.mark.parametrize("window", [None, (-3, 2), (-1, 0)])
@pytest.mark.parametrize("adoption", [(5,), (3, 6, 8)])
def test_event_studies_agree_with_clustered_least_squares_on_dummies(adoption, window):
    panel = simulate_panel(units=15, adoption=adoption, seed=4)
    study = event_study(panel.outcome, panel.first_treated, window)
    event = np.arange(10) - panel.first_treated[:, None]
    event = event if window is None else np.clip(event, *window)
    times = [k for k in study.event_time if k != -1]
    columns = np.array([(event == k).ravel() for k in times]).T
    groups = np.repeat(np.arange(15), 10)
    fit = sm.OLS(panel.outcome.ravel(), np.column_stack([columns, dummies(15, 10)])).fit(
        cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    kept = study.event_time != -1
    number = kept.sum()
    assert study.coefficient[kept] == pytest.approx(fit.params[:number])
    assert study.standard_error[kept] == pytest.approx(fit.bse[:number])
    low, high = study.interval(0.9)
    expected = fit.conf_int(0.1)[:number]
    assert np.column_stack([low, high])[kept] == pytest.approx(expected)


def test_event_studies_recover_effects_that_grow_and_leads_that_anticipate():
    start = [2, 2, None, None]
    outcome = [[0, 1, 3, 4], [5, 6, 8, 9], [0, 0, 0, 0], [2, 2, 2, 2]]
    study = event_study(outcome, start)
    assert study.event_time.tolist() == [-2, -1, 0, 1]
    assert study.coefficient == pytest.approx([-1, 0, 2, 3])
    assert study.standard_error == pytest.approx([0, 0, 0, 0], abs=1e-9)


def test_event_times_beyond_the_window_count_with_its_ends():
    panel = simulate_panel(adoption=(5,), seed=2)
    study = event_study(panel.outcome, panel.first_treated, window=(-2, 1))
    assert study.event_time.tolist() == [-2, -1, 0, 1]


def test_when_all_are_treated_a_straight_line_fits_as_well():
    panel = simulate_panel(units=12, adoption=(3, 6), selection=0, seed=5)
    everyone = np.where(np.isnan(panel.first_treated), 6, panel.first_treated)
    study = event_study(panel.outcome, everyone)
    assert np.isnan(study.coefficient[study.event_time != -1]).all()
    assert np.isnan(study.standard_error[study.event_time != -1]).all()
    assert study.coefficient[study.event_time == -1] == 0


def test_with_no_data_to_spare_there_is_no_standard_error():
    study = event_study([[0, 1], [0, 0]], [1, None])
    assert study.coefficient.tolist() == pytest.approx([0, 1])
    assert math.isnan(study.standard_error[1])


def test_when_nobody_is_treated_there_are_no_event_times():
    assert event_study([[0, 1], [0, 0]], [None, None]).event_time.size == 0


# -- few treated units ---------------------------------------------------------------------------


def test_all_placebos_together_reach_the_smallest_p_value():
    change = np.array([9.0, 8.0, *range(6)])
    estimates = {
        chosen: change[list(chosen)].mean() - np.delete(change, chosen).mean()
        for chosen in itertools.combinations(range(8), 2)
    }
    placebos = [value for chosen, value in estimates.items() if chosen != (0, 1)]
    assert permutation_p_value(estimates[0, 1], placebos) == pytest.approx(smallest_p_value(8, 2))


def test_ties_count_against_the_estimate_even_if_they_differ_in_the_last_digit():
    assert permutation_p_value(0.3, [0.1 + 0.2, 0.1]) == pytest.approx(2 / 3)
    assert permutation_p_value(0.1 + 0.2, [0.3, 0.1]) == pytest.approx(2 / 3)


@given(st.lists(NUMBERS, min_size=1), NUMBERS, st.floats(0, 10))
def test_p_values_lie_between_one_in_all_and_one_and_fall_with_the_estimate(placebos, value, more):
    p = permutation_p_value(value, placebos)
    assert 1 / (1 + len(placebos)) <= p <= 1
    assert permutation_p_value(value + more, placebos) <= p + 1e-12


@given(st.integers(2, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n - 1))))
def test_the_smallest_p_value_counts_the_ways_to_choose(sizes):
    units, treated = sizes
    assert smallest_p_value(units, treated) == pytest.approx(1 / math.comb(units, treated))
    assert smallest_p_value(units, treated) == smallest_p_value(units, units - treated)


# -- rare events ---------------------------------------------------------------------------------


@given(st.integers(0, 200), st.floats(0.1, 1e4), LEVELS)
def test_poisson_intervals_agree_with_statsmodels(events, exposure, level):
    expected = confint_poisson(events, exposure, method="exact-c", alpha=1 - level)
    low, high = poisson_rate_interval(events, exposure, level)
    assert high == pytest.approx(expected[1])
    assert low == pytest.approx(0 if events == 0 else expected[0])


@given(st.integers(1, 200), st.floats(0.1, 1e4), LEVELS)
def test_each_end_leaves_half_of_the_error_in_its_tail(events, exposure, level):
    low, high = poisson_rate_interval(events, exposure, level)
    tail = pytest.approx((1 - level) / 2)
    assert stats.poisson.sf(events - 1, low * exposure) == tail
    assert stats.poisson.cdf(events, high * exposure) == tail
    assert low < events / exposure < high


@given(st.floats(0.1, 1e4), LEVELS)
def test_the_bound_for_no_event_is_the_upper_end_with_all_error_on_one_side(exposure, level):
    bound = zero_event_bound(exposure, level)
    assert stats.poisson.pmf(0, bound * exposure) == pytest.approx(1 - level)
    low, high = poisson_rate_interval(0, exposure, 2 * level - 1) if level > 0.5 else (0, bound)
    assert (low, high) == (0, pytest.approx(bound))


def test_the_rule_of_three():
    assert zero_event_bound(1000) == pytest.approx(3 / 1000, rel=2e-3)
    _, upper = proportion_confint(0, 1000, alpha=0.1, method="beta")
    assert zero_event_bound(1000) == pytest.approx(upper, rel=2e-3)


# -- bias lab ------------------------------------------------------------------------------------


def test_without_biases_the_mean_estimate_is_the_effect():
    for adoption in ((5,), (3, 6)):
        slopes = simulated_slopes(300, effect=1, adoption=adoption)
        assert is_within_three_standard_errors(slopes, 1)


@pytest.mark.parametrize("spillover", [-1, 0.5])
def test_spillovers_bias_by_those_on_the_treated_less_those_on_controls(spillover):
    panels = [simulate_panel(spillover=spillover, seed=seed) for seed in range(300)]
    slopes = np.array([two_way_fixed_effects(p.outcome, p.treated) for p in panels])
    shift = []
    for p in panels:
        ever = ~np.isnan(p.first_treated)
        after = p.neighbours_treated[:, 5:].mean(axis=1)
        shift.append(spillover * (after[ever].mean() - after[~ever].mean()))
    assert is_within_three_standard_errors(slopes - shift, 1)


def test_spillovers_on_controls_alone_are_taken_off_the_effect():
    panel = simulate_panel(units=4, noise=0, spillover=0.5, selection=0, seed=0)
    ever = ~np.isnan(panel.first_treated)
    shares = panel.neighbours_treated[:, -1]
    expected = 1 + 0.5 * (shares[ever].mean() - shares[~ever].mean())
    assert two_way_fixed_effects(panel.outcome, panel.treated) == pytest.approx(expected)


def test_selection_on_danger_biases_upward_the_more_danger_grows():
    slopes = [
        simulated_slopes(100, danger_trend=trend, selection=2).mean() for trend in (0, 0.1, 0.3)
    ]
    assert slopes[0] < slopes[1] < slopes[2]
    panel = simulate_panel(noise=0, danger_trend=0.3, selection=2, seed=1)
    ever = ~np.isnan(panel.first_treated)
    # Danger works for 5 periods between the middles of before (0-4) and after (5-9).
    bias = 0.3 * 5 * (panel.danger[ever].mean() - panel.danger[~ever].mean())
    assert two_way_fixed_effects(panel.outcome, panel.treated) == pytest.approx(1 + bias)


def test_danger_that_grows_is_harmless_without_selection():
    slopes = simulated_slopes(400, danger_trend=0.3, selection=0)
    assert is_within_three_standard_errors(slopes, 1)


def test_anticipation_shows_in_the_leads_and_shrinks_the_estimate():
    panel = simulate_panel(noise=0, anticipation=0.5, anticipation_periods=2)
    study = event_study(panel.outcome, panel.first_treated)
    assert study.coefficient == pytest.approx([-0.5, -0.5, -0.5, 0, 0, *[0.5] * 5])
    slope = two_way_fixed_effects(panel.outcome, panel.treated)
    assert slope == pytest.approx(1 - 0.5 * 2 / 5)


def test_a_switch_changes_only_what_it_switches():
    plain, biased = simulate_panel(seed=9), simulate_panel(seed=9, spillover=2)
    assert (plain.treated == biased.treated).all()
    assert biased.outcome - plain.outcome == pytest.approx(2 * plain.neighbours_treated)


def test_the_same_seed_draws_the_same_panel():
    assert (simulate_panel(seed=3).outcome == simulate_panel(seed=3).outcome).all()
    assert (simulate_panel(seed=3).outcome != simulate_panel(seed=4).outcome).any()


@given(
    st.integers(4, 12), st.integers(2, 8), st.floats(-5, 5), st.integers(0, 500), st.integers(1, 3)
)
def test_panels_hang_together(units, periods, selection, seed, dates):
    adoption = tuple(range(1, periods))[:dates]
    panel = simulate_panel(units, periods, selection=selection, adoption=adoption, seed=seed)
    assert panel.outcome.shape == panel.treated.shape == (units, periods)
    ever = ~np.isnan(panel.first_treated)
    assert ever.any()
    assert not ever.all()
    assert set(panel.first_treated[ever]) <= set(adoption)
    assert (panel.treated == (np.arange(periods) >= panel.first_treated[:, None])).all()
    ring = np.array(
        [[(i - j) % units in (1, units - 1) for j in range(units)] for i in range(units)]
    )
    assert panel.neighbours_treated == pytest.approx(ring @ panel.treated / 2)


# -- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: difference_in_differences(1, math.nan, 2, 3), "treated_after"),
        (lambda: two_way_fixed_effects([[1, 2]], [[0, 1], [0, 0]]), "one row a unit"),
        (lambda: two_way_fixed_effects([[1, math.nan]], [[0, 1]]), "without gaps"),
        (lambda: two_way_fixed_effects([1, 2], [0, 1]), "outcome must be a table"),
        (lambda: two_way_fixed_effects([[1, 2], [3]], [[0, 1]]), "outcome must be a table"),
        (lambda: two_way_fixed_effects([[1, 2]], [[0, 2]]), "only 0 and 1"),
        (lambda: event_study([[1, 2], [3, 4]], [1]), "each of the 2 units"),
        (lambda: event_study([[1, 2], [3, 4]], [1, 0.5]), "whole number"),
        (lambda: event_study([[1, 2], [3, 4]], ["2004", "never"]), "whole number"),
        (lambda: event_study([[1, 2], [3, 4]], [1, None], window=(0, 2)), "window"),
        (lambda: event_study([[1, 2], [3, 4]], [1, None], window=3), "window"),
        (lambda: event_study([[1, 2], [3, 4]], [1, None], window=(-1.5, 2)), "window"),
        (lambda: event_study([[1, 2], [3, 4]], [1, None]).interval(1), "level"),
        (lambda: permutation_p_value(1, []), "placebos"),
        (lambda: permutation_p_value(math.inf, [1]), "estimate"),
        (lambda: smallest_p_value(12, 12), "treated"),
        (lambda: smallest_p_value(1, 1), "units"),
        (lambda: smallest_p_value(12, 1.5), "treated"),
        (lambda: poisson_rate_interval(-1, 10), "events"),
        (lambda: poisson_rate_interval(0.5, 10), "events"),
        (lambda: poisson_rate_interval(1, 0), "exposure"),
        (lambda: poisson_rate_interval(1, 10, level=95), "level"),
        (lambda: zero_event_bound(-3), "exposure"),
        (lambda: zero_event_bound(3, level=1), "level"),
        (lambda: simulate_panel(units=3), "units"),
        (lambda: simulate_panel(periods=1), "periods"),
        (lambda: simulate_panel(noise=-1), "noise"),
        (lambda: simulate_panel(effect=math.nan), "effect"),
        (lambda: simulate_panel(anticipation_periods=-1), "anticipation_periods"),
        (lambda: simulate_panel(adoption=()), "adoption"),
        (lambda: simulate_panel(adoption=10), "adoption"),
        (lambda: simulate_panel(adoption=(5, 10)), "adoption"),
        (lambda: simulate_panel(adoption="late"), "adoption"),
        (lambda: simulate_panel(seed=0.5), "seed"),
    ],
)
def test_what_cannot_be_used_is_named(call, says):
    with pytest.raises(CourseError, match=says):
        call()
