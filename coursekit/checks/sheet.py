"""The sheet of a set (``checks.yaml``): tasks and their checks, written as Python expressions."""

from pathlib import Path
from typing import Any

from coursekit import documents
from coursekit.errors import CourseError

__all__ = ["FILE", "parse", "read", "tells"]

FILE = "checks.yaml"
SCHEMA = Path(__file__).with_name("sheet.schema.json")
Sheet = dict[str, Any]
Entry = dict[str, Any]


def parse(text: str, where: str = FILE) -> Sheet:
    """Read a sheet from its text; raises CourseError, with the name given, if it is not valid."""
    sheet: Sheet = documents.parse(text, where)
    wrong, _ = documents.misfits(sheet, SCHEMA, where, "tasks")
    if wrong:
        raise CourseError("\n".join(wrong))
    return sheet


def read(path: Path) -> Sheet:
    """Read a sheet from a file; raises CourseError as `parse`."""
    return parse(path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name}")


def tells(entry: Entry, name: str) -> bool:
    """Say whether the checks of a task tell if an answer is right, or only if it is possible.

    A check that is a condition on the answer, such as ``0 < border < 5000``, asks for its form.

    Parameters
    ----------
    entry : dict
        The task, from a sheet.
    name : str
        Its name.

    Returns
    -------
    bool
        Whether a check asks for the value itself.

    Examples
    --------
    >>> form, value = {"call": "0 < border < 5000", "equals": True}, {"equals": 1108}
    >>> tells({"checks": [form]}, "border"), tells({"checks": [form, value]}, "border")
    (False, True)
    """
    truth = "arguments" in entry and "bool" in entry["returns"]
    return any(
        truth or check.get("call", name) == name or not isinstance(check.get("equals"), bool)
        for check in entry["checks"]
    )
