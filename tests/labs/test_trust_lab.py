import itertools

import pytest
from reading_labs import run, shown

from coursekit.errors import CourseError
from coursekit.figures.trust import belief_figure, gesture_figure
from coursekit.figures.trust_example import gesture
from coursekit.widgets.trust_lab import trust_lab


class TestPresets:
    @pytest.mark.parametrize(
        ("preset", "key", "value"),
        [
            ("doubtful", "trust-0", "0.60 → 0.45"),
            ("silent", "trust-0", "0.60 → 0.60"),
            ("telling", "trust-1", "0.30 → 0.49"),
            ("gesture", "result", "separating"),
            ("gesture", "band", "0.47 to 0.60"),
            ("hopeless", "result", "no cooperation"),
            ("hopeless", "band", "none"),
            ("hopeless", "low", "0.31"),
            ("hopeless", "high", "0.30"),
            ("easy", "one-shot", "cooperation can start"),
        ],
    )
    def test_show_the_published_numbers(self, preset, key, value):
        lab = trust_lab()
        lab.preset.value = preset
        assert shown(lab)[key] == value
        assert lab.preset.value == preset
        assert not lab.live.error
        assert shown(trust_lab(preset=preset)) == shown(lab)

    def test_an_unknown_one_is_refused(self):
        with pytest.raises(CourseError, match="doubtful"):
            trust_lab(preset="nothing")


class TestControls:
    def test_every_control_changes_the_answer_and_the_picture(self):
        lab = trust_lab()
        states = [(lab.live.answer["readout"], lab.live.svg)]
        for control, value in [
            (lab.preset, "telling"),
            *((lab.sliders[name], 0.2) for name in ("t", "e_T", "e_U")),
            (lab.view, "design"),
            *((lab.sliders[name], 0.7) for name in ("trust", "size")),
        ]:
            control.value = value
            states.append((lab.live.answer["readout"], lab.live.svg))
        for before, after in itertools.pairwise(states):
            assert before[0] != after[0]
            assert before[1] != after[1]
        assert not lab.live.error

    @pytest.mark.parametrize("corner", list(itertools.product((0, 1), repeat=3)))
    def test_no_error_at_the_extremes_of_a_belief(self, corner):
        lab = trust_lab()
        for name, value in zip(("t", "e_T", "e_U"), corner, strict=True):
            lab.sliders[name].value = value
        assert not lab.live.error
        run(lab.live.answer["code"])


class TestSides:
    def test_one_set_of_sliders_serves_both(self):
        lab = trust_lab()
        lab.side.value = "1"
        lab.sliders["t"].value = 0.9
        assert shown(lab)["trust-0"].startswith("0.60")
        assert shown(lab)["trust-1"].startswith("0.90")
        lab.side.value = "0"
        assert lab.sliders["t"].value == 0.6
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
        lab.sliders["e_T"].value = 0
        assert shown(lab)["trust-0"] == "0.60 → 0.00"
        lab.sliders["e_U"].value = 0
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
        lab.sliders["t"].value = 0.7
        assert shown(lab)["room-0"] == "a ratio of 0.43 or more"


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
        assert f"{found.low:.2f}" == shown(lab)["low"]

    def test_reproduces_the_figure_where_there_is_no_number(self):
        lab = trust_lab()
        for name in ("e_T", "e_U"):
            lab.sliders[name].value = 0
        assert run(lab.live.answer["code"]).svg() == lab.live.svg


class TestPicture:
    def test_numbers_in_words_keep_their_digits(self):
        drawn = belief_figure((0.6, 0.5, 0.9), (0.3, 0.9, 0.4)).svg()
        for number in ("0.60", "0.30", "0.45", "1.50 to 1"):
            assert f">{number}<" in drawn

    def test_artists_keep_their_ids(self):
        beliefs = belief_figure((0.6, 0.5, 0.9), (0.3, 0.9, 0.4)).svg()
        assert all(
            f'id="trust-{k}-{when}"' in beliefs for k in (0, 1) for when in ("before", "after")
        )
        gestures = gesture_figure(0.3, 0.5).svg()
        assert all(f'id="{name}"' in gestures for name in ("s_min", "s_max", "band", "gesture"))
        assert 'id="sizes"' not in gesture_figure(0.15, 0.32).svg()
