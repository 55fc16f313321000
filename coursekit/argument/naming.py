"""Find the things that a student names."""

from collections.abc import Iterable

from coursekit.errors import unknown


def named(kind: str, given: str, valid: Iterable[str]) -> str:
    """Find an identifier; capitals and small letters count the same if nothing else fits.

    Raises CourseError if there is none; the message suggests the nearest.

    Examples
    --------
    >>> named("claim", " c30", ["C29", "C30"])
    'C30'
    """
    names = list(valid)
    if given in names:
        return given
    lowered = {name.lower(): name for name in names}
    asked = str(given).strip().lower()
    if asked not in lowered:
        raise unknown(kind, given, names)
    return lowered[asked]


def several(kind: str, given: str | Iterable[str], valid: Iterable[str]):
    """Find identifiers: one alone, or several.

    Raises CourseError if one of them does not exist.

    Examples
    --------
    >>> several("step", "h3", ["H2", "H3"])
    frozenset({'H3'})
    """
    one = isinstance(given, str) or not isinstance(given, Iterable)
    return frozenset(named(kind, name, valid) for name in ([given] if one else given))
