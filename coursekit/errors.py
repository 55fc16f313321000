"""Errors that speak to students."""

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["CourseError", "unknown"]


class CourseError(ValueError):
    """Something the course cannot use, with what was expected and what to try."""


def unknown(kind: str, given: object, valid: Iterable[object]) -> CourseError:
    """Make the error for a name that does not exist.

    Parameters
    ----------
    kind : str
        What was looked for, such as ``"table"``.
    given : object
        What was asked for.
    valid : iterable of object
        The names that exist.

    Returns
    -------
    CourseError
        An error that suggests the nearest name and lists all of them.

    Examples
    --------
    >>> print(unknown("table", "memebers", ["borders", "members"]))
    There is no table 'memebers'. Did you mean 'members'? You can use: borders, members.
    """
    names = [str(name) for name in valid]
    lowered = {name.lower(): name for name in names}
    near = get_close_matches(str(given).lower(), lowered, n=1, cutoff=0.5)
    hint = f" Did you mean {lowered[near[0]]!r}?" if near else ""
    return CourseError(f"There is no {kind} {given!r}.{hint} You can use: {', '.join(names)}.")
