import graphlib

import pytest
from argument.made_up import arguments
from hypothesis import given
from hypothesis import strategies as st

from coursekit.argument import Argument, Link, Node, tables
from coursekit.data import load
from coursekit.errors import CourseError

# Written down from the description of the argument, not from the tables.
NODES = {
    "conclusion": "K1 K2",
    "intermediate": "A6 B5 C3",
    "premise": "A1 A2 A5 B1 B2 B3 B4 B6 C1 C2",
    "warrant": "A4",
    "hidden premise": "H1 H2 H3 H4 H5 H6 H7 H8 G1 G2 G3 G4",
    "counter-case": "N1 N2 N3 N4 N5 N6 expand",
    "concession": "D",
    "scope": "X",
    "objection": "R1 R2 R3 R4 R5 R6",
    "reply": "Q1 Q2 Q3 Q4 Q5 Q6 M1 M3 M4 M5 M6 L1 L3 L4",
}
CLAIMS = {
    "K2": "C45",
    "K1": "C05",
    "A6": "C26 C14 C18",
    "A1": "C13",
    "A2": "C11 C16 C22 C23",
    "A4": "C24",
    "A5": "C25",
    "B5": "C31 C04",
    "B1": "C27",
    "B2": "C28 C29",
    "B3": "C30",
    "B4": "C31",
    "B6": "C32",
    "C1": "C39 C40",
    "C2": "C41 C42",
    "C3": "C43",
    "N1": "C06 C19",
    "N2": "C20",
    "N3": "C08 C09",
    "N4": "C36",
    "N5": "C33 C34 C35 C37 C38",
    "N6": "C07",
    "expand": "C10",
    "D": "C44",
    "X": "C17",
}
LINES = {
    "A5": ["A2 A4 H1 H2"],
    "A6": ["A1 A5 H3"],
    "B3": ["B1 B2"],
    "B5": ["B3 B4 H4 H5 H6"],
    "B6": ["B4"],
    "C3": ["C2 H7 H8"],
    "K1": ["C1", "A6", "B5"],
    "K2": ["K1 C3"],
    "expand": ["N1 G1", "N3 G2 G3", "N6 G4"],
}
ATTACKERS = {
    "A2": "N1 R3",
    "A4": "R1",
    "A5": "N2",
    "A6": "N3 N4 R2",
    "B3": "R1 R5",
    "B6": "N5",
    "C1": "R6",
    "C2": "R4",
    "H5": "R5",
    "N1": "M1",
    "N2": "M1",
    "N3": "M3",
    "N4": "M4",
    "N5": "M5",
    "N6": "M6",
    "G1": "M4",
    "G2": "M3",
    "G3": "M4",
    "R1": "Q1",
    "R2": "Q2",
    "R3": "Q3",
    "R4": "Q4",
    "R5": "Q5",
    "R6": "Q6",
    "M1": "L1",
    "M3": "L3",
    "M4": "L4",
}
LIMITS = {("D", "K2"), ("X", "A6")}


@pytest.fixture(scope="module")
def essay():
    return Argument.essay()


class TestTheMapOfTheEssay:
    def test_has_these_steps(self, essay):
        kinds = {id: kind for kind, ids in NODES.items() for id in ids.split()}
        assert {id: node.kind for id, node in essay.nodes.items()} == kinds

    def test_stands_for_these_claims(self, essay):
        expected = {id: tuple(claims.split()) for id, claims in CLAIMS.items()}
        assert {id: node.claims for id, node in essay.nodes.items() if node.claims} == expected

    def test_has_these_lines_of_support(self, essay):
        for id in essay.nodes:
            expected = {frozenset(line.split()) for line in LINES.get(id, [])}
            assert set(essay.lines_of(id)) == expected, id

    def test_has_these_attacks(self, essay):
        for id in essay.nodes:
            assert essay.attackers(id) == set(ATTACKERS.get(id, "").split()), id

    def test_has_these_limits_and_no_other_link(self, essay):
        limits = {(k.source, k.target) for k in essay.links if k.relation == "limits"}
        assert limits == LIMITS
        lines = sum(len(line.split()) for group in LINES.values() for line in group)
        attacks = sum(len(ids.split()) for ids in ATTACKERS.values())
        assert len(essay.links) == lines + attacks + len(LIMITS) == 63

    def test_says_why_each_link_is_there(self, essay):
        assert all(link.note.endswith(".") for link in essay.links)

    def test_is_read_once(self):
        assert Argument.essay() is Argument.essay()
        assert Argument.of_claims() is Argument.of_claims()

    def test_cannot_be_changed_by_accident(self, essay):
        with pytest.raises(TypeError):
            essay.nodes["K3"] = Node("K3")


