"""nbgrader's settings: run nbgrader here, and it finds the sets in ``exercises``."""

from pathlib import Path

from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.preprocessors import (
    DeduplicateIds,
    Execute,
    IgnorePattern,
    LockCells,
    OverwriteCells,
)

from coursekit.authoring.classroom import autograding, feedback, stamps
from coursekit.authoring.classroom.preprocessors import (
    AddWorkedSolutions,
    InsertHiddenChecks,
    RestoreCells,
)

c = get_config()  # noqa: F821 - nbgrader provides it


def before(steps, place, step):
    """Put a step into a list of steps, before another."""
    steps = list(steps)
    steps.insert(steps.index(place), step)
    return steps


def replaced(steps, old, new):
    """Put a step into a list of steps, in the place of another."""
    return [new if step is old else step for step in steps]


c.CourseDirectory.course_id = "coursekit"
c.CourseDirectory.root = str(Path(__file__).resolve().parent / "exercises")
# The sheet of a source holds the hidden checks; the grading cells carry what they need.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "checks.yaml",
]

c.ClearSolutions.code_stub = {"python": "# Your own lines go here."}
c.ClearSolutions.text_stub = "*Write your answer here.*"
c.GenerateAssignment.preprocessors = before(
    GenerateAssignment.preprocessors.default_args[0], LockCells, InsertHiddenChecks
)
c.GenerateAssignment.post_convert_hook = "coursekit.authoring.classroom.release.add_visible_checks"

stamps.forgive()
c.Autograde.sanitize_preprocessors = replaced(
    before(Autograde.sanitize_preprocessors.default_args[0], OverwriteCells, RestoreCells),
    DeduplicateIds,
    autograding.MendCells,
)
c.Autograde.autograde_preprocessors = replaced(
    before(
        Autograde.autograde_preprocessors.default_args[0], IgnorePattern, autograding.KeepToRecord
    ),
    Execute,
    autograding.Execute,
)
# A check stops a function after some seconds; this stops a cell that never ends by itself.
c.Execute.timeout = 60
c.Execute.iopub_timeout = 30
c.Execute.error_on_timeout = {
    "ename": "CellTimeoutError",
    "evalue": "the cell did not end and was stopped",
    "traceback": ["This cell did not end and was stopped."],
}

# What students wrote runs neither in formgrader, which can change grades, nor in feedback.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"clean_html": feedback.clean, "markdown2html": feedback.rendered}

# Feedback goes to students: no hidden check, and nothing that runs.
c.GenerateFeedback.exporter_class = feedback.Feedback
c.GenerateFeedback.preprocessors = [
    feedback.SafeCells,
    *GenerateFeedback.preprocessors.default_args[0],
    AddWorkedSolutions,
]

# A grade for what was graded, a reason for what was not.
c.ExportApp.plugin_class = "coursekit.authoring.classroom.grades.CourseExport"
