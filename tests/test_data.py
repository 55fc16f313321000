"""The tables: documented, sound, and as they were published."""

import json
import shutil
import subprocess
import sys

import pandas as pd
import pytest
from frictionless import Package

from coursekit import data
from coursekit.checksums import checksum
from coursekit.errors import CourseError


@pytest.fixture
def copy_of_the_data(root, tmp_path, monkeypatch):
    """A copy of the tables that a test may spoil."""
    shutil.copytree(root / "datasets", tmp_path / "datasets")
    monkeypatch.setenv("COURSEKIT_CONTENT", str(tmp_path))
    return tmp_path / "datasets"


def test_the_package_is_a_valid_data_package(root):
    report = Package(str(root / "datasets" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])


def test_every_file_has_title_source_licence_version_and_caveat(root):
    package = json.loads((root / "datasets" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        for key in ("title", "description", "version", "sources", "licenses", "caveats", "hash"):
            assert resource[key], f"{resource['name']} has no {key}"
        for field in resource.get("schema", {}).get("fields", []):
            assert field["description"], f"{resource['name']}.{field['name']}"


def test_every_csv_in_the_folder_is_documented(root):
    assert {path.stem for path in (root / "datasets").glob("*.csv")} == set(data.names())


def test_no_file_is_too_large(root):
    sizes = [path.stat().st_size for path in (root / "datasets").iterdir() if path.is_file()]
    assert sum(sizes) < 3_000_000


def test_columns_have_the_types_of_the_codebook():
    for name in data.names():
        table, book = data.load(name), data.codebook(name)
        assert list(table.columns) == list(book["column"])
        for column, kind in zip(book["column"], book["type"], strict=True):
            checks = {
                "date": pd.api.types.is_datetime64_any_dtype,
                "integer": pd.api.types.is_integer_dtype,
                "number": pd.api.types.is_float_dtype,
                "boolean": pd.api.types.is_bool_dtype,
                "string": pd.api.types.is_string_dtype,
            }
            assert checks[kind](table[column]), f"{name}.{column} is {table[column].dtype}"


def test_quantities_have_units():
    for name in data.names():
        book = data.codebook(name)
        for row in book[book["type"] == "number"].itertuples():
            assert row.unit, f"{name}.{row.column}"


def test_a_loaded_table_is_the_students_own():
    mine = data.load("members")
    mine.loc[0, "name"] = "Nowhere"
    assert "Nowhere" not in set(data.load("members")["name"])


def test_an_unknown_table_suggests_the_nearest():
    with pytest.raises(CourseError, match="Did you mean 'members'"):
        data.load("memebers")


def test_the_map_is_not_a_table():
    with pytest.raises(CourseError, match="is a json file, not a table"):
        data.load("europe_map")


def test_everything_can_be_cited():
    for name in [*data.names(), "europe_map"]:
        assert data.cite(name)
        assert "http" in data.licence(name)
        assert data.version(name)


def test_verify_is_silent_on_a_clean_tree():
    assert data.verify() is None


def test_verify_names_a_changed_file_with_both_checksums(copy_of_the_data):
    path = copy_of_the_data / "borders.csv"
    before = checksum(path)
    path.write_text(path.read_text(encoding="utf-8").replace("1309", "1310"), encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        data.verify()
    assert f"borders.csv: expected {before}, found {checksum(path)}" in str(caught.value)
    assert "members.csv" not in str(caught.value)


def test_verify_names_a_missing_file(copy_of_the_data):
    (copy_of_the_data / "population.csv").unlink()
    with pytest.raises(CourseError, match=r"population.csv: expected sha256:\w+, found no file"):
        data.verify()


def test_the_codebook_page_is_up_to_date(root, copy_of_the_data):
    before = {
        name: (root / "datasets" / name).read_bytes() for name in ("README.md", "datapackage.json")
    }
    script = copy_of_the_data / "build" / "package.py"
    subprocess.run([sys.executable, script], check=True, capture_output=True)
    for name, content_before in before.items():
        assert (copy_of_the_data / name).read_bytes() == content_before, f"run 'make data': {name}"


class TestFacts:
    """Numbers that students quote, against second statements of the same fact."""

    def test_members_grow_from_twelve_to_thirty_two(self):
        sizes = data.load("members").groupby("round").size().cumsum()
        assert sizes.loc[[1949, 1955, 1982, 1999, 2004, 2009, 2024]].tolist() == [
            12,
            15,
            16,
            19,
            26,
            28,
            32,
        ]

    def test_days_of_accession(self):
        days = data.load("members").groupby("round")["accession"].first().dt.strftime("%Y-%m-%d")
        assert days.to_dict() == {
            1949: "1949-04-04",
            1952: "1952-02-18",
            1955: "1955-05-06",
            1982: "1982-05-30",
            1999: "1999-03-12",
            2004: "2004-03-29",
            2009: "2009-04-01",
            2017: "2017-06-05",
            2020: "2020-03-27",
            2023: "2023-04-04",
            2024: "2024-03-07",
        }

    def test_steps_to_accession_come_in_order(self):
        table = data.load("members")
        assert (table["protocol"] <= table["accession"]).all()
        assert (table["invitation"] <= table["protocol"]).loc[table["invitation"].notna()].all()

    def test_leaving_the_military_command_is_not_leaving_the_treaty(self):
        table = data.load("members").set_index("iso3")
        left = table[table["left_command"] != ""]
        assert sorted(left.index) == ["FRA", "GRC"]

    def test_members_have_almost_a_billion_people(self):
        people = data.load("population")
        members = data.load("members")["iso3"]
        people = people[people["iso3"].isin(members)]
        for series, year, total in (("worldbank", 2024, 0.981e9), ("un_wpp", 2023, 0.984e9)):
            chosen = people[(people["series"] == series) & (people["year"] == year)]
            assert len(chosen) == 32
            assert chosen["population"].sum() == pytest.approx(total, abs=0.5e6)

    def test_population_is_complete(self):
        counts = data.load("population").groupby(["series", "iso3"]).size()
        assert (counts["worldbank"] == 65).all()
        assert (counts["un_wpp"] == 74).all()

    def test_both_lengths_of_the_finnish_border_are_kept(self):
        table = data.load("borders").set_index(["iso3_a", "iso3_b"])
        assert table.loc[("FIN", "RUS"), ["km", "km_other"]].tolist() == [1309, 1340]

    def test_each_border_is_listed_once(self):
        table = data.load("borders")
        assert (table["iso3_a"] < table["iso3_b"]).all()

    def test_member_years_since_1999(self):
        table = data.load("members")
        joined = table.loc[table["round"] >= 1999, "accession"]
        years = (pd.Timestamp("2024-12-31") - joined).dt.days.sum() / 365.25
        assert (len(joined), round(years, 1)) == (16, 269.1)

    def test_spells_end_after_they_begin(self):
        table = data.load("partners")
        both = table.dropna(subset=["start", "end"])
        assert (both["start"] < both["end"]).all()

    @pytest.mark.parametrize(("precision", "first"), [("month", "%Y-%m-01"), ("year", "%Y-01-01")])
    def test_no_unknown_day_is_later_than_the_facts_allow(self, precision, first):
        table = data.load("partners")
        rows = table[table["precision"] == precision]
        assert (rows["start"].dt.strftime("%Y-%m-%d") == rows["start"].dt.strftime(first)).all()

    def test_no_day_is_the_last_of_a_month_or_year_for_want_of_a_better_one(self):
        table = data.load("partners")
        exact = {("BLR", "csto")}  # Belarus acceded on 31 December 1993
        for column in ("start", "end"):
            last = table[table[column].dt.is_month_end]
            assert set(zip(last["iso3"], last["kind"], strict=True)) <= exact, column

    def test_nobody_was_a_partner_for_peace_before_there_was_one(self):
        table = data.load("partners")
        assert (table.loc[table["kind"] == "pfp", "start"] >= "1994-01-10").all()

    def test_historical_states_are_not_taken_for_their_successors(self):
        table = data.load("partners")
        pact = table[table["kind"] == "warsaw_pact"]
        assert set(pact["iso3"]) == {
            "ALB",
            "BGR",
            "CSK",
            "DDR",
            "HUN",
            "POL",
            "ROU",
            "SUN",
        }

    def test_status_today_is_what_the_scenario_says(self):
        from coursekit.nato.enlargement import Scenario

        now = Scenario()
        states = data.load("states")
        assert set(states.loc[states["kind"] != "state", "status_today"]) == {""}
        for row in states[states["kind"] == "state"].itertuples():
            assert now.status(row.iso3) == row.status_today, row.name
