"""The deterrence lab: the risk of four statuses by three theories, and a dilemma of commitment."""

from coursekit.figures.deterrence import (
    THEORIES,
    challenge_figure,
    commitment_figure,
    words_figure,
)
from coursekit.labs.deterrence import challenge_readout, commitment_readout, fits
from coursekit.labs.settings import opening, settings
from coursekit.labs.words import assumptions
from coursekit.widgets.controls import dropdown, reset_button, slider
from coursekit.widgets.model_lab import ModelLab, presets

__all__ = ["DeterrenceLab", "deterrence_lab"]

SLIDERS = {
    "rho": (0, 1, 0.01, "Help rho", "Probability that somebody helps the target in a war."),
    "pi": (0, 0.5, 0.01, "Accession pi", "Probability that the target joins in a period."),
    "b": (0, 1, 0.05, "Peace b", "What a period of peace is worth to the challenger."),
    "V": (1, 20, 0.5, "Prize V", "What the challenger would win, the same for all at first."),
    "turn": (
        0.05,
        1,
        0.05,
        "Turn",
        "How far the target has turned away from the challenger's model of rule and nation.",
    ),
    "kappa": (
        0,
        1,
        0.05,
        "Commitment",
        "How firmly the ally is bound (kappa): 0 is not at all, 1 fully.",
    ),
    "q": (0, 1, 0.05, "Crisis q", "Probability of a crisis without commitment."),
    "mu": (
        0.05,
        1,
        0.05,
        "Boldness mu",
        "What full commitment adds to the probability of a crisis.",
    ),
    "D_A": (0, 20, 0.5, "Abandoned", "Loss if the ally is left alone in a crisis (D_A)."),
    "D_E": (0.5, 20, 0.5, "Dragged in", "Loss if the ally is dragged into a war (D_E)."),
}
VIEWS = [("Challenge", "challenge"), ("Commitment", "commitment")]
SETTING, COMMITMENT = "rho pi b V turn", "kappa q mu D_A D_E"
PARTS = {"challenge": f"theory {SETTING}", "commitment": COMMITMENT}
ASSUMES = assumptions(
    "Each state acts as one actor. Gains and losses are known. Nobody learns the rules."
)


class DeterrenceLab(ModelLab):
    """Turn the status dial; see how likely a challenge is by three theories.

    Raises CourseError if there is no such preset.
    """

    def __init__(self, ask: str = "", preset: str = "promised"):
        points = settings("deterrence")
        numbers = opening(points, preset)
        self.view = dropdown(
            VIEWS,
            "commitment" if "kappa" in points[preset][1] else "challenge",
            "View",
            "Choose the challenge or the commitment.",
            width=240,
        )
        self.preset = presets(points, preset, "A status, or a case of the dilemma of commitment.")
        self.theory = dropdown(
            [(label, name) for name, (label, *_) in THEORIES.items()],
            "preventive",
            "Theory",
            "Why a challenger would attack: a closing door, a chance, or a neighbour's politics.",
            width=265,
        )
        self.reset = reset_button()
        self.sliders = {name: slider(*words, numbers[name]) for name, words in SLIDERS.items()}
        super().__init__(
            ask,
            [
                [self.view, self.preset, self.theory, self.reset],
                *([self.sliders[name] for name in row.split()] for row in (SETTING, COMMITMENT)),
            ],
            {
                "view": self.view,
                "preset": self.preset,
                "theory": self.theory,
                **self.sliders,
            },
            points,
            ASSUMES,
            PARTS,
        )

    def numbers(self, names: str) -> dict[str, float]:
        """Read some sliders."""
        return {name: self.sliders[name].value for name in names.split()}

    def shown(self) -> dict:
        """Say what follows from the controls."""
        if self.view.value == "commitment":
            numbers = self.numbers(COMMITMENT)
            readout, code = commitment_readout(**numbers)
            if fits(numbers["q"], numbers["mu"]):
                figure = self.figure(commitment_figure, **numbers)
            else:
                figure = words_figure(readout[0]["detail"])
        else:
            numbers, theory = self.numbers(SETTING), self.theory.value
            readout, code = challenge_readout(**numbers, theory=theory)
            figure = self.figure(challenge_figure, **numbers, theory=theory)
        return {"figure": figure, "readout": readout, "code": code}


def deterrence_lab(ask="", preset="promised"):
    """Show the deterrence lab.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    preset : str, optional
        The setting shown first; see the table ``model_presets``, lab ``deterrence``.

    Returns
    -------
    DeterrenceLab
        Probability of a challenge by status and theory; abandonment against entrapment (teaching
        construct).

    Raises
    ------
    CourseError
        If there is no such preset.
    """
    return DeterrenceLab(ask=ask, preset=preset)
