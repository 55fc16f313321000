"""The deterrence lab: what it shows in each view, and that every control does its work."""

import ast

import ipywidgets as widgets
import pytest

import coursekit
from coursekit.figures.deterrence import challenge_figure, commitment_figure, risk
from coursekit.models.deterrence import STATUSES, status_comparison
from coursekit.widgets.deterrence_lab import DeterrenceLab, deterrence_lab

SENTENCE = "A model shows what follows from assumptions."
CHANCE = "Probability of a challenge"
HELP = "Threshold of help, rho*"
ACCESSION = "Threshold of accession, pi*"


def inside(widget):
    """List a widget and all that stand in it."""
    return [widget, *(w for child in getattr(widget, "children", ()) for w in inside(child))]


def told(lab, label):
    """Read a line of the readout."""
    (line,) = [entry for entry in lab.live.answer["readout"] if entry["key"] == label]
    return line


def results(code):
    """Run the code shown; return the values of its last line."""
    *lines, last = ast.parse(code).body
    names = {"ck": coursekit}
    for line in lines:
        exec(ast.unparse(line), names)
    return eval(ast.unparse(last), names)


@pytest.fixture
def lab():
    return deterrence_lab()


class TestTheChallenge:
    @pytest.mark.parametrize(
        ("status", "theory", "chance", "gain", "waiting"),
        [
            ("member", "preventive", "1.98%", "-3.90", "0.0000"),
            ("promised", "preventive", "80.00%", "3.80", "2.4138"),
            ("partner", "preventive", "27.24%", "4.90", "5.8824"),
            ("neutral", "preventive", "10.91%", "4.90", "7.0000"),
            ("member", "opportunist", "1.98%", "-3.90", "0.0000"),
            ("promised", "opportunist", "97.81%", "3.80", "0.0000"),
            ("partner", "opportunist", "99.26%", "4.90", "0.0000"),
            ("neutral", "opportunist", "99.26%", "4.90", "0.0000"),
        ],
    )
    def test_each_status_shows_the_numbers_of_the_model(
        self, lab, status, theory, chance, gain, waiting
    ):
        lab.preset.value, lab.theory.value = status, theory
        assert told(lab, CHANCE)["value"] == chance
        assert told(lab, "Gain of an attack, E")["value"] == gain
        assert told(lab, "Value of waiting, W")["value"] == waiting
        assert told(lab, "Status")["value"] == status.capitalize()
        assert f"{results(lab.live.answer['code'])[0]:.2%}" == chance

    def test_the_presets_are_the_statuses_of_the_model(self, lab):
        assert list(lab.points) == list(STATUSES)
        for name, status in STATUSES.items():
            assert lab.points[name][1] == status._asdict()

    @pytest.mark.parametrize("theory", ["preventive", "opportunist"])
    def test_a_setting_agrees_with_the_comparison(self, theory):
        for row in status_comparison(theory):
            setting = STATUSES[row.status]
            assert risk(theory, **setting._asdict())[4:] == row[4:]

    def test_thresholds_are_shown(self, lab):
        assert told(lab, HELP)["value"] == "0.3260"
        assert told(lab, ACCESSION)["value"] == "0.0443"
        _, help_, accession = results(lab.live.answer["code"])
        assert (f"{help_:.4f}", f"{accession:.4f}") == ("0.3260", "0.0443")
        lab.theory.value = "opportunist"
        assert told(lab, HELP)["value"] == "0.5455"

    def test_missing_thresholds_are_said_in_words(self, lab):
        lab.preset.value = "neutral"
        assert told(lab, HELP)["value"] == "none"
        assert "even if nobody helps" in told(lab, HELP)["detail"]
        lab.preset.value = "member"
        assert "never pays" in told(lab, ACCESSION)["detail"]
        lab.preset.value, lab.theory.value = "neutral", "opportunist"
        assert "whatever the probability" in told(lab, ACCESSION)["detail"]
        lab.theory.value = "preventive"
        lab.sliders["rho"].value, lab.sliders["b"].value = 0.5, 0.95
        assert "worth more than the attack" in told(lab, ACCESSION)["detail"]

    @pytest.mark.parametrize("name", ["rho", "pi", "b"])
    def test_each_slider_moves_the_figure_and_the_numbers(self, lab, name):
        before = lab.live.svg, lab.live.answer
        lab.sliders[name].value += 0.1
        assert lab.live.svg != before[0]
        assert told(lab, CHANCE) != before[1]["readout"][0]
        assert lab.live.answer["code"] != before[1]["code"]
        assert lab.preset.value == "own"

    def test_risk_falls_with_help_and_peace_and_rises_with_accession(self, lab):
        base = risk("preventive", 0.2, 0.1, 0.35).probability
        assert risk("preventive", 0.3, 0.1, 0.35).probability < base
        assert risk("preventive", 0.2, 0.2, 0.35).probability > base
        assert risk("preventive", 0.2, 0.1, 0.45).probability < base

    def test_the_theory_is_brought_out(self, lab):
        before = lab.live.svg
        lab.theory.value = "opportunist"
        assert lab.live.svg != before
        assert "Opportunist theory (chosen)" in lab.live.svg

    def test_a_preset_redraws_once(self, lab):
        seen = []
        lab.live.observe(seen.append, "answer")
        lab.preset.value = "neutral"
        assert len(seen) == 1


