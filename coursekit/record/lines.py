"""A file of lines that several programs append to and that survives a killed one."""

import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import IO, Any

from coursekit.collecting import without_collecting


def append(path: Path, line: bytes) -> None:
    """Append a line, wholly or not at all; raises OSError if not. The caller holds the lock."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags, 0o600)
    try:
        size = os.fstat(file).st_size
        if size:
            # If a killed program left a torn line, it is ended first.
            os.lseek(file, size - 1, os.SEEK_SET)
            if os.read(file, 1) != b"\n":
                line = b"\n" + line
        try:
            while line:
                line = line[os.write(file, line) :]
            os.fsync(file)
        except BaseException:
            with suppress(OSError):
                os.ftruncate(file, size)
            raise
    finally:
        os.close(file)


def replace(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write a file in one step, wholly or not at all; raises OSError if it was not written."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(unfinished, "wb", opener=partial(os.open, mode=mode)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def as_json(content: object) -> bytes:
    """Write data as a file of JSON that people can read."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def free_name(path: Path, mine: Callable[[Path], bool] = lambda path: False) -> Path:
    """Find a name that is not taken, or is mine: my_record.json, my_record-2.json and so on."""
    names = (path.with_stem(f"{path.stem}-{n}") if n > 1 else path for n in count(1))
    return next(name for name in names if not name.exists() or mine(name))


def tidy(path: Path) -> None:
    """Take away what killed programs left of replacing a file. The caller holds the lock."""
    path = path.resolve()
    for unfinished in path.parent.glob(f".{path.name}.*.tmp"):
        with suppress(OSError):
            unfinished.unlink()


class Lines:
    """Read a growing file again and again, each time only what is new."""

    def __init__(self, path: Path, parse: Callable[[str], Any]) -> None:
        self.path, self.parse = path, parse
        # Two threads that found the same news would both take them in.
        self._turn = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._items, self._unended = list[Any](), list[Any]()
        self._seen: tuple[int, int, int] | None = None
        self._bad, self._end, self._last, self.skipped = 0, 0, b"", 0

    def read(self) -> list[Any]:
        """Read the file; raises OSError if there is one that cannot be read."""
        with self._turn:
            try:
                found = self.path.stat()
            except (FileNotFoundError, NotADirectoryError):
                self._forget()
                return []
            state = found.st_ino, found.st_size, found.st_mtime_ns
            if state != self._seen:
                with self.path.open("rb") as file, without_collecting():
                    replaced = self._seen and self._seen[0] != found.st_ino
                    if replaced or not self._continues(file):
                        self._forget()
                    file.seek(self._end)
                    self._take(file.read())
                self._seen = state
            return self._items + self._unended

    def _continues(self, file: IO[bytes]) -> bool:
        """Tell whether the file still holds, in its place, the line that was read last."""
        file.seek(self._end - len(self._last))
        return file.read(len(self._last)) == self._last

    def _take(self, data: bytes) -> None:
        whole, end, rest = data.rpartition(b"\n")
        lines = whole.decode("utf-8", "replace").split("\n")
        items = [self.parse(line) for line in lines if line.strip()]
        # Only now, for a student may stop the kernel while lines are read.
        self._bad += items.count(None)
        self._items += [item for item in items if item is not None]
        if end:
            self._end += len(whole) + 1
            self._last = whole[whole.rfind(b"\n") + 1 :] + end
        # Another program may be writing this line now, or was killed before its end.
        item = self.parse(rest.decode("utf-8", "replace")) if rest.strip() else None
        self._unended = [] if item is None else [item]
        self.skipped = self._bad + bool(rest.strip() and item is None)
