"""A bubblewrap around code of others: a Python, the course without its solutions, nothing else."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from coursekit.content import folder

__all__ = ["HOME", "bubblewrap", "environment", "exposed", "shown"]

# Inside, code finds its own empty folder here.
HOME = "/home/student"


def shown() -> list[Path]:
    """List what a submission may read: Python, the system, and the course as students get it."""
    course = [folder("datasets"), Path(__file__).parents[1]]
    course += [folder("exercises") / part for part in ("quizzes", "predictions")]
    system = ["/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/alternatives"]
    system += ["/etc/fonts", "/etc/localtime", str(Path("~/.cache/matplotlib").expanduser())]
    python = [sys.prefix, sys.base_prefix, Path(sys.executable).resolve().parent]
    # The course last: it may lie below a folder of the system or of Python, and so be hidden first.
    return [path for path in map(Path, [*system, *python, *course]) if path.exists()]


def exposed(hidden: Iterable[Path]) -> list[Path]:
    """List folders of solutions and grades that lie below what a submission may read."""
    places = {p.resolve() for p in [folder("exercises"), *hidden] if (p / "source").is_dir()}
    return [
        each for each in sorted(places) if any(each.is_relative_to(p.resolve()) for p in shown())
    ]


def bubblewrap(hidden: Iterable[Path] = ()) -> list[str]:
    """Say what to put before a command so that it runs shut in; nothing if that cannot be had."""
    program = shutil.which("bwrap")
    if not program or sys.platform != "linux":
        return []
    walls = [program, "--die-with-parent", "--new-session", "--unshare-pid", "--unshare-ipc"]
    walls += ["--unshare-uts", "--unshare-net", "--dev", "/dev", "--proc", "/proc"]
    for empty in ("/tmp", "/home", "/run"):
        walls += ["--tmpfs", empty]
    # The folders above what is shown, which bubblewrap would make for their owner alone.
    for above in sorted({each for path in shown() for each in path.parents if each != Path("/")}):
        walls += ["--perms", "0755", "--dir", str(above)]
    covered, own_course = exposed(hidden), folder("datasets")
    for path in shown():
        if path == own_course:
            walls += [part for each in covered for part in ("--tmpfs", str(each))]
        # A link keeps its name, so that Python finds itself under it.
        kind = "--symlink" if path.is_symlink() else "--ro-bind"
        walls += [kind, str(path.readlink() if path.is_symlink() else path), str(path)]
    walls += ["--tmpfs", HOME, "--chdir", HOME]
    for kept in ("/tmp", "/run", "/home", "/dev"):
        walls += ["--remount-ro", kept]
    walls += ["--unshare-user"] if os.geteuid() else ["--cap-add", "ALL"]
    walls += ["--"]
    tried = subprocess.run([*walls, sys.executable, "-c", ""], capture_output=True, env={})
    return walls if tried.returncode == 0 else []


def environment(home: str) -> dict:
    """Make the environment of a submission: nothing of the instructor's."""
    kept = ("COURSEKIT_CONTENT", "SYSTEMROOT", "LD_LIBRARY_PATH")
    single = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")}
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        **single,
        **dict.fromkeys(("HOME", "TMPDIR", "TEMP", "IPYTHONDIR", "MPLCONFIGDIR"), home),
        "COURSEKIT_RECORD": f"{home}/record",
        "MPLBACKEND": "agg",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
