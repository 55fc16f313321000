"""An interactive course on NATO enlargement and the security dilemma.

The names below are the ones that the notebooks use; the rest lives in the modules.
"""

from coursekit.data import cite, codebook, licence, load, sources, version
from coursekit.enlargement import ROUNDS, Scenario, status_by_year
from coursekit.figures import europe
from coursekit.widgets import enlargement_explorer

__all__ = [
    "ROUNDS",
    "Scenario",
    "cite",
    "codebook",
    "enlargement_explorer",
    "europe",
    "licence",
    "load",
    "sources",
    "status_by_year",
    "version",
]
__version__ = "0.1.0"
