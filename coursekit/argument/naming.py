"""Find the things that a student names."""

from collections.abc import Iterable

from coursekit.errors import unknown

# One step of an argument, or several.
Named = str | Iterable[str]


def named(kind: str, given: str, valid: Iterable[str]) -> str:
    """Find an identifier, in capitals or small letters; raises CourseError if there is none."""
    names = list(valid)
    if given in names:
        return given
    lowered = {name.lower(): name for name in names}
    asked = str(given).strip().lower()
    if asked not in lowered:
        raise unknown(kind, given, names)
    return lowered[asked]


def several(kind: str, given: Named, valid: Iterable[str]) -> frozenset[str]:
    """Find identifiers, one alone or several; raises CourseError if one does not exist."""
    # What is neither a text nor several is named in the error.
    names = [given] if isinstance(given, str) or not isinstance(given, Iterable) else given
    return frozenset(named(kind, name, valid) for name in names)
