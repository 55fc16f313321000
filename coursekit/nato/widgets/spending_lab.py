"""Whose spending grew: the student chooses the group, the measure and the years."""

from coursekit.labs.words import entry
from coursekit.nato.figures import spending_choices as plot
from coursekit.nato.figures.spending_choices import GROUPS, MEASURES, VERDICTS, YEARS, Choice
from coursekit.sentences import Sentences
from coursekit.widgets.controls import dropdown
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting

SAY = Sentences(__file__)


class SpendingLab(Lab):
    """Choose who counts as NATO, the measure and two years; see every other choice beside it."""

    def __init__(self, ask: str, group: str, measure: str, first: int, last: int) -> None:
        plot.choice(group, measure, first, last)
        groups, measures = (
            [(_opening(words), name) for name, words in named.items()]
            for named in (GROUPS, MEASURES)
        )
        years = [(str(year), year) for year in YEARS]
        inputs = {
            "group": dropdown(groups, group, "Group", SAY["group"]),
            "measure": dropdown(measures, measure, "Measure", SAY["measure"]),
            "first": dropdown(years, first, "From", SAY["first"]),
            "last": dropdown(years, last, "To", SAY["last"]),
        }
        self.group, self.measure, self.first, self.last = inputs.values()
        live = LiveFigure(lambda: plot.choices_figure(self.chosen), inputs=inputs)
        super().__init__(ask, [[self.group, self.measure], [self.first, self.last]], live)
        self.follow()

    @property
    def chosen(self) -> Choice:
        """The choice that the controls make; the years put into order."""
        first, last = sorted((self.first.value, self.last.value))
        if first == last:
            at = min(YEARS.index(first), len(YEARS) - 2)
            first, last = YEARS[at : at + 2]
        return plot.choice(self.group.value, self.measure.value, first, last)

    def code(self) -> str:
        """Write the lines that reproduce the present state."""
        return SAY("code", one=self.chosen)

    @reporting
    def _update(self, change: object = None) -> None:
        one = self.chosen
        answer, origin = _opening(VERDICTS[one.verdict][0]), {"tables": SAY["tables"]}
        entries = [
            _at_both_ends(_opening(GROUPS[one.group]), one.group, one, one.change),
            _at_both_ends("Russia", "russia", one, one.rival),
            entry("Answer", answer, _in_all(), help=SAY["compared"], **origin),
        ]
        self.live.show(plot.choices_figure(one), readout=entries, code=self.code())


def _opening(words: str) -> str:
    """Begin with a capital and leave names and abbreviations as they are."""
    return words[0].upper() + words[1:]


def _at_both_ends(label: str, group: str, one: Choice, change: float) -> dict[str, str]:
    """Pack what a group spent at both ends."""
    digits = 1 if one.measure == "dollars" else 2
    ends = [plot.spending(group, year, one.measure) for year in (one.first, one.last)]
    shown = [f"{end:,.{digits}f}" for end in ends]
    detail = SAY("ends", shown=shown, one=one, unit=SAY["units"][one.measure])
    origin = {"help": SAY["summed"][one.measure].format(states=SAY["states"][group])}
    return entry(label, f"{change:+.1f}%", detail, **origin, tables=SAY["tables"])


def _in_all() -> str:
    """Say how many choices give each answer."""
    every = [one.verdict for one in plot.choices()]
    told = ", ".join(f"{VERDICTS[name][0]} {every.count(name)}" for name in VERDICTS)
    return SAY("counts", total=len(every), told=told)


def spending_lab(
    ask: str = "", group: str = "ten", measure: str = "share", first: int = 1999, last: int = 2014
) -> SpendingLab:
    """Show whose military spending grew, under every choice of group, measure and years.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    group : str, optional
        The group shown first: ``"ten"``, ``"european"``, ``"usa"`` or ``"all"``.
    measure : str, optional
        ``"share"`` or ``"dollars"``.
    first, last : int, optional
        The years shown first.

    Returns
    -------
    SpendingLab
        Controls, and a specification plot with the chosen comparison brought out.
    """
    return SpendingLab(ask=ask, group=group, measure=measure, first=first, last=last)
