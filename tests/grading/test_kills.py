"""A grader that is killed loses no grade and halves none. KILLS=50 tries it more often."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from grading.courses import coursekit, grades, make_course, run
from grading.fabricate import honest
from grading.test_hostile import left_over

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]
KILLS = int(os.environ.get("KILLS", "3"))


def is_whole(cells):
    """Say whether all cells of a submission have been graded."""
    return all(auto is not None or manual or waits for auto, manual, waits in cells.values())


def test_kills_at_random_moments(tmp_path):
    papers = {("02", f"s{number}"): honest("02") for number in range(5)}
    course = make_course(tmp_path / "course", papers)
    wanted = shutil.copytree(course, tmp_path / "wanted")
    begun = time.monotonic()
    assert "5 graded" in run(wanted, "coursekit", "grade", "02").stdout
    lasts, wanted = time.monotonic() - begun, grades(wanted)
    chance, graded = random.Random(20), set()
    for _ in range(KILLS):
        command = [sys.executable, "-m", "coursekit", "grade", "02"]
        command += ["--force"] if len(graded) == len(wanted) else []
        process = subprocess.Popen(command, cwd=course, stdout=subprocess.DEVNULL)
        # Not earlier than it begins to grade, as a rule.
        time.sleep(lasts * chance.uniform(0.3, 1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        with sqlite3.connect(course / "exercises" / "gradebook.db") as book:
            assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = grades(course)
        assert graded <= set(found)
        for key, cells in found.items():
            assert is_whole(cells)
            assert cells == wanted[key]
        graded = set(found)
    assert coursekit(course, "grade", "02").returncode == 0
    assert grades(course) == wanted
    assert "0 to grade, 5 unchanged" in coursekit(course, "grade", "02").stdout
    until = time.monotonic() + 20
    while left_over(course / "exercises") and time.monotonic() < until:
        time.sleep(0.1)
    assert left_over(course / "exercises") == []
