"""Phrases of the debate, each to be traced to its dated source."""

from dataclasses import dataclass
from functools import cache

from coursekit.data import load
from coursekit.errors import unknown
from coursekit.nato.statements.quotations import Statement, statement

__all__ = ["Phrase", "phrase", "phrases"]


@dataclass(frozen=True)
class Phrase:
    """A phrase to be traced to one of several dated statements.

    Parameters
    ----------
    name : str
        Identifier.
    quoted : bool
        Whether the text is a quotation or a paraphrase.
    claim : str
        The claim of the essay to which it belongs.
    text : str
        What is read.
    source : Statement
        Where it stands.
    options : tuple of Statement
        Statements to choose from, by date.
    compare : tuple of Statement
        Statements to set beside it.
    follows : str
        What follows from the date.
    """

    name: str
    quoted: bool
    claim: str
    text: str
    source: Statement
    options: tuple[Statement, ...]
    compare: tuple[Statement, ...]
    follows: str


@cache
def phrases() -> tuple[Phrase, ...]:
    """Collect the phrases of the quotation detective.

    Returns
    -------
    tuple of Phrase
        In the order of the table ``phrases``.

    Examples
    --------
    >>> [option.name for option in phrases()[0].options]
    ['S05', 'S04', 'S03', 'S06']
    """
    found = []
    for row in load("phrases").itertuples():
        source, quoted = statement(row.statement), row.kind == "quotation"
        options, compare = (
            tuple(map(statement, names.split(";"))) for names in (row.options, row.compare)
        )
        options = tuple(sorted(options, key=lambda option: option.date))
        text = source.quotation if quoted else row.text
        about = (row.phrase, quoted, row.claim, text, source, options, compare, row.follows)
        found.append(Phrase(*about))
    return tuple(found)


def phrase(name: str) -> Phrase:
    """Look up a phrase of the quotation detective.

    Parameters
    ----------
    name : str
        Identifier in the table ``phrases``, such as ``"P1"``.

    Returns
    -------
    Phrase
        The phrase, where it stands, and what follows from the date.

    Raises
    ------
    CourseError
        If there is no such phrase.

    Examples
    --------
    >>> phrase("P1").source.date
    '2022-06-29'
    """
    known = {found.name: found for found in phrases()}
    if name not in known:
        raise unknown("phrase", name, known)
    return known[name]
