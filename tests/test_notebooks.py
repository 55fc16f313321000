"""The notebooks as texts: shape, wording, links, stored outputs."""

import ast
import re
from functools import cache
from html import escape
from pathlib import Path

import nbformat
import pytest
from nbconvert import ScriptExporter
from programs import script
from prose import grade, unknown_citations, unsourced
from sections import FOLDED, end, folds, level, seen, tells

from coursekit import predictions
from coursekit.data import load
from coursekit.quiz import bank
from coursekit.wording import loaded_words

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
# What can be played at once; see also `coursekit.nato.widgets.play`.
TOY = re.compile(r"ck\.(play|claim_sorter|enlargement_explorer|arms_race_lab)\(")
IDENTIFIER = re.compile(r"\b[CSEHNRKB]\d\d?\b")
LESSONS = [path for path in NOTEBOOKS if not path.stem.startswith("00")]


@cache
def read(path):
    """The notebook, for all tests: none of them changes it."""
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
    # What a box prints is for the reader; warnings are not.
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]


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


def test_headings_begin_their_cells(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            below = re.sub(r"(?ms)^```.*?^```", "", cell.source).splitlines()[1:]
            assert not [line for line in below if re.match("#{1,6} ", line)]


def test_its_second_cell_starts_the_page(notebook):
    start = notebook.cells[1]
    assert start.source == "# Start this page\nimport coursekit as ck\nck.start()"
    assert folded(start)
    assert "Start this page</button>" in start.outputs[0].data["text/html"]


def test_no_page_sends_its_reader_to_the_menu_to_run_all(notebook):
    assert not re.search(r"run[- ]all|▸ *run", prose(notebook), re.IGNORECASE)


class TestFoldedSections:
    def test_each_has_a_name_of_its_own_and_says_when_it_opens(self, notebook):
        names = [cell.source.splitlines()[0] for cell in notebook.cells if level(cell)]
        for place in folds(notebook.cells):
            name, line = notebook.cells[place].source.split("\n\n")
            assert level(notebook.cells[place]) == 3
            assert names.count(name) == 1
            # The page hides this part once the section is open; a question before it stays.
            assert re.fullmatch(r'(?:[^<]+\? )?<em class="ck-shut">[^<]+\.</em>', line)

    def test_each_ends_at_a_heading_as_high(self, notebook):
        assert None not in folds(notebook.cells).values()

    def test_what_the_page_asks_to_predict_is_answered_in_one(self, notebook):
        for place, cell in enumerate(notebook.cells):
            if cell.cell_type == "markdown" and "**Predict" in cell.source:
                after = next(one for one in notebook.cells[place + 1 :] if level(one))
                assert after.metadata.get(FOLDED), cell.source


def where(notebook, function, id):
    """Place of the cell that calls one of the course's functions for a prediction."""
    call = f'ck.{function}("{id}"'
    return next(n for n, cell in enumerate(notebook.cells) if call in cell.source)


@pytest.mark.parametrize(
    ("path", "id"),
    [pytest.param(path, id, id=id) for path in NOTEBOOKS for id in calls(read(path), "predict")],
)
class TestAnswersWaitForThePrediction:
    def test_the_reveal_and_all_before_it_are_folded_until_then(self, path, id):
        notebook = read(path)
        cells = notebook.cells
        asked, shown = where(notebook, "predict", id), where(notebook, "reveal", id)
        fold = next(n for n in range(asked, len(cells)) if level(cells[n]))
        assert cells[fold].metadata.get(FOLDED)
        assert fold < shown < end(cells, fold)
        assert all("ck.predict(" in cell.source for cell in cells[asked:fold])
        assert "opens when your prediction" in cells[fold].source

    def test_nothing_before_gives_the_answer_away(self, path, id):
        notebook, made = read(path), predictions.load(id)
        answer = predictions.truth(made)
        for text in seen(notebook.cells, where(notebook, "reveal", id)):
            assert not tells(made, answer, text), text


class TestTheSearchForAnswers:
    @pytest.mark.parametrize(
        ("id", "text"),
        [
            ("01-facts", "So nine claims are claims of fact."),
            ("02-members", "end of 1990: 16\nend of 1999: 19\n2004: 26\n2009: 28\n2024: 32"),
            ("02-members", "| 16 | 19 | 26 | 28 | 32 |"),
            ("02-border", "The border would be 917 km shorter."),
            ("02-seven", "There would be **25** members."),
            ("04-joins", "a fall of 7.6% in all"),
            ("04-alike", "They follow Switzerland, a neutral neighbour."),
            ("07-billion", "one state with 980,655,332 people, or 981 million"),
        ],
    )
    def test_it_finds_them_in_figures_and_in_words(self, id, text):
        made = predictions.load(id)
        assert tells(made, predictions.truth(made), text)

    @pytest.mark.parametrize(
        ("id", "text"),
        [
            ("01-facts", "Notebook 09 has nine boxes, and there are 45 claims."),
            ("02-members", "Four rounds: 1999, 2004, 2009 and 2024."),
            ("02-border", "The border is 2,917 km long; 1,309 km of it are Finland's."),
            ("04-alike", "Switzerland is neutral."),
        ],
    )
    def test_it_leaves_other_numbers_alone(self, id, text):
        made = predictions.load(id)
        assert not tells(made, predictions.truth(made), text)


def test_code_is_short_enough_for_beginners(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.metadata.get("jupyter", {}).get("source_hidden"):
            assert len(cell.source.splitlines()) <= 6, cell.source
        if cell.cell_type == "code":
            ast.parse(cell.source)


def test_numbers_in_tables_have_their_thousands_separated(notebook):
    stored = [output.get("data", {}) for cell in code_of(notebook) for output in cell.outputs]
    tables = " ".join(data.get("text/html", "") for data in stored)
    assert re.findall(r"<td>\d{5,}", tables) == []


def test_cells_of_widgets_are_folded(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code" and re.search(r"ck\.(\w+)\(.*ask=", cell.source, re.DOTALL):
            assert cell.metadata.jupyter.source_hidden is True


def test_a_folded_cell_says_in_plain_words_what_it_is(notebook):
    # JupyterLab shows the first line of a folded cell in place of the cell.
    first = [cell.source.splitlines()[0] for cell in code_of(notebook) if folded(cell)]
    assert first
    for line in first:
        assert re.fullmatch(r"# [A-Z][\w ,:'?-]+", line), line
        assert "_" not in line
        assert len(line) <= 60, line
    assert len(set(first)) == len(first)


def test_links_lead_somewhere(notebook):
    folder = NOTEBOOKS[0].parent
    for target in re.findall(r"\]\(([^)#]+)\)", prose(notebook)):
        if not target.startswith("http"):
            assert (folder / target).exists(), target


def test_wording_follows_the_rules(notebook):
    assert loaded_words(prose(notebook), "pages") == []


def test_claims_exist(notebook):
    for number in re.findall(r"\bC(\d\d)\b", prose(notebook)):
        assert 1 <= int(number) <= 45


@pytest.mark.parametrize("path", LESSONS, ids=named)
class TestLessons:
    def test_size(self, path):
        notebook = read(path)
        visible = [cell for cell in code_of(notebook) if not folded(cell)]
        assert 18 <= len(notebook.cells) <= 60
        assert 2 <= len(visible) <= 12
        signposts = sum(len(notebook.cells[n].source.split()) for n in folds(notebook.cells))
        assert 700 <= len(prose(notebook).split()) - signposts <= 1300

    def test_it_begins_with_something_to_play(self, path):
        title, _, toy = read(path).cells[:3]
        assert len(title.source.split()) <= 60
        assert folded(toy) and TOY.search(toy.source), toy.source

    def test_few_numbers_of_claims_and_sources_stand_in_its_prose(self, path):
        assert len(set(IDENTIFIER.findall(prose(read(path))))) <= 20

    def test_it_opens_with_question_objectives_time_claims_and_data(self, path):
        first = read(path).cells[0].source
        assert re.search(r"^\*\*.+\?\*\*$", first, re.MULTILINE)
        # The toy comes first; what is to be learnt follows it.
        opening = "\n".join(cell.source for cell in read(path).cells[:4])
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
        opening = "\n".join(cell.source for cell in read(path).cells[:9])
        assert re.search(rf'ck\.quiz\("{path.stem[:2]}", only=\[\], review=2\)', opening)

    def test_it_closes_with_its_quiz(self, path):
        notebook = read(path)
        assert path.stem[:2] in calls(notebook, "quiz")
        assert 8 <= len(bank(path.stem[:2]).questions) <= 10

    def test_claims_listed_at_the_top_are_discussed(self, path):
        listing, text = "", ""
        for cell in read(path).cells:
            if "**Claims met:**" in cell.source:
                listing = cell.source
            else:
                text += f"\n{cell.source}"
        listed = re.search(r"\*\*Claims met:\*\* (.*?) \*\*Data", listing, re.DOTALL)[1]
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


@pytest.mark.parametrize("path", NOTEBOOKS[:6], ids=named)
def test_the_vote_on_the_invasion_stands_in_notebook_07_alone_and_is_linked(path):
    text = prose(read(path))
    assert not re.search(r"\b141\b", text)
    if "ES-11/1" in text:
        assert "](07_sources_and_law.ipynb)" in text


@pytest.mark.parametrize(
    ("number", "event"),
    [("03", event) for event in ("E91", "E94", "E60", "E102")]
    + [("05", event) for event in ("E91", "E94", "E60", "E102", "E30")]
    + [("02", event) for event in ("E30", "E97", "E99", "E61", "E107")],
)
def test_pages_on_ruptures_and_on_ukraine_name_what_happened(number, event):
    page = next(path for path in NOTEBOOKS if path.stem.startswith(number))
    assert re.search(rf"\b{event}\b", prose(read(page)))


def test_one_remark_of_one_service_carries_no_page():
    pages = [path.stem for path in NOTEBOOKS[:6] if "Finnish source" in prose(read(path))]
    assert pages == []


def test_nothing_is_said_twice_in_two_notebooks():
    seen = {}
    for path in NOTEBOOKS:
        for sentence in re.split(r"(?<=[.?])\s+", prose(read(path))):
            if len(sentence.split()) >= 14:
                assert seen.setdefault(sentence, path) == path, sentence


class TestLedger:
    @pytest.fixture
    def ledger(self, root):
        return script(root / "docs/build/claims.py")

    def test_every_claim_is_discussed_in_a_notebook(self, ledger):
        met = set().union(*map(ledger.discussed, NOTEBOOKS))
        assert sorted(set(load("claims")["claim"]) - met) == []

    def test_the_page_is_up_to_date(self, ledger, root):
        assert (root / "docs/claims.md").read_text(encoding="utf-8") == ledger.ledger()


def test_tables_named_on_a_page_exist():
    for path in LESSONS:
        data_line = re.search(r"\*\*Data:\*\* (.*)", prose(read(path)))[1]
        for name in re.findall(r"`(\w+)`", data_line):
            assert not load(name).empty


class TestWhatStudentsAreToldToChange:
    """Such a box may fail, and so may a box that uses what it writes; the rest of the page runs."""

    MAY_FAIL = "raises-exception"
    TOLD = re.compile(r"^\*(?:Try it:|\*Try it now\.\*)\*(.*`.*)$", re.MULTILINE)

    def may_fail(self, cell):
        return self.MAY_FAIL in cell.metadata.get("tags", [])

    def names(self, cell):
        """Names that a box takes from boxes above, and names that it writes."""
        nodes = list(ast.walk(ast.parse(cell.source)))
        found = [node for node in nodes if isinstance(node, ast.Name)]
        written = {node.id for node in found if isinstance(node.ctx, ast.Store)}
        written |= {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
        return {node.id for node in found} - written, written

    def using_what_may_fail(self, notebook):
        writer, found = {}, []
        for cell in code_of(notebook):
            used, written = self.names(cell)
            found += [cell] * any(self.may_fail(writer[name]) for name in used & set(writer))
            writer |= dict.fromkeys(written, cell)
        return found

    def test_may_fail(self, notebook):
        reached = []
        for place, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                reached.append(cell)
            for told in self.TOLD.findall(cell.source) if cell.cell_type == "markdown" else ():
                if "below" in told:
                    reached = code_of(nbformat.v4.new_notebook(cells=notebook.cells[place:]))[:1]
                assert any(map(self.may_fail, reached)), told
                reached = []

    def test_takes_along_the_boxes_that_use_what_it_writes(self, notebook):
        for cell in self.using_what_may_fail(notebook):
            assert self.may_fail(cell), cell.source

    def test_is_told_for_each_other_box_that_may_fail(self, notebook):
        along = [cell.id for cell in self.using_what_may_fail(notebook)]
        own = [c for c in notebook.cells if self.may_fail(c) and c.id not in along]
        text = prose(notebook)
        assert len(own) <= len(self.TOLD.findall(text))
        for cell in own:
            after = notebook.cells[notebook.cells.index(cell) - 1 :]
            assert self.TOLD.search(prose(nbformat.v4.new_notebook(cells=after))), cell.source

    def test_does_not_make_the_course_ready(self, notebook):
        for cell in filter(self.may_fail, notebook.cells):
            assert "import coursekit" not in cell.source

    def test_nothing_else_is_tagged(self, notebook):
        tags = {tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])}
        assert tags <= {self.MAY_FAIL}
