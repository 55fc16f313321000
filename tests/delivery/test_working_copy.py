"""``coursekit get``: a copy to work in, and updates of it."""

import hashlib
import json
import os

import pytest
from typer.testing import CliRunner

from coursekit import content
from coursekit.cli import app
from coursekit.content import DELIVERED, notebooks_folder
from coursekit.delivery import working_copy
from coursekit.delivery.merging import SAY

PAGE = "notebooks/00_start.ipynb"
SHEET = "exercises/release/00_start/checks.yaml"


def page(**words):
    cells = [
        {"id": name, "cell_type": "markdown", "metadata": {}, "source": source}
        for name, source in words.items()
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def write(home, name, text):
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    (home / name).write_text(text, encoding="utf-8")


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course that can be changed, opened in an empty folder."""
    home = tmp_path / "installed"
    write(home, PAGE, page(a="A", b="B"))
    write(home, SHEET, "one")
    monkeypatch.setenv("COURSEKIT_CONTENT", str(home))
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return home


@pytest.fixture
def copy(course, tmp_path):
    get()
    return tmp_path / "desk" / "course"


def get(*words):
    done = CliRunner().invoke(app, ["get", *map(str, words)])
    assert done.exit_code == 0, done.stderr
    return done.output


def refused(*words):
    done = CliRunner().invoke(app, ["get", *map(str, words)])
    assert done.exit_code == 1
    return done.stderr


def cells(home):
    return [c["source"] for c in json.loads((home / PAGE).read_text("utf-8"))["cells"]]


def test_it_writes_the_course_and_says_how_to_open_it(course, tmp_path):
    said = get()
    home = tmp_path / "desk" / "course"
    assert (home / PAGE).read_bytes() == (course / PAGE).read_bytes()
    assert (home / SHEET).read_text() == "one"
    assert "2 files written" in said
    assert "coursekit lab" in said


def test_a_second_time_nothing_is_written(copy):
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*.*") if path.is_file()}
    assert "is up to date" in get()
    assert all(
        path.stat().st_mtime_ns == time for path, time in before.items() if path != copy / DELIVERED
    )


def test_what_she_changed_stays_and_what_the_course_changed_comes(course, copy):
    write(copy, PAGE, page(a="hers", b="B", mine="my note"))
    write(course, PAGE, page(a="A", b="new"))
    assert "brought up to date" in get()
    assert cells(copy) == ["hers", "new", "my note"]


def test_a_collision_keeps_both_and_is_told(course, copy):
    write(copy, PAGE, page(a="hers", b="B"))
    write(course, PAGE, page(a="new", b="B"))
    said = get()
    assert f"{PAGE}: Boxes that you and the course have both changed: 1." in said
    assert cells(copy) == ["hers", f"> **{SAY['sign']}**\n\nnew", "B"]
    assert "is up to date" in get()
    assert len(cells(copy)) == 3


def test_her_notebook_is_not_touched_if_the_course_has_not_changed_it(course, copy):
    write(copy, PAGE, page(a="hers"))
    before = (copy / PAGE).read_bytes()
    write(course, SHEET, "two")
    get()
    assert (copy / PAGE).read_bytes() == before
    assert (copy / SHEET).read_text() == "two"


NO_ID = '{"cells": [{"cell_type": "markdown", "source": "saved by an old program"}]}'


@pytest.mark.parametrize("hers", ["{ damaged", NO_ID, "[]"])
def test_a_notebook_without_cells_to_go_by_stays_and_the_new_one_is_put_beside(course, copy, hers):
    write(copy, PAGE, hers)
    write(course, PAGE, page(a="new"))
    assert "the new one is 00_start.new.ipynb" in get()
    assert (copy / PAGE).read_text() == hers
    assert (copy / "notebooks/00_start.new.ipynb").read_bytes() == (course / PAGE).read_bytes()


def test_another_file_that_both_changed_stays_and_the_new_one_is_put_beside(course, copy):
    write(copy, SHEET, "hers")
    for number, text in enumerate(("two", "three"), 1):
        write(course, SHEET, text)
        beside = f"checks.new{'' if number == 1 else f'-{number}'}.yaml"
        assert f"the new one is {beside}" in get()
        assert (copy / SHEET).with_name(beside).read_text() == text
    assert (copy / SHEET).read_text() == "hers"


def test_a_file_that_she_deleted_comes_back(copy, course):
    (copy / PAGE).unlink()
    assert f"{PAGE}: It was missing, and is there again." in get()
    assert cells(copy) == ["A", "B"]


def test_what_is_no_longer_part_of_the_course_goes_unless_she_changed_it(course, copy):
    write(course, "notebooks/01_old.ipynb", page(a="A"))
    write(course, "notebooks/02_old.ipynb", page(a="A"))
    get()
    write(copy, "notebooks/02_old.ipynb", page(a="hers"))
    for name in ("01_old", "02_old"):
        (course / f"notebooks/{name}.ipynb").unlink()
    said = get()
    assert not (copy / "notebooks/01_old.ipynb").exists()
    assert "02_old.ipynb: It is no longer part of the course; you have changed it" in said


def test_a_list_that_leads_out_of_the_folder_deletes_nothing(course, copy, tmp_path):
    other = tmp_path / "desk" / "mine.txt"
    other.write_text("mine", encoding="utf-8")
    state = json.loads((copy / DELIVERED).read_text())
    state["files"]["../mine.txt"] = {"sha256": hashlib.sha256(b"mine").hexdigest(), "cells": {}}
    (copy / DELIVERED).write_text(json.dumps(state))
    get()
    assert other.exists()


@pytest.mark.parametrize("lost", [None, "{", '{"files": {"x": 1}}'])
def test_without_the_list_of_what_was_handed_out_both_are_kept(course, copy, lost):
    write(copy, PAGE, page(a="hers", b="B"))
    (copy / DELIVERED).unlink()
    if lost:
        (copy / DELIVERED).write_text(lost)
    get(copy)
    assert cells(copy) == ["hers", f"> **{SAY['sign']}**\n\nA", "B"]


def test_stopped_halfway_it_goes_on(course, copy, monkeypatch):
    write(course, PAGE, page(a="A", b="new"))
    write(course, SHEET, "two")
    write(copy, PAGE, page(a="hers", b="B"))
    whole = working_copy.replace

    def breaks(path, data, *more):
        if path.name == "delivered.json":
            raise OSError(28, "No space left on device")
        whole(path, data, *more)

    monkeypatch.setattr(working_copy, "replace", breaks)
    assert "No space left on device" in refused()
    monkeypatch.setattr(working_copy, "replace", whole)
    get()
    assert cells(copy) == ["hers", "new"]
    assert (copy / SHEET).read_text() == "two"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_folder_in_the_way_is_named(course, tmp_path):
    (tmp_path / "desk" / "course").write_text("a file", encoding="utf-8")
    assert "was not finished" in refused()


def test_the_course_itself_is_no_copy_of_it(course, root):
    assert "git pull" in refused(course)
    assert "git pull" in refused(root)


class TestWhichCopy:
    def test_is_that_one_is_in(self, course, copy, monkeypatch):
        monkeypatch.chdir(copy / "notebooks")
        assert content.working_copy() == copy
        assert notebooks_folder() == copy / "notebooks"
        get()
        assert not (copy / "notebooks" / "course").exists()

    def test_is_a_checkout_before_a_copy_that_lies_in_it(self, course, copy):
        assert notebooks_folder() == course / "notebooks"

    def test_is_named_where_only_a_package_is_installed(self, course, monkeypatch):
        monkeypatch.setattr(content, "PACKAGE", course)
        for command in ("lab", "notebooks", "slides"):
            done = CliRunner().invoke(app, [command])
            assert done.exit_code == 1
            assert "Write one with `coursekit get`" in done.stderr, command


@pytest.mark.parametrize("command", [["links"], ["exercises", "list"], ["exercises", "verify"]])
def test_what_needs_the_sources_says_so_without_them(course, command):
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 1
    assert "clone of the course's repository" in done.stderr
