"""Exercises of a class: states, hints, failures, points from nbgrader, and who is stuck."""

import os
import sys
from pathlib import Path

import pytest
from made_up_class import answered, class_with, said
from nbgrader.api import Gradebook

from coursekit.classbook.tasks import marks, outcomes, reached, stuck, tasks
from coursekit.errors import CourseError

TASK = "exercise/02/members_in"


def _checks(name, *results):
    made = [said("checked", TASK, name, **result) for result in results]
    for place, one in enumerate(made):
        one["timestamp"] = f"2026-03-02T10:00:{place:02}.000Z"
    return made


def _failed(attempt, mistake="a year early"):
    return {"success": False, "attempt": attempt, "mistake": mistake}


@pytest.fixture
def made():
    return class_with(
        {
            "kim": _checks("kim", _failed(1), {"success": True}),
            "lee": _checks("lee", *[_failed(n) for n in (1, 2, 3, 4)], _failed(5, "not_defined")),
            "sam": _checks("sam", {"completion": True}),
        }
    )


def test_a_task_is_passed_open_or_possible(made):
    found = outcomes(made).set_index("mistake")["state"]
    assert sorted(found) == ["open", "passed", "possible"]


def test_hints_are_counted_up_to_the_last(made):
    assert sorted(outcomes(made)["hint"]) == [0, 1, 3]


def test_a_task_is_described_by_states_hints_and_the_commonest_failure(made):
    (row,) = tasks(outcomes(made)).itertuples()
    assert (row.task, row.tried, row.passed, row.possible, row.open) == (
        *("02/members_in", 3),
        *(1, 1, 1),
    )
    assert (row.no_hint, row.some_hints, row.all_hints) == (1, 1, 1)
    assert (row.failure, row.met) == ("a year early", 2)


def test_who_failed_with_every_hint_is_stuck(made):
    (row,) = stuck(made, outcomes(made)).itertuples()
    assert (row.on, row.item, row.failure) == ("task", "02/members_in", "a year early")
    assert made.students.loc[row.student, "files"] == "lee.json"


def test_who_is_still_wrong_after_several_tries_is_stuck():
    made = class_with(
        {
            "kim": [
                answered("02-q3", "b", "kim", success=False, attempt=1),
                answered("02-q3", "c", "kim", success=False, attempt=2),
                answered("02-q4", "b", "kim", success=False, attempt=1),
            ]
        }
    )
    assert stuck(made, outcomes(made))["item"].tolist() == ["02-q3"]


def test_who_stopped_early_is_behind_the_middle_of_the_class():
    def student(name, notebooks):
        return [answered(f"{notebook}-q1", "a", name) for notebook in notebooks]

    whole = ["00", "01", "02", "03"]
    made = class_with(
        {"kim": student("kim", whole), "lee": student("lee", whole), "sam": student("sam", ["00"])}
    )
    found = reached(made).set_index(made.students["files"])
    assert found["behind"].to_dict() == {"kim.json": 0, "lee.json": 0, "sam.json": 3}
    assert found.loc["sam.json", "last"] == "00"


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    path = tmp_path_factory.mktemp("course") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        # nbgrader looks for a program of its own library on the PATH.
        found = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        patch.setenv("PATH", found)
        with Gradebook(f"sqlite:///{path}") as book:
            _fill(book)
    return path


def _fill(book):
    book.add_assignment("02_set")
    book.add_notebook("02_set", "02_set")
    book.add_grade_cell("members_in", "02_set", "02_set", max_score=2, cell_type="code")
    book.add_grade_cell("text", "02_set", "02_set", max_score=5, cell_type="markdown")
    for student, auto, manual in (("kim", 2, 4), ("lee", 1, None)):
        book.add_student(student)
        book.add_submission("02_set", student)
        code = book.find_grade("members_in", "02_set", "02_set", student)
        code.auto_score, code.needs_manual_grade = auto, False
        text = book.find_grade("text", "02_set", "02_set", student)
        text.manual_score, text.needs_manual_grade = manual, manual is None
    book.db.commit()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
class TestPoints:
    columns = ("graded", "points", "of", "open")

    def test_are_averaged_by_task(self, gradebook):
        found = marks(gradebook).set_index("task")
        assert found.loc["members_in", list(self.columns)].tolist() == [2, 1.5, 2, 0]

    def test_count_only_what_is_marked(self, gradebook):
        found = marks(gradebook).set_index("task")
        assert found.loc["text", list(self.columns)].tolist() == [1, 4, 5, 1]

    def test_are_read_without_a_change_to_the_gradebook(self, gradebook):
        before = gradebook.read_bytes()
        marks(gradebook)
        assert gradebook.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0"])
def test_what_is_no_gradebook_is_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "gradebook.db"
    path.write_bytes(content)
    with pytest.raises(CourseError, match=r"gradebook\.db is no gradebook of nbgrader"):
        marks(path)
