"""Whether a record is as it was written: what the digests of its statements say."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from coursekit.record.chain import CHAIN, DIGITS, chain_of, holds
from coursekit.record.reading import parse
from coursekit.record.xapi import EXTENSIONS, Statement, written
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# How each line with a digest ends; in place of the digits stand zeros.
END = f'"digest":"{"0" * DIGITS}"}}}}}}}}'.encode()
FROM = len('"digest":"')
DIGIT = re.compile(rb"[0-9a-f]")
# Its place in its chain, its number, and its link.
Linked = tuple[int, int, dict[str, Any]]
# Numbers of lines that are named.
MOST = 10


class Findings(NamedTuple):
    """What was found, by the number of a line or of a statement, from 1."""

    fitting: int  # as they were written
    writers: int
    edited: list[int]  # changed after they were written
    missing: int  # numbers that a chain lacks
    moved: list[int]  # before an earlier one of the same writer
    repeated: int  # numbers of a chain that stand there again
    torn: list[int]  # cut off when a program was stopped
    foreign: list[int]  # never a statement of the course
    old: int  # from a course without digests

    @property
    def changed(self) -> bool:
        """Whether anything says that the record was changed after it was written."""
        return bool(self.edited or self.missing or self.moved or self.repeated)


def examine(text: bytes) -> Findings:
    """Examine the text of a record's file, line by line.

    Examples
    --------
    >>> examine(b'{"id":"torn').torn
    [1]
    """
    made = dict[int, Statement]()
    edited, torn, foreign = list[int](), list[int](), list[int]()
    lines = text.split(b"\n")
    for number, raw in enumerate(lines, 1):
        # Some editors of text end lines as Windows does.
        line = raw.removesuffix(b"\r") if number < len(lines) else raw
        if not line.strip():
            continue
        if parse(line.decode("utf-8", "replace")) is None:
            # Whoever ends a torn line does it as the course does, and writes another below it.
            empty = number < len(lines) - 1 and not lines[number].strip()
            cut = line.startswith(b"{")
            touched = _ended(line) or (cut and (empty or raw != line))
            kind = edited if touched else torn if cut else foreign
            kind.append(number)
            continue
        made[number] = json.loads(line.decode("utf-8", "replace"))
        # Another way to write the same content is a change too.
        if _ended(line) and (not chain_of(made[number]) or line + b"\n" != _encoded(made[number])):
            edited.append(number)
    return _compared(made, edited, torn, foreign)


def examine_statements(statements: Iterable[Statement]) -> Findings:
    """Examine statements, such as those of an export."""
    return _compared(dict(enumerate(statements, 1)), [], [], [])


def _encoded(made: Statement) -> bytes:
    try:
        return written(made)
    except ValueError:
        return b""


def _ended(line: bytes) -> bool:
    """Tell whether a line was written to its end, though one byte of it may be another now."""
    # The end of the last line may be that byte.
    return any(_like_end(one) for one in (line, line[:-1]) if one)


def _like_end(line: bytes) -> bool:
    end = line[-len(END) :].rjust(len(END))
    end = end[:FROM] + DIGIT.sub(b"0", end[FROM : FROM + DIGITS]) + end[FROM + DIGITS :]
    pairs = [*zip(end, END, strict=True)][-len(line) :]
    # Of a line that was cut in two the rest is left, as it was.
    return sum(one != other for one, other in pairs) <= (len(line) > len(END))


def _compared(
    made: dict[int, Statement], changed: list[int], torn: list[int], foreign: list[int]
) -> Findings:
    """Compare each statement with its digest and with the one before it."""
    edited, old = set(changed), 0
    chains: dict[str, list[Linked]] = defaultdict(list)
    for number, one in made.items():
        link = chain_of(one)
        if link is None:
            extensions = one.get("context", {}).get("extensions", {})
            if CHAIN in extensions or EXTENSIONS + CHAIN in extensions:
                edited.add(number)
            old += number not in edited
        elif not holds(one):
            edited.add(number)
        elif number not in edited:
            chains[link["writer"]].append((link["number"], number, link))
    gaps, moved, repeated = 0, list[int](), 0
    for links in chains.values():
        places = [place for place, _, _ in links]
        repeated += len(places) - len(set(places))
        gaps += max(places) - len(set(places))
        highest = accumulate(places, max)
        tops = zip(links, highest, strict=True)
        moved += [number for (place, number, _), top in tops if place < top]
        edited.update(_misfits(links))
    # An edited statement leaves a gap too, unless it was the last of its writer.
    lost, fitting = max(0, gaps - len(edited)), sum(map(len, chains.values()))
    return Findings(fitting, len(chains), sorted(edited), lost, moved, repeated, torn, foreign, old)


def _misfits(links: Iterable[Linked]) -> Iterator[int]:
    """Find statements whose digest is their own, but not the one that their successor names."""
    links = sorted(links, key=lambda link: link[0])
    if links[0][0] == 1 and links[0][2]["before"]:
        yield links[0][1]
    for (place, number, link), (following, _, after) in pairwise(links):
        if following == place + 1 and after["before"] != link["digest"]:
            yield number


def in_words(found: Findings) -> list[str]:
    """Say what was found, one sentence for each kind."""
    said = [SAY("fitting", count=entries(found.fitting), programs=_programs(found.writers))]
    lists = {name: getattr(found, name) for name in ("edited", "moved", "torn", "foreign")}
    counts = {name: getattr(found, name) for name in ("missing", "repeated", "old")}
    for name, numbers in lists.items():
        if numbers:
            shown = ", ".join(map(str, numbers[:MOST])) + (" …" if len(numbers) > MOST else "")
            said.append(SAY(name, count=entries(len(numbers)), numbers=shown))
    said += [SAY(name, count=entries(count)) for name, count in counts.items() if count]
    return [*said, SAY["changed" if found.changed else "unchanged"]]


def entries(count: int) -> str:
    """Count entries of a record in words."""
    return f"{count:,} {'entry' if count == 1 else 'entries'}"


def _programs(count: int) -> str:
    return f"{count:,} {'program' if count == 1 else 'programs'}"
