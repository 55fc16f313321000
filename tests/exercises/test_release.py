"""Source and release of every set: complete, fresh, and nothing in the release but tasks."""

import ast
import os
import re
import shutil
import zipfile

import nbformat
import pytest
import yaml
from grading.courses import coursekit, gradebook, grades, make_course, with_mistakes
from nbgrader.nbgraderformat import MetadataValidator
from typer.testing import CliRunner

from coursekit.authoring.classroom.build import build_set, public_text, verify_set
from coursekit.authoring.classroom.leaks import leaks, secrets
from coursekit.authoring.classroom.literal import as_literal
from coursekit.authoring.classroom.release import nbgrader
from coursekit.authoring.classroom.source import (
    ExerciseSet,
    exercise_set,
    exercise_sets,
    mark,
    worth,
)
from coursekit.checks.sheet import FILE
from coursekit.cli import app
from coursekit.content import folder
from coursekit.errors import CourseError

# nbgrader starts kernels.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

SETS = exercise_sets()
COMPARED = SETS if "ALL_SETS" in os.environ else [exercise_set("08")]
RELEASE = folder("exercises") / "release"
CRITERIA = (
    "Accuracy with sources",
    "Use of evidence",
    "Fairness to the strongest opposing case",
    "Limits and uncertainty",
    "Clarity",
)


@pytest.fixture(params=SETS, ids=lambda each: each.name)
def each(request):
    return request.param


def cells(path, kind="code"):
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == kind]


class TestSource:
    def test_is_worth_twenty_points_of_which_sixteen_need_no_python(self, each):
        worths = {"explore": 0, "code": 0, "writing": 0, "further": 0}
        for task in each.sheet["tasks"].values():
            worths[task["kind"]] += worth(task)
        assert worths == {"explore": 4, "code": 6, "writing": 10, "further": 0}
        guided = [task for task in each.sheet["tasks"].values() if task.get("guided")]
        assert worths["explore"] + worths["writing"] + sum(map(worth, guided)) == 16

    def test_has_all_kinds_of_tasks_with_the_unmarked_ones_at_the_end(self, each):
        kinds = [task["kind"] for task in each.sheet["tasks"].values()]
        further = kinds.count("further")
        assert 2 <= further <= 3
        assert kinds == ["explore"] * 3 + ["code"] * 4 + ["writing"] * 2 + ["further"] * further

    def test_its_cells_are_marked_as_nbgrader_wants(self, each):
        notebook = nbformat.read(each.notebook, as_version=4)
        MetadataValidator().validate_nb(notebook)
        marked = [dict(cell.metadata) for cell in notebook.cells]
        mark(notebook, each.sheet)
        assert [dict(cell.metadata) for cell in notebook.cells] == marked

    def test_a_mistake_in_an_answer_stops_nothing_but_its_own_cell(self, each):
        for path in (each.notebook, RELEASE / each.name / each.notebook.name):
            for cell in nbformat.read(path, as_version=4).cells:
                about = cell.metadata.get("nbgrader", {})
                told = cell.cell_type == "code" and about.get("solution", False)
                assert cell.metadata.get("tags", []) == ["raises-exception"] * told, cell.source

    def test_was_run_in_order_and_all_its_checks_passed(self, each):
        code = cells(each.notebook)
        assert not [o for cell in code for o in cell.outputs if o.output_type == "error"]
        assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
        for cell in code:
            if cell.source.startswith("ck.check"):
                said = re.search(r"(\d+) of (\d+) checks", cell.outputs[0]["data"]["text/plain"])
                assert said[1] == said[2]

    def test_has_one_title_and_a_heading_for_every_task(self, each):
        text = "\n".join(cell.source for cell in cells(each.notebook, "markdown"))
        assert (
            len(re.findall(r"^# ", text, re.MULTILINE)) == 1 + text.count("### BEGIN SOLUTION") - 2
        )
        numbers = re.findall(r"^### (\d+)\. ", text, re.MULTILINE)
        assert numbers == [str(n + 1) for n in range(len(each.sheet["tasks"]))]

    def test_every_function_has_a_docstring_outside_its_solution(self, each):
        made = documented(cell.source for cell in cells(RELEASE / each.name / each.notebook.name))
        asked = {name for name, task in each.sheet["tasks"].items() if "arguments" in task}
        assert asked <= set(made)
        assert all(made.values()), made

    def test_its_marking_guide_has_criteria_misconceptions_and_sample_answers(self, each):
        text = each.rubric.read_text(encoding="utf-8")
        for criterion in CRITERIA:
            assert f"| {criterion} |" in text
        assert "## What to expect" in text
        answers = re.findall(r"^### (\w+)", text.split("## Sample answers")[1], re.MULTILINE)
        assert answers[:2] == ["Weak", "Middling"]
        assert answers.count("Strong") >= 2


