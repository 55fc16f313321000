import itertools
import json
import re
from xml.etree import ElementTree

import pytest
from colours import contrast
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path
from properties import few
from reading_labs import run

from coursekit.argument import Argument, Link, Node, to_aif, to_argdown
from coursekit.argument.comparison import compare_maps, missing_steps, open_tasks
from coursekit.argument.kinds import step_kind
from coursekit.argument.looks import LOOKS, node_looks
from coursekit.argument.words import undoing
from coursekit.errors import CourseError
from coursekit.figures import palette
from coursekit.figures.argument_layout import HEIGHT, WIDTH, boxes, routes
from coursekit.figures.argument_map import argument_map_figure, draw_map
from coursekit.figures.argument_marks import CORNERS, KINDS
from coursekit.figures.argument_routing import way_between
from coursekit.widgets.argument_builder import ArgumentBuilder
from coursekit.widgets.argument_card import claim_cards, step_card
from coursekit.widgets.argument_explorer import ArgumentExplorer
from coursekit.widgets.argument_map import argument_map
from coursekit.widgets.argument_outline import outline_html, outline_text
from coursekit.widgets.map_figure import map_rules

ESSAY = Argument.essay()
PLACED = boxes(ESSAY)
LAID = routes(ESSAY, PLACED)
SVG = "{http://www.w3.org/2000/svg}"
STANCES = st.dictionaries(
    st.sampled_from([id for id, node in ESSAY.nodes.items() if step_kind(node).switched]),
    st.sampled_from(["rejected", "accepted"]),
    max_size=8,
)


def chosen(stances, stance):
    return [id for id, said in stances.items() if said == stance]


def ids(figure):
    found = {artist.get_gid() or "" for artist in figure.axes[0].get_children()}
    return {id for id in found if re.match(r"state-|frame-|strong-|faint-", id)}


def segments(route):
    return list(itertools.pairwise(route.points))


def cross(one, other):
    """Whether two segments have a point in common."""
    (a, b), (c, d) = one, other

    def side(p, q, r):
        turn = (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
        return (turn > 1e-9) - (turn < -1e-9)

    def between(p, q, r):
        return all(min(p[k], q[k]) - 1e-9 <= r[k] <= max(p[k], q[k]) + 1e-9 for k in (0, 1))

    turns = side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)
    if turns[0] != turns[1] and turns[2] != turns[3] and 0 not in turns:
        return True
    ends = zip(turns, [(a, b, c), (a, b, d), (c, d, a), (c, d, b)], strict=True)
    return any(turn == 0 and between(*points) for turn, points in ends)


def touches(segment, sides, margin=0):
    left, top, right, bottom = sides
    low, high = (left - margin, top - margin), (right + margin, bottom + margin)
    corners = [low, (high[0], low[1]), high, (low[0], high[1])]
    inside = any(low[0] < x < high[0] and low[1] < y < high[1] for x, y in segment)
    rim = zip(corners, [*corners[1:], corners[0]], strict=True)
    return inside or any(cross(segment, edge) for edge in rim)


def overlap(one, other, margin=0):
    return (
        one[0] < other[2] + margin
        and other[0] < one[2] + margin
        and one[1] < other[3] + margin
        and other[1] < one[3] + margin
    )


def extents(figure):
    """Where each text of a figure is, in pixels from the top left."""
    axes = figure.axes[0]
    renderer, back = figure.canvas.get_renderer(), axes.transData.inverted()
    for text in axes.texts:
        corners = back.transform(text.get_window_extent(renderer)).tolist()
        (left, bottom), (right, top) = corners
        yield text, (left, top, right, bottom)


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


@pytest.fixture(scope="module")
def live():
    return draw_map(ESSAY, live=True)


