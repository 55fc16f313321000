"""The lab on reciprocity: which rules repair an accident, and at what cost."""

from coursekit.figures.reciprocity import pair_in_words, reciprocity_figure
from coursekit.labs.settings import opening, settings
from coursekit.labs.words import assumptions, entry
from coursekit.models.reciprocity import (
    STRATEGIES,
    largest_safe_generosity,
    payoffs,
    stationary,
)
from coursekit.widgets.controls import dropdown, reset_button, seed_box, slider
from coursekit.widgets.model_lab import ModelLab, presets

__all__ = ["ReciprocityLab", "reciprocity_lab"]

ASSUMES = assumptions(
    "Each side is one actor with one will. Both know the payoffs 5, 3, 1 and 0. Each sees every "
    "move."
)


class ReciprocityLab(ModelLab):
    """Choose two strategies and how often moves go wrong; see who cooperates and what it pays."""

    def __init__(self, ask: str = "", first: str = "Tit for Tat", second: str = "Tit for Tat"):
        points = settings("reciprocity")
        preset = next(iter(points))
        error = opening(points, preset)["error"]
        stationary(first, second, error)
        names = [(name, name) for name in STRATEGIES]
        self.preset = presets(
            points, preset, "Ready-made amounts of noise; the strategies stay as they are."
        )
        self.error = slider(
            0,
            0.2,
            0.01,
            "Noise",
            "How often a move comes out as the opposite of what was meant.",
            error,
        )
        self.error.readout_format = ".0%"
        self.first = dropdown(
            names, first, "First", "The rule that the first player follows in every round."
        )
        self.second = dropdown(
            names, second, "Second", "The rule that the second player follows in every round."
        )
        self.seed = seed_box("Another number draws other accidents for the tournament.")
        self.reset = reset_button()
        super().__init__(
            ask,
            [
                [self.preset, self.error, self.seed, self.reset],
                [self.first, self.second],
            ],
            {
                "preset": self.preset,
                "error": self.error,
                "first": self.first,
                "second": self.second,
                "seed": self.seed,
            },
            points,
            ASSUMES,
        )

    @property
    def chosen(self):
        """First and second strategy, probability of an error, seed."""
        return self.first.value, self.second.value, self.error.value, self.seed.value

    def shown(self) -> dict:
        """Say what follows from the controls."""
        first, second, error, _ = self.chosen
        figure = self.figure(reciprocity_figure, *self.chosen)
        shares = stationary(first, second, error)
        one, two = payoffs(first, second, error)
        given = f'"{first}", "{second}", error={error:g}'
        return {
            "figure": figure,
            "readout": [
                entry(
                    "First cooperates",
                    f"{shares[0] + shares[1]:.1%}",
                    pair_in_words(first, second, error),
                    "first",
                ),
                entry("Second cooperates", f"{shares[0] + shares[2]:.1%}", key="second"),
                entry(
                    "Payoffs a round",
                    f"{one:.4f} and {two:.4f}",
                    "First and second player, exact, in the long run. Cooperation by both in "
                    "every round gives 3.",
                    "payoffs",
                ),
                entry(
                    "Largest safe generosity",
                    f"{largest_safe_generosity():.3f}",
                    "The highest chance of answering a defection with cooperation that is still "
                    "safe with these payoffs. Forgiveness repairs accidents between willing "
                    "partners. It is costly against a player that exploits it.",
                    "generosity",
                ),
                entry(
                    "Tournament",
                    f"{figure.table['what'].iloc[4]} scores most",
                    "Five strategies; each meets each and itself, 200 rounds, 20 times. The "
                    "result depends on who takes part.",
                    "tournament",
                ),
            ],
            "code": (
                "from coursekit.models.reciprocity import payoffs, stationary\n"
                f"stationary({given})\npayoffs({given})"
            ),
        }


def reciprocity_lab(ask="", first="Tit for Tat", second="Tit for Tat"):
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
