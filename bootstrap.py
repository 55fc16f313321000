"""Make the course's own Python environment in .venv, from the exact versions in the lock.

    python3 bootstrap.py          what the course needs
    python3 bootstrap.py test     and what its tests need

A second run with nothing changed does nothing. This file must run on any Python 3, so that one
that is too old gets a sentence instead of a traceback.
"""

import hashlib
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
LOCKS = {"course": "requirements.lock", "test": "requirements-test.lock"}
OLDEST = (3, 11)


def stop(sentence):
    sys.exit(sentence)


def newer_python():
    """Find a Python on this machine that is new enough, when this one is not."""
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found:
            return found
    return None


def inside(name):
    """Path of a program inside the environment."""
    folder, ending = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return os.path.join(VENV, folder, name + ending)


def fingerprint(lock):
    """Digest of all that decides what is installed."""
    digest = hashlib.sha256()
    for name in (lock, "pyproject.toml"):
        with open(os.path.join(HERE, name), "rb") as file:
            digest.update(file.read())
    digest.update(HERE.encode())
    return digest.hexdigest()


def works(command):
    """Whether a command exits without an error."""
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_environment():
    """Make .venv unless a sound one is there."""
    if works([inside("python"), "-m", "pip", "--version"]):
        return
    print("Making a Python environment in .venv ...", flush=True)
    if not works([sys.executable, "-c", "import venv, ensurepip"]):
        stop(
            "This Python cannot make environments: its venv module is missing. "
            "On Debian or Ubuntu run 'sudo apt install python3-venv', then try again."
        )
    if subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]) != 0:
        stop("The environment in .venv could not be made. Check that this folder can be written.")


def installer():
    """Give the command that installs packages: uv for speed, pip if uv cannot be had."""
    pip = [inside("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if os.environ.get("COURSEKIT_INSTALLER") == "pip":
        return pip
    if not os.path.exists(inside("uv")):
        works([*pip, "uv"])
    if works([inside("uv"), "--version"]):
        return [inside("uv"), "pip", "install", "--quiet", "--python", inside("python")]
    return pip


def install(lock):
    """Install the versions of a lock and then the course itself."""
    print("Installing what %s lists; the first time takes a minute or two ..." % lock, flush=True)
    command = installer()
    for wanted in (["--require-hashes", "-r", os.path.join(HERE, lock)], ["--no-deps", "-e", HERE]):
        if subprocess.call(command + wanted, cwd=HERE) != 0:
            stop(
                "The packages could not be installed. Check that this machine can reach a Python "
                "package index, then run the same command again; it continues where it stopped."
            )


def main(group):
    if group not in LOCKS:
        stop("There is no group %r. Use one of: %s." % (group, ", ".join(sorted(LOCKS))))
    if sys.version_info < OLDEST:
        found = newer_python()
        if found:
            sys.exit(subprocess.call([found, os.path.abspath(__file__), group]))
        stop(
            "This course needs Python %d.%d or newer, and this is Python %d.%d. "
            "Install a newer one from your system's packages or from python.org, then try again."
            % (OLDEST + tuple(sys.version_info[:2]))
        )
    lock = LOCKS[group]
    stamp = os.path.join(VENV, "installed-" + group)
    wanted = fingerprint(lock)
    if os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() == wanted:
                return
    make_environment()
    install(lock)
    with open(stamp, "w") as file:
        file.write(wanted)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "course")
