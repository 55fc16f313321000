"""An interactive course on NATO enlargement and the security dilemma.

The names below are the ones that the notebooks use; the rest lives in the modules.
"""

import sys
from importlib import import_module

if sys.argv[1:] == ["doctor"] and sys.argv[0].removesuffix(".exe").endswith(("-m", "coursekit")):
    # It looks for what everything below needs, and for files that stand in for it in this folder.
    if sys.argv[0] == "-m" and not getattr(sys.flags, "safe_path", False):
        del sys.path[0]
    from coursekit.doctor import main

    sys.exit(main())

from coursekit.argument import Argument, claim, claims
from coursekit.cells import watch
from coursekit.checks import check
from coursekit.content import course
from coursekit.data import cite, codebook, licence, load, sources, version
from coursekit.on_demand import on_demand
from coursekit.record import export_record, import_record, record
from coursekit.widgets.quiz import quiz

__all__ = [
    "ROUNDS",
    "Argument",
    "Scenario",
    "argument_map",
    "arms_race_lab",
    "carry_on",
    "check",
    "cite",
    "claim",
    "claim_sorter",
    "claims",
    "codebook",
    "compare",
    "comparison_lab",
    "course",
    "credence_review",
    "credences",
    "deterrence_lab",
    "difference",
    "enlargement_explorer",
    "europe",
    "export_record",
    "game_lab",
    "hand_in",
    "import_record",
    "licence",
    "load",
    "note",
    "play",
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
    "review",
    "sources",
    "spending_lab",
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

# What draws, and the labs, are loaded when they are first asked for: with matplotlib they take as
# long as all the rest, and the first widget of a page does not need them. So is all that knows one
# essay: another course has other tables.
_LATER = {
    "ROUNDS": "nato.enlargement",
    "Scenario": "nato.enlargement",
    "argument_map": "widgets.argument_map",
    "arms_race_lab": "nato.widgets.arms_race_lab",
    "carry_on": "widgets.carry_on",
    "claim_sorter": "widgets.claim_sorter",
    "compare": "nato.widgets.compare",
    "comparison_lab": "nato.widgets.comparison_lab",
    "credence_review": "widgets.credences",
    "credences": "widgets.credences",
    "deterrence_lab": "widgets.deterrence_lab",
    "difference": "nato.figures.difference",
    "enlargement_explorer": "nato.widgets.explorer",
    "europe": "nato.figures.europe",
    "game_lab": "widgets.game_lab",
    "hand_in": "widgets.hand_in",
    "note": "widgets.note",
    "play": "nato.widgets.play",
    "polarisation_lab": "nato.widgets.polarisation_lab",
    "predict": "widgets.predict",
    "preset": "nato.enlargement",
    "presets": "nato.enlargement",
    "progress": "widgets.progress",
    "rate": "nato.enlargement.rates",
    "rate_calculator": "nato.widgets.rates",
    "rate_figure": "nato.figures.rates",
    "reciprocity_lab": "widgets.reciprocity_lab",
    "reveal": "widgets.predict",
    "review": "widgets.review",
    "spending_lab": "nato.widgets.spending_lab",
    "start": "widgets.start",
    "statement_lab": "nato.widgets.statement_lab",
    "status_by_year": "nato.enlargement",
    "timeline": "nato.widgets.timeline",
    "timeline_figure": "nato.figures.timeline",
    "trust_lab": "widgets.trust_lab",
    "write_report": "widgets.report_writer",
}


def __getattr__(name):
    if name not in _LATER:
        return on_demand(__name__)(name)
    found = getattr(import_module(f"coursekit.{_LATER[name]}"), name)
    globals()[name] = found
    return found


def __dir__():
    return sorted({*globals(), *__all__})
