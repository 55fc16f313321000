"""Find out what keeps the course from running, and what to do about it."""

import platform
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import NamedTuple

from coursekit.content import PACKAGE, folder
from coursekit.errors import CourseError

__all__ = ["CHECKS", "Finding", "examine"]

OLDEST = (3, 11)
# JupyterLab's server and the kernel of one open notebook need about 300 MB.
MEMORY = 500e6
# Room for a record, a report and the environment's own files.
DISK = 200e6
FRONT_ENDS = {"@jupyter-widgets/jupyterlab-manager": "jupyterlab_widgets", "anywidget": "anywidget"}
AGAIN = "Run `python bootstrap.py`, or install the course again."


class Finding(NamedTuple):
    """What a check found.

    Attributes
    ----------
    name : str
        What was checked.
    state : str
        ``"ok"``, ``"note"`` (the course runs) or ``"problem"`` (it does not, or not wholly).
    found : str
        What was found.
    advice : str
        What to do; empty if all is well.
    """

    name: str
    state: str
    found: str
    advice: str = ""


def python():
    """Check the version of Python."""
    found = platform.python_version()
    if sys.version_info >= OLDEST:
        return Finding("Python", "ok", found)
    needed = ".".join(map(str, OLDEST))
    advice = f"Install Python {needed} or newer from python.org, then make the environment anew."
    return Finding("Python", "problem", f"{found}, but {needed} is needed", advice)


def wanted(lock):
    """Read which versions a lock asks for on this machine.

    Parameters
    ----------
    lock : pathlib.Path
        A file with a line ``name==version ; marker`` for each package.

    Returns
    -------
    dict of str to str
        Version by package.
    """
    from packaging.requirements import Requirement

    lines = (line.split("#")[0].strip() for line in lock.read_text(encoding="utf-8").splitlines())
    pins = [Requirement(line) for line in lines if line]
    return {
        pin.name: str(pin.specifier).removeprefix("==")
        for pin in pins
        if pin.marker is None or pin.marker.evaluate()
    }


