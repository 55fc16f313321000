"""Which lines are statements of the course, and what a table needs of them."""

import datetime as dt
import json
from typing import Any, NamedTuple

from coursekit.errors import CourseError
from coursekit.record.xapi import (
    ACTIVITIES,
    PATH,
    activity_of,
    check_result,
    short,
    verb_of,
)

# Extensions by which statements are grouped.
TEXTS = ("notebook", "objective")


class Row(NamedTuple):
    """What a table needs of a statement."""

    time: str
    verb: str
    activity: str
    success: bool | None
    score: float | None
    response: str | None
    extensions: dict[str, Any]


def row(made: dict[str, Any]) -> Row:
    """Take out of a statement what a table needs."""
    result = made.get("result", {})
    given = made.get("context", {}).get("extensions", {}) | result.get("extensions", {})
    score = result["score"].get("scaled") if "score" in result else None
    earned = result.get("success"), score, result.get("response")
    extensions = {short(name): value for name, value in given.items()}
    return Row(made["timestamp"], verb_of(made), activity_of(made), *earned, extensions)


def checked_row(made: Any) -> Row:
    """Take what a table needs of a statement; raises CourseError if it is none of the course."""
    try:
        found = row(made)
        check_result(made.get("result", {}))
        ours = (
            made["object"]["id"].startswith(ACTIVITIES)
            and PATH.fullmatch(found.activity) is not None
            and type(made["id"]) is type(made["actor"]["account"]["name"]) is str
            # Days are counted from it, and no calendar ends near it.
            and 1970 <= dt.datetime.fromisoformat(found.time).year < 2200
            and all(type(found.extensions.get(name, "")) is str for name in TEXTS)
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        ours = False
    if not ours:
        raise CourseError("This is not a statement of the course.")
    return found


def parse(line: str) -> tuple[Row, str] | None:
    """Read a line of the record.

    Examples
    --------
    >>> parse('{"id": "torn') is None
    True
    """
    try:
        return checked_row(json.loads(line)), line
    except (ValueError, RecursionError):
        return None
