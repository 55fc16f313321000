"""The warm process: it has imported all that submissions need, and forks a worker for each.

It runs in the bubblewrap and never runs a student's code. A worker has a guard outside its own
namespaces, which ends it with everything in it as soon as the grader lets go of it.
"""

import os
import select
import signal
import socket
import sys
from contextlib import suppress

from coursekit.authoring.grading import sandbox
from coursekit.authoring.grading.channel import Closed, receive, send
from coursekit.authoring.grading.worker import prepare, tasks, work

__all__ = ["alone", "serve"]

# The memory of submissions is looked at every so many seconds: less often where the processes of
# the whole machine are to be seen, in no bubblewrap.
WEIGHED = {True: 0.2, False: 2}


def serve(fd: int) -> None:
    """Prepare, then fork a worker for each pair of handles that the grader sends, until it ends."""
    control = socket.socket(fileno=fd)
    # What a worker leaves behind that has ended its guard.
    sandbox.adopt()
    job = receive(fd)
    prepare(job)
    set_tasks, way = tasks(job), sandbox.prepared(job["bubble"])
    send(fd, {"way": way, "landlock": sandbox.landlock_version()})
    while True:
        while not select.select([control], [], [], WEIGHED[job["bubble"]])[0]:
            sandbox.lighten()
        said, handles, _, _ = socket.recv_fds(control, 1, 2)
        if not said:
            sandbox.sweep()
            os._exit(0)
        pid = os.fork()
        if not pid:
            control.close()
            _guard(job, set_tasks, way, *handles)
        for handle in handles:
            os.close(handle)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _guard(job, set_tasks, way, fd, lifeline):
    """Shut this process in, fork the worker, and end it when the lifeline is cut."""
    try:
        os.setsid()
        told = receive(fd)
        sandbox.adopt()
        # Only a process before it is shut in can find what the worker leaves behind.
        if way:
            sandbox.enter(way, told["home"], job["bubble"])
        pid = os.fork()
        if not pid:
            os.close(lifeline)
            if not way:
                sandbox.enter(way, told["home"], job["bubble"])
            os.setpgid(0, 0)
            # A pipe that all share could be filled up by one, and would hold up the next.
            _hush()
            work(fd, told, set_tasks, fork=True)
            os._exit(0)
        os.close(fd)
        while not select.select([lifeline], [], [], 0.02)[0]:
            if os.waitpid(pid, os.WNOHANG)[0]:
                break
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
        sandbox.sweep()
    finally:
        os._exit(0)


def _hush():
    quiet = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(quiet, standard)
    os.close(quiet)


def alone(fd_in: int, fd_out: int) -> None:
    """Grade one submission in a fresh process: where there is no fork, or none is wanted."""
    try:
        job = receive(fd_in)
        told = receive(fd_in)
        prepare(job)
        os.chdir(told["home"])
        sandbox.enter("", told["home"], bubble=False)
        # What a student's code may write to without Python must not come between.
        fd_out = os.dup(fd_out)
        _hush()
        send(fd_out, {"way": "", "landlock": sandbox.landlock_version()})
        work(fd_out, told, tasks(job), fork=False)
    except Closed:
        sys.exit(1)