def _installed(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def packages(lock=PACKAGE.parent / "constraints.txt"):
    """Compare the installed packages with the versions that the course was tested with."""
    from packaging.requirements import Requirement

    own = [Requirement(line) for line in requires("coursekit") or []]
    own = [needed for needed in own if needed.marker is None or needed.marker.evaluate()]
    found = {needed.name: _installed(needed.name) for needed in own}
    missing = [name for name, version in found.items() if version is None]
    if missing:
        return Finding("Packages", "problem", f"missing: {', '.join(missing)}", AGAIN)
    old = [str(need) for need in own if not need.specifier.contains(found[need.name])]
    if old:
        return Finding("Packages", "problem", f"too old; needed: {', '.join(old)}", AGAIN)
    if not lock.is_file():
        return Finding("Packages", "ok", "all there; no list of tested versions to compare with")
    pins = wanted(lock)
    there = {name: _installed(name) for name in pins}
    other = {name: found for name, found in there.items() if found not in (None, pins[name])}
    if not other:
        return Finding("Packages", "ok", f"{len(pins)} as tested")
    few = ", ".join(f"{name} {found} for {pins[name]}" for name, found in list(other.items())[:3])
    found = f"{len(other)} of {len(pins)} not as tested: {few}"
    return Finding("Packages", "note", found, f"The course may well run. If not: {AGAIN}")


def kernel():
    """Start a kernel as JupyterLab would, and import the course in it."""
    from jupyter_client.manager import start_new_kernel

    try:
        manager, client = start_new_kernel(startup_timeout=60, stderr=subprocess.DEVNULL)
    except Exception as problem:
        advice = f"Another program may have replaced the kernel `python3`. {AGAIN}"
        return Finding("Kernel", "problem", f"does not start: {problem}", advice)
    try:
        reply = client.execute_interactive(
            "import coursekit, sys", timeout=120, output_hook=lambda message: None
        )["content"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    if reply["status"] == "ok":
        return Finding("Kernel", "ok", "starts, and imports the course")
    advice = (
        "The kernel `python3` belongs to another Python. In the environment of the course run "
        "`python -m ipykernel install --sys-prefix`."
    )
    return Finding("Kernel", "problem", f"{reply['ename']}: {reply['evalue']}", advice)


def jupyterlab():
    """Say which JupyterLab opens, and whether the usual command would start another one."""
    own = _installed("jupyterlab")
    if own is None:
        return Finding("JupyterLab", "problem", "missing", AGAIN)
    found = f"{own} in {sys.prefix}"
    first = shutil.which("jupyter-lab")
    if first is None or Path(first).resolve().is_relative_to(Path(sys.prefix).resolve()):
        return Finding("JupyterLab", "ok", found)
    advice = "Open the course with `python -m coursekit lab`, not with `jupyter lab`."
    return Finding("JupyterLab", "note", f"{found}; `jupyter lab` would start {first}", advice)


def front_ends():
    """Look for the part of the widgets that runs in the browser."""
    from jupyter_core.paths import jupyter_path

    places = [Path(place) for place in jupyter_path("labextensions")]
    lost = [name for name in FRONT_ENDS if not any((place / name).is_dir() for place in places)]
    if not lost:
        return Finding("Widgets in JupyterLab", "ok", ", ".join(FRONT_ENDS))
    names = " ".join(FRONT_ENDS[name] for name in lost)
    advice = f"Run `python -m pip install --force-reinstall {names}`, then reload the page."
    return Finding("Widgets in JupyterLab", "problem", f"missing: {', '.join(lost)}", advice)


def tables():
    """Compare the tables with the checksums of the data package."""
    from coursekit.data import names, verify

    try:
        verify()
    except CourseError as problem:
        advice, *changed = str(problem).splitlines()
        files = ", ".join(line.split(":")[0] for line in changed)
        return Finding("Tables", "problem", f"not as published: {files}", advice)
    return Finding("Tables", "ok", f"{len(names())}, each with its checksum")


def _refusal(place):
    """Why nothing can be written into a folder; empty if it can."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"x")
    except OSError as problem:
        return problem.strerror or str(problem)
    return ""


def writing():
    """Try to write where the record and the notebooks are."""
    from coursekit.record import record

    for place, advice in (
        (record().path.parent, "Set the environment variable COURSEKIT_RECORD to another folder."),
        (folder("notebooks"), "Copy the course to a folder of yours, and open it there."),
    ):
        if why := _refusal(place):
            return Finding("Writing", "problem", f"{place}: {why}", advice)
    free = shutil.disk_usage(record().path.parent).free
    if free < DISK:
        advice = "Free some space; answers cannot be saved on a full disk."
        return Finding("Writing", "problem", f"only {free / 1e6:.0f} MB of disk left", advice)
    return Finding("Writing", "ok", f"answers go to {record().path.parent}")


def port():
    """Look for a free port."""
    from coursekit.cli import FIRST_PORT, LAST_PORT, free_port

    found = free_port()
    if found is None:
        advice = "Close another Jupyter, or choose a port: `python -m coursekit lab --port=9000`."
        found = f"{FIRST_PORT} to {LAST_PORT} are in use"
        return Finding("Port", "problem", found, advice)
    return Finding("Port", "ok", str(found))


def memory():
    """Look how much memory is free."""
    import psutil

    free = psutil.virtual_memory().available
    if free < MEMORY:
        advice = "Close other programs, or shut down kernels under Running Terminals and Kernels."
        return Finding("Memory", "problem", f"{free / 1e6:.0f} MB free of 500 needed", advice)
    return Finding("Memory", "ok", f"{free / 1e9:.1f} GB free")


CHECKS = (python, packages, kernel, jupyterlab, front_ends, tables, writing, port, memory)


def examine(checks=CHECKS):
    """Run all checks.

    Parameters
    ----------
    checks : sequence of callable, optional
        Each gives a `Finding`.

    Yields
    ------
    Finding
        One for each check; a check that itself fails is a problem, not a crash.
    """
    for check in checks:
        try:
            yield check()
        except Exception as problem:
            name = check.__name__.replace("_", " ").capitalize()
            found = f"{type(problem).__name__}: {problem}"
            yield Finding(name, "problem", found, AGAIN)
