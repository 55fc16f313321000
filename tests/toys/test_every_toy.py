"""What holds for every toy, whatever it is about."""

import json
import random
import re
from importlib import import_module

import pytest

import coursekit as ck
from coursekit.errors import CourseError
from coursekit.nato.widgets.play import TOYS
from coursekit.record import record
from coursekit.toys.base import Toy
from coursekit.widgets.frame import Lab

SEEDS = range(4)
CLASSES = {name: getattr(import_module(module), kind) for name, (module, kind) in TOYS.items()}
# The others are widgets of their own, with tests of their own.
GAMES = [kind for kind in CLASSES.values() if issubclass(kind, Toy)]


@pytest.fixture(params=GAMES, ids=lambda kind: kind.name)
def toy(request):
    return request.param


@pytest.mark.parametrize("name", TOYS)
def test_each_is_a_lab_with_a_question_a_picture_and_words(name):
    shown = ck.play(name)
    assert isinstance(shown, Lab)
    assert "ck-ask" in shown.children[0]._dom_classes
    assert "<img" in shown.still()[0]["text/html"]
    assert shown.live.answer["alt"].endswith(".")
    assert shown.live.answer["readout"] and shown.live.answer["code"]


@pytest.mark.parametrize("name", TOYS)
def test_one_that_has_not_begun_is_stored_alike_for_every_learner(name, monkeypatch, tmp_path):
    stored = set()
    for learner in ("one", "two", "three"):
        monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / learner))
        stored.add(ck.play(name).still()[0]["text/html"])
    assert len(stored) == 1


def some_move(state, chance):
    """Make up a move that can be made now."""
    move = {"press": chance.choice(state.open())}
    for name, amount in state.amounts.items():
        move[name] = chance.choice([amount.low, amount.value, amount.high])
    if state.parts:
        move["part"] = chance.choice(list(state.parts))
    return move


def a_game(toy, seed, longest=60):
    chance, state = random.Random(seed), toy(seed)
    yield state
    for _ in range(longest):
        if not state.open():
            return
        try:
            state = state.after(some_move(state, chance))
        except CourseError as problem:
            # A move that needs a part of the picture says so.
            assert str(problem)
            continue
        yield state


def test_has_a_name_words_and_something_to_press(toy):
    assert CLASSES[toy.name] is toy
    assert toy.say["ask"].endswith(("?", "."))
    assert toy().open()
    for name in toy.buttons:
        assert toy.say["buttons"][name].keys() == {"label", "tooltip"}
    for name, amount in toy.amounts.items():
        assert toy.say["amounts"][name].keys() == {"description", "tooltip"}
        assert amount.low <= amount.value <= amount.high


@pytest.mark.parametrize("seed", SEEDS)
def test_a_state_can_be_seen_and_read(toy, seed):
    first, *others, last = a_game(toy, seed)
    # To draw a picture takes most of the time of all tests here.
    some = random.Random(seed).sample(others, min(3, len(others)))
    for state in (first, *some, last):
        shown = state.shown()
        assert shown["figure"].alt.strip().endswith(".")
        assert shown["readout"] and all(line["value"] for line in shown["readout"])
        assert shown["code"]
        said = [f"{line['value']} {line['detail']}" for line in shown["readout"]]
        assert not re.search(r"(?<!\d)-\d", " ".join(said)), "a hyphen stands for a minus"
        assert set(state.open()) <= set(toy.buttons)
        # A picture that names parts has them all.
        svg = shown["figure"].svg()
        assert all(f'id="{part}"' in svg for part in toy.parts)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_state_follows_from_seed_and_moves(toy, seed):
    *_, last = a_game(toy, seed)
    again = toy(seed).played(json.loads(json.dumps(last.moves)))
    assert again.moves == last.moves
    assert [line["value"] for line in again.shown()["readout"]] == [
        line["value"] for line in last.shown()["readout"]
    ]


def test_the_code_that_is_shown_runs(toy):
    *_, last = a_game(toy, 1)
    exec(last.shown()["code"], {})


def test_what_cannot_be_done_is_said(toy):
    with pytest.raises(CourseError, match="There is no move 'dance'"):
        toy().after({"press": "dance"})


def test_moves_are_kept_and_a_page_begins_where_it_was_left(toy):
    first = ck.play(toy.name)
    first.press(toy().open()[0])
    second = ck.play(toy.name)
    assert second.state.moves == first.state.moves
    first.restart()
    assert ck.play(toy.name).state.seed == first.state.seed == second.state.seed + 1
    assert not ck.play(toy.name).state.moves


def test_a_record_that_was_tampered_with_begins_anew(toy):
    ck.play(toy.name).restart()
    mine = record()
    for said in ('{"seed": "x"}', "[]", '{"seed": 1, "moves": [{"press": "dance"}]}', "no JSON"):
        mine.add("played", f"toy/{toy.name}", result={"response": said})
    assert ck.play(toy.name).state.moves == ()


def test_an_unknown_toy_is_named():
    with pytest.raises(CourseError, match="03-rival"):
        ck.play("03-rivel")
