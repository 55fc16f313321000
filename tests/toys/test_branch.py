"""Six pieces of the argument, beside the tables of the map."""

from itertools import permutations

import pytest

import coursekit as ck
from coursekit.errors import CourseError
from coursekit.nato.toys.branch import BRANCHES, WORDS, Branch, answer, hidden, why_not

SEEDS = range(len(BRANCHES) * 3)


@pytest.fixture(params=range(len(BRANCHES)))
def branch(request):
    return Branch(request.param)


def part(state, id):
    return list(state.parts)[state.pieces.index(id)]


def click(state, *ids):
    for id in ids:
        state = state.after({"press": "link", "part": part(state, id)})
    return state


def linked(state):
    for ends in state.right.items():
        state = click(state, *ends)
    return state


def said(state):
    return state.shown()["readout"][0]


def test_every_right_link_is_a_step_of_the_table(branch):
    table = ck.load("claim_links").query("level == 'map' and relation == 'supports'")
    steps = set(zip(table["source"], table["target"], strict=True))
    assert set(branch.right.items()) <= steps
    # Every support between two of the six is asked for.
    inside = {ends for ends in steps if set(ends) <= set(branch.places)}
    assert inside == set(branch.right.items())


def test_six_pieces_hang_together_in_five_links_below_one_top(branch):
    top = next(iter(branch.places))
    assert len(branch.places) == len(branch.parts) == 6
    assert set(branch.right) == set(branch.places) - {top}
    for id in branch.right:
        while id in branch.right:
            id = branch.right[id]
        assert id == top


def test_every_right_link_is_taken_with_the_note_of_the_table(branch):
    notes = ck.load("claim_links").set_index(["source", "target"])["note"]
    state = branch
    for ends in list(branch.right.items())[:-1]:
        state = click(state, *ends)
        assert said(state)["label"] == "Right"
        assert said(state)["detail"] == notes[ends]


def test_every_wrong_link_is_refused_with_a_reason(branch):
    right = branch.right
    for source, target in permutations(branch.places, 2):
        state = click(branch, source, target)
        why = why_not(source, target, right)
        assert bool(why) == (right.get(source) != target)
        if why:
            assert said(state)["label"] == "Not this link"
            assert said(state)["detail"]
            assert f"{len(right)}" == state.shown()["readout"][1]["value"]


def test_reasons_are_true(branch):
    """Each kind of reason is checked against the links by another way than the toy goes."""
    right = branch.right
    for source, target in permutations(branch.places, 2):
        why = why_not(source, target, right)
        ways = {(a, b) for a, b in right.items()}
        for _ in range(4):
            ways |= {(a, d) for a, b in ways for c, d in ways if b == c}
        if "other way round" in why:
            assert (target, source) in ways
        elif "step between" in why:
            assert (source, target) in ways and (source, target) not in right.items()
        elif "Neither" in why:
            assert right[source] == right[target]
        elif why:
            assert target not in right.values()


def test_each_branch_needs_something_that_is_never_said(branch):
    kinds = ck.load("argument_nodes").set_index("node")["kind"]
    assert (
        hidden(branch.places) == [id for id in branch.places if kinds[id] == "hidden premise"] != []
    )
    state = linked(branch)
    assert state.open() == ("link",)
    for id in branch.places:
        guessed = click(state, id)
        assert guessed.open() == ()
        assert ("and so it is" in said(guessed)["detail"]) == (id in hidden(branch.places))


def test_one_branch_is_of_the_case_that_the_essay_answers():
    nodes = ck.load("argument_nodes").set_index("node")["branch"]
    sides = {nodes[next(iter(places))] for places in BRANCHES}
    assert "N" in sides


def test_every_piece_is_a_step_of_the_map_and_has_a_sentence():
    pieces = {id for places in BRANCHES for id in places}
    assert pieces == set(WORDS["pieces"]) <= set(ck.load("argument_nodes")["node"])


@pytest.mark.parametrize("seed", SEEDS)
def test_pieces_lie_in_disorder_and_move_when_all_is_linked(seed):
    state = Branch(seed)
    assert sorted(state.pieces) == sorted(state.places)
    assert state.pieces[0] != next(iter(state.places))
    assert state.shown()["figure"].svg() != linked(state).shown()["figure"].svg()


def test_a_piece_can_be_put_back():
    state = click(Branch(), "A5", "A5")
    assert said(state)["value"] == "Click a piece"
    assert said(click(state, "A5", "A6"))["label"] == "Right"


def test_what_is_linked_is_not_linked_again():
    state = click(Branch(), "A5", "A6")
    with pytest.raises(CourseError, match="linked"):
        click(state, "A5")


def test_what_is_no_piece_is_refused():
    with pytest.raises(CourseError, match="Click a piece"):
        Branch().after({"press": "link", "part": ""})


def test_the_names_of_the_pieces_say_what_they_are_linked_to():
    state = click(Branch(), "A5", "A6")
    one, other = (f"{state.pieces.index(id) + 1}" for id in ("A5", "A6"))
    assert state.names()[part(state, "A5")].endswith(f"{one} supports {other}.")


def test_a_click_in_the_picture_is_a_move_and_the_same_piece_can_be_clicked_again():
    shown = ck.play("01-branch")
    shown.restart()
    for expected in (1, 2):
        shown.live.touched = ["piece-3", "", f"{expected}"]
        assert len(shown.state.moves) == expected


def test_a_branch_left_alone_is_shown_link_by_link(branch):
    state = branch
    while "show" in state.open():
        state = state.after({"press": "show"})
        if "show" in state.open():
            assert state.shown()["readout"][0]["label"] == "Shown to you"
    assert answer(state.pieces) == state.right
    assert len(state.moves) == len(state.right)