def documented(sources):
    """Say of each function that some code defines whether it has a docstring."""
    return {
        statement.name: bool(ast.get_docstring(statement))
        for source in sources
        for statement in ast.parse(source).body
        if isinstance(statement, ast.FunctionDef)
    }


def test_a_function_without_a_docstring_does_not_go_unseen():
    """A test of a test above: code that compiles is not yet documented."""
    sources = ["def bare(x):\n    return x", 'def told(x):\n    """Say so."""\n    return x']
    assert documented(sources) == {"bare": False, "told": True}


class TestRelease:
    def test_is_what_a_fresh_build_gives_and_holds_no_secret(self, each):
        assert verify_set(each, RELEASE) == "release is fresh, nothing leaks"

    def test_holds_the_notebook_and_the_visible_checks_and_nothing_else(self, each):
        names = {path.name for path in (RELEASE / each.name).iterdir()}
        assert names == {each.notebook.name, FILE}

    def test_ends_with_the_button_that_makes_the_file_to_hand_in(self, each):
        assert cells(RELEASE / each.name / each.notebook.name)[-1].source.endswith("ck.hand_in()")

    def test_keeps_all_visible_checks(self, each):
        sheet = yaml.safe_load((RELEASE / each.name / FILE).read_text(encoding="utf-8"))
        for name, task in each.sheet["tasks"].items():
            if task["kind"] != "writing":
                visible = [c for c in task["checks"] if not c.get("hidden")]
                assert len(sheet["tasks"][name]["checks"]) == len(visible)

    def test_no_value_is_computed_in_the_students_sheet(self, each):
        text = (RELEASE / each.name / FILE).read_text(encoding="utf-8")
        assert not re.search(r"^ +(answer|gives|reference):", text, re.MULTILINE)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Each source, each release, and answers with mistakes, handed in and graded."""
    papers = {}
    for each in SETS:
        number = each.sheet["set"]
        papers[number, "solver"] = nbformat.read(each.notebook, as_version=4)
        release = RELEASE / each.name / each.notebook.name
        papers[number, "nobody"] = nbformat.read(release, as_version=4)
        papers[number, "learner"] = with_mistakes(number)
    place = make_course(tmp_path_factory.mktemp("course") / "ours", papers)
    theirs = shutil.copytree(place, place.with_name("theirs"))
    for each in SETS:
        done = coursekit(place, "grade", each.name)
        assert done.returncode == 0, done.stderr + done.stdout
    return place, theirs


class TestGrading:
    def test_the_source_earns_all_points_but_those_of_the_text(self, graded, each):
        writing = sum(worth(t) for t in each.sheet["tasks"].values() if t["kind"] == "writing")
        with gradebook(graded[0]) as book:
            submission = book.find_submission(each.name, "solver")
            assert submission.score == 20 - writing
            assert submission.max_score == 20

    def test_the_release_earns_nothing(self, graded, each):
        with gradebook(graded[0]) as book:
            assert book.find_submission(each.name, "nobody").score == 0

    @pytest.mark.parametrize("each", COMPARED, ids=lambda each: each.name)
    def test_nbgraders_own_autograding_gives_the_same_grades(self, graded, each):
        """nbgrader takes seconds for each submission: one set, and with ALL_SETS=1 all ten."""
        done = nbgrader(graded[1] / "exercises").autograde(each.name, "*")
        assert done["success"], done["log"]
        found, wanted = ({k: v for k, v in grades(p).items() if each.name in k} for p in graded)
        assert found == wanted
        assert len(found) == 3


class TestLeakScan:
    SET = exercise_set("02")

    @pytest.fixture
    def planted(self, tmp_path):
        place = tmp_path / self.SET.name
        shutil.copytree(RELEASE / self.SET.name, place)
        assert leaks(self.SET, [place]) == []
        return place

    def kinds(self, place):
        return {leak.kind for leak in leaks(self.SET, [place])}

    def notebook(self, place, change):
        path = place / self.SET.notebook.name
        notebook = nbformat.read(path, as_version=4)
        change(notebook.cells)
        nbformat.write(notebook, path)

    def secret(self, kind):
        return next(text for text, each in secrets(self.SET).items() if each == kind)

    @pytest.mark.parametrize("kind", ["solution line", "hidden check", "hidden value", "rubric"])
    def test_finds_each_kind_of_secret_in_a_text(self, planted, kind):
        self.notebook(planted, lambda cells: cells[0].update(source="# T\n" + self.secret(kind)))
        assert kind in self.kinds(planted)

    def test_finds_every_single_secret(self, planted):
        for text in secrets(self.SET):
            (planted / "notes.txt").write_text(text, encoding="utf-8")
            assert leaks(self.SET, [planted])

    def test_finds_an_output(self, planted):
        output = nbformat.v4.new_output("stream", text="19")
        self.notebook(planted, lambda cells: cells[1].update(outputs=[output]))
        assert self.kinds(planted) == {"output"}

    @pytest.mark.parametrize("about", [{"solution_code": "x"}, {"nbgrader": {"answer": 4}}])
    def test_finds_metadata_of_a_solution(self, planted, about):
        self.notebook(planted, lambda cells: cells[2].metadata.update(about))
        assert self.kinds(planted) == {"metadata"}

    def test_finds_the_sheet_of_the_source(self, planted):
        shutil.copy(self.SET.folder / FILE, planted)
        assert {"hidden check", "mark"} <= self.kinds(planted)

    def test_finds_a_source_notebook_and_a_marking_guide_in_a_wheel(self, tmp_path):
        wheel = tmp_path / "coursekit-1-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.write(self.SET.notebook, "coursekit/_content/exercises/solution.ipynb")
            archive.write(self.SET.rubric, "coursekit/guide.md")
        found = {leak.kind for leak in leaks(self.SET, [wheel], public_text())}
        assert {"solution line", "rubric", "mark"} <= found

    @pytest.mark.parametrize("kind", ["solution line", "hidden check", "rubric"])
    def test_finds_a_secret_on_a_page_of_a_site(self, tmp_path, kind):
        import html

        page = f"<pre>{html.escape(self.secret(kind))}</pre>"
        (tmp_path / "index.html").write_text(page, encoding="utf-8")
        assert {leak.kind for leak in leaks(self.SET, [tmp_path], public_text())} == {kind}

    def test_fails_the_build_and_leaves_the_release_alone(self, tmp_path):
        place = copy(self.SET, tmp_path)
        notebook = nbformat.read(place.notebook, as_version=4)
        notebook.cells[0].source += "\nTry members_in(1981) too."
        nbformat.write(notebook, place.notebook)
        with pytest.raises(CourseError, match=r"hidden check: members_in\(1981\)"):
            build_set(place, tmp_path / "release")
        assert not (tmp_path / "release").exists()


def copy(each, place):
    """Copy a source with its marking guide."""
    shutil.copytree(each.folder, place / "source" / each.name)
    (place / "rubrics").mkdir()
    shutil.copy(each.rubric, place / "rubrics")
    return ExerciseSet(place / "source" / each.name)


class TestBuild:
    @pytest.fixture
    def place(self, tmp_path):
        return copy(exercise_set("02"), tmp_path)

    def change(self, place, old, new):
        path = place.folder / FILE
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("points: 0.25", "points: 0.75", "is worth 20.5 points"),
            ("  neutral_years:\n", "  other_years:\n", "Did you mean|no task|other_years"),
            (
                "gives: 3 / exposure",
                "gives: 3 / exposed",
                "'rule of three' gives a wrong value in no",
            ),
            ("    guided: true\n", "    guided: yes please\n", "guided"),
        ],
    )
    def test_a_slip_in_the_sheet_is_refused_with_its_place(
        self, place, old, new, message, tmp_path
    ):
        self.change(place, old, new)
        with pytest.raises(CourseError, match=message):
            build_set(place, tmp_path / "release")

    def test_a_stale_release_is_refused(self, place, tmp_path):
        shutil.copytree(RELEASE / place.name, tmp_path / "release" / place.name)
        self.change(place, "Before means smaller.", "Earlier means smaller.")
        with pytest.raises(CourseError, match="Run 'make exercises'"):
            verify_set(place, tmp_path / "release")

    @pytest.mark.parametrize(
        ("source", "message"),
        [
            ('ck.check("02.members_in")', "no cell with a solution above"),
            ("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", "No check follows"),
            ('x = 1\nck.check("02.members_in")', "a cell of its own"),
        ],
    )
    def test_cells_out_of_place_are_refused(self, place, source, message):
        notebook = nbformat.read(place.notebook, as_version=4)
        notebook.cells.insert(2, nbformat.v4.new_code_cell(source))
        with pytest.raises(CourseError, match=message):
            mark(notebook, place.sheet)


class TestCommand:
    def test_lists_all_sets(self):
        done = CliRunner().invoke(app, ["exercises", "list"], env={"COLUMNS": "80"})
        assert done.exit_code == 0
        for each in SETS:
            assert each.name in done.output

    def test_verifies_a_set_and_scans_what_it_is_given(self, tmp_path):
        page = tmp_path / "index.html"
        page.write_text('<p>status_on("Estonia", "1996-06-30")</p>', encoding="utf-8")
        done = CliRunner().invoke(app, ["exercises", "verify", "02", "--also", str(tmp_path)])
        assert done.exit_code == 1
        assert "hidden check" in done.output

    def test_an_unknown_set_gets_a_sentence(self):
        done = CliRunner().invoke(app, ["exercises", "verify", "77"])
        assert done.exit_code == 1
        assert "There is no exercise set '77'" in done.output


class TestLiteral:
    def test_a_table_has_to_be_turned_into_something_plain(self):
        import pandas as pd

        with pytest.raises(CourseError, match="Let the call turn it into"):
            as_literal(pd.DataFrame())

    def test_numbers_have_ten_digits_and_sets_their_order(self):
        assert as_literal((0, 1 / 3)) == "(0, 0.3333333333)"
        assert as_literal({"b", "a"}) == "{'a', 'b'}"

    def test_every_value_is_read_back_the_same(self):
        for value in (
            True,
            3,
            -0.5,
            float("inf"),
            "it's",
            None,
            (1,),
            [1.5, "a"],
            {"a": (1, 2)},
            set(),
        ):
            text = as_literal(value)
            assert eval(str(text), {"inf": float("inf")}) == value


@pytest.mark.parametrize("ending", ["whl", "tar.gz"])
def test_no_package_holds_a_secret(wheel, ending, tmp_path):
    (made,) = wheel.parent.glob(f"*.{ending}")
    shutil.unpack_archive(made, tmp_path, "zip" if ending == "whl" else "gztar")
    assert len([*tmp_path.glob("**/exercises/release/*/*.ipynb")]) == len(SETS)
    public = public_text()
    assert not [leak for each in SETS for leak in leaks(each, [tmp_path], public)]
