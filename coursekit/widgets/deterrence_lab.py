"""The deterrence lab: the risk of four statuses by three theories, and a dilemma of commitment."""

from coursekit.figures import deterrence as figures
from coursekit.labs.deterrence import assumes, challenge_readout, commitment_readout, fits
from coursekit.widgets.model_lab import ModelLab, Shown


class DeterrenceLab(ModelLab):
    """Turn the status dial; see how likely a challenge is by three theories."""

    def __init__(self, ask: str = "", preset: str = "promised"):
        theories = [(label, name) for name, (label, *_) in figures.THEORIES.items()]
        super().__init__("deterrence", ask, assumes(), preset, options={"theory": theories})

    def shown(self) -> Shown:
        """Say what follows from the controls."""
        (view,) = self.at("view")
        numbers = dict(zip(self.parts[view], self.at(*self.parts[view]), strict=True))
        if view == "challenge":
            readout, code = challenge_readout(**numbers)
            figure = self.figure(figures.challenge_figure, **numbers)
        else:
            readout, code = commitment_readout(**numbers)
            if fits(numbers["q"], numbers["mu"]):
                figure = self.figure(figures.commitment_figure, **numbers)
            else:
                figure = figures.words_figure(readout[0]["detail"])
        return {"figure": figure, "readout": readout, "code": code}


def deterrence_lab(ask: str = "", preset: str = "promised") -> DeterrenceLab:
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
