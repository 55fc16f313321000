"""Decide whether a check is passed, and name the mistake if it is not."""

import builtins
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from numbers import Integral
from pathlib import Path
from typing import Any

from coursekit.cells import failure
from coursekit.checks.comparing import SEQUENCES, is_number, kind_of, plain, same
from coursekit.checks.running import Ran, message, run
from coursekit.checks.tasks import Check, Task
from coursekit.documents import read

__all__ = ["Verdict", "decide", "judge", "runs", "stopped_cell", "words"]

NEAR = 0.02
# What cannot differ from check to check is tried once.
ALIKE = {"not_defined", "blank", "not_a_function", "not_a_value", "none", "none_for_function"}
# After a call that never ended the others get as many seconds at most.
AFTER_A_STOP = 1
# Kinds that a known mistake of the task says more about.
VALUES = {"", "cannot_call", "wrong_value", "per_cent", "rounded", "reversed", "spaces", "capitals"}
# What gives its values only when asked for one after the other.
LAZY = {
    "generator": "yields",
    "async_generator": "asynchronous",
    "coroutine": "asynchronous",
    **dict.fromkeys(("map", "filter", "zip", "range_iterator", "list_iterator"), "lazy"),
}
Pairs = list[tuple[Check, Ran]]
UNIT = re.compile(r"\s*-?[\d.,]+\s*[A-Za-z%€$°].*")


@cache
def words() -> dict[str, Any]:
    """Read the sentences for each kind of mistake.

    Returns
    -------
    dict
        Sentences by kind; under ``errors`` and ``kinds`` the words that fill them in.
    """
    return dict(read(Path(__file__).with_name("words.yaml")))


@dataclass(frozen=True)
class Verdict:
    """What became of one check.

    Parameters
    ----------
    check : Check
        The check.
    ran : Ran
        What happened.
    mistake : str
        Kind of mistake: a key of ``words.yaml`` or the name of one of the task's known mistakes;
        empty if the check is passed.
    says : str
        The sentence about it.
    """

    check: Check
    ran: Ran
    mistake: str = ""
    says: str = ""

    @property
    def passed(self) -> bool:
        """Whether the check is passed."""
        return not self.mistake


Verdicts = list[Verdict]


def judge(task: Task, answer: object) -> Verdicts:
    """Run the checks of a task one after the other.

    Parameters
    ----------
    task : coursekit.checks.tasks.Task
        The task.
    answer : object
        The student's function or value; `coursekit.checks.running.MISSING` if there is none.

    Returns
    -------
    list of Verdict
        One a check.
    """
    return decide(task, list(runs(task, answer)), answer)


def runs(task: Task, answer: object, before: Sequence[Ran] = ()) -> Iterator[Ran]:
    """Run the checks of a task that do not stand before, one after the other."""
    before = list(before)
    for check in task.checks[len(before) :]:
        if before and before[-1].problem in ALIKE:
            ran = before[-1]
        else:
            stopped = any(each.problem == "too_slow" for each in before)
            ran = run(task, check, answer, min(AFTER_A_STOP, task.seconds) if stopped else None)
        before.append(ran)
        yield ran


def decide(task: Task, ran: Sequence[Ran], answer: object, bare: bool = False) -> Verdicts:
    """Judge what came of the checks of a task; bare sentences repeat nothing of an answer."""
    pairs = list(zip(task.checks, ran, strict=True))
    # None can be right in one case. A function that never returns anything else is unfinished.
    silent = all(each.returned is None for _, each in pairs)
    mistakes = [_mistake(task, check, ran, silent) for check, ran in pairs]
    mistakes = _by_name(pairs, mistakes)
    if task.arguments is not None and _unmoved(pairs):
        known = next((mistake for mistake in mistakes if mistake not in VALUES), "unmoved")
        mistakes = [
            known if check.hidden and mistake in VALUES else mistake
            for (check, _), mistake in zip(pairs, mistakes, strict=True)
        ]
    return [
        Verdict(check, ran, mistake, _sentence(task, check, ran, answer, mistake, bare))
        for (check, ran), mistake in zip(pairs, mistakes, strict=True)
    ]


def _mistake(task: Task, check: Check, ran: Ran, silent: bool) -> str:
    """Say what kind of thing went wrong; empty if nothing did."""
    # A value of the wrong type often also breaks the call around it, and is the reason for it.
    if ran.problem not in ("", "cannot_call"):
        return ran.problem
    wanted = task.returns.split(" or ")
    got, kind = ran.returned, kind_of(ran.returned)
    if got is None and (silent or "None" not in wanted):
        return "printed" if ran.printed.strip() else "returned_none"
    numeric = bool({"int", "float"} & set(wanted))
    if kind in LAZY:
        return LAZY[kind]
    if kind == "str" and "str" not in wanted:
        if numeric and UNIT.fullmatch(plain(got)):
            return "unit_in_text"
        return "text_for_number" if numeric else "wrong_type"
    if kind == "tuple" and numeric and not set(SEQUENCES) & set(wanted) and _split(got):
        return "comma_in_number"
    if not any(_fits(got, kind, each) for each in wanted):
        return "wrong_type"
    if ran.problem:
        return ran.problem
    if same(ran.value, check.expected, check.tolerance):
        return ""
    return _near_miss(ran.value, check.expected) or "wrong_value"


def _split(value: object) -> bool:
    """Say whether a tuple looks like a number with a comma between thousands."""
    first, *rest = plain(value) or [None]
    # Python refuses a number that begins with a zero.
    hundreds = all(type(part) is int and 100 <= part < 1000 for part in rest)
    return type(first) is int and 0 < first < 1000 and bool(rest) and hundreds


