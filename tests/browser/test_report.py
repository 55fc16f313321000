"""The report, written in the page when the student asks for it."""

import tempfile
from pathlib import Path

import pytest
from jupyterlab import write_cells
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CELLS = [
    # Nobody has answered anything yet, whatever other tests have kept.
    "import os\nos.environ['COURSEKIT_RECORD'] = os.path.abspath('record')",
    "import coursekit as ck",
    'ck.note("02-cost", "What did it cost?")',
    "ck.write_report()",
]
NOTE = "It cost $5 and $6, or \\(a\\) & more."


@pytest.fixture
def course(server, open_notebook):
    folder = Path(tempfile.mkdtemp(prefix="report-", dir=server.folder))
    write_cells(folder / "report.ipynb", CELLS)
    opened = open_notebook(f"{folder.name}/report.ipynb")
    opened.run_all()
    return opened, folder


def test_is_written_when_asked_for_and_not_by_running_all(course):
    opened, folder = course
    note, card = (opened.page.locator(".ck-card").nth(place) for place in (0, 1))
    button = card.get_by_role("button", name="Write my report")
    button.click()
    card.get_by_text("Nothing is recorded yet").wait_for()
    opened.run_all()
    opened.settled()
    assert not list(folder.glob("my_report.*"))

    note.locator("textarea").fill(NOTE)
    note.get_by_role("button", name="Keep my note").click()
    note.get_by_text("Kept.").wait_for()
    button.click()
    card.get_by_text("Still open").wait_for()
    assert str(folder.resolve()) in card.inner_text()
    assert "my_report.html and my_report.md" in card.inner_text()
    assert "questions of the quizzes" in card.inner_text()
    before = {path.name: path.stat().st_mtime_ns for path in folder.glob("my_report.*")}
    assert sorted(before) == ["my_report.html", "my_report.md"]

    opened.run_all()
    card.get_by_role("button", name="Write my report again").wait_for()
    assert {path.name: path.stat().st_mtime_ns for path in folder.glob("my_report.*")} == before
    assert opened.problems() == []


def test_has_no_mathematics_where_dollars_are_meant(course):
    opened, folder = course
    opened.ask_kernel(f"str(ck.note('02-cost', 'Cost?').submit('note', {{'text': {NOTE!r}}}))")
    opened.ask_kernel("str(__import__('coursekit.report').report.save())")
    # What comes later is set later: when this sum is, the report has been looked through.
    (folder / "sum.md").write_text("$1 + 1$", encoding="utf-8")
    for name, sign in (("my_report.md", "blockquote"), ("sum.md", "mjx-container")):
        opened.command("markdownviewer:open", path=f"{folder.name}/{name}")
        opened.page.locator(f".jp-MarkdownViewer {sign}").wait_for()
    report = opened.page.locator(".jp-MarkdownViewer", has=opened.page.locator("blockquote"))
    assert report.locator("blockquote").text_content().strip() == NOTE
    expect(report.locator("mjx-container")).to_have_count(0)
    for _ in range(2):
        opened.page.evaluate("() => window.jupyterapp.shell.currentWidget.dispose()")
