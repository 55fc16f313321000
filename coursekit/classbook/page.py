"""A report as one page of HTML that needs nothing else and runs nothing."""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from coursekit.figures.base import CourseFigure

TEMPLATE = Path(__file__).with_name("page.html.j2")


class Table(NamedTuple):
    """A table on a page; columns whose heading is in `numbers` stand to the right."""

    caption: str
    head: tuple[str, ...]
    rows: list[tuple]
    numbers: tuple[str, ...] = ()
    folded: bool = False


class Section(NamedTuple):
    """A part of a page: what it shows, how to read it, pictures and tables."""

    id: str
    title: str
    lead: str
    figures: Sequence[CourseFigure] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()


def section(words: dict[str, dict], id: str, figures=(), tables=(), notes=()) -> Section:
    """Make a part, with its title and its lead from the words for all of them."""
    return Section(id, **words[id], figures=figures, tables=tables, notes=notes)


def _address(figure):
    picture = base64.b64encode(figure.svg().encode("utf-8")).decode("ascii")
    return f"data:image/svg+xml;base64,{picture}"


def html(title: str, warning: str, facts: list[str], sections: list[Section]) -> str:
    """Write a page; every text in it is escaped."""
    from jinja2 import Environment

    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = made.from_string(TEMPLATE.read_text(encoding="utf-8"))
    words = {"title": title, "warning": warning, "facts": facts}
    return template.render(sections=sections, address=_address, **words)
