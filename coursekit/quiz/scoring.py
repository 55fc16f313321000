"""How a response becomes points and feedback: pure functions of a question."""

from __future__ import annotations

import json
import math
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from coursekit.errors import CourseError
from coursekit.quiz.quantities import number
from coursekit.quiz.questions import TYPES, Option, Question
from coursekit.ranges import Number, as_number, probability

RATINGS = {0: "not yet", 0.5: "in part", 1: "yes"}


# Points, what was chosen with what there is to say about it, and a sentence.
Earned = tuple[float, list[tuple[str, str]], str]


class Score(NamedTuple):
    """What a response earned.

    Parameters
    ----------
    points : float
        0 to 1.
    success : bool
        Whether all points were earned.
    feedback : tuple of (str, str)
        What was chosen, by key, and what there is to say about it.
    summary : str
        One sentence.
    """

    points: float
    success: bool
    feedback: tuple[tuple[str, str], ...]
    summary: str


def score(question: Question, response: Any) -> Score:
    """Score a response to a question.

    All points are shares of 1:

    - ``single``, ``numeric``: 1 or 0. A number counts as right up to the tolerance.
    - ``multiple``: the share of the right options that were chosen, less the share of the wrong
      options that were chosen, and never below 0. To tick everything earns nothing.
    - ``order``: the share of pairs of items that stand in the right order (Kendall). An order
      that is turned round earns 0.
    - ``match``: the share of lines with the right partner.
    - ``short``: the reader's own rating, after comparison with the model answer.

    Parameters
    ----------
    question : Question
        The question.
    response : str, list of str, float or dict
        ``single``: a key. ``multiple``: keys. ``numeric``: a number, or a text such as
        ``"2,5 %"``. ``order``: all keys, first to last. ``match``: key of an option by key of a
        line. ``short``: ``{"text": ..., "rating": 0, 0.5 or 1}``.

    Returns
    -------
    Score
        Points, success, feedback on what was chosen, and a summary.

    Raises
    ------
    CourseError
        If the response is incomplete or does not fit the question.

    Examples
    --------
    >>> from coursekit.quiz import question
    >>> score(question("02-q2"), "16").points
    1.0
    """
    points, feedback, summary = _SCORERS[question.type](question, response)
    return Score(points, points == 1, tuple(feedback), summary)


def answered(earned: Score, response: object, attempt: int, **more: object) -> dict[str, Any]:
    """Put an answer and what it earned into the result that a record keeps."""
    said = {"success": earned.success, "score": {"scaled": earned.points}}
    written = json.dumps(response, ensure_ascii=False)
    return said | {"response": written, "attempt": attempt, **more}


def _chosen(question: Question, keys: list[Any]) -> list[Option]:
    """Look up options by key."""
    options = {option.key: option for option in question.options}
    for key in keys:
        if not isinstance(key, str) or key not in options:
            raise CourseError(
                f"{key!r} is not one of the choices. Choose from {', '.join(options)}."
            )
    if len(set(keys)) < len(keys):
        raise CourseError("Each choice can be named only once.")
    return [options[key] for key in keys]


def _keys(response: object) -> list[Any]:
    if not isinstance(response, list | tuple):
        raise CourseError(
            f"The answer must be a list of choices such as ['a', 'c']. You gave {response!r}."
        )
    return list(response)


def _single(question: Question, response: object) -> Earned:
    (option,) = _chosen(question, [response])
    summary = "That is right." if option.right else "That is not the right answer."
    return float(option.right), [(option.key, option.why)], summary


def _multiple(question: Question, response: object) -> Earned:
    chosen = _chosen(question, _keys(response))
    if not chosen:
        raise CourseError("Nothing is chosen yet. Choose at least one answer.")
    rights = sum(option.right for option in question.options)
    wrongs = len(question.options) - rights
    hits = sum(option.right for option in chosen)
    slips = len(chosen) - hits
    # One fraction, so that a full score is 1 exactly.
    points = max(0, hits * wrongs - slips * rights) / (rights * wrongs)
    summary = f"You found {hits} of {rights} right answers"
    summary += f" and chose {slips} that {'is' if slips == 1 else 'are'} wrong." if slips else "."
    return points, [(option.key, option.why) for option in chosen], summary


def _numeric(question: Question, response: Any) -> Earned:
    answer: Any = question.answer
    value = number(response, question.unit, near=answer)
    off, most = abs(value - answer), question.tolerance
    right = off <= most or math.isclose(off, most, rel_tol=1e-9, abs_tol=1e-12)
    size = "right" if right else "too high" if value > answer else "too low"
    return float(right), [("answer", question.explanation)], f"That is {size}."


def _order(question: Question, response: object) -> Earned:
    chosen = _chosen(question, _keys(response))
    if len(chosen) < len(question.options):
        raise CourseError(f"Put all {len(question.options)} items in order, each of them once.")
    place = {key: index for index, key in enumerate(question.order)}
    pairs = [(place[a.key], place[b.key]) for a, b in combinations(chosen, 2)]
    right = sum(first < second for first, second in pairs)
    if right == len(pairs):
        summary = "The order is right."
    else:
        summary = f"Of {len(pairs)} pairs of items, {right} stand in the right order."
    return right / len(pairs), [(option.key, option.why) for option in chosen], summary


def _match(question: Question, response: object) -> Earned:
    lines = {pair.key: pair for pair in question.pairs}
    if not isinstance(response, dict) or set(response) != set(lines):
        raise CourseError(f"Choose a partner for each of the {len(lines)} lines.")
    for key in response.values():
        _chosen(question, [key])
    right = sum(response[key] == pair.match for key, pair in lines.items())
    summary = f"You matched {right} of {len(lines)} lines."
    return right / len(lines), [(key, pair.why) for key, pair in lines.items()], summary


def _short(question: Question, response: object) -> Earned:
    if not isinstance(response, dict) or set(response) != {"text", "rating"}:
        raise CourseError("A short answer needs a text and a rating.")
    if not isinstance(response["text"], str) or not response["text"].strip():
        raise CourseError("Write a sentence or two first, then compare it with the model answer.")
    rating = response["rating"]
    if not isinstance(rating, int | float) or isinstance(rating, bool) or rating not in RATINGS:
        raise CourseError("Rate your answer: 1 (yes), 0.5 (in part) or 0 (not yet).")
    summary = f"Does your answer say what the model answer says? You say: {RATINGS[rating]}."
    return float(rating), [("model", question.model_answer)], summary


_SCORERS = dict(zip(TYPES, (_single, _multiple, _numeric, _order, _match, _short), strict=True))


def normalised_gain(pre: ArrayLike, post: ArrayLike) -> Number:
    """Compute how much of what could still be gained was gained.

    Parameters
    ----------
    pre, post : float or array
        Shares of right answers before and after, from 0 to 1; arrays hold one learner an entry.
        The gain of a class is that of its two means, not the mean of the gains.

    Returns
    -------
    float or numpy.ndarray
        ``(post - pre) / (1 - pre)``: 1 if everything was gained, 0 if nothing, negative if
        something was lost. Nan where ``pre`` is 1, because then there was nothing left to gain.

    Raises
    ------
    CourseError
        If a share lies outside [0, 1].

    References
    ----------
    hake1998

    Examples
    --------
    >>> normalised_gain(0.5, 0.75)
    0.5
    """
    before, after = np.asarray(probability(pre, "pre")), np.asarray(probability(post, "post"))
    room = np.where(before < 1, 1 - before, np.nan)
    return as_number((after - before) / room)
