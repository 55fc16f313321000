"""The lab on comparisons."""

import json

import pytest

import coursekit as ck
from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.figures.comparison import (
    VARIANTS,
    bias_figure,
    bias_result,
    staggered,
    staggered_figure,
)
from coursekit.figures.comparison_designs import CONTROLS, designs, designs_figure
from coursekit.widgets.comparison_lab import ASSUMPTIONS, MODES, comparison_lab


@pytest.fixture
def lab():
    return comparison_lab(ask="Did joining do it?")


def shown(lab):
    return {entry["key"]: entry["value"] for entry in lab.live.answer["readout"]}


def run(code):
    """Run the code shown; return the value of its last line."""
    *before, last = code.splitlines()
    names = {"ck": ck}
    exec("\n".join(before), names)
    return eval(last, names)


def test_it_opens_without_bias(lab):
    assert lab.start.value == "clean"
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
    lab.start.value = preset
    result = bias_result(*lab.biases)
    assert low < result.average - result.full < high
    assert shown(lab)["two_way"] == f"{result.two_way:.2f}"
    assert shown(lab)["simple"] == f"{result.simple:.2f}"
    assert lab.start.value == preset
    assert lab.note in lab.live.answer["readout"][-1]["detail"]
    assert lab.note


@pytest.mark.parametrize(
    ("control", "value"),
    [("anticipation", 0.7), ("spillover", 1.3), ("selection", 2), ("seed", 5)],
)
def test_every_control_of_the_bias_lab_redraws(lab, control, value):
    svg, told = lab.live.svg, shown(lab)
    getattr(lab, control).value = value
    assert lab.live.svg != svg
    assert shown(lab) != told
    assert not lab.live.error


@pytest.mark.parametrize(
    ("variant", "truth", "estimate"),
    [("growing", 2, -0.5), ("milder", 4 / 3, 0.5), ("constant", 1, 1), ("never", 2, 1.3)],
)
def test_three_periods_are_exact(variant, truth, estimate):
    lab = comparison_lab(mode="three")
    lab.variant.value = variant
    assert staggered(variant) == pytest.approx((truth, estimate))
    assert shown(lab)["truth"] == f"{truth:.2f}"
    assert shown(lab)["two_way"] == f"{estimate:.2f}"
    assert run(lab.live.answer["code"]) == pytest.approx(estimate)
    assert f"gives {estimate:.2f}" in lab.live.answer["alt"]


@pytest.mark.parametrize(
    ("control", "value"), [("cohort", 2009), ("window", 8), ("controls", "later")]
)
def test_every_control_of_the_designs_redraws(control, value):
    lab = comparison_lab(mode="designs")
    svg, told = lab.live.svg, shown(lab)
    getattr(lab, control).value = value
    assert lab.live.svg != svg
    assert shown(lab) != told
    assert "controls may be touched too" in shown(lab)["caution"]


def test_all_eighteen_designs_stand_in_order():
    estimates = [design.estimate for design in designs()]
    assert len(estimates) == 18
    assert estimates == sorted(estimates)
    figure = designs_figure(2004, 5, "never")
    assert len(figure.table) == 18
    assert 'id="chosen"' in figure.svg()


def test_a_design_can_be_worked_out_from_the_table():
    design = next(d for d in designs() if (d.cohort, d.window, d.controls) == (2009, 3, "later"))
    burden = load("military_burden").set_index(["iso3", "year"])["share_of_gdp"]

    def mean(states, years):
        return sum(burden[state, year] for state in states for year in years) / (
            len(states) * len(years)
        )

    change = [
        mean(states, range(2010, 2013)) - mean(states, range(2006, 2009))
        for states in (design.treated, design.compared)
    ]
    assert design.treated == ("ALB", "HRV")
    assert design.compared == ("FIN", "MKD", "MNE", "SWE")
    assert design.estimate == pytest.approx(change[0] - change[1])


def test_no_control_is_a_member_within_its_window_and_russia_is_never_one():
    joined = load("members").set_index("iso3")["accession"].dt.year
    for design in designs():
        assert "RUS" not in design.compared
        for state in design.compared:
            assert joined.get(state, 9999) > design.cohort + design.window


def test_code_reproduces_the_numbers(lab):
    lab.anticipation.value, lab.spillover.value, lab.selection.value = 0.3, 1.7, 0.6
    lab.seed.value = 11
    assert f"{run(lab.live.answer['code']):.2f}" == shown(lab)["two_way"]
    lab.mode.value = "designs"
    for controls in CONTROLS:
        lab.controls.value = controls
        value = f"{run(lab.live.answer['code']):+.2f} points of GDP"
        assert value == shown(lab)["chosen"]


@pytest.mark.parametrize("mode", MODES)
def test_a_mode_shows_its_own_controls_and_figure(lab, mode):
    lab.mode.value = mode
    for name, controls in lab.shown_in.items():
        assert all((c.layout.display != "none") == (name == mode) for c in controls)
    assert sum(len(c) for n, c in lab.shown_in.items() if n == mode) <= 5
    assert len(lab.live.answer["alt"]) >= 30
    assert not lab.live.error


def test_reset_restores_the_settings_and_keeps_the_mode(lab):
    answer = lab.live.answer
    lab.start.value = "selection"
    lab.seed.value = 9
    updates = []
    lab.live.observe(updates.append, "svg")
    lab.reset.click()
    assert len(updates) == 1
    assert lab.live.answer == answer
    lab.mode.value = "three"
    lab.variant.value = "never"
    lab.reset.click()
    assert lab.mode.value == "three"
    assert lab.variant.value == "growing"


@pytest.mark.parametrize(
    ("anticipation", "spillover", "selection", "seed"), [(0, 0, 0, 999), (2, 2, 2, 0), (0, 2, 2, 5)]
)
def test_extremes_are_free_of_errors(lab, anticipation, spillover, selection, seed):
    lab._set(
        {
            "anticipation": anticipation,
            "spillover": spillover,
            "selection": selection,
            "seed": seed,
        }
    )
    assert not lab.live.error


def test_figures_have_tables_and_ids():
    bias = bias_figure(1, 1, 0, 0, 0)
    assert bias.table["period"].tolist() == list(range(-5, 5))
    assert bias.table["truth"].tolist() == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1]
    assert 'id="intervals"' in bias.svg()
    for variant, (_, outcome) in VARIANTS.items():
        figure = staggered_figure(variant)
        assert len(figure.table) == len(outcome)
        assert 'id="early"' in figure.svg()


def test_an_unknown_mode_is_refused():
    with pytest.raises(CourseError, match="mode"):
        comparison_lab(mode="maybe")


def test_help_still_picture_and_caution(lab):
    controls = (*lab.live.inputs.values(), lab.start, lab.reset)
    assert all(len(control.tooltip) >= 15 and control.description for control in controls)
    for mode in MODES:
        lab.mode.value = mode
        assert "image/png" in lab._repr_mimebundle_()[0]
        said = ASSUMPTIONS + json.dumps(lab.live.answer)
        assert said.count("A model shows what follows from assumptions.") == 1
    assert lab.children[-1].value == ASSUMPTIONS
    assert "teaching construct" in ASSUMPTIONS
