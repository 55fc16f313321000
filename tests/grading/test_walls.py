"""On every machine the same grades; what it cannot shut out is said."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from grading.courses import coursekit, make_course, run, with_mistakes
from grading.fabricate import NAME, honest, name_of
from grading.test_hostile import left_over

from coursekit.authoring import bubblewrap as bubble
from coursekit.authoring.grading import sandbox

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(sys.platform != "linux", reason="takes the walls of Linux away"),
]
ALL = {"files", "other programs", "the network"}
# In a namespace of users that has no rights and in which no further one can be made.
REFUSED = (
    "echo 0 > /proc/sys/user/max_user_namespaces; "
    'exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$0" "$@"'
)
NO_USER = ["unshare", "--user", "--map-root-user", "sh", "-c", REFUSED]
ORDINARY = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
WAYS = {
    "as whoever runs the tests": ({}, [], set()),
    "as an ordinary user": ({}, ORDINARY, set()),
    "without bubblewrap": ({"PATH": "/nowhere"}, [], {"names and dates of files"}),
    "without user namespaces": ({}, NO_USER, ALL - {"files"} | {"names and dates of files"}),
    "in a fresh process each": ({"COURSEKIT_GRADING": "fresh"}, [], ALL),
}


def answered(task, code):
    notebook = honest("02")
    next(c for c in notebook.cells if name_of(c) == f"{task}-answer").source = code
    return notebook


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    papers = {
        "ada": honest("02"),
        "bo": with_mistakes("02"),
        "cy": answered("members_in", "import os\ndef members_in(year):\n    os._exit(1)"),
        "di": answered("neutral_years", "import time\ntime.sleep(1000)"),
        "eve": answered("neutral_years", "import os\nos._exit(0)"),
        "fay": answered(
            "members_in",
            # One in a session of its own, and one whose parent has ended.
            "import subprocess\nsubprocess.Popen(['sleep', '98766'], start_new_session=True)\n"
            "subprocess.run('setsid sleep 98766 &', shell=True)\n"
            "def members_in(year):\n    return len(ck.Scenario(year).members())",
        ),
        "gus": honest("02", start="empty"),
    }
    made = {("02", student): notebook for student, notebook in papers.items()}
    return make_course(tmp_path_factory.mktemp("walls"), made)


@pytest.fixture(scope="module")
def places(course, tmp_path_factory):
    return {
        way: shutil.copytree(course, tmp_path_factory.mktemp(f"way{number}") / "course")
        for number, way in enumerate(WAYS)
    }


@pytest.fixture(scope="module")
def outcomes(places):
    found = {}
    for way, (settings, before, _) in WAYS.items():
        if before and (not shutil.which("unshare") or os.geteuid()):
            continue
        found[way] = run(
            places[way], "coursekit", "grade", "02", "--seconds=6", before=before, **settings
        )
    return found


def points_of(done):
    """Read the points of each student from what was said."""
    return {
        line.split(": ")[0]: line.split(": ")[1].split("  ")[0]
        for line in done.stdout.splitlines()
        if " of 10" in line
    }


@pytest.mark.parametrize("way", WAYS)
def test_grades_are_the_same(outcomes, way):
    if way not in outcomes:
        pytest.skip("needs root and unshare")
    assert points_of(outcomes[way]) == {
        **{"ada": "10 of 10", "bo": points_of(outcomes["as whoever runs the tests"])["bo"]},
        **{"cy": "9 of 10", "di": "9 of 10", "eve": "9 of 10"},
        **{"fay": "10 of 10", "gus": "0 of 10"},
    }, outcomes[way].stdout + outcomes[way].stderr


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_isolated_is_said(outcomes, way):
    if way not in outcomes:
        pytest.skip("needs root and unshare")
    lines = [line for line in outcomes[way].stdout.splitlines() if "Not isolated" in line]
    assert len(lines) == bool(WAYS[way][2])
    for part in WAYS[way][2]:
        assert part in lines[0]


def test_no_process_is_left(outcomes, places):
    def left():
        return [one for way in outcomes for one in left_over(places[way] / "exercises", "98766")]

    until = time.monotonic() + 20
    while left() and time.monotonic() < until:
        time.sleep(0.1)
    assert left() == []


LIMITED = """
import resource, sys
from coursekit.authoring.grading import sandbox
print(resource.getrlimit(resource.RLIMIT_NPROC)[0], flush=True)
sandbox.enter("", sys.argv[1], bubble=False)
print(resource.getrlimit(resource.RLIMIT_NPROC)[0], flush=True)
input()
"""


def test_where_all_of_a_user_is_counted_many_programs_may_run_and_submissions_end_first(tmp_path):
    command = [sys.executable, "-c", LIMITED, tmp_path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        assert int(process.stdout.readline()) >= 4096
        assert (
            Path(f"/proc/{process.pid}/oom_score_adj").read_text(encoding="utf-8").strip() == "1000"
        )
        process.communicate(b"\n")


HEAVY = """
import os, sys, time
from coursekit.authoring.grading import sandbox
sandbox.MEMORY = 300 << 20

