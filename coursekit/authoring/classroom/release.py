"""Build what students get from the source, with nbgrader's ``generate_assignment``."""

import shutil
import tempfile
from pathlib import Path

import nbformat

from coursekit.authoring.classroom.literal import literal_sheet
from coursekit.authoring.classroom.source import mark, settings, worked
from coursekit.authoring.storing import store
from coursekit.checks.sheet import FILE, read
from coursekit.errors import CourseError

__all__ = ["add_visible_checks", "nbgrader", "release", "run_source", "visible_checks"]


def nbgrader(course, gradebook=True):
    """Open nbgrader on a course folder, with the course's settings.

    Parameters
    ----------
    course : pathlib.Path
        A folder with ``source``; ``release``, ``submitted`` and so on appear beside it.
    gradebook : bool, optional
        Whether to keep a gradebook; a release alone needs none.

    Returns
    -------
    nbgrader.apps.NbGraderAPI
        nbgrader's own interface.
    """
    from nbgrader.apps import NbGraderAPI

    config = settings()
    config.CourseDirectory.root = str(course)
    if not gradebook:
        config.GenerateAssignment.no_database = True
        config.SaveCells.enabled = False
    return NbGraderAPI(config=config)


def run_source(exercise):
    """Mark the cells of a source notebook, run it, and store it with its outputs.

    Parameters
    ----------
    exercise : coursekit.authoring.classroom.source.ExerciseSet
        The set; its notebook is written.

    Raises
    ------
    CourseError
        If notebook and sheet do not fit together.
    nbclient.exceptions.CellExecutionError
        If a cell fails.
    """
    notebook = mark(nbformat.read(exercise.notebook, as_version=4), exercise.sheet)
    nbformat.write(notebook, exercise.notebook)
    store(exercise.notebook)


def release(exercise, target):
    """Make the student version of a set.

    Parameters
    ----------
    exercise : coursekit.authoring.classroom.source.ExerciseSet
        The set.
    target : pathlib.Path
        The folder to make, replaced if it is there.

    Raises
    ------
    CourseError
        If nbgrader refuses; the message holds its log.
    """
    with tempfile.TemporaryDirectory() as place:
        course = Path(place).resolve()
        shutil.copytree(exercise.folder, course / "source" / exercise.name)
        done = nbgrader(course, gradebook=False).generate_assignment(exercise.name)
        made = course / "release" / exercise.name
        if not done["success"] or not (made / FILE).is_file():
            raise CourseError(f"nbgrader could not release {exercise.name}:\n{done['log']}")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made, target)


def visible_checks(sheet, solutions=()):
    """Write the sheet that students get.

    Parameters
    ----------
    sheet : dict
        The sheet of the source.
    solutions : dict of str to str, optional
        Worked solutions by task. Those of further tasks are told with the last check passed.

    Returns
    -------
    str
        YAML without hidden checks, answers and anything that computes them.
    """
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes code as a block of lines."""

    def text(dumper, value):
        style = "|" if "\n" in value else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    told = literal_sheet(sheet)
    for name, task in told["tasks"].items():
        if task["kind"] == "further" and name in solutions:
            task["worked"] = solutions[name]
    head = "# The checks that ck.check runs. More are run when your work is marked.\n"
    return head + yaml.dump(told, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)


def add_visible_checks(assignment, student, notebooks):
    """Put the students' sheet beside the notebook that nbgrader has just released.

    nbgrader calls this after ``generate_assignment``; see ``nbgrader_config.py``.

    Parameters
    ----------
    assignment, student : str
        What nbgrader was asked for.
    notebooks : list of str
        Source notebooks.
    """
    for notebook in map(Path, notebooks):
        source = notebook.resolve().parent
        made = source.parent.parent / "release" / source.name / FILE
        solutions = worked(nbformat.read(notebook, as_version=4))
        text = visible_checks(read(source / FILE), solutions)
        made.write_text(text, encoding="utf-8", newline="\n")
