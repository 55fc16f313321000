"""Write a sheet without anything that computes: every expected value as it is."""

import json
import math

from coursekit.checks.comparing import kind_of
from coursekit.checks.tasks import task
from coursekit.content import by_course
from coursekit.errors import CourseError

DIGITS = 10


def as_literal(value: object):
    """Write a value as Python would read it back; raises CourseError if that cannot be done."""
    plain = _unboxed(value)
    finite = isinstance(plain, float) and math.isfinite(plain)
    return plain if isinstance(plain, bool | int) or finite else _as_source(plain)


def _unboxed(value):
    kind = kind_of(value)
    if kind == "bool":
        return bool(value)
    if kind == "int":
        return int(value)
    if kind == "float":
        # The last digits differ from machine to machine, and the release must not.
        return float(f"{float(value):.{DIGITS}g}")
    if kind in ("ndarray", "Series", "Index"):
        return _unboxed(value.tolist())
    return value


def _as_source(value):
    value = _unboxed(value)
    kind = kind_of(value)
    if kind in ("None", "bool", "int", "float", "str"):
        return repr(value) if kind != "str" else repr(str(value))
    if kind == "list":
        return "[" + ", ".join(map(_as_source, value)) + "]"
    if kind == "tuple":
        return "(" + ", ".join(map(_as_source, value)) + ("," if len(value) == 1 else "") + ")"
    if kind == "set":
        return "{" + ", ".join(sorted(map(_as_source, value))) + "}" if value else "set()"
    if kind in ("dict", "Counter", "defaultdict", "mappingproxy"):
        # In the same order each time, even if it was made from a set.
        pairs = sorted(f"{_as_source(k)}: {_as_source(v)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    raise CourseError(
        f"A {kind} cannot be written into a sheet. Let the call turn it into numbers, texts, "
        'lists or sets, such as sources_before(events, "1990-02-09")["event"].tolist().'
    )


def literal_sheet(sheet: dict, hidden: bool = False) -> dict:
    """Work out all values of a sheet."""
    tasks = {}
    for name, entry in sheet["tasks"].items():
        if entry["kind"] == "writing":
            continue
        worked = _worked(json.dumps(sheet), name)
        checks = [_literal_check(each, name) for each in worked.checks if hidden or not each.hidden]
        used = {mistake for check in checks for mistake in check.get("mistakes", {})}
        known = {name: text for name, text in worked.says.items() if name in used}
        says = [{"name": mistake, "says": text} for mistake, text in known.items()]
        told = {"kind": worked.kind, "arguments": list(worked.arguments or ())}
        told |= {"returns": worked.returns, "seconds": entry.get("seconds")}
        told |= {"hints": list(worked.hints), "mistakes": says, "checks": checks}
        tasks[name] = _given(told, "arguments", "seconds", "mistakes")
    setup = sheet.get("setup", "") + (sheet.get("hidden_setup", "") if hidden else "")
    about = {"set": sheet["set"], "title": sheet["title"], "released": True, "setup": setup}
    return _given(about, "setup") | {"tasks": tasks}


def _given(told, *left_out):
    """Leave out those parts of a sheet that are named here and say nothing."""
    return {name: value for name, value in told.items() if value or name not in left_out}


@by_course
def _worked(text, name):
    """Work out a task once, however often it is written."""
    return task(json.loads(text), name)


def _literal_check(check, name):
    call = check.call if check.call != name else ""
    told = {"call": call, "equals": as_literal(check.expected)}
    parts = ("tolerance", "points", "hidden", "hint")
    told |= {part: getattr(check, part) for part in parts}
    told["mistakes"] = {name: as_literal(value) for name, value in check.mistakes.items()}
    return _given(told, "call", *parts, "mistakes")
