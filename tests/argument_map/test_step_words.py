"""What is said of a step: ways to undo it, its card, the outline."""

import itertools
import re

import pytest
from drawn_maps import ESSAY, STANCES, chosen
from hypothesis import given
from hypothesis import strategies as st

from coursekit.argument import Argument, Link, Node
from coursekit.argument.kinds import step_kind
from coursekit.argument.words import undoing
from coursekit.widgets.argument_card import claim_cards, step_card
from coursekit.widgets.argument_outline import outline_html, outline_text


class TestWords:
    def test_a_single_rejection_that_is_enough_is_named(self):
        (reject, accept) = undoing(ESSAY.standing(), "A6")
        assert reject == "Reject one of A1, A2, A4, A5, H1, H2 or H3."
        assert accept == "Accept one of N1, N2, N3, N4, R1, R2 or R3."

    def test_choices_from_several_lines_are_told_apart(self):
        said = undoing(ESSAY.standing(), "K1")[0]
        assert said == (
            "Reject C1 (Blocs divide and tensions escalate); and one of A1, A2, A4, A5, H1, H2 or "
            "H3; and one of B1, B2, B3, B4, H4, H5 or H6."
        )

    def test_what_is_settled_already_is_left_out(self):
        said = " ".join(undoing(ESSAY.standing(["A1", "R2"]), "K1"))
        assert "A2" not in said and "R2" not in said

    @given(STANCES, st.sampled_from(list(ESSAY.nodes)))
    def test_every_way_that_is_named_works(self, stances, id):
        rejected, accepted = chosen(stances, "rejected"), chosen(stances, "accepted")
        standing = ESSAY.standing(rejected, accepted)
        for said in undoing(standing, id):
            plain = re.sub(r" \([^)]*\)", "", said)
            if not said.startswith(("Reject", "Accept")):
                continue
            parts = [re.findall(r"\b(?:[A-Z]\d|expand)\b", part) for part in plain.split(";")]
            for ways in itertools.islice(itertools.product(*parts), 20):
                if said.startswith("Reject"):
                    after = ESSAY.standing({*rejected, *ways}, accepted)
                else:
                    after = ESSAY.standing(rejected, {*accepted, *ways})
                assert id not in after

    def test_combinations_that_are_no_free_choice_are_listed_one_by_one(self):
        nodes = [Node(id, id.upper(), "premise") for id in "pqrs"] + [Node("k", "K", "conclusion")]
        links = [("p", "a"), ("q", "a"), ("q", "b"), ("r", "b"), ("r", "c"), ("s", "c")]
        steps = [Node(f"m{x}", x, "intermediate") for x in "abc"]
        argument = Argument(
            [*nodes, *steps],
            [Link(source, f"m{x}", "supports", f"m{x}-1") for source, x in links]
            + [Link(f"m{x}", "k", "supports") for x in "abc"],
        )
        cuts = argument.critical_premises("k")
        assert sorted(map(sorted, cuts)) == [["p", "r"], ["q", "r"], ["q", "s"]]
        assert len(undoing(argument.standing(), "k")) == 3

    @pytest.mark.parametrize(
        ("id", "words"),
        [("H3", "Only your own switch"), ("D", "no other step"), ("R1", "no force")],
    )
    def test_a_step_that_rests_on_nothing_says_so(self, id, words):
        assert words in undoing(ESSAY.standing(), id)[0]

    def test_a_fallen_step_says_so(self):
        assert undoing(ESSAY.standing("H3"), "A6") == ["It has fallen already."]


class TestCard:
    def test_holds_label_paraphrase_kind_and_both_sides(self):
        html = step_card(ESSAY.standing("H3"), "A6")
        for words in (
            "paid by others",
            "confrontation becomes easier",
            "intermediate",
            "Supported, only together, by",
            "Attacked by",
            "Limited by",
            "It supports",
            "falls, because you reject it",
        ):
            assert words in html

    def test_content_is_escaped(self):
        nodes = [Node("a", "<i>x</i>", text="<script>"), Node("b", "&")]
        html = step_card(Argument(nodes, [Link("b", "a", "attacks", note="<b>")]).standing(), "a")
        assert "<script>" not in html and "<i>" not in html and "<b>" not in html

    @pytest.mark.parametrize("id", list(ESSAY.nodes))
    def test_each_claim_comes_with_evidence_on_both_sides(self, id):
        html = claim_cards(id)
        count = len(ESSAY.nodes[id].claims)
        assert html.count("What speaks for it") == count
        assert html.count("What speaks against it") == count
        # A step that stands for no claim names the sources of what it says.
        assert html.count("Sources") == (count or 1)
        assert count or "adds it" in html


class TestOutline:
    def test_names_every_step_its_kind_and_its_state(self):
        text = outline_text(ESSAY.standing("H3"))
        for id, node in ESSAY.nodes.items():
            assert f"{id} {node.label} ({node.kind}): " in text
            assert node.text in text
        assert "A6 Members' safety is paid by others (intermediate): falls." in text

    def test_names_every_link_below_its_target(self):
        lines = outline_text(ESSAY.standing()).splitlines()
        found, stack = set(), []
        for line in lines[1:]:
            depth = len(line) - len(line.lstrip())
            if step := re.match(r"\s*(?:- )?(\w+) .*\(.*\): ", line):
                stack = [*(s for s in stack if s[0] < depth), (depth, step[1])]
                if len(stack) > 1:
                    found.add((stack[-1][1], stack[-2][1]))
        assert found == {(link.source, link.target) for link in ESSAY.links}

    def test_the_page_has_a_state_for_each_step_and_a_switch_for_each_that_can_be_switched(self):
        html = outline_html(ESSAY)
        assert set(re.findall(r"data-state='(\w+)'", html)) == set(ESSAY.nodes)
        switched = {id for id, node in ESSAY.nodes.items() if step_kind(node).switched}
        assert set(re.findall(r"data-switch='(\w+)'", html)) == switched
        assert html.count("<select") == html.count("aria-label='Your view of")

    def test_conclusions_have_headings(self):
        heads = re.findall(r"<h4 data-step='(\w+)'", outline_html(ESSAY))
        assert heads == ["K1", "K2", "A6", "B5", "B6", "C3", "expand"]
