"""Compare an answer with what was expected."""

import math
from collections.abc import Mapping
from numbers import Integral, Real

__all__ = ["SEQUENCES", "is_number", "kind_of", "same"]

SEQUENCES = ("tuple", "list", "ndarray", "Series", "Index")
# Two ways to the same number differ by less than this, as a share of it.
EXACT = 1e-6


def is_number(value):
    """Say whether a value is a number; True and False are none.

    Parameters
    ----------
    value : object
        Any value.

    Returns
    -------
    bool
        Whether it is.
    """
    return isinstance(value, Real) and kind_of(value) != "bool"


def kind_of(value):
    """Name the type of a value, with numpy's numbers under Python's names.

    Parameters
    ----------
    value : object
        Any value.

    Returns
    -------
    str
        Such as ``"int"``, ``"str"``, ``"DataFrame"`` or ``"None"``.

    Examples
    --------
    >>> import numpy as np
    >>> [kind_of(v) for v in (True, np.int64(3), np.float64(0.5), None, (1, 2))]
    ['bool', 'int', 'float', 'None', 'tuple']
    """
    if value is None:
        return "None"
    if isinstance(value, tuple):  # a named one too
        return "tuple"
    name = type(value).__name__.rstrip("_")
    if name in ("bool", "bool_"):
        return "bool"
    if isinstance(value, Integral):
        return "int"
    if isinstance(value, Real):
        return "float"
    return {"str_": "str", "frozenset": "set"}.get(name, name)


def same(got, expected, tolerance):
    """Compare an answer with what was expected.

    Parameters
    ----------
    got, expected : object
        Values; containers are compared part by part, sequences of any type in order.
    tolerance : float or None
        How far a number may be off; None for rounding error only.

    Returns
    -------
    bool
        Whether they agree.

    Examples
    --------
    >>> same(0.1 + 0.2, 0.3, None), same([1, 2], (1, 2), None), same(3.14, 3.1416, 0.01)
    (True, True, True)
    """
    kinds = kind_of(got), kind_of(expected)
    if is_number(got) and is_number(expected):
        if math.isnan(expected):
            return math.isnan(got)
        return math.isclose(
            got, expected, rel_tol=0 if tolerance else EXACT, abs_tol=tolerance or 1e-12
        )
    if kinds[0] in SEQUENCES and kinds[1] in SEQUENCES:
        return len(got) == len(expected) and all(
            same(a, b, tolerance) for a, b in zip(got, expected, strict=True)
        )
    if isinstance(got, Mapping) and isinstance(expected, Mapping):
        return set(got) == set(expected) and all(
            same(got[key], expected[key], tolerance) for key in expected
        )
    if kinds[0] != kinds[1]:
        return False
    return expected.equals(got) if hasattr(expected, "equals") else bool(got == expected)
