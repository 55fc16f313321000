"""The rules of the toys, each by an example."""

from coursekit.models.reciprocity import successor
from coursekit.toys.challenger import agreement, chances, turned_away
from coursekit.toys.feud import intended, played_round
from coursekit.toys.race import begin, end, meant, met
from coursekit.toys.rival import fitting, replies
from coursekit.toys.trust import KINDS, Act, by_bayes, drawn

EVEN = (0.5, 0.5)


class TestChallenger:
    def test_one_of_two_neighbours_is_ruled_in_another_way(self):
        assert (turned_away(0), turned_away(1)) == ("partner", "neutral")

    def test_a_theory_of_rule_expects_an_attack_on_that_one(self):
        found = {name: round(chance, 2) for name, chance in chances("regime", "neutral").items()}
        assert found == {"member": 0.01, "promised": 0.19, "partner": 0.28, "neutral": 0.99}

    def test_a_plan_is_compared_with_three_theories(self):
        plan = {"member": False, "promised": True, "partner": False, "neutral": False}
        assert agreement(plan, "neutral") == {"preventive": 4, "opportunist": 2, "regime": 2}


class TestFeud:
    def test_who_copies_answers_a_slip(self):
        assert intended(("copy", "copy"), successor(0, 1, 0), EVEN) == (0, 1)

    def test_a_slip_turns_a_move_into_its_opposite(self):
        assert played_round(("copy", "copy"), 0, EVEN, slip=1)[0] == (0, 1)


class TestRace:
    def test_sentences_mean_parameters_of_the_model(self):
        parameters = {"a": 0.5, "b": 0.5, "k": 0.6, "l": 0.6, "g": 1, "h": 1}
        assert meant(begin()) == (parameters, (10, 4))

    def test_it_runs_away_unless_one_side_does_not_answer(self):
        assert (end(begin()), end(begin() | {"up_answers": 0})) == ("runs_away", "calms")

    def test_one_nervous_side_can_be_calmed_by_the_other(self):
        assert met(begin() | {"up_answers": 10, "low_answers": 1}) == {"nervous", "stop"}


class TestRival:
    def test_a_mirror_forgets_and_a_grudge_does_not(self):
        mine = (0, 1, 0, 0)
        assert (replies("mirror", mine), replies("grudge", mine)) == ((0, 0, 1, 0), (0, 0, 1, 1))

    def test_who_would_have_done_the_same(self):
        assert fitting((1, 1), (0, 1)) == ["mirror", "grudge"]


class TestTrust:
    def test_a_game_begins_with_a_denial(self):
        kind, acts = drawn(1)
        assert (kind in KINDS, len(acts), acts[0].occasion) == (True, 5, "denial")

    def test_words_that_both_kinds_say_change_nothing(self):
        said, seen = Act("denial", True, 0.9, 0.9), Act("troops", True, 0.4, 0.8)
        assert [round(trust) for trust in by_bayes(30, (said, seen))] == [30, 30, 18]
