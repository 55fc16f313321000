"""Write references in the styles that students and instructors need."""

import calendar
import re
from collections.abc import Mapping
from urllib.parse import quote

from coursekit.escaping import bibtex_text

__all__ = ["apa", "bibtex", "date_in_words"]

# Kinds of reading by the entry type that BibTeX has for them.
_ENTRY = {"article": "article", "book": "book", "chapter": "incollection"}


def date_in_words(date: str) -> str:
    """Write a date as it is read.

    Parameters
    ----------
    date : str
        Year, month or day: ``2024``, ``1995-09`` or ``2022-06-29``.

    Returns
    -------
    str
        The same in words.

    Examples
    --------
    >>> date_in_words("2022-06-29"), date_in_words("1995-09"), date_in_words("2024")
    ('29 June 2022', 'September 1995', '2024')
    """
    year, month, day = [*date.split("-"), "", ""][:3]
    words = [day.lstrip("0"), calendar.month_name[int(month)] if month else "", year]
    return " ".join(filter(None, words))


def apa(work: Mapping[str, str]) -> str:
    """Write a reference in the style of the American Psychological Association.

    Parameters
    ----------
    work : mapping of str to str
        ``authors``, ``year``, ``title``; ``venue``, ``doi`` and ``url`` where known.

    Returns
    -------
    str
        One line.

    Examples
    --------
    >>> apa({"authors": "Jervis, Robert", "year": "1976", "title": "Perception", "venue": "PUP"})
    'Jervis, Robert (1976). Perception. PUP.'
    """
    who = f"{work['authors']} ({work.get('year') or 'n.d.'})"
    parts = filter(None, (who, work["title"], work.get("venue")))
    line = ". ".join(part.rstrip(".") for part in parts) + "."
    return f"{line} {address_of(work)}".strip()


def address_of(work: Mapping[str, str]) -> str:
    """Give where a work can be read: its DOI, else its address; empty if neither is known."""
    return f"https://doi.org/{work['doi']}" if work.get("doi") else work.get("url", "")


def bibtex(key: str, work: Mapping[str, str]) -> str:
    """Write a reference as a BibTeX entry.

    Parameters
    ----------
    key : str
        The key of the entry.
    work : mapping of str to str
        As for `apa`; ``type`` chooses the kind of entry.

    Returns
    -------
    str
        Several lines.

    Examples
    --------
    >>> print(bibtex("a", {"authors": "World Bank", "year": "2025", "title": "WDI"}))
    @misc{a,
      author = {{World Bank}},
      title = {{WDI}},
      year = {2025}
    }
    """
    kind = _ENTRY.get(work.get("type", ""), "misc")
    venue = {"article": "journal", "incollection": "booktitle", "book": "publisher"}
    fields = {
        "author": " and ".join(map(_author, re.split(r"\s*;\s*", work["authors"]))),
        "title": f"{{{bibtex_text(work['title'])}}}",
        "year": bibtex_text(work.get("year", "")),
        venue.get(kind, "howpublished"): bibtex_text(work.get("venue", "")),
        "doi": _address(work.get("doi", "")),
        "url": _address(work.get("url", "")),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}"


def _author(name: str) -> str:
    """Write a name; a second pair of braces keeps that of an institution in one piece."""
    whole = "," not in name or " and " in name
    return f"{{{bibtex_text(name)}}}" if whole else bibtex_text(name)


def _address(text: str) -> str:
    """Write a DOI or an address, which styles set as they stand, between braces that match."""
    return quote(text, safe="!#$%&'()*+,-./:;=?@[]_~")
