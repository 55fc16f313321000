"""In a process of its own: run a student's cells, and call the answers as the checks say.

Whatever runs here may be turned against it, so nothing here decides anything: it says which cell
it is at, and what came of each call. No expected value is ever in this process.
"""

import io
import os
import select
import signal
import sys
import traceback
from contextlib import suppress
from functools import cache

from coursekit.authoring.grading.channel import Closed, GarbledError, receive, send
from coursekit.authoring.grading.values import decode_ran, encode, encode_ran
from coursekit.checks.limits import TooSlow
from coursekit.checks.running import MISSING, Ran
from coursekit.checks.tasks import Check, Task, names
from coursekit.checks.verdict import runs

__all__ = ["prepare", "tasks", "work"]

# What a cell has printed beyond this is cut off: characters, and lines of a traceback.
PRINTED, TRACEBACK = 20_000, 12
# A call that its own alarm has not stopped so many seconds after its end is stopped from here.
GRACE = 1.5
RESTARTS = 4


class _Output(io.StringIO):
    """Keeps the beginning of what is printed."""

    def write(self, text):
        if self.tell() < PRINTED:
            super().write(str(text)[: PRINTED - self.tell()])
        return len(text)


@cache
def _shell():
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import CapturingDisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets import Type
    from traitlets.config import Config

    class Shown(DisplayHook):
        """Keeps the last value of a cell as text."""

        text = ""

        def start_displayhook(self):
            pass

        def write_output_prompt(self):
            pass

        def write_format_data(self, format_dict, md_dict=None):
            self.text = str(format_dict.get("text/plain", ""))[:PRINTED]

        def finish_displayhook(self):
            pass

    class Shell(InteractiveShell):
        """A notebook's way to run cells, without a page to show them on."""

        displayhook_class = Type(Shown)
        display_pub_class = Type(CapturingDisplayPublisher)

    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=settings)
    # Widgets and figures are not drawn: their words are enough here.
    shell.display_formatter.active_types = ["text/plain"]
    shell.display_formatter.ipython_display_formatter.enabled = False
    shell.display_formatter.mimebundle_formatter.enabled = False
    return shell


def tasks(job: dict) -> dict[str, Task]:
    """Make the tasks of a set from what is known of them here: how to call an answer."""
    return {
        name: Task(
            name=name,
            kind="code",
            arguments=None if entry["arguments"] is None else tuple(entry["arguments"]),
            returns="",
            hints=(),
            says={},
            seconds=entry["seconds"],
            checks=tuple(Check(call, None, setup=job["setups"][n]) for call, n in entry["calls"]),
            tells=False,
        )
        for name, entry in job["tasks"].items()
    }


def prepare(job: dict) -> None:
    """Import and work out once what all submissions need."""
    import gc
    from importlib import import_module

    _shell()
    for module in job["modules"]:
        with suppress(ImportError):
            import_module(module)
    for setup in job["setups"]:
        names(setup)
    gc.collect()
    gc.freeze()


class _Stopped(TooSlow):
    """The cell ran longer than it may."""


def _ring(seconds):
    """Raise in the cell when its time is over, and again when that was caught."""
    if hasattr(signal, "setitimer"):

        def ring(number, frame):
            raise _Stopped

        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds, 0.5 if seconds else 0)


def work(fd: int, job: dict, set_tasks: dict, fork: bool) -> None:
    """Run the cells of a job and call what they are checked by, and tell all about it."""
    shell, waiting, own = _shell(), [], os.getpid()
    for number, source, task in job["cells"]:
        send(fd, {"at": number})
        if not task:
            told = _run_cell(shell, source, job["seconds"])
            _alone(own)
            send(fd, {"done": number, **told})
        elif shell.user_ns.get(task, ...) is ...:  # It may come further down.
            waiting.append(task)
        else:
            _check_task(fd, set_tasks[task], shell, fork, job["known"].get(task, []))
    for task in [*waiting, *job["later"]]:
        _check_task(fd, set_tasks[task], shell, fork, job["known"].get(task, []))
    send(fd, {"end": True})


