"""The records of a class, gathered from the home folders of a server."""

import json
from collections.abc import Iterable
from pathlib import Path

from coursekit.errors import CourseError
from coursekit.profile import profile
from coursekit.record import Record
from coursekit.record.export import packed
from coursekit.record.lines import as_json, free_name, replace
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# Below a home folder; what else `platformdirs` gives on the systems that servers run.
PLACE = ".local/share/{id}"


def collect_records(
    homes: Iterable[Path], to: Path, place: str = ""
) -> tuple[list[Path], list[str]]:
    """Write each home's record into one folder; give the files, and why others gave none."""
    made, said = [], []
    place = place or PLACE.format(id=profile().id)
    for home in homes:
        try:
            statements, name, skipped = _read_record(home, place)
        except (OSError, CourseError) as problem:
            why = getattr(problem, "strerror", None) or str(problem)
            said.append(SAY("unreadable", home=home, why=why))
            continue
        if not statements:
            said.append(SAY("nothing", home=home))
            continue
        made.append(_write_record(to, statements, name, skipped))
    return made, said


def _read_record(home, place):
    record = Record(home / place / "record.jsonl")
    for path in (record.path, record.path.with_name("learner.json")):
        # Whoever collects may read more than the student: a link must not lead to other files.
        if path.exists() and home.resolve() not in path.resolve().parents:
            raise CourseError(SAY("link", path=path))
    statements = record.statements()
    if record.problem and not statements:
        raise CourseError(record.problem)
    return statements, record.name, record.skipped


def _write_record(to, statements, name, skipped):
    data = as_json(packed(statements, name, skipped))
    learner = statements[-1]["actor"]["account"]["name"]
    stem = "".join(sign for sign in learner if sign.isalnum() or sign == "-")[:64] or "record"
    try:
        to.mkdir(parents=True, exist_ok=True)
        # Another file of hers that says something else stays.
        path = free_name(to / f"{stem}.json", lambda known: _grows(known, data))
        replace(path, data, mode=0o600)
    except OSError as problem:
        raise CourseError(SAY("not_written", to=to, why=problem.strerror or problem)) from None
    return path


def _grows(path, data):
    """Tell whether a file is an earlier state of a record, which only ever grows."""
    try:
        before = json.loads(path.read_text(encoding="utf-8"))["statements"]
        return json.loads(data)["statements"][: len(before)] == before
    except (OSError, ValueError, KeyError, TypeError):
        return False
