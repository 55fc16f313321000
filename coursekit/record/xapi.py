"""xAPI statements: who did what to which activity, with what result.

In the file a statement is as the Experience API has it, every name an IRI. What the course reads
and writes in Python has short names for extensions; `in_full` and `in_short` go from one to the
other.
"""

import datetime as dt
import json
import re
import uuid
from typing import Any

from coursekit.errors import CourseError, unknown
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
Statement = dict[str, Any]
# A result or a context, as a statement is given one.
Given = dict[str, Any] | None
SCHEMA = 1
XAPI = "1.0.3"

# No host can ever have a name that ends in .example, so these names are nobody else's.
BASE = "https://coursekit.example/xapi/"
ACTIVITIES, EXTENSIONS = BASE + "activities/", BASE + "extensions/"
CONFIDENCE = EXTENSIONS + "confidence"
ADL = "http://adlnet.gov/expapi/verbs/"

VERBS = {
    "answered": ADL + "answered",
    "predicted": BASE + "verbs/predicted",
    "rated": BASE + "verbs/rated",
    "noted": ADL + "commented",
    "checked": ADL + "attempted",
    "mapped": ADL + "interacted",
    "played": BASE + "verbs/played",
}
NAMES = {iri: name for name, iri in VERBS.items()}

PATH = re.compile(r"[\w.~-]+(/[\w.~-]+)+", re.ASCII)
OWN = {
    "result": {"score", "success", "completion", "response", "duration"},
    "context": {
        *("registration", "instructor", "team", "contextActivities"),
        *("revision", "platform", "language", "statement"),
    },
}


def statement(
    actor: Statement, verb: str, activity: str, *, result: Given = None, context: Given = None
) -> Statement:
    """Make a statement.

    Raises CourseError if the verb does not exist, the activity is not a path, or a value is not one
    that can be kept.

    Examples
    --------
    >>> kept = statement({}, "answered", "quiz/02/02-q3", result={"success": True})
    >>> verb_of(kept), activity_of(kept), kept["result"]
    ('answered', 'quiz/02/02-q3', {'success': True})
    """
    if verb not in VERBS:
        raise unknown("verb", verb, VERBS)
    if not (isinstance(activity, str) and PATH.fullmatch(activity)):
        raise CourseError(SAY("activity", activity=activity))
    now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    made: Statement = {"id": str(uuid.uuid4()), "timestamp": now, "actor": actor}
    made["verb"] = {"id": VERBS[verb], "display": {"en": verb}}
    made |= {"object": {"id": ACTIVITIES + activity}, "version": XAPI}
    made["context"] = _part("context", {**(context or {}), "schema": SCHEMA})
    if result:
        made["result"] = _part("result", result)
    made = _as_json(made)
    check_result(made.get("result", {}))
    return made


def _part(name: str, given: dict[str, Any]) -> dict[str, Any]:
    given = dict(given)
    extensions = given.pop("extensions", None) or {}
    extensions = {**extensions, **{k: v for k, v in given.items() if k not in OWN[name]}}
    given["extensions"] = {k: v for k, v in extensions.items() if v is not None} or None
    return {k: v for k, v in given.items() if k in {*OWN[name], "extensions"} and v is not None}


def _as_json(value: Statement) -> Any:
    """Turn numpy's numbers and tuples into what JSON knows, and refuse what it does not."""
    try:
        return json.loads(json.dumps(value, allow_nan=False, default=lambda v: v.tolist()))
    except (AttributeError, TypeError, ValueError) as problem:
        raise CourseError(SAY("kept", problem=problem)) from None


def _share(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value <= 1


def check_result(result: dict[str, Any]) -> None:
    """Refuse a result that holds what it should not: raises CourseError, which names it."""
    if type(result.get("success", True)) is not bool:
        raise CourseError(f"'success' is {result['success']!r}. It must be True or False.")
    if type(result.get("response", "")) is not str:
        raise CourseError(f"'response' is {result['response']!r}. It must be text.")
    score = result.get("score", {})
    if type(score) is not dict or not _share(score.get("scaled", 0)):
        raise CourseError(f"'score' is {result['score']!r}. Write {{'scaled': 0.5}}, from 0 to 1.")
    extensions = result.get("extensions", {})
    confidence = extensions.get("confidence", extensions.get(CONFIDENCE, 0))
    if not _share(confidence):
        raise CourseError(SAY("confidence", confidence=confidence))


def short(name: str) -> str:
    """Shorten the name of an extension."""
    return name.removeprefix(EXTENSIONS)


def in_short(made: Statement) -> Statement:
    """Give extensions their short names."""
    for part in (made.get("result"), made.get("context")):
        if part and "extensions" in part:
            part["extensions"] = {short(k): v for k, v in part["extensions"].items()}
    return made


def in_full(made: Statement) -> Statement:
    """Write the names of extensions out as IRIs."""
    parts = {name: made[name] for name in ("result", "context") if name in made}
    return made | {
        name: part | {"extensions": {_iri(k): v for k, v in part["extensions"].items()}}
        for name, part in parts.items()
        if "extensions" in part
    }


def _iri(name: str) -> str:
    return name if ":" in name else EXTENSIONS + name


def written(made: Statement) -> bytes:
    """Write a statement as a line; raises ValueError or RecursionError if JSON cannot hold it."""
    text = json.dumps(in_full(made), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # A browser can cut an emoji in half; the half has no place in UTF-8.
    return text.encode("utf-8", "replace") + b"\n"


def verb_of(made: Statement) -> str:
    """Name the verb of a statement.

    Parameters
    ----------
    made : dict
        A statement.

    Returns
    -------
    str
        One of `VERBS`.
    """
    return NAMES[made["verb"]["id"]]


def activity_of(made: Statement) -> str:
    """Name the activity of a statement.

    Parameters
    ----------
    made : dict
        A statement.

    Returns
    -------
    str
        Its path, such as ``"quiz/02/02-q3"``.
    """
    return str(made["object"]["id"]).removeprefix(ACTIVITIES)