def held(most, processes):
    reader, writer = os.pipe()
    guard = os.fork()
    if not guard:
        worker = os.fork()
        if not worker:
            for _ in range(processes - 1):
                if not os.fork():
                    break
            kept = bytearray(os.urandom(1 << 20) * most)
            os.write(writer, b"x")
            time.sleep(600)
        os.close(writer)
        os._exit(os.waitpid(worker, 0)[1] != 0)
    os.close(writer)
    while len(os.read(reader, 1)) and processes:
        processes -= 1
        if not processes:
            break
    return guard

guards = [held(20, 1), held(90, 4)]
sandbox.lighten()
print(os.waitpid(guards[1], 0)[1] != 0, os.waitpid(guards[0], os.WNOHANG)[0] == 0, flush=True)
sandbox.adopt()
sandbox.sweep()
"""


def test_a_submission_whose_processes_hold_too_much_memory_together_ends_and_no_other():
    done = subprocess.run([sys.executable, "-c", HEAVY], capture_output=True, text=True)
    assert done.stdout.split() == ["True", "True"], done.stderr


FULL = """
import os, sys, time
from coursekit.authoring.grading import sandbox
sandbox.MEMORY = 800 << 20
sandbox.adopt()
reader, writer = os.pipe()
guard = os.fork()
if not guard:
    worker = os.fork()
    if not worker:
        sandbox.enter("", sys.argv[1], bubble=False)
        kept, own = [], b"%16d" % os.getpid()
        try:
            while True:
                kept.append(bytearray(os.urandom(1 << 20)))
        except MemoryError:
            os.fork()
        os.write(writer, own)
        time.sleep(600)
    os._exit(os.waitpid(worker, 0)[1])
workers = {int(os.read(reader, 16)) for _ in range(2)}
sandbox.lighten()
os.kill(*workers, 15)
print(os.waitstatus_to_exitcode(os.waitpid(guard, 0)[1]), flush=True)
sandbox.sweep()
"""


def test_a_process_that_has_all_it_may_have_and_its_copy_do_not_hold_too_much(tmp_path):
    done = subprocess.run([sys.executable, "-c", FULL, tmp_path], capture_output=True, text=True)
    assert done.stdout.split() == [str(int(signal.SIGTERM))], done.stderr


UNSEEN = """
import ctypes, os, sys
from coursekit.authoring.grading import sandbox
libc = ctypes.CDLL(None, use_errno=True)

def refused():
    try:
        os.close(os.memfd_create("x"))
    except OSError:
        return libc.shmget(0, ctypes.c_size_t(4096), 0o1600) < 0
    return False

before = refused()
sandbox.enter("", sys.argv[1], bubble=False)
print(before, refused(), os.path.exists(sys.argv[1]))
"""


@pytest.mark.skipif(
    os.uname().machine not in sandbox.HIDDEN, reason="their numbers are not known here"
)
def test_memory_that_belongs_to_no_process_is_refused(tmp_path):
    done = subprocess.run([sys.executable, "-c", UNSEEN, tmp_path], capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True", "True"], done.stderr


def test_solutions_are_hidden_where_they_lie_below_a_folder_of_python(tmp_path, monkeypatch):
    """As after `python -m venv .` in the course, or in a course below /usr."""
    (tmp_path / "exercises" / "source").mkdir(parents=True)
    visible = [tmp_path, *bubble.shown()]
    monkeypatch.setattr(bubble, "shown", lambda: visible)
    if not (walls := bubble.bubblewrap([tmp_path / "exercises"])):
        pytest.skip("bubblewrap is not here")
    found = subprocess.run([*walls, "find", tmp_path], capture_output=True, text=True).stdout
    assert found.split() == [str(tmp_path), str(tmp_path / "exercises")]


def test_a_run_says_what_it_does_not_know(course):
    done = coursekit(course, "grade", "99")
    assert done.returncode == 1
    assert NAME in done.stderr
