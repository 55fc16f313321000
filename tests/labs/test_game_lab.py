import ast
import itertools

import pytest

import coursekit
from coursekit.errors import CourseError
from coursekit.figures.game import game_figure, trust_in_words
from coursekit.models.games import Payoffs
from coursekit.widgets.game_lab import ASSUMES, game_lab
from coursekit.widgets.settings import settings

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
        lab.start.value = preset
        numbers = shown(lab)
        assert (numbers["game"], numbers["equilibria"], numbers["trust"]) == (
            game,
            equilibria,
            trust,
        )
        assert not lab.live.error
        assert shown(game_lab(preset=preset)) == numbers

    def test_all_come_from_the_table(self):
        lab = game_lab()
        assert [value for _, value in lab.start.options][1:] == list(settings("game"))

    def test_draw_once(self, monkeypatch):
        lab = game_lab()
        drawn = []
        lab.live.observe(lambda change: drawn.append(1), "svg")
        lab.start.value = "world_1"
        assert len(drawn) == 1

    def test_an_unknown_one_is_refused(self):
        with pytest.raises(CourseError, match="stag_hunt"):
            game_lab(preset="stag hunts")


class TestControls:
    def test_every_control_changes_the_answer_and_the_picture(self):
        lab = game_lab()
        states = [(lab.live.answer, lab.live.svg)]
        steps = [
            (lab.payoffs["T"], 2),
            (lab.payoffs["R"], 4),
            (lab.payoffs["P"], 2),
            (lab.payoffs["S"], 1),
            (lab.swap, True),
            (lab.source, "point"),
            (lab.point["offence"], 0.9),
            (lab.point["distinguishability"], 0.1),
            (lab.start, "chicken"),
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

    def test_only_the_sliders_in_use_are_visible(self):
        lab = game_lab(preset="stag_hunt")
        assert lab.payoffs["T"].layout.display == ""
        assert lab.point["offence"].layout.display == "none"
        lab.source.value = "point"
        assert lab.payoffs["T"].layout.display == "none"
        assert lab.point["offence"].layout.display == ""

    def test_a_moved_slider_is_no_longer_the_preset(self):
        lab = game_lab(preset="stag_hunt")
        lab.payoffs["T"].value = 2.5
        assert lab.start.value == ""

    def test_reset_restores_the_start(self):
        lab = game_lab(preset="stag_hunt")
        before = lab.live.answer, lab.live.svg
        lab.start.value = "world_1"
        lab.point["offence"].value = 0.3
        lab.swap.value = True
        lab.reset.click()
        assert (lab.live.answer, lab.live.svg) == before

    def test_every_control_has_a_sentence_of_help(self):
        lab = game_lab()
        for control in (*lab.live.inputs.values(), lab.reset):
            assert len(control.tooltip) >= 15
            assert control.description

    @pytest.mark.parametrize("payoffs", list(itertools.product((0, 6), repeat=4)))
    def test_no_error_at_the_extremes_of_the_payoffs(self, payoffs):
        lab = game_lab()
        for slider, value in zip(lab.payoffs.values(), payoffs, strict=True):
            slider.value = value
        assert not lab.live.error
        assert shown(lab)["trust"]

    @pytest.mark.parametrize("point", list(itertools.product((0, 1), repeat=2)))
    def test_no_error_at_the_corners_of_the_plane(self, point):
        lab = game_lab(preset="world_1")
        for slider, value in zip(lab.point.values(), point, strict=True):
            slider.value = value
        assert not lab.live.error
        assert "world" in shown(lab)


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
        assert "teaching construct" in ASSUMES

    def test_the_note_of_a_preset_is_shown_as_long_as_it_holds(self):
        lab = game_lab(preset="chicken")
        note = settings("game")["chicken"][2]
        assert note in lab.live.answer["readout"][0]["detail"]
        lab.payoffs["T"].value = 6
        assert note not in lab.live.answer["readout"][0]["detail"]

    def test_the_warning_about_aggressors_is_there(self):
        details = [e["detail"] for e in game_lab(preset="world_3").live.answer["readout"]]
        assert any("aggressors" in detail for detail in details)

    def test_the_limits_are_stated_once(self):
        lab = game_lab()
        said = lab.children[-1].value + str(lab.live.answer["readout"])
        assert said.count(SENTENCE) == 1
        for limit in ("one actor", "payoffs", "domestic politics", "calibrated to no state"):
            assert limit in said

    def test_a_question_stands_above(self):
        assert game_lab(ask="Why?").children[0].value == "Why?"


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
    def test_a_still_picture_is_stored(self):
        data, metadata = game_lab()._repr_mimebundle_()
        assert data["image/png"].startswith("iVBOR")
        assert len(metadata["image/png"]["alt"]) >= 30

    @pytest.mark.parametrize(
        "name", ["cell-00", "cell-11", "reply-row-0", "reply-column-1", "boundary", "point"]
    )
    def test_artists_keep_their_ids(self, name):
        assert f'id="{name}"' in game_figure((0.9, 0.1)).svg()

    def test_the_table_marks_the_equilibria(self):
        table = game_figure(payoffs=(2, 3, 1, 0)).table
        assert table["equilibrium"].tolist() == ["yes", "no", "no", "yes"]
