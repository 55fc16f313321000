"""Fields for a share in per cent: a line to click on beside a number."""

from coursekit.errors import CourseError
from coursekit.forms.fields import field
from coursekit.quiz.quantities import number

__all__ = ["read_share", "share_field"]

MISSING = "Click on the line or write a whole number from 0 to 100."


def share_field(name: str, label: str, **more) -> dict:
    """Describe a field for a share."""
    scale = {"low": 0, "high": 100, "step": 1, "unit": "%"}
    return field("percent", name, label, required=MISSING, **scale, **more)


def read_share(given: object) -> float:
    """Turn what was entered into a share from 0 to 1.

    Raises CourseError if nothing was, or it is no whole number from 0 to 100.
    """
    if given in (None, ""):
        raise CourseError(MISSING)
    value = number(given, "%", near=50)
    if not 0 <= value <= 100:
        raise CourseError(f"{value:g}% is no probability. {MISSING}")
    # Who writes 0.5 may mean an even chance.
    if not value.is_integer():
        raise CourseError(f"{value:g}% is not a whole number. {MISSING} An even chance is 50.")
    return value / 100
