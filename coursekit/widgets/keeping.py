"""What cards keep: in the learner's record and, should that fail, as long as the kernel runs."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from coursekit.errors import CourseError
from coursekit.record import activity_of, record
from coursekit.record.xapi import statement

# A statement of the record, or a part of one.
Kept = dict[str, Any]
State = TypeVar("State")
_unsaved: dict[object, list[Kept]] = defaultdict(list)
_told: set[str] = set()


def keep(verb: str, activity: str, result: Kept, context: Kept | None = None) -> Kept:
    """Keep a statement."""
    mine = record()
    made = mine.add(verb, activity, result=result, context=context)
    if made is None:
        made = statement({}, verb, activity, result=result, context=context)
        _unsaved[mine.path].append(made)
    return made


def kept(prefix: str) -> dict[str, list[Kept]]:
    """Find what was kept about some activities."""
    found = defaultdict(list)
    mine = record()
    for made in (*mine.statements(prefix=prefix), *_unsaved[mine.path]):
        if activity_of(made).startswith(prefix):
            found[activity_of(made)].append(made)
    return dict(found)


def results(place: str) -> dict[str, list[Kept]]:
    """Find the results of what was kept at a place, by the rest of the activity's name."""
    return {
        activity.removeprefix(f"{place}/"): [made.get("result", {}) for made in found]
        for activity, found in kept(f"{place}/").items()
    }


def tries(place: str, choices: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """Find the answers given so far, by what was asked, as far as they are still offered."""
    before, found = results(place), {}
    for name, offered in choices.items():
        given = (made.get("response", "") for made in before.get(name, ()))
        found[name] = [response for response in given if response in offered]
    return found


def keep_try(
    place: str, name: str, response: str, right: bool, attempt: int, objective: str
) -> None:
    """Keep an answer that is right or wrong as a whole."""
    result = {"success": right, "score": {"scaled": float(right)}}
    result |= {"response": response, "attempt": attempt}
    keep("answered", f"{place}/{name}", result, {"objective": objective})


def keep_played(place: str, state: Kept, done: bool) -> None:
    """Keep how a game stands after a move."""
    keep("played", place, {"response": json.dumps(state), "completion": done})


def last_played(place: str, read: Callable[[Any], State]) -> State | None:
    """Give what `read` makes of the newest state of a game; older ones if it cannot; else None."""
    for made in reversed(kept(place).get(place, [])):
        try:
            return read(json.loads(made["result"]["response"]))
        except (CourseError, KeyError, TypeError, ValueError):
            continue
    return None


def trouble() -> str:
    """Say what is wrong with the record, once."""
    problem = record().problem
    if problem in _told:
        return ""
    if problem:
        _told.add(problem)
    return problem
