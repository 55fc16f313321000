"""Interactive views: thin layers over pure functions."""

from coursekit.widgets.arms_race_lab import arms_race_lab
from coursekit.widgets.compare import compare
from coursekit.widgets.comparison_lab import comparison_lab
from coursekit.widgets.deterrence_lab import deterrence_lab
from coursekit.widgets.explorer import enlargement_explorer
from coursekit.widgets.game_lab import game_lab
from coursekit.widgets.live_figure import LiveFigure
from coursekit.widgets.polarisation_lab import polarisation_lab
from coursekit.widgets.rates import rate_calculator
from coursekit.widgets.reciprocity_lab import reciprocity_lab
from coursekit.widgets.timeline import timeline
from coursekit.widgets.trust_lab import trust_lab

__all__ = [
    "LiveFigure",
    "arms_race_lab",
    "compare",
    "comparison_lab",
    "deterrence_lab",
    "enlargement_explorer",
    "game_lab",
    "polarisation_lab",
    "rate_calculator",
    "reciprocity_lab",
    "timeline",
    "trust_lab",
]
