"""The parts of one paragraph, and who uses which."""

from dataclasses import replace
from typing import Any

from coursekit.data import load
from coursekit.forms.fields import item
from coursekit.nato.statements.lines import one_line, quoted
from coursekit.nato.statements.quotations import date_in_words, statement
from coursekit.nato.statements.texts import citation, citations_to_sort
from coursekit.sentences import Sentences
from coursekit.widgets.sorting_card import SortingCard

SAY = Sentences(__file__)


class TwoHalves(SortingCard):
    """Sort dated texts by the part of the paragraph that they use."""

    activity = "sorting/halves"
    objective = "Apply legal texts to statements"

    def __init__(self, ask: str = "") -> None:
        sorting = citations_to_sort()
        said = {name: citation(name) for name in sorting.items}
        lines = [
            {"key": name, "text": f"{name}. {one_line(one)}", "seen": one.address}
            for name, one in said.items()
        ]
        super().__init__(ask, sorting, SAY["ask"], lines, lead=SAY["how"], name="Three parts")

    def above(self) -> dict[str, Any]:
        """Quote all parts; whoever wants to know more asks the name of the statement."""
        halves = []
        for row in load("paragraph_halves").query("statement != ''").itertuples():
            said = replace(statement(row.statement), words=row.words)
            text = f"{quoted(said)} ({said.name})"
            halves.append({"head": row.label.capitalize(), "text": text, "seen": said.address})
        return item("halves", [], feedback={"tone": "told", "lines": halves})

    def below(self, agreed: list[str]) -> list[dict[str, Any]]:
        """Say who uses which part, as far as the answers agree with the key."""
        rows = []
        for half, kind in self.sorting.kinds.items():
            users = [citation(name) for name in agreed if self.sorting.items[name].key == half]
            who = "; ".join(f"{said.speaker} ({date_in_words(said.date)})" for said in users)
            rows.append([kind.label, who or "–", kind.note])
        columns = ["Part", "Who, and when", SAY["open"]]
        table = {"label": SAY["table"], "columns": columns, "rows": rows}
        lines = [{"text": SAY["caveat"]}]
        told = {"tone": "told", "title": SAY["users"], "lines": lines, "table": table}
        return [item("users", [], feedback=told)]
