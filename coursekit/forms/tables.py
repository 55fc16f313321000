"""Headed parts and small tables as HTML, and what is stored beside them as plain text."""

from collections.abc import Iterable, Sequence
from html import escape

# A notebook without a kernel has no style sheet of ours, and aligns to the right.
LEFT = 'style="text-align: left"'


def fold(title: str, html: str) -> str:
    """Put some HTML where it opens when it is asked for."""
    return f"<details><summary>{escape(title)}</summary>{html}</details>"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table."""
    columns = [escape(column) for column in columns]
    head = "".join(f'<th scope="col" {LEFT}>{column}</th>' for column in columns)
    body = ""
    for row in rows:
        pairs = zip(columns, row, strict=True)
        cells = (f'<td data-column="{name}" {LEFT}>{escape(cell)}</td>' for name, cell in pairs)
        body += f"<tr>{''.join(cells)}</tr>"
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="ck-panel-facts">{table}</div>'


def stored_table(title: str, columns: Sequence[str], rows: list[Sequence[str]]) -> tuple[str, str]:
    """Write a table for a notebook without a kernel."""
    plain = "\n".join([title, *(" | ".join(row) for row in [columns, *rows])])
    return f"<p>{escape(title)}</p>{table(columns, rows)}", plain
