"""A student's own copy of the course: written once, then brought up to date."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from coursekit.content import DELIVERED, USUAL, folder, working_copy
from coursekit.delivery.merging import fingerprints, merge
from coursekit.errors import CourseError
from coursekit.record.lines import free_name, replace
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
PARTS = ("notebooks/*.ipynb", "exercises/release/*/*", "docs/record.md", "docs/students.md")


class Done(NamedTuple):
    """What `get` did with one file; `said` is empty if there is nothing to look at."""

    path: str
    said: str = ""


def the_folder(place: str | Path | None = None) -> Path:
    """Find the folder that `get` means: that given, else the copy that is here, else ``course``."""
    return Path(place).expanduser().resolve() if place else working_copy() or Path.cwd() / USUAL


def get(place: str | Path | None = None) -> Iterator[Done]:
    """Write the course into a folder, or bring what lies there up to date.

    Nothing of the student's is lost: of a notebook that she and the course have changed, each cell
    is taken from whoever changed it, and both stand there if both did. Another file that both have
    changed stays as it is, and the new one is put beside it. Raises CourseError if
    the folder cannot be one for this.
    """
    home = the_folder(place)
    source = folder("notebooks").parent
    if home == source or (home / "coursekit" / "__init__.py").is_file():
        raise CourseError(SAY("checkout", home=home))
    found = (path for part in PARTS for path in sorted(source.glob(part)) if path.is_file())
    files = {path.relative_to(source).as_posix(): path for path in found}
    before = _delivered(home)
    try:
        for name, path in files.items():
            if done := _bring(home / name, path.read_bytes(), before.get(name, {}), name):
                yield done
        yield from _taken_out(home, before, files)
        state = {name: _handed_out(name, path.read_bytes()) for name, path in files.items()}
        (home / DELIVERED).parent.mkdir(exist_ok=True)
        replace(home / DELIVERED, json.dumps({"files": state}, indent=1).encode())
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise CourseError(SAY("not_written", home=home, why=why)) from None


def _delivered(home):
    try:
        files = json.loads((home / DELIVERED).read_text(encoding="utf-8"))["files"]
        return {name: {"sha256": f["sha256"], "cells": f["cells"]} for name, f in files.items()}
    # Without it every difference counts as hers, and both stay.
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _handed_out(name, data):
    cells = fingerprints(json.loads(data)) if name.endswith(".ipynb") else {}
    return {"sha256": _checksum(data), "cells": cells}


def _checksum(data):
    return hashlib.sha256(data).hexdigest()


def _bring(target, data, before, name):
    """Bring one file up to date; None if it is."""
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        replace(target, data)
        return Done(name, SAY["again"] if before else "")
    hers, was = target.read_bytes(), before.get("sha256")
    if hers == data or _checksum(data) == was:
        return None
    if _checksum(hers) == was:
        replace(target, data)
        return Done(name)
    if target.suffix == ".ipynb":
        try:
            made = merge(before.get("cells", {}), json.loads(hers), json.loads(data))
        # It is no JSON, or has no cells to go by.
        except ValueError:
            return _file_beside(target, data, name)
        text = json.dumps(made.notebook, indent=1, ensure_ascii=False, sort_keys=True)
        replace(target, f"{text}\n".encode("utf-8", "surrogatepass"))
        counts = {"both": made.both, "returned": made.returned, "kept": made.kept}
        return Done(name, " ".join(SAY(k, n=n) for k, n in counts.items() if n))
    return _file_beside(target, data, name)


def _file_beside(target, data, name):
    """Put the new file beside hers, under a name that is free or has it already."""
    other = free_name(target.with_suffix(f".new{target.suffix}"), lambda p: p.read_bytes() == data)
    replace(other, data)
    return Done(name, SAY("beside", other=other.name))


def _taken_out(home, before, files):
    """Take away what is no longer in the course, unless she has changed it."""
    for name, was in before.items():
        target = home / name
        # The list lies in her folder; a name in it must not lead out of it.
        inside = home in Path(os.path.normpath(target)).parents
        if name in files or not inside or not target.is_file():
            continue
        if _checksum(target.read_bytes()) == was["sha256"]:
            target.unlink()
            yield Done(name, SAY["gone"])
        else:
            yield Done(name, SAY["hers"])
