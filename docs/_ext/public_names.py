"""Make docstrings read well on a page: references in full, and no field of a tuple twice."""

import re

from coursekit.data import cite

KEYS = re.compile(r"[a-z_]+\d{4}(, [a-z_]+\d{4})*")


def skip(app, what, name, member, skipped, options):
    """Leave out the fields of a named tuple; None leaves the choice to Sphinx."""
    return True if type(member).__name__ == "_tuplegetter" else None


def write_out(app, what, name, about, options, lines):
    """Replace the keys of readings below *References* by the references."""
    if "References" not in lines:
        return
    start = lines.index("References") + 2
    for number in range(start, len(lines)):
        if KEYS.fullmatch(lines[number]):
            works = [cite(key).partition(" http") for key in lines[number].split(", ")]
            lines[number] = "\n".join(
                "- " + re.sub(r"([*`_|\\])", r"\\\1", text) + mark + address
                for text, mark, address in works
            )
    lines[:] = "\n".join(lines).split("\n")


def setup(app):
    """Register the extension with Sphinx."""
    app.connect("autodoc-skip-member", skip)
    # Before napoleon turns the headings of a docstring into fields.
    app.connect("autodoc-process-docstring", write_out, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
