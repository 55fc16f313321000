"""Read a notebook as it was handed in, and what the grader has noted in one that it has graded."""

import codecs
import json
from pathlib import Path

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
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


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
        content = json.loads(_text(data), strict=False)
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


def _text(data):
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding).removeprefix("\ufeff")
    if b"\0" in data[:4]:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    return data.decode("utf-8")


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


def summary(notebook) -> str | None:
    """Sum up in one line why points are missing; None if the notebook was graded elsewhere."""
    about = notebook.metadata.get(KEY)
    if about is None:
        return None
    said, reasons = "", [*about.get("notes", ()), *about.get("reasons", ())]
    for left, reason in zip(range(len(reasons), 0, -1), reasons, strict=True):
        more = SAY("more", left=left)
        longer = f"{said}; {reason}" if said else reason
        if len(longer) + (len(more) if left > 1 else 0) > LONGEST:
            return f"{said}{more}" if said else reason[:LONGEST]
        said = longer
    return said
