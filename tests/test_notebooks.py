"""The notebooks as texts: shape, wording, links, stored outputs."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from coursekit.data import load

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
LESSONS = [path for path in NOTEBOOKS if not path.stem.startswith("00")]
# From the wording rules of the course; each is fair only inside a quotation.
AVOID = [
    "Ukraine crisis",
    "special military operation",
    "NATO-Russia war",
    "new territories",
    "reunification",
    "buffer",
    "sphere of influence",
    "Russia feels",
    "the West knows",
    "the West wants",
    "broken promise",
    "regime",
]


def read(path):
    return nbformat.read(path, as_version=4)


def prose(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def named(path):
    return path.stem


@pytest.fixture(params=NOTEBOOKS, ids=named)
def notebook(request):
    return read(request.param)


def test_the_course_begins_with_the_start_page():
    assert NOTEBOOKS[0].name == "00_start_here.ipynb"


def test_every_code_cell_was_run_in_order_and_without_error(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert not [o for o in outputs if o.output_type in ("error", "stream")]


def test_no_stored_output_depends_on_a_kernel(notebook):
    text = nbformat.writes(notebook)
    assert "widget-view" not in text
    assert "model_id" not in text


def test_every_stored_picture_says_what_it_shows(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                assert len(output.metadata["image/png"]["alt"]) >= 30


def test_one_title_at_the_top(notebook):
    titles = [
        line
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("# ")
    ]
    assert len(titles) == 1
    assert notebook.cells[0].source.startswith("# ")


def test_code_is_short_enough_for_beginners(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.metadata.get("jupyter", {}).get("source_hidden"):
            assert len(cell.source.splitlines()) <= 6, cell.source
        if cell.cell_type == "code":
            ast.parse(cell.source)


def test_cells_of_widgets_are_folded(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code" and re.search(r"ck\.(\w+)\(.*ask=", cell.source, re.DOTALL):
            assert cell.metadata.jupyter.source_hidden is True


def test_links_lead_somewhere(notebook):
    folder = NOTEBOOKS[0].parent
    for target in re.findall(r"\]\(([^)#]+)\)", prose(notebook)):
        if not target.startswith("http"):
            assert (folder / target).exists(), target


def test_wording_follows_the_rules(notebook):
    text = prose(notebook)
    for phrase in AVOID:
        assert not re.search(rf"\b{re.escape(phrase)}\b", text, re.IGNORECASE), phrase


def test_claims_exist(notebook):
    for number in re.findall(r"\bC(\d\d)\b", prose(notebook)):
        assert 1 <= int(number) <= 45


@pytest.mark.parametrize("path", LESSONS, ids=named)
class TestLessons:
    def test_size(self, path):
        notebook = read(path)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert 25 <= len(notebook.cells) <= 45
        assert 8 <= len(code) <= 18
        assert 1200 <= len(prose(notebook).split()) <= 2200

    def test_it_opens_with_question_objectives_time_claims_and_data(self, path):
        opening = read(path).cells[0].source
        assert re.search(r"^\*\*.+\?\*\*$", opening, re.MULTILINE)
        assert 3 <= len(re.findall(r"^- ", opening, re.MULTILINE)) <= 5
        for word in ("**Time:**", "**Claims met:**", "**Data:**"):
            assert word in opening

    def test_it_asks_for_predictions_before_it_shows(self, path):
        text = prose(read(path))
        assert text.count("**Predict") >= 3

    def test_it_says_what_it_cannot_tell(self, path):
        assert "What this cannot tell us" in prose(read(path))

    def test_it_closes_with_questions(self, path):
        assert 4 <= prose(read(path)).split("## Check yourself")[1].count("<summary>") <= 6


def test_tables_named_on_a_page_exist():
    for path in LESSONS:
        data_line = re.search(r"\*\*Data:\*\* (.*)", read(path).cells[0].source)[1]
        for name in re.findall(r"`(\w+)`", data_line):
            assert not load(name).empty
