"""Where steps and links stand on the argument map."""

import itertools

from drawn_maps import ESSAY, LAID, PLACED, cross, overlap, segments, touches
from hypothesis import given
from hypothesis import strategies as st
from properties import few

from coursekit.argument import Argument, Link
from coursekit.figures.argument_layout import HEIGHT, WIDTH, boxes, routes
from coursekit.figures.argument_routing import way_between


class TestLayout:
    def test_places_every_step_within_the_picture(self):
        assert set(PLACED) == set(ESSAY.nodes)
        for id, box in PLACED.items():
            left, top, right, bottom = box.sides
            assert left >= 4 and top >= 4 and right <= WIDTH - 4 and bottom <= HEIGHT - 4, id

    def test_no_two_steps_overlap(self):
        for one, other in itertools.combinations(PLACED, 2):
            assert not overlap(PLACED[one].sides, PLACED[other].sides, 8), (one, other)

    def test_every_link_has_a_way_and_every_group_of_linked_premises_a_junction(self):
        ends = {(r.sources, r.target) for r in LAID}
        assert {((k.source,), k.target) for k in ESSAY.links} <= ends
        assert {r.sources for r in LAID if len(r.sources) > 1} == {
            tuple(k.source for k in ESSAY.links if k.linked == label)
            for label in {k.linked for k in ESSAY.links} - {""}
        }
        assert len({route.name for route in LAID}) == len(LAID)

    def test_links_begin_and_end_at_the_edge_of_their_steps(self):
        for route in LAID:
            for id, (x, y) in (
                (route.sources[0], route.points[0]),
                (route.target, route.points[-1]),
            ):
                if (id == route.target) != route.head and id == route.target:
                    continue
                if len(route.sources) > 1 and id != route.target:
                    continue
                left, top, right, bottom = PLACED[id].sides
                on_rim = x in (left, right) or y in (top, bottom)
                assert on_rim and left <= x <= right and top <= y <= bottom, route.name

    def test_no_link_passes_through_or_along_another_step(self):
        for route in LAID:
            own = {route.target, *(route.sources if len(route.sources) == 1 else ())}
            for id in set(PLACED) - own:
                for segment in segments(route):
                    assert not touches(segment, PLACED[id].sides, 3), (route.name, id)

    def test_no_link_crosses_its_own_steps(self):
        for route in LAID:
            for id in {route.target, *route.sources}:
                left, top, right, bottom = PLACED[id].sides
                inner = (left + 1, top + 1, right - 1, bottom - 1)
                for segment in segments(route):
                    assert not touches(segment, inner), (route.name, id)

    def test_no_two_links_cross(self):
        crossings = [
            (one.name, other.name)
            for one, other in itertools.combinations(LAID, 2)
            if not (one.target == other.target and "supports" == one.relation == other.relation)
            and any(cross(a, b) for a in segments(one) for b in segments(other))
        ]
        assert crossings == []

    def test_supports_that_stand_alone_do_not_meet_before_their_step(self):
        alone = [r for r in LAID if r.target == "K1" and r.relation == "supports"]
        assert len(alone) == 3
        for one, other in itertools.combinations(alone, 2):
            assert not any(cross(a, b) for a in segments(one) for b in segments(other))

    @given(*[st.sampled_from(list(ESSAY.nodes))] * 2, st.booleans(), st.integers(0, 2))
    def test_a_link_that_the_reference_does_not_have_goes_around_all_other_steps(
        self, source, target, linked, lane
    ):
        link = Link(source, target, "supports", f"{target}-1" if linked else "")
        if source == target or (source, target) in {(k.source, k.target) for k in ESSAY.links}:
            return
        # Other links before it move it to another lane.
        before = [Link("D", "X", "attacks"), Link("X", "D", "attacks")][:lane]
        yours = Argument(ESSAY.nodes.values(), [*before, link])
        if link in before or (source, target) in {(k.source, k.target) for k in before}:
            return
        for route in routes(yours, PLACED):
            own = {route.target, *route.sources}
            for id, segment in itertools.product(set(PLACED) - own, segments(route)):
                assert not touches(segment, PLACED[id].sides, 2), (route.name, id)
            for (ax, ay), (bx, by) in segments(route):
                assert ax == bx or ay == by

    def test_a_step_that_is_walled_in_is_reached_by_a_straight_line(self):
        source, target = (0, 0, 10, 10), (100, 0, 110, 10)
        walls = [(80, -30, 130, -12), (80, 22, 130, 40), (70, -30, 88, 40), (122, -30, 140, 40)]
        assert way_between(source, target, (source, target)) == ((10, 5), (100, 5))
        way = way_between(source, target, (source, target, *walls))
        assert len(way) == 2

    @few
    @given(st.lists(st.tuples(*[st.sampled_from(list(ESSAY.nodes))] * 2), max_size=6, unique=True))
    def test_any_map_of_the_steps_can_be_laid_out(self, pairs):
        links = [Link(a, b, "attacks") for a, b in pairs if a != b]
        yours = Argument(ESSAY.nodes.values(), links)
        assert len(routes(yours, boxes(yours))) == len(links)
