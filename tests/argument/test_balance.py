"""The map is fair: each side is attacked, answers and can be brought down as much as the other."""

import itertools

import pytest

from coursekit.argument import Argument
from coursekit.data import load

# Whose step it is, by the first letter: friends of the essay's thesis, or its critics.
SIDES = {"essay": "ABCHKMQ", "critics": "NGRLe"}
NEITHER = "DX"
CASE = ["N1", "N3", "N6"]


@pytest.fixture(scope="module")
def essay():
    return Argument.essay()


def side(id):
    return next((name for name, letters in SIDES.items() if id[0] in letters), "neither")


def attacks_on(essay, name):
    return [k for k in essay.links if k.relation == "attacks" and side(k.target) == name]


def fewest(essay, step, ids, accepted=()):
    """The smallest sets of steps that one has to accept for another to fall."""
    for size in range(1, 4):
        found = [
            set(ids)
            for ids in itertools.combinations(ids, size)
            if step not in essay.standing(accepted=[*accepted, *ids])
        ]
        if found:
            return found
    return []


class TestBothSides:
    def test_every_step_is_on_one(self, essay):
        assert {id for id in essay.nodes if side(id) == "neither"} == set(NEITHER)

    def test_no_step_attacks_its_own(self, essay):
        for link in essay.links:
            same = side(link.source) == side(link.target)
            assert same is (link.relation == "supports") or link.relation == "limits", link

    def test_are_attacked_about_as_often(self, essay):
        counts = {name: len(attacks_on(essay, name)) for name in SIDES}
        assert counts == {"essay": 16, "critics": 15}
        assert max(counts.values()) <= 1.25 * min(counts.values())

    def test_have_about_as_many_steps(self, essay):
        counts = {name: sum(side(id) == name for id in essay.nodes) for name in SIDES}
        assert counts == {"essay": 35, "critics": 20}
        # The essay's argument is drawn in full; what is added to it weighs the same on both sides.
        added = {
            name: sum(side(id) == name and not essay.nodes[id].claims for id in essay.nodes)
            for name in SIDES
        }
        assert added == {"essay": 19, "critics": 13}


class TestReplies:
    def test_every_objection_and_every_step_of_natos_case_meets_one(self, essay):
        for id in essay.nodes:
            if id[0] in "NR":
                assert any(essay.nodes[k].kind == "reply" for k in essay.attackers(id)), id

    def test_natos_case_answers_as_the_essay_does(self, essay):
        answered = [id for id in essay.nodes if id[0] == "M" and essay.attackers(id)]
        assert answered == ["M1", "M3", "M4"]

    def test_a_reply_that_is_accepted_restores_what_the_objection_hit(self, essay):
        for number in range(1, 7):
            objection, reply = f"R{number}", f"Q{number}"
            hit = [k.target for k in essay.links if k.source == objection]
            for step in hit:
                assert step not in essay.standing(accepted=objection)
                assert step in essay.standing(accepted=[objection, reply])

    def test_whoever_accepts_everything_keeps_two_lines_of_three_on_each_side(self, essay):
        everything = [id for id in essay.nodes if id[0] in "NRQML"]
        standing = essay.standing(accepted=everything)
        for id in ("K1", "expand"):
            assert "stands on 2 of its 3 lines of support" in standing.why(id)

    @pytest.mark.parametrize("letters", ["H", "G", "R", "Q", "M", "L"])
    def test_what_the_course_adds_has_sources(self, letters):
        readings = set(load("readings")["reading"])
        table = load("argument_nodes").set_index("node")["readings"]
        for id in table.index[table.index.str[0].isin(list(letters))]:
            assert table[id], id
            assert set(table[id].split(";")) <= readings, id

    def test_a_step_says_in_no_more_than_two_sentences_what_it_holds(self):
        nodes = load("argument_nodes")
        long = nodes.loc[nodes["text"].str.split().str.len() > 46, "node"]
        assert list(long) == []


class TestWhatBringsThemDown:
    def test_no_single_objection_brings_down_the_thesis(self, essay):
        for id in essay.nodes:
            if id[0] in "NR":
                assert "K1" in essay.standing(accepted=id), id

    def test_no_single_reply_brings_down_natos_case(self, essay):
        for id in essay.nodes:
            if id[0] == "M":
                assert "expand" in essay.standing(accepted=[*CASE, id]), id

    def test_it_takes_as_many_premises_on_both_sides(self, essay):
        thesis = essay.critical_premises("K1")
        case = essay.critical_premises("expand", accepted=CASE)
        assert {len(cut) for cut in thesis} == {len(cut) for cut in case} == {3}

    def test_it_takes_as_many_objections_as_replies(self, essay):
        critics = [id for id in essay.nodes if id[0] in "NR"]
        friends = [id for id in essay.nodes if id[0] in "MQ"]
        assert fewest(essay, "K1", critics) == [{"R1", "R6"}]
        assert fewest(essay, "expand", friends, CASE) == [{"M4", "M6"}]

    def test_the_word_symbolic_carries_nothing_else(self, essay):
        standing = essay.standing(accepted="N5")
        assert standing.fallen == ("B6",)
        assert essay.standing(rejected="B6").fallen == ("B6",)
        assert "B6" not in essay.premises_of("K2")
