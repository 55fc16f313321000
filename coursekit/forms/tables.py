"""Cards, headed parts and small tables as HTML, and what is stored beside them as plain text."""

from html import escape

__all__ = ["cards", "headed", "section", "stored_table", "table"]

# A notebook without a kernel has no style sheet of ours, and aligns to the right.
LEFT = 'style="text-align: left"'


def cards(*shown):
    """Set cards side by side.

    Parameters
    ----------
    *shown : str
        Cards as HTML.

    Returns
    -------
    str
        HTML.
    """
    return f'<div class="ck-cards">{"".join(shown)}</div>'


def headed(title, html):
    """Put a heading above one of several cards.

    Parameters
    ----------
    title : str
        The heading, not yet escaped.
    html : str
        The card.

    Returns
    -------
    str
        HTML.
    """
    return f"<div><h5>{escape(title)}</h5>{html}</div>"


def section(title, html):
    """Put a heading above some HTML.

    Parameters
    ----------
    title : str
        The heading, not yet escaped.
    html : str
        What stands below it.

    Returns
    -------
    str
        HTML.
    """
    return f"<h4>{escape(title)}</h4>{html}"


def table(columns, rows):
    """Write a table.

    Parameters
    ----------
    columns : sequence of str
        Headings.
    rows : iterable of sequence of str
        Cells, not yet escaped.

    Returns
    -------
    str
        HTML.
    """
    columns = [escape(column) for column in columns]
    head = "".join(f'<th scope="col" {LEFT}>{column}</th>' for column in columns)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-column="{column}" {LEFT}>{escape(cell)}</td>'
            for column, cell in zip(columns, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="ck-facts"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def stored_table(title, columns, rows):
    """Write a table for a notebook without a kernel.

    Parameters
    ----------
    title : str
        A sentence above it.
    columns : sequence of str
        Headings.
    rows : list of sequence of str
        Cells, not yet escaped.

    Returns
    -------
    html, plain : str
        The same twice.
    """
    plain = "\n".join([title, *(" | ".join(row) for row in [columns, *rows])])
    return f"<p>{escape(title)}</p>{table(columns, rows)}", plain
