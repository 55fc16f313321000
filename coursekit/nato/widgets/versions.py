"""The version slider: five summit texts on one subject."""

from collections.abc import Iterator, Sequence
from html import escape

import ipywidgets as widgets

from coursekit.data import load
from coursekit.forms.tables import fold, stored_table, table
from coursekit.nato.statements.lines import quoted
from coursekit.nato.statements.quotations import CHECKED, date_in_words, statement
from coursekit.nato.statements.texts import changes, side_by_side, versions
from coursekit.sentences import Sentences
from coursekit.widgets.controls import wide
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.panel import Panel

SAY = Sentences(__file__)


def _wordings(version: str) -> dict[str, str]:
    """Give the words of a text on each point: quotation with source, paraphrase, or both."""
    says = {}
    for row in load("text_points").query("version == @version").itertuples():
        parts = [f"{quoted(statement(row.statement))} ({row.statement})"] if row.statement else []
        parts += [f"Paraphrase: {row.words}"] if row.words else []
        says[row.point] = ". ".join(parts)
    return says


def _points(version: str) -> Iterator[tuple[str, str, str]]:
    says = _wordings(version)
    for row in changes(version).itertuples():
        detail = f" (before: {row.before})" if row.before and row.change != "as before" else ""
        yield row.point, says.get(row.point, SAY["absent"]), row.change + detail


def _stored() -> tuple[str, str]:
    rows: list[Sequence[str]] = [(text, *row) for text in versions() for row in _points(text)]
    return stored_table(SAY["stored"], ("text", *SAY["columns"]), rows)


class VersionSlider(Lab):
    """Move through five summit texts; see what was added and what was dropped."""

    def __init__(self, ask: str = "") -> None:
        said = {"description": "Text", "tooltip": SAY["tooltip"]}
        self.version = widgets.SelectionSlider(options=versions(), **said, **wide(440, 40))
        super().__init__(ask, [[self.version]], Panel(_stored))
        self.version.observe(self._update, "value")
        self._update()

    @reporting
    def _update(self, change: object = None) -> None:
        version = self.version.value
        about = load("text_versions").set_index("version").loc[version]
        counts = changes(version)["change"].value_counts()
        kinds = ("new", "changed", "as before", "no longer mentioned")
        said = ", ".join(f"{counts[kind]} {kind}" for kind in kinds if kind in counts)
        day = date_in_words(str(about["date"].date()))
        html = (
            f"<p>{day}: {escape(about['document'])} "
            f'<span class="ck-panel-tag">{CHECKED[about["checked"]]}</span></p>'
            + table(SAY["columns"], _points(version))
            + f"<p>{escape(about['note'])}</p>"
        )
        grid = side_by_side()
        all_rows = [(point, *(cell or "–" for cell in row)) for point, *row in grid.itertuples()]
        html += fold(SAY["all"], table(("point", *grid.columns), all_rows))
        line = SAY("against" if said else "first", version=version, said=said)
        self.live.tell(line, html, SAY("code", version=version))
