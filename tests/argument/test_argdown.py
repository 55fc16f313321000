import pytest
from argument.made_up import arguments
from argument.reading_argdown import statements
from hypothesis import given

from coursekit.argument import Argument, Node, to_argdown


class TestMetadata:
    @pytest.mark.parametrize("argument", [Argument.essay(), Argument.of_claims()], ids=str)
    def test_loses_nothing_of_the_course_s_steps(self, argument):
        self.holds_all_of(argument)

    @given(arguments())
    def test_loses_nothing_of_any_step(self, argument):
        self.holds_all_of(argument)

    def holds_all_of(self, argument):
        found = statements(to_argdown(argument))
        assert list(found) == list(argument.nodes)
        for id, node in argument.nodes.items():
            text, data = found[id]
            assert data["kind"] == node.kind
            assert data.get("label", "") == node.label
            assert data.get("branch", "") == node.branch
            assert tuple(data.get("claims", ())) == node.claims
            assert data.get("text", text) == node.text


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
