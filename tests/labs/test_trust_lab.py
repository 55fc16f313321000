import ast
import itertools

import pytest

import coursekit
from coursekit.errors import CourseError
from coursekit.figures.trust import belief_figure, gesture, gesture_figure
from coursekit.widgets.settings import settings
from coursekit.widgets.trust_lab import ASSUMES, trust_lab

SENTENCE = "A model shows what follows from assumptions."


def shown(lab):
    return {entry["key"]: entry["value"] for entry in lab.live.answer["readout"]}


def run(code):
    """Run the code that a lab shows, and give the value of its last line."""
    *first, last = ast.parse(code).body
    names = {"ck": coursekit}
    exec(compile(ast.Module(first, []), "code", "exec"), names)
    return eval(compile(ast.Expression(last.value), "code", "eval"), names)


class TestPresets:
    @pytest.mark.parametrize(
        ("preset", "key", "value"),
        [
            ("doubtful", "trust-0", "0.60 → 0.45"),
            ("silent", "trust-0", "0.60 → 0.60"),
            ("telling", "trust-1", "0.30 → 0.49"),
            ("gesture", "result", "separating"),
            ("gesture", "band", "0.474 to 0.600"),
            ("hopeless", "result", "no cooperation"),
            ("hopeless", "band", "none"),
            ("hopeless", "low", "0.310"),
            ("hopeless", "high", "0.300"),
            ("easy", "one-shot", "cooperation can start"),
        ],
    )
    def test_show_the_published_numbers(self, preset, key, value):
        lab = trust_lab()
        lab.start.value = preset
        assert shown(lab)[key] == value
        assert lab.start.value == preset
        assert not lab.live.error
        assert shown(trust_lab(preset=preset)) == shown(lab)

    def test_all_come_from_the_table(self):
        assert [value for _, value in trust_lab().start.options][1:] == list(settings("trust"))

    def test_draw_once(self):
        lab = trust_lab()
        drawn = []
        lab.live.observe(lambda change: drawn.append(1), "svg")
        lab.start.value = "easy"
        assert len(drawn) == 1

    def test_an_unknown_one_is_refused(self):
        with pytest.raises(CourseError, match="doubtful"):
            trust_lab(preset="nothing")


class TestControls:
    def test_every_control_changes_the_answer_and_the_picture(self):
        lab = trust_lab()
        states = [(lab.live.answer["readout"], lab.live.svg)]
        for control, value in [
            (lab.start, "telling"),
            *((lab.sliders["update", name], 0.2) for name in ("t", "e_T", "e_U")),
            (lab.mode, "design"),
            *((lab.sliders["design", name], 0.7) for name in ("t", "s")),
        ]:
            control.value = value
            states.append((lab.live.answer["readout"], lab.live.svg))
        for before, after in itertools.pairwise(states):
            assert before[0] != after[0]
            assert before[1] != after[1]
        assert not lab.live.error

    def test_only_the_sliders_in_use_are_visible(self):
        lab = trust_lab()
        assert lab.sliders["design", "s"].layout.display == "none"
        lab.mode.value = "design"
        assert lab.sliders["design", "s"].layout.display == ""
        assert lab.sliders["update", "t"].layout.display == "none"
        assert lab.side.layout.display == "none"

    def test_reset_restores_the_start(self):
        lab = trust_lab()
        before = lab.live.answer, lab.live.svg
        lab.side.value = "1"
        lab.sliders["update", "e_U"].value = 0.1
        lab.start.value = "hopeless"
        lab.sliders["design", "s"].value = 0.9
        lab.reset.click()
        assert (lab.live.answer, lab.live.svg) == before

    def test_every_control_has_a_sentence_of_help(self):
        lab = trust_lab()
        for control in (*lab.live.inputs.values(), lab.reset):
            assert len(control.tooltip) >= 15
            assert control.description

    @pytest.mark.parametrize("corner", list(itertools.product((0, 1), repeat=3)))
    def test_no_error_at_the_extremes_of_a_belief(self, corner):
        lab = trust_lab()
        for name, value in zip(("t", "e_T", "e_U"), corner, strict=True):
            lab.sliders["update", name].value = value
        assert not lab.live.error
        run(lab.live.answer["code"])

    @pytest.mark.parametrize("corner", list(itertools.product((0, 1), (0.01, 0.99))))
    def test_no_error_at_the_extremes_of_a_gesture(self, corner):
        lab = trust_lab(preset="gesture")
        for name, value in zip(("t", "s"), corner, strict=True):
            lab.sliders["design", name].value = value
        assert not lab.live.error


