"""One file to hand in or to go on with elsewhere, and how to read it."""

import json
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

from coursekit.errors import CourseError
from coursekit.profile import profile
from coursekit.record.evidence import entries
from coursekit.record.lines import as_json, free_name, replace
from coursekit.record.reading import checked_row
from coursekit.record.store import record
from coursekit.record.xapi import SCHEMA, Statement, in_full, in_short, verb_of
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
FORMAT = "coursekit record"
NAME = "my_record.json"
# In bytes: some thirty times what a student of the whole course writes.
LARGEST = 100_000_000


def exported() -> tuple[bytes, str]:
    """Pack the record into one file, and say what is in it; raises CourseError if it is unread."""
    kept = record()
    statements = kept.statements()
    if kept.problem and not statements:
        raise CourseError(kept.problem)
    name = kept.name
    content = packed(statements, name, kept.skipped)
    listed = ", ".join(f"{count} {verb}" for verb, count in content["counts"].items())
    said = entries(len(statements)) + (f" ({listed})" if listed else "")
    named = SAY("name", name=repr(name)) if name else SAY["nameless"]
    return as_json(content), f"{said} and {named}"


def packed(statements: list[Statement], name: str = "", skipped: int = 0) -> dict[str, Any]:
    """Put statements of one learner into what a file holds; `read_export` reads it."""
    about: dict[str, Any] = {"coursekit": version("coursekit"), "course": profile().id}
    about |= {"name": name} if name else {}
    about |= {"counts": dict(Counter(map(verb_of, statements))), "skipped": skipped}
    about["statements"] = [in_full(made) for made in statements]
    return {"format": FORMAT, "schema": SCHEMA, **about}


def export_record(path: str | Path = NAME) -> Path:
    """Write the record into one file to hand in or to go on with elsewhere, and say what is in it.

    Parameters
    ----------
    path : str or pathlib.Path, optional
        Where to write. If the name is taken, a number is added; nothing is overwritten.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    CourseError
        If the file cannot be written, or the record cannot be read.
    """
    text, said = exported()
    try:
        file = free_name(Path(path).expanduser().absolute())
        replace(file, text)
    except OSError as trouble:
        why = trouble.strerror or trouble
        raise CourseError(SAY("not_written", path=path, why=why)) from None
    print(f"{file.name} holds {said}.")
    return file


def import_record(path: str | Path) -> int:
    """Merge a file of `export_record` into the record, and say how much of it was new.

    Nothing that was there is lost, and to load a file twice changes nothing. A page that is open
    shows what came in once it is run again.

    Parameters
    ----------
    path : str or pathlib.Path
        A file of `export_record`, or of *Save my record*.

    Returns
    -------
    int
        How many entries were new.

    Raises
    ------
    CourseError
        If the file is no record of this course, or the record cannot be written.
    """
    new, said = taken(read_export(Path(path).expanduser()))
    print(said)
    return new


def taken(content: dict[str, Any]) -> tuple[int, str]:
    """Merge what `read_export` has read, say how much was new; raises CourseError if it cannot."""
    mine = record()
    merged = mine.take_in(content["statements"], content["name"])
    if merged is None:
        raise CourseError(mine.problem)
    parts = {"new": merged.new, "known": merged.known, "aside": len(merged.aside)}
    said = [SAY(name, count=entries(n)) for name, n in parts.items() if n or name == "new"]
    return merged.new, " ".join(said)


def read_export(path: str | Path) -> dict[str, Any]:
    """Read and check a file that a student handed in.

    Parameters
    ----------
    path : str or pathlib.Path
        A file of `export_record`.

    Returns
    -------
    dict
        ``name`` (empty if none was given), ``counts``, ``skipped``, the versions, and
        ``statements`` with short names for extensions; see `to_frame` for a table.

    Raises
    ------
    CourseError
        If the file is missing or too large, is no record of this course, was made by a newer
        version of it, or is incomplete.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        # What is no plain file may have no end.
        data = path.read_bytes() if path.is_file() and size <= LARGEST else b""
    except OSError as trouble:
        raise CourseError(SAY("unreadable", path=path, why=trouble.strerror)) from None
    if size > LARGEST:
        raise CourseError(SAY("large", path=path, size=size / 1e6, usual=NAME))
    return parsed(data, path)


def parsed(data: bytes, name: object) -> dict[str, Any]:
    """Read and check the content of a file of that name; raises CourseError as `read_export`."""
    try:
        content = json.loads(data, parse_constant=_no_number)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise CourseError(SAY("no_record", name=name, usual=NAME))
    if type(content.get("schema")) is not int or content["schema"] > SCHEMA:
        newer = str(content.get("coursekit"))[:20]
        raise CourseError(SAY("newer", name=name, version=newer))
    # Earlier versions did not say of which course a record is.
    if content.get("course", profile().id) != profile().id:
        raise CourseError(SAY("elsewhere", name=name, course=str(content["course"])[:40]))
    try:
        verbs = Counter(checked_row(made).verb for made in content["statements"])
        whole = content["counts"] == verbs and isinstance(content.get("name", ""), str)
    except (CourseError, KeyError, TypeError):
        whole = False
    if not whole:
        raise CourseError(SAY("incomplete", name=name))
    statements = [in_short(made) for made in content["statements"]]
    return {"name": "", "skipped": 0, **content, "statements": statements}


def _no_number(name: str) -> None:
    raise ValueError(name)
