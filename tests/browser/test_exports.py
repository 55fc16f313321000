"""What nbconvert makes of a notebook, with its own template and without any network."""

import re

import nbformat
import pytest
from jupyterlab import until, write_cells
from nbconvert import HTMLExporter, ScriptExporter
from nbformat.v4 import new_markdown_cell
from traitlets.config import Config

from coursekit.authoring.storing import VIEW, strip

pytestmark = pytest.mark.browser

CELLS = [
    "import coursekit as ck",
    'ck.enlargement_explorer(ask="Who joined when?")',
    "ck.europe(ck.Scenario(2004))",
    'ck.argument_map(ask="What holds?")',
    'ck.statement_lab(part="versions", ask="What changed?")',
    'ck.predict("02-seven")',
    'ck.quiz("02")',
    'ck.note("02-many", "What is many?")',
    "ck.progress()",
]
STATE = "application/vnd.jupyter.widget-state+json"
# What a text for the whole notebook says: nbconvert then leaves the saved widgets alone.
WITHOUT_STATE = Config({"ClearMetadataPreprocessor": {"enabled": True}})


def outputs_of(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def export(notebook, folder, config=None):
    page = folder / "page.html"
    page.write_text(HTMLExporter(config=config).from_notebook_node(notebook)[0], encoding="utf-8")
    return page


@pytest.fixture(scope="module")
def saved(server, browser):
    """A notebook that was run in JupyterLab and saved there."""
    from jupyterlab import OpenNotebook

    path = server.folder / "exported.ipynb"
    write_cells(path, CELLS)
    opened = OpenNotebook(browser, server, path.name)
    opened.run_all()
    opened.command("docmanager:save")
    opened.close()
    return nbformat.read(path, as_version=4)


@pytest.fixture
def offline(browser):
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


def with_state(notebook):
    """The same with the state of its widgets, as `nbconvert --execute` keeps it."""
    ids = []
    for output in outputs_of(notebook):
        if "Asleep." in output.data.get("text/html", ""):
            ids.append(f"view-{len(ids)}")
            view = {"model_id": ids[-1], "version_major": 2, "version_minor": 0}
            output.data[VIEW] = view
    assert len(ids) == 7
    state = {"state": {id: {} for id in ids}, "version_major": 2, "version_minor": 0}
    notebook.metadata["widgets"] = {STATE: state}
    return notebook


def stored(notebook):
    return strip(notebook)


def as_saved(notebook):
    return notebook


@pytest.mark.parametrize(
    ("kept", "config"),
    [(as_saved, None), (stored, None), (with_state, WITHOUT_STATE)],
    ids=["saved by a student", "stored by the course", "saved with widgets"],
)
def test_an_exported_page_shows_every_picture_and_text_offline(
    saved, offline, tmp_path, kept, config
):
    notebook = kept(nbformat.from_dict(saved))
    outputs = outputs_of(notebook)
    assert len(outputs) == len(CELLS) - 1
    offline.goto(export(notebook, tmp_path, config).as_uri(), wait_until="domcontentloaded")
    until(offline, "pictures are there", "() => [...document.images].every(one => one.complete)")
    shown = offline.eval_on_selector_all(
        ".jp-OutputArea-output",
        """nodes => nodes.map(node => ({
            text: node.innerText.trim(),
            pictures: [...node.querySelectorAll('img')].map(
                one => one.naturalWidth && one.getBoundingClientRect().height && one.alt),
        }))""",
    )
    assert len(shown) == len(outputs)
    for output, there in zip(outputs, shown, strict=True):
        alt = output.metadata.get("image/png", {}).get("alt")
        assert there["pictures"] == ([alt] if alt else [])
        assert alt or len(there["text"]) > 30
    assert "The map in words" in shown[2]["text"]


def test_a_script_keeps_the_texts_as_comments(saved):
    notebook = strip(nbformat.from_dict(saved))
    notebook.cells.insert(0, new_markdown_cell("# Who joined when\n\nA question."))
    text, told = ScriptExporter().from_notebook_node(notebook)
    assert told["output_extension"] == ".py"
    assert re.search(r"^# # Who joined when\n#\s*\n# A question\.$", text, re.MULTILINE)
    assert CELLS[2] in text
    compile(text, "script", "exec")