class TestSides:
    def test_one_set_of_sliders_serves_both(self):
        lab = trust_lab()
        lab.side.value = "1"
        lab.sliders["update", "t"].value = 0.9
        assert shown(lab)["trust-0"].startswith("0.60")
        assert shown(lab)["trust-1"].startswith("0.90")
        lab.side.value = "0"
        assert lab.sliders["update", "t"].value == 0.6
        assert shown(lab)["trust-1"].startswith("0.90")
        lab.side.value = "both"
        assert shown(lab)["same"] == "same numbers"

    def test_are_treated_alike(self):
        first, second = (0.6, 0.5, 0.9), (0.3, 0.9, 0.4)
        one, other = belief_figure(first, second).table, belief_figure(second, first).table
        columns = ["when", "trust", "odds"]
        assert one[columns][:2].values.tolist() == other[columns][2:].values.tolist()
        assert one[columns][2:].values.tolist() == other[columns][:2].values.tolist()


class TestWords:
    def test_an_act_that_nobody_would_do_teaches_nothing(self):
        lab = trust_lab()
        lab.sliders["update", "e_T"].value = 0
        assert shown(lab)["trust-0"] == "0.60 → 0.00"
        lab.sliders["update", "e_U"].value = 0
        assert "no answer" in shown(lab)["trust-0"]
        assert "nobody would do" in lab.live.answer["readout"][0]["detail"]

    def test_an_act_that_both_types_would_do_leaves_trust(self):
        detail = trust_lab(preset="silent").live.answer["readout"][0]["detail"]
        assert "stays as it was" in detail

    @pytest.mark.parametrize(
        ("trust", "size", "result"),
        [
            (0.3, 0.2, "pooling"),
            (0.3, 0.48, "separating"),
            (0.3, 0.6, "separating"),
            (0.3, 0.61, "no cooperation"),
            (0.2, 0.4, "separating"),
            (0.6, 0.5, "pooling"),
            (0, 0.5, "no cooperation"),
            (0.1, 0.1, "pooling"),
        ],
    )
    def test_what_a_gesture_leads_to(self, trust, size, result):
        assert gesture(trust, size).result == result

    def test_the_ratio_that_keeps_cooperation(self):
        lab = trust_lab()
        lab.sliders["update", "t"].value = 0.7
        assert shown(lab)["room-0"] == "needs e_T / e_U ≥ 0.43"

    def test_the_limits_are_stated_once(self):
        lab = trust_lab()
        said = lab.children[-1].value + str(lab.live.answer["readout"])
        assert said.count(SENTENCE) == 1
        for limit in ("one actor", "payoffs", "domestic politics", "calibrated to no state"):
            assert limit in said
        assert "simplification" in ASSUMES

    def test_a_question_stands_above(self):
        assert trust_lab(ask="Why?").children[0].value == "Why?"


class TestCode:
    @pytest.mark.parametrize("preset", ["doubtful", "silent", "telling"])
    def test_reproduces_the_beliefs(self, preset):
        lab = trust_lab(preset=preset)
        for k, trust in enumerate(run(lab.live.answer["code"])):
            assert shown(lab)[f"trust-{k}"].endswith(f"→ {trust:.2f}")

    @pytest.mark.parametrize("preset", ["gesture", "hopeless", "easy"])
    def test_reproduces_the_gesture(self, preset):
        lab = trust_lab(preset=preset)
        found = run(lab.live.answer["code"])
        assert found.result == shown(lab)["result"]
        assert f"{found.low:.3f}" == shown(lab)["low"]

    def test_reproduces_the_figure_where_there_is_no_number(self):
        lab = trust_lab()
        for name in ("e_T", "e_U"):
            lab.sliders["update", name].value = 0
        assert run(lab.live.answer["code"]).svg() == lab.live.svg


class TestPicture:
    @pytest.mark.parametrize("preset", ["doubtful", "gesture"])
    def test_a_still_picture_is_stored(self, preset):
        data, metadata = trust_lab(preset=preset)._repr_mimebundle_()
        assert data["image/png"].startswith("iVBOR")
        assert len(metadata["image/png"]["alt"]) >= 30

    def test_artists_keep_their_ids(self):
        beliefs = belief_figure((0.6, 0.5, 0.9), (0.3, 0.9, 0.4)).svg()
        assert all(
            f'id="trust-{k}-{when}"' in beliefs for k in (0, 1) for when in ("before", "after")
        )
        gestures = gesture_figure(0.3, 0.5).svg()
        assert all(f'id="{name}"' in gestures for name in ("s_min", "s_max", "band", "gesture"))
        assert 'id="sizes"' not in gesture_figure(0.15, 0.32).svg()
