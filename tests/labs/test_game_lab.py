import itertools

import pytest
from reading_labs import run, shown

from coursekit.errors import CourseError
from coursekit.figures.game import game_figure, trust_in_words
from coursekit.labs.game import assumes
from coursekit.models.games import Payoffs
from coursekit.widgets.game_lab import game_lab


class TestPresets:
    @pytest.mark.parametrize(
        ("preset", "game", "equilibria", "trust"),
        [
            ("prisoners_dilemma", "prisoner's dilemma", "both arm", "none is enough"),
            ("stag_hunt", "stag hunt", "both show restraint; both arm", "0.50"),
            ("chicken", "chicken", "only State B arms; only State A arms", "not defined"),
            ("deadlock", "deadlock", "both arm", "none is enough"),
            ("harmony", "harmony", "both show restraint", "none needed"),
            ("world_1", "prisoner's dilemma", "both arm", "1.44"),
            ("world_2", "stag hunt", "both show restraint; both arm", "0.36"),
            ("world_3", "stag hunt", "both show restraint; both arm", "0.16"),
            ("world_4", "stag hunt", "both show restraint; both arm", "0.04"),
        ],
    )
    def test_show_the_published_numbers(self, preset, game, equilibria, trust):
        lab = game_lab()
        lab.preset.value = preset
        numbers = shown(lab)
        assert (numbers["game"], numbers["equilibria"], numbers["trust"]) == (
            game,
            equilibria,
            trust,
        )
        assert not lab.live.error
        assert shown(game_lab(preset=preset)) == numbers

    def test_an_unknown_one_is_refused(self):
        with pytest.raises(CourseError, match="stag_hunt"):
            game_lab(preset="stag hunts")


class TestControls:
    def test_every_control_changes_the_answer_and_the_picture(self):
        lab = game_lab()
        states = [(lab.live.answer, lab.live.svg)]
        steps = [
            (lab.sliders["T"], 2),
            (lab.sliders["R"], 4),
            (lab.sliders["P"], 2),
            (lab.sliders["S"], 1),
            (lab.swap, True),
            (lab.view, "point"),
            (lab.sliders["offence"], 0.4),
            (lab.sliders["distinguishability"], 0.3),
            (lab.preset, "chicken"),
        ]
        for control, value in steps:
            control.value = value
            states.append((lab.live.answer, lab.live.svg))
        assert all(
            a[0]["readout"] != b[0]["readout"] or a[0]["table"] != b[0]["table"]
            for a, b in itertools.pairwise(states)
        )
        assert all(a[1] != b[1] for a, b in itertools.pairwise(states))
        assert not lab.live.error

    @pytest.mark.parametrize("payoffs", list(itertools.product((0, 6), repeat=4)))
    def test_no_error_at_the_extremes_of_the_payoffs(self, payoffs):
        lab = game_lab()
        lab._set(dict(zip("TRPS", payoffs, strict=True)))
        assert not lab.live.error
        assert shown(lab)["trust"]


class TestThePlane:
    def test_a_point_of_it_gives_the_payoffs(self):
        lab = game_lab(preset="stag_hunt")
        assert lab.live.svg
        seen = []
        lab.live.observe(seen.append, "svg")
        lab.live.pointed = [0.913, 0.088]
        assert lab.view.value == "point"
        assert (lab.sliders["offence"].value, lab.sliders["distinguishability"].value) == (0.9, 0.1)
        assert lab.preset.value == "world_1"
        assert shown(lab)["trust"] == "1.44"
        assert len(seen) == 1

    def test_it_covers_the_axes(self):
        lab = game_lab()
        assert lab.live.plane == {"id": "plane", "x": [0, 1], "y": [0, 1]}
        assert 'id="plane"' in lab.live.svg


class TestSwap:
    def test_exchanges_the_names_and_nothing_else(self):
        lab = game_lab(preset="stag_hunt", players=("North", "South"))
        before, table = shown(lab), lab.live.answer["table"]
        lab.swap.value = True
        after = shown(lab)
        assert after.pop("swap") == "nothing changes" != before.pop("swap")
        assert after == before
        swapped = lab.live.answer["table"]
        assert swapped["rows"] == table["rows"]
        assert (swapped["columns"][:2], table["columns"][:2]) == (
            ["South", "North"],
            ["North", "South"],
        )


class TestWords:
    @pytest.mark.parametrize(
        ("payoffs", "words"),
        [
            ((3, 3, 1, -1), "certainty"),
            ((4, 3, 1, 2), "more trust is no reason"),
            ((3, 3, 1, 1), "more trust is no reason"),
            ((3, 3, 1, 2), "more trust is no reason"),
            ((2, 3, 1, 1), "never the worse reply"),
            ((1, 1, 6, 0), "certainty"),
        ],
    )
    def test_what_the_formula_gives_is_said_in_words(self, payoffs, words):
        assert words in trust_in_words(Payoffs(*payoffs))[1]

    def test_the_plane_is_called_a_teaching_construct(self):
        assert "teaching construct" in game_lab().live.svg
        assert "teaching construct" in assumes()

    def test_the_warning_about_aggressors_is_there(self):
        details = [e["detail"] for e in game_lab(preset="world_3").live.answer["readout"]]
        assert any("aggressors" in detail for detail in details)


class TestCode:
    @pytest.mark.parametrize("preset", ["prisoners_dilemma", "stag_hunt", "chicken", "world_1"])
    def test_reproduces_the_numbers(self, preset):
        lab = game_lab(preset=preset)
        code = lab.live.answer["code"]
        assert len(code.splitlines()) <= 3
        name, least = run(code)
        assert name == shown(lab)["game"]
        if least is not None and least < 100:
            assert f"{least:.2f}" == shown(lab)["trust"]


class TestPicture:
    @pytest.mark.parametrize(
        "name", ["cell-00", "cell-11", "reply-row-0", "reply-column-1", "boundary", "point"]
    )
    def test_artists_keep_their_ids(self, name):
        assert f'id="{name}"' in game_figure((0.9, 0.1)).svg()

    def test_the_table_marks_the_equilibria(self):
        table = game_figure(payoffs=(2, 3, 1, 0)).table
        assert table["equilibrium"].tolist() == ["yes", "no", "no", "yes"]
