"""From a saved notebook to the file that is handed in: looked through, run, well named."""

import datetime as dt
import os
import re
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from coursekit.checks.sheet import FILE, Sheet, read
from coursekit.content import folder
from coursekit.errors import CourseError
from coursekit.ids import notebook_of
from coursekit.record.lines import replace
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
PLACE = "hand_in"
SET = re.compile(r"\d\d(_\w+)?")
NAME = re.compile(r"[^\W_](?:[\w-]{0,38}[^\W_])?")
# What a release has in place of an answer.
STUBS = ("# Your own lines go here.", "*Write your answer here.*")
BLANK = re.compile(r"^\s*\w+ = \.\.\.", re.MULTILINE)
LARGEST = 10_000_000  # bytes
SECONDS = 60  # for a cell, as when it is graded


class HandedIn(NamedTuple):
    """What was made: the file, when the notebook in it was saved, what is open and what failed."""

    path: Path
    saved: dt.datetime
    open: list[str]
    failed: list[str]


def hand_in(name: str, place: str | Path = ".") -> HandedIn:
    """Look through the notebook of a set, run it afresh, and put it under the name collected.

    The place is the folder of the set, or one notebook in it, or the set's number or name.
    The file holds the notebook as it was saved. Nothing in it is changed, and what is open or fails
    does not keep it from being handed in.

    Raises CourseError if the name is none, if there is no set in the folder, or if the file is too
    large.
    """
    chosen = _find_place(place)
    home = chosen if chosen.is_dir() else chosen.parent
    name = name.strip()
    if not NAME.fullmatch(name):
        raise CourseError(SAY["name"])
    if not (home / FILE).is_file():
        raise CourseError(SAY("no_sheet", file=FILE, folder=home))
    sheet = read(home / FILE)
    source, notebook, others = _notebook(chosen, sheet)
    content = source.read_bytes()
    if len(content) > LARGEST:
        raise CourseError(SAY("size", size=len(content) / 1e6, most=LARGEST / 1e6))
    target = home / PLACE / f"{name}_{_set_name(sheet)}.ipynb"
    target.parent.mkdir(exist_ok=True)
    replace(target, content)
    found = [SAY("others", name=source.name, others=", ".join(others))] if others else []
    saved = dt.datetime.fromtimestamp(source.stat().st_mtime)
    still = [*found, *_open(notebook, sheet)]
    return HandedIn(target, saved, still, _failed(notebook, home))


def _find_place(place: str | Path) -> Path:
    """Find a folder or a notebook; a set lies here, in a folder of its name, or in the course."""
    path = Path(place).resolve()
    if path.exists() or not SET.fullmatch(str(place)):
        return path
    number = notebook_of(str(place))
    with suppress(FileNotFoundError):
        homes = [*Path.cwd().glob("[0-9][0-9]_*"), *folder("exercises").glob("release/*")]
        for home in (Path.cwd(), *homes):
            if (home / FILE).is_file() and read(home / FILE)["set"] == number:
                return home.resolve()
    raise CourseError(SAY("no_place", place=place))


def _set_name(sheet: Sheet) -> str:
    """Name the set as instructors do: its notebook has the same name."""
    found = [path.stem for path in folder("notebooks").glob(f"{sheet['set']}_*.ipynb")]
    if not found:
        raise CourseError(SAY("no_set", number=sheet["set"]))
    return found[0]


def _parsed(path: Path) -> Any:
    import nbformat

    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call] # nbformat's
    except Exception:  # It is damaged, or no notebook.
        return None


def _notebook(place: Path, sheet: Sheet) -> tuple[Path, Any, list[str]]:
    """Find the notebook with the tasks of the set, the newest if there are several."""
    wanted, found = set(sheet["tasks"]), {}
    for path in place.glob("*.ipynb") if place.is_dir() else [place]:
        notebook = _parsed(path)
        about = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells] if notebook else []
        if wanted & {one.get("grade_id") for one in about}:
            found[path] = notebook
    if not found:
        raise CourseError(SAY("no_notebook", folder=place))
    newest = max(found, key=lambda path: path.stat().st_mtime_ns)
    return newest, found[newest], sorted(path.name for path in found if path != newest)


def _open(notebook: Any, sheet: Sheet) -> list[str]:
    """Say which tasks have no cell, several, or no answer yet."""
    about = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    counts = Counter(one.get("grade_id") for one in about)
    texts = {one.get("grade_id"): c.source for one, c in zip(about, notebook.cells, strict=True)}
    # The sheet that students get names no writing.
    writing = [one["grade_id"] for one in about if one.get("grade") and one.get("solution")]
    marked = [task for task, entry in sheet["tasks"].items() if entry["kind"] != "further"]
    said, unanswered = [], []
    for task in dict.fromkeys([*marked, *writing]):
        answer = task if task in writing else f"{task}-answer"
        if answer not in texts:
            said.append(SAY("missing", task=task))
        elif counts[answer] > 1 or counts[task] > 1:
            said.append(SAY("twice", task=task))
        elif any(stub in texts[answer] for stub in STUBS) or BLANK.search(texts[answer]):
            unanswered.append(task)
    return said + ([SAY("unanswered", tasks=", ".join(unanswered))] if unanswered else [])


def _failed(notebook: Any, place: Path) -> list[str]:
    """Run all boxes in a new kernel, with a record of its own, and say which stopped."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    with tempfile.TemporaryDirectory() as private:
        here = {"metadata": {"path": str(place)}}
        client = NotebookClient(notebook, timeout=SECONDS, allow_errors=True, resources=here)
        try:
            client.execute(env={**os.environ, "COURSEKIT_RECORD": private})
        except CellTimeoutError:
            return [SAY("endless", seconds=SECONDS)]
        except DeadKernelError:
            return [SAY["died"]]
    boxes = [cell for cell in notebook.cells if cell.cell_type == "code"]
    outputs = [(number, each) for number, cell in enumerate(boxes, 1) for each in cell.outputs]
    errors = [(number, each) for number, each in outputs if each.output_type == "error"]
    return [SAY("stopped", number=n, error=e.ename, text=e.evalue[:150]) for n, e in errors]
