"""A student works on a released exercise in JupyterLab: wrong, hint, better, right."""

import shutil

import axe
import pytest
from jupyterlab import OpenNotebook, until

pytestmark = pytest.mark.browser

NAME = "02_who_joined_when"
TOO_FEW = """def members_in(year):
    members = ck.load("members")
    joined = members["accession"].dt.year < year
    return len(members[joined])"""


@pytest.fixture(scope="module")
def exercise(server, browser, root):
    """The released set 02, open, with its first cell of code run."""
    place = server.folder / "exercises" / NAME
    shutil.copytree(root / "exercises" / "release" / NAME, place)
    notebook = OpenNotebook(browser, server, f"exercises/{NAME}/{NAME}.ipynb")
    run(notebook, "import coursekit")
    yield notebook
    notebook.close()


def choose(notebook, beginning):
    """Make the cell whose source has this text the active one, as a click would."""
    found = notebook.page.evaluate(
        """text => {
            const notebook = window.jupyterapp.shell.currentWidget.content;
            const index = notebook.widgets.findIndex(
                cell => cell.model.type === 'code'
                  && cell.model.sharedModel.getSource().includes(text));
            notebook.activeCellIndex = index;
            notebook.activate();
            return index;
        }""",
        beginning,
    )
    assert found >= 0
    notebook.page.wait_for_selector(".jp-Cell.jp-mod-active .cm-content", state="visible")


def run(notebook, beginning):
    choose(notebook, beginning)
    notebook.page.keyboard.press("Shift+Enter")
    notebook.wait_idle()


def write(notebook, beginning, code):
    """Replace the text of a cell by typing, and run it."""
    choose(notebook, beginning)
    notebook.page.locator(".jp-Cell.jp-mod-active .cm-content").click()
    notebook.page.wait_for_selector(".jp-Cell.jp-mod-active.jp-mod-editMode, .jp-mod-editMode")
    notebook.page.keyboard.press("ControlOrMeta+a")
    notebook.page.keyboard.insert_text(code)
    notebook.page.keyboard.press("Shift+Enter")
    notebook.wait_idle()


def checked(notebook, task="members_in"):
    """Run the check and read what it says."""
    check = f'ck.check("02.{task}")'
    run(notebook, check)
    box = notebook.page.locator(".jp-CodeCell", has_text=check).locator(".ck-check")
    box.wait_for(state="visible")
    return box.inner_text()


def test_a_student_goes_from_a_wrong_answer_by_its_hints_to_a_right_one(exercise):
    run(exercise, "def members_in")
    assert "three dots are still there" in checked(exercise)

    write(exercise, "def members_in", TOO_FEW)
    said = checked(exercise)
    assert "You called members_in(1999)" in said
    assert "It returned 16" in said
    assert "Expected 19" in said
    assert "You left out those that joined in the year itself" in said
    assert "Hint 2 of 3" in said
    assert "Hint 3 of 3" in checked(exercise)

    write(exercise, "def members_in", TOO_FEW.replace("<", "<="))
    assert "2 of 2 checks passed. More checks follow" in checked(exercise)
    assert exercise.problems() == []


def test_a_value_that_only_marking_can_judge_is_called_possible(exercise):
    write(exercise, "border_without_1999", "border_without_1999 = 1500")
    said = checked(exercise, "border_without_1999")
    assert said == "○ border_without_1999: A possible value. Whether it is right is marked later."
    assert exercise.problems() == []


def test_an_answer_whose_box_failed_is_told_so(exercise):
    run(exercise, "georgia_before_the_war")
    assert "three dots are still there" in checked(exercise, "georgia_before_the_war")
    write(exercise, "georgia_before_the_war", "georgia_before_the_war = partner")
    said = checked(exercise, "georgia_before_the_war")
    assert "the cell with your georgia_before_the_war stopped with an error" in said
    assert "name 'partner' is not defined" in said
    write(exercise, "georgia_before_the_war", 'georgia_before_the_war = "promised"')
    assert "A possible value" in checked(exercise, "georgia_before_the_war")
    # The kernel told the page of the student's own mistake.
    assert exercise.problems() == ["NameError: name 'partner' is not defined"]
    exercise.page.evaluate("() => { window.kernelErrors = []; }")


@pytest.mark.parametrize(
    ("path", "beginning", "mistake"),
    [
        (f"again/{NAME}.ipynb", "neutral_years", "neutral_years = 'four"),
        ("notebooks/00_start_here.ipynb", "scenario = ck.Scenario", "scenario = ck.Scenario(204)"),
        ("notebooks/08_blocs.ipynb", "years = [1985", "years = [1985, 1998 2025]"),
    ],
)
def test_a_mistake_in_a_box_to_be_changed_stops_no_other_box(
    server, root, open_notebook, path, beginning, mistake
):
    released = root / "exercises" / "release" / NAME
    shutil.copytree(released, server.folder / "again", dirs_exist_ok=True)
    notebook = open_notebook(path)
    write(notebook, beginning, mistake)
    notebook.restart()
    notebook.run_all()
    # JupyterLab takes the star from all boxes when one has failed, also where more are to come.
    until(
        notebook.page,
        "every box has been run",
        """() => window.jupyterapp.shell.currentWidget.content.widgets.every(
            cell => cell.model.type !== 'code' || cell.model.executionCount)""",
    )
    failed = notebook.page.evaluate(
        """() => window.jupyterapp.shell.currentWidget.content.widgets
            .filter(cell => cell.model.outputs?.toJSON().some(o => o.output_type === 'error'))
            .map(cell => cell.model.sharedModel.getSource())"""
    )
    assert failed[0] == mistake


def test_the_check_itself_cannot_be_edited(exercise):
    choose(exercise, 'ck.check("02.members_in")')
    exercise.page.keyboard.press("Enter")
    exercise.page.keyboard.insert_text("42")
    source = exercise.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.source"
    )
    assert source == 'ck.check("02.members_in")'
    exercise.page.keyboard.press("Escape")


def test_a_name_that_is_missing_gets_a_sentence_and_no_traceback(exercise):
    run(exercise, 'ck.check("02.status_on")')
    said = exercise.page.locator(".ck-check").last.inner_text()
    assert "There is no status_on in this notebook yet" in said
    assert exercise.problems() == []


@pytest.mark.parametrize("theme", ["Dark", "Light"])
def test_results_are_accessible_in_both_themes(exercise, checker, theme):
    run(exercise, "def members_in")
    checked(exercise)
    run(exercise, 'ck.check("02.status_on")')
    write(exercise, "border_without_1999", "border_without_1999 = 1500")
    checked(exercise, "border_without_1999")
    exercise.use_theme(theme)
    for result in exercise.page.locator(".ck-check").all():
        # The page grows while it is scrolled, and what is off the screen is not checked.
        until(
            exercise.page,
            "the result of the check is on the screen",
            """node => {
                node.scrollIntoView({ block: "center" });
                const { top, bottom } = node.getBoundingClientRect();
                return top > 0 && bottom < innerHeight;
            }""",
            result.element_handle(),
        )
        assert axe.grave_violations(result, checker, theme) == []
