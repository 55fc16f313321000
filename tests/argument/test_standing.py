import pytest
from argument.by_hand import (
    GRANTED,
    HIDDEN,
    OPPOSING,
    REPLIES,
    TAKEN,
    by_hand,
    complete_extensions,
    plainly,
    subsets,
)
from argument.made_up import arguments, choices
from hypothesis import given
from hypothesis import strategies as st

from coursekit.argument import Argument, Link, Node
from coursekit.argument.kinds import step_kind, step_kinds
from coursekit.argument.semantics import grounded
from coursekit.argument.words import undoing
from coursekit.errors import CourseError


@pytest.fixture(scope="module")
def essay():
    return Argument.essay()


class TestTheEssay:
    def test_agrees_with_formulas_over_all_hidden_premises_and_pairs_of_objections(self, essay):
        for rejected in subsets(HIDDEN):
            for accepted in subsets(OPPOSING, most=2):
                standing = essay.standing(rejected, accepted)
                assert standing.stands == by_hand(rejected, accepted), (rejected, accepted)

    def test_agrees_with_formulas_over_what_natos_case_needs_and_pairs_of_replies(self, essay):
        case = {"N1", "N3", "N6"}
        for rejected in subsets(TAKEN):
            for replies in subsets(REPLIES, most=2):
                accepted = case | replies
                standing = essay.standing(rejected, accepted)
                assert standing.stands == by_hand(rejected, accepted), (rejected, accepted)

    @given(st.sets(st.sampled_from([*GRANTED, "A2", "A5", "B3", "C2", "K1", "A6"])), st.data())
    def test_agrees_with_formulas_when_other_steps_are_rejected(self, rejected, data):
        accepted = frozenset(data.draw(st.sets(st.sampled_from([*OPPOSING, *REPLIES]))))
        standing = Argument.essay().standing(rejected, accepted)
        assert standing.stands == by_hand(rejected, accepted)

    def test_without_the_counterfactual_a6_falls_and_k1_still_stands(self, essay):
        standing = essay.standing(rejected=["H3"])
        assert "A6" not in standing
        assert "K1" in standing
        assert standing.conclusions == {"K1": True, "K2": True}
        assert standing.fallen == ("A6", "H3")

    def test_everything_the_author_offers_stands_until_something_is_settled(self, essay):
        standing = essay.standing()
        assert standing.fallen == ()
        assert set(standing.waiting) == {*OPPOSING, *REPLIES, "expand"}

    def test_a_limit_never_defeats(self, essay):
        assert essay.standing(accepted=["D", "X"]).conclusions == {"K1": True, "K2": True}
        assert "A6" in essay.standing(accepted="X")


class TestWhy:
    @pytest.mark.parametrize(
        ("rejected", "accepted", "id", "words"),
        [
            ("H3", "", "A6", "A6 falls: its only line of support needs H3, which you rejected."),
            ("H3", "", "H3", "H3 falls because you rejected it."),
            ("", "", "K2", "K2 stands on its only line of support: K1 and C3."),
            ("H3", "", "K1", "K1 stands on 2 of its 3 lines of support: C1; B5."),
            (
                "",
                "",
                "A1",
                "A1 stands, as nothing that you decided brings it down.",
            ),
            ("", "", "R2", "R2 has no force as long as you have not accepted it."),
            ("", "R2", "R2", "R2 stands because you accepted it."),
            ("", "R2", "A6", "A6 falls: R2, which you accepted, attacks it undefeated."),
            ("", "R2 Q2", "R2", "R2 falls: Q2, which you accepted, attacks it undefeated."),
            ("", "N1 R3", "A2", "A2 falls: N1 and R3, which you accepted, attack it undefeated."),
            (
                "",
                "N1",
                "A6",
                "A6 falls: its only line of support needs A5, which needs A2, which an accepted "
                "attack defeats.",
            ),
            (
                "C1 H3 B1",
                "",
                "K1",
                "K1 falls: none of its 3 lines of support is whole (one needs C1, which you "
                "rejected; one needs A6, which needs H3, which you rejected; one needs B5, which "
                "needs B3, which needs B1, which you rejected).",
            ),
            (
                "C1 H3 B1",
                "",
                "K2",
                "K2 falls: its only line of support needs K1, which has no whole line of support "
                "left.",
            ),
            (
                "A1 H3",
                "",
                "A6",
                "A6 falls: its only line of support needs A1, which you rejected, and H3, which "
                "you rejected.",
            ),
            (
                "H3",
                "A6",
                "A6",
                "A6 stands because you accepted it, though none of its lines of support is whole.",
            ),
            (
                "",
                "",
                "expand",
                "expand has no force as long as you have not accepted it, or a line that supports "
                "it.",
            ),
        ],
    )
    def test_is_a_plain_sentence(self, essay, rejected, accepted, id, words):
        assert essay.standing(rejected.split(), accepted.split()).why(id) == words

    @given(st.data())
    def test_is_one_sentence_whatever_was_chosen(self, data):
        argument = data.draw(arguments(texts=st.just("")))
        rejected, accepted = data.draw(choices(argument))
        standing = argument.standing(rejected, accepted)
        for id in argument.nodes:
            words = standing.why(id)
            assert words.startswith(id)
            assert words.endswith(".")
            says = "stands" if standing.stands[id] else ("falls", "has no force")
            assert words.removeprefix(f"{id} ").startswith(says)

    def test_a_circle_of_attacks_is_called_one(self):
        nodes = [Node(id, kind="objection") for id in "ab"]
        links = [Link("a", "b", "attacks"), Link("b", "a", "attacks")]
        standing = Argument(nodes, links).standing(accepted=["a", "b"])
        assert standing.why("a") == (
            "a falls: b attacks it, and the attacks that you accepted run in a circle that nothing "
            "breaks."
        )

    def test_a_premise_that_waits_is_said_to_wait(self):
        nodes = [Node("a", kind="premise"), Node("b", kind="objection")]
        standing = Argument(nodes, [Link("b", "a", "supports")]).standing()
        assert standing.why("a") == (
            "a falls: its only line of support needs b, which you have not accepted."
        )