class TestTheMapOfClaims:
    def test_has_a_step_a_claim(self):
        argument = Argument.of_claims()
        assert list(argument.nodes) == load("claims")["claim"].tolist()
        node = argument.nodes["C05"]
        assert (node.kind, node.branch, node.claims) == ("thesis", "¶1, ¶5", ("C05",))

    def test_has_the_links_between_claims(self):
        links = load("claim_links").query("level == 'claim'")
        rows = set(links[["source", "target", "relation"]].itertuples(index=False, name=None))
        assert {(k.source, k.target, k.relation) for k in Argument.of_claims().links} == rows

    def test_lets_no_two_claims_lean_on_each_other(self):
        argument = Argument.of_claims()
        assert "C31" in argument.premises_of("C04")
        assert "C04" not in argument.premises_of("C31")


class TestQuestions:
    def test_premises_are_collected_through_other_steps(self, essay):
        assert essay.premises_of("A6") == {"A1", "A2", "A4", "A5", "H1", "H2", "H3"}
        assert essay.premises_of("K2") >= essay.premises_of("K1") | {"K1", "C3", "H7", "H8"}
        assert essay.premises_of("H3") == frozenset()

    def test_attackers_are_no_premises(self, essay):
        assert not essay.premises_of("K2") & {"R1", "R2", "R3", "R4", "R5", "N1", "D"}

    def test_case_does_not_matter(self, essay):
        assert essay.lines_of("k2") == essay.lines_of("K2")
        assert essay.attackers("EXPAND") == frozenset()

    @pytest.mark.parametrize("ask", ["lines_of", "premises_of", "attackers", "critical_premises"])
    def test_an_unknown_step_is_named_with_the_nearest(self, essay, ask):
        with pytest.raises(CourseError, match=r"no step 'H33'\. Did you mean 'H3'"):
            getattr(essay, ask)("H33")

    def test_the_order_puts_supporters_first(self, essay):
        place = {id: k for k, id in enumerate(essay.order)}
        assert all(
            place[k.source] < place[k.target] for k in essay.links if k.relation == "supports"
        )
        assert sorted(essay.order) == sorted(essay.nodes)


class TestCircles:
    def test_the_map_of_the_essay_has_none(self, essay):
        assert essay.cycles() == []

    def test_two_claims_that_deny_each_other_are_one(self):
        assert set(Argument.of_claims().cycles()) >= {("C10", "C45"), ("C32", "C34")}

    def test_each_is_found_once_from_its_first_step(self):
        nodes = [Node(id) for id in "abcd"]
        links = [
            Link("c", "a", "attacks"),
            Link("a", "b", "supports"),
            Link("b", "c", "limits"),
            Link("b", "a", "attacks"),
            Link("d", "a", "supports"),
        ]
        assert Argument(nodes, links).cycles() == [("a", "b"), ("a", "b", "c")]

    @given(arguments(texts=st.just("")))
    def test_there_are_some_exactly_if_the_steps_cannot_be_sorted(self, argument):
        below = {id: {k.source for k in argument.links if k.target == id} for id in argument.nodes}
        try:
            graphlib.TopologicalSorter(below).prepare()
            circular = False
        except graphlib.CycleError:
            circular = True
        found = argument.cycles()
        assert bool(found) is circular
        pairs = {(k.source, k.target) for k in argument.links}
        for circle in found:
            assert set(zip(circle, circle[1:] + circle[:1], strict=True)) <= pairs


class TestEquality:
    def test_does_not_depend_on_the_order_of_links(self, essay):
        turned = Argument(essay.nodes.values(), reversed(essay.links))
        assert turned == essay
        assert hash(turned) == hash(essay)

    def test_depends_on_notes_and_labels(self, essay):
        links = [Link(k.source, k.target, k.relation, k.linked) for k in essay.links]
        assert Argument(essay.nodes.values(), links) != essay
        assert essay != "K1"


