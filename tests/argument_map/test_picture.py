"""The argument map as a picture, still and live."""

import itertools
from xml.etree import ElementTree

import pytest
from colours import contrast
from drawn_maps import (
    ESSAY,
    LAID,
    PLACED,
    STANCES,
    SVG,
    chosen,
    extents,
    ids,
    overlap,
    segments,
    touches,
)
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path
from properties import few

from coursekit.argument.looks import LOOKS, node_looks
from coursekit.errors import CourseError
from coursekit.figures import palette
from coursekit.figures.argument_layout import WIDTH
from coursekit.figures.argument_map import argument_map_figure, draw_map
from coursekit.figures.argument_marks import CORNERS, KINDS
from coursekit.widgets.map_figure import map_rules


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