class TestPicture:
    def test_no_label_and_no_mark_leaves_its_step(self, live):
        labels = [(t, at) for t, at in extents(live) if t.get_gid() not in ("key", "band")]
        assert len(labels) > 3 * len(PLACED)
        for text, at in labels:
            home = [box for box in PLACED.values() if overlap(box.sides, at)]
            assert len(home) == 1, text.get_text()
            left, top, right, bottom = home[0].sides
            inner = at[0] >= left + 3 and at[2] <= right - 3
            assert inner and at[1] >= top + 1 and at[3] <= bottom - 1, text.get_text()

    def test_labels_are_complete(self, live):
        words = {}
        for text, at in extents(live):
            if text.get_gid() == "words":
                (id,) = [id for id, box in PLACED.items() if overlap(box.sides, at)]
                words.setdefault(id, []).append(text.get_text())
        for id, node in ESSAY.nodes.items():
            assert "".join(words[id]).replace(" ", "") == node.label.replace(" ", "")

    @pytest.mark.parametrize("look", LOOKS)
    def test_no_two_texts_of_the_map_overlap(self, look):
        figure = draw_map(ESSAY, dict.fromkeys(ESSAY.nodes, look))
        for (one, a), (other, b) in itertools.combinations(list(extents(figure)), 2):
            lines = one.get_gid() == other.get_gid() == "words"
            assert lines or not overlap(a, b), (one.get_text(), other.get_text())

    def test_legend_and_headings_are_clear_of_steps_and_links(self, live):
        for text, at in extents(live):
            if text.get_gid() in ("key", "band"):
                for box in PLACED.values():
                    assert not overlap(at, box.sides, 3), text.get_text()
                for route in LAID:
                    for segment in segments(route):
                        assert not touches(segment, at, 3), (text.get_text(), route.name)

    def test_letters_are_ten_pixels_high_in_a_window_of_1300_beside_the_file_browser(self, live):
        # The notebook leaves about 860 of them to the picture, which the page scales to fit.
        smallest = min(text.get_fontsize() for text in live.axes[0].texts)
        assert smallest / 0.75 * 860 / WIDTH >= 10

    def test_every_step_and_every_link_is_an_artist(self, live):
        found = {e.get("id") for e in ElementTree.fromstring(live.svg()).iter(f"{SVG}g")}
        assert set(ESSAY.nodes) <= found
        for route in LAID:
            assert {f"strong-{route.name}", f"faint-{route.name}"} <= found

    def test_no_identifier_is_used_twice(self, live):
        words = {"words", "id", "key", "band"}
        gids = [artist.get_gid() for artist in live.axes[0].get_children()]
        named = [gid for gid in gids if gid and gid not in words]
        assert len(named) == len(set(named))
        assert len([gid for gid in named if gid.startswith("junction-")]) == 9

    def test_kinds_differ_in_more_than_colour(self):
        def shape(kind):
            rounded = kind in ("conclusion", "intermediate")
            return rounded, CORNERS.get(kind), KINDS[kind][2:]

        groups = ["conclusion", "intermediate", "premise", "hidden premise", "counter-case"]
        shapes = [shape(kind) for kind in [*groups, "objection", "reply", "scope"]]
        assert all(a != b for a, b in itertools.combinations(shapes, 2))

    def test_labels_can_be_read_on_every_ground(self):
        for face, edge, *_ in KINDS.values():
            assert contrast(face, palette.INK) >= 7
            assert contrast("#ffffff", edge) >= 4.5

    def test_what_falls_is_hatched_struck_out_and_marked(self):
        figure = argument_map_figure(rejected="H3")
        assert {f"state-{m}-A6" for m in ("ground", "strike", "falls")} <= ids(figure)
        assert {f"state-{m}-H3" for m in ("ground", "strike", "rejected")} <= ids(figure)
        assert not any(id.endswith("-K1") for id in ids(figure) if id.startswith("state"))
        hatched = [p for p in figure.axes[0].patches if p.get_gid() == "state-ground-A6"]
        assert hatched[0].get_hatch()
        marks = [t for t in figure.axes[0].texts if t.get_gid() == "state-falls-A6"]
        assert marks[0].get_text() == "✗ falls"

    def test_an_attack_is_strong_only_while_it_is_accepted(self):
        assert "faint-R2-A6" in ids(argument_map_figure())
        figure = argument_map_figure(accepted="R2")
        assert {"strong-R2-A6", "state-accepted-R2", "state-falls-A6"} <= ids(figure)

    def test_linked_premises_lose_their_force_together(self):
        figure = argument_map_figure(rejected="H3")
        assert {"faint-A1+A5+H3-A6", "strong-A1-A6", "faint-H3-A6"} <= ids(figure)

    def test_attacks_are_dashed_with_a_bar_and_limits_are_dotted_with_a_ring(self, live):
        lines = {c.get_gid(): c for c in live.axes[0].collections}
        styles = {name: lines[f"strong-{name}"].get_linestyle()[0] for name in ("A6-K1", "R2-A6")}
        styles["X-A6"] = lines["strong-X-A6"].get_linestyle()[0]
        assert styles["A6-K1"][1] is None
        assert len({str(style) for style in styles.values()}) == 3
        heads = [len(lines[f"strong-{n}"].get_paths()[1].vertices) for n in ("A6-K1", "R2-A6")]
        assert heads == [4, 5]
        ring = lines["strong-X-A6"].get_paths()[1]
        assert Path.CURVE4 in ring.codes

    def test_the_alt_text_says_what_stands(self):
        alt = argument_map_figure(rejected=["H3", "H4"], accepted="R6").alt
        for words in ("57 steps", "63 links", "K1 falls", "A6", "Accepted: R6"):
            assert words in alt

    def test_the_table_says_what_the_map_shows(self):
        table = argument_map_figure(rejected="H3").table.set_index("step")
        assert table.loc["A6", ["state", "supported by", "attacked by", "limited by"]].tolist() == [
            "falls",
            "A1, A5, H3",
            "N3, N4, R2",
            "X",
        ]
        assert len(table) == len(ESSAY.nodes)

    def test_the_same_state_gives_the_same_picture(self):
        assert argument_map_figure("H3").svg() == argument_map_figure("H3").svg()
        assert argument_map_figure("H3").png() == argument_map_figure("H3").png()

    def test_an_unknown_step_is_refused(self):
        with pytest.raises(CourseError, match="Did you mean 'H3'"):
            argument_map_figure(rejected="H33")
        with pytest.raises(CourseError, match="Did you mean 'H3'"):
            argument_map_figure(chosen="H33")

    def test_a_step_cannot_be_both(self):
        with pytest.raises(CourseError, match="both"):
            argument_map_figure(rejected="H3", accepted="H3")


