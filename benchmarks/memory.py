"""Measure how much memory server and kernel take with one notebook open, as on Binder.

The course is installed as Binder does it, in a folder of its own; beside it stands an empty
notebook in the same JupyterLab. Run it with ``make bench``; it needs a Chromium.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from installing import as_binder, memory  # noqa: E402
from jupyterlab import chromium  # noqa: E402

LIMIT = 450


def main():
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        (copy := Path(folder) / "course").mkdir()
        used = memory(as_binder(ROOT, copy), browser, Path(folder) / "private")
    print(f"Memory with one notebook open and run, megabytes; server and kernel under {LIMIT}")
    print(f"{'':36}{'server':>8}{'kernel':>8}{'both':>8}")
    for name, (server, kernel) in used.items():
        print(f"{name:36}{server:8.0f}{kernel:8.0f}{server + kernel:8.0f}")
    if max(map(sum, used.values())) >= LIMIT:
        raise SystemExit("More than Binder should be asked for.")


if __name__ == "__main__":
    main()
