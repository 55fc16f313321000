"""Call a student's answer as a check says, and note all that happened."""

import inspect
import io
import linecache
import traceback
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from coursekit.checks.limits import TooSlow, time_limit
from coursekit.checks.tasks import Check, Task, names

Function = Callable[..., Any]
MISSING = object()


@dataclass
class Ran:
    """What happened in a call."""

    value: object = None
    returned: object = None
    printed: str = ""
    problem: str = ""
    details: dict[str, Any] = field(default_factory=dict)


class _Stop(Exception):  # noqa: N818 - it is no error
    """The student's function cannot go on; what happened is noted."""


def run(task: Task, check: Check, answer: Any, seconds: float | None = None) -> Ran:
    """Run one check, within the task's seconds or fewer."""
    seconds = seconds or task.seconds
    ran = Ran(problem=_misfit(task.arguments is not None, answer))
    if ran.problem:
        return ran
    space = names(check.setup)
    if task.arguments is None:
        space[task.name] = ran.returned = answer
    else:
        space[task.name] = _watched(answer, ran)
    output = io.StringIO()
    try:
        with redirect_stdout(output), redirect_stderr(io.StringIO()), time_limit(seconds):
            ran.value = eval(check.call, space)
    except TooSlow:
        ran.problem, ran.details = "too_slow", {"seconds": seconds}
    except _Stop:
        pass
    except Exception as problem:
        # The function went through; what is done with its result did not.
        said = f"{type(problem).__name__}: {message(problem)}".removesuffix(": ")
        ran.problem, ran.details = "cannot_call", {"problem": said}
    ran.printed = output.getvalue()
    return ran


def _misfit(function: bool, answer: object) -> str:
    """Say why an answer is not even called or looked at; empty if it is."""
    if answer is MISSING or answer is ...:
        return "blank" if answer is ... else "not_defined"
    if answer is None:
        return "none_for_function" if function else "none"
    if function:
        return "" if callable(answer) else "not_a_function"
    return "not_a_value" if inspect.isroutine(answer) else ""


def _watched(function: Function, ran: Ran) -> Function:
    """Wrap the function so that its own mistakes are told apart from those around it."""
    first = True

    def watched(*args: Any, **kwargs: Any) -> Any:
        nonlocal first
        try:
            bound = inspect.signature(function).bind(*args, **kwargs).arguments
        except TypeError as problem:
            ran.problem, ran.details = "parameters", {"problem": problem}
            raise _Stop from None
        except ValueError:  # A few functions written in C do not say what they take.
            bound = {str(place): value for place, value in enumerate(args)}
        before = {name: _copy(value) for name, value in bound.items()}
        try:
            returned = function(*args, **kwargs)
        except (KeyboardInterrupt, TooSlow):
            raise
        except BaseException as problem:
            ran.problem, ran.details = _raised(function, problem)
            raise _Stop from None
        if returned is ...:
            ran.problem = "blank"
            raise _Stop
        for name, value in bound.items():
            if not unchanged(before[name], value):
                ran.problem, ran.details = "changed_input", {"argument": name}
        if first:
            ran.returned, first = _copy(returned), False
        return returned

    return watched


def _copy(value: Any) -> Any:
    """Copy a value; one that cannot be copied is kept as it is."""
    try:
        return deepcopy(value)
    except Exception:
        return value


def message(problem: BaseException) -> str:
    """Give the words of an error; none if it cannot say them."""
    try:
        return str(problem)
    except Exception:
        return ""


def _raised(function: Function, problem: BaseException) -> tuple[str, dict[str, Any]]:
    """Say where in the student's own code an exception arose."""
    own, where = getattr(function, "__globals__", None), ""
    for frame, number in traceback.walk_tb(problem.__traceback__):
        if frame.f_globals is own:
            code = linecache.getline(frame.f_code.co_filename, number).strip()
            where = f" in line {number}" + (f", {code}" if code else "")
    if "ellipsis" in message(problem).lower():
        return "blank", {}
    return "raised", {"where": where, "problem": problem}


def unchanged(before: Any, after: Any) -> bool:
    """Say whether an argument is as it was before the call."""
    if type(before) is not type(after):
        return False
    if hasattr(before, "equals"):
        return bool(before.equals(after))
    if hasattr(before, "adjacency"):
        one, other = ((dict(g.nodes(data=True)), list(g.edges(data=True))) for g in (before, after))
        return bool(one == other)
    if isinstance(before, Mapping):
        return list(before) == list(after) and unchanged([*before.values()], [*after.values()])
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(map(unchanged, before, after))
    if isinstance(before, (set, frozenset)):
        return bool(before == after)
    return repr(before) == repr(after)
