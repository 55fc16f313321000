"""Small pure parts of the labs and their figures, each by an example."""

import pytest

from coursekit.argument import Argument
from coursekit.figures.argument_layout import boxes
from coursekit.figures.arms_race import outcome, race_figure, window
from coursekit.figures.deterrence import risk
from coursekit.figures.game import trust_in_words
from coursekit.figures.reciprocity import entrants, pair_in_words
from coursekit.figures.rival import rival_figure
from coursekit.figures.staggered import staggered, staggered_panel
from coursekit.figures.trust_example import Belief, after, gesture, least_trust, odds_in_words
from coursekit.labs.deterrence import accession_words, fits
from coursekit.labs.settings import controls, opening, parts, settings
from coursekit.models.games import Payoffs
from coursekit.widgets.argument_outline import outline_text
from coursekit.widgets.controls import control, slider
from coursekit.widgets.map_figure import switches

CALM = {"a": 2, "b": 2, "k": 1, "l": 1, "g": 1, "h": 1}


class TestArgumentMap:
    def test_labels_of_steps_are_broken_into_lines(self):
        lines = ("Without", "enlargement,", "less", "insecurity")
        assert boxes(Argument.essay())["H3"].lines == lines

    def test_a_switch_knows_what_it_may_change(self):
        assert switches()["H3"] == ["A6", "K1", "K2"]

    def test_the_outline_begins_with_the_whole(self):
        text = outline_text(Argument.essay().standing())
        assert text.startswith("Argument map of 57 steps and 63 links. K1 stands; K2 stand")


class TestArmsRace:
    def test_a_calm_race_settles_down_inside_the_usual_window(self):
        assert outcome(CALM, (2, 0))[0] == "It settles down"
        assert window(CALM, (2, 0)) == [0, 4]

    def test_the_table_begins_at_the_start(self):
        assert race_figure(2, 2, 1, 1, 1, 1).table["y"].tolist()[:1] == [0.5]


class TestDeterrence:
    def test_the_risk_of_a_setting_that_is_no_status(self):
        assert risk("preventive", rho=0.2, pi=0.1, b=0.35).probability == pytest.approx(
            0.8, abs=1e-4
        )

    def test_the_threshold_of_accession_in_words(self):
        assert accession_words(3.8, 0.35)[0] == "0.04"

    def test_only_a_sum_of_at_most_one_can_be_a_probability(self):
        assert (fits(0.2, 0.25), fits(0.9, 0.25)) == (True, False)


def test_how_much_trust_restraint_needs():
    assert trust_in_words(Payoffs(T=2, R=3, P=1, S=0))[0] == "0.50"
    assert trust_in_words(Payoffs(T=4, R=3, P=1, S=2))[0] == "not defined"


class TestReciprocity:
    def test_a_strategy_twice_and_four_others_enter_the_tournament(self):
        assert entrants("Random", "Random")[-1] == "Random"

    def test_how_often_a_pair_cooperates(self):
        words = "Tit for Tat cooperates in 2.0% of rounds, Always Defect in 1.0%."
        assert pair_in_words("Tit for Tat", "Always Defect", 0.01) == words


def test_a_table_that_is_not_told_names_the_cells_met_alone():
    figure = rival_figure([0], [0], (2, 3, 1, 0), told=False)
    assert figure.alt.endswith("A table gives your points. Both hold back: 3.")


def test_staggered_treatment():
    assert staggered_panel(1, 4, 1, 0) == ([[0, 1, 4], [0, 0, 1]], [[0, 1, 1], [0, 0, 1]])
    assert staggered(1, 4, 1, 0) == (2.0, pytest.approx(-0.5))


class TestTrust:
    def test_a_belief_is_updated_unless_what_was_seen_could_not_happen(self):
        assert after(Belief(0.6, 0.5, 0.9)) == pytest.approx(0.454545, abs=1e-6)
        assert after(Belief(0.6, 0, 0)) is None

    def test_the_example_needs_trust_of_a_half(self):
        assert least_trust() == 0.5

    @pytest.mark.parametrize(
        ("trust", "odds"), [(0.6, "1.50 to 1"), (1, "certain"), (None, "no odds")]
    )
    def test_odds(self, trust, odds):
        assert odds_in_words(trust) == odds

    @pytest.mark.parametrize(
        ("size", "result"), [(0.5, "separating"), (0.2, "pooling"), (0.9, "no cooperation")]
    )
    def test_what_a_gesture_leads_to(self, size, result):
        assert gesture(0.3, size).result == result


class TestSettings:
    def test_numbers_of_a_preset(self):
        assert settings("game")["stag_hunt"][1] == {"T": 2.0, "R": 3.0, "P": 1.0, "S": 0.0}

    def test_a_lab_opens_with_the_numbers_of_the_preset_and_those_of_others_beside(self):
        points = settings("trust")
        begun = opening(points, "gesture")
        assert begun["t"] == 0.6
        assert begun.items() >= points["gesture"][1].items()

    def test_controls_and_the_views_they_belong_to(self):
        fatigue = controls("arms_race")["a"]
        assert (fatigue["kind"], fatigue["min"], fatigue["max"]) == ("slider", 0.1, 4.0)
        assert parts(controls("trust"))["design"] == ["trust", "size"]
        assert control(controls("game")["T"], 4.0).description == "Arm alone (T)"

    def test_a_slider_stands_on_one_of_its_steps(self):
        price = slider(0, 6, 0.5, "Price", "What it costs.")
        price.value = 5.000000000000001
        assert price.value == 5.0
