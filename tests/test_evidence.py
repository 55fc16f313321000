"""The evidence base: keys that hold between tables, and known traps."""

import re

import pandas as pd
import pytest

from coursekit import data
from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.nato.enlargement import Scenario, rates, status_spells
from coursekit.nato.enlargement.rates import rate
from coursekit.wording import loaded_words


def listed(column):
    """Split cells that hold several keys."""
    return {key for cell in column for key in str(cell).split(";") if key}


@pytest.fixture(scope="module")
def keys():
    return {
        "claims": set(load("claims")["claim"]),
        "nodes": set(load("argument_nodes")["node"]),
        "readings": set(load("readings")["reading"]),
        "states": set(load("states")["iso3"]),
    }


class TestKeys:
    @pytest.mark.parametrize("table", ["events", "statements", "argument_nodes"])
    def test_claims_exist(self, keys, table):
        assert listed(load(table)["claims"]) <= keys["claims"]

    def test_readings_exist(self, keys):
        assert listed(load("claims")["readings"]) <= keys["readings"]
        assert set(load("events")["reading"]) <= keys["readings"]
        assert set(load("glossary")["reading"]) <= keys["readings"]

    def test_states_exist(self, keys):
        columns = [
            (name, column)
            for name in data.names()
            for column in data.codebook(name)["column"]
            if column in ("iso3", "iso3_a", "iso3_b", "host", "framework_nation", "donor")
        ]
        assert len(columns) >= 15
        for name, column in columns:
            assert listed(load(name)[column].dropna()) <= keys["states"], (name, column)

    def test_links_join_nodes_or_claims(self, keys):
        links = load("claim_links")
        ends = keys["claims"] | keys["nodes"]
        assert set(links["source"]) | set(links["target"]) <= ends
        assert (links["source"] != links["target"]).all()

    def test_every_claim_is_in_the_ledger_once(self):
        assert load("claims")["claim"].tolist() == [f"C{n:02d}" for n in range(1, 46)]

    def test_kinds_of_claims(self):
        assert load("claims")["kind"].value_counts().to_dict() == {
            "causal": 17,
            "attribution": 11,
            "fact": 9,
            "normative": 4,
            "predictive": 3,
            "definitional": 1,
        }

    def test_the_map_of_the_argument_is_whole(self, keys):
        wanted = [
            "K1",
            "K2",
            "A1",
            "A2",
            "A4",
            "A5",
            "A6",
            "B1",
            "B2",
            "B3",
            "B4",
            "B5",
            "C1",
            "C2",
            "C3",
            "N1",
            "N2",
            "N3",
            "N4",
            "N5",
            "D",
            "X",
        ]
        wanted += [f"H{n}" for n in range(1, 9)] + [f"R{n}" for n in range(1, 6)]
        assert set(wanted) <= keys["nodes"]

    def test_linked_premises(self):
        links = load("claim_links")
        linked = links[(links["linked"] != "") & (links["relation"] == "supports")]
        groups = {
            target: set(rows["source"])
            for (_, target), rows in linked.groupby(["linked", "target"])
        }
        assert groups["A5"] == {"A2", "A4", "H1", "H2"}
        assert groups["A6"] == {"A1", "A5", "H3"}
        assert groups["B5"] == {"B3", "B4", "H4", "H5", "H6"}
        assert groups["C3"] == {"C2", "H7", "H8"}


class TestWording:
    def test_quotations_are_short(self):
        for row in load("statements").itertuples():
            assert len(row.quotation.split()) <= 20, row.statement

    def test_a_doi_is_given_only_where_it_was_seen(self):
        readings = load("readings")
        with_doi = set(readings.loc[readings["doi"] != "", "checked"])
        assert with_doi <= {"abstract seen", "text seen"}

    def test_glossary_entries_are_single_sentences(self):
        glossary = load("glossary")
        assert 60 <= len(glossary) <= 90
        for row in glossary.itertuples():
            assert row.definition.endswith("."), row.term
            assert len(re.findall(r"[.!?](?:\s|$)", row.definition)) == 1, row.term

    @pytest.mark.parametrize(
        ("table", "columns"),
        [
            ("claims", ["text", "evidence_for", "evidence_against", "note"]),
            ("events", ["title", "note"]),
            ("statements", ["document", "note"]),
            ("readings", ["summary"]),
            ("glossary", ["definition"]),
            ("argument_nodes", ["label", "text"]),
        ],
    )
    def test_wording_follows_the_rules(self, table, columns):
        for column in columns:
            assert loaded_words("\n".join(load(table)[column])) == [], column

    def test_for_and_against_are_of_like_length(self):
        claims = load("claims")
        words = {
            c: claims[c].str.split().str.len().sum() for c in ("evidence_for", "evidence_against")
        }
        assert 0.75 <= words["evidence_for"] / words["evidence_against"] <= 1.33


