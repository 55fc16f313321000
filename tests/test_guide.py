"""The written pages of the documentation: what they name exists, and their sums add up."""

import ast
import importlib
import re
from functools import cache
from pathlib import Path

import ipywidgets as widgets
import nbformat
import pytest
import typer
from prose import grade, unknown_citations

import coursekit
from coursekit import predictions
from coursekit.cli import app
from coursekit.content import folder
from coursekit.data import load
from coursekit.models import arms_race, games, reciprocity
from coursekit.wording import loaded_words

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
LESSONS = sorted((DOCS / "instructors" / "lessons").glob("*.md"))
GUIDE = sorted((DOCS / "instructors").glob("*.md"))
GUIDE += [DOCS / f"{name}.md" for name in ("students", "accessibility", "contributing")]
FORMATS = ("data", "record", "exercise_format", "prediction_format", "quiz_format")
PAGES = [*GUIDE, *LESSONS, *(DOCS / f"{name}.md" for name in FORMATS)]
OURS = [*GUIDE, *LESSONS]

JUPYTER = {
    *("Run", "Run All Cells", "Kernel", "Restart Kernel"),
    *("Interrupt Kernel", "Shut Down Kernel", "Settings", "Theme", "JupyterLab Dark"),
}
WIDGETS = {"quiz", *(name for name, place in coursekit._LATER.items() if "widgets." in place)}
AMERICAN = "analyze behavior center color defense favor gray honor labor organize skeptic"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def named(path):
    return path.relative_to(DOCS).with_suffix("").as_posix().removeprefix("instructors/")


def read(path):
    return path.read_text(encoding="utf-8")


def without_code(text):
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))


def in_code(text):
    return "\n".join(
        [*(code for _, code in FENCE.findall(text)), *re.findall(r"`([^`\n]+)`", text)]
    )


def rows(text, head):
    """Cells of the rows of the table whose first heading is this."""
    table = re.search(rf"(?m)^\| {head} \|.*\n\|[-:| ]+\n((?:\|.*\n)+)", text)[1]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]


def minutes(path):
    """Minutes in class and at home that a lesson plan states."""
    found = re.search(
        r"\*\*In class:\*\* (\d+) minutes\. \*\*At home:\*\* (\d+) minutes", read(path)
    )
    return int(found[1]), int(found[2])


every_page = pytest.mark.parametrize("path", PAGES, ids=named)
each_of_ours = pytest.mark.parametrize("path", OURS, ids=named)
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=named)


@every_page
class TestWhatAPageNames:
    def test_links_lead_to_a_file(self, path):
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", without_code(read(path))):
            if not target.startswith(("http", "...")):
                assert (path.parent / target).is_file(), target

    def test_the_names_of_the_course_exist(self, path):
        for name in re.findall(r"\bck\.(\w+)", in_code(read(path))):
            assert hasattr(coursekit, name), name

    def test_the_commands_exist(self, path):
        known = typer.main.get_command(app).commands
        for first, second in re.findall(
            r"python -m coursekit ([\w-]+) ?(\w*)", in_code(read(path))
        ):
            assert first in known
            if hasattr(known[first], "commands"):
                assert second in known[first].commands

    def test_the_targets_of_make_exist(self, path):
        targets = set(re.findall(r"(?m)^([\w-]+):", read(ROOT / "Makefile")))
        for name in re.findall(r"(?m)(?:^|`)make ([a-z-]+)", in_code(read(path))):
            assert name in targets, name

    def test_the_files_of_the_repository_exist(self, path):
        for name in re.findall(r"`((?:tests|datasets|coursekit|exercises)/[^`*]+)`", read(path)):
            if not re.search(r"NN|slug|downloaded|autograded|feedback|gradebook|kim", name):
                assert (ROOT / name).exists(), name

    def test_what_python_imports_is_there(self, path):
        for kind, code in FENCE.findall(read(path)):
            for line in ast.walk(ast.parse(code)) if kind == "python" else ():
                if isinstance(line, ast.ImportFrom) and line.module.startswith("coursekit"):
                    module = importlib.import_module(line.module)
                    assert all(hasattr(module, alias.name) for alias in line.names)