class TestTheCommitment:
    def test_it_begins_with_the_example_of_the_model(self, lab):
        lab.view.value = "commitment"
        assert told(lab, "Best commitment, kappa*")["value"] == "0.6000"
        assert told(lab, "Least loss")["value"] == "1.6400"
        assert told(lab, "Teaching construct")["value"] == "after Snyder 1984"
        loss, best = results(lab.live.answer["code"])
        assert told(lab, "Loss at the present setting")["value"] == f"{loss:.4f}"
        assert best == pytest.approx(0.6)

    def test_without_fear_of_abandonment_none_is_best(self, lab):
        lab.view.value = "commitment"
        lab.sliders["D_A"].value = 4
        assert told(lab, "Best commitment, kappa*")["value"] == "0.0000"
        lab.sliders["D_A"].value = 20
        assert told(lab, "Best commitment, kappa*")["value"] == "1.0000"

    def test_numbers_that_do_not_fit_are_said_in_words(self, lab):
        lab.view.value = "commitment"
        lab.sliders["q"].value = 0.9
        assert lab.live.error == ""
        assert "q + mu = 1.15" in lab.live.answer["readout"][0]["detail"]
        assert "Lower q or mu" in lab.live.svg
        lab.sliders["q"].value = 0.75
        assert told(lab, "Least loss")

    @pytest.mark.parametrize("name", ["kappa", "q", "D_A", "D_E", "mu"])
    def test_each_slider_moves_the_figure_and_the_numbers(self, lab, name):
        lab.view.value = "commitment"
        before = lab.live.svg, lab.live.answer
        lab.sliders[name].value += lab.sliders[name].step
        assert lab.live.svg != before[0]
        assert lab.live.answer["readout"] != before[1]["readout"]
        assert lab.live.answer["code"] != before[1]["code"]


class TestTheFrame:
    @pytest.mark.parametrize("name", ["rho", "pi", "b", "kappa", "q", "D_A", "D_E", "mu"])
    @pytest.mark.parametrize("end", ["min", "max"])
    def test_the_ends_of_each_slider_are_drawn(self, lab, name, end):
        for view in lab.parts:
            lab.view.value = view
            lab.sliders[name].value = getattr(lab.sliders[name], end)
            assert lab.live.error == ""
            assert "nan" not in lab.live.svg
            results(lab.live.answer["code"] + "\n0")

    def test_all_sliders_at_one_end_are_drawn(self, lab):
        for view in lab.parts:
            lab.view.value = view
            for end in ("min", "max"):
                for control in lab.sliders.values():
                    control.value = getattr(control, end)
                assert lab.live.error == ""

    def test_each_view_shows_its_controls_only(self, lab):
        for view in lab.parts:
            lab.view.value = view
            shown = {n for n, boxes in lab.parts.items() if boxes[0].layout.display != "none"}
            assert shown == {view}

    def test_reset_restores_the_first_state(self, lab):
        first = lab.live.svg, lab.live.answer
        lab.preset.value, lab.theory.value = "member", "opportunist"
        for control in lab.sliders.values():
            control.value = control.max
        lab.reset.click()
        assert (lab.live.svg, lab.live.answer) == first

    def test_each_control_has_help(self, lab):
        kinds = (widgets.Dropdown, widgets.FloatSlider, widgets.Button)
        controls = [w for w in inside(lab) if isinstance(w, kinds)]
        assert len(controls) == 12
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
        assert "Who is safe?" in DeterrenceLab(ask="Who is safe?").children[0].value

    def test_the_figures_have_words_and_a_table(self):
        challenge, commitment = (
            challenge_figure(0.2, 0.1, 0.35),
            commitment_figure(0.5, 0.2, 10, 4, 0.25),
        )
        assert challenge.table["preventive"].tolist() == [0.0198, 0.8, 0.2724, 0.1091, 0.8]
        assert "0.60" in commitment.alt
        for part in ("theory-preventive", "theory-opportunist", "present", "chance"):
            assert f'id="{part}"' in challenge.svg()
        for part in ("abandonment", "entrapment", "sum", "best", "present"):
            assert f'id="{part}"' in commitment.svg()
