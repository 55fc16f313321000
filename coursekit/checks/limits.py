"""A time limit on a student's code."""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

__all__ = ["TooSlow", "time_limit"]

RUNNING = str(Path(__file__).with_name("running.py"))
# After so many rings a bare ``except`` must have swallowed them.
SWALLOWED = 2


# No Exception, because a student's ``except Exception`` must not catch it.
class TooSlow(BaseException):
    """The code ran longer than it may."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop code that runs too long.

    An alarm signal stops it where there is one, that is in the main thread on Linux and macOS.
    Elsewhere (Windows, a browser, another thread) each line looks at the clock.

    Parameters
    ----------
    seconds : float
        How long the code may run.

    Raises
    ------
    TooSlow
        In the code itself, when the time is over.
    """
    main = threading.current_thread() is threading.main_thread()
    with _alarm(seconds) if main and hasattr(signal, "setitimer") else _clock(seconds):
        yield


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    rings, tracing = 0, sys.gettrace()

    def ring(number: int, frame: FrameType | None) -> None:
        nonlocal rings
        rings += 1
        if rings > SWALLOWED:
            _stop_at_next_line(frame)
        raise TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    # It rings again, because a bare ``except`` in the student's loop swallows the first one.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if rings > SWALLOWED:
            sys.settrace(tracing)


def _stop_at_next_line(frame: FrameType | None) -> None:
    """Raise once more at the next line, which in a loop of ``try`` and ``except`` lies outside."""

    def stop(*_: object) -> None:
        raise TooSlow

    while frame and frame.f_code.co_filename != RUNNING:
        frame.f_trace = stop
        frame = frame.f_back
    sys.settrace(lambda *_: None)


@contextmanager
def _clock(seconds: float) -> Iterator[None]:
    end = time.monotonic() + seconds

    def look(frame: FrameType, event: str, argument: object) -> Any:
        if time.monotonic() > end:
            raise TooSlow
        # Libraries are looked at when they are called, not line by line.
        return None if "site-packages" in frame.f_code.co_filename else look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield
    finally:
        sys.settrace(before)
