"""Statements and small tables as HTML and as plain text."""

from html import escape

from coursekit.data import load
from coursekit.nato.statements.quotations import INVASION, beside_invasion, date_in_words

__all__ = [
    "about_invasion",
    "card",
    "cards",
    "dated_card",
    "headed",
    "quoted",
    "section",
    "source_line",
    "stored_table",
    "table",
]

# A notebook without a kernel has no style sheet of ours, and aligns to the right.
LEFT = 'style="text-align: left"'


def about_invasion():
    """Write the note under everything that compares dates with the invasion.

    Returns
    -------
    str
        A paragraph.
    """
    event = load("events").set_index("event").loc[INVASION]
    day = date_in_words(str(event["date"].date()))
    return f"<p>{escape(event['title'])} on {day}. {escape(event['note'])}</p>"


def quoted(statement):
    """Write what a statement says, and whether these are its own words.

    Parameters
    ----------
    statement : Statement
        Any statement.

    Returns
    -------
    str
        The quotation, the paraphrase, or the remark that neither is at hand.
    """
    if statement.quotation:
        return f"“{statement.quotation}”"
    return f"Paraphrase: {statement.words}" if statement.words else "No wording was checked."


def card(statement, *extra):
    """Show a statement with speaker, date and how far it was checked.

    Parameters
    ----------
    statement : Statement
        Any statement.
    *extra : str
        Further sentences, not yet escaped.

    Returns
    -------
    str
        HTML.
    """
    lines = [
        f"{statement.speaker}, {_office(statement)}",
        f"{date_in_words(statement.date)}: {statement.document}",
    ]
    shown = [*map(escape, lines), _checked(statement)]
    shown += [escape(sentence) for sentence in (*extra, statement.note) if sentence]
    said = "".join(f"<p>{line}</p>" for line in shown)
    return (
        f'<figure class="ck-sheet"><blockquote>{escape(quoted(statement))}</blockquote>'
        f"<figcaption>{said}</figcaption></figure>"
    )


def dated_card(statement, *extra):
    """Show a statement, and when it was made beside the full-scale invasion.

    Parameters
    ----------
    statement : Statement
        Any statement.
    *extra : str
        Further sentences, not yet escaped.

    Returns
    -------
    str
        HTML.
    """
    when = beside_invasion(statement.date)
    return card(statement, f"{when[0].upper()}{when[1:]}.", *extra)


def source_line(statement):
    """Show a statement in two lines.

    Parameters
    ----------
    statement : Statement
        Any statement.

    Returns
    -------
    str
        HTML.
    """
    who = escape(f"{statement.source} ({_office(statement)})")
    return f"<p>{escape(quoted(statement))}</p><p>{who} {_checked(statement)}</p>"


def _office(statement):
    return f"{statement.office}, {statement.name}" if statement.name else statement.office


def _checked(statement):
    tag = f'<span class="ck-tag">{statement.checked}</span>'
    if not statement.address:
        return tag
    address = escape(statement.address)
    return f'{tag} <a href="{address}" target="_blank" rel="noopener">Where it was seen</a>'


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
