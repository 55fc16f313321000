"""Find out what keeps the course from running, and what to do about it.

Nothing but the standard library is imported before a check needs it: what is missing may be
anything.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.machinery import PathFinder
from importlib.metadata import requires
from pathlib import Path
from typing import NamedTuple

from coursekit import ports
from coursekit.checksums import checksums
from coursekit.content import PACKAGE, folder, working_copy
from coursekit.versions import installed, number, oldest, tested

__all__ = ["CHECKS", "Finding", "examine", "main"]

OLDEST = (3, 11)
# JupyterLab's server and the kernel of one open notebook need about 300 MB.
MEMORY = 500e6
# Room for a record, a report and the environment's own files.
DISK = 200e6
FRONT_ENDS = {"@jupyter-widgets/jupyterlab-manager": "jupyterlab_widgets", "anywidget": "anywidget"}


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


def again():
    """How to install anew what this Python has of the course."""
    home = PACKAGE.parent
    if not (home / "bootstrap.py").is_file():
        return f'Install the course again: "{sys.executable}" -m pip install "coursekit[app]"'
    if Path(sys.prefix).resolve() == (home / ".venv").resolve():
        return (
            f"Run `python bootstrap.py` in {home}. If that changes nothing, delete the folder "
            ".venv there first."
        )
    return f'In {home} run `"{sys.executable}" -m pip install -c constraints.txt -e .`.'


def python():
    """Check the version of Python, and that the course is installed in it."""
    found = f"{platform.python_version()} in {sys.prefix}"
    if sys.version_info < OLDEST:
        needed = ".".join(map(str, OLDEST))
        advice = f"Install Python {needed} or newer from python.org, then the course again."
        return Finding("Python", "problem", f"{found}, but {needed} is needed", advice)
    if installed("coursekit") is None:
        places = [str(PACKAGE.parent / ".venv" / part) for part in ("bin", "Scripts")]
        program = shutil.which("python", path=os.pathsep.join(places))
        advice = f'Use the course\'s own: "{program}" -m coursekit doctor' if program else again()
        return Finding("Python", "problem", f"{found}, where the course is not installed", advice)
    return Finding("Python", "ok", found)


def packages(lock=PACKAGE.parent / "constraints.txt"):
    """Compare the installed packages with those that the course needs and was tested with."""
    needed = oldest(requires("coursekit") if installed("coursekit") else [])
    pins, everywhere = tested(lock) if lock.is_file() else ({}, set())
    there = {name: installed(name) for name in [*needed, *pins]}
    missing = [name for name in there if there[name] is None and name in {*needed, *everywhere}]
    if missing:
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        return Finding("Packages", "problem", f"missing: {', '.join(missing[:5])}{more}", again())
    old = [name for name, least in needed.items() if number(there[name]) < number(least)]
    if old:
        wanted = ", ".join(f"{name}>={needed[name]}" for name in old)
        return Finding("Packages", "problem", f"too old; needed: {wanted}", again())
    if not pins:
        return Finding("Packages", "ok", "all there; no list of tested versions to compare with")
    other = [name for name in pins if there[name] not in (None, *pins[name])]
    if not other:
        return Finding("Packages", "ok", f"{sum(map(bool, there.values()))} as tested")
    few = ", ".join(f"{name} {there[name]} for {' or '.join(pins[name])}" for name in other[:3])
    found = f"{len(other)} of {len(pins)} not as tested: {few}"
    return Finding("Packages", "note", found, f"The course may well run. If not: {again()}")


def _origin(name, places):
    found = PathFinder.find_spec(name, places)
    return found and found.origin


def _work_folder():
    """Find where the student's notebooks are: here, in her copy, or in the course's own folder."""
    own = Path.cwd()
    for place in (own, own / "notebooks"):
        if any(place.glob("[0-9][0-9]_*.ipynb")):
            return place
    copy = working_copy()
    return copy / "notebooks" if copy else folder("notebooks")


def hiding(places: Iterable[Path]) -> list[Path]:
    """List files that hide a module which Python knows."""
    hidden = []
    for place in filter(Path.is_dir, dict.fromkeys(places)):
        known = [other for other in sys.path if other and Path(other) != place]
        for entry in place.iterdir():
            name = entry.name.removesuffix(".py")
            own = name.isidentifier() and _origin(name, [str(place)])
            usual = own and _origin(name, known)
            # The course's own package, in a copy of the whole course, is no mistake.
            if usual and not (Path(own).samefile(usual) or (entry / "doctor.py").is_file()):
                hidden.append(entry)
    return hidden


def names():
    """Look for files beside the notebooks, or on PYTHONPATH, that have the name of a module."""
    more = [Path(place) for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place]
    # Folders in which notebooks of the course stand, and so their kernels begin.
    home = _work_folder().parent
    places = [home, home / "notebooks", *(home / "exercises").glob("*/*"), Path.cwd()]
    hidden = hiding([*places, *more])
    if not hidden:
        return Finding("Names of files", "ok", "none hides a module")
    # All others come with the course, or with what is installed for it.
    needed = [file for file in hidden if file.stem not in sys.stdlib_module_names]
    shown = ", ".join(f"{file} hides {file.stem}" for file in (needed or hidden))
    advice = "Rename it or move it elsewhere, then restart the kernel."
    if any(file.parent in more for file in hidden):
        advice = "Clear the environment variable PYTHONPATH, or rename the file."
    return Finding("Names of files", "problem" if needed else "note", shown, advice)


def tables():
    """Compare the tables with the checksums of the data package."""
    files = checksums(folder("datasets"))
    changed = [name for name, (published, found) in files.items() if found != published]
    if changed:
        advice = "Restore them with `git checkout datasets`, or download the course again."
        advice += " If you meant to change them, run `make data`."
        return Finding("Tables", "problem", f"not as published: {', '.join(changed)}", advice)
    return Finding("Tables", "ok", f"{len(files)} files, each with its checksum")


def _kernels():
    """Find the kernels of this Python, and the one that Jupyter would start by itself."""
    from jupyter_client.kernelspec import KernelSpecManager

    own = KernelSpecManager(kernel_dirs=[str(Path(sys.prefix, "share", "jupyter", "kernels"))])
    return own, KernelSpecManager().get_kernel_spec("python3")


def _start(kernels):
    """Start a kernel beside the notebooks, and ask it where it found the course."""
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name="python3", kernel_spec_manager=kernels)
    manager.start_kernel(cwd=_work_folder(), stderr=subprocess.DEVNULL)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        how = {"user_expressions": {"place": "coursekit.__file__"}, "timeout": 120}
        how["output_hook"] = lambda message: None
        return client.execute_interactive("import coursekit", **how)["content"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def kernel():
    """Start a kernel as `coursekit lab` would, and import the course in it."""
    own, usual = _kernels()
    spec = own.get_kernel_spec("python3")
    which = f"`python3` in {spec.resource_dir} starts {spec.argv[0]}"
    mend = f'Write this kernel anew: "{sys.executable}" -m ipykernel install --sys-prefix'
    try:
        reply = _start(own)
    except Exception as problem:
        return Finding("Kernel", "problem", f"does not start: {problem} ({which})", mend)
    if reply["status"] != "ok":
        found = f"{reply['ename']}: {reply['evalue']} ({which})"
        advice = mend if "'coursekit'" in found else f"Mend first what is named above. {again()}"
        return Finding("Kernel", "problem", found, advice)
    place = reply["user_expressions"]["place"]["data"]["text/plain"].strip("'\"")
    # A folder of that name can be imported too, with nothing in it.
    if place == "None":
        return Finding("Kernel", "problem", f"does not find the course ({which})", mend)
    if not Path(place).is_relative_to(PACKAGE):
        # `python -m` takes the package of a copy of the course in which it is run.
        advice = "Run `coursekit doctor`. If it says so too, rename or uninstall that one."
        return Finding("Kernel", "problem", f"imports another course: {place}", advice)
    if _program(usual) != _program(spec):
        found = (
            f"starts, and imports the course; but any other Jupyter would start {usual.argv[0]}, "
            f"by `python3` in {usual.resource_dir}"
        )
        listed = os.environ.get("JUPYTER_PATH", "").split(os.pathsep)
        advice = "Start the course with `python -m coursekit lab`. For others remove that folder"
        if any(place and Path(place) in Path(usual.resource_dir).parents for place in listed):
            advice += ", or clear the environment variable JUPYTER_PATH"
        return Finding("Kernel", "note", found, f"{advice}.")
    return Finding("Kernel", "ok", "starts, and imports the course")


def _program(spec):
    """Tell the Python of a kernel from others, by its folder and what it links to."""
    # Jupyter takes its own Python for a bare name.
    bare = re.fullmatch(r"python[\d.]*(\.exe)?", spec.argv[0])
    program = Path(sys.executable if bare else spec.argv[0])
    return program.parent, program.resolve()


def jupyterlab():
    """Say which JupyterLab opens, and whether the usual command would start another one."""
    own = installed("jupyterlab")
    if own is None:
        return Finding("JupyterLab", "problem", "missing", again())
    found = f"{own} in {sys.prefix}"
    first = shutil.which("jupyter-lab")
    if first is None or Path(first).resolve().is_relative_to(Path(sys.prefix).resolve()):
        return Finding("JupyterLab", "ok", found)
    advice = "Open the course with `python -m coursekit lab`, not with `jupyter lab`."
    return Finding("JupyterLab", "note", f"{found}; `jupyter lab` would start {first}", advice)


def front_ends():
    """Look for the part of the widgets that runs in the browser."""
    from jupyter_core.paths import jupyter_path

    places = jupyter_path("labextensions")
    lost = [name for name in FRONT_ENDS if not any(Path(p, name).is_dir() for p in places)]
    if not lost:
        return Finding("Widgets in JupyterLab", "ok", ", ".join(FRONT_ENDS))
    packages = " ".join(FRONT_ENDS[name] for name in lost)
    advice = f"Run `python -m pip install --force-reinstall {packages}`, then reload the page."
    return Finding("Widgets in JupyterLab", "problem", f"missing: {', '.join(lost)}", advice)


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

    home, place = record().path.parent, _work_folder()
    if why := _refusal(home):
        advice = "Set the environment variable COURSEKIT_RECORD to another folder."
        return Finding("Writing", "problem", f"{home}: {why}", advice)
    why = "part of the package" if PACKAGE in place.parents else _refusal(place)
    if why:
        advice = "Open your own copy of the course, or write one with `coursekit get`."
        # On a server the course itself is often for reading only.
        state = "note" if place == folder("notebooks") else "problem"
        return Finding("Writing", state, f"{place}: {why}", advice)
    free = shutil.disk_usage(home).free
    if free < DISK:
        advice = "Free some space; answers cannot be saved on a full disk."
        return Finding("Writing", "problem", f"only {free / 1e6:.0f} MB of disk left", advice)
    return Finding("Writing", "ok", f"answers go to {home}")


def port():
    """Look for a free port."""
    found = ports.free()
    if found is None:
        advice = "Close another Jupyter, or choose a port: `python -m coursekit lab --port=9000`."
        found = f"{ports.FIRST} to {ports.LAST} are in use"
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


CHECKS = (
    *(python, packages, names, tables, kernel),
    *(jupyterlab, front_ends, writing, port, memory),
)


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
            if isinstance(problem, ModuleNotFoundError):
                found = f"not checked, since {problem.name} is missing"
            yield Finding(name, "problem", found, again())


def main() -> int:
    """Print what the checks find.

    Returns
    -------
    int
        0 if the course can run, 1 if not.
    """
    # A path may have letters that the terminal does not know.
    sys.stdout.reconfigure(errors="replace")
    states = set()
    for finding in examine():
        states.add(finding.state)
        lines = f"{finding.name}: {finding.found}", finding.advice
        print(f"{finding.state:8}", "\n         ".join(filter(None, lines)))
    if "problem" in states:
        return 1
    print("The course can run. Open it with: python -m coursekit lab")
    return 0
