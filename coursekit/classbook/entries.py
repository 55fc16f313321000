"""What a report on a class needs of a record: few of its statements, and those in clean types."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from coursekit.errors import CourseError
from coursekit.record import read_export
from coursekit.record.reading import row
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# A whole course comes to some 2 MB.
LARGEST = 32_000_000
# Lists and dictionaries of a file that is read; empty ones would fill the memory many times over.
PARTS = 1_000_000
LONGEST = 10_000


class Entry(NamedTuple):
    """A statement; what is of no use here is left out."""

    id: str
    time: float
    verb: str
    activity: str
    notebook: str | None
    response: str | None
    score: float | None
    success: bool | None
    confidence: float | None
    attempt: int | None
    mistake: str | None


class Found(NamedTuple):
    """What a file holds: accounts and entries, or the sentence that says why it was not read."""

    path: Path
    name: str = ""
    accounts: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    statements: int = 0
    problem: str = ""


def _text_or_none(value):
    return value[:LONGEST] if isinstance(value, str) else None


def entry(made: dict) -> Entry:
    """Take out of a statement what is needed; values of types that nobody writes are left out."""
    kept = row(made)
    time = dt.datetime.fromisoformat(kept.time)
    time = time if time.tzinfo else time.replace(tzinfo=dt.UTC)
    more = kept.extensions
    notebook, response, mistake = map(
        _text_or_none, (more.get("notebook"), kept.response, more.get("mistake"))
    )
    attempt = more.get("attempt")
    attempt = attempt if type(attempt) is int and 0 < attempt < 1000 else None
    about = made["id"], time.timestamp(), kept.verb, kept.activity, notebook
    result = response, kept.score, kept.success, more.get("confidence"), attempt, mistake
    return Entry(*about, *result)


def chosen(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Choose what counts, each statement once: the oldest come first.

    Of answers the first and the newest to each question, of predictions the first, of
    probabilities the first at the start and the newest at the end, and all checks. To choose from
    two choices put together gives the same as to choose from all.
    """
    unique = {one.id: one for one in entries}
    ordered = sorted(unique.values(), key=lambda one: (one.time, one.id))
    first = {(one.verb, one.activity): one for one in reversed(ordered)}
    newest = {(one.verb, one.activity): one for one in ordered}
    kept = []
    for one in ordered:
        key = one.verb, one.activity
        opening, last = first[key] is one, newest[key] is one
        wanted = {
            "answered": opening or last,
            "predicted": opening,
            "rated": last if one.activity.endswith("/end") else opening,
            "checked": True,
        }
        if wanted.get(one.verb, False):
            kept.append(one)
    return tuple(kept)


def found_in(path: Path) -> Found:
    """Read a file that was handed in; whatever is wrong with it is said in one sentence."""
    try:
        return _read_file(path)
    except CourseError as problem:
        return Found(path, problem=str(problem).replace(str(path), path.name))
    except (OSError, MemoryError, OverflowError) as problem:
        return Found(path, problem=SAY("unreadable", file=path.name, kind=type(problem).__name__))


def _read_file(path):
    if not path.is_file():
        raise CourseError(SAY("no_file", file=path.name))
    size = path.stat().st_size
    if size > LARGEST:
        raise CourseError(SAY("large", file=path.name, size=size / 1e6, most=LARGEST / 1e6))
    data = path.read_bytes()
    if data.count(b"{") + data.count(b"[") > PARTS:
        raise CourseError(SAY("parts", file=path.name, most=PARTS))
    del data
    content = read_export(path)
    statements = content["statements"]
    if not statements:
        raise CourseError(SAY("empty", file=path.name))
    accounts = dict.fromkeys(made["actor"]["account"]["name"] for made in statements)
    entries = chosen(map(entry, statements))
    return Found(path, content["name"], tuple(accounts), entries, len(statements))
