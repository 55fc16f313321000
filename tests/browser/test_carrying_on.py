"""A student answers, saves her record, loses her home folder, and goes on elsewhere."""

import json

import axe
import pytest
from jupyterlab import OpenNotebook, until, write_cells
from playwright.sync_api import expect
from windows import too_wide

from coursekit.quiz import question
from coursekit.record import Record, examine
from coursekit.record.chain import Writer
from coursekit.record.xapi import BASE, statement

pytestmark = pytest.mark.browser

ASKED = "02-q4"
CELLS = [
    "import coursekit as ck",
    f'ck.quiz("02", only="{ASKED}")',
    'ck.predict("02-border")',
    "ck.progress()",
]


def answered_last_year(path, id):
    """Write down an answer that has been due for long."""
    actor = {"account": {"homePage": BASE, "name": "6a1c0bb2-6c5c-4f0c-9a3f-0d1f9f0c7a11"}}
    made = statement(actor, "answered", f"quiz/{id[:2]}/{id}", result={"success": True})
    Record(path).take_in([Writer().linked({**made, "timestamp": "2025-03-02T10:00:00.000Z"})])


@pytest.fixture
def begin(server, browser):
    """Open the notebook in a new session and run it."""
    opened = []

    def beginning(folder, **size):
        write_cells(server.folder / "zz_carry_on.ipynb", CELLS)
        notebook = OpenNotebook(browser, server, "zz_carry_on.ipynb", **size)
        opened.append(notebook)
        notebook.fold_sidebar()
        notebook.run_all()
        notebook.show(".ck-lab .ck-picture svg")
        return notebook

    server.empty_record()
    yield beginning
    for notebook in opened[-1:]:
        notebook.close()
    (server.folder / "zz_carry_on.ipynb").unlink()
    server.empty_record()


def card(notebook, name):
    return notebook.page.get_by_role("group", name=name, exact=True)


def load(notebook, file):
    card(notebook, "Carry on elsewhere").locator("input[type=file]").set_input_files(file)


def record_of(server):
    return (server.record / "record.jsonl").read_bytes()


def numbers(notebook):
    return notebook.page.locator(".ck-lab .ck-numbers").first


def test_a_student_carries_her_record_to_a_fresh_computer(begin, server, tmp_path):
    answered_last_year(server.record / "record.jsonl", "00-q1")
    notebook = begin("first")
    page = notebook.page
    quiz = page.locator(".ck-card", has_text=question(ASKED).stem[:40]).first
    quiz.locator("input[type=radio]").first.click()
    quiz.get_by_label("80%").click()
    quiz.get_by_role("button", name="Check").click()
    quiz.locator(".ck-card-verdict").wait_for()
    prediction = card(notebook, "Prediction")
    prediction.locator("input[type=text]").first.fill("900")
    prediction.get_by_role("button").first.click()
    prediction.locator(".ck-card-feedback p").first.wait_for()

    carry = card(notebook, "Carry on elsewhere")
    carry.scroll_into_view_if_needed()
    # What was answered since is counted when the reader comes here.
    expect(carry).to_contain_text("Your record holds 3 entries.")
    with page.expect_download() as downloading:
        carry.get_by_role("button", name="Save my record").click()
    assert downloading.value.suggested_filename == "my_record.json"
    file = tmp_path / "my_record.json"
    downloading.value.save_as(file)
    expect(carry).to_contain_text("my_record.json went to the downloads of your browser.")
    saved = json.loads(file.read_text(encoding="utf-8"))
    assert saved["counts"] == {"answered": 2, "predicted": 1}
    assert notebook.problems() == []
    before = record_of(server)
    notebook.close()

    server.empty_record()
    notebook = begin("second")
    carry = card(notebook, "Carry on elsewhere")
    expect(carry).to_contain_text("Your record holds 0 entries.")
    expect(numbers(notebook)).to_contain_text("0 of ")
    load(notebook, file)
    expect(carry).to_contain_text("3 entries came in.")
    assert record_of(server) == before
    # Progress and what is due are back at once.
    expect(numbers(notebook)).to_contain_text("Predictions: 1 of ")
    review = page.get_by_role("button", name="Review 1 question now")
    expect(review).to_be_visible()
    # The answers are back on their cards once the page is run.
    carry.get_by_role("button", name="Run this page again").click()
    quiz = page.locator(".ck-card", has_text=question(ASKED).stem[:40]).first
    quiz.locator(".ck-card-verdict").wait_for()
    expect(card(notebook, "Prediction")).to_contain_text("900")
    notebook.wait_idle()

    carry = card(notebook, "Carry on elsewhere")
    load(notebook, file)
    expect(carry).to_contain_text("Nothing had to be changed.")
    assert record_of(server) == before

    page.get_by_role("button", name="Review 1 question now").click()
    due = card(notebook, "Due for review")
    expect(due).to_contain_text(question("00-q1").stem[:40])
    expect(due).to_contain_text("from notebook 00")
    due.locator("input[type=radio]").first.click()
    due.get_by_label("80%").click()
    due.get_by_role("button", name="Check").click()
    expect(review).to_be_hidden()
    assert not examine(record_of(server)).changed
    assert notebook.problems() == []


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_the_buttons_and_the_review_can_be_used_by_all(begin, server, checker, tmp_path, theme):
    answered_last_year(server.record / "record.jsonl", "00-q1")
    notebook = begin("first")

    # Playwright begins to look out for choosers of files a little after the first who asks.
    def hear(chooser):
        pass

    notebook.page.on("filechooser", hear)
    notebook.use_theme(theme)
    try:
        notebook.page.get_by_role("button", name="Review 1 question now").click()
        card(notebook, "Due for review").wait_for()
        lab = notebook.page.locator(".ck-lab")
        assert axe.grave_violations(lab, checker, theme) == []
        # By keyboard: from the button that saves on to the one that loads.
        notebook.page.get_by_role("button", name="Save my record").focus()
        notebook.page.keyboard.press("Tab")
        expect(notebook.page.get_by_role("button", name="Load a record")).to_be_focused()
        with notebook.page.expect_file_chooser() as choosing:
            notebook.page.keyboard.press("Enter")
        other = tmp_path / "other.json"
        other.write_text("{}", encoding="utf-8")
        choosing.value.set_files(other)
        expect(card(notebook, "Carry on elsewhere").get_by_role("alert")).to_contain_text(
            "not a record"
        )
    finally:
        notebook.page.remove_listener("filechooser", hear)
        notebook.use_theme("Light")


def test_what_is_no_record_is_refused_and_the_page_fits_narrow_windows(begin, server, tmp_path):
    notebook = begin("first")
    carry = card(notebook, "Carry on elsewhere")
    other = tmp_path / "holiday.json"
    other.write_text('{"format": "<img src=x onerror=alert(1)>"}', encoding="utf-8")
    load(notebook, other)
    alert = carry.get_by_role("alert")
    expect(alert).to_contain_text("holiday.json is not a record of the course")
    large = tmp_path / "large.json"
    with large.open("wb") as empty:
        empty.truncate(200_000_000)
    load(notebook, large)
    expect(alert).to_contain_text("large.json has 200 MB, and a record has a few")
    until(notebook.page, "no request came of it", "() => !document.querySelector('img[onerror]')")
    assert too_wide(notebook, [400, 1300]) == {}
    notebook.resize(1300, 1000)
