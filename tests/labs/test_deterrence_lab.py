"""The deterrence lab: what it shows in each view, and that every control does its work."""

import pytest
from reading_labs import run, told

from coursekit.figures.deterrence import challenge_figure, commitment_figure, risk
from coursekit.labs.deterrence import challenge_readout
from coursekit.models.deterrence import STATUSES, THEORIES, status_comparison
from coursekit.widgets.deterrence_lab import deterrence_lab

CHANCE = "Probability of a challenge"
HELP = "Threshold of help, rho*"
ACCESSION = "Threshold of accession, pi*"


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
            ("member", "regime", "0.86%", "-4.75", "0.0000"),
            ("promised", "regime", "62.25%", "0.50", "0.0000"),
            ("partner", "regime", "77.73%", "1.25", "0.0000"),
            ("neutral", "regime", "77.73%", "1.25", "0.0000"),
        ],
    )
    def test_each_status_shows_the_numbers_of_the_model(
        self, lab, status, theory, chance, gain, waiting
    ):
        lab.preset.value, lab.theory.value = status, theory
        assert told(lab, CHANCE)["value"] == chance
        assert told(lab, "Gain of an attack, E")["value"] == gain
        assert told(lab, "Value of waiting, W")["value"] == waiting
        assert told(lab, "Setting")["value"] == status.capitalize()
        assert f"{run(lab.live.answer['code'])[0]:.2%}" == chance

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
        assert told(lab, HELP)["value"] == "0.3260"
        assert told(lab, ACCESSION)["value"] == "0.0443"
        _, help_, accession = run(lab.live.answer["code"])
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
        assert "turn times V, 5" in told(lab, "Gain of an attack, E")["detail"]
        lab.sliders["turn"].value = 1
        assert told(lab, CHANCE)["value"] == "97.81%"

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
        assert told(lab, "Best commitment, kappa*")["value"] == "0.6000"
        assert told(lab, "Least loss")["value"] == "1.6400"
        assert told(lab, "Teaching construct")["value"] == "after Snyder 1984"
        loss, best = run(lab.live.answer["code"])
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
