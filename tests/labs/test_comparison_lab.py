"""The lab on comparisons."""

import pytest
from reading_labs import run, shown

from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.figures.comparison import bias_figure, bias_result
from coursekit.figures.staggered import staggered, staggered_figure
from coursekit.nato.enlargement import Scenario
from coursekit.nato.figures.comparison_designs import (
    COHORTS,
    CONTROLS,
    WINDOWS,
    control_sets,
    design,
    designs,
    designs_figure,
    leave_one_out,
)
from coursekit.nato.widgets.comparison_lab import comparison_lab


@pytest.fixture
def lab():
    return comparison_lab(ask="Did joining do it?")


def test_it_opens_without_bias(lab):
    assert lab.preset.value == "clean"
    assert lab.biases == (1, 0, 0, 0, 0)
    assert shown(lab)["full"] == "1.00"
    assert float(shown(lab)["average"]) == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize(
    ("preset", "low", "high"),
    [
        ("clean", -0.15, 0.15),
        ("anticipation", -0.6, -0.3),
        ("spillover", -0.7, -0.3),
        ("selection", 0.6, 1.2),
    ],
)
def test_each_preset_has_the_bias_it_is_named_after(lab, preset, low, high):
    lab.preset.value = preset
    result = bias_result(*lab.biases)
    assert low < result.average - result.full < high
    assert shown(lab)["two_way"] == f"{result.two_way:.2f}"
    assert shown(lab)["simple"] == f"{result.simple:.2f}"
    assert lab.preset.value == preset


@pytest.mark.parametrize(
    ("control", "value"),
    [("anticipation", 0.7), ("spillover", 1.3), ("selection", 2), ("seed", 5)],
)
def test_every_control_of_the_bias_lab_redraws(lab, control, value):
    svg, told = lab.live.svg, shown(lab)
    lab.live.inputs[control].value = value
    assert lab.live.svg != svg
    assert shown(lab) != told
    assert not lab.live.error


@pytest.mark.parametrize(
    ("preset", "truth", "estimate"),
    [("growing", 2, -0.5), ("milder", 4 / 3, 0.5), ("constant", 1, 1), ("never", 2, 1.3)],
)
def test_three_periods_are_exact(lab, preset, truth, estimate):
    lab.preset.value = preset
    assert lab.view.value == "three"
    assert staggered(*lab.effects) == pytest.approx((truth, estimate))
    assert shown(lab)["truth"] == f"{truth:.2f}"
    assert shown(lab)["two_way"] == f"{estimate:.2f}"
    assert run(lab.live.answer["code"]) == pytest.approx(estimate)
    assert f"gives {estimate:.2f}" in lab.live.answer["alt"]


@pytest.mark.parametrize(
    ("control", "value"), [("first", 0), ("later", 2.5), ("late", 4), ("never", 3)]
)
def test_every_control_of_the_three_periods_redraws(lab, control, value):
    lab.preset.value = "growing"
    svg, told = lab.live.svg, shown(lab)
    lab.live.inputs[control].value = value
    assert lab.live.svg != svg
    assert shown(lab) != told
    assert lab.preset.value == "own"


@pytest.mark.parametrize(
    ("control", "value"), [("cohort", 2009), ("window", 8), ("controls", "later")]
)
def test_every_control_of_the_designs_redraws(control, value):
    lab = comparison_lab(view="designs")
    svg, told = lab.live.svg, shown(lab)
    getattr(lab, control).value = value
    assert lab.live.svg != svg
    assert shown(lab) != told
    assert "controls may be touched too" in shown(lab)["caution"]


def test_all_twenty_seven_designs_stand_in_order():
    estimates = [each.estimate for each in designs()]
    assert len(estimates) == 27
    assert estimates == sorted(estimates)
    figure = designs_figure(design(2004, 5, "never"))
    assert len(figure.table) == 27
    assert 'id="chosen"' in figure.svg()


