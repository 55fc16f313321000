"""Points come from what the checks report, whatever a check cell displays or prints."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.utils import determine_grade

from coursekit.authoring.classroom.autograding import KeepToRecord, confines
from coursekit.authoring.classroom.grades import _broken
from coursekit.checks import POINTS

ABOUT = {"grade": True, "grade_id": "members_in", "locked": True, "points": 2, "solution": False}


def report(points):
    return new_output("display_data", {"text/plain": "2 of 4 checks passed", POINTS: points})


def result(text):
    return new_output("execute_result", {"text/plain": text})


def graded(*outputs):
    cell = new_code_cell("ck.check()", outputs=list(outputs), metadata={"nbgrader": dict(ABOUT)})
    KeepToRecord().preprocess_cell(cell, {}, 0)
    return cell, determine_grade(cell)[0]


ERROR = new_output("error", ename="ValueError", evalue="no", traceback=["no"])
LOG = new_output("stream", name="stderr", text="WARNING:root:counting")


class TestPoints:
    @pytest.mark.parametrize(
        ("outputs", "points"),
        [
            ([report(1.25), result("1.25")], 1.25),
            ([LOG, report(1.25), result("1.25"), LOG], 1.25),
            # `ast_node_interactivity` is "none", or "all".
            ([report(1.25)], 1.25),
            ([result("<Result>"), report(0.0), result("0.0")], 0),
            ([result("2.0")], 0),
            ([new_output("stream", text="2.0")], 0),
            ([], 0),
            ([LOG], 0),
            ([report(1.25), ERROR], 0),
            ([report(99), result("99")], 2),
            ([report(-1)], 0),
        ],
    )
    def test_are_those_that_were_reported(self, outputs, points):
        assert graded(*outputs)[1] == points

    def test_what_the_checks_said_stays(self):
        cell, _ = graded(report(1.25))
        assert cell.outputs[0].data == {"text/plain": "2 of 4 checks passed"}

    def test_without_a_report_the_export_says_why(self):
        cell, _ = graded(result("2.0"))
        (reason,) = _broken(new_notebook(cells=[cell]))
        assert reason.startswith("members_in: NoReport: the checks of this task reported nothing")

    def test_other_cells_stay_as_they_are(self):
        for cell in (new_code_cell("1", outputs=[result("1")]), new_markdown_cell("x")):
            before = str(cell)
            KeepToRecord().preprocess_cell(cell, {}, 0)
            assert str(cell) == before


def test_without_bubblewrap_nothing_is_confined(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert confines.__wrapped__() is False
