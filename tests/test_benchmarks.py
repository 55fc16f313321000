"""The benchmarks, which the suite does not run: what they take from elsewhere is still there."""

import ast
import importlib
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import coursekit

ROOT = Path(__file__).parents[1]
BENCHMARKS = sorted((ROOT / "benchmarks").glob("*.py"))
OURS = [ROOT / "benchmarks", ROOT / "tests", ROOT / "tests" / "browser"]


def programs(path):
    """The benchmark, and the cells that it writes into notebooks."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield tree
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and "import" in node.value
        ):
            try:
                yield ast.parse(str(node.value))
            except SyntaxError:
                continue


def imports(path):
    for tree in programs(path):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, None) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.module, alias.name) for alias in node.names)


def has(module, name):
    """Whether a file of ours gives a name, told without running it."""
    for folder in OURS:
        found = folder / f"{module.replace('.', '/')}.py"
        if found.exists():
            if name is None:
                return True
            known = set()
            for node in ast.parse(found.read_text(encoding="utf-8")).body:
                targets = [one for one in getattr(node, "targets", []) if isinstance(one, ast.Name)]
                known |= {getattr(node, "name", None), *(one.id for one in targets)}
                known |= {one.asname or one.name for one in getattr(node, "names", [])}
            return name in known
    if module.split(".")[0] == "coursekit":
        return name is None or hasattr(importlib.import_module(module), name)
    return find_spec(module.split(".")[0]) is not None


@pytest.mark.parametrize("path", BENCHMARKS, ids=lambda path: path.stem)
def test_what_a_benchmark_imports_is_there(path):
    missing = [f"{module}: {name}" for module, name in imports(path) if not has(module, name)]
    assert missing == []


def test_each_slider_that_is_moved_is_one_of_its_lab(monkeypatch):
    monkeypatch.setattr(sys, "path", [*map(str, OURS), *sys.path])
    moved = importlib.import_module("slider_to_pixels")
    labels = {name: moved.label(name, control) for name, (control, _) in moved.LABS.items()}
    assert all(labels.values())
    assert all(callable(getattr(coursekit, f"{name}_lab")) for name in labels)
