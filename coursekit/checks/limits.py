"""A time limit on a student's code."""

import signal
import sys
import threading
import time
from contextlib import contextmanager

__all__ = ["TooSlow", "time_limit"]


# No Exception, because a student's ``except Exception`` must not catch it.
class TooSlow(BaseException):
    """The code ran longer than it may."""


@contextmanager
def time_limit(seconds):
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
    alarm = hasattr(signal, "setitimer")
    if alarm and threading.current_thread() is threading.main_thread():
        with _alarm(seconds):
            yield
    else:
        with _clock(seconds):
            yield


@contextmanager
def _alarm(seconds):
    def ring(number, frame):
        raise TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    # It rings again, because a bare ``except`` in the student's loop swallows the first one.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _clock(seconds):
    end = time.monotonic() + seconds

    def look(frame, event, argument):
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