def test_a_design_can_be_worked_out_from_the_table():
    late = design(2009, 3, "later")
    burden = load("military_burden").set_index(["iso3", "year"])["share_of_gdp"]

    def mean(states, years):
        return sum(burden[state, year] for state in states for year in years) / (
            len(states) * len(years)
        )

    change = [
        mean(states, range(2010, 2013)) - mean(states, range(2006, 2009))
        for states in (late.treated, late.compared)
    ]
    assert late.treated == ("ALB", "HRV")
    assert late.compared == ("FIN", "MKD", "MNE", "SWE")
    assert late.estimate == pytest.approx(change[0] - change[1])


def test_no_control_is_a_member_within_its_window_and_russia_is_never_one():
    joined = load("members").set_index("iso3")["accession"].dt.year
    for each in designs():
        assert "RUS" not in each.compared
        for state in each.compared:
            assert joined.get(state, 9999) > each.cohort + each.window


def test_neutrals_are_neutral_in_every_year_of_the_window():
    for cohort in COHORTS:
        for window in WINDOWS:
            for state in design(cohort, window, "neutral").compared:
                for year in range(cohort - window, cohort + window + 1):
                    assert Scenario(year).status(state) == "neutral"


def test_who_is_in_each_set_of_controls_is_said_as_a_table():
    sets = control_sets(2004, 5)
    assert list(sets.index) == list(CONTROLS.values())
    for label, name in zip(sets.index, CONTROLS, strict=True):
        chosen = design(2004, 5, name)
        assert sets.loc[label, "states"].split() == list(chosen.compared)
        assert sets.loc[label, "estimate"] == round(chosen.estimate, 2)


class TestLeavingOneOut:
    @pytest.mark.parametrize(("window", "without"), [(3, -0.19), (5, -0.10), (8, -0.02)])
    def test_one_control_carries_the_estimates_of_2004(self, window, without):
        first, second, *_ = leave_one_out(design(2004, window, "never")).itertuples()
        assert first.without == "GEO"
        assert first.estimate == pytest.approx(without, abs=0.005)
        assert abs(first.moves) > 2 * abs(second.moves)

    def test_among_neutrals_no_single_one_does(self):
        assert leave_one_out(design(2004, 5, "neutral"))["moves"].abs().max() < 0.1

    def test_it_is_worked_out_from_the_table(self):
        chosen = design(2009, 3, "later")
        burden = load("military_burden").set_index(["iso3", "year"])["share_of_gdp"]
        for row in leave_one_out(chosen).itertuples():
            others = [state for state in chosen.compared if state != row.without]
            before, after = (
                sum(burden[state, year] for state in others for year in years) / len(others) / 3
                for years in (range(2006, 2009), range(2010, 2013))
            )
            own = chosen.means[1] - chosen.means[0]
            assert row.estimate == pytest.approx(own - (after - before))
            assert row.moves == pytest.approx(row.estimate - chosen.estimate)


def test_code_reproduces_the_numbers(lab):
    lab._set({"anticipation": 0.3, "spillover": 1.7, "selection": 0.6, "seed": 11})
    assert f"{run(lab.live.answer['code']):.2f}" == shown(lab)["two_way"]
    lab.view.value = "designs"
    for controls in CONTROLS:
        lab.controls.value = controls
        value = f"{run(lab.live.answer['code']):+.2f} points of GDP"
        assert value == shown(lab)["chosen"]


def test_figures_have_tables_and_ids():
    bias = bias_figure(1, 1, 0, 0, 0)
    assert bias.table["period"].tolist() == list(range(-5, 5))
    assert bias.table["truth"].tolist() == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1]
    assert 'id="intervals"' in bias.svg()
    for never in (0, 2):
        figure = staggered_figure(1, 4, 1, never)
        assert len(figure.table) == 2 + never
        assert 'id="early"' in figure.svg()


def test_an_unknown_view_is_refused():
    with pytest.raises(CourseError, match="view"):
        comparison_lab(view="maybe")