class TestTheRule:
    def test_an_objection_has_no_force_until_it_is_accepted(self, essay):
        assert "A6" in essay.standing()
        assert "A6" not in essay.standing(accepted="R2")

    def test_a_defeated_objection_has_no_force(self):
        nodes = [Node("claim"), *(Node(id, kind="objection") for id in ("doubt", "reply"))]
        links = [Link("doubt", "claim", "attacks"), Link("reply", "doubt", "attacks")]
        argument = Argument(nodes, links)
        assert "claim" not in argument.standing(accepted=["doubt"])
        assert "claim" in argument.standing(accepted=["doubt", "reply"])
        assert "doubt" not in argument.standing(accepted=["doubt", "reply"])

    def test_a_premise_attacks_only_when_accepted(self):
        argument = Argument([Node("a"), Node("b")], [Link("a", "b", "attacks")])
        assert "b" in argument.standing()
        assert "b" not in argument.standing(accepted="a")

    def test_what_is_accepted_needs_no_support(self, essay):
        standing = essay.standing(rejected="B1", accepted="B3")
        assert "B5" in standing
        assert "B5" not in essay.standing(rejected="B1")

    def test_what_is_accepted_falls_to_an_accepted_attack(self, essay):
        assert "A6" not in essay.standing(accepted=["A6", "N4"])

    @given(st.data())
    def test_agrees_with_a_plain_evaluation_of_any_argument(self, data):
        argument = data.draw(arguments(most=6, texts=st.just("")))
        rejected, accepted = data.draw(choices(argument))
        standing = argument.standing(rejected, accepted)
        assert standing.stands == plainly(argument, rejected, accepted)


class TestGroundedSemantics:
    def test_a_defended_step_is_in(self):
        assert grounded("abc", [("a", "b"), ("b", "c")]) == {"a", "c"}

    def test_two_that_attack_each_other_are_both_out(self):
        assert grounded("abc", [("a", "b"), ("b", "a"), ("a", "c")]) == frozenset()

    def test_a_step_that_attacks_itself_is_out(self):
        assert grounded("ab", [("a", "a"), ("a", "b")]) == frozenset()

    @given(st.sets(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"))))
    def test_it_is_the_smallest_complete_extension(self, attacks):
        found = complete_extensions("abcde", attacks)
        assert grounded("abcde", attacks) == frozenset.intersection(*found)
        assert grounded("abcde", attacks) in found


class TestBadChoices:
    @pytest.mark.parametrize("choice", ["rejected", "accepted"])
    def test_an_unknown_step_is_named_with_the_nearest(self, essay, choice):
        with pytest.raises(CourseError, match=r"no step 'H33'\. Did you mean 'H3'"):
            essay.standing(**{choice: ["H1", "H33"]})

    def test_a_step_both_rejected_and_accepted_is_refused(self, essay):
        with pytest.raises(CourseError, match="H3: both rejected and accepted"):
            essay.standing(rejected=["H3", "H4"], accepted="h3")

    def test_asking_after_an_unknown_step_is_refused(self, essay):
        with pytest.raises(CourseError, match="no step"):
            _ = "K9" in essay.standing()
        with pytest.raises(CourseError, match="no step"):
            essay.standing().why("K9")

    def test_something_that_is_no_name_is_refused(self, essay):
        with pytest.raises(CourseError, match="no step 3"):
            essay.standing(rejected=3)

    def test_one_name_alone_will_do(self, essay):
        assert essay.standing("h3").stands == essay.standing(["H3"]).stands


class TestKinds:
    @pytest.fixture
    def claims(self):
        return Argument.of_claims()

    def test_every_kind_of_step_and_role_of_a_claim_is_in_the_table(self, essay, claims):
        used = {node.kind for node in [*essay.nodes.values(), *claims.nodes.values()]}
        assert used <= set(step_kinds())

    def test_a_counter_argument_waits_in_sentences_as_it_does_in_the_rule(self, claims):
        standing = claims.standing()
        attacker, attacked = next(
            (k.source, k.target)
            for k in claims.links
            if k.relation == "attacks" and k.source in standing.waiting
        )
        assert claims.nodes[attacker].kind == "counter-argument"
        assert step_kind(claims.nodes[attacker]).rule == "It has force only if you accept it."
        accept = [said for said in undoing(standing, attacked) if said.startswith("Accept")]
        assert any(attacker in said for said in accept)
