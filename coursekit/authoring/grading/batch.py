"""Grade the submissions of a set that are new or have changed, several side by side."""

import ast
import hashlib
import json
import os
import re
import sys
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import nbformat

from coursekit.authoring.classroom.arrivals import shown
from coursekit.authoring.classroom.reading import KEY, LARGEST, LONGEST, read
from coursekit.authoring.classroom.source import ExerciseSet, worth
from coursekit.authoring.classroom.stamps import beside
from coursekit.authoring.grading.attempts import Limits, Workshop
from coursekit.authoring.grading.cleaning import clean
from coursekit.authoring.grading.marking import mark, outputs
from coursekit.checks.sheet import FILE
from coursekit.checks.tasks import task
from coursekit.errors import CourseError
from coursekit.sentences import Sentences
from coursekit.versions import installed

__all__ = ["Batch", "Done", "UnwritableError", "label", "record_of"]

SAY = Sentences(__file__)
MARKED = ("explore", "code")
# Set to "fresh", each submission gets a process of its own, as on macOS and Windows.
SETTING = "COURSEKIT_GRADING"
# Imported before the first submission, if any of them asks for it.
LIBRARIES = {"coursekit", "matplotlib", "networkx", "numpy", "pandas", "scipy"}
VERSIONS = ("coursekit", "ipython", "networkx", "numpy", "pandas", "scipy")


def label(course: Path) -> str:
    """Name the grading of a folder, without telling a submission where that is."""
    return f"grading-{zlib.crc32(str(course.resolve()).encode()):08x}"


class UnwritableError(CourseError):
    """The gradebook cannot be written to: no submission can be entered."""


class Done(NamedTuple):
    """What became of a submission: points by checks, or why there are none."""

    student: str
    points: float | None
    most: float
    reasons: list[str]


def record_of(course: Path, name: str, student: str) -> dict:
    """Read what the grader noted about a submission; empty if it has not graded it."""
    path = course / "autograded" / student / name / f"{name}.ipynb"
    try:
        about = json.loads(path.read_text(encoding="utf-8"))["metadata"][KEY]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return about if isinstance(about, dict) else {}


