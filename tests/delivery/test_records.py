"""``coursekit collect-records``: the records of a class, from the home folders of a server."""

import json
import os

import pytest
from typer.testing import CliRunner

from coursekit.cli import app
from coursekit.profile import profile
from coursekit.record import Record, read_export

PLACE = f".local/share/{profile().id}"


def student(home, *responses, name="", place=PLACE):
    record = Record(home / place / "record.jsonl")
    if name:
        record.name = name
    for response in responses:
        record.add("noted", "note/02/02-note", result={"response": response})
    return record


def collect(*words):
    return CliRunner().invoke(app, ["collect-records", *map(str, words)])


@pytest.fixture
def homes(tmp_path):
    student(tmp_path / "kim", "first", "second", name="Kim")
    student(tmp_path / "lee", "one")
    (tmp_path / "max").mkdir()
    return [tmp_path / name for name in ("kim", "lee", "max")]


def test_each_becomes_a_file_as_if_she_had_exported_it(homes, tmp_path):
    done = collect(*homes, "--to", tmp_path / "records")
    assert done.exit_code == 0
    read = [read_export(path) for path in (tmp_path / "records").iterdir()]
    told = {each["name"]: [s["result"]["response"] for s in each["statements"]] for each in read}
    assert told == {"Kim": ["first", "second"], "": ["one"]}
    assert f"{homes[2]}: no record of this course." in done.output
    assert "2 records of 3 home folders" in done.output


def test_no_file_has_the_name_of_a_home_folder(homes, tmp_path):
    collect(*homes, "--to", tmp_path / "records")
    made = list((tmp_path / "records").iterdir())
    assert not [path for path in made if path.stem in ("kim", "lee")]
    for path in made:
        assert str(tmp_path) not in path.read_text(encoding="utf-8")
        assert os.name == "nt" or path.stat().st_mode & 0o077 == 0


def test_a_second_time_each_file_is_brought_up_to_date(homes, tmp_path):
    collect(*homes, "--to", tmp_path / "records")
    student(homes[1], "more")
    collect(*homes, "--to", tmp_path / "records")
    counts = [len(read_export(path)["statements"]) for path in (tmp_path / "records").iterdir()]
    assert sorted(counts) == [2, 2]


def test_a_record_that_begins_anew_takes_no_file_away(homes, tmp_path):
    collect(*homes, "--to", tmp_path / "records")
    record = homes[1] / PLACE / "record.jsonl"
    record.unlink()
    student(homes[1], "anew")
    collect(*homes, "--to", tmp_path / "records")
    assert len(list((tmp_path / "records").iterdir())) == 3


def test_nothing_is_written_in_a_home(homes, tmp_path):
    before = {path: path.stat().st_mtime_ns for home in homes for path in home.rglob("*")}
    collect(*homes, "--to", tmp_path / "records")
    after = {path: path.stat().st_mtime_ns for home in homes for path in home.rglob("*")}
    assert after == before


def test_a_record_that_was_moved_is_found(tmp_path):
    student(tmp_path / "kim", "one", place="course-record")
    done = collect(tmp_path / "kim", "--to", tmp_path / "r", "--place", "course-record")
    assert "1 records of 1" in done.output


@pytest.mark.skipif(os.name == "nt", reason="Windows has other links")
@pytest.mark.parametrize("name", ["record.jsonl", "learner.json"])
def test_a_link_out_of_a_home_is_not_followed(homes, tmp_path, name):
    other = homes[2] / PLACE
    if name == "learner.json":
        student(homes[2], "mine")
        (other / name).unlink()
    other.mkdir(parents=True, exist_ok=True)
    (other / name).symlink_to(homes[0] / PLACE / name)
    done = collect(homes[2], "--to", tmp_path / "records")
    assert done.exit_code == 1
    assert "leads out of the home folder" in done.output
    assert not (tmp_path / "records").exists()


def test_a_folder_that_cannot_be_written_is_named(homes, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = collect(*homes, "--to", tmp_path / "file" / "records")
    assert done.exit_code == 1
    assert "--to" in done.stderr


def test_a_torn_record_is_read_as_far_as_it_goes(homes, tmp_path):
    with (homes[1] / PLACE / "record.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"torn": ')
    collect(homes[1], "--to", tmp_path / "records")
    (made,) = (tmp_path / "records").iterdir()
    assert json.loads(made.read_text("utf-8"))["skipped"] == 1
