"""A folded section of a notebook, which waits for the questions above it."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FOLDED = {"jp-MarkdownHeadingCollapsed": True}
SIGNPOST = '<em class="ck-shut">This part opens later, or press the button below.</em>'


@pytest.fixture
def page(server, open_notebook, tmp_path):
    setting = f"import os\nos.environ['COURSEKIT_RECORD'] = {str(tmp_path)!r}\n"
    cells = [
        new_code_cell(setting + "import coursekit as ck"),
        new_markdown_cell("## Two numbers"),
        new_code_cell('ck.predict("07-billion")'),
        new_code_cell('ck.predict("07-aid")'),
        new_markdown_cell(f"### The two sums\n\n{SIGNPOST}", metadata=FOLDED),
        new_code_cell('print("These are the sums.")'),
        new_markdown_cell("### Another section", metadata=FOLDED),
        new_code_cell('print("This is something else.")'),
        # Run All Cells unfolds the section of the last box.
        new_markdown_cell("## The end"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(made, server.folder / "folded.ipynb")
    notebook = open_notebook("folded.ipynb")
    notebook.run_all()
    return notebook.page


def lock(page, question):
    card = page.locator(".ck-card", has_text=question)
    card.get_by_role("textbox").fill("500")
    card.get_by_role("button", name="Lock in my prediction").click()
    card.get_by_text("Locked in").wait_for()


def folded(page):
    """Names of the sections that are folded, once the page has had time to unfold one."""
    return page.evaluate(
        """async () => {
            for (let n = 0; n < 5; n++) await new Promise(requestAnimationFrame);
            const arrow = '.jp-collapseHeadingButton.jp-mod-collapsed';
            const names = document.querySelectorAll(`.jp-MarkdownCell:has(${arrow}) h3`);
            return [...names].map(name => name.textContent.replace('¶', ''));
        }"""
    )


@pytest.mark.parametrize(
    "order", [("How many people", "How much aid"), ("How much aid", "How many people")]
)
def test_it_opens_when_all_questions_above_it_are_answered_in_any_order(page, order):
    first, last = order
    lock(page, first)
    assert folded(page) == ["The two sums", "Another section"]
    expect(page.locator(".ck-shut")).to_be_visible()
    lock(page, last)
    page.get_by_text("These are the sums.").last.wait_for()
    # What it said while it was shut would be wrong now.
    expect(page.locator(".ck-shut")).to_be_hidden()
    assert folded(page) == ["Another section"]
