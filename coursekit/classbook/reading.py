"""A folder of exported records as one table: each learner once, under a pseudonym."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import networkx
import pandas as pd

from coursekit.classbook.entries import Entry, Found, chosen, found_in
from coursekit.content import by_course
from coursekit.errors import CourseError
from coursekit.predictions import truth
from coursekit.predictions.loading import every
from coursekit.quiz import banks
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
ENDINGS = (".json", ".jsonl")
# From so many files on, other programs help to read them.
MANY = 24


class Class(NamedTuple):
    """A class.

    `entries` has a row for each statement that counts, oldest first; `students` are by pseudonym;
    `said` has a sentence for each file that was not read, or was put together with another.
    """

    entries: pd.DataFrame
    students: pd.DataFrame
    said: tuple[str, ...]


@by_course
def questions() -> dict:
    """Find the questions of the course by id, in its order."""
    return {one.id: one for bank in banks() for one in bank.questions}


@by_course
def predictions() -> dict:
    """Find the predictions of the course by id, in its order."""
    return {one.id: one for one in every()}


@by_course
def answer_to(prediction: str):
    """Compute the answer to a prediction; some take seconds, so each is computed once."""
    return truth(predictions()[prediction])


def responses(entries: pd.DataFrame, known: dict) -> Iterator[tuple]:
    """Give each entry that answers something known, with what that is and the response to it."""
    for one in entries[entries["item"].isin(known)].itertuples():
        with suppress(ValueError, TypeError, RecursionError):
            yield one, known[one.item], json.loads(one.response)


def files(folder: Path) -> tuple[list[Path], list[str]]:
    """List the files that can be records, and say of each other file that it is none.

    Raises CourseError if there is no such folder.
    """
    if not folder.is_dir():
        raise CourseError(SAY("no_folder", folder=folder))
    records, others = [], []
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not (hidden or path.is_dir() or path.name.startswith("gradebook.db")):
            (records if path.suffix.lower() in ENDINGS else others).append(path)
    return records, [SAY("no_record", file=path.name) for path in others]


def read_class(folder, each: Callable = lambda found, all: None) -> Class:
    """Read all records below a folder; raises CourseError if there is not one."""
    paths, said = files(Path(folder))
    found = []
    for one in _all(paths):
        found.append(_of_this_course(one))
        each(one, len(paths))
    said += [one.problem for one in found if one.problem]
    whole = [one for one in found if not one.problem]
    if not whole:
        why = f" {said[0]}" if said else ""
        raise CourseError(SAY("nobody", folder=folder, why=why))
    made = put_together(whole)
    return made._replace(said=(*said, *made.said))


def _all(paths) -> Iterable[Found]:
    if len(paths) < MANY:
        yield from map(found_in, paths)
        return
    # Programs of their own: a copy of this one could stop for a thread that it did not take along.
    # Each needs some 150 MB.
    with ProcessPoolExecutor(min(os.cpu_count() or 1, 4), get_context("spawn")) as others:
        yield from others.map(found_in, paths, chunksize=2)


def _of_this_course(found):
    """Refuse a record that answers questions, and none of ours."""
    asked = {one.activity for one in found.entries if one.verb in ("answered", "predicted")}
    known = {*questions(), *predictions()}
    if asked and not any(activity.rpartition("/")[2] in known for activity in asked):
        return Found(found.path, problem=SAY("other_course", file=found.path.name))
    return found


def put_together(found: list[Found]) -> Class:
    """Make a class of what was found in files; those that share an account are one student."""
    links = networkx.Graph()
    for place, one in enumerate(found):
        links.add_node(place)
        links.add_edges_from((place, account) for account in one.accounts)
    rows, students, said = [], {}, []
    for component in networkx.connected_components(links):
        own = [found[place] for place in sorted(p for p in component if isinstance(p, int))]
        pseudonym = _pseudonym(min(filter(lambda p: isinstance(p, str), component)), students)
        names = [one.path.name for one in own]
        if len(own) > 1:
            said.append(SAY("same", files=" and ".join(names)))
        entries = chosen(entry for one in own for entry in one.entries)
        rows += [(pseudonym, *_place(entry.activity), *entry) for entry in entries]
        name = next((one.name for one in own if one.name), "")
        students[pseudonym] = ", ".join(names), name, max(one.statements for one in own)
    table = pd.DataFrame(rows, columns=["student", "kind", "item", *Entry._fields])
    columns = ["files", "name", "statements"]
    people = pd.DataFrame.from_dict(students, orient="index", columns=columns).sort_index()
    return Class(table, people.rename_axis("student"), tuple(said))


def _pseudonym(account, taken):
    """Name a learner by her account, so that she keeps the name when others join the folder."""
    digest = hashlib.sha256(account.encode("utf-8", "replace")).hexdigest().upper()
    return next(digest[:size] for size in range(4, 65) if digest[:size] not in taken)


def _place(activity):
    """Tell kind and item: quiz/02/02-q3 is the quiz question 02-q3."""
    kind, _, item = activity.partition("/")
    return kind, item.rpartition("/")[2] if kind == "quiz" else item
