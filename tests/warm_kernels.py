"""Kernels that start in a tenth of the time: forked from a process that has imported the libraries.

The tests start more than a hundred kernels, and each would import pandas and matplotlib anew. One
process imports them once, nothing of the course among them, and waits at a socket. Jupyter finds a
kernel named ``python3`` whose program asks there for a fork, and stays as its stand-in: signals go
on to the fork, and each of the two ends with the other.

`COURSEKIT_COLD_KERNELS=1` leaves it out, and so do tests of memory and of other environments.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

LIBRARIES = (
    *("IPython.core.interactiveshell", "ipykernel.kernelapp", "ipywidgets", "anywidget"),
    *("matplotlib.figure", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg"),
    *("matplotlib_inline.backend_inline", "pandas", "scipy.special", "networkx"),
    *("jsonschema", "yaml", "mistune", "filelock"),
)
LONGEST = 1 << 20


@contextmanager
def warm_kernels():
    """Let Jupyter start forks while the context lasts, here and in all that is started here."""
    if os.environ.get("COURSEKIT_COLD_KERNELS") or not hasattr(os, "fork"):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="coursekit-kernels-") as folder:
        door = Path(folder) / "door"
        spec = Path(folder) / "kernels" / "python3" / "kernel.json"
        spec.parent.mkdir(parents=True)
        ask = [sys.executable, "-I", "-S", __file__, "ask", str(door), "{connection_file}"]
        about = {"argv": ask, "display_name": "Python 3 (ipykernel)", "language": "python"}
        spec.write_text(json.dumps({**about, "metadata": {"debugger": True}}), encoding="utf-8")
        forking = subprocess.Popen([sys.executable, __file__, "serve", str(door)])
        before = os.environ.get("JUPYTER_PATH")
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (folder, before)))
        try:
            yield
        finally:
            forking.terminate()
            forking.wait()
            os.environ.pop("JUPYTER_PATH")
            if before:
                os.environ["JUPYTER_PATH"] = before


def serve(door):
    """Import the libraries, and fork for everyone who asks."""
    # ipykernel and matplotlib read these when they are imported.
    os.environ.pop("JPY_PARENT_PID", None)
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(door)
    listening.listen(64)
    for name in LIBRARIES:
        __import__(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asking, _ = listening.accept()
        wanted, files, _, _ = socket.recv_fds(asking, LONGEST, 3)
        child = os.fork()
        if not child:
            listening.close()
            be_kernel(asking, json.loads(wanted), files)
        asking.sendall(f"{child}\n".encode())
        for file in (asking.detach(), *files):
            os.close(file)


def be_kernel(stand_in, wanted, files):
    """Become the kernel that somebody asked for; does not return."""
    os.setsid()
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for place, file in enumerate(files):
        os.dup2(file, place)
        os.close(file)
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    os.environ.pop("JPY_PARENT_PID", None)
    # The folder of this file is not where a notebook imports from.
    sys.path[:] = [place for place in sys.path if place != str(Path(__file__).parent)]

    def end_together():
        stand_in.recv(1)
        os._exit(1)

    threading.Thread(target=end_together, daemon=True).start()
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", "-f", *wanted["arguments"]]
    # 1 stands for none that could be watched: the stand-in is.
    IPKernelApp.launch_instance(parent_handle=1)
    os._exit(0)


def ask(door, *arguments):
    """Ask for a kernel, and stand in for it until it ends."""
    asking = socket.socket(socket.AF_UNIX)
    asking.connect(door)
    wanted = {"folder": str(Path.cwd()), "environment": dict(os.environ), "arguments": arguments}
    socket.send_fds(asking, [json.dumps(wanted).encode()], [0, 1, 2])
    kernel = int(asking.recv(32))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1):
        signal.signal(number, lambda number, frame: os.kill(kernel, number))
    while asking.recv(1):
        pass


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
