"""One file to hand in, and how to read it."""

import json
from collections import Counter
from importlib.metadata import version
from pathlib import Path

from coursekit.errors import CourseError
from coursekit.record.lines import replace
from coursekit.record.reading import checked_row
from coursekit.record.store import record
from coursekit.record.xapi import SCHEMA, in_full, in_short, verb_of

__all__ = ["export_record", "read_export"]

FORMAT = "coursekit record"


def _free(path):
    """Find a name that is not taken: my_record.json, my_record-2.json and so on."""
    names = (path if n == 1 else path.with_stem(f"{path.stem}-{n}") for n in range(1, 10_000))
    return next(name for name in names if not name.exists())


def export_record(path="my_record.json"):
    """Write the record into one file to hand in, and say what is in it.

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
    kept = record()
    statements = kept.statements()
    if kept.problem and not statements:
        raise CourseError(kept.problem)
    counts = Counter(map(verb_of, statements))
    name = kept.name
    content = {
        "format": FORMAT,
        "schema": SCHEMA,
        "coursekit": version("coursekit"),
        **({"name": name} if name else {}),
        "counts": dict(counts),
        "skipped": kept.skipped,
        "statements": [in_full(made) for made in statements],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    try:
        path = _free(Path(path).expanduser().absolute())
        replace(path, text.encode("utf-8", "replace"))
    except OSError as trouble:
        raise CourseError(
            f"Your record could not be written to {path} ({trouble.strerror or trouble}). Give "
            "another place, such as ck.export_record('~/my_record.json')."
        ) from None
    said = ", ".join(f"{count} {verb}" for verb, count in counts.items())
    print(
        f"{path.name} holds {len(statements)} {'entry' if len(statements) == 1 else 'entries'}"
        f"{f' ({said})' if said else ''} and {f'the name {name!r}' if name else 'no name'}."
    )
    return path


def read_export(path):
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
        If the file is missing, is none of ours, was made by a newer course, or is incomplete.
    """
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as trouble:
        raise CourseError(
            f"{path} cannot be read ({trouble.strerror}). Give the path of a file that "
            "ck.export_record() has written."
        ) from None
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise CourseError(
            f"{path} is not a record of the course. Ask for the file that ck.export_record() "
            "writes; it is called my_record.json unless the student named it otherwise."
        )
    if not isinstance(content.get("schema"), int) or content["schema"] > SCHEMA:
        raise CourseError(
            f"{path} was written by a newer version of the course ({content.get('coursekit')}). "
            "Install that version to read it."
        )
    try:
        verbs = Counter(checked_row(made).verb for made in content["statements"])
        whole = content["counts"] == verbs and isinstance(content.get("name", ""), str)
    except (CourseError, KeyError, TypeError):
        whole = False
    if not whole:
        raise CourseError(
            f"{path} is incomplete or was changed: its entries and their counts do not agree. "
            "Ask the student to export the record again."
        )
    return {
        "name": "",
        "skipped": 0,
        **content,
        "statements": [in_short(made) for made in content["statements"]],
    }
