"""Slides of the key figures, from the metadata of the cells."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

from coursekit.authoring.slides import deck, slides
from coursekit.cli import app

SLIDE = {"slideshow": {"slide_type": "slide"}}


@pytest.fixture(scope="module", params=range(11))
def path(root, request):
    return sorted((root / "notebooks").glob("*.ipynb"))[request.param]


class TestCourse:
    def test_every_notebook_shows_its_question_and_its_key_figures(self, path):
        cells = deck(nbformat.read(path, as_version=4)).cells
        assert cells[0].source.startswith("# ")
        assert cells[0].source.rstrip(".").find("?") > 0
        figures = [cell for cell in cells if cell.cell_type == "code"]
        assert figures
        for heading, figure in zip(cells[1::2], cells[2::2], strict=True):
            assert heading.source.startswith("## ")
            assert figure.outputs

    def test_a_page_keeps_the_alt_texts_and_hides_the_code(self, path, tmp_path):
        text = slides(path, tmp_path).read_text(encoding="utf-8")
        pictures = re.findall(r"<img[^>]*>", text)
        assert all(re.search(r'alt="[^"]{20,}"', picture) for picture in pictures)
        assert "No description has been provided" not in text
        assert "import coursekit" not in text
        assert "Predict first" not in text
        assert re.search(r"<title>.*\S.*</title>", text)


def test_reveal_can_lie_on_this_machine(root, tmp_path):
    path = root / "notebooks" / "02_who_joined_when.ipynb"
    done = CliRunner().invoke(
        app, ["slides", str(path), "--to", str(tmp_path), "--reveal", "my-reveal"]
    )
    assert done.exit_code == 0
    text = (tmp_path / "02_who_joined_when.slides.html").read_text(encoding="utf-8")
    loaded = re.findall(r"<(?:link|script|img)[^>]*(?:href|src)=\"(?!data:)([^\"]*)", text)
    assert "my-reveal/dist/reveal.js" in loaded
    assert all(address.startswith("my-reveal/") for address in loaded)
    assert not re.search(r"@import|import .* from|url\((?!data:|#)", text)


class TestMistakes:
    def test_a_notebook_without_slides_says_how_to_mark_them(self, tmp_path):
        path = tmp_path / "none.ipynb"
        nbformat.write(new_notebook(cells=[new_markdown_cell("# One")]), path)
        done = CliRunner().invoke(app, ["slides", str(path), "--to", str(tmp_path)])
        assert done.exit_code == 1
        assert "none.ipynb: No cell is marked as a slide" in done.stderr

    def test_a_figure_that_was_not_run_says_so(self):
        cell = new_code_cell("ck.europe(2025)", metadata=SLIDE)
        with pytest.raises(ValueError, match=r"no output: ck.europe\(2025\)"):
            deck(new_notebook(cells=[cell]))
