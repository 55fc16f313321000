"""nbgrader's settings: run nbgrader here, and it finds the sets in ``exercises``."""

from pathlib import Path

from nbgrader.converters import GenerateFeedback

from coursekit.authoring.classroom import feedback, stamps
from coursekit.authoring.grading import gradebook

c = get_config()  # noqa: F821 - nbgrader provides it

c.CourseDirectory.course_id = "coursekit"
c.CourseDirectory.root = str(Path(__file__).resolve().parent / "exercises")
# The sheet of a source holds the hidden checks.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "checks.yaml",
]

c.ClearSolutions.code_stub = {"python": "# Your own lines go here."}
c.ClearSolutions.text_stub = "*Write your answer here.*"
c.GenerateAssignment.post_convert_hook = "coursekit.authoring.classroom.release.add_visible_checks"

# In place of nbgrader's own kernel, in which checks and answers would run side by side.
stamps.forgive()
c.Autograde.sanitize_preprocessors = [gradebook.RunShutIn, *gradebook.AFTER]
c.Autograde.autograde_preprocessors = []

# What students wrote runs neither in formgrader, which can change grades, nor in feedback.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"clean_html": feedback.clean, "markdown2html": feedback.rendered}

# Feedback goes to students: no hidden check, and nothing that runs.
c.GenerateFeedback.exporter_class = feedback.Feedback
c.GenerateFeedback.preprocessors = [
    feedback.SafeCells,
    *GenerateFeedback.preprocessors.default_args[0],
    feedback.AddWorkedSolutions,
]

# A grade for what was graded, a reason for what was not.
c.ExportApp.plugin_class = "coursekit.authoring.classroom.grades.CourseExport"
