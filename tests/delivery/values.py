"""Run notebooks in the Python that runs this file, and print where their values differ.

What a picture looks like is not compared: its words and numbers stand beside it. Nothing of the
tests is imported, for the environment holds the course alone.
"""

import json
import os
import re
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

PICTURE = re.compile(r"data:image/png;base64,[\w+/=]*")


def values(cell):
    """What a code cell gave: its texts, or its error."""
    found = []
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            found.append(output.text)
        elif output.output_type == "error":
            found.append(f"{output.ename}: {output.evalue}")
        else:
            texts = {k: v for k, v in output.data.items() if k.startswith("text/")}
            found.append({kind: PICTURE.sub("picture", text) for kind, text in texts.items()})
    return found


def differences(path):
    """Run a notebook and list the cells whose values are not those stored."""
    notebook = nbformat.read(path, as_version=4)
    stored = [values(cell) for cell in notebook.cells]
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        allow_errors=True,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    with tempfile.TemporaryDirectory() as record:
        client.execute(env={**os.environ, "COURSEKIT_RECORD": record})
    for number, (was, cell) in enumerate(zip(stored, notebook.cells, strict=True)):
        if values(cell) != was:
            yield f"{path.name}, cell {number}: {was} and now {values(cell)}"


def main():
    """Print the differences, and how many code cells were compared."""
    found, compared = [], 0
    for path in sorted(Path(sys.argv[1]).glob("*.ipynb")):
        found += differences(path)
        cells = nbformat.read(path, as_version=4).cells
        compared += sum(cell.cell_type == "code" for cell in cells)
    print(json.dumps({"differences": found, "compared": compared}))


if __name__ == "__main__":
    main()
