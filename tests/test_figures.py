"""The map: an artist for each state, a text and a table for those who do not see it."""

import itertools
import re
from xml.etree import ElementTree

import pytest
from colours import contrast

from coursekit.data import load, read_json
from coursekit.figures import palette
from coursekit.figures.base import CourseFigure
from coursekit.nato.enlargement import Scenario
from coursekit.nato.figures import europe

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn():
    return europe(Scenario(2025, without=2004, admitted={"UKR": 2008}))


def test_every_state_on_the_map_is_an_artist_with_its_code(drawn):
    states = load("states")
    wanted = set(states.loc[states["on_map"], "iso3"])
    ids = {e.get("id") for e in ElementTree.fromstring(drawn.svg()).iter(f"{SVG}g")}
    assert wanted <= ids


def test_every_european_and_north_american_state_is_drawn():
    states = load("states")
    drawn = {feature["id"] for feature in read_json("europe_map")["features"]}
    wanted = set(states.loc[states["region"] == "North America", "iso3"])
    wanted |= set(states.loc[states["european"], "iso3"])
    assert wanted <= drawn
    assert {"LUX", "MLT", "MNE", "XKX", "AND", "LIE", "MCO", "SMR"} <= drawn


def test_areas_are_closed_and_lie_inside_the_view():
    europe_map = read_json("europe_map")
    x0, y0, x1, y1 = europe_map["view"]
    for feature in europe_map["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            for ring in polygon:
                assert ring[0] == ring[-1], feature["id"]
                assert all(x0 <= x <= x1 and y0 <= y <= y1 for x, y in ring), feature["id"]


def test_no_line_runs_across_the_map():
    europe_map = read_json("europe_map")
    x0, y0, x1, y1 = europe_map["view"]
    for feature in europe_map["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            for ring in polygon:
                for (ax, ay), (bx, by) in itertools.pairwise(ring):
                    on_edge = (ax == bx and ax in (x0, x1)) or (ay == by and ay in (y0, y1))
                    length = ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5
                    assert on_edge or length < 230, (feature["id"], (ax, ay), (bx, by))


def test_crimea_lies_within_ukraine():
    from matplotlib.path import Path

    europe_map = read_json("europe_map")
    areas = {f["id"]: f["geometry"]["coordinates"] for f in europe_map["features"]}
    simferopol = (6193, 2703)  # 44.95 N, 34.10 E in EPSG:3035, kilometres
    inside = [
        iso3
        for iso3, polygons in areas.items()
        if any(Path(polygon[0]).contains_point(simferopol) for polygon in polygons)
    ]
    assert inside == ["UKR"]


def swatches(figure):
    return set(re.findall(r'id="look-(\w+)"', figure.svg()))


@pytest.mark.parametrize("year", [1949, 1956, 1990, 1992, 2000, 2025])
def test_the_legend_lists_the_statuses_that_states_have_and_no_other(year):
    scenario = Scenario(year)
    drawn = {scenario.status(feature["id"]) for feature in read_json("europe_map")["features"]}
    assert swatches(europe(scenario)) == drawn


def test_the_legend_of_a_map_that_moves_has_every_status():
    every = {*load("statuses")["status"], "changed"}
    assert swatches(europe(Scenario(2025), every_status=True)) == every


@pytest.mark.parametrize(("year", "neighbour"), [(1990, "the Soviet Union"), (1992, "Russia")])
def test_the_map_names_the_neighbour_of_its_day(year, neighbour):
    assert f"land border with {neighbour}." in europe(Scenario(year)).alt


def test_the_alt_text_says_what_the_map_shows(drawn):
    assert "26 NATO members" in drawn.alt
    assert "what-if" in drawn.alt
    assert len(drawn.alt) >= 30


def test_the_table_holds_the_facts_of_the_map(drawn):
    table = drawn.table.set_index("state")
    assert table.loc["Estonia", ["status", "in_history"]].tolist() == ["Partner", "NATO member"]
    assert table.loc["Ukraine", "joined"] == "2008-12-31"
    assert len(table) == len(read_json("europe_map")["features"])


def test_a_state_that_differs_from_history_has_a_dashed_outline(drawn):
    dashed = {p.get_gid() for p in drawn.axes[0].patches if p.get_linestyle() != "solid"}
    assert {"BGR", "EST", "LTU", "LVA", "ROU", "SVK", "SVN", "UKR"} == dashed - {None}


def test_the_same_scenario_gives_the_same_bytes():
    scenario = Scenario(1999)
    assert europe(scenario).png() == europe(scenario).png()
    assert europe(scenario).svg() == europe(scenario).svg()


def test_the_svg_is_small_and_has_no_date(drawn):
    svg = drawn.svg()
    assert len(svg) < 200_000
    assert not re.search(r"<dc:date|matplotlib.org", svg)


def test_words_ask_once_for_letters_that_are_as_wide_where_dejavu_is_missing(drawn):
    [families] = re.findall('font-family: ([^;"]*)', drawn.svg())
    assert families == "'DejaVu Sans', 'Bitstream Vera Sans', Verdana, Arial, sans-serif"


def test_the_notebook_gets_a_picture_and_a_text(drawn):
    data, metadata = drawn.mimebundle()
    assert set(data) == {"text/html", "image/png", "text/plain"}
    assert metadata["image/png"]["alt"] == drawn.alt == data["text/plain"]


def test_an_alt_text_cannot_break_out_of_its_picture():
    figure = CourseFigure()
    figure.alt = '"><script>alert(1)</script>'
    assert "<script>" not in figure.mimebundle()[0]["text/html"]


def test_names_on_the_map_can_be_read():
    assert contrast(palette.INK, "#ffffff") >= 7


def test_hatching_can_be_told_from_its_ground():
    for status, (face, hatch, line) in palette.STATUS.items():
        if hatch:
            assert contrast(face, line) >= 3, status


def test_no_two_statuses_on_one_map_share_colour_and_hatching():
    looks = [(face, hatch) for face, hatch, _ in palette.STATUS.values()]
    assert len(set(looks)) == len(looks)
