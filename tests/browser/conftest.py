"""A JupyterLab server for the whole session."""

import shutil

import axe
import pytest
from jupyterlab import OpenNotebook, Server, write_cells


@pytest.fixture(scope="session")
def server(browser, root, tmp_path_factory):
    """JupyterLab on a copy of the notebooks, so that its autosave changes nothing."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(root / "notebooks", folder / "notebooks")
    running = Server(folder, tmp_path_factory.mktemp("jupyter"))
    running.folder = folder
    yield running
    running.stop()


@pytest.fixture
def open_notebook(server, browser):
    """Open notebooks by path; all are closed at the end."""
    opened = []

    def opening(path, **size):
        opened.append(OpenNotebook(browser, server, path, **size))
        return opened[-1]

    yield opening
    for notebook in opened:
        notebook.close()


@pytest.fixture
def open_boxes(server, browser):
    """Open notebooks made of some boxes, each run; the record is empty at first."""
    server.empty_record()
    opened = []

    def opening(name, *sources, **size):
        write_cells(server.folder / f"{name}.ipynb", sources)
        opened.append(OpenNotebook(browser, server, f"{name}.ipynb", **size))
        opened[-1].fold_sidebar()
        opened[-1].run_all()
        opened[-1].page.locator(".ck-picture svg").first.wait_for()
        return opened[-1]

    yield opening
    for notebook in opened:
        notebook.close()


@pytest.fixture(scope="session")
def checker(tmp_path_factory, needs_chromium):
    """The source of axe-core."""
    return axe.source(tmp_path_factory.mktemp("axe"))
