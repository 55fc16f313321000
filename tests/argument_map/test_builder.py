"""The argument map to build, its modes, and how it is opened again."""

import json
import re

import pytest
from drawn_maps import ESSAY, LAID, ids
from reading_labs import run

from coursekit.argument import Link, to_aif, to_argdown
from coursekit.errors import CourseError
from coursekit.widgets.argument_builder import ArgumentBuilder
from coursekit.widgets.argument_explorer import ArgumentExplorer
from coursekit.widgets.argument_map import argument_map


@pytest.fixture
def builder():
    return argument_map(mode="build").lab


def add(builder, source, relation, target):
    builder.source.value, builder.relation.value = source, relation
    builder.target.value = target
    builder.add.click()


class TestBuilder:
    def test_a_link_is_drawn_and_listed(self, builder):
        before = builder.live.svg
        add(builder, "R2", "attacks", "A6")
        assert builder.links == [Link("R2", "A6", "attacks")]
        assert builder.live.svg != before and 'id="strong-R2-A6"' in builder.live.svg
        assert "R2 (States in danger choose to join) attacks A6" in builder.panel.html
        assert builder.panel.said == "1 link in your map."

    def test_premises_can_be_linked(self, builder):
        for source in ("A1", "A5", "H3"):
            add(builder, source, "supports, but only together", "A6")
        assert builder.argument.lines_of("A6") == (frozenset({"A1", "A5", "H3"}),)
        assert 'id="junction-A1+A5+H3-A6"' in builder.live.svg

    @pytest.mark.parametrize("relation", ["supports on its own", "attacks", "limits"])
    def test_every_relation_can_be_drawn(self, builder, relation):
        add(builder, "D", relation, "K2")
        assert builder.links[0].relation == relation.split()[0]
        assert not builder.live.error

    def test_a_step_cannot_support_itself(self, builder):
        add(builder, "A1", "supports on its own", "A1")
        assert "for or against itself" in builder.panel.said
        assert builder.links == [] and not builder.live.error

    def test_supports_cannot_run_in_a_circle(self, builder):
        add(builder, "A1", "supports on its own", "A6")
        add(builder, "A6", "supports on its own", "A1")
        assert "circle" in builder.panel.said and len(builder.links) == 1

    def test_a_link_can_be_taken_out(self, builder):
        assert builder.remove.disabled
        add(builder, "R2", "attacks", "A6")
        add(builder, "R1", "attacks", "A4")
        builder.made.value = 0
        builder.remove.click()
        assert builder.links == [Link("R1", "A4", "attacks")]
        builder.reset.click()
        assert builder.links == [] and "No link yet" in builder.panel.said

    def test_what_is_missing_is_named_and_not_where_it_goes(self, builder):
        add(builder, "A1", "supports on its own", "A6")
        builder.missing.click()
        assert builder.panel.said == "Steps that you have not linked yet: 55."
        assert "hidden premise: H1, H2, H3" in builder.panel.html
        assert not re.search("supports|attacks [A-Z]", builder.panel.html)

    def test_comparison_lists_what_differs_and_states_that_other_readings_are_accepted(
        self, builder
    ):
        add(builder, "A1", "supports on its own", "A6")
        add(builder, "R2", "attacks", "B5")
        builder.compare.click()
        assert builder.panel.said.startswith("Agreed: 1. Only yours: 1. Only the reference: 62.")
        for words in ("one reading", "In both maps (1)", "Only in yours (1)", "takes it together"):
            assert words in builder.panel.html

    def test_a_complete_map_is_told_so(self, builder):
        builder.links = list(ESSAY.links)
        builder.compare.click()
        assert "Your map is complete" in builder.panel.said
        builder.missing.click()
        assert "Your map is complete" in builder.panel.html

    def test_the_reference_as_a_students_map_is_drawn_as_the_reference(self, builder):
        builder.links = list(ESSAY.links)
        strong = {id for id in ids(builder.draw()) if id.startswith("strong-")}
        assert strong == {f"strong-{route.name}" for route in LAID}

    def test_the_map_can_be_taken_along(self, builder):
        add(builder, "A1", "supports, but only together", "A6")
        add(builder, "H3", "supports, but only together", "A6")
        add(builder, "D", "limits", "A6")
        builder.export.value = "Argdown"
        assert builder.text.value == to_argdown(builder.argument)
        builder.export.value = "AIF (JSON)"
        assert json.loads(builder.text.value) == to_aif(builder.argument)
        assert builder.text.layout.display == ""
        builder.export.value = "…"
        assert builder.text.layout.display == "none"

    def test_the_code_reproduces_the_map(self, builder):
        add(builder, "A1", "supports, but only together", "A6")
        add(builder, "R2", "attacks", "A6")
        code = builder.live.answer["code"]
        assert len(code.splitlines()) == 3
        assert run(code).links == tuple(builder.links)

    def test_every_control_has_a_sentence_of_help(self, builder):
        menus = [builder.source, builder.relation, builder.target, builder.made, builder.export]
        buttons = [builder.add, builder.remove, builder.reset, builder.missing, builder.compare]
        for control in menus + buttons:
            assert len(control.tooltip) >= 15 and control.description

    def test_a_stored_notebook_keeps_the_map_in_words(self, builder):
        assert "No link yet" in builder._repr_mimebundle_()[0]["text/plain"]
        add(builder, "R2", "attacks", "A6")
        data, metadata = builder._repr_mimebundle_()
        assert "R2 (States in danger choose to join) attacks" in data["text/plain"]
        assert "R2" in metadata["image/png"]["alt"]


