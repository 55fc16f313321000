"""Statements as lines of feedback on a card, and in one line of text."""

from coursekit.citation import date_in_words
from coursekit.nato.statements.quotations import INVASION, Statement, beside_invasion, row_of


def about_invasion(votes: bool = True) -> str:
    """Write the note under all that compares dates with the invasion, with or without the votes."""
    event = row_of("events", "event", INVASION, "event")
    day = date_in_words(str(event["date"].date()))
    note = event["note"] if votes else event["note"].partition(", by ")[0] + ")."
    return f"{event['title']} on {day}. {note}"


def quoted(said: Statement) -> str:
    """Write what a statement says, and whether these are its own words."""
    if said.quotation:
        return f"“{said.quotation}”"
    return f"Paraphrase: {said.words}" if said.words else "No wording was checked."


def line(said: Statement, head: str, *extra: str) -> dict[str, str]:
    """Show a statement with speaker, date and how far it was checked."""
    office = f"{said.office}, {said.name}" if said.name else said.office
    where = f"{said.speaker}, {office}. {date_in_words(said.date)}: {said.document}"
    parts = [quoted(said), where, *extra, said.note]
    text = "\n\n".join(filter(None, parts))
    return {"head": head, "text": text, "aside": said.checked, "seen": said.address}


def dated_line(said: Statement, head: str, *extra: str) -> dict[str, str]:
    """Show a statement, and when it was made beside the full-scale invasion."""
    when = beside_invasion(said.date)
    return line(said, head, f"{when[0].upper()}{when[1:]}.", *extra)


def one_line(said: Statement) -> str:
    """Write a statement, who made it and when; its card has the rest."""
    doubt = "" if said.verified == "yes" else f"; {said.checked}"
    where = f"{said.name or said.office}{doubt}"
    return f"{quoted(said)} {said.speaker}, {date_in_words(said.date)} ({where})"
