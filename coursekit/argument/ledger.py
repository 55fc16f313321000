"""The ledger: what the essay claims, and what is known about each claim."""

import re
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from coursekit.argument.claim_card import as_html, as_text
from coursekit.argument.graph import Argument
from coursekit.argument.naming import named
from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.escaping import no_mathematics


@dataclass(frozen=True, repr=False)
class Claim:
    """One claim of the essay, in the course's words; a notebook shows it as a card.

    Attributes
    ----------
    claim : str
        Identifier, such as ``"C30"``.
    paragraph : tuple of int
        Where the essay makes it.
    text : str
        The claim, restated.
    kind : str
        Kind of claim, such as ``"causal"``.
    role : str
        What it does in the argument, such as ``"premise"``.
    testable : str
        Whether evidence can settle it: yes, partly or no.
    bears : str
        What evidence would bear on it.
    evidence_for, evidence_against : str
        What speaks for it and against it.
    status, status_note : str
        How well it stands as far as the evidence gathered for the course goes.
    note : str
        What to notice.
    readings : tuple of str
        Keys of the readings.
    """

    claim: str
    paragraph: tuple[int, ...]
    text: str
    kind: str
    role: str
    testable: str
    bears: str
    evidence_for: str
    evidence_against: str
    status: str
    status_note: str
    note: str
    readings: tuple[str, ...]

    @property
    def id(self) -> str:
        """The identifier, by the name that steps of an argument use."""
        return self.claim

    @property
    def supports(self) -> tuple[str, ...]:
        """Identifiers of the claims for which the essay offers this one as a reason."""
        return self._targets("supports")

    @property
    def attacks(self) -> tuple[str, ...]:
        """Identifiers of the claims against which this one counts."""
        return self._targets("attacks")

    @property
    def supported_by(self) -> tuple[str, ...]:
        """Identifiers of the claims that the essay offers as reasons for this one."""
        return tuple(sorted(frozenset().union(*Argument.of_claims().lines_of(self.claim))))

    @property
    def attacked_by(self) -> tuple[str, ...]:
        """Identifiers of the claims that count against this one."""
        return tuple(sorted(Argument.of_claims().attackers(self.claim)))

    @cached_property
    def sources(self) -> tuple[dict[str, str], ...]:
        """The readings, as mappings of ``authors``, ``year``, ``title``, ``url`` and so on."""
        readings = load("readings").set_index("reading", drop=False)
        return tuple(readings.loc[list(self.readings)].to_dict("records"))

    def __str__(self) -> str:
        return as_text(self)

    def __repr__(self) -> str:
        return f"<Claim {self.claim}: {self.text}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": no_mathematics(as_html(self)), "text/plain": as_text(self)}

    def _targets(self, relation: str) -> tuple[str, ...]:
        links = Argument.of_claims().links
        found = [k.target for k in links if (k.source, k.relation) == (self.claim, relation)]
        return tuple(sorted(found))


def claims() -> pd.DataFrame:
    """Load the ledger of claims.

    Returns
    -------
    pandas.DataFrame
        One row a claim; ``coursekit.codebook("claims")`` describes the columns.

    Examples
    --------
    >>> len(claims())
    45
    """
    return load("claims")


def claim(id: str) -> Claim:
    """Show the card of a claim.

    Parameters
    ----------
    id : str
        Identifier, such as ``"C30"``; a small c will do.

    Returns
    -------
    Claim
        The claim. Print it to read the card as text.

    Raises
    ------
    CourseError
        If there is no such claim; the message suggests the nearest.

    Examples
    --------
    >>> claim("c30").status
    'contested'
    >>> claim("C30").supported_by
    ('C27', 'C28', 'C29')
    """
    table = claims().set_index("claim", drop=False)
    try:
        found = named("claim", id, table.index)
    except CourseError:
        # "C3" is closer to "C03" than spelling alone can tell.
        near = [name for name in table.index if _alike(id, name)]
        if len(near) != 1:
            raise
        raise CourseError(f"There is no claim {id!r}. Did you mean {near[0]!r}?") from None
    row = table.loc[found].to_dict()
    row["paragraph"] = tuple(int(number) for number in row["paragraph"].split(";"))
    row["readings"] = tuple(row["readings"].split(";"))
    return Claim(**row)


def _alike(given: str, name: str) -> bool:
    """Say whether an identifier has the number of another, and its letters or none."""
    parts = (re.fullmatch(r"([A-Z]*)\s*0*(\d+)", str(id).strip().upper()) for id in (given, name))
    asked, known = parts
    return bool(asked and known and asked[2] == known[2] and asked[1] in ("", known[1]))
