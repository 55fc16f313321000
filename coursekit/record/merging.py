"""Two records into one: each statement once, in one order, whichever came first."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from coursekit.errors import CourseError
from coursekit.record.chain import chain_of, holds
from coursekit.record.reading import parse
from coursekit.record.xapi import Statement, written


class Merged(NamedTuple):
    """A merged file, the learner of its oldest statement, what is new, and what was replaced."""

    text: bytes
    account: str
    new: int
    known: int
    aside: list[bytes]


class Written(NamedTuple):
    """A statement as it is in the file and as it is read."""

    line: bytes
    made: Statement


def merge(here: bytes, coming: list[Statement]) -> Merged:
    """Merge statements into the text of a record; raises CourseError if one cannot be written."""
    # The same statements give the same order, wherever they came from: by time, but never against
    # the order in which one writer wrote.
    entries = dict[str, Written]()
    others, aside = list[bytes](), list[bytes]()

    def take(entry: Written) -> None:
        id = entry.made["id"]
        first = entries.setdefault(id, entry)
        # Of two that share an id, the one that fits its digest stays.
        if first.made != entry.made:
            entries[id], other = sorted((first, entry), key=_preference)
            aside.append(other.line)

    for line in filter(bytes.strip, here.split(b"\n")):
        text = line.decode("utf-8", "replace")
        if parse(text) is None:
            others.append(line)
        else:
            take(Written(line, json.loads(text)))
    before = {id: entry.line for id, entry in entries.items()}
    for line in map(_as_line, coming):
        take(Written(line, json.loads(line)))
    new = len(entries.keys() - before.keys())
    known = len(coming) - new
    ordered = _in_order(entries.values())
    account = ordered[0].made["actor"]["account"]["name"] if ordered else ""
    if {id: entry.line for id, entry in entries.items()} == before:
        return Merged(here, account, new, known, aside)
    lines = [*others, *(entry.line for entry in ordered)]
    return Merged(b"".join(line + b"\n" for line in lines), account, new, known, aside)


def _as_line(made: Statement) -> bytes:
    try:
        return written(made).removesuffix(b"\n")
    except (ValueError, RecursionError):
        raise CourseError(
            "The record holds an entry that cannot be written down, so nothing of it was taken; "
            "load the file as it was saved."
        ) from None


def _preference(entry: Written) -> tuple[bool, bytes]:
    return not holds(entry.made), entry.line


def _in_order(entries: Iterable[Written]) -> list[Written]:
    """Sort by time; a clock that was put back does not turn a writer's statements round."""
    chains = defaultdict(list)
    for entry in entries:
        link = chain_of(entry.made) or {"writer": "", "number": 0}
        chains[link["writer"]].append((link["number"], entry.made["id"], entry))
    places = []
    for writer, links in chains.items():
        latest = ""
        for number, id, entry in sorted(links, key=lambda link: link[:2]):
            latest = max(latest, _moment(entry)) if writer else _moment(entry)
            places.append(((latest, writer, number, id), entry))
    return [entry for _, entry in sorted(places, key=lambda place: place[0])]


def _moment(entry: Written) -> str:
    time = dt.datetime.fromisoformat(entry.made["timestamp"])
    if time.tzinfo is None:
        time = time.replace(tzinfo=dt.UTC)
    return time.astimezone(dt.UTC).isoformat(timespec="microseconds")
