"""List what came in: the files of a folder or a zip archive, archives inside it opened as well.

Nothing is unpacked: a file is read from where it lies, and only if it is wanted. So no path in an
archive can lead anywhere.
"""

import datetime as dt
import io
import os
import re
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from coursekit.errors import CourseError

NOTEBOOK = ".ipynb"
ARCHIVES = (".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zip")
LARGEST = 20_000_000  # bytes of a file, and of an archive inside another one
MOST = 20_000  # files in an archive
LONGEST = 255  # characters of a name: no system has longer ones
DEEPEST = 3
INNER = 20  # archives inside one archive, at all depths
# What macOS, Windows and Jupyter add, whatever a student does.
ADDED = re.compile(r"__MACOSX|\._.*|\.DS_Store|Thumbs\.db|desktop\.ini|\.ipynb_checkpoints", re.I)
ENCRYPTED = 1


class Part(NamedTuple):
    """A step of a path: the name of a folder, an archive or a file; folders have no date."""

    name: str
    date: dt.datetime | None = None
    file: bool = False


@dataclass(frozen=True)
class Arrival:
    """A file that came in, and how to read it; or what is wrong with it."""

    parts: tuple[Part, ...]
    read: Callable[[], bytes] = field(default=lambda: b"", compare=False)
    problem: str = ""
    added: bool = False

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.parts[-1].name

    @property
    def path(self) -> str:
        """Its whole path, for people."""
        return shown("/".join(part.name for part in self.parts))


def shown(text: str, most: int = 160) -> str:
    """Write a name on one line, with a sign for each character that cannot be seen."""
    seen = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return seen if len(seen) <= most else f"…{seen[1 - most :]}"


def arrivals(source: Path) -> Iterator[Arrival]:
    """List the files of a folder or zip archive by name; raises CourseError if there is neither."""
    source = Path(source)
    if source.is_dir():
        yield from _folder(source, (Part(source.resolve().name),))
    elif source.is_file() and source.suffix.lower() == ".zip":
        yield from _archive(lambda: source.open("rb"), (Part(source.name, file=True),), [INNER])
    else:
        raise CourseError(
            f"There is no folder and no zip archive {shown(str(source))}. Give the folder with "
            "the files that were handed in, or the archive from your learning platform."
        )


def _folder(place, above):
    for path in sorted(place.iterdir()):
        # Another program may take it away meanwhile.
        with suppress(FileNotFoundError):
            found = path.lstat()
            if stat.S_ISDIR(found.st_mode):
                yield from _folder(path, (*above, Part(path.name)))
                continue
            date = dt.datetime.fromtimestamp(found.st_mtime, dt.UTC)
            parts = (*above, Part(path.name, date, file=True))
            if stat.S_ISLNK(found.st_mode):
                yield Arrival(parts, problem="a link, which is not followed")
            elif not stat.S_ISREG(found.st_mode):
                yield Arrival(parts, problem="no ordinary file")
            elif path.suffix.lower() == ".zip" and not _added(parts):
                yield from _archive(lambda path=path: path.open("rb"), parts, [INNER])
            else:
                yield _arrival(parts, lambda path=path: path.open("rb"), found.st_size)


def _added(parts):
    return any(ADDED.fullmatch(part.name) for part in parts)


def _arrival(parts, opened, size):
    """Note a file that is no zip archive."""
    suffix, problem = Path(parts[-1].name).suffix.lower(), ""
    if suffix in ARCHIVES:
        problem = "an archive that cannot be opened here: ask for a zip archive or the notebook"
    elif suffix != NOTEBOOK:
        problem = "no notebook"
    elif size > LARGEST:
        problem = _too_large(size)
    return Arrival(parts, lambda: _content(opened), problem, _added(parts))


def _too_large(size):
    return (
        f"it has {size / 1e6:.0f} MB, and at most {LARGEST / 1e6:.0f} are read: ask for the "
        "notebook with its outputs cleared"
    )


