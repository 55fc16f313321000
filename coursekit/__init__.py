"""An interactive course on NATO enlargement and the security dilemma.

The names below are the ones that the notebooks use; the rest lives in the modules.
"""

from coursekit.data import cite, codebook, licence, load, sources, version
from coursekit.enlargement import ROUNDS, Scenario, preset, presets, status_by_year
from coursekit.enlargement.rates import rate
from coursekit.figures import difference, europe, rate_figure, timeline_figure
from coursekit.widgets import (
    arms_race_lab,
    compare,
    comparison_lab,
    deterrence_lab,
    enlargement_explorer,
    game_lab,
    polarisation_lab,
    rate_calculator,
    reciprocity_lab,
    timeline,
    trust_lab,
)

__all__ = [
    "ROUNDS",
    "Scenario",
    "arms_race_lab",
    "cite",
    "codebook",
    "compare",
    "comparison_lab",
    "deterrence_lab",
    "difference",
    "enlargement_explorer",
    "europe",
    "game_lab",
    "licence",
    "load",
    "polarisation_lab",
    "preset",
    "presets",
    "rate",
    "rate_calculator",
    "rate_figure",
    "reciprocity_lab",
    "sources",
    "status_by_year",
    "timeline",
    "timeline_figure",
    "trust_lab",
    "version",
]
__version__ = "0.1.0"
