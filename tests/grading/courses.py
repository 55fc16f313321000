"""Folders of courses with submissions, made as instructors have them."""

import atexit
import json
import os
import shutil
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import nbformat
import yaml
from grading.fabricate import honest, name_of
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from coursekit.authoring.classroom.release import nbgrader as steps
from coursekit.authoring.classroom.source import exercise_set
from coursekit.authoring.grading.attempts import Workshop
from coursekit.cli import app

__all__ = [
    "coursekit",
    "gradebook",
    "grades",
    "make_course",
    "nbgrader",
    "run",
    "submit",
    "with_mistakes",
]

ROOT = Path(__file__).resolve().parents[2]
WRONG = ROOT / "tests" / "exercises" / "wrong"


def make_course(place, papers):
    """Make a course folder; ``papers`` are notebooks by number of the set and student."""
    place.mkdir(exist_ok=True)
    shutil.copy(ROOT / "nbgrader_config.py", place)
    for number in sorted({number for number, _ in papers}):
        exercise = exercise_set(number)
        shutil.copytree(exercise.folder, place / "exercises" / "source" / exercise.name)
        done = nbgrader(place).generate_assignment(exercise.name)
        assert done["success"], done["log"]
    for (number, student), notebook in papers.items():
        submit(place, number, student, notebook)
    return place


def submit(place, number, student, notebook):
    name = exercise_set(number).name
    folder = place / "exercises" / "submitted" / student / name
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / f"{name}.ipynb")


def with_mistakes(number):
    """Make a submission with a known mistake in each task that has one."""
    notebook = honest(number)
    wrong = yaml.safe_load((WRONG / f"{number}.yaml").read_text(encoding="utf-8"))
    for cell in notebook.cells:
        cases = wrong.get(name_of(cell).removesuffix("-answer"), {}).get("wrong")
        if cases and name_of(cell).endswith("-answer"):
            cell.source = cases[0]["code"]
    return notebook


def run(place, module, *command, before=(), scripts=True, **settings):
    own = Path(sys.executable).parent
    path = settings.pop("PATH", os.environ["PATH"])
    others = [part for part in path.split(os.pathsep) if Path(part) != own]
    path = os.pathsep.join([str(own), *others] if scripts else others)
    return subprocess.run(
        [*before, sys.executable, "-m", module, *map(str, command)],
        cwd=place,
        env={**os.environ, "PATH": path, **settings},
        capture_output=True,
        text=True,
        timeout=1500,
    )


def nbgrader(place):
    """Open nbgrader on a course; to start it anew for each step takes seconds."""
    return steps(place / "exercises")


WARM: dict = {}


@atexit.register
def _close():
    for workshop in WARM.values():
        workshop.close()
    WARM.clear()


def _shared(job, fresh, label, hidden):
    """Keep what runs the submissions of a set for the next command on the same set."""
    key = json.dumps(job)
    if key not in WARM:
        _close()
        WARM[key] = Workshop(job)
        WARM[key].said = WARM[key].wait()
    warm = WARM[key]
    return SimpleNamespace(run=warm.run, wait=lambda: warm.said, close=lambda: None)


def coursekit(place, *command):
    """Run a command of the course in this process, on submissions of a few sets at most."""
    with chdir(place), patch("coursekit.authoring.grading.batch.Workshop", _shared):
        done = CliRunner().invoke(app, [*map(str, command)], env={"COLUMNS": "80"})
    return SimpleNamespace(returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr)


def gradebook(place):
    return Gradebook(f"sqlite:///{place}/exercises/gradebook.db", "coursekit")


def grades(place):
    """Read all grades: score, automatic score and state of each cell, by student."""
    found = {}
    with gradebook(place) as book:
        for assignment in book.assignments:
            for submission in assignment.submissions:
                cells = [grade for notebook in submission.notebooks for grade in notebook.grades]
                found[assignment.name, submission.student.id] = {
                    each.name: (each.auto_score, each.manual_score, each.needs_manual_grade)
                    for each in cells
                }
    return found
