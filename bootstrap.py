"""Make the course's own Python environment in .venv, from the exact versions in the lock.

    python3 bootstrap.py               what the course needs
    python3 bootstrap.py instructor    and what releases and grades the exercises
    python3 bootstrap.py test          and what its tests need

A second run with nothing changed does nothing; what has been broken meanwhile is mended. This file
must run on any Python 3, so that one that is too old gets a sentence instead of a traceback.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
LOCKS = {
    "course": "requirements.lock",
    "instructor": "requirements-instructor.lock",
    "test": "requirements-test.lock",
}
OLDEST = (3, 11)
# Of the settings of pip and uv, these say how to reach an index. Others, such as PIP_USER or
# PIP_TARGET, would put the packages elsewhere or leave some out.
REACH = re.compile(
    "INDEX|LINKS|PROXY|CERT|TLS|SSL|HOST|TIMEOUT|RETRIES|CACHE|CONFIG|KEYRING|OFFLINE"
)
# They show the environment's Python another library, or packages that are not in .venv.
ASTRAY = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")


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


def surroundings():
    """Environment variables without those that lead the installation astray."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ASTRAY and (not name.startswith(("PIP_", "UV_")) or REACH.search(name))
    }
    # A file of settings can ask for it too.
    return dict(kept, PIP_USER="0")


def fingerprint(lock):
    """Digest of all that decides what is installed."""
    digest = hashlib.sha256()
    for name in (lock, "pyproject.toml", os.path.basename(__file__)):
        with open(os.path.join(HERE, name), "rb") as file:
            digest.update(file.read())
    digest.update(HERE.encode())
    return digest.hexdigest()


def works(command):
    """Whether a command exits without an error."""
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        return subprocess.call(command, env=surroundings(), **silent) == 0
    except OSError:
        return False


def plain(name):
    """Write a package's name as all others do."""
    return re.sub("[-_.]+", "-", name).lower()


def installed(lock):
    """List what is in .venv of a lock's packages and of the course itself, as name==version.

    Nothing is there if the Python of .venv does not run, or is not the one it was.
    """
    ask = (
        "import os, sysconfig; names = os.listdir(sysconfig.get_path('purelib'));"
        "print(*[ascii(name)[1:-1] for name in names if name.endswith('.dist-info')])"
    )
    try:
        said = subprocess.check_output(
            [inside("python"), "-I", "-c", ask], stderr=subprocess.DEVNULL, env=surroundings()
        )
    except (OSError, subprocess.CalledProcessError):
        return []
    with open(os.path.join(HERE, lock), encoding="utf-8") as file:
        pins = re.findall(r"^([\w.-]+)==", file.read(), re.MULTILINE)
    ours = {plain(name) for name in [*pins, "coursekit"]}
    there = [name[: -len(".dist-info")].rpartition("-") for name in said.decode().split()]
    return sorted(
        "%s==%s" % (plain(name), version) for name, _, version in there if plain(name) in ours
    )


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
    made = subprocess.call([sys.executable, "-m", "venv", "--clear", VENV], env=surroundings())
    if made != 0:
        stop(
            "The environment in .venv could not be made. Check that this folder can be written. "
            "Close JupyterLab if it is open, delete the folder .venv, then try again."
        )


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
    """Install the versions of a lock and then the course itself, and say what is there."""
    print("Installing what %s lists; the first time takes a minute or two ..." % lock, flush=True)
    command = installer()
    for wanted in (["--require-hashes", "-r", os.path.join(HERE, lock)], ["--no-deps", "-e", HERE]):
        if subprocess.call(command + wanted, cwd=HERE, env=surroundings()) != 0:
            stop(
                "The packages could not be installed; the lines above say why. If they speak of a "
                "connection, check that this machine can reach a Python package index. If they "
                "speak of a file in use, close JupyterLab. Then run the same command again; it "
                "continues where it stopped."
            )
    there = installed(lock)
    if not any(line.startswith("coursekit==") for line in there):
        stop(
            "The packages were installed, but not in .venv. A file of settings sends them "
            "elsewhere: 'pip config list' shows it. Take out 'target', 'prefix' or 'root', "
            "then run the same command again."
        )
    return there


def main(group):
    if group not in LOCKS:
        stop("There is no group %r. Use one of: %s." % (group, ", ".join(sorted(LOCKS))))
    if sys.version_info < OLDEST:
        found = newer_python()
        if found:
            command = [found, os.path.abspath(__file__), group]
            sys.exit(subprocess.call(command, env=surroundings()))
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
            before, *packages = file.read().split()
        if before == wanted and packages == installed(lock):
            return
    make_environment()
    packages = install(lock)
    with open(stamp, "w") as file:
        file.write("\n".join([wanted, *packages]))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "course")