class TestRules:
    @few
    @given(STANCES, st.sampled_from(list(ESSAY.nodes)))
    def test_show_what_the_still_picture_shows(self, stances, pick):
        rejected, accepted = chosen(stances, "rejected"), chosen(stances, "accepted")
        looks = node_looks(ESSAY.standing(rejected, accepted))
        inputs = {**looks, "pick": list(ESSAY.nodes).index(pick)}

        def holds(condition):
            name, relation, value = condition
            return inputs[name] == value if relation == "=" else inputs[name] in value

        first = {
            artist: next(rule for rule in rules if all(map(holds, rule["when"])))
            for artist, rules in map_rules().items()
        }
        shown = {artist for artist, rule in first.items() if rule["look"] == "shown"}
        assert shown == ids(argument_map_figure(rejected, accepted, chosen=pick))
        for id in ESSAY.nodes:
            assert LOOKS[looks[id]] in first[id]["text"]

    def test_speak_of_artists_that_are_there(self, live):
        found = {e.get("id") for e in ElementTree.fromstring(live.svg()).iter(f"{SVG}g")}
        assert set(map_rules()) <= found


class TestWords:
    def test_a_single_rejection_that_is_enough_is_named(self):
        (reject, accept) = undoing(ESSAY.standing(), "A6")
        assert reject == "Reject one of A1, A2, A4, A5, H1, H2 or H3."
        assert accept == "Accept one of N1, N2, N3, N4, R1, R2 or R3."

    def test_choices_from_several_lines_are_told_apart(self):
        said = undoing(ESSAY.standing(), "K1")[0]
        assert said == (
            "Reject C1 (Blocs divide and tensions escalate); and one of A1, A2, A4, A5, H1, H2 or "
            "H3; and one of B1, B2, B3, B4, H4, H5 or H6."
        )

    def test_what_is_settled_already_is_left_out(self):
        said = " ".join(undoing(ESSAY.standing(["A1", "R2"]), "K1"))
        assert "A2" not in said and "R2" not in said

    @given(STANCES, st.sampled_from(list(ESSAY.nodes)))
    def test_every_way_that_is_named_works(self, stances, id):
        rejected, accepted = chosen(stances, "rejected"), chosen(stances, "accepted")
        standing = ESSAY.standing(rejected, accepted)
        for said in undoing(standing, id):
            plain = re.sub(r" \([^)]*\)", "", said)
            if not said.startswith(("Reject", "Accept")):
                continue
            parts = [re.findall(r"\b(?:[A-Z]\d|expand)\b", part) for part in plain.split(";")]
            for ways in itertools.islice(itertools.product(*parts), 20):
                if said.startswith("Reject"):
                    after = ESSAY.standing({*rejected, *ways}, accepted)
                else:
                    after = ESSAY.standing(rejected, {*accepted, *ways})
                assert id not in after

    def test_combinations_that_are_no_free_choice_are_listed_one_by_one(self):
        nodes = [Node(id, id.upper(), "premise") for id in "pqrs"] + [Node("k", "K", "conclusion")]
        links = [("p", "a"), ("q", "a"), ("q", "b"), ("r", "b"), ("r", "c"), ("s", "c")]
        steps = [Node(f"m{x}", x, "intermediate") for x in "abc"]
        argument = Argument(
            [*nodes, *steps],
            [Link(source, f"m{x}", "supports", f"m{x}-1") for source, x in links]
            + [Link(f"m{x}", "k", "supports") for x in "abc"],
        )
        cuts = argument.critical_premises("k")
        assert sorted(map(sorted, cuts)) == [["p", "r"], ["q", "r"], ["q", "s"]]
        assert len(undoing(argument.standing(), "k")) == 3

    @pytest.mark.parametrize(
        ("id", "words"),
        [("H3", "Only your own switch"), ("D", "no other step"), ("R1", "no force")],
    )
    def test_a_step_that_rests_on_nothing_says_so(self, id, words):
        assert words in undoing(ESSAY.standing(), id)[0]

    def test_a_fallen_step_says_so(self):
        assert undoing(ESSAY.standing("H3"), "A6") == ["It has fallen already."]


