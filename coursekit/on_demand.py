"""Modules that are loaded when they are first named, such as ``ck.models.deterrence``."""

from collections.abc import Callable
from importlib import import_module
from types import ModuleType


def on_demand(package: str) -> Callable[[str], ModuleType]:
    """Make the ``__getattr__`` of a package whose modules take long to load."""

    def load(name: str) -> ModuleType:
        wanted = f"{package}.{name}"
        try:
            if not name.startswith("_"):
                return import_module(wanted)
        except ModuleNotFoundError as problem:
            if problem.name != wanted:
                raise
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return load
