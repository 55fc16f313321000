"""Statements and small tables as HTML and as plain text."""

from html import escape

from coursekit.data import load
from coursekit.nato.statements.quotations import INVASION, beside_invasion, date_in_words

__all__ = ["about_invasion", "card", "dated_card", "quoted", "source_line"]


def about_invasion() -> str:
    """Write the note under everything that compares dates with the invasion."""
    event = load("events").set_index("event").loc[INVASION]
    day = date_in_words(str(event["date"].date()))
    return f"<p>{escape(event['title'])} on {day}. {escape(event['note'])}</p>"


def quoted(statement) -> str:
    """Write what a statement says, and whether these are its own words."""
    if statement.quotation:
        return f"“{statement.quotation}”"
    return f"Paraphrase: {statement.words}" if statement.words else "No wording was checked."


def card(statement, *extra: str) -> str:
    """Show a statement with speaker, date and how far it was checked."""
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


def dated_card(statement, *extra: str) -> str:
    """Show a statement, and when it was made beside the full-scale invasion."""
    when = beside_invasion(statement.date)
    return card(statement, f"{when[0].upper()}{when[1:]}.", *extra)


def source_line(statement) -> str:
    """Show a statement in two lines."""
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
