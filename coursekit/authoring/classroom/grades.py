"""Grades with their reasons: what could not be graded is named, and never counted as zero."""

import csv
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.plugins.export import ExportPlugin

from coursekit.authoring.classroom.collect import collected
from coursekit.authoring.classroom.reading import read, summary
from coursekit.authoring.classroom.stamps import stamp
from coursekit.errors import CourseError
from coursekit.escaping import csv_cell

__all__ = ["CourseExport", "Row", "report"]


class Row(NamedTuple):
    """What became of one submission.

    Parameters
    ----------
    assignment, student : str
        Set and student; the student is empty for a file that belongs to nobody.
    state : {"graded", "needs marking", "not graded", "left out"}
        A text still to be read needs marking; a file that was not collected was left out.
    score : float or None
        Points so far, less what nbgrader takes off for being late; None if it was not graded.
    max_score : float
        Points of the set.
    reason : str
        Why it was not graded, how late it was, and which tasks got nothing.
    """

    assignment: str
    student: str
    state: str
    score: float | None
    max_score: float
    reason: str


def report(gradebook, course, name):
    """List what became of each submission of a set.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
        nbgrader's gradebook.
    course : pathlib.Path
        The folder with ``submitted`` and ``autograded``.
    name : str
        The set.

    Returns
    -------
    list of Row
        One for each student of the gradebook and each folder handed in, by name; then one for
        each file that came in and was not collected.
    """
    handed_in = {path.parent.name for path in course.glob(f"submitted/*/{name}")}
    students = sorted(handed_in | {student.id for student in gradebook.students})
    total = gradebook.find_assignment(name).max_score
    rows = [_row_of(gradebook, course, name, student, total) for student in students]
    for file in collected(course, name):
        if file.state == "left out":
            why = f"{file.file} was left out: {file.reason}"
            rows.append(Row(name, file.student, "left out", None, total, why))
    return rows


def _row_of(gradebook, course, name, student, total):
    if why := _obstacle(course, name, student):
        return Row(name, student, "not graded", None, total, why)
    try:
        submission = gradebook.find_submission(name, student)
    except MissingEntry:
        why = f"not graded yet: run coursekit grade {name}"
        return Row(name, student, "not graded", None, total, why)
    path = course / "autograded" / student / name / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    state = "needs marking" if submission.needs_manual_grade else "graded"
    score = max(0.0, submission.score - (submission.late_submission_penalty or 0.0))
    reasons = [*_late(submission.total_seconds_late), summary(notebook)]
    return Row(name, student, state, score, total, "; ".join(filter(None, reasons)))


def _late(seconds):
    """Say how much later than its due date it came in, if the gradebook knows one."""
    if seconds:
        days, minutes = divmod(round(seconds / 60), 24 * 60)
        hours, minutes = divmod(minutes, 60)
        yield f"late by {f'{days} d ' if days else ''}{hours} h {minutes} min"


def _obstacle(course, name, student):
    """Say why a submission cannot have a grade; empty if it has one."""
    folder = course / "submitted" / student / name
    notebook = folder / f"{name}.ipynb"
    if not folder.is_dir():
        return "nothing was handed in"
    if not notebook.is_file():
        others = ", ".join(sorted(path.name for path in folder.glob("*.ipynb"))) or "no notebook"
        return f"handed in: {others}; wanted: {notebook.name}"
    try:
        read(notebook)
    except CourseError as problem:
        return str(problem)
    graded = course / "autograded" / student / name
    if (graded / notebook.name).is_file() and stamp(folder) != stamp(graded):
        return f"handed in again since it was graded: grade {name} again"
    if not (graded / notebook.name).is_file():
        command = f"coursekit grade {name} --student {student}"
        return f"it could not be run, or was not yet: run {command} and read what it says"
    return ""


class CourseExport(ExportPlugin):
    """What ``nbgrader export`` writes: a CSV file that says why where there is no grade."""

    def export(self, gradebook):
        """Write the file."""
        course = Path(self.parent.coursedir.root)
        with Path(self.to or "grades.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(Row._fields)
            for assignment in gradebook.assignments:
                if not self.assignment or assignment.name in self.assignment:
                    rows = report(gradebook, course, assignment.name)
                    wanted = set(map(str, self.student))
                    rows = [row for row in rows if not wanted or row.student in wanted]
                    table.writerows(map(csv_cell, row) for row in rows)
