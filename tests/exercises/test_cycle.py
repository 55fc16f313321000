"""From release to grades, for a class in which much goes wrong.

Some are graded by plain nbgrader, one after the other, and the others by `coursekit grade`;
marking, feedback and export go on with both.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
import yaml
from nbgrader.api import Gradebook
from playwright.sync_api import expect
from serving import answer, free_port

from coursekit.authoring.bubblewrap import bubblewrap
from coursekit.authoring.classroom.grades import report
from coursekit.authoring.classroom.leaks import secrets
from coursekit.authoring.classroom.source import exercise_set
from coursekit.authoring.grading.batch import record_of

# On a busy machine; a minute where it is idle.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

SET = exercise_set("02")
CONFINED = bool(bubblewrap())
NAME = SET.name
WRONG = yaml.safe_load((Path(__file__).parent / "wrong" / "02.yaml").read_text(encoding="utf-8"))
EASY = ["border_without_1999", "neutral_years", "georgia_before_the_war"]
EASY += ["members_in", "order_check"]
TEXT = "Three of five states outside met with force. Five cases are few, and status is not chance."


def started(course, module, *command):
    scripts = Path(sys.executable).parent
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
    # A kernel that is kept warm lives outside, and one that is confined starts by itself.
    around = {name: value for name, value in os.environ.items() if name != "JUPYTER_PATH"}
    return subprocess.Popen(
        [sys.executable, "-m", module, *command],
        cwd=course,
        env=around | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(course, module, *command):
    program = started(course, module, *command)
    said, told = program.communicate(timeout=1500)
    assert "loading config file" not in told, told
    return f"{said}\n{told}"


def nbgrader(course, *command):
    return run(course, "nbgrader", *command)


class Paper:
    """A released notebook that a student works on."""

    def __init__(self, release):
        self.notebook = nbformat.read(release, as_version=4)
        # Drawing the map takes a second for each student, and nobody's answer needs it now.
        self.notebook.cells = [c for c in self.notebook.cells if "_explorer(" not in c.source]

    def cell(self, name):
        return next(
            cell
            for cell in self.notebook.cells
            if cell.metadata.get("nbgrader", {}).get("grade_id") == name
        )

    def answer(self, name, code):
        self.cell(f"{name}-answer").source = code
        return self

    def first(self, code):
        self.notebook.cells.insert(1, nbformat.v4.new_code_cell(code))
        return self

    def copied(self, name):
        cell = self.cell(name)
        copy = nbformat.from_dict({**cell, "id": f"copy-of-{cell.id}"})
        self.notebook.cells.insert(self.notebook.cells.index(cell), copy)
        return self

    def labelled(self, **about):
        for cell in self.notebook.cells:
            if "nbgrader" in cell.metadata:
                cell.metadata["nbgrader"].update(about)
        return self

    def write(self, text=TEXT):
        self.cell("what_the_record_shows").source = text
        return self

    def without(self, *names):
        for name in names:
            self.notebook.cells.remove(self.cell(name))
        return self


class Class:
    """The students: what each hands in and what it is worth, and who is graded by nbgrader."""

    def __init__(self, release):
        self.release, self.papers, self.points, self.plain = release, {}, {}, set()

    def paper(self, name, points, *, start="perfect", written=False, plain=True):
        """Begin a paper with all answers right or with none, and say what it should earn."""
        paper = Paper(self.release)
        if plain:
            self.plain.add(name)
        if start == "perfect":
            for cell in nbformat.read(SET.notebook, as_version=4).cells:
                about = cell.metadata.get("nbgrader", {})
                if about.get("solution") and not about["grade"]:
                    paper.cell(about["grade_id"]).source = cell.source
        if written:
            paper.write()
        self.papers[name], self.points[name] = paper, points
        return paper


def fabricate(release):
    students = Class(release)
    # What a function prints, on whatever channel, costs nothing.
    students.paper("perfect", 10, written=True).answer(
        "members_in",
        "import sys\n\ndef members_in(year):\n    print('counting', file=sys.stderr)\n"
        "    return len(ck.Scenario(year).members())",
    )
    students.paper("empty", 0, start="empty", plain=False)

    beginner = students.paper("beginner", 6, start="empty", written=True, plain=False)
    for task in EASY:
        beginner.answer(task, WRONG[task]["right"][0])

    # A year early is right where nobody joined: 0.25 of 1 point, and 0.25 for the visible example.
    partial = students.paper("partial", 0.5, start="empty", plain=False)
    for task, mistake in (("members_in", "a year early"), ("state_years", "changed_input")):
        cases = WRONG[task]["wrong"]
        partial.answer(task, next(c["code"] for c in cases if c["caught"] == mistake))

    wrong = students.paper("wrong", 0, start="empty")
    for task, entry in WRONG.items():
        if "memorised" in entry:
            head = entry["memorised"].splitlines()[0]
            wrong.answer(task, f"{head}\n    print('done')")
        else:
            wrong.answer(task, f"{task} = 'no idea'")
    tampered = wrong.cell("members_in")
    tampered.source, tampered.metadata["nbgrader"]["points"] = "100", 100

    # The visible checks of each code task; of hidden ones only a chance hit.
    constants = students.paper("constants", 1.75, start="empty", plain=False)
    for task, entry in WRONG.items():
        if "memorised" in entry:
            constants.answer(task, entry["memorised"])

    students.paper("broken", 5).answer(
        "status_on", "def status_on(country, date)\n    return"
    ).answer("state_years", "def years(status_df, group, y0, y1):\n    return 0").without(
        "order_check-answer", "order_check"
    )
    students.paper("loop", 7).answer("border_without_1999", "while True:\n    pass").answer(
        "state_years", "def state_years(df, group, y0, y1):\n    while y0:\n        pass"
    )

    # Nothing here is to end the batch, to cost points, or to earn any.
    odd = students.paper("odd", 10).copied("members_in-answer").copied("status_on")
    odd.labelled(schema_version=1).cell("status_on").metadata["nbgrader"]["schema_version"] = 9
    odd.first(
        "import logging, sys\nlogging.getLogger().addHandler(logging.StreamHandler(sys.stderr))"
    ).answer(
        "members_in",
        "def members_in(year):\n    logging.warning('counting')\n"
        "    return len(ck.Scenario(year).members())",
    )
    settings = students.paper("settings", 0, start="empty")
    settings.first("get_ipython().ast_node_interactivity = 'all'")
    settings.cell("members_in").metadata["tags"] = ["skip-execution"]
    students.paper("silent", 10).first("get_ipython().ast_node_interactivity = 'none'")
    writer = students.paper("writer", 0, start="empty", plain=False).write(f"{TEXT}\n\n{RUNS}")
    writer.notebook.cells.append(
        nbformat.v4.new_code_cell(f"from IPython.display import HTML\nHTML({RUNS!r})")
    )
    # Where nothing is confined, this would change the grades of all.
    if CONFINED:
        thief = students.paper("thief", 0, start="empty").first(THEFT)
        thief.notebook.cells.append(nbformat.v4.new_code_cell("print(''.join(In))"))
    return students


# Would change grades from the page on which they are given.
RUNS = "<img src=x onerror='window.ran = 1'><script>window.ran = 1</script>"
# Looks for the gradebook, the sources and what others handed in, from here and by its full path.
THEFT = """
import os, pathlib, sqlite3
found = []
for place in pathlib.Path.cwd().parents:
    for name in ("gradebook.db", "source", "submitted"):
        if (place / name).exists():
            found.append(name)
    if (place / "gradebook.db").exists():
        book = sqlite3.connect(place / "gradebook.db")
        book.execute("update grade set auto_score = 99")
        book.commit()