def spoilt(monkeypatch, name, change):
    """Read the map from tables of which one was changed."""
    table = change(load(name))
    monkeypatch.setattr(tables, "load", lambda asked: table if asked == name else load(asked))
    return Argument(**tables.map_of_essay())


class TestMalformedTables:
    @pytest.mark.parametrize(
        ("row", "fault"),
        [
            ("Z9 A6 supports", "Z9 supports A6.*no step 'Z9'"),
            ("A1 a5 supports", "A1 supports a5.*no step 'a5'. Did you mean 'A5'"),
            ("A1 A1 supports", "A1 supports A1.*for or against itself"),
            ("A1 B1 backs", "A1 backs B1.*You can use: supports, attacks, limits"),
            ("A1 A6 supports A6-1", "A1 supports A6 .linked as A6-1.*already, on line 6"),
            ("N3 A6 supports", "N3 supports A6.*there is a link from N3 to A6 already"),
            ("R5 A1 attacks A1-1", "R5 attacks A1.*only supports can be linked"),
            ("C1 A6 supports A5-1", "C1 supports A6.*in use for premises of A5"),
            ("C1 A6 supports A6/1", "C1 supports A6.*letters, digits"),
            ("K1 A2 supports", "K1 supports A2.*circle, .*K1 -> A2"),
        ],
    )
    def test_a_link_that_cannot_be_used_is_refused_with_its_row(
        self, monkeypatch, root, row, fault
    ):
        source, target, relation, *linked = row.split()
        linked = linked[0] if linked else ""
        added = len((root / "datasets/claim_links.csv").read_text("utf-8").splitlines()) + 1

        def change(table):
            table.loc[len(table)] = [source, target, relation, linked, "map", ""]
            return table

        with pytest.raises(CourseError, match=fault) as caught:
            spoilt(monkeypatch, "claim_links", change)
        assert str(caught.value).startswith(f"Line {added} (")

    def test_the_line_is_the_line_of_the_file(self, monkeypatch, root):
        lines = (root / "datasets/claim_links.csv").read_text("utf-8").splitlines()
        number = next(n for n, line in enumerate(lines, 1) if line.startswith("C1,K1,supports"))

        def change(table):
            return table.replace({"source": {"C1": "C9"}})

        with pytest.raises(CourseError, match=rf"^Line {number} \(C9 supports K1\)"):
            spoilt(monkeypatch, "claim_links", change)

    def test_a_step_that_is_there_twice_is_refused_with_its_line(self, monkeypatch):
        def change(table):
            table.loc[4, "node"] = "K1"
            return table

        with pytest.raises(CourseError, match=r"Line 6 \(K1\): this step is there already"):
            spoilt(monkeypatch, "argument_nodes", change)

    def test_a_name_that_no_format_could_carry_is_refused(self, monkeypatch):
        def change(table):
            table.loc[0, "node"] = "K 1"
            return table

        with pytest.raises(CourseError, match=r"Line 2 \('K 1'\).*letters, digits"):
            spoilt(monkeypatch, "argument_nodes", change)


class TestArgumentsOfOnesOwn:
    def test_name_the_link_by_its_place(self):
        with pytest.raises(CourseError, match=r"Link 2 \(b supports a\): there is a link from b"):
            Argument(
                [Node("a"), Node("b")], [Link("b", "a", "attacks"), Link("b", "a", "supports")]
            )

    def test_refuse_supports_in_a_circle_and_name_the_last(self):
        links = [Link("a", "b", "supports"), Link("b", "c", "supports"), Link("c", "a", "supports")]
        with pytest.raises(CourseError, match=r"Link 3 \(c supports a\).* -> "):
            Argument([Node(id) for id in "abc"], links)

    def test_allow_attacks_in_a_circle(self):
        links = [Link("a", "b", "attacks"), Link("b", "a", "attacks")]
        assert Argument([Node("a"), Node("b")], links).cycles() == [("a", "b")]

    def test_say_how_large_they_are(self):
        assert repr(Argument([Node("a")], [])) == "<Argument of 1 steps and 0 links>"
