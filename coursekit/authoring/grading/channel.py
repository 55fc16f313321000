"""Messages between the grader and a process with a student's code: JSON, each with its length."""

import json
import os
import queue
import threading
from contextlib import suppress

__all__ = ["Closed", "GarbledError", "Inbox", "receive", "send"]

# A process that says more at once, or in all, has lost its senses.
LONGEST, MOST, WAITING = 2 << 20, 16 << 20, 20


class Closed(Exception):  # noqa: N818 - it is no error
    """The other side has ended, or says what is no message."""


class GarbledError(Closed):
    """What came is no message of ours: somebody else writes into the channel."""


def send(fd: int, message: object) -> None:
    """Send a message."""
    data = json.dumps(message).encode()
    data = len(data).to_bytes(4, "big") + data
    while data:
        data = data[os.write(fd, data) :]


def receive(fd: int, most: int = LONGEST) -> object:
    """Wait for a message; raises `Closed` if there is none to come, or it is longer."""
    return _sized(fd, most)[0]


def _sized(fd, most):
    size = int.from_bytes(_exactly(fd, 4), "big")
    if size > most:
        raise GarbledError
    try:
        return json.loads(_exactly(fd, size)), size
    except (ValueError, RecursionError):
        raise GarbledError from None


def _exactly(fd, size):
    parts, left = [], size
    while left:
        try:
            part = os.read(fd, min(left, 1 << 20))
        except OSError:
            part = b""
        if not part:
            raise Closed
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


class Inbox:
    """Messages as they come in, each waited for until a deadline; it closes what it reads."""

    def __init__(self, fd: int):
        self._queue: queue.Queue = queue.Queue(WAITING)
        self._fd, self._open = fd, True
        threading.Thread(target=self._take_in, daemon=True).start()

    def _take_in(self):
        message, left = None, MOST
        while self._open and not isinstance(message, Closed):
            try:
                message, size = _sized(self._fd, min(left, LONGEST))
                left -= size
            except Closed as closed:
                message = closed
            while self._open:
                with suppress(queue.Full):
                    self._queue.put(message, timeout=0.5)
                    break
        os.close(self._fd)

    def next(self, seconds: float) -> object:
        """Wait for the next message; raises `Closed`, or TimeoutError after so many seconds."""
        try:
            message = self._queue.get(timeout=max(seconds, 0))
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(message, Closed):
            raise message
        return message

    def close(self) -> None:
        """Take in no more."""
        self._open = False
