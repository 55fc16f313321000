"""Put what was handed in where nbgrader looks for it, and note what became of every file."""

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from coursekit.authoring.classroom.arrivals import NOTEBOOK, Arrival, arrivals, shown
from coursekit.authoring.classroom.stamps import moment
from coursekit.errors import CourseError
from coursekit.ids import notebook_of
from coursekit.record.lines import replace

# As Moodle writes folders and files: the number is another one in each assignment.
MOODLE = re.compile(r"(?P<who>.+?)_(?P<number>\d+)_assignsubmission_file_?(?P<rest>.*)", re.S)
# What browsers and systems put behind the name of a second file.
AGAIN = r"[\s_-]*(?:(?:copy|kopie|copie|copia)[\s_-]*)?\(?(?P<again>\d{0,4})\)?"
LONGEST = 40
# Windows has no files with these names.
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)
# Folders of the course, and of nobody: some hand in all that they have.
COURSE = ("", "exercises", "hand_in", "notebooks", "release")
LISTED = 12  # names in a reason
TRIED = 20  # files of a student that are read


class Collected(NamedTuple):
    """What became of a file: ``new``, ``replaced``, ``as before`` or ``left out``, and why."""

    source: str
    file: str
    student: str
    state: str
    reason: str = ""


class Owner(NamedTuple):
    """Whose a file is: by which name, the platform's number, the part of the path that says so."""

    who: str
    number: str
    part: int
    named: bool
    again: int


def file_pattern(name: str) -> re.Pattern:
    """Match the name of a file without its ending: whose it is (if it says so) and of this set."""
    return re.compile(rf"(?:(?P<who>.+)_)?{re.escape(name)}{AGAIN}", re.I | re.S)


def student_id(who: str) -> str:
    """Make of a name one that is safe as a folder, in an address and in a spreadsheet."""
    text = unicodedata.normalize("NFC", who).strip(" ")
    kept = re.sub(r"[^\w.-]+", "-", text).strip("-._")[:LONGEST].rstrip("-._")
    if kept == re.sub(" +", "-", text) and not DEVICES.fullmatch(kept):
        return kept
    digits = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{kept.replace('.', '-') or 'student'}-{digits}"


def whose(arrival: Arrival, name: str) -> Owner | None:
    """Tell whose a file is, by what a platform wrote, its own name, or the folder it lies in."""
    names = [unicodedata.normalize("NFC", part.name) for part in arrival.parts]
    pattern, last = file_pattern(name), len(names) - 1
    stem = names[last][: -len(NOTEBOOK)]
    for place, text in enumerate(names):
        if found := MOODLE.fullmatch(text):
            own = found["rest"][: -len(NOTEBOOK)] if place == last else stem
            fits = pattern.fullmatch(own)
            again = int(fits["again"] or 0) if fits else 0
            return Owner(found["who"], found["number"], place, bool(fits), again)
    fits = pattern.fullmatch(stem)
    if not fits:
        return None
    again = int(fits["again"] or 0)
    if fits["who"]:
        return Owner(_named_once(fits["who"], name), "", last, True, again)
    # A bare name: the folder or the archive around it says whose it is.
    for place in range(last - 1, -1, -1):
        archive = arrival.parts[place].file
        text = names[place][: -len(".zip")] if archive else names[place]
        outer = pattern.fullmatch(text)
        if outer and outer["who"]:
            return Owner(_named_once(outer["who"], name), "", place, True, again)
        # What was named in the command holds the files of all.
        if place and not outer and text.strip(" .").lower() not in COURSE:
            return Owner(text, "", place, True, again)
    return None


def _named_once(who, name):
    return re.sub(rf"(_{re.escape(name)})+$", "", who, flags=re.I)


def _uploaded_at(arrival, owner):
    """Take the date at which a student's upload was changed last, and not what is inside it."""
    # An archive in an archive is a student's own: she could write any date into it.
    files = [place for place, part in enumerate(arrival.parts) if part.file][:2]
    first = min(owner.part, files[-1])
    return next(part.date for part in arrival.parts[first:] if part.file)


def _by_student(found: Iterable[tuple[Arrival, Owner]]) -> dict[str, list]:
    """Sort files by student. Two students of one name are told apart by the platform's number."""
    found = list(found)
    numbers = defaultdict(set)
    for _, owner in found:
        numbers[owner.who].add(owner.number)
    students = defaultdict(list)
    for arrival, owner in found:
        several = owner.number and len(numbers[owner.who]) > 1
        who = f"{owner.who}_{owner.number}" if several else owner.who
        students[who].append((arrival, owner, _uploaded_at(arrival, owner)))
    return students


def _last_first(files):
    """Sort files of one name: by date, then by the number that a browser gave a second one."""
    early = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(reversed(files), key=lambda f: (f[2] or early, f[1].again), reverse=True)


