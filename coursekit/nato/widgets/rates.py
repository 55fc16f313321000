"""The rate calculator."""

from coursekit.nato.enlargement import rates
from coursekit.nato.enlargement.rates import EVENTS, FIRST_YEAR, GROUPS, LAST_YEAR
from coursekit.nato.figures.rates import rate_figure
from coursekit.sentences import Sentences
from coursekit.widgets.controls import dropdown, slider
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting

SAY = Sentences(__file__)


class RateCalculator(Lab):
    """Choose a group and a period; see events, exposure, rate and interval."""

    def __init__(self, ask: str, group: str, first: int, last: int, event: str) -> None:
        rates.rate(group, first, last, event)
        groups = [(label, name) for name, label in GROUPS.items()]
        events = [(label, name) for name, label in SAY["events"].items()]
        years, wide = (FIRST_YEAR, LAST_YEAR, 1), {"width": 360, "label": 60}
        inputs = {
            "group": dropdown(groups, group, "Group", SAY["group"], width=400, label=60),
            "event": dropdown(events, event, "Event", SAY["event"], width=300, label=60),
            "first": slider(*years, "From", SAY["first"], first, **wide),
            "last": slider(*years, "To", SAY["last"], last, **wide),
        }
        self.group, self.event, self.first, self.last = inputs.values()
        live = LiveFigure(lambda: rate_figure(*self.chosen), inputs=inputs)
        super().__init__(ask, [[self.group, self.event], [self.first, self.last]], live)
        self.follow()

    @property
    def chosen(self) -> tuple[str, int, int, str]:
        """Group, first year, last year and event; the years put into order."""
        first, last = sorted((self.first.value, self.last.value))
        return self.group.value, first, last, self.event.value

    def code(self) -> str:
        """Write the line that reproduces the present state."""
        group, first, last, event = self.chosen
        return f'ck.rate("{group}", {first}, {last}, event="{event}")'

    @reporting
    def _update(self, change: object = None) -> None:
        group, first, last, event = self.chosen
        result = rates.rate(*self.chosen)
        numbers = [("Events", f"{result.events}"), ("State-years", f"{result.exposure:,.1f}")]
        if result.exposure:
            numbers.append(("Rate", f"{100 * result.rate:.1f} per 100 state-years"))
            numbers.append(("95% interval", f"{100 * result.low:.1f} to {100 * result.high:.1f}"))
        if result.events == 0 and result.exposure:
            numbers.append((SAY["bound"], f"{result.bound:.1%} a year"))
        counted = SAY("counted", group=GROUPS[group], first=first, last=last, event=EVENTS[event])
        origin = {"help": counted, "tables": SAY["tables"][event]}
        entries = [{"key": label, "label": label, "value": v, **origin} for label, v in numbers]
        entries[0]["detail"] = f"An event is {EVENTS[event]}."
        entries[-1]["detail"] = rates.in_words(result)
        self.live.show(rate_figure(*self.chosen), readout=entries, code=self.code())


def rate_calculator(
    ask: str = "",
    group: str = "new_members",
    first: int = 1999,
    last: int = LAST_YEAR,
    event: str = "any",
) -> RateCalculator:
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
