"""Fields for a share in per cent: a line to click on beside a number."""

from coursekit.errors import CourseError
from coursekit.forms.fields import Form, field
from coursekit.quiz.quantities import number
from coursekit.sentences import Sentences

SAY = Sentences(__file__)


def share_field(name: str, label: str, **more: object) -> Form:
    """Describe a field for a share."""
    scale = {"low": 0, "high": 100, "step": 1, "unit": "%"}
    return field("percent", name, label, required=SAY["missing"], **scale, **more)


def read_share(given: float | str | None) -> float:
    """Turn what was entered, a whole number from 0 to 100, into a share from 0 to 1."""
    if given is None or given == "":
        raise CourseError(SAY["missing"])
    value = number(given, "%", near=50)
    if not 0 <= value <= 100:
        raise CourseError(SAY("no_share", value=value, missing=SAY["missing"]))
    # Who writes 0.5 may mean an even chance.
    if not value.is_integer():
        raise CourseError(SAY("no_whole", value=value, missing=SAY["missing"]))
    return value / 100
