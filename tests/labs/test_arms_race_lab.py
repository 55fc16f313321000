"""The arms race lab: what it shows in each view, and that every control does its work."""

import ast

import ipywidgets as widgets
import pytest

import coursekit
from coursekit.figures.arms_race import TEN, burden, outcome, race_figure, shock_figure
from coursekit.models.arms_race import SHOCKS
from coursekit.widgets.arms_race_lab import ArmsRaceLab, arms_race_lab
from coursekit.widgets.settings import settings

SENTENCE = "A model shows what follows from assumptions."


def inside(widget):
    """List a widget and all that stand in it."""
    return [widget, *(w for child in getattr(widget, "children", ()) for w in inside(child))]


def told(lab, label):
    """Read a line of the readout."""
    (line,) = [entry for entry in lab.live.answer["readout"] if entry["key"] == label]
    return line


def results(code):
    """Run the code shown; return the value of each line that has one."""
    names = {"ck": coursekit}
    values = []
    for statement in ast.parse(code).body:
        if isinstance(statement, ast.Expr):
            values.append(eval(ast.unparse(statement), names))
        else:
            exec(ast.unparse(statement), names)
    return values


@pytest.fixture
def lab():
    return arms_race_lab()


class TestTheModelOfTwoNations:
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

    @pytest.mark.parametrize("name", ["a", "b", "k", "l", "g", "h", "x0", "y0"])
    @pytest.mark.parametrize("preset", ["stable", "runaway", "goodwill"])
    def test_the_ends_of_each_slider_are_drawn(self, lab, preset, name):
        lab.preset.value = preset
        for end in (lab.sliders[name].min, lab.sliders[name].max):
            lab.sliders[name].value = end
            assert lab.live.error == ""
            assert "nan" not in lab.live.svg

    def test_all_sliders_at_one_end_are_drawn(self, lab):
        for end in ("min", "max"):
            for control in lab.sliders.values():
                control.value = getattr(control, end)
            assert lab.live.error == ""

    def test_the_fastest_race_is_said_in_words(self, lab):
        for name, value in {"a": 0.1, "b": 0.1, "k": 3, "l": 3}.items():
            lab.sliders[name].value = value
        assert "over a million" in told(lab, "Arms after 10 years")["value"]

    def test_own_numbers_are_called_so(self, lab):
        lab.sliders["k"].value = 0.7
        assert lab.preset.value == "own"
        lab.sliders["k"].value = 1
        assert lab.preset.value == "stable"

    def test_choosing_own_numbers_keeps_the_numbers(self, lab):
        before = lab.numbers
        lab.preset.value = "own"
        assert lab.numbers == before
        assert lab.preset.value == "stable"

    def test_a_far_fixed_point_is_said_to_be_outside(self, lab):
        for name, value in {"a": 0.1, "b": 0.1, "k": 0, "l": 3, "g": 3, "h": 3}.items():
            lab.sliders[name].value = value
        assert told(lab, "Fixed point")["value"] == "x = 30.00, y = 930.00"
        assert "outside the picture" in told(lab, "Fixed point")["detail"]
        assert "outside the picture" in lab.live.answer["alt"]

    def test_arms_below_zero_are_explained(self, lab):
        lab.preset.value = "runaway"
        assert "goodwill" in told(lab, "Fixed point")["detail"]

    def test_a_preset_redraws_once(self, lab):
        seen = []
        lab.live.observe(seen.append, "answer")
        lab.preset.value = "uneven"
        assert len(seen) == 1


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


class TestTheFrame:
    def test_each_view_shows_its_controls_only(self, lab):
        for view in lab.parts:
            lab.view.value = view
            shown = {n for n, boxes in lab.parts.items() if boxes[0].layout.display != "none"}
            assert shown == {view}

    def test_reset_restores_the_first_state(self, lab):
        first = lab.live.svg, lab.live.answer
        lab.preset.value = "runaway"
        lab.sliders["x0"].value = 4
        lab.case.value = "strong provocation"
        lab.first.value = "Poland"
        lab.reset.click()
        assert (lab.live.svg, lab.live.answer) == first

    def test_each_control_has_help(self, lab):
        kinds = (widgets.Dropdown, widgets.FloatSlider, widgets.Button)
        controls = [w for w in inside(lab) if isinstance(w, kinds)]
        assert len(controls) == 14
        assert all(len(w.tooltip) >= 15 for w in controls)

    def test_the_limits_are_said_once(self, lab):
        texts = [w.value for w in inside(lab) if isinstance(w, widgets.HTML)]
        assert "".join(texts).count(SENTENCE) == 1
        assert "calibrated to no state" in "".join(texts)
        for view in lab.parts:
            lab.view.value = view
            assert SENTENCE not in str(lab.live.answer)

    def test_a_stored_notebook_keeps_a_picture(self, lab):
        data, metadata = lab._repr_mimebundle_()
        assert data["image/png"]
        assert len(metadata["image/png"]["alt"]) >= 30

    def test_a_question_stands_above(self):
        lab = ArmsRaceLab(ask="Who arms more?")
        assert "Who arms more?" in lab.children[0].value
        lab.view.value = "data"
        assert lab.parts["data"][0].children == (lab.first, lab.second)

    def test_the_figure_has_words_and_a_table(self):
        figure = race_figure(2, 2, 1, 1, 1, 1)
        assert len(figure.alt) >= 30
        assert len(figure.table) == 5
        for part in ("rest-first", "rest-second", "path", "start", "fixed-point", "arrows"):
            assert f'id="{part}"' in figure.svg()

    def test_outcomes_give_the_reason(self):
        numbers = {"a": 1, "b": 1, "k": 2, "l": 2, "g": 1, "h": 1}
        assert "k × l = 4.00" in outcome(numbers, (0, 0))[1]
