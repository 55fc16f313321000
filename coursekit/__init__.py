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
from typing import Any

from coursekit.cells import watch
from coursekit.content import course
from coursekit.on_demand import on_demand

__version__ = "0.1.0"

watch()

# They are loaded when they are first asked for: pandas and matplotlib take their time, and whoever
# wants one module, such as the settings of nbgrader in every server, needs neither.
# A star stands for the name itself: such names have a module of their own.
_ROOMS = {
    "argument": "Argument claim claims",
    "checks": "check",
    "data": "cite codebook licence load sources version",
    "nato.enlargement": "ROUNDS Scenario preset presets status_by_year",
    "nato.enlargement.rates": "rate",
    "nato.figures.rates": "rate_figure",
    "nato.figures.timeline": "timeline_figure",
    "nato.widgets.explorer": "enlargement_explorer",
    "nato.widgets.rates": "rate_calculator",
    "record": "export_record import_record record",
    "widgets.credences": "credence_review credences",
    "widgets.predict": "predict reveal",
    "widgets.report_writer": "write_report",
    "nato.figures.*": "difference europe",
    "nato.widgets.*": (
        "arms_race_lab compare comparison_lab play polarisation_lab spending_lab "
        "statement_lab timeline"
    ),
    "widgets.*": (
        "argument_map carry_on claim_sorter deterrence_lab game_lab hand_in note progress "
        "quiz reciprocity_lab review start trust_lab"
    ),
}
_LATER = {name: room.replace("*", name) for room, names in _ROOMS.items() for name in names.split()}
__all__ = ["course", *sorted(_LATER)]


class _Face(ModuleType):
    def __setattr__(self, name: str, value: object) -> None:
        # `quiz` and `record` are rooms too; whoever enters one must not put it in the place of
        # the function.
        if name not in _LATER or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        return on_demand(__name__)(name)
    found = getattr(import_module(f"coursekit.{_LATER[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
