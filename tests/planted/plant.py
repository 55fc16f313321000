"""Plant faults in a copy of the course, one at a time, and see whether the tests catch them.

    .venv/bin/python tests/planted/plant.py                    all faults (some 15 minutes)
    .venv/bin/python tests/planted/plant.py --only "wrong sign"     those whose sentence has this
    .venv/bin/python tests/planted/plant.py --checkout ../before    in another checkout

Each fault of `faults.yaml` is written into a copy of its own, in which the tests named for it are
run; they pass there before the fault is planted. Exits with 1 unless every fault is caught.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
# pytest's exit codes.
PASSED, FAILED = 0, 1


def faults(only=""):
    """List the faults whose sentence holds a text.

    Parameters
    ----------
    only : str, optional
        The text; all faults if empty.

    Returns
    -------
    list of dict
        ``what`` (a sentence), ``file``, ``old``, ``new`` and ``tests`` (paths for pytest).
    """
    known = yaml.safe_load((HERE / "faults.yaml").read_text(encoding="utf-8"))
    return [fault for fault in known if only in fault["what"]]


def planted(text, fault):
    """Write a fault into the text of its file.

    Raises
    ------
    ValueError
        If the text that it replaces does not stand there once.
    """
    if text.count(fault["old"]) != 1:
        raise ValueError(
            f"{fault['file']} holds {fault['old']!r} {text.count(fault['old'])} times, not once."
        )
    return text.replace(fault["old"], fault["new"])


def _copied(checkout, folder):
    """Copy what git knows, with what is not yet committed."""
    listed = ["git", "-C", checkout, "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(listed, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (checkout / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(checkout / name, folder / name)


def _tested(folder, tests):
    """Run tests in a copy, and return pytest's exit code and the last line of its report."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p"]
    command += ["no:xdist", "--nbval", "--nbval-current-env", *tests]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    lines = (done.stdout + done.stderr).strip().splitlines() or [""]
    failed = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    return done.returncode, (failed or lines)[-1]


def caught(checkout, fault):
    """Plant a fault and run its tests.

    Returns
    -------
    bool, str
        Whether they failed with it, having passed without it; and what was seen.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="coursekit-planted-") as place:
        folder = Path(place)
        _copied(checkout, folder)
        path = folder / fault["file"]
        text = path.read_text(encoding="utf-8")
        # With the fault first: it is caught early, and a run without it tells the fault from what
        # is broken anyway.
        path.write_text(planted(text, fault), encoding="utf-8")
        code, said = _tested(folder, fault["tests"])
        sound = code != FAILED
        if not sound:
            path.write_text(text, encoding="utf-8")
            failing = said.split(" - ")[0].removeprefix("FAILED ").removeprefix("ERROR ").strip()
            if ".ipynb::" in failing:  # A cell needs those above it.
                failing = failing.split("::")[0]
            sound = _tested(folder, [failing])[0] == PASSED
    seconds = f"{time.monotonic() - began:.0f} s"
    if not sound:
        said = f"fails without the fault too: {said}"
    return code == FAILED and sound, f"{seconds}: {said[:110]}"


def main():
    """Plant all faults and print what became of each."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--checkout", type=Path, default=HERE.parents[1])
    asked.add_argument("--only", default="")
    asked.add_argument("--at-once", type=int, default=2)
    given = asked.parse_args()
    wanted = faults(given.only)
    found = 0
    with ThreadPoolExecutor(given.at_once) as pool:
        outcomes = pool.map(lambda fault: caught(given.checkout.resolve(), fault), wanted)
        for fault, (seen, said) in zip(wanted, outcomes, strict=True):
            found += seen
            print(f"{'caught' if seen else 'MISSED'}  {fault['what']} ({said})", flush=True)
    print(f"{found} of {len(wanted)} planted faults caught")
    return found < len(wanted)


if __name__ == "__main__":
    sys.exit(main())
