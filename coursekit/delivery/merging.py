"""A student's notebook and a newer one of the course made one, cell by cell."""

import copy
import hashlib
import json
from itertools import count
from typing import NamedTuple

from coursekit.sentences import Sentences

SAY = Sentences(__file__)
NEW = "-new"
LONGEST_ID = 64
# A copy beside the student's cell must be hers to delete, and is not graded.
NOT_COPIED = ("nbgrader", "deletable", "editable")


class NotByCells(ValueError):  # noqa: N818 - it is no fault
    """A file whose cells cannot be told apart: damaged, or saved without their ids."""


class Merged(NamedTuple):
    """Her notebook with what is new, and how many cells both changed, came back, or stayed hers."""

    notebook: dict
    both: int
    returned: int
    kept: int


def _hashed(value):
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _joined(source):
    return source if isinstance(source, str) else "".join(source)


def _fingerprint(cell):
    """Fingerprint of what the author of a cell wrote; not of what came out when it was run."""
    return _hashed([cell["cell_type"], _joined(cell["source"]), cell.get("attachments") or {}])


def _came_out(cell):
    return _hashed(cell.get("outputs") or [])


def _by_id(notebook):
    try:
        cells = {cell["id"]: cell for cell in notebook["cells"]}
        for cell in cells.values():
            _fingerprint(cell)
    except (KeyError, TypeError) as problem:
        raise NotByCells(str(problem)) from None
    if len(cells) != len(notebook["cells"]):
        raise NotByCells("two cells have the same id")
    return cells


def fingerprints(notebook: dict) -> dict[str, list[str]]:
    """Write down what each cell was when it was handed out; raises NotByCells if it cannot."""
    return {name: [_fingerprint(c), _came_out(c)] for name, c in _by_id(notebook).items()}


def _woven(first, second):
    """Put what only the second order has behind what it follows there."""
    order = list(first)
    there, before = set(order), None
    for name in second:
        if name not in there:
            order.insert(order.index(before) + 1 if before is not None else 0, name)
            there.add(name)
        before = name
    return order


def _copy_beside(cell, name):
    """Copy a cell of the course that stands behind one of hers, and say so in it."""
    made = copy.deepcopy(cell)
    made["id"] = name
    for key in NOT_COPIED:
        made.get("metadata", {}).pop(key, None)
    sign = {"code": f"# {SAY['sign']}\n", "markdown": f"> **{SAY['sign']}**\n\n"}
    made["source"] = sign.get(cell["cell_type"], "") + _joined(cell["source"])
    if cell["cell_type"] == "code":
        made["outputs"], made["execution_count"] = [], None
    return made


def _free(name, hers, made):
    """Find an id for a copy: none of hers, unless that is the same copy."""
    for number in count(1):
        ending = NEW if number == 1 else f"{NEW}-{number}"
        wanted = name[: LONGEST_ID - len(ending)] + ending
        if wanted not in hers or _fingerprint(hers[wanted]) == _fingerprint(made):
            return wanted


def merge(before: dict[str, list[str]], hers: dict, ours: dict) -> Merged:
    """Bring into a student's notebook what the course has changed, and lose nothing of hers.

    A cell that one side alone has changed is taken from that side. Where both have, hers stays in
    its place and ours follows it under a line that says so. Cells that she added stay behind what
    they followed; what she deleted stays away unless the course has changed it.
    Raises NotByCells if the cells of either cannot be told apart.
    """
    mine, new = _by_id(hers), _by_id(ours)
    old = [name for name in before if name in mine]
    moved = old != [name for name in mine if name in before]
    order = _woven(mine, new) if moved else _woven(new, mine)
    cells, both, returned, kept = [], 0, 0, 0
    for name in order:
        own, came = mine.get(name), new.get(name)
        was, was_out = before.get(name, (None, None))
        if own is None:
            if was is None or _fingerprint(came) != was:
                returned += was is not None
                cells.append(came)
        elif came is None:
            # What the course has taken out goes, if it is as it came.
            if was is None or _fingerprint(own) != was:
                kept += was is not None
                cells.append(own)
        elif _fingerprint(own) == _fingerprint(came):
            ran = _came_out(own) != was_out
            cells.append({**came, **_results(own)} if ran else came)
        elif _fingerprint(own) == was:
            cells.append(came)
        else:
            cells.append(own)
            if _fingerprint(came) != was:
                both += 1
                made = _copy_beside(came, name)
                made["id"] = _free(name, mine, made)
                if made["id"] not in mine:
                    cells.append(made)
    metadata = {**hers.get("metadata", {}), **ours.get("metadata", {})}
    minor = max(hers.get("nbformat_minor", 5), ours.get("nbformat_minor", 5))
    whole = {**ours, "cells": cells, "metadata": metadata, "nbformat_minor": minor}
    return Merged(whole, both, returned, kept)


def _results(cell):
    return {name: cell[name] for name in ("outputs", "execution_count") if name in cell}
