"""What a word, an identifier or the name of a table stands for: a sentence, and a card."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from coursekit.argument import claim
from coursekit.argument.claim_card import as_html, short_reference
from coursekit.citation import address_of, date_in_words
from coursekit.content import by_course
from coursekit.data import about, codebook, key, load, names
from coursekit.escaping import linked
from coursekit.forms.tables import table
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
TABLE = "table "
IDENTIFIER = re.compile(r"[A-Z]{1,2}\d{1,3}")
Row = dict[str, Any]
LISTS = ("actors", "claims", "notebooks")


@by_course
def explained() -> dict[str, dict[str, Any]]:
    """List what a page can explain, by name: what it says at once, and on which pages it holds."""
    rows = {name: {"short": _short(*found), **_pages(found[1])} for name, found in _rows().items()}
    return rows | {f"{TABLE}{name}": {"short": _short_of_table(name)} for name in names()}


@by_course
def card(name: str) -> str:
    """Lay out all that is known about one of those that `explained` lists."""
    if name.startswith(TABLE):
        return table_card(name.removeprefix(TABLE))
    origin, row = _rows()[name]
    if origin == "claims":
        return as_html(claim(name))
    said = SAY["rows"][origin]
    paragraphs = [escape(line) for line in _filled(said["lines"], row)]
    if row.get("address"):
        paragraphs.append(linked(row["address"], SAY["seen"]))
    if works := "; ".join(_readings(row.get("reading") or row.get("readings") or "")):
        paragraphs.append(f"{SAY['read']} {works}")
    return _headed(said["title"].format(**row), paragraphs)


@by_course
def table_card(name: str) -> str:
    """Say what is in a table, whose it is, and what its columns mean."""
    said = about(name)
    sources = "; ".join(linked(s["path"], f"{s['authors']}, {s['title']}") for s in said["sources"])
    licences = "; ".join(linked(one["path"], one["title"]) for one in said["licenses"])
    columns = codebook(name)[["column", "unit", "meaning"]]
    paragraphs = [
        f"{escape(said['description'])} {_rows_in_words(said['rows'])}.",
        f"<strong>{SAY['sources']}</strong> {sources}",
        f"<strong>{SAY['licence']}</strong> {licences}",
    ]
    keep = "".join(f"<li>{escape(caveat)}</li>" for caveat in said["caveats"])
    folded = {"keep": f"<ul>{keep}</ul>"}
    folded["columns"] = table(columns.columns, columns.to_numpy().tolist())
    return _headed(f"{said['title']} ({name})", paragraphs) + "".join(
        f"<details><summary>{SAY[head]}</summary>{html}</details>" for head, html in folded.items()
    )


@by_course
def _rows() -> dict[str, tuple[str, Row]]:
    """Map identifiers and terms to their table and their row."""
    found: dict[str, tuple[str, Row]] = {}
    for origin, said in SAY["rows"].items():
        if origin in names():
            rows = load(origin).astype(str).replace("NaT", "").to_dict("records")
            found |= {row[key(origin)]: (origin, _readable(row, said)) for row in rows}
    # Some steps of an argument are called by a letter or a word, which stands for more in a text.
    return {n: f for n, f in found.items() if f[0] == "glossary" or IDENTIFIER.fullmatch(n)}


def _readable(row: Row, said: Row) -> Row:
    """Write dates, lists and marks of a row as they are read."""
    row = dict(row)
    if "date" in row:
        row["date"] = date_in_words(row["date"])
    for column in {"verified", "seen"} & said.keys():
        row[column] = said[column][row[column]]
    return row | {n: row[n].replace(";", ", ") for n in LISTS if n in row}


def _pages(row: Row) -> dict[str, list[str]]:
    return {"pages": row["notebooks"].split(", ")} if "notebooks" in row else {}


def _filled(lines: Row, row: Row) -> list[str]:
    return [line.format(**row) for column, line in lines.items() if row[column]]


def _short(origin: str, row: Row) -> str:
    return " ".join(_filled(SAY["rows"][origin]["short"], row))


def _short_of_table(name: str) -> str:
    said = about(name)
    authors = "; ".join(dict.fromkeys(one["authors"].rstrip(".") for one in said["sources"]))
    licences = "; ".join(licence["title"] for licence in said["licenses"])
    head = SAY("table", title=said["title"], rows=_rows_in_words(said["rows"]))
    return f"{head} {SAY('table_from', authors=authors, licences=licences)}"


def _rows_in_words(rows: int) -> str:
    return SAY["one_row"] if rows == 1 else SAY("rows_of", count=rows)


def _headed(title: str, paragraphs: list[str]) -> str:
    return f"<h4>{escape(title)}</h4>" + "".join(f"<p>{said}</p>" for said in paragraphs)


def _readings(named: str) -> Iterator[str]:
    """Name the works that have an address."""
    works = load("readings").set_index("reading")
    for name in filter(None, named.split(";")):
        work = works.loc[name]
        address = address_of(work)
        if address or work["venue"]:
            yield linked(address, f"{short_reference(work)}, {work['title']}")
