"""The command, and the files that it writes."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from coursekit.cli import app

# A made-up class takes some seconds to make, and each report some seconds to write.
pytestmark = pytest.mark.slow
RUN = CliRunner()


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report on a made-up class of twelve, and what the command said."""
    place = tmp_path_factory.mktemp("class")
    command = ["class", str(place / "records"), f"--to={place / 'report'}"]
    done = RUN.invoke(app, [*command, "--simulate=12", "--seed=3"])
    assert done.exit_code == 0, done.output
    return place, done.output


def test_the_command_says_what_it_wrote_and_for_whom(report):
    _, said = report
    assert "Made up 12 students" in said and "Faulty on purpose" in said
    assert "For you alone" in said and "instructor.html" in said
    assert "To project" in said and "to_show.html" in said


def test_each_table_is_a_tidy_file_and_part_of_the_json(report):
    place, _ = report
    content = json.loads((place / "report" / "class.json").read_text(encoding="utf-8"))
    assert content["students"] == 12
    files = {path.stem: path for path in (place / "report" / "tables").glob("*.csv")}
    assert set(files) == set(content["tables"])
    for name, path in files.items():
        table = pd.read_csv(path)
        assert len(table) == len(content["tables"][name])
        assert not any(column.startswith("Unnamed") for column in table.columns)


def test_a_pseudonym_is_resolved_in_one_file_alone(report):
    place, _ = report
    key = pd.read_csv(place / "report" / "who_is_who.csv")
    assert sorted(key["files"]) == [f"student_{n:03}.json" for n in range(1, 13)]
    for path in (place / "report").rglob("*.*"):
        if path.name not in ("who_is_who.csv", "truth.json"):
            assert "student_0" not in path.read_text(encoding="utf-8")


def test_the_page_has_all_parts_and_a_text_for_each_picture(report):
    place, _ = report
    page = (place / "report" / "instructor.html").read_text(encoding="utf-8")
    for id in ("suspects", "questions", "gains", "sure", "predictions", "credences", "exercises"):
        assert f'<h2 id="{id}">' in page
    assert page.count("<img alt=") == page.count("<img ") >= 4
    assert '<img alt=""' not in page


def test_a_second_report_takes_the_place_of_the_first(report):
    place, _ = report
    before = (place / "report" / "class.json").read_bytes()
    done = RUN.invoke(app, ["class", str(place / "records"), f"--to={place / 'report'}"])
    assert done.exit_code == 0
    assert (place / "report" / "class.json").read_bytes() == before


def test_a_made_up_class_is_never_put_among_real_records(report):
    place, _ = report
    done = RUN.invoke(app, ["class", str(place / "records"), "--simulate=3"])
    assert done.exit_code == 1
    assert "is not empty" in done.output


def test_without_a_folder_the_command_says_what_to_give():
    done = RUN.invoke(app, ["class"])
    assert done.exit_code == 1
    assert "coursekit class handed_in" in done.output and "--simulate 60" in done.output


def test_a_report_that_cannot_be_written_is_named(report, tmp_path):
    place, _ = report
    (tmp_path / "file").write_text("")
    done = RUN.invoke(app, ["class", str(place / "records"), f"--to={tmp_path / 'file'}"])
    assert done.exit_code == 1
    assert "could not be written" in done.output
