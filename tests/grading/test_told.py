"""Feedback repeats nothing that a submission's code says: it has seen the hidden checks."""

import os
import shutil

import pytest
from grading.fabricate import NAME, SET, honest

from coursekit.authoring.classroom.feedback import SafeCells
from coursekit.authoring.grading.attempts import Outcome
from coursekit.authoring.grading.batch import Batch
from coursekit.authoring.grading.gradebook import WriteResults
from coursekit.authoring.grading.marking import mark
from coursekit.checks.tasks import task
from coursekit.checks.verdict import words
from coursekit.errors import CourseError

TASK = task(SET.sheet, "members_in")
SECRET = "leak1949"
NOTHING = {"value": ["None"], "returned": ["None"], "printed": False, "details": {}}
RIGHT = [{**NOTHING, "value": ["int", hex(n)], "returned": ["int", hex(n)]} for n in (16, 19)]


def marked(*ran):
    """Judge what a process says of the calls of a task."""
    runs = [{"problem": "", **each} for each in ran]
    return mark(TASK, Outcome(answers={TASK.name: ["None"]}, runs={TASK.name: runs}), None)


def said(what, **details):
    return {**NOTHING, "problem": what, "details": details}


SAID = {
    "the name of a type": {**NOTHING, "returned": ["other", SECRET]},
    "a text": {**NOTHING, "value": ["str", SECRET], "returned": ["str", SECRET]},
    "a number": {**NOTHING, "value": ["int", "0x79d"], "returned": ["int", "0x79d"]},
    "the name of an argument": said("changed_input", argument=SECRET),
    "what fits not": said("parameters", problem=SECRET),
    "what cannot be called": said("cannot_call", problem=f"{SECRET}: x"),
    "seconds": said("too_slow", seconds=1949.0),
    "a line": said("raised", where=f" in line 1949, {SECRET}", kinds=["KeyError"], words=SECRET),
    "an error": said("raised", where="", kinds=[SECRET, "Exception"], words=SECRET),
}


class TestFeedback:
    @pytest.mark.parametrize("visible", [True, False])
    @pytest.mark.parametrize("kind", SAID)
    def test_holds_nothing_of_what_code_says(self, kind, visible):
        found = marked(*([] if visible else RIGHT), *[SAID[kind]] * 5)
        page = found.told._repr_html_()
        assert found.points < 1
        assert "of 5 checks passed" in page
        assert "1949" not in page

    def test_an_instructor_sees_it(self):
        found = marked(SAID["a line"])
        assert f"line 1949, {SECRET}" in found.reason
        assert f"line 1949, {SECRET}" in found.result._repr_html_()

    def test_is_taken_from_what_students_may_be_told(self, tmp_path):
        notebook = honest("02")
        found = {TASK.name: marked(SAID["a line"])}
        notebook, _ = WriteResults().preprocess(notebook, {"coursekit": found})
        place = {"metadata": {"path": str(tmp_path / "autograded" / "kim" / NAME)}}
        notebook, _ = SafeCells().preprocess(notebook, place)
        pages = [
            output.data["text/html"]
            for cell in notebook.cells
            for output in cell.get("outputs", ())
            if "text/html" in output.get("data", {})
        ]
        assert pages == [found[TASK.name].told._repr_html_()]


@pytest.mark.parametrize(
    "ran",
    [
        said("raised", where=" \ud800", kinds=["KeyError"], words="\ud800"),
        said("parameters", problem="\ud800"),
        {**NOTHING, "value": ["str", "\ud800"], "returned": ["str", "\ud800"]},
        {**NOTHING, "returned": ["other", "\ud800"]},
    ],
)
def test_half_a_character_can_be_written_to_a_file(ran):
    found = marked(ran)
    result = f"{found.reason}{found.result!r}{found.result._repr_html_()}"
    assert result.encode("utf-8")


@pytest.mark.parametrize("problem", [*words(), "", "x", 5])
@pytest.mark.parametrize("kinds", [["KeyError"], [], 5, ["{x}", "BaseExceptionGroup"]])
def test_no_made_up_mistake_stops_the_marking(problem, kinds):
    ran = {**NOTHING, "problem": problem, "details": {"kinds": kinds, "words": "{y}"}}
    assert marked(*[ran] * 5).points == 0


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
class TestWhatLiesInAFolder:
    def graded(self, place, student):
        batch = Batch(place, NAME)
        with pytest.raises(CourseError) as problem:
            batch._run(None, student)
        return str(problem.value)

    @pytest.fixture
    def place(self, tmp_path):
        shutil.copytree(SET.folder, tmp_path / "source" / NAME)
        for student in ("ada", "eve"):
            (tmp_path / "submitted" / student / NAME).mkdir(parents=True)
        (tmp_path / "submitted" / "ada" / NAME / f"{NAME}.ipynb").write_text("{}")
        return tmp_path

    def test_a_link_to_the_work_of_another_is_not_followed(self, place):
        ada, eve = (place / "submitted" / each / NAME for each in ("ada", "eve"))
        (eve / f"{NAME}.ipynb").symlink_to(ada / f"{NAME}.ipynb")
        assert "is a link" in self.graded(place, "eve")
        shutil.rmtree(eve)
        eve.symlink_to(ada)
        assert "is a link" in self.graded(place, "eve")

    def test_a_file_of_many_gigabytes_is_not_read_into_memory(self, place):
        with (place / "submitted" / "eve" / NAME / f"{NAME}.ipynb").open("wb") as file:
            file.truncate(1 << 40)
        assert "was not read" in self.graded(place, "eve")

    def test_a_name_that_a_terminal_obeys_is_refused(self, place):
        (place / "submitted" / "eve").rename(place / "submitted" / "e\x1b]0;ve")
        assert "cannot be seen" in self.graded(place, "e\x1b]0;ve")
