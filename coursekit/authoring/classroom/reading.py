"""Read a notebook as it was handed in, and what the grader has noted in one that it has graded."""

import json
from pathlib import Path
from textwrap import shorten

from nbformat import NotebookNode, from_dict

from coursekit.errors import CourseError
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# Where an autograded notebook keeps what the grader says about it.
KEY = "coursekit"
LARGEST = 20_000_000  # bytes
# A notebook with more cells, or more characters of code, is no answer to anything.
MOST, LONGEST_CODE = 1000, 300_000
LONGEST = 200  # characters of a reason


def read(path: Path) -> NotebookNode:
    """Read a notebook of any age and encoding, cells only.

    Raises CourseError if it is none; the message says why.
    """
    if path.stat().st_size > LARGEST:
        raise CourseError(SAY("large", size=path.stat().st_size / 1e6))
    data = path.read_bytes()
    if not data.strip(b" \t\r\n\0"):
        raise CourseError(SAY["empty"])
    try:
        content = json.loads(data, strict=False)
        found = content["cells"] if "cells" in content else content["worksheets"][0]["cells"]
        cells = [cell for cell in map(_cell, found[: MOST + 1]) if cell]
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, RecursionError) as wrong:
        raise CourseError(SAY["damaged"]) from wrong
    code = sum(len(cell.source) for cell in cells if cell.cell_type == "code")
    if len(found) > MOST or code > LONGEST_CODE:
        raise CourseError(SAY("crowded", cells=len(found), code=code))
    about = content.get("metadata")
    kernel = about.get("kernelspec") if isinstance(about, dict) else {}
    language = kernel.get("language") if isinstance(kernel, dict) else None
    metadata = {"language": language} if isinstance(language, str) else {}
    return from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def _joined(value):
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    text = value if isinstance(value, str) else ""
    # Half a character cannot be written to a file again.
    return text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _cell(found):
    """Copy a cell, of this format or an older one, without anything that is not needed."""
    if not isinstance(found, dict):
        return None
    kind = found.get("cell_type")
    kind = {"heading": "markdown", "html": "markdown"}.get(kind, kind)
    if kind not in ("code", "markdown", "raw"):
        return None
    about = found.get("metadata")
    about = about.get("nbgrader") if isinstance(about, dict) else None
    name = about.get("grade_id") if isinstance(about, dict) else None
    cell = {
        "cell_type": kind,
        "source": _joined(found.get("source", found.get("input"))),
        "metadata": {"nbgrader": {"grade_id": name}} if isinstance(name, str) else {},
    }
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    if isinstance(found.get("id"), str):
        cell["id"] = found["id"]
    return from_dict(cell)


def summary(notebook) -> str:
    """Sum up in one line why points are missing; empty if none are."""
    about = notebook.metadata.get(KEY, {})
    reasons = [*about.get("notes", ()), *about.get("reasons", ())]
    return shorten("; ".join(reasons), LONGEST, placeholder=SAY["more"])
