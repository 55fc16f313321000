"""From what a submission came to, to points and reasons: here the expected values are known."""

import re
from textwrap import shorten
from typing import Any, NamedTuple

from nbformat import NotebookNode
from nbformat.v4 import new_output

from coursekit.authoring.classroom.reading import LONGEST
from coursekit.authoring.grading.attempts import Outcome
from coursekit.authoring.grading.values import decode, decode_ran
from coursekit.checks.result import Result
from coursekit.checks.running import MISSING, Ran
from coursekit.checks.tasks import Task
from coursekit.checks.verdict import decide, words
from coursekit.sentences import Sentences

__all__ = ["Mark", "mark", "outputs"]

SAY = Sentences(__file__)
# As much as an honest worker tells of a cell: characters, and things displayed.
PRINTED, SHOWN = 20_000, 20
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# What the sentence about a problem is filled in with.
NEEDED = {
    **{"raised": ("where", "problem"), "parameters": ("problem",), "cannot_call": ("problem",)},
    **{"changed_input": ("argument",), "too_slow": ("seconds",)},
}


class Mark(NamedTuple):
    """What a task has earned: points, why not all of them, and what is seen of it."""

    # Students are `told` nothing that their code wrote: it has seen the hidden calls.

    points: float
    reason: str
    result: Result
    told: Result


def mark(task: Task, outcome: Outcome, cell: int | None) -> Mark:
    """Judge a task by what came out of its calls.

    Parameters
    ----------
    task : Task
        With all its checks and what they expect.
    outcome : Outcome
        What became of the notebook.
    cell : int or None
        Number of the cell of the answer.
    """
    ran = [_ran(data) for data in outcome.runs.get(task.name, [])][: len(task.checks)]
    nothing = Ran(problem="not_defined" if task.name in outcome.answers else "not_tried")
    ran += [nothing] * (len(task.checks) - len(ran))
    answer = _decoded_answer(outcome.answers.get(task.name))
    verdicts, bare = decide(task, ran, answer), decide(task, ran, answer, bare=True)
    points = float(round(sum(each.check.points for each in verdicts if each.passed), 2))
    failed = next((each for each in verdicts if not each.passed), None)
    reason = ""
    if failed:
        reason = failed.says
        if ran[0].problem in ("not_defined", "not_tried", "blank"):
            reason = _why_stopped(outcome, cell) or reason
        reason = shorten(f"{task.name}: {reason}", LONGEST, placeholder=" …")
    told = Result(task, bare, attempt=1, more_follow=False, values=False)
    return Mark(points, reason, Result(task, verdicts, attempt=1, more_follow=False), told)


def _ran(data):
    try:
        ran = decode_ran(data)
        needed = NEEDED.get(ran.problem, ())
        known = not ran.problem or (
            isinstance(words().get(ran.problem), str) and ran.problem != "stopped_cell"
        )
        if known and all(each in ran.details for each in needed):
            return ran
    except ValueError:
        pass
    return Ran(problem="unreadable")


def _decoded_answer(data):
    try:
        return decode(data)
    except ValueError:
        return MISSING


def _why_stopped(outcome, cell):
    """Say why the cell of an answer has left nothing behind."""
    if cell in outcome.left_out:
        return SAY["left_out"][outcome.left_out[cell]]
    error = outcome.cells.get(cell, {}).get("error") if cell is not None else None
    if not isinstance(error, dict):
        return ""
    if error.get("stopped"):
        return SAY["stopped"]
    return SAY("failed", error=_safe(error.get("name"))[:60], words=_safe(error.get("words"))[:90])


def _safe(value: Any) -> str:
    text = ANSI.sub("", value[:PRINTED]) if isinstance(value, str) else ""
    return text.encode("utf-8", "replace").decode("utf-8")


def outputs(told: Any, left_out: str = "") -> list[NotebookNode]:
    """Write down what a cell gave, as text alone: no script, no page, no picture."""
    if left_out:
        said = SAY["left_out"][left_out]
        return [new_output("error", ename="Stopped", evalue=said, traceback=[said])]
    if not isinstance(told, dict):
        return []
    made = []
    for name in ("stdout", "stderr"):
        if text := _safe(told.get(name)):
            made.append(new_output("stream", name=name, text=text))
    shown = told.get("shown")
    for text in map(_safe, shown[:SHOWN] if isinstance(shown, list) else []):
        made.append(new_output("display_data", data={"text/plain": text}))
    if text := _safe(told.get("value")):
        made.append(new_output("display_data", data={"text/plain": text}))
    error = told.get("error")
    if isinstance(error, dict):
        stopped = SAY["stopped"] if error.get("stopped") else ""
        name, said = _safe(error.get("name")) or "Stopped", _safe(error.get("words")) or stopped
        lines = (_safe(error.get("lines"))[:4000] or said).splitlines()
        made.append(new_output("error", ename=name, evalue=said, traceback=lines))
    return made
