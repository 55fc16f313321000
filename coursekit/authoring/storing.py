"""Run a notebook and store it so that it reads well without a kernel."""

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from coursekit.record.lines import replace

__all__ = ["store", "strip"]

VIEW = "application/vnd.jupyter.widget-view+json"


def strip(notebook):
    """Take out of a notebook what differs from run to run or dies with the kernel.

    A stored widget view shows "model not found" once its kernel has gone, so only the picture and
    the text beside it are kept.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        A notebook that has been run; changed in place.

    Returns
    -------
    nbformat.NotebookNode
        The same notebook.
    """
    notebook.metadata.pop("widgets", None)
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook.metadata["kernelspec"] = kernel
    # The rest tells nbconvert how to write a script; the version is this machine's.
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VIEW, None)
            output.get("metadata", {}).pop(VIEW, None)
    return notebook


def store(path):
    """Run a notebook in its own folder and write it back with its outputs.

    The file is replaced only after the whole notebook has run without an error, also in cells that
    may fail once a student has changed them (tag ``raises-exception``). The notebook sees an empty
    learner's record, so that what is stored depends on nobody's answers.

    Parameters
    ----------
    path : pathlib.Path
        The notebook.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails.
    """
    path = Path(path)
    notebook = nbformat.read(path, as_version=4)
    how = {"kernel_name": "python3", "force_raise_errors": True, "record_timing": False}
    how |= {"store_widget_state": False, "resources": {"metadata": {"path": str(path.parent)}}}
    client = NotebookClient(notebook, timeout=120, **how)
    with tempfile.TemporaryDirectory() as record:
        client.execute(env={**os.environ, "COURSEKIT_RECORD": record})
    text = nbformat.writes(strip(notebook), version=4)
    replace(path, f"{text}\n".encode())
