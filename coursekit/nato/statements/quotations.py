"""Dated statements: what was said, how far the wording was checked, and what came first."""

import datetime
from dataclasses import dataclass
from functools import cache

import pandas as pd

from coursekit.citation import date_in_words
from coursekit.content import by_course
from coursekit.data import load
from coursekit.errors import CourseError, unknown

__all__ = ["CHECKED", "Statement", "beside_invasion", "date_in_words", "statement"]

CHECKED = {"yes": "wording checked", "partly": "checked in part", "no": "not checked"}
# Event of the timeline with which dates are compared.
INVASION = "E76"


@dataclass(frozen=True)
class Statement:
    """A statement with its speaker and date.

    Parameters
    ----------
    name : str
        Identifier, or empty for a statement outside the table.
    date : str
        Year, month or day: ``2024``, ``1995-09`` or ``2022-06-29``.
    speaker, office, document : str
        Who, in which function, where.
    quotation : str
        Verbatim, or empty where no wording was checked.
    words : str
        Paraphrase, where there is no quotation.
    address : str
        Page on which it was seen; may be empty.
    verified : {"yes", "partly", "no"}
        How far the wording was checked.
    note : str
        What a reader should know.
    seen : {"document", "copy"}
        Whether the wording was seen in the document or in a copy of it.
    """

    name: str
    date: str
    speaker: str
    office: str
    document: str
    quotation: str
    words: str
    address: str
    verified: str
    note: str
    seen: str = "document"

    @property
    def checked(self) -> str:
        """How far the wording was checked, in words; without a quotation, how far the source."""
        words = CHECKED[self.verified] + (", in a copy" if self.seen == "copy" else "")
        return words if self.quotation else words.replace("wording", "source")

    @property
    def source(self) -> str:
        """Date, speaker and document, on one line."""
        return f"{date_in_words(self.date)}: {self.speaker}, {self.document}"


def statement(name: str) -> Statement:
    """Look up a statement.

    Parameters
    ----------
    name : str
        Identifier in the table ``statements``, such as ``"S03"``.

    Returns
    -------
    Statement
        What was said, by whom and when.

    Raises
    ------
    CourseError
        If there is no such statement.

    Examples
    --------
    >>> statement("S29").source
    '3 April 2008: NATO Heads of State and Government, Declaration of the Bucharest summit, \
paragraph 23'
    """
    row = row_of("statements", "statement", name, "statement")
    columns = ["date", "speaker", "office", "document", "quotation", "address", "verified"]
    return Statement(name=name, words="", **row[[*columns, "note", "seen"]])


def row_of(table: str, column: str, name: str, noun: str) -> pd.Series:
    """Look up a row of a table by its name; raises CourseError if there is none."""
    rows = _by_name(table, column)
    if name not in rows.index:
        raise unknown(noun, name, rows.index)
    return rows.loc[name]


@by_course
def _by_name(table: str, column: str) -> pd.DataFrame:
    return load(table).set_index(column)


@cache
def _invasion() -> datetime.date:
    day: datetime.date = row_of("events", "event", INVASION, "event")["date"].date()
    return day


def beside_invasion(date: str) -> str:
    """Say how long before or after Russia's full-scale invasion of Ukraine a date lies.

    Parameters
    ----------
    date : str
        Year, month or day: ``2024``, ``1995-09`` or ``2022-06-29``.

    Returns
    -------
    str
        Days up to two months, then months up to two years, then years, all rounded; only the
        order is certain where the day is not known.

    Raises
    ------
    CourseError
        If the text is no date.

    Examples
    --------
    >>> beside_invasion("2022-06-29")
    "about 4 months after Russia's full-scale invasion of Ukraine"
    >>> beside_invasion("2022-02")
    "in the month of Russia's full-scale invasion of Ukraine"
    """
    known = date.count("-")
    try:
        first = datetime.date.fromisoformat(date + "-01" * (2 - known))
    except ValueError:
        raise CourseError(
            f"{date!r} is no date. Write a year, a month or a day, such as 2024, 1995-09 or "
            "2022-06-29."
        ) from None
    invasion = _invasion()
    name = "Russia's full-scale invasion of Ukraine"
    if date == str(invasion)[: len(date)]:
        return f"{('in the year of', 'in the month of', 'on the day of')[known]} {name}"
    side = "after" if first > invasion else "before"
    days = abs((first - invasion).days)
    if known == 2 and days <= 61:
        return f"{days} day{'s' * (days > 1)} {side} {name}"
    day = (first.day - invasion.day) / 31 if known == 2 else 0
    months = abs(round(12 * (first.year - invasion.year) + first.month - invasion.month + day))
    if known and months < 24:
        count, unit = months, "month"
    else:
        count, unit = round(months / 12) if known else abs(first.year - invasion.year), "year"
    return f"about {count} {unit}{'s' * (count > 1)} {side} {name}"
