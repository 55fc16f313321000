"""Copy the notebooks of the course, and the released exercises, to where Sphinx reads pages."""

import base64
import re
from pathlib import Path

import nbformat
from living_pages import place_for

from coursekit.authoring import links
from coursekit.escaping import markdown
from coursekit.forms.printing import ASLEEP
from coursekit.record.lines import replace

NOTEBOOKS, SETS = "notebooks/*.ipynb", "exercises/release/*/*.ipynb"
FRONT = Path("notebooks/02_who_joined_when.ipynb")
RAW = "```{{raw}} html\n{}\n```"
OPENING = RAW.format('<details class="answer"><summary>Open this part</summary>')
CLOSING = RAW.format("</details>")

ROOT = Path(__file__).resolve().parents[2]


def place(path):
    """Say where the page of a notebook stands.

    Parameters
    ----------
    path : pathlib.PurePath
        The notebook, relative to the checkout.

    Returns
    -------
    str
        The page, relative to ``docs/`` and without suffix.
    """
    return f"course/{path.stem}" if path.parts[0] == "notebooks" else f"exercises/{path.stem}"


def _binder(repository, path):
    return links.binder(links.home_of(ROOT)._replace(repository=repository), path)


def how_to_run(repository, path):
    """Say, in a box, how to bring a page to life.

    Parameters
    ----------
    repository : str
        Address of the repository; empty if it has none.
    path : pathlib.PurePath
        The notebook, relative to the checkout.

    Returns
    -------
    str
        Markdown.
    """
    address = _binder(repository, path.as_posix()) if repository else ""
    online = f"[Run it on Binder]({address}), with nothing to install. " if address else ""
    return (
        "\n\n```{admonition} This page is for reading\n:class: run\n"
        "Only the maps of the alliance move here, and no answer is kept. "
        f"{online}"
        "On your own computer: `make lab`, or `python -m coursekit lab`; then open "
        f"`{path.as_posix()}` in JupyterLab.\n```"
    )


def begin(repository):
    """Say on the home page how to begin without installing anything, if that is possible.

    Parameters
    ----------
    repository : str
        Address of the repository; empty if it has none.

    Returns
    -------
    str
        Markdown.
    """
    if not repository:
        return ""
    address = _binder(repository, links.START)
    return f"[**Open the course on Binder**]({address}), with nothing to install.\n"


def _foldable(cells):
    """Leave the button out that starts a page; what JupyterLab folds opens here with a click."""
    fold = 0
    for cell in cells:
        if cell.source.endswith("ck.start()"):
            continue
        heading = re.match("#+(?= )", cell.source) if cell.cell_type == "markdown" else None
        if heading and len(heading[0]) <= fold:
            yield nbformat.v4.new_markdown_cell(CLOSING)
            fold = 0
        if cell.metadata.get("jp-MarkdownHeadingCollapsed"):
            fold = len(heading[0])
            cell.source = f"{cell.source.splitlines()[0]}\n\n{OPENING}"
        yield cell
        if place := place_for(cell):
            yield nbformat.v4.new_markdown_cell(RAW.format(place))


def page(notebook, box):
    """Prepare a notebook for the site.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The notebook with its outputs; changed in place.
    box : str
        Markdown to set below the title.

    Returns
    -------
    nbformat.NotebookNode
        The same notebook.
    """
    first = notebook.cells[0]
    title, _, rest = first.source.partition("\n")
    first.source = f"{title}{box}\n{rest}"
    notebook.cells = list(_foldable(notebook.cells))
    for cell in notebook.cells:
        if cell.metadata.get("jupyter", {}).get("source_hidden"):
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
        # Sphinx makes a file of a picture, and takes its alt text from the cell.
        for output in cell.get("outputs", []):
            _awake(output)
            if alt := output.get("metadata", {}).get("image/png", {}).get("alt"):
                cell.metadata["mystnb"] = {"image": {"alt": alt}}
                output.data.pop("text/html", None)
    return notebook


def _awake(output):
    """Leave out that a page sleeps which can be run: this one cannot."""
    data = output.get("data", {})
    for kind, line in (("text/html", f"<p><em>{ASLEEP}</em></p>"), ("text/plain", f"{ASLEEP}\n")):
        if kind in data:
            data[kind] = data[kind].replace(line, "")


def contents(rows):
    """Make the table of the course, with links to pages of the site.

    Parameters
    ----------
    rows : list of coursekit.authoring.links.Page
        The notebooks.

    Returns
    -------
    str
        Markdown.
    """
    lines = ["| | notebook | question | minutes | exercises |", "|---|---|---|---:|---|"]
    for row in rows:
        path = Path(row.path)
        link = f"[{row.title}]({place(path)}.ipynb)"
        number = path.stem[:2]
        task = f"[set {number}]({place(Path(row.exercises))}.ipynb)" if row.exercises else ""
        cells = (number, link, row.question, row.minutes, task)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def write(folder, pages):
    """Write the pages that changed, and remove those that have gone.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of Sphinx' sources.
    pages : dict of str to bytes
        Content by path.
    """
    for name in ("course", "exercises"):
        for old in (folder / name).rglob("*"):
            if old.is_file() and old.relative_to(folder).as_posix() not in pages:
                old.unlink()
    for name, content in pages.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace(path, content)


def front(notebook):
    """Take the first picture of a notebook for the home page.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        A notebook with a picture.

    Returns
    -------
    dict of str to bytes
        The picture, and the Markdown that shows it with its alt text.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                alt = output.metadata["image/png"]["alt"]
                return {
                    "course/front.png": base64.b64decode(output.data["image/png"]),
                    "course/front.txt": f"![{markdown(alt)}](course/front.png)\n".encode(),
                }
    raise ValueError("The notebook for the home page has no picture.")


def copy(app, config):
    """Copy all notebooks before Sphinx looks for its sources."""
    docs, root = Path(app.srcdir), Path(app.srcdir).parent
    paths = [path for kind in (NOTEBOOKS, SETS) for path in sorted(root.glob(kind))]
    stored = {path.relative_to(root): nbformat.read(path, as_version=4) for path in paths}
    pages = front(stored[FRONT])
    pages["course/contents.txt"] = contents(links.pages(root)).encode()
    pages["course/begin.txt"] = begin(config.repository).encode()
    for path, notebook in stored.items():
        made = page(notebook, how_to_run(config.repository, path))
        pages[f"{place(path)}.ipynb"] = nbformat.writes(made).encode()
    write(docs, pages)


def setup(app):
    """Register the extension with Sphinx."""
    app.setup_extension("repository_links")
    app.connect("config-inited", copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
