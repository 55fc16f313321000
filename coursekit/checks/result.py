"""What a student sees after a check."""

from collections.abc import Iterable
from html import escape
from textwrap import shorten
from typing import Any

from coursekit.checks.comparing import same
from coursekit.checks.running import Ran
from coursekit.checks.tasks import Check, Task
from coursekit.checks.verdict import Verdicts
from coursekit.escaping import no_mathematics
from coursekit.sentences import Sentences

__all__ = ["Notice", "Result", "beside"]

SAY = Sentences(__file__)

NOT_CALLED = ("not_defined", "blank", "not_a_function", "not_a_value", "parameters")
STYLE = (
    "border-left: 4px solid {line}; padding: 4px 12px; margin: 4px 0; max-width: 46em; "
    "overflow-wrap: anywhere; color: var(--jp-content-font-color1, inherit);"
)
SIGNS = {"passed": "✓", "possible": "○", "failed": "✗"}
POSSIBLE = "A possible value. Whether it is right is marked later."
LINES = {
    "passed": "var(--jp-success-color1, #2e7d32)",
    "possible": "var(--jp-content-font-color2, currentcolor)",
    "failed": "var(--jp-warn-color1, #b26a00)",
}


def _box(paragraphs: Iterable[str], outcome: str) -> str:
    style = STYLE.format(line=LINES[outcome])
    lines = "".join(f'<p style="margin: 4px 0">{text}</p>' for text in paragraphs)
    return no_mathematics(f'<div class="ck-check" style="{style}">{lines}</div>')


class Notice:
    """A sentence instead of a result.

    Parameters
    ----------
    text : str
        The sentence.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return _box([escape(self.text)], "failed")


class Result:
    """The outcome of a task's checks, in plain words.

    Parameters
    ----------
    task : coursekit.checks.tasks.Task
        The task.
    verdicts : list of coursekit.checks.verdict.Verdict
        One a check.
    attempt : int
        Number of failed attempts in a row, this one included; it decides which hint is shown.
    more_follow : bool
        Whether further checks are kept for marking.
    values : bool, optional
        Whether it shows what the answer was.
    """

    def __init__(
        self, task: Task, verdicts: Verdicts, attempt: int, more_follow: bool, values: bool = True
    ) -> None:
        self.task, self.verdicts, self.attempt = task, verdicts, attempt
        self.more_follow, self.values = more_follow, values
        self.failed = next((each for each in verdicts if not each.passed), None)

    @property
    def outcome(self) -> str:
        """``"passed"``, ``"failed"``, or ``"possible"`` if no check at hand tells more."""
        if self.failed:
            return "failed"
        return "passed" if self.task.tells else "possible"

    @property
    def passed(self) -> bool:
        """Whether the answer is right, as far as the checks at hand can tell."""
        return self.outcome == "passed"

    @property
    def mistake(self) -> str:
        """Kind of the first mistake; empty if there is none."""
        return self.failed.mistake if self.failed else ""

    @property
    def hint(self) -> str:
        """The hint for this attempt, with its number; empty if no check failed."""
        if not self.failed or not self.task.hints:
            return ""
        level = min(self.attempt, len(self.task.hints))
        return f"Hint {level} of {len(self.task.hints)}: {self.task.hints[level - 1]}"

    def summary(self) -> dict[str, Any]:
        """Sum up for the learner's record.

        Returns
        -------
        dict
            ``success``, ``score``, and if a check failed ``mistake`` and ``attempt``. Only
            ``completion`` if the answer is a possible one: whether it is right is not known yet.
        """
        if self.outcome == "possible":
            return {"completion": True}
        share = sum(each.passed for each in self.verdicts) / len(self.verdicts)
        missed = {} if self.passed else {"mistake": self.mistake, "attempt": self.attempt}
        return {"success": self.passed, "score": {"scaled": share}, **missed}

    def lines(self) -> list[tuple[str, str]]:
        """Say what happened.

        Returns
        -------
        list of (str, str)
            Label and text of each line; what is Python has the label of what it is.
        """
        if self.outcome == "possible":
            return [("", f"{self.task.name}: {POSSIBLE}")]
        of = f"{sum(each.passed for each in self.verdicts)} of {len(self.verdicts)} checks passed"
        if not self.failed:
            later = SAY["later"] if self.more_follow and self.task.kind != "further" else ""
            return [("", f"{self.task.name}: {of}.{later and f' {later}'}")]
        check, ran = self.failed.check, self.failed.ran
        lines = [("", f"{self.task.name}: {of}.")]
        if not check.hidden and ran.problem not in NOT_CALLED:
            lines += self._seen(check, ran)
        lines += [("", text) for text in (self.failed.says, check.hint, self.hint) if text]
        return lines

    def _seen(self, check: Check, ran: Ran) -> list[tuple[str, str]]:
        """Say what was called or looked at, what came of it, and what should have."""
        if self.task.arguments is not None:
            lines = [("You called", check.call)]
            if ran.problem in ("", "changed_input"):
                lines += [("It returned", _shortened(ran.value))] if self.values else []
                lines += [("Expected", _shortened(check.expected))]
            return lines
        lines = [("Your answer", _shortened(ran.returned))] if self.values else []
        if check.call == self.task.name:
            lines += [("Expected", _shortened(check.expected))]
        elif not same(ran.value, True, None):
            lines += [("This should be true", check.call)]
        return lines

    def __repr__(self) -> str:
        lines = [f"{label}: {text}" if label else text for label, text in self.lines()]
        return f"{SIGNS[self.outcome]} " + "\n".join(lines)

    def _repr_html_(self) -> str:
        (_, head), *lines = self.lines()
        paragraphs = [f"<b>{SIGNS[self.outcome]} {escape(head)}</b>"]
        for label, text in lines:
            text = escape(text)
            paragraphs.append(f"{label} <code>{text}</code>" if label else text)
        box = _box(paragraphs, self.outcome)
        if not (self.passed and self.task.worked):
            return box
        return f"{box}{no_mathematics(beside(self.task.worked))}"


def beside(solution: str) -> str:
    """Fold a worked solution away below what a student has written."""
    return (
        f"<details><summary>{SAY['worked']}</summary>"
        f"<pre><code>{escape(solution)}</code></pre></details>"
    )


def _shortened(value: Any) -> str:
    try:
        if isinstance(value, (set, frozenset)) and value:
            text = f"{{{', '.join(sorted(map(repr, value)))}}}"  # the same order each time
        else:
            scalar = hasattr(value, "item") and getattr(value, "ndim", 1) == 0
            text = repr(value.item() if scalar else value)
    except Exception:  # It cannot be written down.
        text = f"<{type(value).__name__}>"
    return text if len(text) <= 200 else shorten(text, 200, placeholder=" ...")