class TestCard:
    def test_holds_label_paraphrase_kind_and_both_sides(self):
        html = step_card(ESSAY.standing("H3"), "A6")
        for words in (
            "paid by others",
            "confrontation becomes easier",
            "intermediate",
            "Supported, only together, by",
            "Attacked by",
            "Limited by",
            "It supports",
            "falls, because you reject it",
        ):
            assert words in html

    def test_content_is_escaped(self):
        nodes = [Node("a", "<i>x</i>", text="<script>"), Node("b", "&")]
        html = step_card(Argument(nodes, [Link("b", "a", "attacks", note="<b>")]).standing(), "a")
        assert "<script>" not in html and "<i>" not in html and "<b>" not in html

    @pytest.mark.parametrize("id", list(ESSAY.nodes))
    def test_each_claim_comes_with_evidence_on_both_sides(self, id):
        html = claim_cards(id)
        count = len(ESSAY.nodes[id].claims)
        assert html.count("What speaks for it") == count
        assert html.count("What speaks against it") == count
        # A step that stands for no claim names the sources of what it says.
        assert html.count("Sources") == (count or 1)
        assert count or "adds it" in html


class TestOutline:
    def test_names_every_step_its_kind_and_its_state(self):
        text = outline_text(ESSAY.standing("H3"))
        for id, node in ESSAY.nodes.items():
            assert f"{id} {node.label} ({node.kind}): " in text
            assert node.text in text
        assert "A6 Members' safety is paid by others (intermediate): falls." in text

    def test_names_every_link_below_its_target(self):
        lines = outline_text(ESSAY.standing()).splitlines()
        found, stack = set(), []
        for line in lines[1:]:
            depth = len(line) - len(line.lstrip())
            if step := re.match(r"\s*(?:- )?(\w+) .*\(.*\): ", line):
                stack = [*(s for s in stack if s[0] < depth), (depth, step[1])]
                if len(stack) > 1:
                    found.add((stack[-1][1], stack[-2][1]))
        assert found == {(link.source, link.target) for link in ESSAY.links}

    def test_the_page_has_a_state_for_each_step_and_a_switch_for_each_that_can_be_switched(self):
        html = outline_html(ESSAY)
        assert set(re.findall(r"data-state='(\w+)'", html)) == set(ESSAY.nodes)
        switched = {id for id, node in ESSAY.nodes.items() if step_kind(node).switched}
        assert set(re.findall(r"data-switch='(\w+)'", html)) == switched
        assert html.count("<select") == html.count("aria-label='Your view of")

    def test_conclusions_have_headings(self):
        heads = re.findall(r"<h4 data-step='(\w+)'", outline_html(ESSAY))
        assert heads == ["K1", "K2", "A6", "B5", "B6", "C3", "expand"]


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


