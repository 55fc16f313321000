"""Grade N honest submissions to sets 02, 04 and 08, from the command to the gradebook.

    python benchmarks/grading.py 100 --nbgrader 5

Says the seconds of wall time a submission for `coursekit grade`, and for `nbgrader autograde` in
the same run on as many submissions as asked for; both count from the start of the command.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

# In place of this folder, whose grading.py would hide that of the tests.
sys.path[0] = str(Path(__file__).resolve().parent.parent / "tests")

from grading.courses import make_course, run  # noqa: E402
from grading.fabricate import honest  # noqa: E402

from coursekit.authoring.classroom.source import exercise_set  # noqa: E402

SETS = ("02", "04", "08")


def timed(place, *command):
    """Say how long a command takes, and check that it has done its work."""
    begun = time.perf_counter()
    done = run(place, *command)
    if done.returncode:
        sys.exit(done.stderr or done.stdout)
    return time.perf_counter() - begun


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("count", type=int, nargs="?", default=100)
    parser.add_argument("--nbgrader", type=int, default=5, help="submissions for nbgrader")
    parser.add_argument("--sets", nargs="*", default=SETS)
    asked = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print("set  submissions  coursekit s each  nbgrader s each")
    for number in asked.sets:
        name, paper = exercise_set(number).name, honest(number)
        with tempfile.TemporaryDirectory() as folder:
            papers = {(number, f"s{n:03}"): paper for n in range(asked.count)}
            place = make_course(Path(folder) / "ours", papers)
            ours = timed(place, "coursekit", "grade", number) / asked.count
            fewer = {(number, f"s{n:03}"): paper for n in range(asked.nbgrader)}
            place = make_course(Path(folder) / "theirs", fewer)
            theirs = timed(place, "nbgrader", "autograde", name) / asked.nbgrader
        print(f"{number}   {asked.count:11}  {ours:16.2f}  {theirs:15.2f}", flush=True)


if __name__ == "__main__":
    main()
