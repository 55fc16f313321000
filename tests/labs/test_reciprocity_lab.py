"""The lab on reciprocity."""

import pytest
from reading_labs import results, shown

from coursekit.errors import CourseError
from coursekit.figures.reciprocity import entrants, reciprocity_figure
from coursekit.models.reciprocity import STRATEGIES, payoffs, stationary
from coursekit.widgets.reciprocity_lab import reciprocity_lab


@pytest.fixture
def lab():
    return reciprocity_lab(ask="Who repairs an accident?")


def test_it_opens_with_two_tits_for_tat_and_rare_errors(lab):
    assert lab.chosen == ("Tit for Tat", "Tit for Tat", 0.01, 0)
    assert shown(lab)["first"] == shown(lab)["second"] == "50.0%"
    assert shown(lab)["payoffs"] == "2.25 and 2.25"
    assert shown(lab)["generosity"] == "0.33"
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
    assert shown(lab)["first"] == rare
    lab.preset.value = "frequent"
    assert lab.error.value == 0.05
    assert shown(lab)["first"] == frequent


def test_without_errors_tit_for_tat_cooperates_always(lab):
    lab.preset.value = "none"
    assert shown(lab)["first"] == "100.0%"


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


def test_code_reproduces_the_numbers(lab):
    lab.second.value, lab.error.value = "Always Defect", 0.05
    pi, pay = results(lab.live.answer["code"])
    assert pi.tolist() == stationary("Tit for Tat", "Always Defect", 0.05).tolist()
    assert pay == payoffs("Tit for Tat", "Always Defect", 0.05)
    assert f"{pay[0]:.2f} and {pay[1]:.2f}" == shown(lab)["payoffs"]


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
