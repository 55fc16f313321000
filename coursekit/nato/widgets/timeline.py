"""The timeline with categories to switch and a cursor."""

import ipywidgets as widgets

from coursekit.data import load
from coursekit.figures import palette
from coursekit.nato.figures import timeline as drawn
from coursekit.nato.figures.timeline import event_table, timeline_figure
from coursekit.nato.status_rules import rule
from coursekit.nato.widgets.explorer import EnlargementExplorer
from coursekit.widgets.frame import Lab, chip, year_controls
from coursekit.widgets.live_figure import LiveFigure, reporting

POINTS_A_YEAR = 72 * drawn.WIDTH * (drawn.RIGHT - drawn.LEFT) / (drawn.LAST - drawn.FIRST)


def _words_by_event() -> dict[str, tuple[str, str]]:
    """Write a line for each event: date, title, source, and whether the day was verified."""
    titles, words = load("readings").set_index("reading")["title"], {}
    for row in load("events").itertuples():
        doubt = "" if row.verified == "yes" else " The day was not verified."
        source = f"{row.category}. Source: {titles[row.reading]}.{doubt}"
        words[row.event] = f"{row.date:%Y-%m-%d} {row.title}", source
    return words


class Timeline(Lab):
    """Switch categories of events and move a cursor through the years."""

    def __init__(self, ask: str = "", explorer: EnlargementExplorer | None = None) -> None:
        self.categories = {
            name: chip(name.capitalize(), f"Show or hide events of the kind “{name}”.")
            for name in palette.CATEGORY
        }
        self.year, self.play = year_controls(drawn.CURSOR, drawn.FIRST + 1, drawn.LAST - 1)
        if explorer is not None:
            self.year.min = self.play.min = explorer.year.min
            self.year.value = explorer.year.value
            self.link = widgets.jslink((explorer.year, "value"), (self.year, "value"))
        words = _words_by_event()
        kinds = load("events").set_index("event")["category"]
        origin = self.year.value
        inputs = {f"show_{name}": box for name, box in self.categories.items()}
        rules = {
            event: [
                rule([[f"show_{kinds[event]}", "=", False]], "hidden", "hidden"),
                rule([], "shown", text),
            ]
            for event, (_, text) in words.items()
        }
        live = LiveFigure(
            lambda: timeline_figure(self.shown, self.year.value),
            # The browser hides and shows marks, so it needs all of them from the start.
            first=lambda: timeline_figure(list(self.categories), origin),
            inputs={**inputs, "year": self.year},
            rules=rules,
            names={event: name for event, (name, _) in words.items()},
            moves={"cursor": {"input": "year", "origin": origin, "per": POINTS_A_YEAR}},
            play=self.play,
        )
        super().__init__(ask, [list(self.categories.values()), [self.play, self.year]], live)
        self.follow()

    @property
    def shown(self) -> list[str]:
        """The categories that are switched on."""
        return [name for name, box in self.categories.items() if box.value]

    def code(self) -> str:
        """Write the line that reproduces the present state."""
        return f"ck.timeline_figure({self.shown}, year={self.year.value})"

    @reporting
    def _update(self, change: object = None) -> None:
        table, year = event_table(self.shown), self.year.value
        before = event_table(self.shown, until=year)
        verified = f"{(table['verified'] == 'yes').sum()} of {len(table)}"
        help = {"help": "Hollow marks: the day is from general knowledge."}
        lines = [
            {"key": "events", "label": "Events shown", "value": str(len(table))},
            {"key": "before", "label": f"Up to {year}", "value": str(len(before))},
            {"key": "verified", "label": "Days verified", "value": verified, **help},
        ]
        alt = f"Timeline of {len(table)} events from 1947 to 2025, cursor at the end of {year}."
        lines = [{**line, "tables": "events"} for line in lines]
        self.live.tell(alt=alt, readout=lines, table=table, code=self.code())


def timeline(explorer: EnlargementExplorer | None = None, ask: str = "") -> Timeline:
    """Show the timeline.

    Parameters
    ----------
    explorer : EnlargementExplorer, optional
        An explorer whose year the cursor follows, and moves.
    ask : str, optional
        A question that stands above the controls.

    Returns
    -------
    Timeline
        Categories to switch, a year slider, the events with their sources, and a table.
    """
    return Timeline(ask=ask, explorer=explorer)
