"""An interactive course on NATO enlargement and the security dilemma.

The names below are the ones that the notebooks use; the rest lives in the modules.
"""

from coursekit.data import cite, codebook, licence, load, sources, version
from coursekit.enlargement import ROUNDS, Scenario, preset, presets, status_by_year
from coursekit.enlargement.rates import rate
from coursekit.figures import difference, europe, rate_figure, timeline_figure
from coursekit.widgets import compare, enlargement_explorer, rate_calculator, timeline

__all__ = [
    "ROUNDS",
    "Scenario",
    "cite",
    "codebook",
    "compare",
    "difference",
    "enlargement_explorer",
    "europe",
    "licence",
    "load",
    "preset",
    "presets",
    "rate",
    "rate_calculator",
    "rate_figure",
    "sources",
    "status_by_year",
    "timeline",
    "timeline_figure",
    "version",
]
__version__ = "0.1.0"
