"""Make submissions from what a case says a student does."""

import json
from copy import deepcopy
from pathlib import Path

import nbformat
import yaml
from nbformat.v3 import nbjson
from nbformat.v4 import new_code_cell

from coursekit.authoring.classroom.source import exercise_set

__all__ = ["CASES", "NAME", "SET", "honest", "hostile"]

SET = exercise_set("02")
NAME = SET.name
CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
RELEASE = SET.folder.parents[1] / "release"
UPWARDS = ["../" * depth for depth in range(1, 9)]
READS = """
found = []
for path in {paths}:
    try:
        found.append(open(path, "rb").read(20))
    except OSError:
        pass
"""
WRITES = """
import os
for path in {paths}:
    for act in (
        lambda: open(path, "a").write("x"),
        lambda: os.chmod(path, 0o777),
        lambda: os.utime(path),
        lambda: os.rename(path, path + "2"),
        lambda: os.unlink(path),
        lambda: os.symlink("/", path),
    ):
        try:
            act()
        except OSError:
            pass
"""


def honest(number, start="perfect", text="My own words about the record."):
    """Make a submission to a set, with all answers right or none."""
    exercise = exercise_set(number)
    notebook = nbformat.read(RELEASE / exercise.name / f"{exercise.name}.ipynb", as_version=4)
    solutions = {
        name: cell.source
        for cell in nbformat.read(exercise.notebook, as_version=4).cells
        if (name := name_of(cell)).endswith("-answer")
    }
    for cell in notebook.cells if start == "perfect" else ():
        if name_of(cell) in solutions:
            cell.source = solutions[name_of(cell)]
        elif cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = text
    return notebook


def name_of(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def hostile(case, place, port):
    """Make the bytes of a submission, and the name of its file."""
    notebook = honest("02", case.get("start", "perfect"))
    cells = {name_of(cell): cell for cell in notebook.cells if name_of(cell)}
    for task, code in case.get("answers", {}).items():
        cells[f"{task}-answer"].source = code
    path = case.get("reads", case.get("writes", ""))
    whole = str(place / path)
    paths = [whole, *[up + part for up in UPWARDS for part in (path, whole[1:])]]
    if "reads" in case:
        case = {**case, "tells": READS.format(paths=paths)}
    if "writes" in case:
        case = {**case, "first": WRITES.format(paths=paths)}
    if "tells" in case:
        case = {**case, "first": case["tells"].replace("PORT", str(port))}
        cells["neutral_years-answer"].source = "neutral_years = str(found) if found else 4"
    for name, source in case.get("source", {}).items():
        cells[name].source = source
    for name, kind in case.get("retype", {}).items():
        cells[name].cell_type = kind
    _rearrange(notebook, cells, case)
    if "first" in case:
        notebook.cells.insert(2, new_code_cell(case["first"]))
    if "last" in case:
        notebook.cells.append(new_code_cell(case["last"]))
    _strip(notebook, case.get("strip", ""))
    file = f"{NAME}.ipynb" if case.get("file") != "misnamed" else "homework.ipynb"
    return file, _bytes(notebook, case.get("file", ""))


def _rearrange(notebook, cells, case):
    checks = [cell for cell in cells.values() if cell.source.startswith("ck.check(")]
    copied = case.get("copy", [])
    for cell in list(notebook.cells):
        if copied == "all" or name_of(cell) in copied:
            notebook.cells.insert(notebook.cells.index(cell), deepcopy(cell))
    deleted = case.get("delete", [])
    for cell in list(notebook.cells):
        gone = cell in checks if deleted == "checks" else name_of(cell) in deleted
        if gone or deleted == "all":
            notebook.cells.remove(cell)
    move = case.get("move", "")
    if move == "checks first":
        rest = [cell for cell in notebook.cells if cell not in checks]
        notebook.cells = rest[:2] + checks + rest[2:]
    elif move == "reversed":
        notebook.cells = notebook.cells[:2] + notebook.cells[:1:-1]
    elif move:
        cell = cells[move.split()[0]]
        notebook.cells.remove(cell)
        notebook.cells.append(cell)


def _strip(notebook, what):
    for number, cell in enumerate(notebook.cells):
        about = cell.metadata.get("nbgrader")
        if what in ("metadata", "all"):
            cell.metadata = {}
        if what == "all":
            cell.id = f"x{number}"
        if what == "outputs" and cell.cell_type == "code":
            del cell["outputs"], cell["execution_count"]
        if about and what.startswith("schema"):
            about["schema_version"] = int(what.split()[1])
        if about and what.startswith("points"):
            about["points"] = 100
        if about and what == "path":
            about["grade_id"] = "../../../" + about["grade_id"]
        if not about and what == "foreign":
            cell.metadata["nbgrader"] = {"grade": True, "grade_id": f"x{number}", "points": 5}


def _bytes(notebook, what):
    if what == "r":
        notebook.metadata.kernelspec = {"name": "ir", "display_name": "R", "language": "R"}
    if what == "no kernel":
        notebook.metadata = {}
    text = json.dumps(notebook, indent=1)
    if what == "v3":
        text = nbjson.writes(nbformat.convert(notebook, 3))
    if what == "odd cells":
        odd = [None, 5, [], {}, {"cell_type": "x"}, {"cell_type": "code", "source": 5}]
        text = json.dumps({**notebook, "cells": [*odd, *notebook.cells]})
    if what == "crowded":
        cells = [{"cell_type": "markdown", "source": ""}] * 2000
        text = json.dumps({**notebook, "cells": [*notebook.cells, *cells]})
    if what == "lines":
        text = text.replace("LINES", "members_in:\\n" * 20_000)
    if what in ("crowded", "lines"):
        return text.encode()
    if what in ("", "misnamed", "r", "no kernel", "v3", "odd cells", "surrogate"):
        return text.encode()
    return {
        "empty": b"",
        "cut": text[: len(text) // 2].encode(),
        "text": b"print('hello')",
        "list": b"[1, 2]",
        "number": b"7",
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
        "nested": b"[" * 200_000,
        "bom": b"\xef\xbb\xbf" + text.encode(),
        "utf-16": text.encode("utf-16"),
        "utf-16-le": text.encode("utf-16-le"),
        "crlf": text.replace("\n", "\r\n").replace("\\n", "\\r\\n").encode(),
    }[what]
