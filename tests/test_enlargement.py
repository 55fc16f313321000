"""Rounds, scenarios, status and measures."""

import datetime as dt
import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.nato.enlargement import FIRST_DAY, LAST_DAY, ROUNDS, Scenario, status_by_year

YEARS = st.integers(FIRST_DAY.year, LAST_DAY.year)
SETS_OF_ROUNDS = st.sets(st.sampled_from(sorted(ROUNDS)))


def test_the_rounds():
    assert list(ROUNDS) == [1949, 1952, 1955, 1982, 1999, 2004, 2009, 2017, 2020, 2023, 2024]
    assert ROUNDS[2004].date == dt.date(2004, 3, 29)
    assert set(ROUNDS[2004].members) == {"BGR", "EST", "LTU", "LVA", "ROU", "SVK", "SVN"}


@pytest.mark.parametrize(("year", "number"), [(1990, 16), (1999, 19), (2004, 26), (2024, 32)])
def test_history(year, number):
    assert len(Scenario(year).members()) == number


@pytest.mark.parametrize(
    ("day", "number"), [("2004-03-28", 19), ("2004-03-29", 26), ("2024-03-06", 31)]
)
def test_a_state_is_a_member_from_the_day_of_its_accession(day, number):
    assert len(Scenario(day).members()) == number


@pytest.mark.parametrize(
    "date",
    [2004, "2004", "2004-12-31", dt.date(2004, 12, 31), dt.datetime(2004, 12, 31, 9),
     pd.Timestamp("2004-12-31")],
)  # fmt: skip
def test_dates_can_be_given_in_many_ways(date):
    assert Scenario(date) == Scenario("2004-12-31")


@pytest.mark.parametrize("bad", ["2O04", 1900, "2004-13-01", "soon", None, 2026, True, ""])
def test_a_bad_date_is_refused_with_what_is_valid(bad):
    with pytest.raises(CourseError, match=r"from 1949 to 2025"):
        Scenario(bad)


@pytest.mark.parametrize("bad", [2003, "abc", [2004, 1], 20.04])
def test_an_unknown_round_is_refused_with_the_known_ones(bad):
    with pytest.raises(CourseError, match=r"You can use: 1949, 1952"):
        Scenario(without=bad)


def test_an_unknown_state_is_refused_with_a_suggestion():
    with pytest.raises(CourseError, match=r"Did you mean 'UKR \(Ukraine\)'"):
        Scenario(admitted={"Ukrane": 2008})


def test_a_state_cannot_join_before_it_exists():
    with pytest.raises(CourseError, match="Ukraine cannot join on 1985-12-31"):
        Scenario(admitted={"UKR": 1985})


def test_russia_cannot_be_admitted():
    with pytest.raises(CourseError, match="Choose another state"):
        Scenario(admitted={"Russia": 1995})


def test_a_scenario_cannot_be_changed_and_can_be_a_key():
    scenario = Scenario(2024, without=2004, admitted={"UKR": 2008})
    with pytest.raises(AttributeError):
        scenario.date = dt.date(2000, 1, 1)
    with pytest.raises(TypeError):
        scenario.admitted["GEO"] = 2008
    assert {scenario: 1}[Scenario("2024", without=["2004"], admitted={"Ukraine": "2008"})] == 1


class TestStatus:
    def test_without_a_round_its_members_are_what_they_were_before(self):
        scenario = Scenario(2025, without=2004)
        assert {scenario.status(iso3) for iso3 in ROUNDS[2004].members} == {"partner"}

    def test_ukraine_was_non_bloc_by_its_own_law_when_crimea_was_seized(self):
        assert Scenario("2014-02-27").status("UKR") == "neutral"
        assert Scenario("2014-12-23").status("UKR") == "promised"

    def test_an_invited_state_is_promised_until_it_joins(self):
        assert Scenario("1997-07-07").status("POL") == "partner"
        assert Scenario("1997-07-08").status("POL") == "promised"
        assert Scenario("1999-03-12").status("POL") == "member"

    @pytest.mark.parametrize("iso3", ["POL", "HUN", "SVK", "LVA", "SVN"])
    def test_partners_of_early_1994_are_partners_by_the_middle_of_the_year(self, iso3):
        assert Scenario("1994-01-09").status(iso3) == "other"
        assert Scenario("1994-06-30").status(iso3) == "partner"

    def test_three_states_waited_long_after_a_promise(self):
        status = load("status")
        waits = status[status["status"] == "promised"]
        until = waits["end"].fillna(pd.Timestamp("2025-12-31"))
        years = ((until - waits["start"]).dt.days / 365.25).groupby(waits["iso3"]).sum()
        assert sorted(years[years > 3].index) == ["GEO", "MKD", "UKR"]
        assert round(years["MKD"], 1) == 12.0

    def test_spain_was_invited_before_it_joined(self):
        assert Scenario("1981-12-09").status("ESP") == "other"
        assert Scenario("1981-12-10").status("ESP") == "promised"

    def test_a_promise_outlasts_a_round_that_is_left_out(self):
        assert Scenario(2025, without=2020).status("MKD") == "promised"

    def test_before_independence_a_state_has_the_status_of_the_state_it_belonged_to(self):
        assert Scenario(1980).status("EST") == "warsaw_pact"
        assert Scenario(1980).status("SVN") == "other"
        assert Scenario(1980).status("SVK") == "warsaw_pact"

    def test_albania_left_the_warsaw_pact_in_1968(self):
        assert [Scenario(year).status("ALB") for year in (1967, 1968)] == ["warsaw_pact", "other"]

    def test_georgia_and_azerbaijan_left_the_treaty_with_moscow_in_1999(self):
        for iso3 in ("GEO", "AZE"):
            assert [Scenario(y).status(iso3) for y in (1998, 1999)] == ["csto", "partner"]

    def test_states_can_be_named(self):
        assert Scenario().status("finland") == "member"

    def test_runs_cover_every_year_once(self):
        states = load("states")
        for iso3 in states.loc[states["kind"] == "state", "iso3"]:
            runs = status_by_year(iso3)
            assert runs[0][0] == 1949
            assert runs[-1][1] == 2025
            assert all(a[1] + 1 == b[0] for a, b in itertools.pairwise(runs))

    @pytest.mark.parametrize("without", [(), 1952, 2004])
    def test_runs_say_what_each_year_says(self, without):
        for iso3 in ("ALB", "CZE", "EST", "GEO", "GRC", "KAZ", "MKD", "UKR"):
            for first, last, status in status_by_year(iso3, without):
                years = range(first, last + 1)
                assert {Scenario(y, without=without).status(iso3) for y in years} == {status}


