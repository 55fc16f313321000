"""The parts of one paragraph, and who uses which."""

from dataclasses import replace
from html import escape

from coursekit.data import load
from coursekit.forms.tables import cards, headed, section, stored_table, table
from coursekit.nato.statements.quotations import date_in_words, statement
from coursekit.nato.statements.texts import citation, citations_to_sort
from coursekit.nato.widgets.statement_cards import card, quoted, source_line
from coursekit.widgets.sorting_lab import SortingLab

__all__ = ["TwoHalves"]

CODE = """from coursekit.nato.statements.texts import citations_to_sort
citations_to_sort()"""
HOW = (
    "Paragraph 8 of the Charter for European Security (Istanbul, 1999) has three parts, with one "
    "principle each. It binds politically, not legally. Which part does each text use?"
)


def _halves():
    rows = load("paragraph_halves")
    return {
        row.label: replace(statement(row.statement), words=row.words)
        for row in rows[rows["statement"] != ""].itertuples()
    }


def _stored():
    rows = []
    for name in citations_to_sort().items:
        said = citation(name)
        rows.append((name, said.source, quoted(said), said.checked))
    halves = [(label, quoted(said), said.checked) for label, said in _halves().items()]
    html, plain = stored_table(HOW, ("principle", "words", "checked"), halves)
    more, lines = stored_table(
        "Texts to compare with it.", ("text", "source", "what it says", "checked"), rows
    )
    return html + more, f"{plain}\n{lines}"


class TwoHalves(SortingLab):
    """Sort dated texts by the part of the paragraph that they use."""

    def __init__(self, ask: str = ""):
        sorting = citations_to_sort()
        halves = [headed(label.capitalize(), card(said)) for label, said in _halves().items()]
        super().__init__(
            ask,
            sorting,
            intro=f"<p>{HOW}</p>{cards(*halves)}",
            shown={name: source_line(citation(name)) for name in sorting.items},
            labels={name: f"{name} uses" for name in sorting.items},
            stored=_stored,
            code=CODE,
        )

    def reveal(self, judgements: dict) -> str:
        """Say who uses which part, as far as the answers agree with the key."""
        rows = [
            (
                kind.label,
                "; ".join(
                    f"{citation(name).speaker} ({date_in_words(citation(name).date)})"
                    for name, judgement in judgements.items()
                    if judgement.mark == "agrees" and self.sorting.items[name].key == half
                )
                or "–",
                kind.note,
            )
            for half, kind in self.sorting.kinds.items()
        ]
        caveat = (
            f"{len(self.sorting.items)} texts were chosen for the course. They do not show how "
            "often a part is used."
        )
        return section(
            "Who uses which part, as far as your answers agree with the key",
            table(("part", "who, and when", "what it leaves open"), rows)
            + f"<p>{escape(caveat)}</p>",
        )
