"""Whose spending grew: the student chooses the group, the measure and the years."""

from coursekit.labs.words import entry
from coursekit.nato.figures.spending_choices import (
    GROUPS,
    MEASURES,
    VERDICTS,
    YEARS,
    choice,
    choices,
    choices_figure,
    spending,
)
from coursekit.sentences import Sentences
from coursekit.widgets.controls import dropdown
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting

SAY = Sentences(__file__)


class SpendingLab(Lab):
    """Choose who counts as NATO, the measure and two years; see every other choice beside it."""

    def __init__(self, ask="", group="ten", measure="share", first=1999, last=2014):
        choice(group, measure, first, last)
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
        live = LiveFigure(lambda: choices_figure(self.chosen), inputs=inputs)
        super().__init__(ask, [[self.group, self.measure], [self.first, self.last]], live)
        self.follow()

    @property
    def chosen(self):
        """The choice that the controls make; the years put into order."""
        years = sorted((self.first.value, self.last.value))
        if years[0] == years[1]:
            at = YEARS.index(years[0])
            years = YEARS[at : at + 2] if at + 1 < len(YEARS) else YEARS[-2:]
        return choice(self.group.value, self.measure.value, *years)

    def code(self) -> str:
        """Write the lines that reproduce the present state."""
        return SAY("code", one=self.chosen)

    @reporting
    def _update(self, change=None):
        one = self.chosen
        answer, origin = _opening(VERDICTS[one.verdict][0]), {"tables": SAY["tables"]}
        entries = [
            _line(_opening(GROUPS[one.group]), one.group, one, one.change),
            _line("Russia", "russia", one, one.rival),
            entry("Answer", answer, _counts(), help=SAY["compared"], **origin),
        ]
        self.live.show(choices_figure(one), readout=entries, code=self.code())


def _opening(words):
    """Begin with a capital and leave names and abbreviations as they are."""
    return words[0].upper() + words[1:]


def _line(label, group, one, change):
    """Pack what a group spent at both ends."""
    digits = 1 if one.measure == "dollars" else 2
    ends = [spending(group, year, one.measure) for year in (one.first, one.last)]
    shown = [f"{end:,.{digits}f}" for end in ends]
    detail = SAY("ends", shown=shown, one=one, unit=SAY["units"][one.measure])
    origin = {"help": SAY["summed"][one.measure].format(states=SAY["states"][group])}
    return entry(label, f"{change:+.1f}%", detail, **origin, tables=SAY["tables"])


def _counts():
    """Say how many choices give each answer."""
    every = [one.verdict for one in choices()]
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
