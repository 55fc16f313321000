"""From `coursekit grade` to nbgrader's gradebook: the same grades as nbgrader's, and kept."""

import os
import shutil
import sqlite3
from datetime import UTC, datetime

import nbformat
import pytest
from grading.courses import (
    coursekit,
    gradebook,
    grades,
    make_course,
    nbgrader,
    run,
    submit,
    with_mistakes,
)
from grading.fabricate import NAME, honest, name_of

from coursekit.authoring.classroom import stamps
from coursekit.authoring.classroom.grades import report
from coursekit.authoring.grading.batch import record_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which all that was handed in is graded."""
    papers = {
        ("02", "ada"): honest("02"),
        ("02", "bo"): with_mistakes("02"),
        ("02", "cy"): honest("02", start="empty"),
    }
    made = make_course(tmp_path_factory.mktemp("course"), papers)
    said = coursekit(made, "grade", "02").stdout
    assert "3 to grade, 0 unchanged" in said
    assert "3 graded, 0 not graded" in said
    return made


@pytest.fixture
def place(course, tmp_path):
    """A copy of the course."""
    return shutil.copytree(course, tmp_path / "course")


def rows_of(place):
    with gradebook(place) as book:
        return {row.student: row for row in report(book, place / "exercises", NAME)}


def folder_of(place, student):
    return place / "exercises" / "submitted" / student / NAME


class TestASecondRun:
    def test_does_only_what_is_new_or_changed(self, place):
        assert "0 to grade, 3 unchanged" in coursekit(place, "grade", "02").stdout
        submit(place, "02", "bo", honest("02"))
        submit(place, "02", "di", honest("02"))
        planned = coursekit(place, "grade", "02", "--dry-run").stdout
        assert "2 to grade, 2 unchanged" in planned
        assert planned.split()[-2:] == ["bo", "di"]
        said = coursekit(place, "grade", "02").stdout
        assert "bo: 10 of 10" in said
        assert "2 graded, 0 not graded" in said

    def test_takes_one_student_and_takes_all_when_told_to(self, place):
        submit(place, "02", "di", honest("02"))
        assert "1 graded" in coursekit(place, "grade", "02", "--student", "di").stdout
        assert "1 graded" in coursekit(place, "grade", "02", "--student", "ada", "--force").stdout
        missing = coursekit(place, "grade", "02", "--student", "zoe")
        assert missing.returncode == 1
        assert "zoe" in missing.stderr

    def test_leaves_marks_by_hand_and_asks_again_when_the_text_has_changed(self, place):
        with gradebook(place) as book:
            for student in ("ada", "bo"):
                grade = book.find_grade("what_the_record_shows", NAME, NAME, student)
                grade.manual_score, grade.needs_manual_grade = 4.5, False
                book.find_comment(
                    "what_the_record_shows", NAME, NAME, student
                ).manual_comment = "Good."
            book.db.commit()
        changed = honest("02", text="Another text.")
        submit(place, "02", "bo", changed)
        coursekit(place, "grade", "02", "--force")
        found = grades(place)
        assert found[NAME, "ada"]["what_the_record_shows"] == (None, 4.5, False)
        assert found[NAME, "bo"]["what_the_record_shows"] == (None, 4.5, True)
        with gradebook(place) as book:
            comment = book.find_comment("what_the_record_shows", NAME, NAME, "ada")
            assert comment.manual_comment == "Good."


def test_a_text_in_a_box_of_its_own_waits_for_a_mark_and_one_not_written_has_a_reason(place):
    notebook = honest("02", start="empty")
    notebook.cells.append(nbformat.v4.new_markdown_cell("The record shows a date. " * 9))
    submit(place, "02", "tia", notebook)
    assert "1 graded" in coursekit(place, "grade", "02").stdout
    found = grades(place)
    assert found[NAME, "tia"]["what_the_record_shows"] == (None, None, True)
    assert found[NAME, "cy"]["what_the_record_shows"] == (0, None, False)
    assert rows_of(place)["tia"].state == "needs marking"
    reasons = record_of(place / "exercises", NAME, "cy")["reasons"]
    assert "what_the_record_shows: nothing was written." in reasons


def test_what_stands_below_a_check_is_the_points_of_the_graders_own_record(course):
    path = course / "exercises" / "autograded" / "bo" / NAME / f"{NAME}.ipynb"
    checks = {name_of(cell): cell for cell in nbformat.read(path, as_version=4).cells}
    found = grades(course)[NAME, "bo"]
    for name in ("members_in", "neutral_years"):
        shown = checks[name].outputs[-1]
        assert float(shown["data"]["text/plain"]) == found[name][0]


def test_where_there_is_no_gradebook_yet_it_says_what_to_run(place):
    (place / "exercises" / "gradebook.db").unlink()
    submit(place, "02", "di", honest("02"))
    # Nobody has to make the environment active.
    done = run(place, "coursekit", "grade", "02", scripts=False)
    assert done.returncode == 1
    assert done.stderr.strip().endswith(f"Run: nbgrader generate_assignment {NAME} --force")


def test_a_late_submission_keeps_its_date_and_the_export_names_it(place):
    with gradebook(place) as book:
        book.update_or_create_assignment(NAME, duedate="2026-03-01 12:00:00 UTC")
    folder = folder_of(place, "ada")
    (folder / "timestamp.txt").write_text("2026-03-01 13:00:00 UTC")
    coursekit(place, "grade", "02")
    with gradebook(place) as book:
        submission = book.find_submission(NAME, "ada")
        assert submission.total_seconds_late == 3600
        rows = {row.student: row for row in report(book, place / "exercises", NAME)}
        assert (rows["ada"].state, rows["ada"].score) == ("needs marking", 10)
        assert rows["ada"].reason == "late by 1 h 0 min"
        assert "late" not in rows["cy"].reason
        # As nbgrader notes what a rule of the instructor's own takes off.
        submission.notebooks[0].late_submission_penalty = 4.0
        book.db.commit()
        book.db.expire_all()
        assert report(book, place / "exercises", NAME)[0].score == 6
    (folder / "timestamp.txt").write_text("2026-03-02 13:00:00 UTC")
    row = rows_of(place)["ada"]
    assert (row.state, row.score) == ("not graded", None)
    assert "handed in again" in row.reason
    assert "1 to grade, 2 unchanged" in coursekit(place, "grade", "02").stdout
    row = rows_of(place)["ada"]
    assert (row.state, row.reason) == ("needs marking", "late by 1 d 1 h 0 min")


# What a timestamp.txt may hold that is no date, or none that can be true.
NO_DATES = {
    "empty": b"",
    "garbage": b"last friday, I think",
    "year 0": b"0000-01-01 00:00:00 UTC",
    "no text": b"2026-03-01\xff\xfe 13:00:00 UTC",
    "another time": b"2026-03-01 25:61:00 UTC",
    "another zone": b"2026-03-01 13:00:00 Mars/North",
    "a zone that is a path": b"2026-03-01 13:00:00 ../../../etc/passwd",
    "far ahead": b"9999-12-31 23:59:59 -1400",
    "very long": b"2" * 1_000_000,
}


class TestDates:
    @pytest.mark.parametrize("text", NO_DATES.values(), ids=NO_DATES)
    def test_what_is_no_date_is_no_date(self, tmp_path, text):
        (tmp_path / "timestamp.txt").write_bytes(text)
        assert stamps.moment(tmp_path) is None
        assert "holds no date" in stamps.beside(tmp_path)[0]

    @pytest.mark.parametrize(
        ("text", "hour"),
        [
            ("2026-03-01 13:00:00 UTC", 13),
            ("2026-03-01 13:00:00.250000 UTC", 13),
            ("2026-03-01 13:00:00 Europe/Vienna", 12),
            ("2026-03-01T13:00:00+01:00", 12),
            ("2026-03-01 13:00", 13),
        ],
    )
    def test_a_date_is_read_in_its_zone(self, tmp_path, text, hour):
        (tmp_path / "timestamp.txt").write_text(f"{text}\n")
        found = stamps.moment(tmp_path)
        assert found.replace(microsecond=0) == datetime(2026, 3, 1, hour, tzinfo=UTC)
        assert stamps.beside(tmp_path) == []

    def test_none_is_needed(self, tmp_path):
        assert (stamps.moment(tmp_path), stamps.beside(tmp_path)) == (None, [])


@pytest.fixture(scope="module")
def odd(course, tmp_path_factory):
    """A class of which some have handed in what is none, or more than a notebook."""
    place = shutil.copytree(course, tmp_path_factory.mktemp("odd") / "course")
    folder_of(place, "eve").mkdir(parents=True)
    (folder_of(place, "eve") / f"{NAME}.ipynb").write_bytes(b"")
    path = folder_of(place, "ada") / f"{NAME}.ipynb"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    raw = honest("02")
    raw.cells.append(nbformat.v4.new_raw_cell("My own notes."))
    submit(place, "02", "ray", raw)
    half = honest("02")
    for cell in half.cells:
        if name_of(cell) == "members_in-answer":
            cell.source = "def members_in(year):\n    raise ValueError(chr(0xD800) + chr(0))"
        if name_of(cell) == "georgia_before_the_war-answer":
            cell.source = "georgia_before_the_war = chr(0xD800) + chr(0)"
    submit(place, "02", "half", half)
    for student in NO_DATES.keys() & {"garbage", "no text", "far ahead"}:
        submit(place, "02", student, honest("02"))
        (folder_of(place, student) / "timestamp.txt").write_bytes(NO_DATES[student])
    submit(place, "02", "pat", honest("02"))
    beside = folder_of(place, "pat")
    (beside / "notes.txt").write_text("mine")
    (beside / "timestamp.txt").mkdir()
    if hasattr(os, "mkfifo"):
        (beside / "own.db").symlink_to(place / "exercises" / "gradebook.db")
        (beside / "gone.csv").symlink_to("nowhere")
        os.mkfifo(beside / "pipe")
    with (beside / "huge.bin").open("wb") as file:
        file.truncate(1 << 40)
    said = coursekit(place, "grade", "02").stdout
    assert "7 graded, 1 not graded" in said, said
    return place, said, rows_of(place)


class TestOddSubmissions:
    def test_a_file_that_is_none_is_named_and_has_no_grade(self, odd):
        _, said, rows = odd
        assert "eve: not graded  the file is empty" in said
        assert rows["eve"].score is None
        assert "the file is empty" in rows["eve"].reason
        assert rows["cy"].score == 0
        assert rows["cy"].reason

    def test_a_file_of_another_encoding_has_its_grade_in_the_export(self, odd):
        assert odd[2]["ada"].score == 10

    def test_a_box_that_is_no_code_and_no_text_changes_nothing(self, odd):
        assert (odd[2]["ray"].score, odd[2]["ray"].reason) == (10, "")

    def test_half_a_character_in_an_answer_or_an_error_stops_nothing(self, odd):
        assert odd[2]["half"].score == 7

    @pytest.mark.parametrize("student", ["garbage", "no text", "far ahead", "pat"])
    def test_a_date_that_is_none_costs_nothing_and_is_named(self, odd, student):
        row = odd[2][student]
        assert row.score == 10
        assert "timestamp.txt holds no date that can be true" in row.reason

    def test_nbgraders_own_steps_read_it_as_no_date(self, odd):
        api = nbgrader(odd[0])
        assert api.get_submitted_timestamp(NAME, "garbage") is None
        assert "garbage" in api.get_autograded_students(NAME)

    def test_of_what_lies_beside_a_notebook_only_plain_files_are_taken_along(self, odd):
        place = odd[0] / "exercises" / "autograded" / "pat" / NAME
        assert {path.name for path in place.iterdir()} == {f"{NAME}.ipynb", "notes.txt"}
        notes = record_of(odd[0] / "exercises", NAME, "pat")["notes"]
        assert "gone.csv is a link, very large or cannot be read" in notes[1]


def test_a_locked_gradebook_loses_nothing_and_the_next_run_completes(place):
    before = grades(place)
    held = sqlite3.connect(place / "exercises" / "gradebook.db", isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    try:
        done = coursekit(place, "grade", "02", "--force")
    finally:
        held.execute("ROLLBACK")
        held.close()
    assert done.returncode == 1
    assert "in use by another program" in done.stderr
    assert grades(place) == before
    assert "3 graded, 0 not graded" in coursekit(place, "grade", "02", "--force").stdout


def test_feedback_can_be_made_of_it(odd):
    made = nbgrader(odd[0]).generate_feedback(NAME, "ada")
    assert made["success"], made["log"]
    page = odd[0] / "exercises" / "feedback" / "ada" / NAME / f"{NAME}.html"
    assert "A worked solution" in page.read_text(encoding="utf-8")
