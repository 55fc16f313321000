"""Slides of a notebook's key figures, for a class."""

import re
from pathlib import Path

import nbformat

__all__ = ["deck", "slides"]

HEADING = re.compile(r"^##? .*", re.MULTILINE)


def deck(notebook):
    """Take the cells that are marked as slides, each figure under the heading of its section.

    A cell is marked by ``"slideshow": {"slide_type": "slide"}`` in its metadata, as JupyterLab's
    property inspector does it.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        A notebook with its outputs.

    Returns
    -------
    nbformat.NotebookNode
        A notebook of slides: texts as they are, figures without the code that draws them.

    Raises
    ------
    ValueError
        If no cell is marked, or a marked code cell has no output.
    """
    made, heading = [], ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = (HEADING.findall(cell.source) or [heading])[-1]
        if cell.metadata.get("slideshow", {}).get("slide_type") != "slide":
            continue
        if cell.cell_type == "markdown":
            made.append(nbformat.v4.new_markdown_cell(cell.source, metadata=cell.metadata))
            continue
        if not cell.outputs:
            raise ValueError(
                f"A slide has no output: {cell.source.splitlines()[0]}. Run `make notebooks`."
            )
        made.append(nbformat.v4.new_markdown_cell(heading, metadata=cell.metadata))
        made.append(nbformat.v4.new_code_cell("", outputs=cell.outputs))
    if not made:
        raise ValueError(
            "No cell is marked as a slide. In JupyterLab give those to show the Slide Type Slide."
        )
    return nbformat.v4.new_notebook(cells=made, metadata=notebook.metadata)


def slides(path, folder, reveal=""):
    """Write the slides of a notebook as one page of HTML.

    Parameters
    ----------
    path : pathlib.Path
        The notebook.
    folder : pathlib.Path
        Where the page goes; made if missing.
    reveal : str, optional
        Address or folder of reveal.js, the only thing that the page loads; that of nbconvert, in
        the network, if left out.

    Returns
    -------
    pathlib.Path
        The page.

    Raises
    ------
    ValueError
        If there is nothing to show; see `deck`.
    """
    from nbconvert import SlidesExporter

    template = str(Path(__file__).with_name("slides.html.j2"))
    exporter = SlidesExporter(template_file=template, exclude_input=True, reveal_theme="simple")
    if reveal:
        exporter.reveal_url_prefix = reveal
    shown = deck(nbformat.read(path, as_version=4))
    title = HEADING.search(shown.cells[0].source)
    name = title[0].lstrip("# ") if title else path.stem
    html, _ = exporter.from_notebook_node(shown, resources={"metadata": {"name": name}})
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / f"{path.stem}.slides.html"
    page.write_text(html, encoding="utf-8", newline="\n")
    return page