def _by_name(pairs: Pairs, mistakes: list[str]) -> list[str]:
    """Put the task's known mistakes in the place of kinds; one that explains all goes first."""

    def made(name: str, check: Check, ran: Ran) -> bool:
        return name in check.mistakes and same(ran.returned, check.mistakes[name], check.tolerance)

    named = list(dict.fromkeys(name for check, _ in pairs for name in check.mistakes))

    def fits(name: str, check: Check, ran: Ran, mistake: str) -> bool:
        return made(name, check, ran) or (not mistake and name not in check.mistakes)

    each = [(*pair, mistake) for pair, mistake in zip(pairs, mistakes, strict=True)]
    everywhere = [name for name in named if all(fits(name, *one) for one in each)]
    found = []
    for check, ran, mistake in each:
        if mistake in VALUES:
            # Of True and False every wrong answer looks like every mistake.
            other = () if kind_of(ran.returned) == "bool" else named
            names = [name for name in (*everywhere, *other) if made(name, check, ran)]
            mistake = names[0] if names else mistake
        found.append(mistake)
    return found


def _unmoved(pairs: Pairs) -> bool:
    """Say whether one answer comes back every time though the right answers differ."""
    # What a student sees counts as it is; a hidden check is not passed by chance.
    (check, ran), *others = pairs
    return all(same(ran.returned, other.returned, None) for _, other in others) and not all(
        same(check.expected, other.expected, None) for other, _ in others
    )


def _near_miss(got: object, expected: object) -> str:
    try:
        return _near(plain(got), plain(expected))
    except Exception:  # It cannot be looked into, or is larger than any number with a fraction.
        return ""


def _near(got: Any, expected: Any) -> str:
    if type(got) is str and type(expected) is str:
        tidy = [" ".join(text.split()) for text in (got, expected)]
        if tidy[0] == tidy[1]:
            return "spaces"
        return "capitals" if tidy[0].casefold() == tidy[1].casefold() else ""
    if is_number(got) and is_number(expected) and not isinstance(expected, Integral):
        if same(got, 100 * expected, None) or same(100 * got, expected, None):
            return "per_cent"
        if math.isclose(got, expected, rel_tol=NEAR):
            return "rounded"
    elif kind_of(got) in SEQUENCES and kind_of(expected) in SEQUENCES and len(got) > 1:
        if same(list(got)[::-1], list(expected), None):
            return "reversed"
        if len(got) == len(expected):
            pairs = zip(got, expected, strict=True)
            misses = {"" if same(a, b, None) else _near(a, b) for a, b in pairs} - {""}
            return misses.pop() if len(misses) == 1 else ""
    return ""


def _fits(value: object, kind: str, wanted: str) -> bool:
    if kind == wanted or (wanted, kind) == ("float", "int"):
        return True
    if wanted == "int" and kind == "float":
        return float(plain(value)).is_integer()
    if wanted in ("tuple", "list"):
        return kind in SEQUENCES
    return False


def _sentence(task: Task, check: Check, ran: Ran, answer: object, mistake: str, bare: bool) -> str:
    if not mistake:
        return ""
    if mistake in task.says:
        return task.says[mistake]
    kinds = words()["kinds"]
    kind = kind_of(answer if ran.problem not in ("", "cannot_call") else ran.returned)
    details = {
        "name": task.name,
        "call": check.call,
        "arguments": ", ".join(task.arguments or ()),
        "kind": kinds.get(kind, f"a {kind}"),
        "wanted": " or ".join(kinds.get(each, each) for each in task.returns.split(" or ")),
        **ran.details,
    }
    if bare or check.hidden:
        details |= _without_values(task, check, ran, details["kind"])
    if mistake == "raised":
        error, text = type(ran.details["problem"]), message(ran.details["problem"])
        if bare or check.hidden:
            # A name of its own could say anything.
            own = vars(builtins)
            error, text = next(each for each in error.__mro__ if own.get(each.__name__) is each), ""
        details |= _explained(error, text)
    return str(words()[mistake].format(**details)).strip()


def _without_values(task: Task, check: Check, ran: Ran, kind: str) -> dict[str, Any]:
    """Say of a check nothing that an answer could have been made to repeat."""
    # What a hidden check calls could be written as a name of a type, a line or a number.
    told = words()
    said = {
        "call": f"{task.name}(...)" if check.hidden else check.call,
        "kind": kind if kind in told["kinds"].values() else told["kinds"]["other"],
        "argument": "value",
        "where": "",
        "seconds": task.seconds,
    }
    if ran.problem == "parameters":
        said["problem"] = told["kinds"]["parameters"]
    if ran.problem == "cannot_call":
        name = str(ran.details["problem"]).partition(":")[0]
        said["problem"] = name if hasattr(builtins, name) else "Exception"
    return said


def _explained(kind: type, text: str) -> dict[str, str]:
    """Say what an error is, and what it means."""
    classes = [each.__name__ for each in kind.__mro__]
    meanings = words()["errors"]
    # The course's own errors already say what to try.
    found = () if "CourseError" in classes else (meanings[c] for c in classes if c in meanings)
    return {"problem": f"{kind.__name__}: {text}".rstrip(": ."), "meaning": next(iter(found), "")}


def stopped_cell(name: str) -> str:
    """Say that the cell of an answer stopped with an error.

    Parameters
    ----------
    name : str
        Name of the answer in the notebook.

    Returns
    -------
    str
        What happened and what to do; empty if the cell went through.
    """
    error = failure(name)
    said = words()["stopped_cell"].format(name=name, **_explained(*error)) if error else ""
    return said.strip()
