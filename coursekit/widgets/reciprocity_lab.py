"""The lab on reciprocity: which rules repair an accident, and at what cost."""

from coursekit.figures.reciprocity import reciprocity_figure
from coursekit.labs.reciprocity import assumes, code, readout
from coursekit.models.reciprocity import STRATEGIES, stationary
from coursekit.widgets.model_lab import ModelLab, Shown


class ReciprocityLab(ModelLab):
    """Choose two strategies and how often moves go wrong; see who cooperates and what it pays."""

    def __init__(self, ask: str = "", first: str = "Tit for Tat", second: str = "Tit for Tat"):
        stationary(first, second, 0)  # It refuses strategies that it does not know.
        names, values = [(name, name) for name in STRATEGIES], {"first": first, "second": second}
        options = dict.fromkeys(values, names)
        super().__init__("reciprocity", ask, assumes(), values=values, options=options)

    @property
    def chosen(self) -> tuple[str, str, float, int]:
        """First and second strategy, probability of an error, seed."""
        return self.at("first", "second", "error", "seed")

    def shown(self) -> Shown:
        """Say what follows from the controls."""
        figure = self.figure(reciprocity_figure, *self.chosen)
        first, second, error, _ = self.chosen
        winner = figure.table["what"].iloc[4]
        said = readout(first, second, error, winner)
        return {"figure": figure, "readout": said, "code": code(first, second, error)}


def reciprocity_lab(
    ask: str = "", first: str = "Tit for Tat", second: str = "Tit for Tat"
) -> ReciprocityLab:
    """Show the lab on reciprocity.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    first, second : str, optional
        The strategies shown first, by their names in `coursekit.models.reciprocity.STRATEGIES`.

    Returns
    -------
    ReciprocityLab
        Long-run cooperation and payoffs of a pair, and a tournament of five.

    Raises
    ------
    CourseError
        If a strategy is unknown.
    """
    return ReciprocityLab(ask=ask, first=first, second=second)
