"""The lab on polarisation."""

import itertools

import pytest
from reading_labs import run, shown

import coursekit as ck
from coursekit.models.polarisation import dyad_shares
from coursekit.nato.figures.polarisation import bloc_sizes, direction, indices, polarisation_figure
from coursekit.nato.widgets.polarisation_lab import polarisation_lab


@pytest.fixture
def lab():
    return polarisation_lab(ask="Is Europe more polarised?")


def test_it_opens_after_enlargement_and_the_indices_disagree(lab):
    assert lab.now == (30, 6, 8)
    assert lab.preset.value == "after"
    assert shown(lab) == {
        "esteban_ray": "0.534, up",
        "reynal_querol": "0.764, down",
        "across": "0.190, up",
        "lesson": "2 up, 1 down",
        "Setting": "Thirty against six",
    }
    assert "The index decides the answer." in lab.live.answer["alt"]


def test_presets_show_the_numbers_of_the_literature(lab):
    before = indices(16, 8, 20)
    assert before.esteban_ray * 0.25 == pytest.approx(0.12998, abs=1e-5)
    assert before.reynal_querol == pytest.approx(0.89557, abs=1e-5)
    assert before.across == pytest.approx(0.135307, abs=1e-6)
    after = indices(30, 6, 8)
    assert after.esteban_ray * 0.25 == pytest.approx(0.13355, abs=1e-5)
    assert after.reynal_querol == pytest.approx(0.76409, abs=1e-5)
    lab.preset.value = "before"
    assert all(shown(lab)[name].endswith("same") for name in before._fields)
    lab.preset.value = "equal"
    assert lab.now == (22, 22, 0)
    assert shown(lab)["esteban_ray"] == shown(lab)["reynal_querol"] == "1.000, up"
    lab.preset.value = "small"
    assert shown(lab)["across"] == "0.356, up"


@pytest.mark.parametrize("alpha", [0.1, 1, 1.6])
def test_two_equal_blocs_are_the_unit_of_esteban_and_ray(alpha):
    assert indices(5, 5, 0, alpha).esteban_ray == pytest.approx(1)


@pytest.mark.parametrize(
    ("control", "value"), [("first", 12), ("second", 15), ("unaligned", 30), ("alpha", 1.6)]
)
def test_every_control_redraws(lab, control, value):
    svg, table = lab.live.svg, lab.live.answer["table"]
    getattr(lab, control).value = value
    assert lab.live.svg != svg
    assert lab.live.answer["table"] != table
    assert lab.preset.value == ("after" if control == "alpha" else "own")


@pytest.mark.parametrize("sizes", [(30, 6, 8), (16, 8, 20), (0, 3, 0), (5, 0, 7), (1, 0, 1)])
def test_code_reproduces_the_indices(lab, sizes):
    lab.first.value, lab.second.value, lab.unaligned.value = sizes
    assert run(lab.live.answer["code"]) == pytest.approx(indices(*sizes))


@pytest.mark.parametrize("sizes", list(itertools.product([0, 1, 40], repeat=3)))
@pytest.mark.parametrize("alpha", [0.1, 1.6])
def test_indices_stay_between_0_and_1(sizes, alpha):
    values = indices(*sizes, alpha)
    assert all(value is None or -1e-9 <= value <= 1 + 1e-9 for value in values)


def test_too_few_states_are_said_in_words(lab):
    lab._set({"first": 0, "second": 0, "unaligned": 0})
    assert all(value == "not defined" for key, value in shown(lab).items() if key != "lesson")
    assert "Too few states" in lab.live.answer["readout"][0]["detail"]
    assert "not defined" in lab.live.svg


@pytest.mark.parametrize("year", [1949, 1955, 1988, 1991, 2000, 2004, 2025])
def test_a_scenario_sets_the_blocs(year):
    scenario = ck.Scenario(year)
    lab = polarisation_lab(scenario=scenario)
    assert lab.now == bloc_sizes(scenario)
    assert 100 * dyad_shares(*lab.now).across == scenario.measures().dyads
    assert lab.first.value == len(scenario.members())


def test_direction():
    assert direction(0.2, 0.1) == "down"
    assert direction(0.1, 0.1 + 1e-9) == "same"
    assert direction(None, 0.1) == "not defined"


def test_the_figure_says_directions_in_words():
    figure = polarisation_figure((16, 8, 20), (30, 6, 8))
    assert "Esteban-Ray up, Reynal-Querol down, Pairs across the blocs up" in figure.alt
    assert list(figure.table["direction"]) == ["up", "down", "up"]
    assert "▲ up" in figure.svg()
    assert "▼ down" in figure.svg()
    assert 'id="now-across"' in figure.svg()
