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

from types import ModuleType

from coursekit.cells import watch
from coursekit.content import course
from coursekit.on_demand import on_demand

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

# They are loaded when they are first asked for: pandas and matplotlib take their time, and whoever
# wants one module, such as the settings of nbgrader in every server, needs neither.
_LATER = {
    "Argument": "argument",
    "ROUNDS": "nato.enlargement",
    "Scenario": "nato.enlargement",
    "argument_map": "widgets.argument_map",
    "arms_race_lab": "nato.widgets.arms_race_lab",
    "carry_on": "widgets.carry_on",
    "check": "checks",
    "cite": "data",
    "claim": "argument",
    "claim_sorter": "widgets.claim_sorter",
    "claims": "argument",
    "codebook": "data",
    "compare": "nato.widgets.compare",
    "comparison_lab": "nato.widgets.comparison_lab",
    "credence_review": "widgets.credences",
    "credences": "widgets.credences",
    "deterrence_lab": "widgets.deterrence_lab",
    "difference": "nato.figures.difference",
    "enlargement_explorer": "nato.widgets.explorer",
    "europe": "nato.figures.europe",
    "export_record": "record",
    "game_lab": "widgets.game_lab",
    "hand_in": "widgets.hand_in",
    "import_record": "record",
    "licence": "data",
    "load": "data",
    "note": "widgets.note",
    "play": "nato.widgets.play",
    "polarisation_lab": "nato.widgets.polarisation_lab",
    "predict": "widgets.predict",
    "preset": "nato.enlargement",
    "presets": "nato.enlargement",
    "progress": "widgets.progress",
    "quiz": "widgets.quiz",
    "rate": "nato.enlargement.rates",
    "rate_calculator": "nato.widgets.rates",
    "rate_figure": "nato.figures.rates",
    "reciprocity_lab": "widgets.reciprocity_lab",
    "record": "record",
    "reveal": "widgets.predict",
    "review": "widgets.review",
    "sources": "data",
    "spending_lab": "nato.widgets.spending_lab",
    "start": "widgets.start",
    "statement_lab": "nato.widgets.statement_lab",
    "status_by_year": "nato.enlargement",
    "timeline": "nato.widgets.timeline",
    "timeline_figure": "nato.figures.timeline",
    "trust_lab": "widgets.trust_lab",
    "version": "data",
    "write_report": "widgets.report_writer",
}


class _Face(ModuleType):
    def __setattr__(self, name, value):
        # `quiz` and `record` are rooms too; whoever enters one must not put it in the place of
        # the function.
        if name not in _LATER or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face


def __getattr__(name):
    if name not in _LATER:
        return on_demand(__name__)(name)
    found = getattr(import_module(f"coursekit.{_LATER[name]}"), name)
    globals()[name] = found
    return found


def __dir__():
    return sorted({*globals(), *__all__})
