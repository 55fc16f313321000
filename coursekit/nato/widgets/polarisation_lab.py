"""The lab on polarisation: the index decides the answer."""

from coursekit.labs.settings import settings
from coursekit.labs.words import assumptions, entry
from coursekit.nato.figures.polarisation import (
    DISTANCES,
    LABELS,
    bloc_sizes,
    direction,
    indices,
    polarisation_figure,
)
from coursekit.widgets.controls import reset_button, slider
from coursekit.widgets.model_lab import OWN, ModelLab, presets

__all__ = ["PolarisationLab", "polarisation_lab"]

SIZES = ("first", "second", "unaligned")
DETAILS = {
    "esteban_ray": "Relative to two equal blocs. Distance is 1 between rival blocs and 0.5 to "
    "the unaligned.",
    "reynal_querol": "How close the three shares come to two equal halves; distance plays no part.",
    "across": "Teaching construct: share of all pairs of states with one state in each bloc.",
}
ASSUMES = assumptions(
    "Each state is one actor and is fully in a bloc or in none. All states count the same. "
    "Counting people or money instead would change the picture."
)


class PolarisationLab(ModelLab):
    """Choose the sizes of two blocs; see three indices of polarisation before and now."""

    def __init__(self, ask: str = "", scenario=None):
        points = settings("polarisation")
        self.before = tuple(int(points["before"][1][name]) for name in SIZES)
        after = tuple(int(points["after"][1][name]) for name in SIZES)
        first, second, unaligned = after if scenario is None else bloc_sizes(scenario)
        self.preset = presets(points, OWN, "Ready-made numbers of states; alpha stays as it is.")
        self.first = slider(
            0,
            40,
            1,
            "First bloc",
            "States in the first bloc; for a scenario, the members of NATO.",
            first,
        )
        self.second = slider(
            0,
            40,
            1,
            "Second bloc",
            "States in the second bloc; for a scenario, those with a treaty with Moscow.",
            second,
        )
        self.unaligned = slider(0, 40, 1, "Unaligned", "States in neither bloc.", unaligned)
        self.alpha = slider(
            0.1,
            1.6,
            0.1,
            "Alpha",
            "How strongly states of a bloc identify with each other (Esteban and Ray).",
            1.0,
        )
        self.reset = reset_button()
        super().__init__(
            ask,
            [
                [self.preset, self.alpha, self.reset],
                [self.first, self.second, self.unaligned],
            ],
            {
                "preset": self.preset,
                "first": self.first,
                "second": self.second,
                "unaligned": self.unaligned,
                "alpha": self.alpha,
            },
            points,
            ASSUMES,
        )

    @property
    def now(self):
        """States in the first bloc, in the second, and in neither."""
        return self.first.value, self.second.value, self.unaligned.value

    def shown(self) -> dict:
        """Say what follows from the controls."""
        alpha = self.alpha.value
        return {
            "figure": self.figure(polarisation_figure, self.before, self.now, alpha),
            "readout": readout(self.before, self.now, alpha),
            "code": code(*self.now, alpha),
        }


def code(first: int, second: int, unaligned: int, alpha: float) -> str:
    """Write the lines that reproduce the indices."""
    states = first + second + unaligned
    if states < 2:
        return 'ck.load("model_presets")'
    shares = f"[{first}/{states}, {second}/{states}, {unaligned}/{states}]"
    ray = (
        f"esteban_ray({shares}, {DISTANCES}, {alpha:g}) / "
        f"esteban_ray([0.5, 0.5], [0, 1], {alpha:g})"
    )
    return (
        "from coursekit.models.polarisation import dyad_shares, esteban_ray, "
        "reynal_querol\n"
        f"{ray}, reynal_querol({shares}), "
        f"dyad_shares({first}, {second}, {unaligned}).across"
    )


def readout(before: tuple, now: tuple, alpha: float) -> list[dict]:
    """Say what each index does, and what follows."""
    values = zip(LABELS.items(), indices(*before, alpha), indices(*now, alpha), strict=True)
    entries, ways = [], []
    for (name, label), old, new in values:
        way = direction(old, new)
        ways.append(way)
        told = "not defined" if new is None else f"{new:.3f}, {way}"
        why = "Too few states for this index. " if new is None else f"Before: {old:.3f}. "
        entries.append(entry(label, told, why + DETAILS[name], name))
    counted = f"{ways.count('up')} up, {ways.count('down')} down"
    words = "The index decides the answer. So the word needs a definition."
    return [*entries, entry("More polarised?", counted, words, "lesson")]


def polarisation_lab(ask="", scenario=None):
    """Show the lab on polarisation.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    scenario : coursekit.Scenario, optional
        Whose blocs are shown first: members, states with a treaty with Moscow, the others.

    Returns
    -------
    PolarisationLab
        Three indices before and now, with the direction of each.
    """
    return PolarisationLab(ask=ask, scenario=scenario)
