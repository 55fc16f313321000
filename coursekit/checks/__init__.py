"""Instant checks of a student's answers: run them, and say in plain words what went wrong."""

import sys
from pathlib import Path

from coursekit.checks.result import Notice, Result
from coursekit.checks.running import MISSING
from coursekit.checks.sheet import FILE, read
from coursekit.checks.tasks import task
from coursekit.checks.verdict import judge, stopped_cell
from coursekit.errors import CourseError, unknown
from coursekit.record import record

__all__ = ["check"]

_attempts: dict[str, int] = {}


def check(name: str, answer: object = MISSING) -> Result | Notice:
    """Check your answer to a task, as often as you like.

    Parameters
    ----------
    name : str
        The task: number of the set, a full stop, name of the answer, such as
        ``"02.members_in"``.
    answer : object, optional
        Your function or value. Left out, it is looked up in the notebook under the task's name.

    Returns
    -------
    Result or Notice
        What was called, what came back, what was expected, and one hint; the next attempt shows
        the next hint. If the cell of the answer stopped with an error, only that is said: what
        stands under the name is older.

    Raises
    ------
    CourseError
        If there is no such task in the set.
    """
    number, _, short = str(name).partition(".")
    path = Path.cwd() / FILE
    if not path.is_file():
        return Notice(
            f"The checks of this set are missing: there is no {FILE} beside the notebook. "
            "Download the folder of the set again and keep its files together."
        )
    sheet = read(path)
    if number != sheet["set"]:
        raise CourseError(
            f"{FILE} beside this notebook belongs to set {sheet['set']}, and you asked for "
            f"{name!r}. Open the notebook in the folder of its own set."
        )
    tasks = [each for each, entry in sheet["tasks"].items() if entry["kind"] != "writing"]
    if short not in tasks:
        raise unknown("task", name, [f"{number}.{each}" for each in tasks])
    written = _found(short)
    if answer is MISSING or answer is written:
        if stopped := stopped_cell(short):
            return Notice(stopped)
        answer = written
    asked = task(sheet, short)
    verdicts = judge(asked, answer)
    passed = all(verdict.passed for verdict in verdicts)
    attempt = 0 if passed else _attempts.get(name, 0) + 1
    _attempts[name] = attempt
    result = Result(asked, verdicts, attempt, more_follow=sheet.get("released", False))
    _remember(number, short, result)
    return result


def _found(short: str) -> object:
    return getattr(sys.modules["__main__"], short, MISSING)


def _remember(number: str, short: str, result: Result) -> None:
    record().add("checked", f"exercise/{number}/{short}", result=result.summary())
