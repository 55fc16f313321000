"""The rate calculator."""

import ipywidgets as widgets

from coursekit.nato.enlargement.rates import (
    EVENTS,
    FIRST_YEAR,
    GROUPS,
    LAST_YEAR,
    in_words,
    rate,
)
from coursekit.nato.figures.rates import rate_figure
from coursekit.sentences import Sentences
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting

SAY = Sentences(__file__)


class RateCalculator(Lab):
    """Choose a group and a period; see events, exposure, rate and interval."""

    def __init__(self, ask="", group="new_members", first=1999, last=LAST_YEAR, event="any"):
        rate(group, first, last, event)
        self.group = widgets.Dropdown(
            options=[(label, name) for name, label in GROUPS.items()],
            value=group,
            description="Group",
            tooltip=SAY["group"],
            layout=widgets.Layout(width="400px"),
            style={"description_width": "60px"},
        )
        self.event = widgets.Dropdown(
            options=[
                ("any armed conflict", "any"),
                ("war between states", "interstate"),
                ("force used by another state", "force"),
                ("beginning of such force", "attack"),
            ],
            value=event,
            description="Event",
            tooltip=SAY["event"],
            layout=widgets.Layout(width="300px"),
            style={"description_width": "60px"},
        )
        slider = {
            "min": FIRST_YEAR,
            "max": LAST_YEAR,
            "layout": widgets.Layout(width="360px", max_width="100%"),
            "style": {"description_width": "60px"},
        }
        self.first = widgets.IntSlider(
            value=first, description="From", tooltip=SAY["first"], **slider
        )
        self.last = widgets.IntSlider(value=last, description="To", tooltip=SAY["last"], **slider)
        live = LiveFigure(
            lambda: rate_figure(*self.chosen),
            inputs={
                "group": self.group,
                "event": self.event,
                "first": self.first,
                "last": self.last,
            },
        )
        for control in live.inputs.values():
            control.observe(self._update, "value")
        super().__init__(ask, [[self.group, self.event], [self.first, self.last]], live)
        self._update()

    @property
    def chosen(self):
        """Group, first year, last year and event; the years put into order."""
        years = sorted((self.first.value, self.last.value))
        return self.group.value, *years, self.event.value

    def code(self) -> str:
        """Write the line that reproduces the present state."""
        group, first, last, event = self.chosen
        return f'ck.rate("{group}", {first}, {last}, event="{event}")'

    @reporting
    def _update(self, change=None):
        group, first, last, event = self.chosen
        figure = rate_figure(group, first, last, event)
        result = rate(group, first, last, event)
        numbers = [("Events", f"{result.events}"), ("State-years", f"{result.exposure:,.1f}")]
        if result.exposure:
            numbers.append(("Rate", f"{100 * result.rate:.1f} per 100 state-years"))
            numbers.append(("95 % interval", f"{100 * result.low:.1f} to {100 * result.high:.1f}"))
        if result.events == 0 and result.exposure:
            numbers.append((SAY["bound"], f"{result.bound:.1%} a year"))
        counted = SAY("counted", group=GROUPS[group], first=first, last=last, event=EVENTS[event])
        origin = {"help": counted, "tables": SAY["tables"][event]}
        entries = [
            {"key": label, "label": label, "value": value, **origin} for label, value in numbers
        ]
        entries[0]["detail"] = f"An event is {EVENTS[event]}."
        entries[-1]["detail"] = in_words(result)
        self.live.show(figure, readout=entries, code=self.code())


def rate_calculator(ask="", group="new_members", first=1999, last=LAST_YEAR, event="any"):
    """Show the rate calculator.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    group : str, optional
        The group shown first.
    first, last : int, optional
        The years shown first.
    event : str, optional
        What is counted first: ``"any"``, ``"interstate"``, ``"force"`` or ``"attack"``.

    Returns
    -------
    RateCalculator
        Group, kind of event and period; rates of all groups with exact intervals.
    """
    return RateCalculator(ask=ask, group=group, first=first, last=last, event=event)