class TestModes:
    def test_can_be_changed_without_losing_anything(self):
        shown = argument_map(ask="What holds?")
        shown.lab.pick.value = "H3"
        shown.mode.value = "build"
        assert isinstance(shown.lab, ArgumentBuilder) and shown.children[1] is shown.lab
        add(shown.lab, "R2", "attacks", "A6")
        assert [link.source for link in shown.argument.links] == ["R2"]
        shown.mode.value = "explore"
        assert isinstance(shown.lab, ArgumentExplorer) and shown.lab.pick.value == "H3"
        assert shown.lab.children[0].value == "What holds?"

    def test_a_question_about_one_does_not_stand_above_the_other(self):
        shown = argument_map(ask="What holds?")
        shown.mode.value = "build"
        assert "What holds?" not in [getattr(part, "value", "") for part in shown.lab.children]

    def test_an_unknown_one_is_refused(self):
        with pytest.raises(CourseError, match="build"):
            argument_map(mode="built")

    def test_the_stored_picture_is_that_of_the_mode(self):
        shown = argument_map(mode="build")
        assert "No link yet" in shown._repr_mimebundle_()[0]["text/plain"]


class TestAMapThatIsOpenedAgain:
    @pytest.fixture(autouse=True)
    def a_record_of_its_own(self, tmp_path, monkeypatch):
        monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path))

    def test_it_shows_what_was_accepted_and_rejected_last(self):
        first = ArgumentExplorer()
        first.live.stances = {"H3": "rejected"}
        first.live.stances = {"H3": "rejected", "R1": "accepted"}
        again = argument_map(ask="What would you change?", own=True).lab
        assert again.stances == {"H3": "rejected", "R1": "accepted"}
        assert not again.standing.stands["A6"]
        assert "1 accepted, 1 rejected" in again.children[0].value

    def test_with_nothing_kept_it_is_the_plain_map_and_says_so(self):
        plain = argument_map(own=True).lab
        assert plain.stances == {}
        assert "No map of yours was kept" in plain.children[0].value

    def test_a_map_is_plain_unless_ones_own_is_asked_for(self):
        ArgumentExplorer().live.stances = {"H3": "rejected"}
        assert argument_map().lab.stances == {}
