"""The argument map to accept and reject steps on."""

import pytest
from drawn_maps import ESSAY
from reading_labs import run

from coursekit.argument import Argument
from coursekit.argument.kinds import step_kind
from coursekit.argument.looks import LOOKS, node_looks
from coursekit.errors import CourseError
from coursekit.widgets.argument_map import argument_map
from coursekit.widgets.argument_outline import outline_text


@pytest.fixture
def lab():
    return argument_map().lab


class TestExplorer:
    def test_rejecting_h3_brings_down_a6_and_not_k1(self, lab):
        lab.live.stances = {"H3": "rejected"}
        looks = {id: look.value for id, look in lab.looks.items()}
        assert looks["H3"] == "rejected" and looks["A6"] == "falls" and looks["K1"] == "stands"
        assert lab.pick.value == "H3"
        values = {e["label"].split()[0]: e["value"] for e in lab.live.answer["readout"]}
        assert values == {
            "K1": "stands",
            "K2": "stands",
            "A6": "✗ falls",
            "B5": "stands",
            "C3": "stands",
            "expand": "waits",
        }

    def test_natos_case_is_read_out_like_the_essays(self, lab):
        def expand():
            return lab.live.answer["readout"][-1]

        case = dict.fromkeys(["N1", "N3", "N6"], "accepted")
        lab.live.stances = case
        assert (expand()["label"].split()[0], expand()["value"]) == ("expand", "stands")
        assert "on 3 of its 3 lines of support" in expand()["detail"]
        lab.live.stances = case | dict.fromkeys(["G1", "G2", "G4"], "rejected")
        assert expand()["value"] == "waits"

    def test_a_toggle_sends_no_new_picture(self, lab):
        drawn = []
        lab.live.observe(lambda change: drawn.append(change), ["svg", "rules"])
        lab.live.stances = {"H3": "rejected"}
        assert drawn == []

    @pytest.mark.parametrize(
        "id", [id for id, node in ESSAY.nodes.items() if step_kind(node).switched]
    )
    def test_every_switch_repaints_what_follows(self, lab, id):
        before = node_looks(ESSAY.standing())
        for stance, chosen_ in (("rejected", [[id], []]), ("accepted", [[], [id]])):
            lab.live.stances = {id: stance}
            now = ESSAY.standing(*chosen_)
            expected = node_looks(now)
            assert {step: look.value for step, look in lab.looks.items()} == expected
            others = {step for step in expected if expected[step] != before[step]} - {id}
            assert set(lab.live.beside["changed"]) == others
            assert lab.live.beside["step"] == id
            assert lab.live.beside["said"].startswith(now.why(id))
            before = expected
        lab.live.stances = {}
        assert lab.stances == {}
        assert not lab.live.error

    def test_a_step_chosen_in_the_map_opens_its_card(self, lab):
        lab.live.chosen = "B5"
        assert lab.pick.value == "B5"
        assert "Outsiders stay vulnerable" in lab.card.html
        assert "C31" in lab.claims.value and "C04" in lab.claims.value

    def test_a_step_can_be_clicked_again_after_another_was_picked_from_the_list(self, lab):
        lab.live.chosen = "B5"
        lab.pick.value = "H3"
        assert lab.live.chosen == "H3"
        lab.live.chosen = "B5"
        assert lab.pick.value == "B5"

    def test_what_a_decision_changes_is_told_beside_the_step(self, lab):
        lab.live.stances = {"H3": "rejected"}
        said = "H3 falls because you rejected it. Now A6 falls too."
        assert lab.live.beside == {"step": "H3", "said": said, "changed": ["A6"]}
        lab.live.stances = {"H3": "rejected", "N1": "rejected"}
        assert lab.live.beside["said"].endswith("Nothing else changes.")
        lab.live.stances = {"N1": "rejected"}
        assert lab.live.beside["said"].endswith("Now A6 stands.")

    def test_the_marks_stay_while_one_looks_at_what_has_changed(self, lab):
        lab.live.stances = {"H3": "rejected"}
        lab.pick.value = "A6"
        why = ESSAY.standing("H3").why("A6")
        assert lab.live.beside == {"step": "A6", "said": why, "changed": ["A6"]}

    def test_steps_that_follow_from_others_cannot_be_decided_on(self, lab):
        switched = {id for id, node in ESSAY.nodes.items() if step_kind(node).switched}
        assert set(lab.live.switches) == switched

    def test_a_switch_of_the_outline_does_the_same(self, lab):
        lab.view.value = "outline"
        stances = {"H3": "rejected", "B1": "rejected", "R6": "accepted"}
        lab.outline.stances = stances
        assert lab.stances == stances
        assert lab.looks["K1"].value == "falls"
        assert lab.outline.states["A6"] == "falls"
        assert lab.outline.undoing["A6"] == ["It has fallen already."]
        assert lab.live.stances == lab.stances

    def test_the_outline_knows_what_was_decided_in_the_map(self, lab):
        lab.live.stances = {"H3": "rejected"}
        assert not lab.outline.html, "nobody has seen it"
        lab.view.value = "outline"
        assert lab.outline.stances == {"H3": "rejected"}
        assert lab.outline.states["H3"] == LOOKS["rejected"]

    def test_the_outline_is_written_as_soon_as_a_page_shows_it(self, lab):
        lab.outline.wanted = True
        assert lab.outline.states["A6"] == "stands"
        lab.live.stances = {"H3": "rejected"}
        assert lab.outline.states["A6"] == "falls"

    def test_reset_leaves_every_step_undecided(self, lab):
        first = {id: look.value for id, look in lab.looks.items()}
        lab.live.stances = {"H3": "rejected", "B1": "rejected", "R6": "accepted"}
        lab.reset.click()
        assert lab.stances == lab.live.stances == {}
        stand = "K1, K2, A6, B1, B3, B5, C1 and H3 stand"
        said = f"All steps are undecided again. Now R6 has no force, and {stand}."
        assert lab.live.beside["said"] == said
        assert {id: look.value for id, look in lab.looks.items()} == first

    def test_the_code_reproduces_what_stands(self, lab):
        lab.view.value = "outline"
        lab.outline.stances = {"H3": "rejected", "B1": "rejected", "R4": "accepted"}
        standing = run(lab.live.answer["code"])
        assert node_looks(standing) == {id: look.value for id, look in lab.looks.items()}
        assert 'rejected=["B1", "H3"], accepted=["R4"]' in lab.code()

    def test_every_control_has_a_sentence_of_help(self, lab):
        for control in (lab.pick, lab.view, lab.reset):
            assert len(control.tooltip) >= 15 and control.description

    def test_a_stored_notebook_keeps_the_picture_and_the_outline(self, lab):
        lab.live.stances = {"H3": "rejected"}
        data, metadata = lab._repr_mimebundle_()
        assert data["image/png"].startswith("iVBOR")
        assert data["text/plain"] == outline_text(ESSAY.standing("H3"))
        assert "Fallen: A6, H3." in metadata["image/png"]["alt"]

    def test_an_error_of_a_callback_is_shown(self, lab, monkeypatch):
        def broken(*args):
            raise CourseError("No such luck.")

        monkeypatch.setattr(Argument, "standing", broken)
        with pytest.raises(CourseError):
            lab.pick.value = "H3"
        assert lab.live.error == "No such luck."
