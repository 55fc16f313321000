import pytest
from argument.by_hand import HIDDEN, by_hand, plainly, subsets
from argument.made_up import arguments, choices
from hypothesis import given
from hypothesis import strategies as st

from coursekit.argument import Argument, Link, Node
from coursekit.errors import CourseError

# Steps of these kinds are premises even if others support them.
PREMISES = ("premise", "warrant", "hidden premise")


def smallest(sets):
    """Keep the sets of which no other is a part."""
    return {s for s in sets if not any(other < s for other in sets)}


@pytest.fixture(scope="module")
def essay():
    return Argument.essay()


class TestTheEssay:
    @pytest.mark.parametrize("id", ["A5", "A6", "B3", "B5", "C3", "K1", "K2"])
    @pytest.mark.parametrize("accepted", ["", "N5", "R4", "N2", "C1", "R2", "R6", "R6 Q6", "H3 H8"])
    def test_agrees_with_formulas_over_all_hidden_premises(self, essay, id, accepted):
        accepted = frozenset(accepted.split())
        free = [premise for premise in HIDDEN if premise not in accepted]
        expected = smallest([s for s in subsets(free) if not by_hand(s, accepted)[id]])
        found = essay.critical_premises(id, accepted=accepted)
        assert {s for s in found if s <= set(HIDDEN)} == expected

    @pytest.mark.parametrize("id", ["A6", "B5", "C3", "K1", "K2"])
    def test_agrees_with_formulas_over_all_premises(self, essay, id):
        premises = [p for p in essay.premises_of(id) if essay.nodes[p].kind in PREMISES]
        expected = smallest([s for s in subsets(premises, 3) if not by_hand(s, set())[id]])
        assert set(essay.critical_premises(id)) == expected

    def test_the_small_ones_come_first(self, essay):
        found = essay.critical_premises("K2")
        assert found[:3] == [{"C2"}, {"H7"}, {"H8"}]
        assert [len(s) for s in found] == sorted(len(s) for s in found)

    def test_k1_needs_a_loss_in_each_of_its_three_branches(self, essay):
        found = essay.critical_premises("K1")
        assert len(found) == 49
        assert all({essay.nodes[id].branch for id in s} == {"A", "B", "C"} for s in found)

    def test_results_of_a_branch_are_not_among_them(self, essay):
        named = frozenset().union(*essay.critical_premises("K2"))
        assert not named & {"A6", "B5", "C3", "K1"}
        assert {"A5", "B3", "C1"} <= named

    def test_what_is_rejected_shortens_the_rest(self, essay):
        left = essay.critical_premises("K1", rejected=["C1", "H3"])
        assert left == [{p} for p in ("B1", "B2", "B3", "B4", "H4", "H5", "H6")]

    def test_what_is_accepted_is_not_among_them(self, essay):
        assert essay.critical_premises("C3", accepted=["C2", "H7"]) == [{"H8"}]
        assert essay.critical_premises("C3", accepted=["C2", "H7", "H8"]) == []

    def test_a_step_that_has_fallen_needs_nothing_more(self, essay):
        assert essay.critical_premises("A6", rejected="H3") == [frozenset()]
        assert essay.critical_premises("A6", accepted="R2") == [frozenset()]

    def test_a_step_without_support_has_none(self, essay):
        assert essay.critical_premises("H3") == []

    def test_contradictory_choices_are_refused(self, essay):
        with pytest.raises(CourseError, match="both rejected and accepted"):
            essay.critical_premises("K1", rejected="H3", accepted="H3")


class TestAnyArgument:
    @given(st.data())
    def test_agrees_with_a_search_through_all_sets(self, data):
        argument = data.draw(arguments(texts=st.just("")))
        rejected, accepted = data.draw(choices(argument))
        id = data.draw(st.sampled_from(list(argument.nodes)))
        open_ = [
            p
            for p in argument.premises_of(id) - rejected - accepted
            if not argument.lines_of(p) or argument.nodes[p].kind in PREMISES
        ]
        bring_down = [
            s for s in subsets(open_) if not plainly(argument, rejected | s, accepted)[id]
        ]
        found = argument.critical_premises(id, rejected, accepted)
        assert set(found) == smallest(bring_down)
        assert len(found) == len(set(found))

    def test_a_premise_that_carries_two_lines_is_enough(self):
        nodes = [Node(id) for id in "cabx"]
        links = [Link("a", "c", "supports"), Link("b", "c", "supports")]
        links += [Link("x", "a", "supports"), Link("x", "b", "supports")]
        assert Argument(nodes, links).critical_premises("c") == [{"x"}, {"a", "b"}]
