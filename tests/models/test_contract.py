"""What all models promise: types, documentation, sources."""

import ast
import importlib
import inspect
import pkgutil
import sys

import pytest

from coursekit import models
from coursekit.data import load

MODULES = [
    importlib.import_module(f"coursekit.models.{module.name}")
    for module in pkgutil.iter_modules(models.__path__)
]
FUNCTIONS = [
    (f"{module.__name__.split('.')[-1]}.{name}", getattr(module, name))
    for module in MODULES
    if not module.__name__.endswith("checks")
    for name in module.__all__
    if inspect.isfunction(getattr(module, name))
]


@pytest.mark.parametrize(("name", "function"), FUNCTIONS, ids=[name for name, _ in FUNCTIONS])
def test_every_function_is_documented(name, function):
    text = inspect.getdoc(function)
    for part in ("Parameters", "Returns", "Examples", "References"):
        assert f"{part}\n{'-' * len(part)}" in text, part
    known = set(load("readings")["reading"])
    keys = text.split("References\n----------\n")[1].split("\n\n")[0].replace(",", " ").split()
    assert set(keys) & known, keys


def imported(source):
    """Names of the packages that a source imports, in whatever way."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize(
    "source", ["import pandas as pd", "from pandas import Series", "def f():\n import pandas.api"]
)
def test_no_way_to_import_goes_unseen(source):
    """A test of the test that follows."""
    assert set(imported(source)) == {"pandas"}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_models_know_nothing_of_tables_and_widgets(module):
    allowed = {"numpy", "scipy", "networkx", "coursekit", *sys.stdlib_module_names}
    assert set(imported(inspect.getsource(module))) <= allowed
