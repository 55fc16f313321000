"""Scan what students can get for what only instructors may have."""

import html
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

import nbformat

from coursekit.authoring.classroom.literal import literal_sheet
from coursekit.checks.sheet import FILE

__all__ = ["Leak", "leaks", "secrets", "squeezed"]

MARKS = ("### BEGIN SOLUTION", "### BEGIN HIDDEN TESTS", "hidden_setup:", "hidden: true")
TEXT = {".cfg", ".css", ".csv", ".html", ".ipynb", ".js", ".json", ".md", ".py", ".txt", ".yaml"}
# A shorter line, such as ``return year``, says nothing.
SHORTEST_LINE, SHORTEST_SENTENCE = 12, 40
CELL_KEYS = {"deletable", "editable", "nbgrader", "jupyter", "tags"}
NBGRADER_KEYS = {
    *("cell_type", "checksum", "grade", "grade_id", "locked", "points"),
    *("schema_version", "solution", "task"),
}
NOTEBOOK_KEYS = {"kernelspec", "language_info"}


class Leak(NamedTuple):
    """Something that students must not get.

    Parameters
    ----------
    place : str
        The file.
    kind : str
        What it is, such as ``"solution line"``.
    found : str
        The text found.
    """

    place: str
    kind: str
    found: str

    def __str__(self):
        return f"{self.place}: {self.kind}: {self.found[:90]}"


def squeezed(text: str) -> str:
    """Write a text without its spaces, in which copies of it may differ."""
    return re.sub(r"\s+", "", text)


def secrets(exercise):
    """Collect what must not leave the source of a set.

    Parameters
    ----------
    exercise : coursekit.authoring.classroom.source.ExerciseSet
        The set.

    Returns
    -------
    dict of str to str
        Kind of secret by its text, written without spaces.
    """
    notebook = nbformat.read(exercise.notebook, as_version=4)
    sheet = exercise.sheet
    # What is not marked is told in full to whoever has solved it.
    told = {f"{name}-answer" for name, task in sheet["tasks"].items() if task["kind"] == "further"}
    hidden_lines, open_lines = set(), set()
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in told:
            open_lines |= {line.strip() for line in cell.source.splitlines()}
            continue
        inside = False
        for line in cell.source.splitlines():
            if "### BEGIN SOLUTION" in line or "### END SOLUTION" in line:
                inside = "BEGIN" in line
            elif inside:
                hidden_lines.add(line.strip())
            else:
                open_lines.add(line.strip())
    telling = [line for line in hidden_lines - open_lines if len(squeezed(line)) >= SHORTEST_LINE]
    found = dict.fromkeys(telling, "solution line")
    visible = {
        (check.get("call", name), str(check["equals"]))
        for name, task in literal_sheet(sheet)["tasks"].items()
        for check in task["checks"]
    }
    calls, values = {call for call, _ in visible}, {value for _, value in visible}
    for name, task in literal_sheet(sheet, hidden=True)["tasks"].items():
        for check in task["checks"]:
            call, value = check.get("call", name), str(check["equals"])
            if call not in calls and call != name:
                found[call] = "hidden check"
            if value not in values and _telling(value):
                found[value] = "hidden value"
    for rubric in exercise.rubrics:
        for line in rubric.read_text(encoding="utf-8").splitlines():
            if len(line.strip()) >= SHORTEST_SENTENCE:
                found[line.strip()] = "rubric"
    return {squeezed(text): kind for text, kind in found.items()}


def _telling(value):
    """Say whether a value is seldom enough to give away what it is the answer to."""
    return len(re.sub(r"\D", "", value)) >= 5 or len(value) >= 24


def _texts(place):
    """List the texts in a folder, a wheel or a single file: ``(name, text)``."""
    if place.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(place) as archive:
            for name in archive.namelist():
                if Path(name).suffix in TEXT:
                    yield f"{place.name}/{name}", archive.read(name).decode("utf-8", "replace")
        return
    for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
        if path.suffix in TEXT:
            name = path.relative_to(place.parent).as_posix()
            yield name, path.read_text(encoding="utf-8", errors="replace")


def leaks(exercise, places, public=""):
    """Scan folders, wheels and files.

    Parameters
    ----------
    exercise : coursekit.authoring.classroom.source.ExerciseSet
        The set whose secrets are looked for.
    places : list of pathlib.Path
        Folders, wheels or files.
    public : str, optional
        Text that is public anyway, such as the course's own code: what stands there is no
        secret.

    Returns
    -------
    list of Leak
        Everything found; empty if all is well.
    """
    known = squeezed(public)
    wanted = {text: kind for text, kind in secrets(exercise).items() if text not in known}
    found = []
    for place in places:
        for name, text in _texts(place):
            # In a notebook or a page the same line is written with other escapes.
            plain = html.unescape(text).replace('\\"', '"').replace("\\n", "\n")
            plain = squeezed(plain.replace("\\\\", "\\"))
            # A number that another set tells of its own task gives nothing away.
            told = Path(name).name == FILE and exercise.name not in name
            found += [
                Leak(name, kind, secret)
                for secret, kind in wanted.items()
                if secret in plain and not (told and kind == "hidden value")
            ]
            if Path(name).suffix != ".py":
                found += [Leak(name, "mark", mark) for mark in MARKS if mark in text]
            if Path(name).suffix == ".ipynb" and exercise.name in name and '"nbgrader"' in text:
                found += _notebook_leaks(name, text)
    return found


def _notebook_leaks(name, text):
    """Look for outputs and metadata that a released notebook has not."""
    notebook = nbformat.reads(text, as_version=4)
    found, odd = [], [*set(notebook.metadata) - NOTEBOOK_KEYS]
    for cell in notebook.cells:
        if cell.get("outputs") or cell.get("execution_count"):
            found.append(Leak(name, "output", cell.source))
        odd += set(cell.metadata) - CELL_KEYS
        odd += set(cell.metadata.get("nbgrader", {})) - NBGRADER_KEYS
    return found + [Leak(name, "metadata", key) for key in odd]
