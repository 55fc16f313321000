"""The labs on the models in a real JupyterLab: every control of every lab is driven."""

import nbformat
import pytest
from jupyterlab import OpenNotebook
from nbformat.v4 import new_code_cell, new_notebook

pytestmark = pytest.mark.browser

# It chooses whose sliders move next; until one moves there is nothing new to see.
SILENT = {"Whose belief"}
LABS = ["game", "arms_race", "trust", "deterrence", "reciprocity", "polarisation", "comparison"]


@pytest.fixture(scope="module")
def page(server, browser):
    cells = [new_code_cell("import coursekit as ck")]
    cells += [new_code_cell(f"ck.{name}_lab()") for name in LABS]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = server.folder / "models.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    notebook = OpenNotebook(browser, server, "models.ipynb", width=1300, height=1500)
    notebook.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    notebook.run_all()
    yield notebook
    notebook.close()


def signature(lab):
    """What a student sees of a lab: picture and words."""
    lab.locator("[data-pending='false']").first.wait_for(state="attached")
    return lab.evaluate("e => e.querySelector('.ck-picture').innerHTML + e.innerText")


def visible(control):
    return control.is_visible()


def drive(page, control):
    """Move a control in every way it can be moved, and put it back; yield after each move."""
    kind = control.evaluate("e => e.getAttribute('role') || e.type || e.tagName.toLowerCase()")
    if kind == "slider":
        for keys in (("ArrowRight", "ArrowLeft"), ("ArrowLeft", "ArrowRight")):
            for key in keys:
                control.focus()
                page.keyboard.press(key)
                yield
    elif kind == "select-one":
        first = control.input_value()
        for value in control.evaluate("e => [...e.options].map(o => o.value)"):
            control.select_option(value=value)
            yield
        control.select_option(value=first)
        yield
    elif kind == "checkbox":
        for _ in range(2):
            control.click()
            yield
    else:
        control.click()
        yield


@pytest.mark.parametrize("name", LABS)
def test_every_control_changes_what_is_seen(page, name):
    place = LABS.index(name)
    page.page.evaluate("n => document.querySelectorAll('.ck-lab')[n].scrollIntoView()", place)
    lab = page.page.locator(".ck-lab").nth(place)
    signature(lab)
    everything = ".ck-row :is([role='slider'], select, input[type='checkbox'])"
    shown = [control for control in lab.locator(everything).element_handles() if visible(control)]
    assert len(shown) >= 3
    for control in shown:
        before, changed = signature(lab), False
        words = control.evaluate("e => e.ariaLabel || e.closest('label').innerText")
        for _ in drive(page.page, control):
            page.page.wait_for_timeout(250)
            changed = changed or signature(lab) != before
        assert changed or words in SILENT, f"{name}: nothing changed when {words!r} was moved"
        lab.get_by_role("button", name="Reset").click()
        page.page.wait_for_timeout(250)
    assert page.problems() == []
    assert "A model shows what follows from assumptions." in lab.inner_text()
