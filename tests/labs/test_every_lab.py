"""What all labs on the models promise."""

import itertools
import threading

import ipywidgets as widgets
import pytest
from reading_labs import results

import coursekit as ck
from coursekit.widgets.controls import Slider
from coursekit.widgets.model_lab import OWN

SENTENCE = "A model shows what follows from assumptions."
MAKERS = {
    name: getattr(ck, f"{name}_lab")
    for name in (
        *("game", "arms_race", "trust", "deterrence"),
        *("reciprocity", "polarisation", "comparison"),
    )
}
RANGES = (widgets.FloatSlider, widgets.IntSlider, widgets.BoundedIntText)


@pytest.fixture(scope="module", params=MAKERS)
def made(request):
    lab = MAKERS[request.param](ask="What follows?")
    return lab, lab.view.value if lab.parts else None


@pytest.fixture
def lab(made):
    """One lab for all tests, put back to where it began; `TestReset` shows that it is."""
    lab, view = made
    lab.live.unobserve_all("answer")
    look(lab, view)
    lab.reset.click()
    return lab


def views(lab):
    return list(lab.parts) or [None]


def look(lab, view):
    if view is not None:
        lab.view.value = view


def state(lab):
    return lab.live.svg, lab.live.answer


def visible(lab):
    return {n for n, control in lab.live.inputs.items() if control.layout.display != "none"}


def ranges(lab):
    """Give the controls between two ends that can be moved in the present view, by name."""
    inputs = lab.live.inputs
    return {name: inputs[name] for name in sorted(visible(lab)) if isinstance(inputs[name], RANGES)}


def go_to(lab, end):
    """Set all that can be moved to one end, together, as a preset does."""
    lab._set({name: getattr(control, end) for name, control in ranges(lab).items()})


def updates(lab):
    seen = []
    lab.live.observe(seen.append, "answer")
    return seen


class TestPresets:
    def test_each_is_kept_as_chosen_and_drawn_once(self, lab):
        for preset in lab.points:
            lab.preset.value = OWN
            seen = updates(lab)
            before = lab.preset.value
            lab.preset.value = preset
            assert lab.preset.value == preset
            assert len(seen) == (preset != before)
            assert lab.live.error == ""
            lab.live.unobserve_all("answer")

    def test_a_moved_number_makes_them_ones_own_and_moved_back_the_presets_again(self, lab):
        for preset, (_, numbers, _) in lab.points.items():
            lab.preset.value = preset
            control = lab.live.inputs[next(iter(numbers))]
            place = control.value
            control.value = control.min if place > control.min else control.max
            assert lab.preset.value != preset
            control.value = place
            assert lab.preset.value == preset

    def test_choosing_own_numbers_keeps_the_numbers(self, lab):
        before = state(lab)
        lab.preset.value = OWN
        assert state(lab) == before

    def test_the_rounding_of_a_browser_does_not_count_as_a_move(self, lab):
        for control in lab.live.inputs.values():
            if isinstance(control, Slider):
                moved = []
                control.observe(moved.append, "value")
                control.set_state({"value": control.value * (1 + 3e-16) + 1e-16})
                assert moved == []


class TestControls:
    def test_each_has_a_name_and_a_sentence_of_help(self, lab):
        for control in (*lab.live.inputs.values(), lab.reset):
            assert control.description
            assert len(control.tooltip) >= 15
            assert control.tooltip.endswith(".")

    def test_each_view_shows_its_own_only(self, lab):
        special = {name for names in lab.parts.values() for name in names}
        for view in views(lab):
            look(lab, view)
            assert visible(lab) & special == set(lab.parts.get(view, ()))

    def test_the_ends_of_each_are_drawn_and_their_code_runs(self, lab):
        moved = set()
        for view in views(lab):
            look(lab, view)
            begun = {name: control.value for name, control in ranges(lab).items()}
            for name, end in itertools.product(begun, ("min", "max")):
                lab._set({**begun, name: getattr(lab.live.inputs[name], end)})
                assert lab.live.error == ""
                assert "nan" not in lab.live.svg
                results(lab.live.answer["code"])
            lab._set(begun)
            moved |= set(begun)
        assert moved == {n for n, c in lab.live.inputs.items() if isinstance(c, RANGES)}

    def test_all_at_one_end_are_drawn(self, lab):
        for view, end in itertools.product(views(lab), ("min", "max")):
            look(lab, view)
            go_to(lab, end)
            assert lab.live.error == ""
            assert "nan" not in lab.live.svg


class TestThreads:
    def test_controls_that_arrive_at_once_are_answered_one_after_another(self):
        labs = [MAKERS["trust"](), MAKERS["deterrence"]()]
        drawn = []
        for lab in labs:
            lab.live.observe(lambda change: drawn.append(change["new"]), "svg")

        def move(control):
            for step in range(1, 9):
                control.value = step / 20

        names = {0: ("t", "e_T"), 1: ("rho", "pi")}
        movers = [
            threading.Thread(target=move, args=[labs[k].sliders[name]])
            for k in names
            for name in names[k]
        ]
        for mover in movers:
            mover.start()
        for mover in movers:
            mover.join()
        assert all("<text" in svg for svg in drawn)
        for lab in labs:
            shown = lab.live.answer["inputs"]
            assert {name: c.value for name, c in lab.sliders.items()}.items() <= shown.items()
            assert lab.live.error == ""


class TestReset:
    def test_restores_the_first_state_at_once(self, lab):
        before = state(lab)
        go_to(lab, "max")
        lab.preset.value = list(lab.points)[-1]
        if "view" in lab.kept and lab.parts:
            look(lab, views(lab)[0])
        seen = updates(lab)
        lab.reset.click()
        assert len(seen) == 1
        assert state(lab) == before


class TestWords:
    def test_the_assumptions_stand_below_and_are_said_once(self, lab):
        below = lab.children[-1].value
        for words in (SENTENCE, "one actor", "domestic politics", "calibrated to no state"):
            assert below.count(words) == 1
        for view in views(lab):
            look(lab, view)
            assert SENTENCE not in str(lab.live.answer)
            assert len(lab.live.answer["alt"]) >= 30

    def test_the_question_stands_above(self, lab):
        assert lab.children[0].value == "What follows?"

    def test_the_note_of_a_preset_is_shown_as_long_as_it_holds(self, lab):
        for preset, (_, _, note) in lab.points.items():
            lab.preset.value = preset
            assert note in str(lab.live.answer["readout"])


class TestStoredNotebooks:
    def test_keep_a_picture_with_words(self, lab):
        for view in views(lab):
            look(lab, view)
            data, metadata = lab._repr_mimebundle_()
            assert data["image/png"].startswith("iVBOR")
            assert metadata["image/png"]["alt"] == data["text/plain"] == lab.live.answer["alt"]
