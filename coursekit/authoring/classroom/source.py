"""The source of an exercise set: a notebook with solutions, and the sheet of its checks.

Authors write plain cells. What nbgrader wants to know about a cell follows from the cell and the
sheet: a cell with ``### BEGIN SOLUTION`` is an answer, a cell ``ck.check("02.members_in")`` grades
it, and its points are those of the task's checks; further tasks have none and are not graded. An
answer may fail without stopping what follows.
"""

import os
import re
import sysconfig
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coursekit.checks.sheet import FILE, read
from coursekit.content import PACKAGE, folder
from coursekit.errors import CourseError, unknown
from coursekit.ids import notebook_of

__all__ = [
    *("CONFIG", "TOTAL", "ExerciseSet", "course_folder", "exercise_set", "exercise_sets"),
    *("mark", "place_of_settings", "settings", "worked"),
]

CONFIG = "nbgrader_config.py"
TOTAL = 20
CHECK = re.compile(r'^ck\.check\("(\w+)\.(\w+)"\)$')
SOLUTION = "### BEGIN SOLUTION"
EDGE = re.compile(r"\s*### (BEGIN|END) SOLUTION")
# JupyterLab and nbconvert go on after a cell with this tag, whatever a student wrote into it.
MAY_FAIL = "raises-exception"


@dataclass(frozen=True)
class ExerciseSet:
    """The source of one set.

    Parameters
    ----------
    folder : pathlib.Path
        Such as ``exercises/source/02_who_joined_when``.
    """

    folder: Path

    @property
    def name(self):
        """Name of folder and notebook, such as ``"02_who_joined_when"``."""
        return self.folder.name

    @property
    def notebook(self):
        """Path of the notebook."""
        return self.folder / f"{self.name}.ipynb"

    @cached_property
    def sheet(self):
        """The checks as written; see `coursekit.checks.sheet`."""
        return read(self.folder / FILE)

    @property
    def rubric(self):
        """Path of the marking guide for the writing tasks."""
        return self.folder.parent.parent / "rubrics" / f"{self.name}.md"

    @property
    def rubrics(self):
        """Paths of all marking guides that speak of this set."""
        shared = self.rubric.parent.glob("[!0-9]*.md")
        return [path for path in (self.rubric, *sorted(shared)) if path.is_file()]


def place_of_settings() -> Path:
    """Find nbgrader's settings: in this folder, as nbgrader itself does, or else the course's."""
    if Path(CONFIG).is_file():
        return Path.cwd()
    own = folder("exercises").parent
    return own if (own / CONFIG).is_file() else PACKAGE.parent


def settings():
    """Read nbgrader's settings, and let it find its helpers."""
    from traitlets.config import PyFileConfigLoader

    # nbgrader calls alembic by its name, also where the environment is not activated.
    scripts, path = sysconfig.get_path("scripts"), os.environ.get("PATH", "")
    if scripts not in path.split(os.pathsep):
        os.environ["PATH"] = scripts + os.pathsep + path
    return PyFileConfigLoader(CONFIG, path=str(place_of_settings())).load_config()


def course_folder() -> Path:
    """Find the folder with ``source`` and ``submitted``."""
    return place_of_settings() / "exercises"


def exercise_sets(exercises=None):
    """List the sets.

    Parameters
    ----------
    exercises : pathlib.Path, optional
        The folder that holds ``source``; that of the course if left out.

    Returns
    -------
    list of ExerciseSet
        In the order of their numbers.
    """
    source = (exercises or folder("exercises")) / "source"
    return [ExerciseSet(path.parent) for path in sorted(source.glob(f"*/{FILE}"))]


def exercise_set(name, exercises=None):
    """Find a set.

    Parameters
    ----------
    name : str
        Its name or the number at its beginning.
    exercises : pathlib.Path, optional
        As in `exercise_sets`.

    Returns
    -------
    ExerciseSet
        The set.

    Raises
    ------
    CourseError
        If there is none.
    """
    sets = {each.name: each for each in exercise_sets(exercises)}
    for full, each in sets.items():
        if name in (full, notebook_of(full)):
            return each
    raise unknown("exercise set", name, sets)


def worth(task):
    """Add up the points of a task as written in the sheet."""
    points = task.get("points", 0) + sum(c.get("points", 0) for c in task.get("checks", []))
    return round(points, 2)


def worked(notebook) -> dict[str, str]:
    """Read the worked solution of each task, by its name, from a marked source notebook."""
    found = {}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if name.endswith("-answer"):
            lines = (line for line in cell.source.splitlines() if not EDGE.match(line))
            found[name.removesuffix("-answer")] = "\n".join(lines)
    return found


def mark(notebook, sheet):
    """Write nbgrader's metadata into the cells of a source notebook.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The notebook; changed in place.
    sheet : dict
        Its checks.

    Returns
    -------
    nbformat.NotebookNode
        The same notebook.

    Raises
    ------
    CourseError
        If notebook and sheet do not fit together; the message says where.
    """
    found, answer = [], None
    writing = [name for name, task in sheet["tasks"].items() if task["kind"] == "writing"]
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)
        cell.metadata.pop("tags", None)
        check = CHECK.match(cell.source.strip()) if cell.cell_type == "code" else None
        if SOLUTION in cell.source and cell.cell_type == "markdown":
            if not writing:
                raise CourseError("A text cell has a solution, and the sheet has no writing task.")
            name = writing.pop(0)
            _set(cell, name, grade=True, solution=True, points=worth(sheet["tasks"][name]))
            found.append(name)
        elif SOLUTION in cell.source:
            if answer is not None:
                raise CourseError(f"No check follows this answer:\n{answer.source}")
            answer = cell
        elif check:
            number, name = check.groups()
            if number != sheet["set"] or name not in sheet["tasks"]:
                raise unknown("task", f"{number}.{name}", sheet["tasks"])
            if answer is None:
                raise CourseError(f"The check of {name} has no cell with a solution above it.")
            _set(answer, f"{name}-answer", solution=True)
            answer.metadata["tags"] = [MAY_FAIL]
            entry = sheet["tasks"][name]
            _set(cell, name, grade=entry["kind"] != "further", locked=True, points=worth(entry))
            found.append(name)
            answer = None
        elif "ck.check(" in cell.source and cell.cell_type == "code":
            raise CourseError(f"A check stands in a cell of its own, without more:\n{cell.source}")
    if found != list(sheet["tasks"]):
        raise CourseError(
            f"The notebook has the tasks {', '.join(found)}; the sheet has "
            f"{', '.join(sheet['tasks'])}. Both need the same tasks in the same order."
        )
    total = sum(worth(task) for task in sheet["tasks"].values())
    if total != TOTAL:
        raise CourseError(f"The set is worth {total:g} points. All sets are worth {TOTAL}.")
    return notebook


def _set(cell, name, *, grade=False, solution=False, locked=False, points=None):
    cell.id = name.replace("_", "-")
    about = {"grade": grade, "grade_id": name, "locked": locked, "schema_version": 3}
    about |= {"solution": solution, "task": False, **({"points": points} if grade else {})}
    cell.metadata["nbgrader"] = about
