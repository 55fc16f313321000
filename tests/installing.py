"""The course where others install it: a fresh clone, and the environment that Binder builds."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import psutil
import repo2docker
import yaml
from filelock import FileLock
from jupyterlab import OpenNotebook, Server, write_cells

NOTEBOOKS = ("notebooks/00_start_here.ipynb", "notebooks/02_who_joined_when.ipynb")
EMPTY = "empty.ipynb"


def run(command, cwd, **more):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=900, **more)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done


def tracked(root):
    """Files that a clone has, with those not yet committed."""
    names = run(["git", "ls-files", "-co", "--exclude-standard", "-z"], root).stdout.split("\0")
    return sorted(name for name in names if name and (root / name).is_file())


def clone(root, folder):
    for name in tracked(root):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, folder / name)
    return folder


def outside():
    """The environment of a shell in which no environment of Python is active."""
    hidden = {"VIRTUAL_ENV", "PYTHONPATH", "PYTEST_CURRENT_TEST", "COURSEKIT_RECORD", "MAKEFLAGS"}
    hidden.add("JUPYTER_PATH")
    return {name: value for name, value in os.environ.items() if name not in hidden}


def before_us():
    """Read what Binder's environment holds before that of a repository is added to it."""
    place = Path(repo2docker.__file__).with_name("buildpacks") / "conda"
    lock = (place / "environment.py-3.11-linux-64.lock").read_text(encoding="utf-8")
    names = "ipywidgets|jupyter-offlinenotebook|jupyter-resource-usage|jupyterlab|notebook"
    return [f"{n}=={v}" for n, v in re.findall(rf"/({names})-(\d[\d.]*)-py", lock)]


def as_binder(root, folder):
    """Clone and install with pip what conda and Binder do, in a Python of its own."""
    copy = clone(root, folder)
    run([sys._base_executable, "-m", "venv", copy / "env"], copy)
    environment = yaml.safe_load((copy / "environment.yml").read_text(encoding="utf-8"))
    wanted = [word for line in environment["dependencies"][-1]["pip"] for word in shlex.split(line)]
    uv = shutil.which("uv", path=Path(sys.executable).parent)
    pip = [uv, "pip", "install", "--quiet", "--python", copy / "env/bin/python"]
    run([*pip, *before_us()], copy, env=outside())
    run([*pip, *wanted], copy, env=outside())
    return copy


def memory(installed, browser, private):
    """Measure server and kernel with one notebook open and run, in megabytes.

    Returns a dict: the two numbers for an empty notebook and for each of `NOTEBOOKS`.
    """
    write_cells(installed / EMPTY, [])
    server = Server(installed, private, python=installed / "env/bin/python")
    used = {}
    try:
        for name in (EMPTY, *NOTEBOOKS):
            page = OpenNotebook(browser, server, name)
            page.run_all()
            pids = (server.process.pid, page.ask_kernel("__import__('os').getpid()"))
            used[name] = [psutil.Process(pid).memory_info().rss / 1e6 for pid in pids]
            page.close()
    finally:
        server.stop()
    return used


def wheel(root, shared):
    """Build the wheel once for all tests, of all workers, from the sdist as a release does."""
    with FileLock(shared / "wheel.lock"):
        if not (made := [*shared.glob("dist/*.whl")]):
            run([sys.executable, "-m", "build", "--outdir", shared / "dist", root], root)
            made = [*shared.glob("dist/*.whl")]
    return made[0]


def python_of(version):
    """Find a Python of this machine, or None; nothing is downloaded."""
    uv = shutil.which("uv", path=Path(sys.executable).parent)
    found = subprocess.run(
        [uv, "python", "find", "--no-python-downloads", "--system", version],
        capture_output=True,
        text=True,
        env=outside(),
    )
    if place := found.stdout.strip():
        return place
    # pyenv shows its Pythons to whoever has chosen one of them only.
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    return next(versions.glob(f"{version}.*/bin/python"), None)


def install(folder, python, *wanted):
    """Make an environment with packages in it and give its Python."""
    uv = shutil.which("uv", path=Path(sys.executable).parent)
    run([uv, "venv", "--quiet", "--python", python, folder], folder.parent, env=outside())
    made = folder / "bin" / "python"
    run([uv, "pip", "install", "--quiet", "--python", made, *wanted], folder.parent, env=outside())
    run([uv, "pip", "check", "--quiet", "--python", made], folder.parent, env=outside())
    return made


def megabytes(folder):
    return sum(p.stat().st_size for p in folder.rglob("*") if not p.is_symlink()) / 1e6
