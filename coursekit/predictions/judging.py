"""How a prediction compares with the answer: pure functions of a prediction."""

import math
from typing import Any, NamedTuple

from coursekit.errors import CourseError, read_each, unknown
from coursekit.expressions import compute
from coursekit.predictions.loading import Answer, Prediction
from coursekit.quiz.quantities import number
from coursekit.sentences import Sentences

SAY = Sentences(__file__)


class Verdict(NamedTuple):
    """How a prediction compares with the answer.

    Parameters
    ----------
    kind : str
        ``exact``, ``near``, ``high``, ``low``, ``opposite``, ``mixed``; for a choice ``exact`` or
        ``other``.
    text : str
        What the student is told.
    """

    kind: str
    text: str


def truth(prediction: Prediction) -> Any:
    """Compute the answer.

    Parameters
    ----------
    prediction : Prediction
        The question.

    Returns
    -------
    float, list of float or str
        A number, the numbers of a curve, or the key of an option.

    Raises
    ------
    CourseError
        If the expression fails or gives something else; the message names the prediction.

    Examples
    --------
    >>> from coursekit.predictions import load
    >>> truth(load("02-seven"))
    25.0
    """
    where = SAY("truth", id=prediction.id)
    try:
        found = compute(prediction.truth)
    except Exception as problem:
        told = {"kind": type(problem).__name__, "problem": problem, "truth": prediction.truth}
        raise CourseError(SAY("failed", where=where, **told)) from problem
    if prediction.kind == "choice":
        keys = [option.key for option in prediction.options]
        if found not in keys:
            raise CourseError(f"{where} is {found!r}; it must be one of: {', '.join(keys)}.")
        return found
    curve = prediction.kind == "curve"
    try:
        numbers = [float(n) for n in (found if curve else [found])]
    except (TypeError, ValueError):
        numbers = []
    wanted = len(prediction.at) if curve else 1
    if len(numbers) != wanted or not all(map(math.isfinite, numbers)):
        needed = f"a list of {wanted} finite numbers" if curve else "a finite number"
        raise CourseError(f"{where} is {found!r}; it must be {needed}.")
    return numbers if curve else numbers[0]


def read_response(prediction: Prediction, given: Any) -> Any:
    """Turn what the student entered into a prediction.

    Parameters
    ----------
    prediction : Prediction
        The question.
    given : str, float or list
        What she entered: a number or its text, one such for each place of a curve, or the key of
        an option.

    Returns
    -------
    float, list of float or str
        The same as a number, numbers or key.

    Raises
    ------
    CourseError
        If it is no number, lies outside the bounds, or is no option. For a curve it is a
        `MisfitError` that names the places.

    Examples
    --------
    >>> from coursekit.predictions import load
    >>> read_response(load("02-border"), "−1,200 km")
    -1200.0
    """
    if prediction.kind == "choice":
        keys = [option.key for option in prediction.options]
        if given not in keys:
            raise unknown("option", given, keys)
        return given
    if prediction.kind == "number":
        # Where a comma could mean two things, the reading nearer to the answer is taken.
        near = truth(prediction) if isinstance(given, str) else 0
        return _within(prediction, number(given, prediction.unit, near))
    if not isinstance(given, list) or len(given) != len(prediction.at):
        raise CourseError(f"Give a number for each of the {len(prediction.at)} places.")
    answer = truth(prediction)

    def read(place: int) -> float:
        try:
            return _within(prediction, number(given[place], prediction.unit, answer[place]))
        except CourseError as problem:
            raise CourseError(f"At {prediction.at[place]:g}: {problem}") from problem

    return list(read_each(read, {place: place for place in range(len(given))}).values())


def _within(prediction: Prediction, value: float) -> float:
    low, high = prediction.bounds
    if not low <= value <= high:
        way = "more" if value > high else "less"
        given, least = prediction.words(value, exact=True), prediction.words(low, unit=False)
        most = prediction.words(high)
        raise CourseError(SAY("outside", value=given, way=way, low=least, high=most))
    return value


def judge(prediction: Prediction, response: Any, answer: Any) -> Verdict:
    """Compare a prediction with the answer.

    Parameters
    ----------
    prediction : Prediction
        The question.
    response : float, list of float or str
        What the student predicted, as `read_response` gives it.
    answer : float, list of float or str
        What is true, as `truth` gives it.

    Returns
    -------
    Verdict
        Exact, near, too high, too low, opposite or mixed, and what she is told. Numbers are
        compared with the answer as it is told, to its last digit shown.

    Examples
    --------
    >>> from coursekit.predictions import load
    >>> judge(load("02-seven"), 40, 25).kind
    'high'
    """
    said = {"yours": prediction.words(response, exact=True), "truth": prediction.words(answer)}
    if prediction.kind == "choice":
        chosen = next(option for option in prediction.options if option.key == response)
        return Verdict("exact" if response == answer else "other", chosen.says.format(**said))
    curve = prediction.kind == "curve"
    told = prediction.rounded(answer)
    kind, off = (_curve if curve else _number)(prediction, response, told)
    if not off:
        kind = "exact"
    text = prediction.tells.get(kind) or prediction.tells["near"]
    return Verdict(kind, text.format(**said, off=prediction.words(off)))


def _counts_as_near(prediction: Prediction, off: float) -> bool:
    # What lies on the edge is near, whatever the machine makes of 0.97 - 0.89.
    return off <= prediction.near or math.isclose(off, prediction.near)


def _number(prediction: Prediction, response: float, answer: float) -> tuple[str, float]:
    off = abs(response - answer)
    if _counts_as_near(prediction, off):
        return "near", off
    turn = prediction.turn
    if turn is not None and (response - turn) * (answer - turn) < 0:
        return "opposite", off
    return ("high" if response > answer else "low"), off


def _curve(prediction: Prediction, response: list[float], answer: list[float]) -> tuple[str, float]:
    gaps = [mine - true for mine, true in zip(response, answer, strict=True)]
    off = sum(map(abs, gaps)) / len(gaps)
    if _counts_as_near(prediction, off):
        return "near", off
    if (response[-1] - response[0]) * (answer[-1] - answer[0]) < 0:
        return "opposite", off
    mean = sum(gaps) / len(gaps)
    # Where too high and too low nearly cancel, neither describes the curve.
    if abs(mean) < off / 2:
        return "mixed", off
    return ("high" if mean > 0 else "low"), off


def explanation(prediction: Prediction, answer: Answer) -> str:
    """Say what everyone is told, whatever she predicted.

    Parameters
    ----------
    prediction : Prediction
        The question.
    answer : float, list of float or str
        What is true.

    Returns
    -------
    str
        The explanation; empty if there is none.
    """
    return prediction.explain.format(truth=prediction.words(answer))