class TestComparison:
    def test_takes_maps_as_sets_of_links(self):
        yours = Argument(ESSAY.nodes.values(), reversed(ESSAY.links))
        found = compare_maps(yours, ESSAY)
        assert len(found.agreed) == len(ESSAY.links)
        assert found.only_yours == found.only_reference == ()

    def test_tells_direction_and_relation_apart(self):
        links = [Link("A6", "A1", "supports"), Link("H3", "A6", "attacks")]
        found = compare_maps(Argument(ESSAY.nodes.values(), links), ESSAY)
        assert found.agreed == () and len(found.only_yours) == 2
        assert len(found.only_reference) == len(ESSAY.links)

    def test_a_link_agrees_even_if_it_is_not_linked_with_others(self):
        yours = Argument(ESSAY.nodes.values(), [Link("H3", "A6", "supports")])
        ((mine, theirs),) = compare_maps(yours, ESSAY).agreed
        assert (mine.linked, theirs.linked) == ("", "A6-1")

    def test_missing_steps_are_those_that_no_link_touches(self):
        yours = Argument(ESSAY.nodes.values(), [Link("H3", "A6", "supports")])
        missing = missing_steps(yours, ESSAY)
        assert len(missing) == len(ESSAY.nodes) - 2 and not {"H3", "A6"} & set(missing)

    def test_a_map_is_complete_with_the_core_two_hidden_premises_and_three_attacks(self):
        links = [
            Link("H1", "A6", "supports"),
            Link("A6", "K1", "supports"),
            Link("B5", "K1", "supports"),
            Link("K1", "K2", "supports"),
            Link("C3", "K2", "supports"),
            Link("H5", "B5", "supports"),
            Link("N1", "A6", "attacks"),
            Link("R1", "B3", "attacks"),
            Link("R4", "C3", "attacks"),
        ]
        assert open_tasks(Argument(ESSAY.nodes.values(), links), ESSAY) == []
        for link in links[:1] + links[5:]:
            fewer = [other for other in links if other != link]
            assert len(open_tasks(Argument(ESSAY.nodes.values(), fewer), ESSAY)) >= 1

    def test_what_is_open_is_named_without_its_place(self):
        said = " ".join(open_tasks(Argument(ESSAY.nodes.values(), []), ESSAY))
        for words in ("K1, K2, A6, B5, C3", "at least 2", "A, B, C"):
            assert words in said
        assert not re.search(r"H\d|N\d|R\d|supports", said)


@pytest.fixture
def builder():
    return argument_map(mode="build").lab


def add(builder, source, relation, target):
    builder.source.value, builder.relation.value = source, relation
    builder.target.value = target
    builder.add.click()


