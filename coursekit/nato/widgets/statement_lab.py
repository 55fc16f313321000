"""The statement laboratory: four ways to read official statements."""

from collections.abc import Callable

import ipywidgets as widgets

from coursekit.errors import unknown
from coursekit.nato.widgets.mirror import Mirror
from coursekit.nato.widgets.quotation_detective import QuotationDetective
from coursekit.nato.widgets.two_halves import TwoHalves
from coursekit.nato.widgets.versions import VersionSlider
from coursekit.widgets.card import Card
from coursekit.widgets.frame import Lab
from coursekit.widgets.panel import Panel

PARTS: dict[str, tuple[str, Callable[..., Card | Lab]]] = {
    "detective": ("Quotation detective", QuotationDetective),
    "versions": ("Version slider", VersionSlider),
    "halves": ("Three parts", TwoHalves),
    "mirror": ("Mirror", Mirror),
}


class StatementLab(Lab):
    """Show the four parts, one at a time."""

    def __init__(self, ask: str = "") -> None:
        self.parts = {name: make() for name, (_, make) in PARTS.items()}
        titles = [title for title, _ in PARTS.values()]
        self.tabs = widgets.Tab(list(self.parts.values()), titles=titles)
        super().__init__(ask, [[self.tabs]], Panel(self._stored))

    def _stored(self) -> tuple[str, str]:
        told = [part.still()[0] for part in self.parts.values()]
        html = "".join(still["text/html"] for still in told)
        return html, "\n\n".join(still["text/plain"] for still in told)


def statement_lab(ask: str = "", part: str | None = None) -> widgets.DOMWidget:
    """Show the statement laboratory, or one of its parts.

    Parameters
    ----------
    ask : str, optional
        A question that stands above.
    part : {"detective", "versions", "halves", "mirror"}, optional
        Show only this part: trace phrases to dated sources, compare five summit texts, see who
        uses which part of a paragraph, or rate two denials before their speakers are known.

    Returns
    -------
    StatementLab, Card or Lab
        The four parts in tabs, or the part. What is answered is kept in the learner's record.

    Raises
    ------
    CourseError
        If there is no such part.
    """
    if part is None:
        return StatementLab(ask=ask)
    if part not in PARTS:
        raise unknown("part", part, PARTS)
    return PARTS[part][1](ask=ask)