print(f"found: {found}")
"""


@pytest.fixture(scope="module")
def course(root, tmp_path_factory):
    """The class after collecting, grading, marking, feedback and export."""
    place = tmp_path_factory.mktemp("class")
    exercises = place / "exercises"
    # By this folder a command finds the course.
    (place / "notebooks").mkdir()
    shutil.copy(root / "nbgrader_config.py", place)
    shutil.copytree(SET.folder, exercises / "source" / NAME)
    logs = {"release": nbgrader(place, "generate_assignment", NAME)}

    students = fabricate(exercises / "release" / NAME / f"{NAME}.ipynb")
    handed_in = exercises / "downloaded" / NAME / "archive"
    handed_in.mkdir(parents=True)
    for name in students.plain:
        nbformat.write(students.papers[name].notebook, handed_in / f"{name}_{NAME}.ipynb")
    whole = (handed_in / f"perfect_{NAME}.ipynb").read_text()
    (handed_in / f"torn_{NAME}.ipynb").write_text(whole[:2000])
    (handed_in / "Untitled3.ipynb").write_text(whole)
    shutil.copy2(handed_in / f"perfect_{NAME}.ipynb", handed_in / f"perfect_{NAME} (1).ipynb")
    logs["collect"] = run(place, "coursekit", "collect", "02", str(handed_in))

    crash = Paper(exercises / "release" / NAME / f"{NAME}.ipynb")
    crash.answer("neutral_years", "import os\nos._exit(0)")
    students.points["crash"] = 0
    for student, file in (("crash", NAME), ("misnamed", "my homework")):
        hand_in(exercises, student, crash, file)
    with gradebook(exercises) as book:
        book.add_student("absent")

    logs["autograde"] = nbgrader(place, "autograde", NAME)
    rest = sorted(students.papers.keys() - students.plain)
    for student in rest:
        hand_in(exercises, student, students.papers[student])
    asked = [part for student in rest for part in ("--student", student)]
    logs["grade"] = run(place, "coursekit", "grade", "02", *asked)
    with gradebook(exercises) as book:
        unmarked = {row.student: row for row in reversed(report(book, exercises, NAME))}
        mark(book, "perfect", 4.75)
        mark(book, "beginner", 3)
    kill(place, exercises, Paper(exercises / "release" / NAME / f"{NAME}.ipynb"))
    logs["feedback"] = nbgrader(place, "generate_feedback", NAME)
    logs["export"] = nbgrader(place, "export", "--to=grades.csv")
    return place, students, unmarked, logs


def hand_in(exercises, student, paper, file=NAME):
    folder = exercises / "submitted" / student / NAME
    folder.mkdir(parents=True)
    nbformat.write(paper.notebook, folder / f"{file}.ipynb")


def kill(place, exercises, paper):
    """Kill the grader in the middle of a notebook."""
    hand_in(exercises, "killed", paper.first("while True: pass"))
    program = started(place, "nbgrader", "autograde", NAME, "--student=killed")
    while not psutil.Process(program.pid).children():
        assert program.poll() is None, program.communicate()[1][-3000:]
        time.sleep(0.1)
    program.kill()
    program.communicate(timeout=60)


def gradebook(exercises):
    return Gradebook(f"sqlite:///{exercises}/gradebook.db", "coursekit")


def mark(book, student, points):
    """Mark the text as formgrader does."""
    grade = book.find_grade("what_the_record_shows", NAME, NAME, student)
    grade.manual_score, grade.needs_manual_grade = points, False
    book.db.commit()


def table(course):
    with (course[0] / "grades.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exported(course):
    """Give the row of each student; rows of files that were left out stand below it."""
    rows = {}
    for row in table(course):
        rows.setdefault(row["student"], row)
    return rows


class TestGrades:
    def test_every_grade_is_what_it_should_be(self, course):
        _, students, unmarked, logs = course
        got = {name: unmarked[name].score for name in students.points}
        assert got == students.points, logs["autograde"] + logs["grade"]

    def test_a_text_waits_for_its_mark_and_is_added_when_marked(self, course):
        _, students, unmarked, _ = course
        for name, points in (("perfect", 4.75), ("beginner", 3)):
            assert unmarked[name].state == "needs marking"
            assert exported(course)[name]["state"] == "graded"
            assert float(exported(course)[name]["score"]) == students.points[name] + points

    def test_an_empty_text_needs_no_marking(self, course):
        assert exported(course)["empty"]["state"] == "graded"


class TestOddActs:
    confined = pytest.mark.skipif(not CONFINED, reason="bubblewrap is not here")

    def printed(self, course):
        """Give what the cells of the thief printed."""
        path = course[0] / "exercises" / "autograded" / "thief" / NAME / f"{NAME}.ipynb"
        cells = nbformat.read(path, as_version=4).cells
        outputs = [output for cell in cells for output in cell.get("outputs", ())]
        return "".join(output.text for output in outputs if output.output_type == "stream")

    def test_a_second_file_is_named(self, course):
        (row,) = [r for r in table(course) if r["student"] == "perfect" and not r["score"]]
        assert row["state"] == "left out"
        assert f"perfect_{NAME}.ipynb was left out: taken was" in row["reason"]

    @confined
    def test_a_cell_finds_neither_gradebook_nor_sources_nor_others(self, course):
        assert "found: []" in self.printed(course)

    @confined
    def test_what_a_cell_can_print_of_its_history_holds_no_hidden_check(self, course):
        history = self.printed(course)
        assert "gradebook.db" in history and "points(" not in history
        hidden = [text for text, kind in secrets(SET).items() if kind.startswith("hidden")]
        assert not [text for text in hidden if text in "".join(history.split())]


class TestWhatCouldNotBeGraded:
    REASONS = (
        ("absent", "nothing was handed in"),
        ("misnamed", f"handed in: my homework.ipynb; wanted: {NAME}.ipynb"),
        ("torn", "the file is damaged"),
        ("killed", "it could not be run, or was not yet: run coursekit grade"),
    )
    LEFT_OUT = ("", "Untitled3.ipynb was left out: its name must end in")

    @pytest.mark.parametrize(("student", "reason"), [*REASONS, LEFT_OUT])
    def test_is_named_with_its_reason_and_has_no_grade(self, course, student, reason):
        rows = [row for row in table(course) if row["student"] == student]
        state = "not graded" if student else "left out"
        assert {(row["state"], row["score"]) for row in rows} == {(state, "")}
        assert any(reason in row["reason"] for row in rows)

    def test_nobody_else_is_among_them(self, course):
        rows = exported(course)
        assert {s for s, row in rows.items() if row["state"] == "not graded"} == {
            student for student, _ in self.REASONS
        }

    @pytest.mark.parametrize(
        ("student", "reason"),
        [
            ("broken", "SyntaxError"),
            ("broken", "state_years: There is no state_years in this notebook"),
            ("broken", "order_check: There is no order_check in this notebook"),
            ("loop", "border_without_1999: Its box did not end"),
            ("crash", "neutral_years: Its box ended Python itself"),
            ("loop", "state_years: Your function was still running"),
        ],
    )
    def test_a_task_that_broke_is_named_beside_the_grade(self, course, student, reason):
        about = record_of(course[0] / "exercises", NAME, student)
        found = [*about["notes"], *about["reasons"]]
        assert any(reason in each for each in found)
        assert exported(course)[student]["reason"].startswith(found[0])


class TestFeedback:
    def page(self, course, student):
        path = course[0] / "exercises" / "feedback" / student / NAME / f"{NAME}.html"
        return path.read_text(encoding="utf-8")

    def test_says_what_went_wrong(self, course):
        assert "You left out those that joined in the year itself" in self.page(course, "partial")

    def test_shows_a_worked_solution_of_what_earned_all_its_points(self, course):
        perfect, empty = self.page(course, "perfect"), self.page(course, "empty")
        tasks = [t for t in SET.sheet["tasks"].values() if t["kind"] in ("explore", "code")]
        assert perfect.count("A worked solution") == len(tasks)
        assert "A worked solution" not in empty

    def test_holds_no_hidden_check(self, course):
        page = "".join(self.page(course, "partial").split())
        hidden = [text for text, kind in secrets(SET).items() if kind.startswith("hidden")]
        assert len(hidden) > 10
        assert not [text for text in hidden if text in page]


def test_nbgraders_own_command_makes_the_release_of_the_course(course, root):
    made, released = (place / "exercises" / "release" / NAME for place in (course[0], root))
    assert {path.name for path in made.iterdir()} == {f"{NAME}.ipynb", "checks.yaml"}
    for path in made.iterdir():
        assert path.read_text(encoding="utf-8") == (released / path.name).read_text("utf-8")


@pytest.fixture(scope="module")
def formgrader(course):
    port = free_port()
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
    command += [f"--port={port}", "--IdentityProvider.token="]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=course[0], **quiet)
    address = f"http://127.0.0.1:{port}/formgrader/"

    def asked(path):
        return answer(f"{address}{path}", server).decode()

    asked.address = address
    try:
        yield asked
    finally:
        server.terminate()
        server.wait(timeout=30)


class TestFormgrader:
    def test_lists_the_set_with_all_who_handed_in(self, formgrader, course):
        (listed,) = json.loads(formgrader("api/assignments"))
        assert listed["name"] == NAME
        assert listed["max_score"] == 20
        assert listed["num_submissions"] >= len(course[1].points)

    def test_shows_the_text_that_is_to_be_marked(self, formgrader):
        rows = json.loads(formgrader(f"api/submitted_notebooks/{NAME}/{NAME}"))
        perfect = next(row for row in rows if row["student"] == "perfect")
        assert (perfect["score"], perfect["written_score"]) == (14.75, 4.75)
        page = formgrader(f"submissions/{perfect['id']}/")
        assert TEXT in page

    @pytest.mark.browser
    def test_a_text_is_marked_in_a_browser_in_which_nothing_of_it_runs(
        self, formgrader, course, browser
    ):
        def writer():
            rows = json.loads(formgrader(f"api/submitted_notebooks/{NAME}/{NAME}"))
            return next(row for row in rows if row["student"] == "writer")

        page = browser.new_page()
        # As an instructor comes to it. Formgrader knows who was graded by which command.
        page.goto(f"{formgrader.address}gradebook/{NAME}/{NAME}", wait_until="commit")
        page.get_by_role("link", name=re.compile("Submission #")).first.wait_for()
        assert page.locator("tbody tr").count() >= len(course[1].points)
        page.goto(f"{formgrader.address}manage_submissions/{NAME}", wait_until="commit")
        row = page.locator("tbody tr", has_text="beginner")
        row.get_by_text("9 / 20").wait_for()
        page.goto(f"{formgrader.address}submissions/{writer()['id']}/", wait_until="commit")
        page.get_by_text("Five cases are few").wait_for()
        points = page.locator("input#what_the_record_shows")
        points.wait_for()
        # Until the page has asked what was given so far, it would write that over what is typed.
        expect(points).to_have_class(re.compile("needs_manual_grade"))
        points.fill("4")
        points.press("Tab")
        while writer()["written_score"] != 4:
            page.wait_for_timeout(200)
        assert page.evaluate("window.ran") is None
        page.close()
        nbgrader(course[0], "export", "--to=again.csv")
        with (course[0] / "again.csv").open(encoding="utf-8", newline="") as file:
            row = next(row for row in csv.DictReader(file) if row["student"] == "writer")
        assert (row["state"], row["score"]) == ("graded", "4.0")
