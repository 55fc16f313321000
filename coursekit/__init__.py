"""An interactive course on NATO enlargement and the security dilemma.

The names below are the ones that the notebooks use; the rest lives in the modules.
"""

import sys

if sys.argv[1:] == ["doctor"] and sys.argv[0].removesuffix(".exe").endswith(("-m", "coursekit")):
    # It looks for what everything below needs, and for files that stand in for it in this folder.
    if sys.argv[0] == "-m" and not getattr(sys.flags, "safe_path", False):
        del sys.path[0]
    from coursekit.doctor import main

    sys.exit(main())

from coursekit.argument import Argument, claim, claims
from coursekit.cells import watch
from coursekit.checks import check
from coursekit.data import cite, codebook, licence, load, sources, version
from coursekit.enlargement import ROUNDS, Scenario, preset, presets, status_by_year
from coursekit.enlargement.rates import rate
from coursekit.figures import difference, europe, rate_figure, timeline_figure
from coursekit.record import export_record, record
from coursekit.widgets import (
    argument_map,
    arms_race_lab,
    claim_sorter,
    compare,
    comparison_lab,
    credence_review,
    credences,
    deterrence_lab,
    enlargement_explorer,
    game_lab,
    note,
    polarisation_lab,
    predict,
    progress,
    quiz,
    rate_calculator,
    reciprocity_lab,
    reveal,
    start,
    statement_lab,
    timeline,
    trust_lab,
    write_report,
)

__all__ = [
    "ROUNDS",
    "Argument",
    "Scenario",
    "argument_map",
    "arms_race_lab",
    "check",
    "cite",
    "claim",
    "claim_sorter",
    "claims",
    "codebook",
    "compare",
    "comparison_lab",
    "credence_review",
    "credences",
    "deterrence_lab",
    "difference",
    "enlargement_explorer",
    "europe",
    "export_record",
    "game_lab",
    "licence",
    "load",
    "note",
    "polarisation_lab",
    "predict",
    "preset",
    "presets",
    "progress",
    "quiz",
    "rate",
    "rate_calculator",
    "rate_figure",
    "reciprocity_lab",
    "record",
    "reveal",
    "sources",
    "start",
    "statement_lab",
    "status_by_year",
    "timeline",
    "timeline_figure",
    "trust_lab",
    "version",
    "write_report",
]
__version__ = "0.1.0"

watch()
