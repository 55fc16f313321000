"""What a submission's answers come to, written as data: nothing in it can run.

A value leaves the process of a student as JSON that names its kind, and is made anew outside. So
an answer is judged by what it is, and never by methods of its own.
"""

import builtins
from hashlib import sha256
from typing import Any

from coursekit.checks.comparing import KINDS, SEQUENCES, kind_of, plain
from coursekit.checks.running import MISSING, Ran, message

__all__ = ["decode", "decode_ran", "encode", "encode_ran"]

LONGEST, DEEPEST, MOST, LARGEST = 20_000, 20, 20_000, 1_000_000
BASIC = {*KINDS, *SEQUENCES, "None", "bool", "DataFrame", "ellipsis"}


def encode(value: object) -> list:
    """Write a value as data; what is no number, text or container is written as its kind."""
    if value is MISSING:
        return ["missing"]
    try:
        return _encoded(value, [MOST], 0)
    except Exception:  # It cannot be looked into.
        return ["other", type(value).__name__[:40]]


def _encoded(value, left, depth):
    kind = kind_of(value)
    left[0] -= 1
    many = kind in ("dict", "set", *SEQUENCES)
    if left[0] < ((getattr(value, "size", 0) or len(value)) if many else 0):
        raise ValueError("too much")
    if depth > DEEPEST or (kind == "DataFrame" and value.size > LARGEST):
        return ["other", kind[:40]]
    if value is None or value is ...:
        return [kind]
    if kind == "DataFrame":
        # No check expects a table; it only matters whether two of them are the same.
        return [kind, sha256(str(value.to_dict("list")).encode("utf-8", "replace")).hexdigest()]
    if kind == "bool":
        return ["bool", bool(value)]
    if kind == "int":
        return ["int", hex(plain(value))]
    if kind == "float":
        return ["float", float.hex(plain(value))]
    if kind == "str":
        return ["str", plain(value)[:LONGEST]]
    if kind in ("set", *SEQUENCES):
        parts = value.tolist() if hasattr(type(value), "tolist") else value
        return [kind, [_encoded(part, left, depth + 1) for part in parts]]
    if kind == "dict":
        pairs = value.items()
        return [kind, [[_encoded(part, left, depth + 1) for part in pair] for pair in pairs]]
    return ["other", kind[:40]]


def decode(data: Any) -> object:
    """Make a value from data of a student's process, whatever it is; ValueError if it is none."""
    try:
        return _decoded(data, [MOST + 1], 0)
    except (AttributeError, LookupError, OverflowError, RecursionError, TypeError) as wrong:
        raise ValueError("not a value") from wrong


def _decoded(data, left, depth):
    kind, *rest = data
    left[0] -= 1
    if depth > DEEPEST + 1 or left[0] < 0:
        raise ValueError("too much")
    if kind in ("None", "ellipsis", "missing"):
        return {"None": None, "ellipsis": ..., "missing": MISSING}[kind]
    if kind == "bool":
        return rest[0] is True
    if kind == "int":
        return int(rest[0], 16)
    if kind == "float":
        return float.fromhex(rest[0])
    if kind == "str":
        return _whole(str.__str__(rest[0])[:LONGEST])
    if kind == "dict":
        pairs = [[_decoded(part, left, depth + 1) for part in (key, of)] for key, of in rest[0]]
        keys = _apart([_fixed(key) for key, _ in pairs])
        return dict(zip(keys, (of for _, of in pairs), strict=True))
    if kind == "set":
        return set(_apart([_fixed(_decoded(part, left, depth + 1)) for part in rest[0]]))
    if kind in SEQUENCES:
        return _sequence(kind, [_decoded(part, left, depth + 1) for part in rest[0]])
    if kind == "DataFrame":
        import pandas as pd

        return pd.DataFrame({"table": [str(rest[0])[:64]]})
    return _stranger(str(rest[0])[:40])


def _whole(text):
    """Put a sign for half a character, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _apart(keys):
    """Refuse keys that were made to have one hash: to look them up would take hours."""
    if len(set(map(hash, keys))) < len(keys) - 100:
        raise ValueError("all alike")
    return keys


def _fixed(value):
    return tuple(map(_fixed, value)) if isinstance(value, list | tuple) else value


def _sequence(kind, parts):
    if kind in ("tuple", "list"):
        return tuple(parts) if kind == "tuple" else parts
    import numpy as np
    import pandas as pd

    array = np.empty(len(parts), dtype=object)
    for place, part in enumerate(parts):
        array[place] = part
    return {"Series": pd.Series, "Index": pd.Index}.get(kind, np.asarray)(array)


def _stranger(name):
    """Make a value that is nothing but its kind."""
    name = name if name.isidentifier() and name not in BASIC else "object"
    return type(name, (), {"__repr__": lambda _: f"<{name}>"})()


def encode_ran(ran: Ran) -> dict:
    """Write what happened in a call as data."""
    details = dict(ran.details)
    problem = details.pop("problem", None)
    if isinstance(problem, BaseException):
        kinds = [kind.__name__ for kind in type(problem).__mro__]
        details |= {"kinds": kinds[:12], "words": message(problem)[:400]}
    elif problem is not None:
        details["problem"] = str(problem)[:400]
    return {
        "value": encode(ran.value),
        "returned": encode(ran.returned),
        "printed": bool(ran.printed.strip()),
        "problem": ran.problem,
        "details": details,
    }


def decode_ran(data: Any) -> Ran:
    """Read what happened in a call from data; raises ValueError if it is nothing of the kind."""
    try:
        details = {
            str(key): _whole(part[:400])
            for key, part in data["details"].items()
            if key in ("where", "argument", "problem")
            and isinstance(part, str)
            # Where an error is wanted, its words alone are none.
            and not (key == "problem" and data["problem"] == "raised")
        }
        if isinstance(seconds := data["details"].get("seconds"), int | float):
            details["seconds"] = seconds
        if raised := data["problem"] == "raised":
            details.setdefault("where", "")
        if raised and "kinds" in data["details"]:
            details["problem"] = _error(data["details"]["kinds"], data["details"]["words"])
        return Ran(
            value=decode(data["value"]),
            returned=decode(data["returned"]),
            printed="x" if data["printed"] else "",
            problem=str(data["problem"]),
            details=details,
        )
    except (AttributeError, KeyError, TypeError) as wrong:
        raise ValueError("not a call") from wrong


def _error(kinds, words):
    """Make an error with the name, the family and the words of the one that was raised."""
    kind: type = Exception
    for name in reversed([str(each) for each in kinds][:12]):
        known = getattr(builtins, name, None)
        if isinstance(known, type) and issubclass(known, Exception):
            kind = known
        elif name.isidentifier() and name not in ("object", "BaseException"):
            kind = type(name[:80], (kind,), {})
    said = _whole(str(words)[:400])
    told = type(kind.__name__, (kind,), {"__str__": lambda _: said})
    return told.__new__(told)
