"""One state through the years, and the story on the map: rules, texts, record, both forms."""

import json
import re

import pytest

import coursekit as ck
from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.nato.enlargement import ROUNDS, Scenario, status_by_year
from coursekit.nato.followed import (
    course_of,
    followed_rules,
    neighbours_inside,
    phrase,
    spells_of,
)
from coursekit.nato.status_rules import HISTORY, state_names, status_rules
from coursekit.nato.story import SAY, about, sources, steps
from coursekit.nato.widgets.own_state import ACTIVITY, follow, own_state
from coursekit.record import record
from coursekit.wording import loaded_words

YEARS = range(1949, 2026)


@pytest.fixture(autouse=True)
def first_day(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path))


@pytest.mark.parametrize("iso3", state_names())
class TestSpells:
    def test_they_cover_each_year_once_with_the_status_of_the_scenario(self, iso3):
        found = spells_of(iso3)
        assert [y for one in found for y in range(one.first, one.last + 1)] == list(YEARS)
        told = {y: one.status for one in found for y in range(one.first, one.last + 1)}
        for first, last, status in status_by_year(iso3):
            assert {told[year] for year in range(first, last + 1)} == {status}

    def test_each_is_put_into_a_sentence_that_names_its_beginning(self, iso3):
        for spell in spells_of(iso3):
            said = phrase(iso3, spell)
            assert re.fullmatch(r"[a-z].{10,150}", said), said
            assert "{" not in said and "  " not in said
            if spell.status == "member":
                assert str(ROUNDS[spell.since].year) in said
            assert loaded_words(said, "pages") == []

    def test_the_browser_paints_history_and_tells_it(self, iso3, painter):
        rules = {iso3: followed_rules()[iso3]}
        for year in YEARS:
            rule = painter.module.call("chosen", rules, {"year": year})[iso3]
            assert rule["look"] == Scenario(year).status(iso3)


class TestWords:
    @pytest.mark.parametrize(
        ("iso3", "year", "said"),
        [
            ("POL", 1960, "in the Warsaw Pact since 1955"),
            ("POL", 2000, "member of NATO since 1999, with Czechia and Hungary"),
            ("UKR", 1960, "part of the Soviet Union; in the Warsaw Pact since 1955"),
            ("UKR", 2012, "neutral or non-bloc since 2010"),
            ("NOR", 1950, "member of NATO since 1949, as a founder"),
            ("FIN", 2024, "member of NATO since 2023"),
            ("ROU", 2010, "member of NATO since 2004, with 6 others"),
            ("MLT", 1950, "not yet a state of its own"),
            ("XKX", 2007, "part of Serbia; neutral or non-bloc since 2007"),
        ],
    )
    def test_of_some_states(self, iso3, year, said):
        spell = next(one for one in spells_of(iso3) if one.first <= year <= one.last)
        assert phrase(iso3, spell) == said

    def test_what_a_states_own_note_says_of_soviet_years_is_said(self):
        notes = load("states").set_index("iso3")["note"]
        for iso3 in ("EST", "LVA", "LTU"):
            assert "Annexed by the Soviet Union in 1940; most Western" in notes[iso3]
            assert phrase(iso3, spells_of(iso3)[0]).startswith(
                "annexed by the Soviet Union in 1940"
            )

    def test_the_course_of_a_state_ends_with_the_year(self):
        assert course_of("POL", 1956) == [
            "1949 to 1954: In no group",
            "1955 to 1956: Warsaw Pact",
        ]
        assert course_of("FIN")[1:] == ["2022: Promised or invited", "2023 to 2025: NATO member"]

    def test_the_course_of_a_state_says_of_which_other_it_was_a_part(self):
        assert course_of("UKR", 1992) == [
            "1949 to 1954: part of the Soviet Union",
            "1955 to 1990: part of the Soviet Union; Warsaw Pact",
            "1991 to 1992: In no group",
        ]
        assert course_of("EST", 1954)[0].startswith("1949 to 1954: annexed by the Soviet Union")

    def test_the_map_names_no_group_by_words_that_stand_alone(self, painter):
        told = painter.module.call("chosen", status_rules(), {"year": 1992, **HISTORY})["UKR"]
        assert told["text"] == "In no group, since 1991"

    def test_neighbours_are_counted_among_the_borders_of_the_table(self):
        borders = load("borders")
        for iso3 in state_names():
            inside, count = neighbours_inside(iso3, Scenario(2025))
            assert count == ((borders["iso3_a"] == iso3) | (borders["iso3_b"] == iso3)).sum()
            assert len(inside) <= count
        assert neighbours_inside("ISL", Scenario(2025)) == ([], 0)

    def test_east_germany_lay_between_poland_and_the_members(self):
        for year, inside in ((1955, []), (1989, []), (1990, ["Germany"])):
            assert neighbours_inside("POL", Scenario(year))[0] == inside
        assert neighbours_inside("CZE", Scenario(1989))[0] == ["Germany"]


