"""Checks of what goes into a model: each returns the value, or says in plain words what is wrong.

Every check takes a number or an array; of an array, every element has to pass. It returns a plain
float for a single number and an array of floats for the rest.
"""

import operator
import re
from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coursekit.errors import CourseError

Array: TypeAlias = NDArray[np.float64]
Number: TypeAlias = float | Array

_COMPARE = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}


def as_number(value: ArrayLike) -> Number:
    """Turn a result of numpy into a plain float where it is a single number."""
    array = np.asarray(value, dtype=np.float64)
    return float(array) if array.ndim == 0 else array


def _refuse(value: Number, good: ArrayLike, rule: str, why: str) -> Number:
    """Return the value if all of it is good; else show the reader the first part that is not."""
    passed = np.asarray(good)
    if passed.all():
        return value
    bad = np.asarray(value)[~passed].flat[0]
    raise CourseError(f"{rule}, because {why}. You gave {bad:.12g}.")


def finite(value: ArrayLike, name: str) -> Number:
    """Check for finite numbers; raises CourseError if one is infinite, missing or no number."""
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.asarray(None)
    # numpy would read True as 1 and "0.5" as 0.5; both are more likely slips than numbers.
    if array.dtype.kind not in "iuf":
        raise CourseError(f"{name} must be a number such as 0.5. You gave {value!r}.")
    number = as_number(array)
    why = "the model cannot reckon with anything else"
    return _refuse(number, np.isfinite(number), f"{name} must be a finite number", why)


def single(value: ArrayLike, names: str) -> float:
    """Check for one finite number, where a model answers for one case at a time."""
    number = finite(value, names)
    if not isinstance(number, float):
        raise CourseError(
            f"{names} must be one number, because the answer is for one case at a time. You gave "
            f"an array of shape {number.shape}."
        )
    return number


def probability(value: ArrayLike, name: str, why: str = "it is a probability") -> Number:
    """Check that a value lies in [0, 1]; raises CourseError if it does not."""
    return between(value, name, 0, 1, why)


def open_probability(
    value: ArrayLike, name: str, why: str = "at 0 or 1 there is nothing left to weigh"
) -> Number:
    """Check that a value lies in (0, 1), neither 0 nor 1; raises CourseError if not."""
    number = finite(value, name)
    good = np.greater(number, 0) & np.less(number, 1)
    return _refuse(number, good, f"{name} must be greater than 0 and less than 1", why)


def positive(value: ArrayLike, name: str, why: str = "the model divides by it") -> Number:
    """Check that a value is greater than 0; raises CourseError if it is not."""
    number = finite(value, name)
    return _refuse(number, np.greater(number, 0), f"{name} must be greater than 0", why)


def non_negative(
    value: ArrayLike, name: str, why: str = "the model gives no meaning to less than nothing"
) -> Number:
    """Check that a value is 0 or greater; raises CourseError if it is not."""
    number = finite(value, name)
    return _refuse(number, np.greater_equal(number, 0), f"{name} must be 0 or greater", why)


def between(
    value: ArrayLike,
    name: str,
    low: float,
    high: float,
    why: str = "the model is defined on this range only",
) -> Number:
    """Check that a value lies in [low, high]; raises CourseError if it does not."""
    number = finite(value, name)
    good = np.greater_equal(number, low) & np.less_equal(number, high)
    return _refuse(number, good, f"{name} must lie between {low:.12g} and {high:.12g}", why)


def ordering(
    values: Mapping[str, ArrayLike], order: str, why: str = "the ranking defines the game"
) -> tuple[Number, ...]:
    """Check an order such as ``"T > R > P > S"``; raises CourseError if it does not hold."""
    numbers = {name: finite(value, name) for name, value in values.items()}
    names = re.split(r"\s*[<>]=?\s*", order.strip())
    signs = re.findall(r"[<>]=?", order)
    for left, sign, right in zip(names, signs, names[1:], strict=False):
        if not np.all(_COMPARE[sign](numbers[left], numbers[right])):
            given = ", ".join(f"{name} = {_shown(value)}" for name, value in numbers.items())
            raise CourseError(f"This model needs {order}, because {why}. You gave {given}.")
    return tuple(numbers.values())


def _shown(value: Number) -> str:
    return f"{value:.12g}" if isinstance(value, float) else np.array2string(value, threshold=6)


def whole(value: float, name: str, least: int) -> int:
    """Check for a whole number that is not too small; raises CourseError if it is not one."""
    number = single(value, name)
    if number % 1 or number < least:
        raise CourseError(f"{name} is {value!r}; it must be a whole number, {least} or more.")
    return int(number)
