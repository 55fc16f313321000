"""The deterrence lab: what it shows in each view, and that every control does its work."""

import pytest
from reading_labs import run, told

from coursekit.figures.deterrence import challenge_figure, commitment_figure, risk
from coursekit.labs.deterrence import challenge_readout
from coursekit.models.deterrence import STATUSES, THEORIES, status_comparison
from coursekit.widgets.deterrence_lab import deterrence_lab

CHANCE = "Probability of a challenge"
HELP = "Threshold of help"
ACCESSION = "Threshold of joining"


@pytest.fixture
def lab():
    return deterrence_lab()


class TestTheChallenge:
    @pytest.mark.parametrize(
        ("status", "theory", "chance", "gain", "waiting"),
        [
            ("member", "preventive", "2%", "-3.90", "0.00"),
            ("promised", "preventive", "80%", "3.80", "2.41"),
            ("partner", "preventive", "27%", "4.90", "5.88"),
            ("neutral", "preventive", "11%", "4.90", "7.00"),
            ("member", "opportunist", "2%", "-3.90", "0.00"),
            ("promised", "opportunist", "98%", "3.80", "0.00"),
            ("partner", "opportunist", "99%", "4.90", "0.00"),
            ("neutral", "opportunist", "99%", "4.90", "0.00"),
            ("member", "regime", "1%", "-4.75", "0.00"),
            ("promised", "regime", "62%", "0.50", "0.00"),
            ("partner", "regime", "78%", "1.25", "0.00"),
            ("neutral", "regime", "78%", "1.25", "0.00"),
        ],
    )
    def test_each_status_shows_the_numbers_of_the_model(
        self, lab, status, theory, chance, gain, waiting
    ):
        lab.preset.value, lab.theory.value = status, theory
        assert told(lab, CHANCE)["value"] == chance
        assert told(lab, "Gain of an attack")["value"] == gain
        assert told(lab, "Value of waiting")["value"] == waiting
        assert told(lab, "Setting")["value"] == status.capitalize()
        assert f"{run(lab.live.answer['code'])[0]:.0%}" == chance

    def test_the_presets_are_the_statuses_of_the_model(self, lab):
        assert list(lab.points)[:4] == list(STATUSES)
        for name, status in STATUSES.items():
            assert lab.points[name][1] == status._asdict()

    @pytest.mark.parametrize("theory", THEORIES)
    def test_a_setting_agrees_with_the_comparison(self, theory):
        for row in status_comparison(theory):
            setting = STATUSES[row.status]
            assert risk(theory, **setting._asdict())[4:] == row[4:]

    def test_thresholds_are_shown(self, lab):
        assert told(lab, HELP)["value"] == "0.33"
        assert told(lab, ACCESSION)["value"] == "0.04"
        _, help_, accession = run(lab.live.answer["code"])
        assert (f"{help_:.2f}", f"{accession:.2f}") == ("0.33", "0.04")
        lab.theory.value = "opportunist"
        assert told(lab, HELP)["value"] == "0.55"

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

    @pytest.mark.parametrize(
        ("name", "theory"),
        [
            *((name, "preventive") for name in ("rho", "pi", "b", "V")),
            ("turn", "regime"),
        ],
    )
    def test_each_slider_moves_the_figure_and_the_numbers(self, lab, name, theory):
        lab.theory.value = theory
        before = lab.live.svg, lab.live.answer
        lab.sliders[name].value += max(0.1, lab.sliders[name].step)
        assert lab.live.svg != before[0]
        assert told(lab, CHANCE) != before[1]["readout"][0]
        assert lab.live.answer["code"] != before[1]["code"]
        assert lab.preset.value == "own"

    def test_risk_falls_with_help_and_peace_and_rises_with_accession(self, lab):
        base = risk("preventive", 0.2, 0.1, 0.35).probability
        assert risk("preventive", 0.3, 0.1, 0.35).probability < base
        assert risk("preventive", 0.2, 0.2, 0.35).probability > base
        assert risk("preventive", 0.2, 0.1, 0.45).probability < base

    def test_the_regime_theory_looks_at_the_turn_and_not_at_accession(self, lab):
        lab.theory.value = "regime"
        before = told(lab, CHANCE)["value"]
        lab.sliders["pi"].value, lab.sliders["b"].value = 0.3, 0.9
        assert told(lab, CHANCE)["value"] == before
        assert "turn times prize, 5" in told(lab, "Gain of an attack")["detail"]
        lab.sliders["turn"].value = 1
        assert told(lab, CHANCE)["value"] == "98%"

    def test_a_prize_so_large_that_help_does_not_deter_is_said_in_words(self):
        detail = challenge_readout(1, 0.1, 0, 200, 0.5, "opportunist")[0][3]["detail"]
        assert detail == "An attack pays even if help is sure to come."

    def test_the_theory_is_brought_out(self, lab):
        before = lab.live.svg
        lab.theory.value = "opportunist"
        assert lab.live.svg != before
        assert "Opportunist theory (chosen)" in lab.live.svg


class TestTheCommitment:
    def test_it_begins_with_the_example_of_the_model(self, lab):
        lab.view.value = "commitment"
        assert told(lab, "Best commitment")["value"] == "0.60"
        assert told(lab, "Least loss")["value"] == "1.64"
        assert told(lab, "Teaching construct")["value"] == "after Snyder 1984"
        loss, best = run(lab.live.answer["code"])
        assert told(lab, "Loss at the present setting")["value"] == f"{loss:.2f}"
        assert best == pytest.approx(0.6)

    def test_without_fear_of_abandonment_none_is_best(self, lab):
        lab.view.value = "commitment"
        lab.sliders["D_A"].value = 4
        assert told(lab, "Best commitment")["value"] == "0.00"
        lab.sliders["D_A"].value = 20
        assert told(lab, "Best commitment")["value"] == "1.00"

    def test_numbers_that_do_not_fit_are_said_in_words(self, lab):
        lab.view.value = "commitment"
        lab.sliders["q"].value = 0.9
        assert lab.live.error == ""
        assert "add up to a probability of 1.15" in lab.live.answer["readout"][0]["detail"]
        assert "Lower one of them" in lab.live.svg
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


class TestTheFigures:
    def test_the_figures_have_words_and_a_table(self):
        challenge, commitment = (
            challenge_figure(0.2, 0.1, 0.35),
            commitment_figure(0.5, 0.2, 10, 4, 0.25),
        )
        assert challenge.table["preventive"].tolist() == [0.0198, 0.8, 0.2724, 0.1091, 0.8]
        assert "0.60" in commitment.alt
        assert challenge.table["regime"].tolist() == [0.0086, 0.6225, 0.7773, 0.7773, 0.6225]
        assert "Neutral: 11%, 99% and 78%" in challenge.alt
        for part in (*(f"theory-{name}" for name in THEORIES), "present", "chance"):
            assert f'id="{part}"' in challenge.svg()
        for part in ("abandonment", "entrapment", "sum", "best", "present"):
            assert f'id="{part}"' in commitment.svg()