class _Collecting:
    """One run: what came in is sorted, written and noted."""

    def __init__(self, source, name, course):
        self.source, self.name, self.course = Path(source).resolve().name, name, course
        self.mark = f'ck.check(\\"{notebook_of(name)}.'.encode()
        self.rows: list[Collected] = []

    def note(self, arrival, student, reason, state="left out"):
        self.rows.append(Collected(self.source, arrival.path, student, state, reason))

    def sort(self, found):
        """Note what is no notebook of this set; give the rest by student."""
        known, beside, added = [], defaultdict(list), []
        for arrival in found:
            owner = whose(arrival, self.name)
            if arrival.added:
                added.append(arrival)
            elif arrival.problem == "no notebook":
                beside[arrival.parts[:-1]].append(arrival)
            elif arrival.problem:
                student = student_id(owner.who) if owner else ""
                self.note(arrival, student, arrival.problem)
            elif owner:
                known.append((arrival, owner))
            else:
                self.note(arrival, "", self._unknown(arrival))
        for files in beside.values():
            self._leave_several(files, "no notebooks")
        if added:
            self._leave_several(added, "added by the system or by Jupyter")
        return _by_student(known)

    def _leave_several(self, files, what):
        names = [shown(file.name, 60) for file in files[:LISTED]]
        more = f" and {len(files) - LISTED} more" if len(files) > LISTED else ""
        self.note(files[0], "", f"{what}: {', '.join(names)}{more}")

    def _unknown(self, arrival):
        stem = arrival.name[: -len(NOTEBOOK)]
        if file_pattern(self.name).fullmatch(stem):
            return f"whose is it? Name it NAME_{self.name}.ipynb"
        other = re.fullmatch(rf"(?:.+_)?(\d\d_[a-z]\w*?){AGAIN}", stem, re.I)
        if other and notebook_of(other[1]) != notebook_of(self.name):
            return f"it belongs to set {other[1][:LONGEST]}"
        return f"its name must end in _{self.name}.ipynb"

    def one(self, student, files):
        """Write the last file of a student that can be read and is of this set."""
        chosen, content = None, b""
        for number, (arrival, owner, date) in enumerate(_last_first(files)):
            if chosen or number >= TRIED:
                taken = chosen and f"taken was {chosen[0].path}"
                self.note(arrival, student, taken or f"there are {TRIED} later ones")
                continue
            try:
                content = arrival.read()
            except CourseError as problem:
                self.note(arrival, student, str(problem))
                continue
            # The page of the course on a set has the same name as the set.
            of_set = self.mark in content.replace(b"\0", b"")
            if of_set or (owner.named and len(files) == 1):
                chosen = arrival, date
            else:
                why = f"it holds no check of set {notebook_of(self.name)}"
                self.note(arrival, student, why)
        if chosen:
            self._put(student, *chosen, content)

    def _put(self, student, arrival, date, content):
        folder = self.course / "submitted" / student / self.name
        target, stamp = folder / f"{self.name}.ipynb", folder / "timestamp.txt"
        before = moment(folder)
        state = "replaced" if target.exists() else "new"
        if state == "replaced" and target.read_bytes() == content:
            state = "as before"
        elif state == "replaced" and date and before and date < before:
            why = f"older than the one collected before, of {before:%d %B %Y, %H:%M} UTC"
            return self.note(arrival, student, why)
        folder.mkdir(parents=True, exist_ok=True)
        if state != "as before":
            replace(target, content)
        if date and (state != "as before" or not before):
            replace(stamp, f"{date:%Y-%m-%d %H:%M:%S} UTC\n".encode())
        elif not date and state != "as before":
            stamp.unlink(missing_ok=True)
        self.note(arrival, student, "" if date else "no date, so never late", state)


def _listed(course, name):
    return course / "downloaded" / name / "collected.json"


def collected(course: Path, name: str) -> list[Collected]:
    """Read what became of each file of a set that was ever collected."""
    with suppress(FileNotFoundError):
        return [Collected(*row) for row in json.loads(_listed(course, name).read_bytes())]
    return []


def collect(source: Path, name: str, course: Path) -> list[Collected]:
    """Collect the last file of each student; raises CourseError if there is nothing to read."""
    run = _Collecting(source, name, course)
    folders = {path.name.casefold(): path.name for path in course.glob("submitted/*")}
    used: dict[str, str] = {}
    for who, files in sorted(run.sort(arrivals(source)).items()):
        student = student_id(who)
        # On many systems folders whose names differ in capitals only are one.
        other = used.setdefault(student.casefold(), who)
        folder = folders.setdefault(student.casefold(), student)
        if other != who or folder != student:
            for arrival, *_ in files:
                taken = shown(other if other != who else folder, 40)
                why = f"its student would be called {student}, as {taken} is: rename one of them"
                run.note(arrival, "", why)
        else:
            run.one(student, files)
    _remember(course, name, run)
    return run.rows


def _remember(course, name, run):
    """Note what became of the files, in the place of what an earlier run noted of the same ones."""
    now = {row.student: row.file for row in run.rows if row.state in ("new", "replaced")}
    kept = [row for row in collected(course, name) if row.source != run.source]
    for number, row in enumerate(kept):
        if row.state != "left out" and row.student in now:
            why = f"taken was {now[row.student]}"
            kept[number] = row._replace(state="left out", reason=why)
    path = _listed(course, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, json.dumps([*kept, *run.rows], indent=1).encode())
