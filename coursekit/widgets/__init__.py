"""Interactive views: thin layers over pure functions."""

from coursekit.widgets.argument_map import argument_map
from coursekit.widgets.arms_race_lab import arms_race_lab
from coursekit.widgets.claim_sorter import claim_sorter
from coursekit.widgets.compare import compare
from coursekit.widgets.comparison_lab import comparison_lab
from coursekit.widgets.credences import credence_review, credences
from coursekit.widgets.deterrence_lab import deterrence_lab
from coursekit.widgets.explorer import enlargement_explorer
from coursekit.widgets.game_lab import game_lab
from coursekit.widgets.live_figure import LiveFigure
from coursekit.widgets.note import note
from coursekit.widgets.polarisation_lab import polarisation_lab
from coursekit.widgets.predict import predict, reveal
from coursekit.widgets.progress import progress
from coursekit.widgets.quiz import quiz
from coursekit.widgets.rates import rate_calculator
from coursekit.widgets.reciprocity_lab import reciprocity_lab
from coursekit.widgets.report_writer import write_report
from coursekit.widgets.start import start
from coursekit.widgets.statement_lab import statement_lab
from coursekit.widgets.timeline import timeline
from coursekit.widgets.trust_lab import trust_lab

__all__ = [
    "LiveFigure",
    "argument_map",
    "arms_race_lab",
    "claim_sorter",
    "compare",
    "comparison_lab",
    "credence_review",
    "credences",
    "deterrence_lab",
    "enlargement_explorer",
    "game_lab",
    "note",
    "polarisation_lab",
    "predict",
    "progress",
    "quiz",
    "rate_calculator",
    "reciprocity_lab",
    "reveal",
    "start",
    "statement_lab",
    "timeline",
    "trust_lab",
    "write_report",
]
