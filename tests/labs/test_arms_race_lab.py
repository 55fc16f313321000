"""The arms race lab: what it shows in each view, and that every control does its work."""

import pytest
from reading_labs import results, told

import coursekit
from coursekit.figures.arms_race import REACH, outcome, race_figure, window
from coursekit.labs.settings import settings
from coursekit.models.arms_race import SHOCKS
from coursekit.nato.figures.enlargement_shock import shock_figure
from coursekit.nato.figures.spending import TEN, burden
from coursekit.nato.widgets.arms_race_lab import arms_race_lab


@pytest.fixture
def lab():
    return arms_race_lab()


class TestTheModelOfTwoNations:
    def test_the_sliders_of_the_start_reach_as_far_as_the_plane(self, lab):
        assert {lab.sliders[name].max for name in ("x0", "y0")} == {REACH}

    @pytest.mark.parametrize(
        ("preset", "short", "point", "rates"),
        [
            ("stable", "It settles down", "x = 1.00, y = 1.00", "-1.00 and -3.00"),
            ("grievance", "It settles down", "x = 1.67, y = 1.33", "-1.00 and -3.00"),
            ("reaction", "It settles down", "x = 1.40, y = 1.20", "-0.78 and -3.22"),
            ("uneven", "It settles down", "x = 2.00, y = 1.00", "-0.50 and -2.50"),
            ("runaway", "It runs away", "x = -1.00, y = -1.00", "1.00 and -3.00"),
            ("goodwill", "It runs away", "x = 1.00, y = 1.00", "1.00 and -3.00"),
        ],
    )
    def test_presets_show_the_numbers_of_the_model(self, lab, preset, short, point, rates):
        lab.preset.value = preset
        assert told(lab, "Outcome")["value"] == short
        assert told(lab, "Fixed point")["value"] == point
        assert told(lab, "Eigenvalues")["value"] == rates
        assert told(lab, "Setting")["detail"] == settings("arms_race")[preset][2]

    def test_with_goodwill_the_outcome_depends_on_the_start(self, lab):
        lab.preset.value = "goodwill"
        lab.sliders["x0"].value = 0.5
        assert told(lab, "Outcome")["value"] == "It unwinds"
        lab.sliders["x0"].value, lab.sliders["y0"].value = 2, 0
        assert told(lab, "Outcome")["value"] == "It is on a knife edge"

    @pytest.mark.parametrize(("g", "words"), [(1, "never come to rest"), (-1, "on a line")])
    def test_an_exact_balance_is_said_in_words(self, lab, g, words):
        for name, value in {"a": 2, "b": 2, "k": 2, "l": 2, "g": g, "h": 1}.items():
            lab.sliders[name].value = value
        assert told(lab, "Fixed point")["value"] == "none"
        assert words in told(lab, "Outcome")["detail"]
        assert "fixed-point" not in lab.live.svg
        assert len(results(lab.live.answer["code"])) == 2

    def test_the_code_reproduces_the_numbers(self, lab):
        lab.sliders["x0"].value, lab.sliders["y0"].value = 2, 0
        (rates, point), arms = results(lab.live.answer["code"])
        assert (rates, point) == ((-1, -3), (1, 1))
        assert told(lab, "Arms after 10 years")["value"] == "x: 1.00; y: 1.00"
        assert arms[0].tolist() == pytest.approx([1, 1], abs=1e-3)
        assert lab.live.answer["table"]["rows"][1] == [1, 1.04979, 0.950213]

    @pytest.mark.parametrize("name", ["a", "b", "k", "l", "g", "h", "x0", "y0"])
    def test_each_slider_moves_the_figure_and_the_numbers(self, lab, name):
        before = lab.live.svg, lab.live.answer
        lab.sliders[name].value += 0.5
        assert lab.live.svg != before[0]
        assert lab.live.answer["table"] != before[1]["table"]
        assert lab.live.answer["code"] != before[1]["code"]

    def test_the_fastest_race_is_said_in_words(self, lab):
        for name, value in {"a": 0.1, "b": 0.1, "k": 3, "l": 3}.items():
            lab.sliders[name].value = value
        assert "over a million" in told(lab, "Arms after 10 years")["value"]

    def test_a_far_fixed_point_is_said_to_be_outside(self, lab):
        for name, value in {"a": 0.1, "b": 0.1, "k": 0, "l": 3, "g": 3, "h": 3}.items():
            lab.sliders[name].value = value
        assert told(lab, "Fixed point")["value"] == "x = 30.00, y = 930.00"
        assert "outside the picture" in told(lab, "Fixed point")["detail"]
        assert "outside the picture" in lab.live.answer["alt"]

    def test_arms_below_zero_are_explained(self, lab):
        lab.preset.value = "runaway"
        assert "goodwill" in told(lab, "Fixed point")["detail"]