class TestBuilder:
    def test_a_link_is_drawn_and_listed(self, builder):
        before = builder.live.svg
        add(builder, "R2", "attacks", "A6")
        assert builder.links == [Link("R2", "A6", "attacks")]
        assert builder.live.svg != before and 'id="strong-R2-A6"' in builder.live.svg
        assert "R2 (States in danger choose to join) attacks A6" in builder.panel.html
        assert builder.panel.said == "1 link in your map."

    def test_premises_can_be_linked(self, builder):
        for source in ("A1", "A5", "H3"):
            add(builder, source, "supports, but only together", "A6")
        assert builder.argument.lines_of("A6") == (frozenset({"A1", "A5", "H3"}),)
        assert 'id="junction-A1+A5+H3-A6"' in builder.live.svg

    @pytest.mark.parametrize("relation", ["supports on its own", "attacks", "limits"])
    def test_every_relation_can_be_drawn(self, builder, relation):
        add(builder, "D", relation, "K2")
        assert builder.links[0].relation == relation.split()[0]
        assert not builder.live.error

    def test_a_step_cannot_support_itself(self, builder):
        add(builder, "A1", "supports on its own", "A1")
        assert "for or against itself" in builder.panel.said
        assert builder.links == [] and not builder.live.error

    def test_supports_cannot_run_in_a_circle(self, builder):
        add(builder, "A1", "supports on its own", "A6")
        add(builder, "A6", "supports on its own", "A1")
        assert "circle" in builder.panel.said and len(builder.links) == 1

    def test_a_link_can_be_taken_out(self, builder):
        assert builder.remove.disabled
        add(builder, "R2", "attacks", "A6")
        add(builder, "R1", "attacks", "A4")
        builder.made.value = 0
        builder.remove.click()
        assert builder.links == [Link("R1", "A4", "attacks")]
        builder.reset.click()
        assert builder.links == [] and "No link yet" in builder.panel.said

    def test_what_is_missing_is_named_and_not_where_it_goes(self, builder):
        add(builder, "A1", "supports on its own", "A6")
        builder.missing.click()
        assert builder.panel.said == "Steps that you have not linked yet: 55."
        assert "hidden premise: H1, H2, H3" in builder.panel.html
        assert not re.search("supports|attacks [A-Z]", builder.panel.html)

    def test_comparison_lists_what_differs_and_states_that_other_readings_are_accepted(
        self, builder
    ):
        add(builder, "A1", "supports on its own", "A6")
        add(builder, "R2", "attacks", "B5")
        builder.compare.click()
        assert builder.panel.said.startswith("Agreed: 1. Only yours: 1. Only the reference: 62.")
        for words in ("one reading", "In both maps (1)", "Only in yours (1)", "takes it together"):
            assert words in builder.panel.html

    def test_a_complete_map_is_told_so(self, builder):
        builder.links = list(ESSAY.links)
        builder.compare.click()
        assert "Your map is complete" in builder.panel.said
        builder.missing.click()
        assert "Your map is complete" in builder.panel.html

    def test_the_reference_as_a_students_map_is_drawn_as_the_reference(self, builder):
        builder.links = list(ESSAY.links)
        strong = {id for id in ids(builder.draw()) if id.startswith("strong-")}
        assert strong == {f"strong-{route.name}" for route in LAID}

    def test_the_map_can_be_taken_along(self, builder):
        add(builder, "A1", "supports, but only together", "A6")
        add(builder, "H3", "supports, but only together", "A6")
        add(builder, "D", "limits", "A6")
        builder.export.value = "Argdown"
        assert builder.text.value == to_argdown(builder.argument)
        builder.export.value = "AIF (JSON)"
        assert json.loads(builder.text.value) == to_aif(builder.argument)
        assert builder.text.layout.display == ""
        builder.export.value = "…"
        assert builder.text.layout.display == "none"

    def test_the_code_reproduces_the_map(self, builder):
        add(builder, "A1", "supports, but only together", "A6")
        add(builder, "R2", "attacks", "A6")
        code = builder.live.answer["code"]
        assert len(code.splitlines()) == 3
        assert run(code).links == tuple(builder.links)

    def test_every_control_has_a_sentence_of_help(self, builder):
        menus = [builder.source, builder.relation, builder.target, builder.made, builder.export]
        buttons = [builder.add, builder.remove, builder.reset, builder.missing, builder.compare]
        for control in menus + buttons:
            assert len(control.tooltip) >= 15 and control.description

    def test_a_stored_notebook_keeps_the_map_in_words(self, builder):
        assert "No link yet" in builder._repr_mimebundle_()[0]["text/plain"]
        add(builder, "R2", "attacks", "A6")
        data, metadata = builder._repr_mimebundle_()
        assert "R2 (States in danger choose to join) attacks" in data["text/plain"]
        assert "R2" in metadata["image/png"]["alt"]


class TestModes:
    def test_can_be_changed_without_losing_anything(self):
        shown = argument_map(ask="What holds?")
        shown.lab.pick.value = "H3"
        shown.mode.value = "build"
        assert isinstance(shown.lab, ArgumentBuilder) and shown.children[1] is shown.lab
        add(shown.lab, "R2", "attacks", "A6")
        assert [link.source for link in shown.argument.links] == ["R2"]
        shown.mode.value = "explore"
        assert isinstance(shown.lab, ArgumentExplorer) and shown.lab.pick.value == "H3"
        assert shown.lab.children[0].value == "What holds?"

    def test_an_unknown_one_is_refused(self):
        with pytest.raises(CourseError, match="build"):
            argument_map(mode="built")

    def test_the_stored_picture_is_that_of_the_mode(self):
        shown = argument_map(mode="build")
        assert "No link yet" in shown._repr_mimebundle_()[0]["text/plain"]


class TestAMapThatIsOpenedAgain:
    @pytest.fixture(autouse=True)
    def a_record_of_its_own(self, tmp_path, monkeypatch):
        monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path))

    def test_it_shows_what_was_accepted_and_rejected_last(self):
        first = ArgumentExplorer()
        first.live.stances = {"H3": "rejected"}
        first.live.stances = {"H3": "rejected", "R1": "accepted"}
        again = argument_map(ask="What would you change?", own=True).lab
        assert again.stances == {"H3": "rejected", "R1": "accepted"}
        assert not again.standing.stands["A6"]
        assert "1 accepted, 1 rejected" in again.children[0].value

    def test_with_nothing_kept_it_is_the_plain_map_and_says_so(self):
        plain = argument_map(own=True).lab
        assert plain.stances == {}
        assert "Nothing is kept" in plain.children[0].value

    def test_a_map_is_plain_unless_ones_own_is_asked_for(self):
        ArgumentExplorer().live.stances = {"H3": "rejected"}
        assert argument_map().lab.stances == {}
