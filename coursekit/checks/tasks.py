"""A task of a sheet with all its values worked out.

In the source a check may leave its expected value to the task's ``answer``, an expression that is
computed here. In the release all values are literal, and hidden checks are gone.
"""

import pickle
from copy import deepcopy
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from coursekit.checks.comparing import same
from coursekit.checks.sheet import Entry, Sheet, tells
from coursekit.content import by_course
from coursekit.errors import CourseError
from coursekit.expressions import namespace

SECONDS = 5


@dataclass(frozen=True)
class Check:
    """One check of an answer."""

    call: str
    expected: object
    points: float = 0
    hidden: bool = False
    tolerance: float | None = None
    hint: str = ""
    mistakes: dict[str, object] = field(default_factory=dict)
    setup: str = ""


@dataclass(frozen=True)
class Task:
    """One task of a set."""

    name: str
    kind: str
    arguments: tuple[str, ...] | None
    returns: str
    hints: tuple[str, ...]
    says: dict[str, str]
    seconds: float
    checks: tuple[Check, ...]
    tells: bool
    worked: str = ""


def names(setup: str) -> dict[str, Any]:
    """Make the names that calls can use, afresh each time."""
    made = _made(setup)
    return _run(setup) if made is None else {**_run(""), **pickle.loads(made)}


def _run(setup: str) -> dict[str, Any]:
    space = namespace()
    exec(_compiled(setup), space)
    return space


@by_course
def _made(setup: str) -> bytes | None:
    """Keep what a set-up makes: a copy takes a tenth of the time that making it anew takes."""
    bare = _run("")
    own = {name: value for name, value in _run(setup).items() if name not in bare}
    try:
        return pickle.dumps(own)
    except (pickle.PicklingError, AttributeError, TypeError):  # A function or a module, say.
        return None


@by_course
def _compiled(setup: str) -> CodeType:
    return compile(setup, "<setup>", "exec")


def task(sheet: Sheet, name: str) -> Task:
    """Work out a task with its checks; raises CourseError if an expression cannot be computed."""
    entry = sheet["tasks"][name]
    arguments = tuple(entry["arguments"]) if "arguments" in entry else None
    checks = [_check(each, name, entry, sheet) for each in entry.get("checks", [])]
    usual: dict[str, Any] = {"returns": "", "seconds": SECONDS, "worked": ""}
    given = {part: entry.get(part, value) for part, value in usual.items()}
    given["hints"] = tuple(entry.get("hints", ()))
    given["checks"] = tuple(sorted(checks, key=lambda each: each.hidden))
    given["says"] = {wrong["name"]: wrong["says"] for wrong in entry.get("mistakes", [])}
    told = tells({"checks": [], **entry}, name)
    return Task(name, entry["kind"], arguments, tells=told, **given)


def _check(each: Entry, name: str, entry: Entry, sheet: Sheet) -> Check:
    arguments = entry.get("arguments")
    call, hidden = each.get("call", name), each.get("hidden", False)
    tolerance = each.get("tolerance", entry.get("tolerance"))
    public = sheet.get("setup", "") + (sheet.get("hidden_setup", "") if hidden else "")
    setup = public + sheet.get("reference", "")

    def outcome(expression: object) -> tuple[Any, Any]:
        """Return the value of the call, and what the answer returned inside it."""
        space = names(setup)
        if arguments is None:
            space[name] = seen = eval(str(expression), space)
            return eval(call, space), seen
        reference = eval(f"lambda {', '.join(arguments)}: {expression}", space)
        returned = list[object]()

        def recorder(*args: Any, **kwargs: Any) -> Any:
            value = reference(*args, **kwargs)
            returned.append(deepcopy(value))
            return value

        space[name] = recorder
        return eval(call, space), returned[0]

    try:
        right = outcome(entry["answer"]) if "answer" in entry else None
        if "equals" in each:
            expected = eval(str(each["equals"]), names(setup))
        elif right:
            expected = right[0]
        else:
            raise CourseError("there is neither an expected value nor an answer")
        mistakes = {k: eval(str(v), names(setup)) for k, v in each.get("mistakes", {}).items()}
    except Exception as problem:
        raise CourseError(f"Task {name}, check {call}: {problem}") from problem
    for mistake in entry.get("mistakes", []):
        if "gives" in mistake and (hidden or not mistake.get("hidden", False)):
            try:
                value = outcome(mistake["gives"])[1]
            except Exception:
                continue  # This mistake has no value here, such as the year before the first.
            if not right or not same(value, right[1], tolerance):
                mistakes[mistake["name"]] = value
    points, hint = each.get("points", 0), each.get("hint", "")
    return Check(call, expected, points, hidden, tolerance, hint, mistakes, public)
