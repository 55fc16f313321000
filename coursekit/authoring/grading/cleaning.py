"""Put back into a notebook what the release had and it has lost."""

import re
from typing import NamedTuple

from nbformat import NotebookNode, from_dict

from coursekit.handing_in import STUBS
from coursekit.sentences import Sentences

__all__ = ["Cleaned", "clean"]

SAY = Sentences(__file__)
# Words of a box that may be an answer, as notes beside one are shorter; characters that are moved.
ANSWER, MOVED = 30, 20_000
SOLUTION = re.compile("### BEGIN SOLUTION.*### END SOLUTION", re.DOTALL)


class Cleaned(NamedTuple):
    """A notebook that can be graded, what was put right, and why a text cannot have points."""

    notebook: NotebookNode
    notes: list[str]
    reasons: list[str]


def clean(notebook: NotebookNode, source: NotebookNode) -> Cleaned:
    """Give the cells of a submission the metadata that the release gave them; it is changed."""
    wanted = {
        c.metadata["nbgrader"]["grade_id"]: c for c in source.cells if "nbgrader" in c.metadata
    }
    notes = []
    language = notebook.metadata.pop("language", "python")
    if language.lower() not in ("python", "python3"):
        notes.append(SAY("language", language=language[:20]))
    chosen, lost = {}, []
    for name, original in wanted.items():
        found = [c for c in notebook.cells if _grade_id(c) == name] or _alike(
            notebook.cells, name, original, source
        )
        if not found:
            if not original.metadata["nbgrader"]["grade"]:
                continue
            notes.append(SAY("missing", cell=name))
            found = [from_dict({"cell_type": "raw", "metadata": {}, "source": _stub(original)})]
            lost += found
        if len(found) > 1 and len({c.source for c in found}) > 1:
            notes.append(SAY("twice", cell=name))
        chosen[name] = _best(found, original)
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)
    for name, cell in chosen.items():
        _become(cell, wanted[name])
    notebook.cells.extend(lost)
    texts = {name: cell for name, cell in chosen.items() if cell.cell_type == "markdown"}
    empty = [name for name, cell in texts.items() if not _is_written(cell, wanted[name])]
    own = _own_texts(notebook, source) if empty else []
    for name in empty if own else ():
        # Left as it was, nbgrader would give it no points, and show it to nobody.
        texts[name].source = "\n\n".join([SAY["moved"], *own])[:MOVED]
        notes.append(SAY("elsewhere", cell=name))
    for number, cell in enumerate(notebook.cells):
        if "nbgrader" not in cell.metadata:
            # The id of a copied cell would stand there twice.
            cell.id = f"cell-{number}"
    return Cleaned(notebook, notes, [SAY("unwritten", cell=n) for n in empty if not own])


def _own_texts(notebook, source):
    """List what may be an answer that was written into a box of the student's own."""
    given = {cell.source.strip() for cell in source.cells}
    free = [cell.source.strip() for cell in notebook.cells if "nbgrader" not in cell.metadata]
    return [text for text in free if text not in given and len(text.split()) >= ANSWER]


def _stub(original):
    """Write a box as it is released."""
    return SOLUTION.sub(STUBS[1], original.source)


def _is_written(cell, original):
    return cell.source.strip() not in ("", _stub(original).strip())


def _grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _alike(cells, name, original, source):
    """Find the cell of a task that has lost its metadata."""
    given = {c.source for c in source.cells if "nbgrader" not in c.metadata}
    known = {_grade_id(c) for c in source.cells} - {None}
    free = [c for c in cells if _grade_id(c) not in known and c.source not in given]
    if same := [cell for cell in free if cell.get("id") == original.get("id")]:
        return same
    task = re.escape(name.removesuffix("-answer"))
    if original.cell_type == "code" and name.endswith("-answer"):
        given = rf"^(?:async )?def {task}\b|^{task}[ \t]*(?::[^=\n]*)?=(?!=)"
        written = re.compile(given, re.MULTILINE)
        return [cell for cell in free if written.search(cell.source)]
    if original.cell_type == "code":
        return [cell for cell in free if cell.source.strip() == original.source.strip()]
    below = _after(cells, original, source)
    return [cell for cell in free if cell is below]


def _after(cells, original, source):
    """Find the cell that stands below what stands above a text in the source."""
    above = source.cells[source.cells.index(original) - 1].source.strip()
    places = [n for n, cell in enumerate(cells) if cell.source.strip() == above]
    return cells[places[-1] + 1] if places and places[-1] + 1 < len(cells) else None


def _best(found, original):
    """Choose among copies: the last one that was written into."""
    written = [cell for cell in found if _is_written(cell, original)]
    return (written or found)[-1] if original.cell_type == "markdown" else found[-1]


def _become(cell, original):
    kind = original.cell_type
    cell.cell_type = kind
    cell.id = original.get("id", _grade_id(original))
    if kind == "code":
        cell.outputs, cell.execution_count = [], None
    else:
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)
    about = dict(original.metadata["nbgrader"])
    if about["locked"]:
        cell.source = original.source
    cell.metadata = from_dict({"nbgrader": about, "tags": list(original.metadata.get("tags", []))})
