"""The notebooks as texts: shape, wording, links, stored outputs."""

import ast
import importlib.util
import re
from html import escape
from pathlib import Path

import nbformat
import pytest
from nbconvert import ScriptExporter
from prose import grade, unknown_citations, unsourced

from coursekit import predictions
from coursekit.data import load
from coursekit.quiz import bank

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


def code_of(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def folded(cell):
    return cell.metadata.get("jupyter", {}).get("source_hidden", False)


def calls(notebook, function):
    """First arguments of the calls of one of the course's functions, in order."""
    code = "\n".join(cell.source for cell in code_of(notebook))
    return re.findall(rf'\bck\.{function}\(\s*"([^"]+)"', code)


@pytest.fixture(params=NOTEBOOKS, ids=named)
def notebook(request):
    return read(request.param)


def test_the_course_begins_with_the_start_page():
    assert NOTEBOOKS[0].name == "00_start_here.ipynb"


def test_every_code_cell_was_run_in_order_and_without_error(notebook):
    code = code_of(notebook)
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
                alt = output.metadata["image/png"]["alt"]
                assert len(alt) >= 30
                # What nbconvert and most pages show.
                assert f'<img alt="{escape(alt)}"' in output.data["text/html"]


def test_a_script_made_of_it_holds_the_texts(notebook):
    text, told = ScriptExporter().from_notebook_node(notebook)
    assert told["output_extension"] == ".py"
    for title in re.findall(r"^#+ .*", prose(notebook), re.MULTILINE):
        assert f"# {title}" in text


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
        visible = [cell for cell in code_of(notebook) if not folded(cell)]
        assert 25 <= len(notebook.cells) <= 50
        assert 5 <= len(visible) <= 18
        assert len(code_of(notebook)) <= 26
        assert 1200 <= len(prose(notebook).split()) <= 2200

    def test_the_time_is_reading_and_a_minute_for_each_interaction(self, path):
        notebook = read(path)
        stated = int(re.search(r"\*\*Time:\*\* about (\d+) minutes", prose(notebook))[1])
        interactions = sum(folded(cell) for cell in code_of(notebook))
        interactions += len(bank(path.stem[:2]).questions)
        measured = len(prose(notebook).split()) / 200 + interactions
        assert abs(stated - measured) <= 10
        assert 25 <= stated <= 50

    def test_it_opens_with_question_objectives_time_claims_and_data(self, path):
        opening = read(path).cells[0].source
        assert re.search(r"^\*\*.+\?\*\*$", opening, re.MULTILINE)
        assert 3 <= len(re.findall(r"^- ", opening, re.MULTILINE)) <= 5
        for word in ("**Time:**", "**Claims met:**", "**Data:**"):
            assert word in opening

    def test_it_asks_for_predictions_before_it_shows(self, path):
        notebook = read(path)
        asked, shown = calls(notebook, "predict"), calls(notebook, "reveal")
        assert len(asked) >= 3
        source = "\n".join(cell.source for cell in notebook.cells)
        for id in shown:
            assert source.index(f'ck.predict("{id}")') < source.index(f'ck.reveal("{id}")')
        assert prose(notebook).count("**Predict") >= 3

    def test_every_prediction_of_its_file_is_asked_and_revealed_on_the_page(self, path):
        notebook = read(path)
        file = Path("exercises") / "predictions" / f"{path.stem}.yaml"
        known = {one.id for one in predictions.parse(NOTEBOOKS[0].parent.parent / file)}
        assert set(calls(notebook, "predict")) == known
        assert set(calls(notebook, "reveal")) == known

    def test_it_says_what_it_cannot_tell(self, path):
        assert "What this cannot tell us" in prose(read(path))

    def test_it_begins_with_two_questions_of_earlier_notebooks(self, path):
        opening = "\n".join(cell.source for cell in read(path).cells[:6])
        assert re.search(rf'ck\.quiz\("{path.stem[:2]}", only=\[\], review=2\)', opening)

    def test_it_closes_with_its_quiz(self, path):
        notebook = read(path)
        assert path.stem[:2] in calls(notebook, "quiz")
        assert 8 <= len(bank(path.stem[:2]).questions) <= 10

    def test_claims_listed_at_the_top_are_discussed(self, path):
        first, *rest = read(path).cells
        listed = re.search(r"\*\*Claims met:\*\* (.*?) \*\*Data", first.source, re.DOTALL)[1]
        text = "\n".join(cell.source for cell in rest)
        for claim in re.findall(r"C\d\d", listed):
            assert claim in text, claim

    def test_numbers_are_computed_on_the_page_or_carry_a_source(self, path):
        assert list(unsourced(read(path))) == []

    def test_it_is_no_harder_to_read_than_a_quality_newspaper(self, path):
        assert grade(prose(read(path))) <= 9

    def test_it_leads_to_its_neighbours(self, path):
        place = NOTEBOOKS.index(path)
        for neighbour in NOTEBOOKS[max(0, place - 1) : place + 2]:
            if neighbour != path:
                assert f"]({neighbour.name})" in prose(read(path))


def test_citations_are_in_the_list_of_readings(notebook):
    assert unknown_citations(prose(notebook)) == []


def test_nothing_is_said_twice_in_two_notebooks():
    seen = {}
    for path in NOTEBOOKS:
        for sentence in re.split(r"(?<=[.?])\s+", prose(read(path))):
            if len(sentence.split()) >= 14:
                assert seen.setdefault(sentence, path) == path, sentence


class TestLedger:
    @pytest.fixture
    def ledger(self, root):
        spec = importlib.util.spec_from_file_location("claims", root / "docs/build/claims.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def test_every_claim_is_discussed_in_a_notebook(self, ledger):
        met = set().union(*map(ledger.discussed, NOTEBOOKS))
        assert sorted(set(load("claims")["claim"]) - met) == []

    def test_the_page_is_up_to_date(self, ledger, root):
        assert (root / "docs/claims.md").read_text(encoding="utf-8") == ledger.ledger()


def test_tables_named_on_a_page_exist():
    for path in LESSONS:
        data_line = re.search(r"\*\*Data:\*\* (.*)", read(path).cells[0].source)[1]
        for name in re.findall(r"`(\w+)`", data_line):
            assert not load(name).empty
