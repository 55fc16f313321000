"""A file of lines that several programs append to and that survives a killed one."""

import os
import threading
from contextlib import suppress
from functools import partial

from coursekit.collecting import without_collecting

__all__ = ["Lines", "append", "replace"]


def append(path, line):
    """Append a line, wholly or not at all.

    The caller holds the lock. If a killed program left a torn line, it is ended first.

    Parameters
    ----------
    path : pathlib.Path
        The file; made if missing, readable by its owner only.
    line : bytes
        The line with its end.

    Raises
    ------
    OSError
        If it could not be written; the file is then as it was.
    """
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags, 0o600)
    try:
        size = os.fstat(file).st_size
        if size:
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


def replace(path, data, mode=0o666):
    """Write a file in one step: readers see the old one or the new one.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    data : bytes
        What it holds from now on.
    mode : int, optional
        Who may read and write it, as far as the user's own settings allow.

    Raises
    ------
    OSError
        If it could not be written; the file is then as it was.
    """
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


class Lines:
    """Read a growing file again and again, each time only what is new.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    parse : callable
        Turns a line (str) into an object, or into None if it cannot be used.

    Attributes
    ----------
    skipped : int
        Lines that could not be used, as of the last read.
    """

    def __init__(self, path, parse):
        self.path, self.parse = path, parse
        # Two threads that found the same news would both take them in.
        self._turn = threading.Lock()
        self._forget()

    def _forget(self):
        self._items, self._bad = [], 0
        self._seen, self._end, self._last = None, 0, b""
        self._unended, self.skipped = [], 0

    def read(self):
        """Read the file.

        Returns
        -------
        list
            An object a line, in the order of the file; empty if there is no file.

        Raises
        ------
        OSError
            If there is a file that cannot be read.
        """
        with self._turn:
            try:
                found = self.path.stat()
            except (FileNotFoundError, NotADirectoryError):
                self._forget()
                return []
            state = found.st_ino, found.st_size, found.st_mtime_ns
            if state != self._seen:
                with self.path.open("rb") as file, without_collecting():
                    if not self._continues(file):
                        self._forget()
                    file.seek(self._end)
                    self._take(file.read())
                self._seen = state
            return self._items + self._unended

    def _continues(self, file):
        """Tell whether the file still holds, in its place, the line that was read last."""
        file.seek(self._end - len(self._last))
        return file.read(len(self._last)) == self._last

    def _take(self, data):
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