class TestMeasures:
    def test_history_in_2024(self):
        measures = Scenario(2024).measures()
        assert measures.members == 32
        assert measures.population == pytest.approx(0.981e9, abs=0.5e6)
        assert measures.border_km == 191 + 1309 + 324 + 332 + 261 + 209
        assert set(measures.border_states) == {"AZE", "BLR", "GEO", "UKR"}

    def test_before_1991_the_neighbour_is_the_soviet_union(self):
        measures = Scenario(1990).measures()
        assert measures.neighbour == "the Soviet Union"
        assert measures.border_km == 792
        assert measures.border_members == ("NOR", "TUR")
        assert {"FIN", "HUN", "POL", "ROU"} == set(measures.border_states)
        assert Scenario("1991-12-25").measures().border_km == 792
        assert Scenario("1991-12-26").measures().border_members == ("NOR",)

    def test_without_2004_there_are_25_members_and_917_km_less(self):
        before, after = Scenario(2025).measures(), Scenario(2025, without=2004).measures()
        assert after.members == 25
        assert before.border_km - after.border_km == 917
        assert set(after.border_states) - set(before.border_states) == {"EST", "LTU", "LVA"}

    def test_population_comes_from_the_year_or_the_nearest_year_of_the_table(self):
        assert Scenario(1949).measures().population_year == 1950
        assert Scenario(1975).measures().population_year == 1975
        assert Scenario(2025).measures().population_year == 2024

    def test_the_share_of_europe_counts_no_american(self):
        people = load("population")
        people = people[(people["year"] == 2024) & (people["series"] == "worldbank")]
        people = people.set_index("iso3")["population"]
        states = load("states").set_index("iso3")
        europe = people[states[states["european"]].index]
        inside = [iso3 for iso3 in Scenario(2024).members() if iso3 in europe.index]
        share = 100 * europe[inside].sum() / europe.sum()
        assert Scenario(2024).measures().population_share == pytest.approx(share)

    def test_the_table_shows_every_measure_with_its_unit(self):
        table = Scenario(2024).measures().table()
        measures = load("measures")
        mechanical = measures.loc[measures["kind"] == "mechanical", "label"]
        assert table["measure"].tolist() == mechanical.tolist()
        assert table["value"].iloc[0] == 32
        assert table["unit"].notna().all()

    def test_every_subset_of_rounds_in_every_era(self):
        rounds = list(ROUNDS)
        for number in range(2 ** len(rounds)):
            without = [r for place, r in enumerate(rounds) if number >> place & 1]
            measures = Scenario(2025, without=without).measures()
            expected = sum(len(ROUNDS[r].members) for r in rounds if r not in without)
            assert measures.members == expected
            assert 0 <= measures.population_share <= 100

    @given(YEARS, SETS_OF_ROUNDS, st.sampled_from(sorted(ROUNDS)))
    def test_leaving_out_one_more_round_never_adds_anything(self, year, without, extra):
        before = Scenario(year, without=sorted(without)).measures()
        after = Scenario(year, without=sorted(without | {extra})).measures()
        assert after.members <= before.members
        assert after.population <= before.population
        assert after.border_km <= before.border_km
        assert len(after.border_states) >= len(before.border_states)

    @given(YEARS, SETS_OF_ROUNDS)
    def test_every_european_state_is_counted_once(self, year, without):
        scenario = Scenario(year, without=sorted(without))
        measures = scenario.measures()
        states = load("states")
        exists = states["state_since"].isna() | (states["state_since"].dt.year <= year)
        europeans = set(states.loc[states["european"] & exists, "iso3"]) - {"RUS"}
        inside = set(scenario.members()) & europeans
        assert len(inside) + sum(measures.non_members.values()) == len(europeans)
