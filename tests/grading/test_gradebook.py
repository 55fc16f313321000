"""From `coursekit grade` to nbgrader's gradebook: the same grades as nbgrader's, and kept."""

import os
import shutil
import sqlite3

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

from coursekit.authoring.classroom.grades import report
from coursekit.authoring.classroom.source import exercise_sets

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
# ALL_SETS=1 compares all ten: nbgrader takes six seconds for each submission.
ALL_SETS = "ALL_SETS" in os.environ


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    papers = {
        ("02", "ada"): honest("02"),
        ("02", "bo"): with_mistakes("02"),
        ("02", "cy"): honest("02", start="empty"),
    }
    return make_course(tmp_path_factory.mktemp("course"), papers)


@pytest.fixture
def place(course, tmp_path):
    """A copy of the course, with nothing graded yet."""
    shutil.copytree(course, tmp_path / "course")
    return tmp_path / "course"


def notebook_of(place, student):
    path = place / "exercises" / "autograded" / student / NAME / f"{NAME}.ipynb"
    return nbformat.read(path, as_version=4)


def test_grades_are_those_of_nbgrader(tmp_path):
    sets = [each for each in exercise_sets() if ALL_SETS or each.sheet["set"] in ("02", "08")]
    numbers = [each.sheet["set"] for each in sets]
    papers = {(n, "ada"): honest(n) for n in numbers}
    papers |= {(n, "bo"): with_mistakes(n) for n in numbers}
    papers |= {("02", "cy"): honest("02", start="empty")}
    ours = make_course(tmp_path / "ours", papers)
    theirs = shutil.copytree(ours, tmp_path / "theirs")
    for exercise in sets:
        done = coursekit(ours, "grade", exercise.name)
        assert done.returncode == 0, done.stderr + done.stdout
        done = nbgrader(theirs, "autograde", exercise.name)
        assert done.returncode == 0, done.stderr
    assert grades(ours) == grades(theirs)
    assert len(grades(ours)) == len(papers)


class TestASecondRun:
    def test_does_only_what_is_new_or_changed(self, place):
        assert "3 to grade, 0 unchanged" in coursekit(place, "grade", "02").stdout
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
        assert "1 graded" in coursekit(place, "grade", "02", "--student", "ada").stdout
        assert "1 graded" in coursekit(place, "grade", "02", "--student", "ada", "--force").stdout
        missing = coursekit(place, "grade", "02", "--student", "zoe")
        assert missing.returncode == 1
        assert "zoe" in missing.stderr

    def test_leaves_marks_by_hand_and_asks_again_when_the_text_has_changed(self, place):
        coursekit(place, "grade", "02")
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


def test_what_stands_below_a_check_is_the_points_of_the_graders_own_record(place):
    coursekit(place, "grade", "02")
    checks = {name_of(cell): cell for cell in notebook_of(place, "bo").cells}
    found = grades(place)[NAME, "bo"]
    for name in ("members_in", "neutral_years"):
        shown = checks[name].outputs[-1]
        assert float(shown["data"]["text/plain"]) == found[name][0]


def test_where_there_is_no_gradebook_yet_it_says_what_to_run(place):
    (place / "exercises" / "gradebook.db").unlink()
    # Nobody has to make the environment active.
    done = run(place, "coursekit", "grade", "02", scripts=False)
    assert done.returncode == 1
    assert done.stderr.strip().endswith(f"Run: nbgrader generate_assignment {NAME} --force")


def test_a_late_submission_keeps_its_date_and_the_export_names_it(place):
    with gradebook(place) as book:
        book.update_or_create_assignment(NAME, duedate="2026-03-01 12:00:00 UTC")
    folder = place / "exercises" / "submitted" / "ada" / NAME
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
    with gradebook(place) as book:
        row = report(book, place / "exercises", NAME)[0]
    assert (row.state, row.score) == ("not graded", None)
    assert "handed in again" in row.reason
    assert "1 to grade, 2 unchanged" in coursekit(place, "grade", "02").stdout
    with gradebook(place) as book:
        row = report(book, place / "exercises", NAME)[0]
    assert (row.state, row.reason) == ("needs marking", "late by 1 d 1 h 0 min")


def test_files_that_are_none_are_named_and_have_no_grade(place):
    folder = place / "exercises" / "submitted" / "eve" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_bytes(b"")
    said = coursekit(place, "grade", "02").stdout
    assert "eve: not graded  the file is empty" in said
    with gradebook(place) as book:
        rows = {row.student: row for row in report(book, place / "exercises", NAME)}
    assert rows["eve"].score is None
    assert "the file is empty" in rows["eve"].reason
    assert rows["cy"].score == 0
    assert rows["cy"].reason


def test_a_file_of_another_encoding_has_its_grade_in_the_export(place):
    path = place / "exercises" / "submitted" / "ada" / NAME / f"{NAME}.ipynb"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    coursekit(place, "grade", "02")
    with gradebook(place) as book:
        rows = {row.student: row for row in report(book, place / "exercises", NAME)}
    assert rows["ada"].score == 10


def test_a_locked_gradebook_loses_nothing_and_the_next_run_completes(place):
    before = grades(place)
    held = sqlite3.connect(place / "exercises" / "gradebook.db", isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    try:
        done = coursekit(place, "grade", "02")
    finally:
        held.execute("ROLLBACK")
        held.close()
    assert done.returncode == 1
    assert "in use by another program" in done.stderr
    assert grades(place) == before
    assert "3 graded, 0 not graded" in coursekit(place, "grade", "02").stdout


def test_a_set_that_the_gradebook_does_not_know_is_named_with_what_to_do(place):
    (place / "exercises" / "gradebook.db").unlink()
    done = coursekit(place, "grade", "02")
    assert done.returncode == 1
    assert f"nbgrader generate_assignment {NAME} --force" in done.stderr


def test_feedback_can_be_made_of_it(place):
    coursekit(place, "grade", "02")
    assert nbgrader(place, "generate_feedback", NAME).returncode == 0
    page = place / "exercises" / "feedback" / "ada" / NAME / f"{NAME}.html"
    assert "A worked solution" in page.read_text(encoding="utf-8")