def _run_cell(shell, source, seconds):
    out, err = _Output(), _Output()
    shown, result = [], None
    with suppress(BaseException):
        shell.displayhook.text = ""
        shell.display_pub.outputs.clear()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err
    try:
        _ring(seconds)
        result = shell.run_cell(source, store_history=True)
        _ring(0)
    except BaseException as problem:  # The shell itself was stopped, or broken.
        _ring(0)
        result = problem
    finally:
        sys.stdout, sys.stderr = before
    with suppress(BaseException):
        shown = [
            str(each["data"].get("text/plain", ""))[:2000] for each in shell.display_pub.outputs
        ]
    error = result
    with suppress(BaseException):
        error = result.error_before_exec or result.error_in_exec
    return {
        "stdout": out.getvalue(),
        "stderr": err.getvalue(),
        "shown": shown[:20],
        "value": str(getattr(shell.displayhook, "text", ""))[:PRINTED],
        "error": _error_told(error) if isinstance(error, BaseException) else None,
    }


def _error_told(problem):
    """Write an error down: its name, its words, and its traceback."""
    if isinstance(problem, _Stopped):
        return {"stopped": True}
    try:
        words = str(problem)[:400]
        lines = traceback.format_exception(type(problem), problem, problem.__traceback__)
        lines = "".join(lines[-TRACEBACK:])[-4000:]
    except BaseException:
        words, lines = "", ""
    return {"name": type(problem).__name__[:80], "words": words, "lines": lines}


def _check_task(fd, task, shell, fork, known):
    """Call an answer as each check says, in a process of its own that may end as it likes."""
    answer = shell.user_ns.get(task.name, MISSING)
    send(fd, {"checking": task.name, "answer": encode(answer)})
    found = list(known)
    if not fork:
        _here(fd, task, answer, found)
    for _ in range(RESTARTS if fork else 0):
        ended = _call_forked(fd, task, answer, found)
        if len(found) >= len(task.checks):
            break
        ran = Ran(problem=ended, details={"seconds": task.seconds})
        _tell(fd, task, found, encode_ran(ran))
    send(fd, {"checked": task.name})


def _tell(fd, task, found, ran):
    send(fd, {"ran": task.name, "number": len(found), **ran})
    found.append(ran)


def _here(fd, task, answer, found):
    """Call the answer in this very process; a copy of it that the answer makes ends at once."""
    own = os.getpid()
    for ran in runs(task, answer, [decode_ran(each) for each in found]):
        if os.getpid() != own:
            os._exit(0)
        _tell(fd, task, found, encode_ran(ran))


def _call_forked(fd, task, answer, found):
    """Add what came of the calls, up to the one that did not come back; say why it did not."""
    reader, writer = os.pipe()
    try:
        pid = os.fork()
    except OSError:  # The cells above have taken all processes: then here, at its own risk.
        _here(fd, task, answer, found)
        return ""
    if not pid:
        own = os.getpid()
        os.close(fd)
        try:
            for ran in runs(task, answer, [decode_ran(each) for each in found]):
                if os.getpid() == own:  # The answer may have forked.
                    send(writer, encode_ran(ran))
        finally:
            os._exit(0)
    os.close(writer)
    try:
        while len(found) < len(task.checks):
            if not select.select([reader], [], [], task.seconds + GRACE)[0]:
                return "too_slow"
            ran = receive(reader)
            if not isinstance(ran, dict):
                return "unreadable"
            _tell(fd, task, found, ran)
        return ""
    except GarbledError:
        return "unreadable"
    except Closed:
        return "ended"
    finally:
        os.close(reader)
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _alone(own):
    """End what the cell has left behind; its copies of this very process too."""
    if os.getpid() != own:
        os._exit(0)
    # As the first process of a namespace it may end all others there, and sees none outside.
    if os.getpid() == 1:
        with suppress(OSError):
            os.kill(-1, signal.SIGKILL)
        with suppress(OSError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