class TestThePlane:
    def test_a_point_of_it_sets_the_start_and_redraws_once(self, lab):
        assert lab.live.svg
        seen = []
        lab.live.observe(seen.append, "svg")
        lab.live.pointed = [1.234, 3.1]
        assert lab.start == (1.2, 3.1)
        assert len(seen) == 1
        assert lab.preset.value == "stable"
        assert lab.live.answer["pointed"] == [1.234, 3.1]
        assert "start=(1.2, 3.1)" in lab.live.answer["code"]

    def test_a_point_where_no_start_can_lie_sets_the_nearest(self, lab):
        lab.preset.value = "runaway"
        lab.live.pointed = [-1.2, 4.0]
        assert lab.start == (0, REACH)

    def test_it_stays_where_it_is_while_the_start_moves(self, lab):
        for numbers in (preset[1] for preset in lab.points.values()):
            ends = {tuple(window(numbers, (x, y))) for x in (0, 2, REACH) for y in (0, REACH)}
            assert len(ends) == 1

    def test_only_the_two_nations_have_one(self, lab):
        assert lab.live.plane == {"id": "plane", "x": [0, 4], "y": [0, 4]}
        assert 'id="plane"' in lab.live.svg
        lab.view.value = "shock"
        assert lab.live.plane == {}


class TestTheShock:
    @pytest.mark.parametrize(
        ("case", "total", "rho"),
        [
            ("before", "3.2857", "0.5477"),
            ("strong provocation", "3.6154", "0.5916"),
            ("mild provocation and relief", "3.0352", "0.5385"),
        ],
    )
    def test_each_case_shows_sum_and_rho(self, lab, case, total, rho):
        lab.view.value = "shock"
        lab.case.value = case
        assert told(lab, "Sum of arms at rest")["value"] == total
        assert told(lab, "rho")["value"] == rho
        assert told(lab, "Teaching construct")["value"] == case.capitalize()
        (shock,) = results(lab.live.answer["code"])
        assert f"{shock.total:.4f}" == total

    def test_the_bars_of_all_cases_are_drawn(self):
        figure = shock_figure()
        assert figure.table["sum"].tolist() == [3.2857, 3.6154, 3.0352]
        assert figure.table["case"].tolist() == list(SHOCKS)
        assert figure.svg().count('id="bar-') == 12

    def test_a_scenario_says_what_the_shock_stands_for(self):
        lab = arms_race_lab(coursekit.Scenario(2024))
        lab.view.value = "shock"
        words = told(lab, "What it stands for")["detail"]
        assert "32 members" in words
        assert "2 promised states" in words
        assert "not fitted" in words
        assert words.count(".") == 1

    def test_a_scenario_without_promises_says_so(self):
        lab = arms_race_lab(coursekit.Scenario(1960))
        lab.view.value = "shock"
        assert "none is promised" in told(lab, "What it stands for")["detail"]


class TestTheData:
    def test_it_begins_with_ten_members_and_russia(self, lab):
        lab.view.value = "data"
        ten, russia = lab.live.answer["readout"][:2]
        assert ten["value"] == "1.85% in 2024"
        assert russia["value"] == "7.05% in 2024"
        assert "does not identify k" in told(lab, "Caution")["detail"]

    def test_the_means_are_those_of_the_evidence(self):
        means = burden(TEN)
        assert [round(means[year], 2) for year in (1999, 2004, 2014, 2024)] == [
            1.74,
            1.63,
            1.37,
            1.85,
        ]

    def test_the_code_reproduces_the_lines(self, lab):
        lab.view.value = "data"
        first, second = results(lab.live.answer["code"])
        assert first.tolist() == burden(TEN).tolist()
        assert second.tolist() == burden(["RUS"]).tolist()

    def test_every_choice_can_be_drawn(self, lab):
        lab.view.value = "data"
        for name in lab.places:
            lab.second.value = name
            assert lab.live.error == ""
            assert lab.live.answer["readout"][1]["label"] == name

    def test_both_lists_move_the_figure(self, lab):
        lab.view.value = "data"
        for control, state in ((lab.first, "Poland"), (lab.second, "Ukraine")):
            before = lab.live.svg
            control.value = state
            assert lab.live.svg != before
            assert state in lab.live.answer["alt"]


class TestTheFigure:
    def test_the_figure_has_words_and_a_table(self):
        figure = race_figure(2, 2, 1, 1, 1, 1)
        assert len(figure.alt) >= 30
        assert len(figure.table) == 5
        for part in ("rest-first", "rest-second", "path", "start", "fixed-point", "arrows"):
            assert f'id="{part}"' in figure.svg()

    def test_outcomes_give_the_reason(self):
        numbers = {"a": 1, "b": 1, "k": 2, "l": 2, "g": 1, "h": 1}
        assert "k × l = 4.00" in outcome(numbers, (0, 0))[1]
