"""A task of a sheet with all its values worked out.

In the source a check may leave its expected value to the task's ``answer``, an expression that is
computed here. In the release all values are literal, and hidden checks are gone.
"""

import pickle
from copy import deepcopy
from dataclasses import dataclass, field

from coursekit.checks.comparing import same
from coursekit.checks.sheet import tells
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
    mistakes: dict = field(default_factory=dict)
    setup: str = ""


@dataclass(frozen=True)
class Task:
    """One task of a set."""

    name: str
    kind: str
    arguments: tuple | None
    returns: str
    hints: tuple
    says: dict
    seconds: float
    checks: tuple
    tells: bool
    worked: str = ""


def names(setup: str) -> dict:
    """Make the names that calls can use, afresh each time."""
    made = _made(setup)
    return _run(setup) if made is None else {**_run(""), **pickle.loads(made)}


def _run(setup):
    space = namespace()
    exec(_compiled(setup), space)
    return space


@by_course
def _made(setup):
    """Keep what a set-up makes: a copy takes a tenth of the time that making it anew takes."""
    bare = _run("")
    own = {name: value for name, value in _run(setup).items() if name not in bare}
    try:
        return pickle.dumps(own)
    except (pickle.PicklingError, AttributeError, TypeError):  # A function or a module, say.
        return None


@by_course
def _compiled(setup):
    return compile(setup, "<setup>", "exec")


def task(sheet: dict, name: str) -> Task:
    """Work out a task with its checks.

    Raises CourseError if an expression of the sheet cannot be computed.
    """
    entry = sheet["tasks"][name]
    arguments = tuple(entry["arguments"]) if "arguments" in entry else None
    wrong = entry.get("mistakes", [])
    checks = [_check(each, name, arguments, entry, sheet) for each in entry.get("checks", [])]
    given = {"returns": "", "hints": (), "seconds": SECONDS, "worked": ""}
    given = {part: entry.get(part, usual) for part, usual in given.items()}
    checks = tuple(sorted(checks, key=lambda each: each.hidden))
    says = {mistake["name"]: mistake["says"] for mistake in wrong}
    told = tells({"checks": [], **entry}, name)
    given["hints"] = tuple(given["hints"])
    return Task(name, entry["kind"], arguments, says=says, checks=checks, tells=told, **given)


def _check(each, name, arguments, entry, sheet):
    call, hidden = each.get("call", name), each.get("hidden", False)
    tolerance = each.get("tolerance", entry.get("tolerance"))
    public = sheet.get("setup", "") + (sheet.get("hidden_setup", "") if hidden else "")
    setup = public + sheet.get("reference", "")

    def outcome(expression):
        """Return the value of the call, and what the answer returned inside it."""
        space = names(setup)
        if arguments is None:
            space[name] = seen = eval(str(expression), space)
            return eval(call, space), seen
        reference = eval(f"lambda {', '.join(arguments)}: {expression}", space)
        returned = []

        def recorder(*args, **kwargs):
            value = reference(*args, **kwargs)
            returned.append(deepcopy(value))
            return value

        space[name] = recorder
        value = eval(call, space)
        return value, returned[0]

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