class TestOwnState:
    def test_nobody_is_followed_on_the_first_day(self):
        assert own_state() == ""

    def test_the_last_choice_counts_and_is_kept_once(self):
        for iso3 in ("POL", "POL", "FIN"):
            follow(iso3)
        assert own_state() == "FIN"
        assert len(record().statements(prefix=ACTIVITY)) == 2

    def test_what_is_no_state_is_neither_kept_nor_believed(self):
        follow("POL")
        follow("")
        follow("nowhere")
        record().add("played", ACTIVITY, result={"response": "XYZ"})
        record().add("played", ACTIVITY, result={"completion": True})
        assert own_state() == "POL"


class TestStart:
    def test_it_begins_in_1949_with_no_state(self):
        made = ck.enlargement_explorer(form="start")
        assert made.scenario == Scenario(1949)
        assert [row["label"] for row in made.live.answer["readout"]] == ["Members"]

    def test_a_choice_is_told_kept_and_found_again(self):
        made = ck.enlargement_explorer(form="start")
        made.state.value = "POL"
        made.year.value = 1999
        own, beside, members = made.live.answer["readout"]
        assert (own["label"], own["value"]) == ("Poland, end of 1999", "NATO member")
        assert (beside["value"], beside["detail"]) == ("2 of 7", "Czechia, Germany")
        assert members["value"] == "19"
        assert made.live.answer["chosen"] == "POL"
        assert ck.enlargement_explorer(form="story").state.value == "POL"

    def test_a_click_on_the_map_chooses_too(self):
        made = ck.enlargement_explorer(form="start")
        made.live.chosen = "UKR"
        assert made.state.value == own_state() == "UKR"

    def test_the_code_reproduces_what_is_shown(self):
        made = ck.enlargement_explorer(form="start", year=2004)
        made.state.value = "EST"
        names = {"ck": ck}
        exec(made.code(), names)
        assert names["scenario"] == made.scenario
        assert made.code().endswith('ck.status_by_year("EST")')


class TestStory:
    def test_it_has_six_to_eight_short_steps_that_never_go_back(self):
        years = [one["set"]["year"] for one in steps()[1:]]
        assert 6 <= len(steps()) <= 8
        assert years == sorted(years)
        for one in steps():
            assert len(one["text"].split()) <= 50, one["title"]
            assert loaded_words(f"{one['title']} {one['text']}", "pages") == []

    def test_its_years_are_those_of_its_events(self):
        events = load("events").set_index("event")
        for told, given in zip(steps(), SAY["steps"], strict=True):
            dates = events.loc[given.get("events", []), "date"].dt.year
            if len(dates):
                assert dates.max() == told["set"]["year"]
                assert all(event in told["source"] for event in given["events"])
                assert dates.min() >= min(map(int, re.findall(r"\d{4}", told["title"])))

    def test_each_step_but_the_first_names_rows_of_events(self):
        assert all(one["source"].startswith("Source: E") for one in steps()[1:])

    def test_days_that_were_not_verified_are_named(self):
        said = "Source: E23, E24 in the table events. No source was seen for the day of E24."
        assert sources(["E23", "E24"]) == said

    def test_a_step_sets_year_and_rounds(self):
        made = ck.enlargement_explorer(form="story")
        for one in steps():
            made._set(one["set"])
            assert made.scenario.date.year == one["set"]["year"]
        off = {n for one in steps() for n in ROUNDS if not one["set"][f"round_{n}"]}
        assert off == {1999}

    def test_the_first_step_speaks_of_each_state_of_the_map(self):
        assert steps()[0]["of"].keys() == state_names().keys()
        assert about("FIN").startswith("Finland today: member of NATO since 2023.")
        assert all(len(text.split()) <= 75 for text in steps()[0]["of"].values())

    def test_no_step_tells_what_the_page_asks_to_predict(self):
        texts = " ".join(one["text"] for one in steps())
        assert not re.search(r"\b(16|19|25|26|28|32|917|1,709)\b", texts)

    def test_a_page_begins_at_the_step_at_which_it_was_left(self):
        ck.enlargement_explorer(form="story").live.step = 4
        again = ck.enlargement_explorer(form="story")
        assert again.live.step == 4
        assert again.scenario == Scenario(1999, without=1999)

    @pytest.mark.parametrize("said", ["no JSON", "[]", '{"step": 99}', '{"step": true}'])
    def test_a_record_that_was_tampered_with_begins_anew(self, said):
        record().add("played", "toy/02-story", result={"response": said})
        assert ck.enlargement_explorer(form="story").live.step == 0

    def test_the_last_step_completes_it(self):
        ck.enlargement_explorer(form="story").live.step = len(steps()) - 1
        [made] = record().statements(prefix="toy/02-story")
        assert made["result"]["completion"]
        assert json.loads(made["result"]["response"]) == {"step": len(steps()) - 1}


def test_an_unknown_form_is_named():
    with pytest.raises(CourseError, match="full, start, story"):
        ck.enlargement_explorer(form="tall")


@pytest.mark.parametrize("form", ["start", "story"])
def test_each_form_is_stored_as_picture_and_text(form):
    data, metadata = ck.enlargement_explorer(form=form)._repr_mimebundle_()
    assert data["image/png"].startswith("iVBOR")
    assert len(metadata["image/png"]["alt"]) >= 30
