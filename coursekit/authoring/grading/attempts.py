"""From outside: have a notebook run, hold its deadlines, and go on without what hangs or dies."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from coursekit.authoring.bubblewrap import HOME, bubblewrap, environment, exposed
from coursekit.authoring.grading import sandbox
from coursekit.authoring.grading.channel import Closed, GarbledError, Inbox, receive, send
from coursekit.authoring.grading.values import encode_ran
from coursekit.checks.running import Ran
from coursekit.errors import CourseError
from coursekit.sentences import Sentences

__all__ = ["Limits", "Outcome", "Workshop"]

SAY = Sentences(__file__)
# What a task is not called for again.
SPOILT = ("too_slow", "ended", "unreadable")
# The calls of checks see the package as students do.
PARENT = "import coursekit; from coursekit.authoring.grading.parent import"


class Limits(NamedTuple):
    """Seconds: for a cell, and for a submission with all its attempts; and how many attempts."""

    cell: float = 30
    whole: float = 300
    attempts: int = 8


@dataclass
class Outcome:
    """What became of a notebook; `left_out` says why: ``"endless"``, ``"ended"``, ``"forged"``."""

    cells: dict = field(default_factory=dict)
    left_out: dict = field(default_factory=dict)
    runs: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    whole: bool = False


class Workshop:
    """The processes that run submissions, until it is closed; `label` stands in their command."""

    def __init__(self, job: dict, fresh: bool = False, label: str = "", hidden: tuple = ()):
        self.label, self.hidden = label, hidden
        self.job, self.fresh = job, fresh or sys.platform != "linux"
        self._turn, self._folder = threading.Lock(), tempfile.TemporaryDirectory()
        self._parent = None
        if not self.fresh:
            self._warm()

    def _warm(self):
        own, other = socket.socketpair()
        fd = other.fileno()
        python = [sys.executable, "-c", f"{PARENT} serve; serve({fd})", self.label]
        walls = bubblewrap(self.hidden)
        self.bubble = bool(walls)
        home = HOME if self.bubble else self._folder.name
        self._parent = subprocess.Popen(
            [*walls, *python],
            pass_fds=(fd,),
            env=environment(home),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        other.close()
        self._control = own
        send(own.fileno(), {**self.job, "bubble": self.bubble})

    def wait(self) -> str:
        """Wait until it is ready; say what lies open. Raises CourseError if it does not start."""
        found = ["files", "processes", "network"]
        if self._parent:
            try:
                hello = receive(self._control.fileno())
            except Closed:
                words = self._parent.stderr.read().decode()[-1500:]
                raise CourseError(SAY("no_start", words=words)) from None
            landlock = hello["landlock"] > 0 and not exposed(self.hidden)
            found = sandbox.missing(hello["way"], self.bubble, landlock)
        parts = ", ".join(SAY["open"][part] for part in found)
        return SAY("not_isolated", parts=parts) if found else ""

    def close(self) -> None:
        """End everything that still runs."""
        if self._parent:
            self._control.close()
            try:
                self._parent.wait(3)
            except subprocess.TimeoutExpired:
                self._parent.kill()
                self._parent.wait()
            self._parent.stderr.close()
        with suppress(OSError):
            self._folder.cleanup()

    def run(self, cells: list, limits: Limits, later: list) -> Outcome:
        """Run cells (number, source, task checked there) as often as it takes to get to the end."""
        outcome, end = Outcome(), time.monotonic() + limits.whole
        failures = 0
        for _ in range(limits.attempts):
            known = {
                name: list(runs)
                for name, runs in outcome.runs.items()
                if any(ran.get("problem") in SPOILT for ran in runs)
            }
            outcome.cells, outcome.runs = {}, known
            job = {
                "cells": [cell for cell in cells if cell[0] not in outcome.left_out],
                "later": later,
                "known": known,
                "seconds": limits.cell,
            }
            where, why = self._run_once(job, outcome, limits, end)
            if where == "start" and failures == 0 and time.monotonic() < end:
                failures += 1
            elif where == "start":
                raise CourseError(SAY["no_worker"])
            elif where == "end":
                outcome.whole = True
                break
            elif time.monotonic() >= end:
                break
            elif isinstance(where, int):
                outcome.left_out[where] = why
            else:
                details = {"seconds": self.job["tasks"][where]["seconds"]}
                ran = Ran(problem="unreadable" if why == "forged" else why, details=details)
                outcome.runs.setdefault(where, []).append(encode_ran(ran))
        return outcome

    def _run_once(self, job, outcome, limits, end):
        """Run it once; say where it stopped, and why."""
        inbox, end_worker = self._start_fresh(job) if self.fresh else self._start_forked(job)
        where, seconds = "start", 60.0
        left = [(number, task) for number, _, task in job["cells"]]
        at: int | None = None
        checking: str | None = None
        asked: set[str] = set()
        try:
            while True:
                # An honest worker tells each step in its turn. Who says another has no part in it.
                match inbox.next(min(seconds, end - time.monotonic())):
                    case {"way": _} if where == "start":
                        pass
                    case {"at": int(number)} if (at, checking) == (None, None) and (
                        left and number == left[0][0]
                    ):
                        where, seconds = number, limits.cell + 4
                        at = None if left.pop(0)[1] else number
                    case {"done": int(number), **said} if number == at:
                        outcome.cells[number], at = said, None
                    case {"checking": str(task), "answer": answer} if (
                        (at, checking) == (None, None)
                        and task in self.job["tasks"]
                        and task not in asked
                    ):
                        where = checking = task
                        asked.add(task)
                        seconds = self.job["tasks"][task]["seconds"] + 4
                        outcome.answers[task] = answer
                        outcome.runs.setdefault(task, [])
                    case {"ran": str(task), "number": int(number), **said} if (
                        task == checking
                        and number == len(outcome.runs[task])
                        and number < len(self.job["tasks"][task]["calls"])
                    ):
                        outcome.runs[task].append(said)
                    case {"checked": str(task)} if task == checking:
                        checking = None
                    case {"end": True} if not left and (at, checking) == (None, None):
                        return "end", ""
                    case _:
                        raise GarbledError
        except TimeoutError:
            return where, "too_slow" if isinstance(where, str) else "endless"
        except GarbledError:
            return where, "forged"
        except Closed:
            return where, "ended"
        finally:
            end_worker()

    def _start_forked(self, job):
        home = HOME if self.bubble else tempfile.mkdtemp(dir=self._folder.name)
        if not self.bubble:
            Path(self._folder.name).chmod(0o711)
            Path(home).chmod(0o777)
        own, other = socket.socketpair()
        reader, lifeline = os.pipe()
        with self._turn:
            socket.send_fds(self._control, [b"w"], [other.fileno(), reader])
        other.close()
        os.close(reader)
        with suppress(OSError):
            send(own.fileno(), {**job, "home": home})
        inbox = Inbox(os.dup(own.fileno()))

        def end_worker():
            # Its guard ends it when the lifeline is cut.
            os.close(lifeline)
            inbox.close()
            with suppress(OSError):
                own.shutdown(socket.SHUT_RDWR)
            own.close()

        return inbox, end_worker

    def _start_fresh(self, job):
        home = tempfile.mkdtemp(dir=self._folder.name)
        reading, writing = os.pipe()
        python = [sys.executable, "-c", f"{PARENT} alone; alone(0, 1)", self.label]
        worker = subprocess.Popen(
            python,
            env=environment(home),
            cwd=self._folder.name,
            stdin=reading,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(reading)
        with suppress(OSError):
            send(writing, self.job)
            send(writing, {**job, "home": home})
        os.close(writing)
        inbox = Inbox(os.dup(worker.stdout.fileno()))

        def end_worker():
            # Together with what it has started, as far as that is known.
            inbox.close()
            worker.kill()
            with suppress(OSError, AttributeError):
                os.killpg(worker.pid, 9)
            sandbox.end_all_of(home)
            worker.stdout.close()
            worker.wait()

        return inbox, end_worker
