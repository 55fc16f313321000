"""The enlargement explorer: every control, and the rules the browser paints by."""

import random

import ipywidgets as widgets
import pytest

import coursekit as ck
from coursekit.data import load
from coursekit.nato.enlargement import ROUNDS, Scenario
from coursekit.nato.widgets.explorer import EnlargementExplorer


@pytest.fixture(scope="module")
def opened():
    return ck.enlargement_explorer(ask="What <b>changes</b>?")


@pytest.fixture
def explorer(opened):
    """One explorer for all tests, put back to where it began after each."""
    controls = {n: c for n, c in opened.live.inputs.items() if n not in opened.live.presets}
    begun = {name: control.value for name, control in controls.items()}
    yield opened
    opened._set(begun)


def expected(scenario):
    history = scenario.history()
    states = load("states")
    return {
        iso3: (scenario.status(iso3), scenario.status(iso3) != history.status(iso3))
        for iso3 in states.loc[states["on_map"], "iso3"]
    }


def value_of(explorer, label):
    return next(row for row in explorer.live.answer["readout"] if row["label"] == label)


def test_it_opens_on_history(explorer):
    assert explorer.scenario == Scenario()
    assert value_of(explorer, "Members")["value"] == "32"
    assert all(row["change"] == "" for row in explorer.live.answer["readout"])
    assert len(explorer.live.answer["quotes"]) == 3


def test_the_question_is_shown_as_text(explorer):
    assert explorer.children[0].value == "What &lt;b&gt;changes&lt;/b&gt;?"


@pytest.mark.parametrize("year", ROUNDS)
def test_each_round_can_be_switched_off_and_on(explorer, year):
    before = explorer.live.answer
    explorer.rounds[year].value = False
    assert explorer.scenario.without == (year,)
    number = 32 - len(ROUNDS[year].members)
    assert value_of(explorer, "Members")["value"] == str(number)
    assert value_of(explorer, "Members")["change"] == f"−{32 - number} compared with history"
    explorer.rounds[year].value = True
    assert explorer.live.answer == before


def test_the_year_moves_the_date(explorer):
    explorer.year.value = 1990
    assert value_of(explorer, "Members")["value"] == "16"


def test_ukraine_and_georgia_can_be_admitted(explorer):
    explorer.promised_in.value = True
    assert set(explorer.scenario.admitted) == {"UKR", "GEO"}
    assert value_of(explorer, "Members")["value"] == "34"
    explorer.year.value = 2007
    assert value_of(explorer, "Members")["change"] == ""


def test_a_state_of_the_students_choice_can_be_admitted(explorer):
    explorer.pick.value = "AUT"
    explorer.pick_year.value = 1995
    assert explorer.scenario.admitted["AUT"].year == 1995
    assert value_of(explorer, "Members")["value"] == "33"


def test_a_state_cannot_be_picked_for_a_year_before_it_existed(explorer):
    explorer.pick.value = "UKR"
    assert explorer.pick_year.min == 1991
    explorer.pick_year.value = 1950
    assert explorer.pick_year.value == 1991
    assert not explorer.live.error


def test_the_buttons_are_presets_for_all_rounds(explorer):
    for name, value in (("all_on", True), ("all_off", False)):
        assert explorer.live.presets[name] == {f"round_{year}": value for year in ROUNDS}


def test_play_moves_the_year_in_the_browser(explorer):
    assert (explorer.play.min, explorer.play.max) == (explorer.year.min, explorer.year.max)
    links = [w for w in widgets.widget._instances.values() if type(w).__name__ == "Link"]
    assert any(
        link.source[0] is explorer.play and link.target[0] is explorer.year for link in links
    )


def test_numbers_name_the_state_of_the_controls_they_belong_to(explorer):
    explorer.rounds[2009].value = False
    told = explorer.live.answer["inputs"]
    assert told["round_2009"] is False
    assert told["year"] == 2025
    assert "all_off" not in told


def test_the_browser_paints_what_the_scenario_says(painter):
    explorer = EnlargementExplorer()
    chance = random.Random(1949)
    for _ in range(60):
        explorer._set(
            {
                **{f"round_{year}": chance.random() < 0.7 for year in ROUNDS},
                "promised_in": chance.random() < 0.5,
                "pick": chance.choice(explorer.pick.options)[1],
                "pick_year": chance.randint(1949, 2025),
                "year": chance.randint(1949, 2025),
            }
        )
        assert painter.looks(explorer.live) == expected(explorer.scenario), explorer.code()


@pytest.fixture(scope="module")
def history():
    return ck.enlargement_explorer()


@pytest.mark.parametrize("year", range(1949, 2026, 4))
def test_the_browser_paints_history(history, painter, year):
    history.year.value = year
    assert painter.looks(history.live) == expected(Scenario(year))


def test_the_code_reproduces_the_state(explorer):
    explorer.rounds[2004].value = False
    explorer.promised_in.value = True
    explorer.pick.value = "AUT"
    explorer.year.value = 2020
    names = {"ck": ck}
    exec(explorer.code(), names)
    assert names["scenario"] == explorer.scenario
    assert explorer.live.answer["code"] == explorer.code()
    assert len(explorer.code().splitlines()) <= 3


def test_the_table_holds_the_same_facts_as_the_map(explorer):
    explorer.rounds[2004].value = False
    facts = explorer.live.answer["table"]
    rows = {row[0]: dict(zip(facts["columns"], row, strict=True)) for row in facts["rows"]}
    assert rows["Estonia"]["status"] == "Partner"
    assert rows["Estonia"]["in_history"] == "NATO member"


def test_a_stored_notebook_keeps_a_picture_and_a_text(explorer):
    explorer.rounds[2004].value = False
    data, metadata = explorer._repr_mimebundle_()
    assert "25 NATO members" in data["text/plain"]
    assert data["image/png"].startswith("iVBOR")
    assert metadata["image/png"]["alt"] == data["text/plain"]


def test_an_error_in_a_callback_is_shown_and_not_swallowed(explorer, monkeypatch):
    def broken(scenario, perspective):
        raise RuntimeError("planted")

    monkeypatch.setattr("coursekit.nato.widgets.explorer.readout", broken)
    with pytest.raises(RuntimeError, match="planted"):
        explorer.year.value = 2000
    assert explorer.live.error == "planted"
    monkeypatch.undo()
    explorer.year.value = 2001
    assert explorer.live.error == ""


def test_a_year_outside_the_course_is_refused():
    with pytest.raises(ck.errors.CourseError, match="from 1949 to 2025"):
        ck.enlargement_explorer(year=1900)