class TestStatus:
    def test_the_table_is_what_the_function_derives(self):
        derived = status_spells()
        stored = load("status")
        pd.testing.assert_frame_equal(derived, stored, check_dtype=False)

    def test_spells_of_a_state_follow_one_another(self):
        for _, rows in load("status").groupby("iso3"):
            assert rows["start"].iloc[0] == pd.Timestamp("1949-01-01")
            assert (rows["end"].iloc[:-1].to_numpy() == rows["start"].iloc[1:].to_numpy()).all()
            assert pd.isna(rows["end"].iloc[-1])

    def test_ukraine_was_non_bloc_by_its_own_law(self):
        table = load("status")
        row = table[(table["iso3"] == "UKR") & (table["status"] == "neutral")]
        assert row["start"].dt.date.astype(str).tolist() == ["2010-07-01"]
        assert row["end"].dt.date.astype(str).tolist() == ["2014-12-23"]

    def test_it_agrees_with_scenarios_on_any_day(self):
        table = load("status")
        for day in pd.to_datetime(["1955-05-05", "1990-10-03", "2004-03-29", "2014-03-18"]):
            now = table[(table["start"] <= day) & ~(table["end"] <= day)]
            scenario = Scenario(day)
            assert {r.iso3: r.status for r in now.itertuples()} == {
                iso3: scenario.status(iso3) for iso3 in now["iso3"]
            }


class TestFacts:
    """Facts against a second, independent statement of them."""

    def test_accessions_are_on_the_timeline(self):
        members = load("members").set_index("iso3")["accession"]
        events = load("events").set_index("event")["date"]
        pairs = {
            "E04": "USA", "E05": "GRC", "E07": "DEU", "E16": "ESP", "E36": "POL", "E43": "EST",
            "E51": "ALB", "E64": "MNE", "E67": "MKD", "E83": "FIN", "E87": "SWE",
        }  # fmt: skip
        for event, iso3 in pairs.items():
            assert events[event] == members[iso3], event

    def test_unification_added_territory_and_no_member(self):
        assert load("events").set_index("event").loc["E20", "date"] == pd.Timestamp("1990-10-03")
        assert len(Scenario("1990-10-02").members()) == len(Scenario("1990-10-03").members())

    def test_deaths_in_ukraine_2022_are_those_of_the_source(self):
        deaths = load("armed_conflict").set_index(["iso3", "year"])
        assert deaths.loc[("UKR", 2022), "best"] == 91485

    def test_the_exits_of_russia_are_complete(self):
        treaties = load("treaties")
        exits = treaties[treaties["event"].isin(["suspended", "left"])]
        assert {"INF", "START II"} <= set(exits.loc[exits["by"] == "Russia", "treaty"])

    def test_each_rupture_of_the_councils_is_in_the_table(self):
        treaties = load("treaties")
        forums = treaties[(treaties["kind"] == "forum") & (treaties["event"] == "suspended")]
        assert forums["date"].tolist() == ["1999-03", "2008-08", "2014-04-01", "2021-10-18"]
        assert forums["by"].tolist() == ["Russia", "NATO", "NATO", "Russia"]

    def test_ucdp_totals(self):
        deaths = load("armed_conflict").set_index(["iso3", "year"])
        assert deaths.loc[("GEO", 2008), "best"] == 621
        assert deaths.loc[("UKR", 2021), "best"] == 208
        assert (deaths["interstate"] + deaths["intrastate"] == deaths["best"]).all()
        broken = deaths[~deaths["best"].between(deaths["low"], deaths["high"])]
        assert set(broken.index) == {("ARM", 2022), ("RUS", 2024), ("TUR", 1990)}

    def test_western_europe_spent_less_while_nato_grew(self):
        burden = load("military_burden")
        ten = burden[
            burden["iso3"].isin(
                ["DEU", "FRA", "GBR", "ITA", "ESP", "NLD", "BEL", "NOR", "DNK", "PRT"]
            )
        ]
        means = ten.groupby("year")["share_of_gdp"].mean()
        assert means.loc[[1999, 2004, 2014, 2024]].round(2).tolist() == [1.74, 1.63, 1.37, 1.85]
        russia = burden[burden["iso3"] == "RUS"].set_index("year")["share_of_gdp"]
        assert russia.loc[[1999, 2004, 2014, 2024]].round(2).tolist() == [3.07, 3.30, 4.11, 7.05]

    def test_two_ways_to_count_military_spending(self):
        nato = load("nato_spending")
        nato = nato[nato["edition"] == "2024-06-17"].set_index(["iso3", "year"])["share_of_gdp"]
        world_bank = load("military_burden").set_index(["iso3", "year"])["share_of_gdp"]
        gap = (nato - world_bank).dropna()
        assert abs(gap.mean()) < 0.05
        assert gap.idxmin() == ("TUR", 2019)

    def test_the_two_editions_of_nato_spending_are_kept_apart(self):
        editions = load("nato_spending").groupby("edition")["year"].agg(["min", "max"])
        assert editions.index.strftime("%Y-%m-%d").tolist() == ["2024-06-17", "2025-08-28"]
        with_dollars = load("nato_spending").dropna(subset=["constant_usd"])["edition"]
        assert with_dollars.nunique() == 1

    def test_aid_to_ukraine_names_its_date_and_release(self):
        totals = load("aid_to_ukraine").groupby("as_of")[["total", "military"]].sum().round()
        assert totals.loc["2024-12-31"].tolist() == [263, 126]
        assert totals.loc["2026-04-30"].tolist() == [358, 173]

    def test_warheads_of_the_soviet_union_are_not_russias(self):
        warheads = load("nuclear_warheads").groupby("iso3")["year"].agg(["min", "max"])
        assert warheads.loc["SUN", "max"] == 1991
        assert warheads.loc["RUS", "min"] == 1992

    def test_battlegroups_of_june_2022_add_up(self):
        table = load("forward_presence")
        june = table[table["as_of"].str.startswith(("2022-06", "June 2022"))]
        assert june["troops"].sum() == 9641

    def test_no_former_state_has_figures_after_its_end(self):
        states = load("states").dropna(subset=["state_until"]).set_index("iso3")
        for name in ("economy", "military_burden", "armed_conflict", "democracy"):
            table = load(name)
            for iso3, until in states["state_until"].items():
                years = table.loc[table["iso3"] == iso3, "year"]
                assert years.empty or years.max() <= until.year, (name, iso3)