class Batch:
    """The submissions of a set in ``submitted`` that are to be graded: those that have changed."""

    def __init__(self, course: Path, name: str, students=(), force=False, limits=None):
        self.course, self.name, self.limits = course, name, limits or Limits()
        self.exercise = ExerciseSet(course / "source" / name)
        if not self.exercise.notebook.is_file():
            raise CourseError(SAY("no_source", path=self.exercise.notebook))
        folders = {path.parent.name for path in (course / "submitted").glob(f"*/{name}")}
        if unknown := set(students) - folders:
            raise CourseError(SAY("no_student", names=", ".join(sorted(unknown))))
        asked = sorted(set(students) or folders)
        self.digests = {student: self._digest(student) for student in asked}
        self.todo = [
            student
            for student in asked
            if force or record_of(course, name, student).get("digest") != self.digests[student]
        ]
        self.unchanged = len(asked) - len(self.todo)

    @cached_property
    def source(self):
        """The notebook of the source, whose cells know their tasks."""
        return nbformat.read(self.exercise.notebook, as_version=4)

    @cached_property
    def tasks(self):
        """The tasks with all their checks and expected values."""
        entries = self.exercise.sheet["tasks"].items()
        return {n: task(self.exercise.sheet, n) for n, entry in entries if entry["kind"] in MARKED}

    @cached_property
    def _common(self):
        parts = [(self.exercise.folder / FILE).read_bytes(), self.exercise.notebook.read_bytes()]
        code = [Path(__file__).parent, Path(sys.modules["coursekit.checks"].__file__).parent]
        parts += [path.read_bytes() for place in code for path in sorted(place.glob("*.*"))]
        parts += [f"{each} {installed(each)}".encode() for each in VERSIONS]
        return hashlib.sha256(b"\0".join([*parts, sys.version.encode()])).digest()

    def _digest(self, student):
        """Sum up all that a grade depends on."""
        total = hashlib.sha256(self._common)
        for path in self._submitted_files(student):
            total.update(f"{path.name}\0{path.stat().st_size}\0".encode())
            # One that cannot be read, or is too large to be, is named when its turn comes.
            with suppress(OSError), path.open("rb") as file:
                total.update(file.read(LARGEST))
        return total.hexdigest()

    def _submitted_files(self, student):
        folder = self.course / "submitted" / student / self.name
        files = [folder / f"{self.name}.ipynb", folder / "timestamp.txt"]
        return [path for path in files if path.is_file()]

    def workshop(self) -> Workshop:
        """Begin to prepare what runs the submissions."""
        fresh = os.environ.get(SETTING) == "fresh"
        return Workshop(self.job(), fresh, label(self.course), (self.course,))

    def job(self) -> dict:
        """Say how to call the answers: nothing of it tells what is expected."""
        setups = list(dict.fromkeys(c.setup for t in self.tasks.values() for c in t.checks))
        entries = {
            name: {
                "arguments": None if each.arguments is None else list(each.arguments),
                "seconds": each.seconds,
                "calls": [[check.call, setups.index(check.setup)] for check in each.checks],
            }
            for name, each in self.tasks.items()
        }
        return {"tasks": entries, "setups": setups, "modules": self._modules()}

    def _modules(self):
        found = {"coursekit", "numpy", "pandas"}
        for cell in self.source.cells:
            for line in cell.source.splitlines() if cell.cell_type == "code" else ():
                if wanted := re.match(r"(?:from|import) ([\w.]+)", line):
                    found.add(wanted[1])
        return sorted(each for each in found if each.partition(".")[0] in LIBRARIES)

    def grade(self, workshop: Workshop, jobs: int, enter) -> Iterator[Done]:
        """Run the submissions, so many at once, and `enter` each with its marks when it is done."""
        with ThreadPoolExecutor(jobs) as pool:
            running = {pool.submit(self._run, workshop, student): student for student in self.todo}
            try:
                for future in as_completed(running):
                    yield self._finish(running.pop(future), future, enter)
            except BaseException:
                for future in running:
                    future.cancel()
                workshop.close()
                raise

    def _run(self, workshop, student):
        folder = self.course / "submitted" / student / self.name
        path = folder / f"{self.name}.ipynb"
        if shown(student) != student:
            raise CourseError(SAY["name"])
        if folder.is_symlink() or path.is_symlink():
            raise CourseError(SAY("link", name=path.name))
        if not path.is_file():
            found = ", ".join(sorted(each.name for each in folder.glob("*"))) or SAY["nothing"]
            raise CourseError(SAY("misnamed", found=found[:90], wanted=path.name))
        try:
            cleaned = clean(read(path), self.source)
        except OSError as problem:
            raise CourseError(SAY("unreadable", problem=problem.strerror)) from None
        cleaned.notes.extend(beside(folder))
        cells, later = self._to_run(cleaned.notebook)
        return cleaned, workshop.run(cells, self.limits, later)

    def _to_run(self, notebook):
        """List what is to be run: number, source, task checked; and the tasks without a place."""
        given = {c.source for c in self.source.cells if "nbgrader" not in c.metadata}
        own = "\n".join(c.source for c in notebook.cells if c.source not in given)
        used = set(re.findall(r"\w+", own))
        cells, placed = [], set()
        for number, cell in enumerate(notebook.cells):
            about = cell.metadata.get("nbgrader", {})
            if cell.cell_type != "code":
                continue
            if cell.source in given and _only_draws(cell.source, used):
                continue
            name = about.get("grade_id")
            if about.get("locked"):
                if name in self.tasks:
                    cells.append((number, "", name))
                    placed.add(name)
                continue
            cells.append((number, cell.source, ""))
        return cells, [name for name in self.tasks if name not in placed]

    def _finish(self, student, future, enter):
        most = sum(worth(self.exercise.sheet["tasks"][name]) for name in self.tasks)
        try:
            cleaned, outcome = future.result()
            return self._enter(student, cleaned, outcome, enter, most)
        except UnwritableError:
            raise
        except CourseError as problem:
            return Done(student, None, most, [_one_line(str(problem))])
        except Exception as problem:  # The others are graded all the same.
            words = SAY("failed", problem=f"{type(problem).__name__}: {problem}"[:90])
            return Done(student, None, most, [_one_line(words)])

    def _enter(self, student, cleaned, outcome, enter, most):
        notebook, places = cleaned.notebook, {}
        for number, cell in enumerate(notebook.cells):
            if name := cell.metadata.get("nbgrader", {}).get("grade_id"):
                places[name] = number
            if cell.cell_type == "code":
                told, left_out = outcome.cells.get(number), outcome.left_out.get(number, "")
                cell.outputs = outputs(told, left_out)
        marks = {
            name: mark(each, outcome, places.get(f"{name}-answer"))
            for name, each in self.tasks.items()
        }
        found = [*(each.reason for each in marks.values()), *cleaned.reasons]
        reasons = [_one_line(each) for each in found if each]
        notes = [_one_line(each) for each in cleaned.notes]
        notes += self._left_out(notebook, outcome)
        about = {"digest": self.digests[student], "reasons": reasons, "notes": notes}
        notebook.metadata[KEY] = about
        enter(student, notebook, marks)
        return Done(student, sum(each.points for each in marks.values()), most, [*notes, *reasons])

    @staticmethod
    def _left_out(notebook, outcome):
        """Name the cells that were left out and belong to no task."""
        boxes = [n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
        found = [(why, boxes.index(n) + 1, n) for n, why in outcome.left_out.items()]
        return [
            SAY["left_out"][why].format(box=box, line=_first_line(notebook.cells[n]))
            for why, box, n in found
        ]


def _one_line(text):
    """Write a reason on one line, without signs that a terminal obeys."""
    return shown(text, len(text) * 12)[:LONGEST]


def _first_line(cell):
    lines = [line.strip() for line in cell.source.splitlines() if line.strip()]
    return _one_line(lines[0])[:60] if lines else ""


def _only_draws(source, used):
    """Say whether a given cell draws something, and makes no name that a student's cells use."""
    later, nodes = sys.modules["coursekit"]._LATER, list(ast.walk(ast.parse(source)))
    calls = re.findall(r"\bck\.(\w+)\(", source)
    draws = any({"widgets", "figures"} & set(later.get(name, "").split(".")) for name in calls)
    made = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return draws and not made & used and not any(isinstance(n, ast.Import) for n in nodes)
