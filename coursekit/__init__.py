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

__version__ = "0.1.0"

watch()

# They are loaded when they are first asked for: pandas and matplotlib take their time, and whoever
# wants one module, such as the settings of nbgrader in every server, needs neither.
_ROOMS = {
    "argument": "Argument claim claims",
    "checks": "check",
    "data": "cite codebook licence load sources version",
    "nato.enlargement": "ROUNDS Scenario preset presets status_by_year",
    "nato.enlargement.rates": "rate",
    "nato.figures.difference": "difference",
    "nato.figures.europe": "europe",
    "nato.figures.rates": "rate_figure",
    "nato.figures.timeline": "timeline_figure",
    "nato.widgets.arms_race_lab": "arms_race_lab",
    "nato.widgets.compare": "compare",
    "nato.widgets.comparison_lab": "comparison_lab",
    "nato.widgets.explorer": "enlargement_explorer",
    "nato.widgets.play": "play",
    "nato.widgets.polarisation_lab": "polarisation_lab",
    "nato.widgets.rates": "rate_calculator",
    "nato.widgets.spending_lab": "spending_lab",
    "nato.widgets.statement_lab": "statement_lab",
    "nato.widgets.timeline": "timeline",
    "record": "export_record import_record record",
    "widgets.argument_map": "argument_map",
    "widgets.carry_on": "carry_on",
    "widgets.claim_sorter": "claim_sorter",
    "widgets.credences": "credence_review credences",
    "widgets.deterrence_lab": "deterrence_lab",
    "widgets.game_lab": "game_lab",
    "widgets.hand_in": "hand_in",
    "widgets.note": "note",
    "widgets.predict": "predict reveal",
    "widgets.progress": "progress",
    "widgets.quiz": "quiz",
    "widgets.reciprocity_lab": "reciprocity_lab",
    "widgets.report_writer": "write_report",
    "widgets.review": "review",
    "widgets.start": "start",
    "widgets.trust_lab": "trust_lab",
}
_LATER = {name: room for room, names in _ROOMS.items() for name in names.split()}
__all__ = ["course", *sorted(_LATER)]


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
