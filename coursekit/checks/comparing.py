"""Compare an answer with what was expected.

What counts is what a value really is: an object may pretend to be of another type or equal to
everything. So types are read from `type`, and numbers, texts and containers are copied into those
of Python before they are compared.
"""

import math
from collections import deque
from collections.abc import Mapping, Set
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

__all__ = ["SEQUENCES", "is_number", "kind_of", "plain", "same"]

SEQUENCES = ("tuple", "list", "ndarray", "Series", "Index")
# Two ways to the same number differ by less than this, as a share of it.
EXACT = 1e-6
KINDS: dict[str, Any] = {
    **{"int": Integral, "float": (Real, Decimal), "str": str},
    **{"tuple": tuple, "list": (list, deque), "dict": Mapping, "set": Set},
}
# Nobody asks for anything as deep; a list may contain itself.
DEEPEST = 20


def is_number(value: object) -> bool:
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
    return kind_of(value) in ("int", "float")


def kind_of(value: Any) -> str:
    """Name the type of a value, with other libraries' numbers and texts under Python's names.

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
    >>> [kind_of(v) for v in (True, np.int64(3), np.array(0.5), None, (1, 2), deque())]
    ['bool', 'int', 'float', 'None', 'tuple', 'list']
    """
    kind = type(value)
    name = kind.__name__.rstrip("_")
    if value is None:
        return "None"
    if name == "bool":
        return "bool"
    for wanted, found in KINDS.items():
        if issubclass(kind, found):
            return wanted
    if name in ("Series", "DataFrame"):
        return name
    if hasattr(kind, "tolist"):
        if getattr(value, "ndim", 1) == 0:
            return kind_of(value.item())
        return "Index" if name.endswith("Index") else "ndarray"
    # What is called as one of these kinds is none of them: they were found above.
    return "object" if name in KINDS else name


def plain(value: Any, depth: int = 0) -> Any:
    """Copy numbers, texts and containers into Python's own types; leave the rest as it is.

    Parameters
    ----------
    value : object
        Any value.
    depth : int, optional
        How far inside a container it lies.

    Returns
    -------
    object
        Of exactly one of the types bool, int, float, str, list, dict and set, or the value itself.

    Raises
    ------
    Exception
        What a made-up type raises when it is looked into.

    Examples
    --------
    >>> import numpy as np
    >>> plain({"a": (np.float64(0.5), Decimal("2"))})
    {'a': [0.5, 2.0]}
    """
    kind = kind_of(value)
    if depth > DEEPEST:
        return value
    if kind == "bool":
        return bool(value)
    # The methods of the base type itself, not those that a type of one's own puts in their place.
    if issubclass(type(value), int):
        return int.__add__(value, 0)
    if issubclass(type(value), float):
        return float.__add__(value, 0.0)
    if kind == "str":
        return str.__str__(value)
    if kind in ("int", "float"):
        single = value.item() if hasattr(type(value), "item") else value
        return int(single) if kind == "int" else float(single)
    if kind in SEQUENCES:
        parts = value.tolist() if hasattr(type(value), "tolist") else value
        return [plain(part, depth + 1) for part in parts]
    if kind == "dict":
        pairs = [(plain(key, depth + 1), plain(part, depth + 1)) for key, part in value.items()]
        return {_fixed(key): part for key, part in pairs}
    if kind == "set":
        return {_fixed(plain(part, depth + 1)) for part in value}
    return value


def _fixed(value: object) -> object:
    """Make of a list what can be a part of a set or a key."""
    if isinstance(value, list):
        return tuple(map(_fixed, value))
    return frozenset(value) if isinstance(value, set) else value


def same(got: object, expected: object, tolerance: float | None) -> bool:
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
        Whether they agree. What cannot be looked into agrees with nothing.

    Examples
    --------
    >>> same(0.1 + 0.2, 0.3, None), same([1, 2], (1, 2), None), same(3.14, 3.1416, 0.01)
    (True, True, True)
    """
    try:
        return bool(_same(plain(got), plain(expected), tolerance))
    except Exception:
        return False


def _same(got: Any, expected: Any, tolerance: float | None) -> Any:
    numbers = (int, float)
    if type(got) in numbers and type(expected) in numbers:
        if math.isnan(expected):
            return math.isnan(got)
        if got == expected:
            return True
        share = 0 if tolerance else EXACT
        return math.isclose(got, expected, rel_tol=share, abs_tol=tolerance or 1e-12)
    if type(got) is not type(expected):
        return False
    if type(got) is list:
        pairs = zip(got, expected, strict=False)
        return len(got) == len(expected) and all(_same(a, b, tolerance) for a, b in pairs)
    if type(got) is dict:
        alike = (_same(got[key], expected[key], tolerance) for key in expected)
        return got.keys() == expected.keys() and all(alike)
    return expected.equals(got) if hasattr(expected, "equals") else expected == got
