"""The lab on reciprocity."""

import json

import pytest

import coursekit as ck
from coursekit.errors import CourseError
from coursekit.figures.reciprocity import entrants, reciprocity_figure
from coursekit.models.reciprocity import STRATEGIES, payoffs, stationary
from coursekit.widgets.reciprocity_lab import ASSUMPTIONS, reciprocity_lab


@pytest.fixture
def lab():
    return reciprocity_lab(ask="Who repairs an accident?")


def shown(lab, key):
    return next(entry["value"] for entry in lab.live.answer["readout"] if entry["key"] == key)


def run(code):
    """Run the code shown; return the values of the lines that are expressions."""
    names, values = {"ck": ck}, []
    for line in code.splitlines():
        try:
            values.append(eval(line, names))
        except SyntaxError:
            exec(line, names)
    return values


def test_it_opens_with_two_tits_for_tat_and_rare_errors(lab):
    assert lab.chosen == ("Tit for Tat", "Tit for Tat", 0.01, 0)
    assert shown(lab, "first") == shown(lab, "second") == "50.0%"
    assert shown(lab, "payoffs") == "2.2500 and 2.2500"
    assert shown(lab, "generosity") == "0.333"
    assert not lab.live.error


@pytest.mark.parametrize(
    ("pair", "rare", "frequent"),
    [
        (("Generous Tit for Tat",) * 2, "97.1%", "87.5%"),
        (("Contrite Tit for Tat",) * 2, "98.0%", "90.9%"),
        (("Win-Stay Lose-Shift",) * 2, "97.1%", "86.4%"),
        (("Tit for Tat", "Always Defect"), "2.0%", "9.5%"),
        (("Generous Tit for Tat", "Always Defect"), "34.3%", "38.0%"),
    ],
)
def test_presets_show_the_numbers_of_the_literature(pair, rare, frequent):
    lab = reciprocity_lab(first=pair[0], second=pair[1])
    assert shown(lab, "first") == rare
    lab.start.value = "frequent"
    assert lab.error.value == 0.05
    assert shown(lab, "first") == frequent


def test_without_errors_tit_for_tat_cooperates_always(lab):
    lab.start.value = "none"
    assert shown(lab, "first") == "100.0%"


@pytest.mark.parametrize(
    ("control", "value"),
    [("error", 0.13), ("first", "Random"), ("second", "Always Defect"), ("seed", 7)],
)
def test_every_control_redraws(lab, control, value):
    svg, table = lab.live.svg, lab.live.answer["table"]
    getattr(lab, control).value = value
    assert lab.live.svg != svg
    assert lab.live.answer["table"] != table
    assert not lab.live.error


def test_settings_that_are_no_preset_are_called_ones_own(lab):
    lab.error.value = 0.13
    assert lab.start.value == "own"
    lab.error.value = 0.05
    assert lab.start.value == "frequent"


def test_reset_restores_everything(lab):
    answer, svg = lab.live.answer, lab.live.svg
    lab.error.value, lab.first.value, lab.second.value = 0.2, "Random", "Grim trigger"
    lab.seed.value = 3
    lab.reset.click()
    assert lab.live.answer == answer
    assert lab.live.svg == svg


def test_reset_updates_once(lab):
    lab.error.value, lab.first.value, lab.second.value = 0.2, "Random", "Grim trigger"
    updates = []
    lab.live.observe(updates.append, "svg")
    lab.reset.click()
    assert len(updates) == 1


def test_code_reproduces_the_numbers(lab):
    lab.second.value, lab.error.value = "Always Defect", 0.05
    pi, pay = run(lab.live.answer["code"])
    assert pi.tolist() == stationary("Tit for Tat", "Always Defect", 0.05).tolist()
    assert pay == payoffs("Tit for Tat", "Always Defect", 0.05)
    assert f"{pay[0]:.4f} and {pay[1]:.4f}" == shown(lab, "payoffs")


@pytest.mark.parametrize("error", [0, 0.2])
def test_extremes_are_free_of_errors(lab, error):
    for first, second in zip(STRATEGIES, reversed(STRATEGIES), strict=True):
        lab._set({"error": error, "first": first, "second": second, "seed": 999})
        assert not lab.live.error
        assert lab.live.answer["inputs"]["error"] == error


@pytest.mark.parametrize("first", STRATEGIES)
def test_five_take_part_and_the_chosen_are_among_them(first):
    for second in STRATEGIES:
        five = entrants(first, second)
        assert len(set(five)) == 5
        assert {first, second} <= set(five)


def test_the_figure_says_what_it_shows():
    figure = reciprocity_figure("Tit for Tat", "Always Defect", 0.01)
    assert "Tit for Tat cooperates in 2.0%" in figure.alt
    assert "scores most" in figure.alt
    shares = figure.table.loc[figure.table["measure"] == "share of rounds", "value"].astype(float)
    assert shares.sum() == pytest.approx(1, abs=0.002)
    assert all(f'id="outcome-{n}"' in figure.svg() for n in range(4))


def test_an_unknown_strategy_is_refused():
    with pytest.raises(CourseError, match="strategy"):
        reciprocity_lab(first="Tit for Tta")


def test_help_still_picture_and_caution(lab):
    controls = (*lab.live.inputs.values(), lab.start, lab.reset)
    assert all(len(control.tooltip) >= 15 and control.description for control in controls)
    assert "image/png" in lab._repr_mimebundle_()[0]
    said = ASSUMPTIONS + json.dumps(lab.live.answer)
    assert said.count("A model shows what follows from assumptions.") == 1
    assert lab.children[-1].value == ASSUMPTIONS
    assert "Who repairs an accident?" in lab.children[0].value
