"""What a question is, and in which order its options are shown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

TYPES = ("single", "multiple", "numeric", "order", "match", "short")


# A number with at most one word or sign behind it.
_STEP = re.compile(r"[-+−]?\d[\d.,' ]*\S*")


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: an option, an item to put in order, or a choice to match with.

    Parameters
    ----------
    key : str
        A letter. It stays the same when options are shuffled, and it is what a response names.
    text : str
        Plain text, as the reader sees it.
    right : bool
        Whether it is a right option; False for items of ``order`` and choices of ``match``.
    why : str
        Why it is right or wrong, or why the item has its place; empty for choices of ``match``.
    misconception : str
        For a wrong option, the mistaken idea that leads to it; otherwise empty.
    """

    key: str
    text: str
    right: bool = False
    why: str = ""
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A line to be matched with one of the options of a question.

    Parameters
    ----------
    key : str
        ``"p1"``, ``"p2"`` and so on; it is what a response names.
    text : str
        Plain text, as the reader sees it.
    match : str
        Key of the option that belongs to it. Several lines may share an option.
    why : str
        Why they belong together.
    """

    key: str
    text: str
    match: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Parameters
    ----------
    id : str
        Bank and number, such as ``"02-q3"``.
    objective : str
        What the question tests; begins with a verb.
    claims : tuple of str
        Claims of the essay that it bears on.
    stem : str
        The question itself, in plain text.
    type : str
        One of `TYPES`.
    difficulty : int
        1 (recall), 2 (use) or 3 (judge or combine).
    options : tuple of Option
        In the order of the file; empty for ``numeric`` and ``short``.
    answer : float or None
        The number, for ``numeric``.
    unit : str
        Unit of the number; empty for a pure number.
    tolerance : float
        How far a number may be off, in its unit.
    expression : str
        Python from which the number can be computed anew, or empty.
    order : tuple of str
        Keys of the options in the right order, for ``order``.
    pairs : tuple of Pair
        The lines, for ``match``.
    model_answer : str
        An answer to compare one's own with, for ``short``.
    explanation : str
        What to say once the question has been answered; may be empty.
    sources : tuple of str
        Keys of readings, tables, statements or events.
    """

    id: str
    objective: str
    claims: tuple[str, ...]
    stem: str
    type: str
    difficulty: int
    options: tuple[Option, ...] = ()
    answer: float | None = None
    unit: str = ""
    tolerance: float = 0.0
    expression: str = ""
    order: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    model_answer: str = ""
    explanation: str = ""
    sources: tuple[str, ...] = ()

    @property
    def solution(self) -> Any:
        """The response that earns all points, in the form that `score` takes."""
        right = [option.key for option in self.options if option.right]
        solutions: dict[str, Callable[[], Any]] = {
            "single": lambda: right[0],
            "multiple": lambda: right,
            "numeric": lambda: self.answer,
            "order": lambda: list(self.order),
            "match": lambda: {pair.key: pair.match for pair in self.pairs},
            "short": lambda: {"text": self.model_answer, "rating": 1},
        }
        return solutions[self.type]()


@dataclass(frozen=True, slots=True)
class Bank:
    """The questions of one notebook, or of the test before or after the course.

    Parameters
    ----------
    notebook : str
        Its number, such as ``"02"``, or the name of the test.
    title : str
        What the bank is called on the page.
    questions : tuple of Question
        In the order of the file.
    """

    notebook: str
    title: str
    questions: tuple[Question, ...]


def shuffled(question: Question, seed: str | int) -> tuple[Option, ...]:
    """Put options into an order that is the same each time for one learner.

    Parameters
    ----------
    question : Question
        The question.
    seed : str or int
        What tells learners apart.

    Returns
    -------
    tuple of Option
        The options. Options that are numbers keep their order, because a scale out of order only
        confuses. Items to be put in order never start in the right order, and choices to be
        matched never line up with their lines.

    Examples
    --------
    >>> from coursekit.quiz import question
    >>> shuffled(question("02-q1"), 7) == shuffled(question("02-q1"), 7)
    True
    """
    options = question.options
    if all(_STEP.fullmatch(option.text) for option in options):
        return options
    mixed = sorted(options, key=lambda option: _shuffled_by(seed, question.id, option.key))
    given_away = (question.order, tuple(pair.match for pair in question.pairs))
    if tuple(option.key for option in mixed) in given_away:
        mixed.reverse()
    return tuple(mixed)


def _shuffled_by(*parts: object) -> bytes:
    """Hash to a number: unlike `random`, the same in all versions of Python."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
