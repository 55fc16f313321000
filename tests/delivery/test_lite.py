"""JupyterLite: the course in the Python that a browser runs, Pyodide."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from javascript import NODE
from programs import pyodide, script

import coursekit
from coursekit.record import Record
from coursekit.record import store as record_store

ROOT = Path(__file__).resolve().parents[2]
PYODIDE = ROOT / "node_modules" / "pyodide"
# A kernel that has only what the npm package brings, with a folder where the drive would be.
START = """
import { loadPyodide } from %s;
const pyodide = await loadPyodide();
for (const [place, root] of %s) {
  pyodide.FS.mkdirTree(place);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root }, place);
}
console.log(pyodide.runPython(%s));
"""
STUDENT = """
import sys, warnings
sys.path += ["/course", "/packages"]
warnings.simplefilter("error")
from coursekit.checks.limits import TooSlow, time_limit
from coursekit.record import record
def forever():
    while True:
        pass
try:
    with time_limit(0.2):
        forever()
except TooSlow:
    record().add("noted", "note/02/a", result={"response": "kept"})
f"{record().path} {len(record().statements())} {record().problem}"
"""


build = script(ROOT / "lite" / "build.py")


@pytest.fixture(scope="module", autouse=True)
def core():
    pyodide()


@pytest.fixture(scope="module")
def lock():
    return json.loads((PYODIDE / build.LOCK).read_text(encoding="utf-8"))


@pytest.fixture
def browser(monkeypatch, tmp_path):
    """A Python that says it is a browser's, and its drive."""
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr(record_store, "DRIVE", tmp_path / "drive")
    monkeypatch.delenv("COURSEKIT_RECORD", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "memory"))
    return tmp_path / "drive"


class TestWhatTheSiteBrings:
    def test_pyodide_is_the_version_that_the_kernel_is_made_for(self):
        stated = json.loads((ROOT / "package.json").read_text())["devDependencies"]["pyodide"]
        assert json.loads((PYODIDE / "package.json").read_text())["version"] == stated

    def test_every_range_of_the_course_is_met(self, lock):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        known = build.pins((ROOT / "requirements.lock").read_text())
        needs = build.wanted(project["dependencies"], build.surroundings(lock))
        assert {"numpy", "pandas", "scipy", "matplotlib", "anywidget"} <= set(needs)
        assert build.misfits(needs, lock, known) == []

    def test_a_range_that_is_not_met_is_named(self, lock):
        needs = build.wanted(["numpy>=99", "never-heard-of"], build.surroundings(lock))
        said = build.misfits(needs, lock, {})
        assert said[0].startswith("numpy>=99 is needed, the site would have ")
        assert said[1] == "never-heard-of is needed, the site would have none"

    def test_what_only_other_systems_need_is_left_out(self, lock):
        words = ["colorama; sys_platform == 'win32'", "six; sys_platform == 'emscripten'"]
        assert list(build.wanted(words, build.surroundings(lock))) == ["six"]

    def test_its_notebooks_start_without_a_question(self):
        made = json.loads(build.trusted(ROOT / "notebooks" / "00_start_here.ipynb"))
        code = [cell for cell in made["cells"] if cell["cell_type"] == "code"]
        assert code and all(cell["metadata"]["trusted"] for cell in code)


class TestTheRecordInABrowser:
    def test_it_lies_on_the_drive_which_survives_a_restart(self, browser):
        browser.mkdir()
        record = Record()
        assert record.add("noted", "note/02/a", result={"response": "x"})
        assert record.problem == ""
        assert record.path.parent == browser / "coursekit-record"

    def test_it_says_that_nothing_is_kept_where_there_is_no_drive(self, browser):
        record = Record()
        assert record.add("noted", "note/02/a", result={"response": "x"})
        assert "gone when this page is closed" in record.problem

    def test_no_lock_is_left_by_a_page_that_was_closed(self, browser):
        browser.mkdir()
        record = Record()
        record.add("noted", "note/02/a", result={"response": "x"})
        assert sorted(path.name for path in record.path.parent.iterdir()) == [
            "learner.json",
            "record.jsonl",
        ]


@pytest.mark.slow
def test_in_pyodide_itself_a_loop_is_stopped_and_an_answer_is_kept(tmp_path):
    places = [
        ["/drive", str(tmp_path)],
        ["/course", str(Path(coursekit.__file__).parents[1])],
        ["/packages", str(Path(pytest.__file__).parents[1])],
    ]
    program = tmp_path / "start.mjs"
    module = (PYODIDE / "pyodide.mjs").as_uri()
    program.write_text(START % tuple(map(json.dumps, (module, places, STUDENT))))
    done = subprocess.run([NODE, program], capture_output=True, text=True, timeout=230)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "/drive/coursekit-record/record.jsonl 1"
    kept = Record(tmp_path / "coursekit-record" / "record.jsonl").statements()
    assert [made["result"]["response"] for made in kept] == ["kept"]
