"""Notebooks are stored so that they read well without a kernel."""

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

from coursekit.authoring.storing import VIEW, store

pytestmark = pytest.mark.slow


def written(path, *sources):
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    nbformat.write(notebook, path)
    return path


def test_a_widget_is_stored_as_picture_and_text(tmp_path):
    path = written(
        tmp_path / "one.ipynb", "import coursekit as ck", "ck.enlargement_explorer(year=1990)"
    )
    store(path)
    notebook = nbformat.read(path, as_version=4)
    (output,) = notebook.cells[1].outputs
    assert VIEW not in output.data
    assert set(output.data) == {"text/html", "image/png", "text/plain"}
    assert "16 NATO members" in output.data["text/plain"]
    assert "widgets" not in notebook.metadata


def test_storing_twice_gives_the_same_bytes(tmp_path):
    path = written(tmp_path / "one.ipynb", "import coursekit as ck", "ck.europe()")
    store(path)
    first = path.read_bytes()
    store(path)
    assert path.read_bytes() == first


@pytest.mark.parametrize("tags", [[], ["raises-exception"]])
def test_a_notebook_that_fails_is_left_as_it_was(tmp_path, tags):
    path = written(tmp_path / "one.ipynb", "1 / 0")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].metadata["tags"] = tags
    nbformat.write(notebook, path)
    before = path.read_bytes()
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        store(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
