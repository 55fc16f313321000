"""Two denials of a threat, readable without their speakers."""

from dataclasses import dataclass

from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.nato.statements.quotations import Statement, statement

__all__ = ["Denial", "denials"]


@dataclass(frozen=True)
class Denial:
    """A statement that denies a threat, readable without its speaker.

    Parameters
    ----------
    statement : Statement
        What was said.
    own, other : str
        Words of the quotation for the speaker's side and for the other; the other may be empty.
    believed, doubted : str
        What those point to who believe it, and those who doubt it.
    """

    statement: Statement
    own: str
    other: str
    believed: str
    doubted: str

    @property
    def masked(self) -> str:
        """The quotation without the names of the two sides."""
        quotation = self.statement.quotation
        for name, mask in ((self.own, "[Our side]"), (self.other, "[the other side]")):
            if name not in quotation:
                raise CourseError(
                    f"The quotation {self.statement.name} does not contain {name!r}. Correct the "
                    "table denials: own and other must be words of the quotation."
                )
            quotation = quotation.replace(name, mask) if name else quotation
        return quotation


def denials() -> list[Denial]:
    """Collect the denials that are rated without their speakers.

    Returns
    -------
    list of Denial
        In the order of the table ``denials``.

    Examples
    --------
    >>> denials()[0].masked
    '[Our side] does not seek confrontation and poses no threat to [the other side].'
    """
    return [
        Denial(statement(row.statement), row.own, row.other, row.believed, row.doubted)
        for row in load("denials").itertuples()
    ]
