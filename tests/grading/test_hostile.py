"""What goes wrong by accident or on purpose ends in the right grade or a true reason."""

import hashlib
import shutil
import socket
import sys
from pathlib import Path

import psutil
import pytest
from grading.fabricate import CASES, NAME, SET, hostile

from coursekit.authoring.grading.attempts import Limits, Workshop
from coursekit.authoring.grading.batch import Batch, label

pytestmark = pytest.mark.timeout(900)
linux = pytest.mark.skipif(sys.platform != "linux", reason="shuts submissions in as on Linux")
# Seconds for a cell: more than an honest one takes on a busy machine.
CELL = 6
CORE = (
    *("all right", "nothing written", "logs a line to standard error", "a copied answer"),
    *("os._exit in a function", "equal to everything", "every value shown", "UTF-16"),
    *("reads the source", "a daemon"),
)


def state_of(place):
    """Sum up files, modes and times of a folder."""
    return {
        str(path.relative_to(place)): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in sorted(place.rglob("*"))
        if "__pycache__" not in path.parts
    }


def left_over(exercises, sleep="98765"):
    """Find processes of submissions in a folder that still run, or such a sleep."""
    found = []
    for process in psutil.process_iter():
        try:
            line = " ".join(process.cmdline())
            if label(exercises) in line or sleep in line:
                found.append(line)
        except psutil.Error:
            pass
    return found


def graded(place, cases, fresh=False, cell=CELL):
    """Have cases graded in one batch: by name what became of each, and what changed outside."""
    exercises = place / "exercises"
    shutil.copytree(SET.folder, exercises / "source" / NAME)
    (place / "home").mkdir()
    for name in ("home/secret.txt", "exercises/gradebook.db", "nbgrader_config.py"):
        (place / name).write_text("secret")
    server = socket.create_server(("127.0.0.1", 0))
    students = {}
    for number, case in enumerate(cases):
        students[f"s{number:03}"] = case["name"]
        for student in (f"s{number:03}", *(["kim", "own"] if not number else [])):
            folder = exercises / "submitted" / student / NAME
            folder.mkdir(parents=True)
            file, content = hostile(case, place, server.getsockname()[1])
            (folder / file).write_bytes(content)
    package = Path(sys.modules["coursekit"].__file__).parent
    places = (place, package, package.parent / "datasets")
    before = [state_of(each) for each in places]
    batch = Batch(exercises, NAME, sorted(students), True, Limits(cell=cell))
    workshop = Workshop(batch.job(), fresh, label(exercises))
    entered = {}
    try:
        workshop.wait()
        done = {
            students[each.student]: each
            for each in batch.grade(
                workshop, 2, lambda student, *rest: entered.update({student: rest})
            )
        }
    finally:
        workshop.close()
        server.close()
    changed = (
        [
            name
            for each, old in zip(places, before, strict=True)
            for name in {*old, *state_of(each)}
            if old.get(name) != state_of(each).get(name)
        ]
        if before != [state_of(each) for each in places]
        else []
    )
    return done, changed, left_over(exercises), {students[s]: rest for s, rest in entered.items()}


def wrong_ones(done, cases):
    """Say in which cases something else came out than should."""
    wrong = []
    for case in cases:
        got = done[case["name"]]
        said = " | ".join(got.reasons)
        if case.get("may_say", "\0") in said and got.points <= case["points"]:
            continue
        if got.points != case["points"]:
            wrong.append(f"{case['name']}: {got.points} for {case['points']}: {said[:300]}")
        elif case.get("says", "") not in said:
            wrong.append(f"{case['name']}: said {said[:400]!r}")
        elif "says" not in case and got.reasons and not (case["points"] or 0) < 10:
            wrong.append(f"{case['name']}: said {said[:400]!r} for all points")
        wrong += [f"{case['name']}: too long: {each}" for each in got.reasons if len(each) > 200]
    return wrong


@pytest.fixture(scope="module")
def core(tmp_path_factory):
    """Some of the cases, for every day."""
    cases = [case for case in CASES if case["name"] in CORE]
    return graded(tmp_path_factory.mktemp("core"), cases), cases


@pytest.fixture(scope="module")
def others(tmp_path_factory):
    cases = [case for case in CASES if case["name"] not in CORE]
    return graded(tmp_path_factory.mktemp("others"), cases), cases


@linux
class TestCore:
    def test_each_gets_what_it_is_worth(self, core):
        (done, *_), cases = core
        assert len(cases) == len(CORE)
        assert wrong_ones(done, cases) == []

    def test_nothing_outside_changes_and_no_process_is_left(self, core):
        (_, changed, left, _), _ = core
        assert (changed, left) == ([], [])


@linux
@pytest.mark.slow
class TestAllOthers:
    def test_there_are_many(self):
        assert len({case["name"] for case in CASES}) == len(CASES) >= 110

    def test_each_gets_what_it_is_worth_or_a_true_reason(self, others):
        (done, *_), cases = others
        assert wrong_ones(done, cases) == []

    def test_nothing_outside_changes_and_no_process_is_left(self, others):
        (_, changed, left, _), _ = others
        assert (changed, left) == ([], [])

    def test_no_output_holds_a_script_or_a_page(self, others):
        kinds = {
            kind
            for notebook, _ in others[0][3].values()
            for cell in notebook.cells
            for output in cell.get("outputs", [])
            for kind in output.get("data", {})
        }
        assert kinds == {"text/plain"}
