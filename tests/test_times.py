"""How long a page takes is counted from what stands on it, and stated alike everywhere."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from programs import script

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


times = script(ROOT / "docs/build/times.py")


def box(source, folded=True):
    return new_code_cell(source, metadata={"jupyter": {"source_hidden": folded}})


class TestTheRule:
    def test_counts_words_boxes_and_what_they_show(self):
        cells = [
            new_markdown_cell("# 01 Title\n\nThree words here."),
            box('# To play\nck.play("03-rival")'),
            box('ck.predict("02-seven")'),
            box('ck.reveal("02-seven")'),
            box("ck.trust_lab(ask='How?')\nck.deterrence_lab()"),
            box('ck.quiz("02", only=[], review=2)'),
            box('ck.quiz("02", only=["02-q1", "02-q2"])'),
            box('ck.quiz("02", only="02-q1")'),
            box('ck.quiz("02")'),
            box("import coursekit as ck\nck.load('members')", folded=False),
            box("# A table\nck.load('members')"),
        ]
        cells[-1].outputs = [new_output("execute_result", {"text/plain": "a table"})]
        counted = times.count(cells, lambda name: {"02": 9}[name])
        assert counted == {
            **{"words": 6, "toy": 1, "prediction": 1, "answer": 1, "lab": 2},
            **{"question": 2 + 2 + 1 + 9, "code": 1, "result": 1},
        }

    def test_adds_up_minutes_and_rounds_them(self):
        assert times.minutes({"words": 1100}) == 10
        assert times.minutes({"words": 1100, "toy": 1, "question": 9}) == 25
        assert times.minutes({}) == 5

    def test_leaves_reading_the_quiz_and_the_note_for_home(self):
        counted = {"words": 1100, "toy": 1, "lab": 3, "question": 7, "note": 1}
        assert times.minutes(counted, at_home=True) == 20

    @pytest.mark.parametrize("number", times.RULE["needed"])
    def test_comes_close_to_what_readers_needed(self, number):
        of = times.counts(times.pages())[number]
        assert abs(times.minutes(of) - times.RULE["needed"][number]) <= 5

    def test_knows_how_long_whatever_a_page_shows_takes(self):
        import coursekit

        widgets = {name for name, place in coursekit._LATER.items() if "widgets." in place}
        known = [p for of in times.RULE["kinds"].values() for p in of["shown_by"]]
        # These start the page or are shown by others.
        for name in widgets - {"start", "progress"}:
            assert any(times.fnmatch(name, pattern) for pattern in known), name

    @pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
    def test_says_what_a_page_states(self, path):
        notebook = nbformat.read(path, as_version=4)
        stated = [m[1] for cell in notebook.cells for m in re.finditer(STATES, cell.source)]
        assert len(stated) == 1
        assert int(stated[0]) == times.minutes(times.count(notebook.cells)), "Run `make times`."
        assert 40 <= int(stated[0]) <= 110


STATES = r"\*\*Time:\*\* about (\d+) minutes\."


def test_every_place_states_the_same_time():
    assert [path.relative_to(ROOT).as_posix() for path in times.stale()] == [], "Run `make times`."


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    for name in ("notebooks", "docs/instructors", "exercises/release"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    for path, text in times.stale(folder).items():
        path.write_text(text, encoding="utf-8")
    return folder


class TestTheWriter:
    def test_leaves_nothing_to_do(self, copy):
        assert times.stale(copy) == {}

    def test_changes_minutes_and_nothing_else(self, copy):
        def without(text):
            text = re.sub(r"(about |home:\*\* )\d+( minutes)", r"\1N\2", text)
            return re.sub(r"(?m)^(\| *\d.*\|) *\d* *(\|.*)?$", "", text)

        for path in (copy / "docs/instructors").rglob("*.md"):
            before = (ROOT / path.relative_to(copy)).read_text(encoding="utf-8")
            assert without(path.read_text(encoding="utf-8")) == without(before)
        for path in NOTEBOOKS:
            before = nbformat.read(path, as_version=4)
            after = nbformat.read(copy / "notebooks" / path.name, as_version=4)
            for old, new in zip(before.cells, after.cells, strict=True):
                if "| | notebook |" not in old.source:
                    old.source, new.source = without(old.source), without(new.source)
                    assert old == new

    def test_gives_the_table_of_the_first_page_its_minutes(self, copy):
        cells = nbformat.read(copy / "notebooks/00_start_here.ipynb", as_version=4).cells
        (table,) = [cell.source for cell in cells if "| | notebook |" in cell.source]
        rows = re.findall(r"(?m)^\| (\d\d) \|.*\| (\d+) \|$", table)
        expected = times.counts(times.pages(copy))
        # It leads to the pages that follow.
        expected.pop("00")
        assert rows == [(number, str(times.minutes(of))) for number, of in expected.items()]
