"""The network of twelve states, beside the models of polarisation."""

from itertools import combinations

import pytest

from coursekit.errors import CourseError
from coursekit.models.polarisation import dyad_shares
from coursekit.nato.figures.network import AREAS, STATES, network_figure, sizes
from coursekit.nato.toys.network import (
    MOST,
    STARTS,
    Network,
    across,
    fewest,
    parted,
    start,
)


def neighbours(blocs):
    """The sizes that one move makes of others."""
    for giver in range(3):
        for taker in range(3):
            if giver != taker and blocs[giver]:
                found = list(blocs)
                found[giver] -= 1
                found[taker] += 1
                yield tuple(found)


@pytest.mark.parametrize("seed", range(8))
def test_pairs_are_those_of_the_model_and_of_a_count_by_hand(seed):
    places = start(seed)
    by_hand = sum({places[a], places[b]} == {"left", "right"} for a, b in combinations(STATES, 2))
    assert across(sizes(places)) == by_hand
    assert dyad_shares(*sizes(places)).across == pytest.approx(by_hand / 66)


def test_an_index_that_went_up_or_down_never_shows_the_same_number_as_before():
    areas = ["left"] * 7 + ["right"] + ["neither"] * 4
    svg = network_figure(dict(zip(STATES, areas, strict=True)), before=(6, 1, 5)).svg()
    assert "Esteban-Ray: 0.509 (was 0.514)" in svg
    assert "Reynal-Querol: 0.8" in svg and svg.count("(was") == 1


def test_no_split_has_more_pairs_than_two_equal_blocs():
    splits = [(a, b, 12 - a - b) for a in range(13) for b in range(13 - a)]
    assert max(map(across, splits)) == MOST
    assert [split for split in splits if across(split) == MOST] == [(6, 6, 0)]


@pytest.mark.parametrize("begin", STARTS)
def test_on_any_shortest_way_to_the_end_some_measures_part(begin):
    reached = {begin}
    for _ in range(fewest(begin)):
        reached = {
            to
            for here in reached
            for to in neighbours(here)
            if fewest(to) < fewest(here) and not parted(here, to)
        }
    assert (6, 6, 0) not in reached


@pytest.mark.parametrize("begin", STARTS)
def test_the_fewest_moves_are_the_fewest(begin):
    ways, reached = 0, {begin}
    while (6, 6, 0) not in reached:
        reached |= {to for here in reached for to in neighbours(here)}
        ways += 1
    assert fewest(begin) == ways


def test_buttons_alone_reach_the_end_and_say_what_happened():
    state = Network(0)
    assert sizes(state.places) == (5, 2, 5)
    for press in ("right", "left", "right", "right", "right"):
        state = state.after({"press": press})
    assert state.open() == () and sizes(state.places) == (6, 6, 0)
    lines = state.shown()["readout"]
    assert [line["value"] for line in lines][:2] == ["36 of 66", "5"]
    assert lines[1]["detail"] == "Nobody can do it with fewer."
    assert not lines[2]["value"].startswith("0")
    with pytest.raises(CourseError, match="game is over"):
        state.after({"press": "left"})


def test_who_takes_a_longer_way_is_told_the_shortest():
    state = Network(0)
    for press in ("neither", "left", *["right"] * 3, "left", "right"):
        state = state.after({"press": press})
    assert state.shown()["readout"][1]["detail"] == "5 would have done."


def test_a_click_moves_a_state_on_and_a_drag_where_it_was_dropped():
    state = Network(0)
    name = next(name for name in STATES if state.places[name] == "left")
    for place in ("neither", "right", "left"):
        move = state.touched(f"state-{name}")
        assert move == {"press": place, "state": name}
        state = state.after(move)
        assert state.places[name] == place
    assert state.touched(f"state-{name}", "area-right") == {"press": "right", "state": name}
    # Put back where it was, a state has not moved.
    assert state.touched(f"state-{name}", "area-left") is None
    assert state.touched("state-Atlantis") is None


def test_a_state_that_is_there_already_cannot_go_there():
    state = Network(0)
    with pytest.raises(CourseError, match="Choose another place"):
        state.after({"press": state.places["Alda"], "state": "Alda"})
    with pytest.raises(CourseError, match="Atlantis"):
        state.after({"press": "left", "state": "Atlantis"})


def test_the_picture_has_every_state_and_area():
    svg = network_figure(start(1)).svg()
    assert all(f'id="area-{area}"' in svg for area in AREAS)
    assert all(f'id="state-{name}"' in svg for name in STATES)


def test_what_one_move_did_is_said_by_its_measures():
    state = Network(0).after({"press": "left"})
    assert sizes(state.places) == (6, 2, 4)
    value, detail = state.shown()["readout"][1]["value"], state.shown()["readout"][1]["detail"]
    assert (value, detail) == ("Went apart", "Up: Esteban-Ray, pairs across. Down: Reynal-Querol.")
