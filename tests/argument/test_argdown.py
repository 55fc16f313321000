import pytest
from argument.made_up import arguments
from hypothesis import given

from coursekit.argument import Argument, Link, Node, from_argdown, to_argdown
from coursekit.errors import CourseError

BY_HAND = """
===
title: Rain
===

# Why the street is wet

// The conclusion comes first.
[wet]: The street is wet. {kind: conclusion, claims: [C01]}
  + [rain]: It rained. {
    kind: "premise"
    label: "Rain"
  }
    - [dry]: The garden is dry.
      +> [roof]
  - [roof]

[roof]: There is a roof\\: it is new.

<open-sky>

(1) [sky]
(2) [cloud]
-- modus ponens --
(3) [rain]

[sky]: The sky is open.

[cloud]: There are clouds. {limits: {dry: "Some clouds are thin."}}
"""


class TestRoundTrip:
    @pytest.mark.parametrize("argument", [Argument.essay(), Argument.of_claims()], ids=str)
    def test_loses_nothing_of_the_course_s_arguments(self, argument):
        back = from_argdown(to_argdown(argument))
        assert back == argument
        assert list(back.nodes) == list(argument.nodes)
        assert all(back.lines_of(id) == argument.lines_of(id) for id in argument.nodes)

    @given(arguments())
    def test_loses_nothing_of_any_argument(self, argument):
        assert from_argdown(to_argdown(argument)) == argument

    def test_does_not_depend_on_the_system_s_line_ends(self):
        text = to_argdown(Argument.essay()).replace("\n", "\r\n")
        assert from_argdown(text) == Argument.essay()


class TestWriting:
    def test_linked_premises_are_one_inference(self):
        text = to_argdown(Argument.essay())
        assert "<A6-1>\n\n(1) [A1]\n(2) [A5]\n(3) [H3]\n----\n(4) [A6]\n" in text

    def test_other_supports_and_attacks_are_relations(self):
        text = to_argdown(Argument.essay())
        assert "}\n  + [C1]\n  + [A6]\n  + [B5]\n\n[K2]: " in text

    def test_the_restatement_can_be_read_as_it_stands(self):
        text = to_argdown(Argument.essay())
        for id, node in Argument.essay().nodes.items():
            assert f"[{id}]: {node.text} {{" in text

    def test_what_argdown_would_take_for_markup_is_escaped(self):
        text = to_argdown(Argument([Node("a", text="*See* [b], 2.5 #c {d}.")], []))
        assert text.startswith(r"[a]: \*See\* \[b\], 2\.5 \#c \{d\}. {")

    def test_braces_in_metadata_are_escaped(self):
        text = to_argdown(Argument([Node("a", label="} {")], []))
        assert r'label: "\u007d \u007b"' in text


class TestReadingByHand:
    def test_relations_may_stand_below_one_another(self):
        argument = from_argdown(BY_HAND)
        assert set(argument.links) == {
            Link("rain", "wet", "supports"),
            Link("dry", "rain", "attacks"),
            Link("dry", "roof", "supports"),
            Link("roof", "wet", "attacks"),
            Link("sky", "rain", "supports", "open-sky"),
            Link("cloud", "rain", "supports", "open-sky"),
            Link("dry", "cloud", "limits", note="Some clouds are thin."),
        }

    def test_steps_take_their_text_and_metadata(self):
        nodes = from_argdown(BY_HAND).nodes
        assert nodes["wet"] == Node("wet", "", "conclusion", "", "The street is wet.", ("C01",))
        assert nodes["rain"].label == "Rain"
        assert nodes["roof"].text == "There is a roof: it is new."


class TestMalformedText:
    @pytest.mark.parametrize(
        ("text", "line", "fault"),
        [
            ("[a]: A.\nwhat is this", 2, "no statement, relation, premise or inference"),
            ("[a]: A.\n  + [b]", 2, "no node 'b'"),
            ("[a]: A.\n  + <b>", 2, "no statement"),
            ("[a]: A.\n  + [a]", 2, "for or against itself"),
            ("[a]: A.\n  + [b]: B.\n    + [a]", 3, "circle"),
            ("[a]: A.\n\n[a]: B.", 3, "described on line 1 already"),
            ("[a]: A.\n\n  + [b]: B.", 3, "statement above it that is indented less"),
            ("  + [b]: B.", 1, "statement above it that is indented less"),
            ("[a]: A.\n\n(1) [a]", 3, "name of their argument above"),
            ("[a]: A.\n\n----", 3, "no statement"),
            ("<x>\n\n----", 3, "no statement"),
            ("[a]: A.\n\n<x>\n\n(1) [a]\n\n[b]: B.", 3, "this argument has no inference"),
            ("[a]: A.\n\n<x>\n\n(1) [a]\n----", 3, "this argument has no inference"),
            ("[a]: A. {\n  kind: premise", 1, "no closing }"),
            ("[a]: A. {\n  kind: premise\n  x: [\n}", 3, "cannot be read as YAML"),
            ("\n[a]: A. {kind: [}", 2, "cannot be read as YAML"),
            ("[a]: A. {kind}", 1, "kind must be text"),
            ("[a]: A.\n\n[b]: B. {kind: 3}", 3, "kind must be text"),
            ("[a]: A. {claims: C01}", 1, "claims must be a list of words"),
            ("[a]: A. {claims: [1]}", 1, "claims must be a list of words"),
            ("[a]: A. {\n- one\n}", 1, "metadata are pairs"),
            ("[a]: A. {notes: [b]}", 1, "notes must be pairs"),
            ("[a]: A. {limits: {b: 1}}", 1, "limits must be pairs"),
            ("[a]: A. {limits: {b: why}}", 1, "no node 'b'"),
            ("[a]: A.\n\n[b]: B. {notes: {a: why}}", 3, "a note on a, which has no link to b"),
            ("[a b]: A.", 1, "letters, digits"),
        ],
    )
    def test_is_refused_with_its_line(self, text, line, fault):
        with pytest.raises(CourseError, match=fault) as caught:
            from_argdown(text)
        assert str(caught.value).startswith(f"Line {line} (")
