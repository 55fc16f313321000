"""Lay out a claim as a card: evidence for and against side by side, in equal type."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from textwrap import fill, indent
from typing import Any

from coursekit.citation import address_of
from coursekit.escaping import linked
from coursekit.sentences import listed

# A page may drop the styles, as GitHub does; paragraphs and a table remain.
CARD = (
    "box-sizing:border-box;max-width:54em;padding:0.4em 1em;line-height:1.45;"
    "border:1px solid #808b94;border-radius:6px"
)
LINE = "margin:0.5em 0"
TABLE = "table-layout:fixed;width:100%;border-collapse:collapse;margin:0.5em 0;font-size:inherit"
CELL = (
    "width:50%;text-align:left;vertical-align:top;white-space:normal;padding:0.5em 0.7em;"
    "border:1px solid #808b94;background:transparent;color:inherit;line-height:inherit"
)
FOR, AGAINST = "What speaks for it", "What speaks against it"
Work = Mapping[str, str]


def short_reference(work: Work) -> str:
    """Name a reading by its authors and year."""
    authors = re.sub(r"\s*\([^)]*\)", "", work["authors"])
    names = [name.split(",")[0].strip() for name in authors.split(";")]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    return f"{who} {work['year']}" if work["year"] else f"{who}, no date"


def as_html(claim: Any) -> str:
    """Lay out a claim for a notebook; every word of content is escaped."""
    lines = [
        f"<strong>{escape(_heading(claim))}</strong>",
        f'<span style="font-size:1.1em">{escape(claim.text)}</span>',
        f"<em>{escape(_nature(claim))}</em>",
    ]
    rest = [(name, escape(said)) for name, said in _remarks(claim)]
    rest.append(("Sources", linked_sources(claim.sources)))
    first, last = (
        "".join(f'<p style="{LINE}">{line}</p>' for line in some)
        for some in (lines, [f"<strong>{name}:</strong> {said}" for name, said in rest])
    )
    head = f'<th scope="col" align="left" width="50%" style="{CELL}">'
    cell = f'<td align="left" valign="top" style="{CELL}">'
    evidence = map(escape, (claim.evidence_for, claim.evidence_against))
    heads = "".join(f"{head}{name}</th>" for name in (FOR, AGAINST))
    cells = "".join(f"{cell}{said}</td>" for said in evidence)
    return (
        f'<div role="group" aria-label="{escape(_heading(claim))}" style="{CARD}">{first}'
        f'<table style="{TABLE}"><thead><tr>{heads}</tr></thead>'
        f"<tbody><tr>{cells}</tr></tbody></table>{last}</div>"
    )


def linked_sources(works: Iterable[Work]) -> str:
    """Name readings, given as rows of their table, with links to them; all content is escaped."""
    return "; ".join(linked(address_of(work), name) for name, work in _told_apart(works))


def as_text(claim: Any) -> str:
    """Lay out a claim for a terminal or a screen reader, in lines of at most 88 characters."""
    paragraphs = [
        _heading(claim),
        claim.text,
        _nature(claim),
        f"{FOR}: {claim.evidence_for}",
        f"{AGAINST}: {claim.evidence_against}",
        *(f"{name}: {said}" for name, said in _remarks(claim)),
        f"Sources: {'; '.join(name for name, _ in _told_apart(claim.sources))}",
    ]
    first, *others = [fill(paragraph, 86, break_on_hyphens=False) for paragraph in paragraphs]
    return "\n".join([first, *(indent(paragraph, "  ") for paragraph in others)])


def _heading(claim: Any) -> str:
    paragraphs = "paragraphs" if len(claim.paragraph) > 1 else "paragraph"
    return f"Claim {claim.claim}, {paragraphs} {listed(claim.paragraph)} of the essay"


def _nature(claim: Any) -> str:
    settle = {"yes": "can settle it", "partly": "can settle part of it", "no": "cannot settle it"}
    evidence = settle[claim.testable]
    return f"Kind: {claim.kind}. Role in the argument: {claim.role}. Evidence {evidence}."


def _remarks(claim: Any) -> list[tuple[str, str]]:
    remarks = {"Status": f"{claim.status.capitalize()}. {claim.status_note}".strip()}
    remarks |= {"Evidence that would bear on it": claim.bears, "Notice": claim.note}
    return [(name, said) for name, said in remarks.items() if said]


def _told_apart(works: Iterable[Work]) -> list[tuple[str, Work]]:
    """Name the readings; where two would have the same name, the title tells them apart."""
    short = [short_reference(work) for work in works]
    return [
        (name if short.count(name) == 1 else f"{name}, {work['title']}", work)
        for name, work in zip(short, works, strict=True)
    ]