def _content(opened):
    """Read a file, but not more than is allowed, whatever its archive says of its size."""
    try:
        with opened() as file:
            data = file.read(LARGEST + 1)
    # Archives can be wrong in as many ways as there are libraries that unpack them.
    except Exception as problem:
        raise CourseError(f"it cannot be read ({type(problem).__name__})") from problem
    if len(data) > LARGEST:
        raise CourseError(_too_large(len(data)).replace("it has", "it has more than"))
    return data


def _archive(source, above, inner):
    """List a zip archive, given as a function that opens it."""
    try:
        with _opened(source) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
        problem = "" if members else "an empty archive"
    except CourseError as known:
        members, problem = [], str(known)
    except Exception:
        members, problem = [], "a damaged archive: nothing in it can be read"
    if problem:
        yield Arrival(above, problem=problem)
    for info in members:
        parts = (*above, *_parts(info))
        if wrong := _refusal(info):
            yield Arrival(parts, problem=wrong, added=_added(parts))
            continue

        def member(info=info):
            with _opened(source) as archive, archive.open(info) as file:
                return io.BytesIO(file.read(LARGEST + 1))

        if Path(parts[-1].name).suffix.lower() != ".zip" or _added(parts):
            yield _arrival(parts, member, info.file_size)
        elif sum(part.file for part in parts) > DEEPEST or not inner[0]:
            yield Arrival(parts, problem="too many archives inside each other")
        else:
            inner[0] -= 1
            yield from _archive(lambda member=member: io.BytesIO(_content(member)), parts, inner)


@contextmanager
def _opened(source):
    """Open an archive once its list of files is known to be of a sensible size."""
    with source() as stream:
        _refuse_endless(stream)
        with zipfile.ZipFile(stream) as archive:
            if len(archive.infolist()) > MOST:
                raise _endless()
            yield archive


def _refuse_endless(stream):
    """Look at the end of an archive, which says how long its list is, before that is read."""
    stream.seek(max(0, stream.seek(0, os.SEEK_END) - 66_000))
    tail = stream.read()
    for mark, place, form in ((b"PK\5\6", 12, "<I"), (b"PK\6\6", 40, "<Q")):
        at = tail.rfind(mark)
        if 0 <= at <= len(tail) - place - 8:
            size = struct.unpack_from(form, tail, at + place)[0]
            if size != 0xFFFFFFFF and size > 600 * MOST:
                raise _endless()


def _endless():
    return CourseError(f"an archive with more than {MOST:,} files, which is not opened")


def _parts(info):
    """Split the name of a file in an archive; the file itself has a date."""
    name = info.filename
    # Without its mark for UTF-8 Python reads the name in the alphabet of the first PCs.
    if not info.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    *folders, last = name.replace("\\", "/").split("/")
    return (*map(Part, folders), Part(last, _changed_at(info), file=True))


def _changed_at(info):
    """Read when a file was changed: in UTC where the archive says so, else by this clock."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == 0x5455 and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            return dt.datetime.fromtimestamp(struct.unpack_from("<I", extra, 5)[0], dt.UTC)
        extra = extra[4 + size :]
    # Where an archive knows no date it writes the first one there is.
    if info.date_time[0] <= 1980:
        return None
    try:
        return dt.datetime(*info.date_time).astimezone(dt.UTC)
    except (ValueError, OSError, OverflowError):
        return None


def _refusal(info):
    """Say why a file in an archive is not even looked at; empty if it is."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    parts = [part.name for part in _parts(info)]
    if kind == stat.S_IFLNK:
        return "a link, which is not followed"
    if kind not in (0, stat.S_IFREG):
        return "no ordinary file"
    if any(len(part) > LONGEST for part in parts) or len(parts) > 40:
        return "its name is too long"
    if ".." in parts or "" in parts[:1] or re.match("[A-Za-z]:", parts[0]):
        return "its path leads out of the archive"
    if info.flag_bits & ENCRYPTED:
        return "it is locked with a password"
    return ""