@each_of_ours
class TestHowAPageReads:
    def test_reading_keys_are_in_the_list_of_readings(self, path):
        known = set(load("readings")["reading"])
        keys = re.findall(r"\[([a-z]\w*)\](?!\()", without_code(read(path)))
        assert [key for key in keys if key not in known] == []
        assert unknown_citations(read(path)) == []

    def test_it_is_short_enough(self, path):
        words = re.findall(r"[A-Za-z0-9][\w'’.,%-]*", read(path))
        assert len(words) <= (700 if path in LESSONS else 1200)

    def test_it_is_no_harder_to_read_than_a_notebook(self, path):
        assert grade(FENCE.sub("", read(path))) <= 9

    def test_wording_follows_the_rules(self, path):
        assert loaded_words(without_code(read(path)), "pages") == []

    def test_spelling_is_british_and_nothing_shouts(self, path):
        text = without_code(read(path))
        assert not re.search(rf"\b(?:{AMERICAN.replace(' ', '|')})\b", text, re.IGNORECASE)
        assert "—" not in text
        assert "!" not in text.replace("![", "[")


def controls_on(page):
    """What the controls of a notebook's widgets are called, and what they offer."""
    before = set(widgets.widget._instances)
    for cell in nbformat.read(page, as_version=4).cells:
        for call in ast.walk(ast.parse(cell.source if cell.cell_type == "code" else "")):
            if isinstance(call, ast.Call) and ast.unparse(call.func).removeprefix("ck.") in WIDGETS:
                given = [*call.args, *(one.value for one in call.keywords)]
                # What another cell has made, such as the explorer of a timeline, is left out.
                if all(isinstance(one, ast.Constant | ast.List) for one in given):
                    eval(ast.unparse(call), {"ck": coursekit})
    made = [one for id, one in widgets.widget._instances.items() if id not in before]
    named = [getattr(one, "description", "") for one in made]
    offered = [label for one in made for label in getattr(one, "_options_labels", ())]
    buttons = [form.get("submit", "") for one in made for form in getattr(one, "items", ())]
    # The switch of a round also says how many states it brought.
    return {words.split(" +")[0] for words in (*named, *offered, *buttons)}


def unknown_labels(text, known):
    """Find labels in bold that no control has; headings of lines and of parts are none."""
    text = re.sub(r"(?m)^- \*\*.+?\*\*|\*\*[^*\n]+:\*\*", "", text)
    labels = re.findall(r"\*\*([^*\n]+)\*\*", text)
    return {part for label in labels for part in label.split(" ▸ ")} - known


def test_a_label_that_only_the_source_of_a_page_holds_does_not_go_unseen():
    """A test of a test below: words of a notebook or of a widget's code are no control."""
    (page,) = (ROOT / "notebooks").glob("05_*.ipynb")
    assert "import coursekit as ck" in read(page)
    planted = "Set **import coursekit as ck**, then **Keep my answer in a drawer**."
    assert len(unknown_labels(planted, controls_on(page))) == 2


@each_lesson
class TestLessonPlans:
    def test_the_minutes_add_up(self, path):
        stated, _ = minutes(path)
        assert sum(int(row[0]) for row in rows(read(path), "minutes")) == stated

    def test_it_has_all_parts(self, path):
        parts = re.findall(r"(?m)^## (.+)$", read(path))
        assert parts == [
            *("Prepare", "Plan", "Before the reveal", "Where to stop and talk"),
            *("What students tend to think", "Short of time", "For those ahead"),
        ]

    def test_each_misconception_has_an_answer_and_a_place(self, path):
        table = rows(read(path), "they say")
        assert len(table) >= 5
        assert all(len(cell) > 3 for row in table for cell in row)

    def test_it_speaks_of_every_prediction_of_its_notebook(self, path):
        found = list((folder("exercises") / "predictions").glob(f"{path.stem}_*.yaml"))
        known = {one.id for file in found for one in predictions.parse(file)}
        assert known <= set(re.findall(r"`(\d\d-\w+)`", read(path)))

    def test_the_questions_and_notes_it_names_are_in_its_notebook(self, path):
        (notebook,) = (ROOT / "notebooks").glob(f"{path.stem}_*.ipynb")
        (bank,) = (folder("exercises") / "quizzes").glob(f"{path.stem}_*.yaml")
        there = read(notebook) + read(bank)
        for id in re.findall(r"`(\d\d-\w+)`", read(path)):
            assert id in there, id

    def test_controls_have_the_names_they_have_on_the_page(self, path):
        (notebook,) = (ROOT / "notebooks").glob(f"{path.stem}_*.ipynb")
        assert unknown_labels(read(path), controls_on(notebook) | JUPYTER) == set()

    def test_its_numbers_are_those_of_the_notebook(self, path):
        (notebook,) = (ROOT / "notebooks").glob(f"{path.stem}_*.ipynb")
        known = nbformat.writes(nbformat.read(notebook, as_version=4)) + " ".join(answers())
        for number in re.findall(r"(?<![\w.])\d+\.\d+", read(path)):
            assert re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)", known), number