class TestForce:
    """Force used by another state: the table, its rule, and what the calculator makes of it."""

    def test_each_case_names_its_dispute_and_source(self):
        table = load("force_used")
        assert len(table) == len(set(table["case"])) == 16
        assert (table["dispute"].str.split().str.len() >= 6).all()
        assert (table["start"] <= table["end"].replace("", "9999") + "-99").all()

    @pytest.mark.parametrize(
        ("iso3", "start"),
        [("HUN", "1956-11-04"), ("CSK", "1968-08-21"), ("CYP", "1974-07-20"), ("MDA", "1992-05"),
         ("SRB", "1999-03-24"), ("GEO", "2008-08-08"), ("UKR", "2014-02-27"), ("UKR", "2014-04"),
         ("UKR", "2022-02-24"), ("RUS", "2024-08-06"), ("ARM", "2022-09-13"), ("AZE", "1992")],
    )  # fmt: skip
    def test_the_cases_that_a_reader_looks_for_are_there(self, iso3, start):
        table = load("force_used")
        assert ((table["iso3"] == iso3) & (table["start"] == start)).any()

    def test_days_agree_with_the_timeline(self):
        events = load("events").set_index("event")["date"].dt.strftime("%Y-%m-%d")
        force = load("force_used").set_index("case")["start"]
        pairs = {"F01": "E10", "F02": "E13", "F08": "E37", "F09": "E50", "F11": "E58", "F14": "E76"}
        for case, event in pairs.items():
            assert force[case] == events[event], case

    @pytest.mark.parametrize(
        ("group", "years", "beginnings"),
        [("new_members", 0, 0), ("member", 1, 1), ("promised", 11, 2), ("neutral", 1, 1)],
    )
    def test_the_rates_count_georgia_crimea_and_donbas(self, group, years, beginnings):
        assert rate(group, event="force").events == years
        assert rate(group, event="attack").events == beginnings

    def test_a_status_is_that_of_the_first_day_of_force(self):
        assert ("UKR", 2014, "neutral") in rates._struck_years("force")
        assert ("UKR", 2015, "promised") in rates._struck_years("force")

    def test_every_case_is_counted_or_lies_outside_the_course(self):
        counted = {(iso3, year) for iso3, year, _ in rates._struck_years("attack")}
        cases = {(row.iso3, int(row.start[:4])) for row in load("force_used").itertuples()}
        assert cases - counted == {("CSK", 1968)}


class TestCitation:
    def test_a_table_in_both_styles(self):
        assert data.cite("population").startswith("United Nations, Department")
        assert data.cite("population", "bibtex").startswith("@misc{")

    def test_a_reading(self):
        assert data.cite("kydd2001").startswith("Kydd, Andrew (2001). Trust Building")
        assert "https://doi.org/10.1162/002081801317193600" in data.cite("kydd2001")
        assert data.cite("kydd2001", style="bibtex").startswith("@article{kydd2001,")

    def test_the_reference_list_of_the_course_has_every_reading_once(self):
        lines = data.cite("all").splitlines()
        assert len(lines) == len(set(lines)) >= len(load("readings"))
        assert lines == sorted(lines, key=str.casefold)

    def test_unknown_names_and_styles_are_refused(self):
        with pytest.raises(CourseError, match="Did you mean"):
            data.cite("populaton")
        with pytest.raises(CourseError, match="You can use: apa, bibtex"):
            data.cite("population", style="mla")

    def test_sources_are_a_table(self):
        assert data.sources("economy")["authors"].tolist()[0] == "World Bank"
        for name in [*data.names(), "europe_map"]:
            assert not data.sources(name).empty
            assert data.caveats(name)

    def test_a_codebook_is_shown_in_full(self):
        html = data.codebook("partners")._repr_html_()
        assert "..." not in html
        assert "Membership Action Plan" in html