@cache
def answers():
    """What the invitations to go further lead to, beyond what a notebook prints."""
    shares = load("military_burden").pivot(index="year", columns="iso3", values="share_of_gdp")
    ten = shares[["BEL", "DEU", "DNK", "ESP", "FRA", "GBR", "ITA", "NLD", "NOR", "PRT"]]
    to_2021 = slice(1992, 2021)
    alike = shares["RUS"].loc[to_2021].diff().corr(ten.mean(axis=1).loc[to_2021].diff())
    reactions = [[0, 1, 0], [1, 0, 0.7], [0, 0.4, 0]]
    provoked = arms_race.n_fixed_point([2, 2, 2], reactions, [1, 1, 1]).sum()
    joined = shares[["BGR", "EST", "LVA", "LTU", "ROU", "SVK", "SVN"]].mean(axis=1)
    outside = shares[["AUT", "CHE", "FIN", "IRL", "SWE"]].mean(axis=1)
    late = [one.loc[2015:2019].mean() - one.loc[1999:2003].mean() for one in (joined, outside)]
    found = [f"{games.minimum_trust(T=2, R=3, P=1, S=-2):.2f}", f"{alike:.2f}"]
    found += ["0.7" if provoked > 3.29 else "", f"{late[0] - late[1]:.2f}"]
    for rule, noise in (
        ("Generous", 0.01),
        ("Generous", 0.05),
        ("Contrite", 0.05),
        ("Contrite", 0.2),
    ):
        pair = [f"{rule} Tit for Tat"] * 2
        found += [f"{noise}", f"{100 * reciprocity.cooperation_rate(*pair, noise):.1f}"]
    return found


class TestSyllabus:
    TEXT = read(DOCS / "instructors" / "syllabus.md")
    PLANS = re.findall(r"(?ms)^\| week \| notebooks .*?(?=\n\n)", TEXT)

    @pytest.mark.parametrize("plan", PLANS, ids=["ten weeks", "five weeks"])
    def test_the_minutes_are_those_of_the_lesson_plans(self, plan):
        plans = {path.stem: minutes(path) for path in LESSONS}
        met = []
        for _, notebooks, in_class, at_home, set_, reading in rows(plan + "\n", "week"):
            numbers = re.findall(r"\d\d", notebooks)
            met += numbers
            assert int(in_class) == sum(plans[n][0] for n in numbers)
            assert int(at_home) == sum(plans[n][1] for n in numbers) + 90 + 30
            assert set_ in numbers
            assert re.search(r"\[\w+\]", reading)
        assert met == [path.stem for path in LESSONS]

    def test_what_is_handed_in_exists(self):
        texts = "".join(read(path) for path in (ROOT / "notebooks").glob("*.ipynb"))
        for note in re.findall(r"`(\d\d-\w+)`", self.TEXT):
            assert f'\\"{note}\\"' in texts, note


def test_there_is_a_lesson_plan_for_each_notebook():
    notebooks = sorted(path.stem[:2] for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert [path.stem for path in LESSONS] == notebooks


def test_the_first_class_takes_half_an_hour_to_prepare():
    table = rows(read(DOCS / "instructors" / "index.md"), "minutes")
    assert sum(int(row[0]) for row in table) == 30


def test_the_weights_of_the_assessment_make_a_whole():
    table = rows(read(DOCS / "instructors" / "assessment.md"), "part")
    assert sum(int(row[1].rstrip(" %")) for row in table) == 100


def test_a_discussion_in_five_turns_takes_the_time_it_states():
    text = read(DOCS / "instructors" / "discussion.md")
    assert "Twenty minutes" in text
    assert sum(int(row[0]) for row in rows(text, "minutes")) == 20


def test_what_was_tested_for_accessibility_names_tests_that_exist():
    for row in rows(read(DOCS / "accessibility.md"), "what"):
        places = re.findall(r"`([^`]*)`", row[2])
        assert places
        assert all((ROOT / "tests" / place).exists() for place in places)
