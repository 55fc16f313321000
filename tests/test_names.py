"""Every name of the course that a text mentions is there for whoever types it."""

import ast
import importlib
import re
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from pkgutil import resolve_name
from types import ModuleType

import nbformat
import pytest

import coursekit

ROOT = Path(__file__).resolve().parent.parent
# As it is typed; addresses and files look alike and are none.
NAME = re.compile(r"(?<![\w/.@-])(?:coursekit|ck)((?:\.[A-Za-z_]\w*)+)(?!\.?\w)")
IMPORT = re.compile(
    r"\bfrom (coursekit(?:\.\w+)*) import (\w+(?:, \w+)*)|(?:\bimport|::) (coursekit(?:\.\w+)*)"
)
FILES = (".py", ".json", ".egg")


def docstrings(path):
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    parts = [p for p in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(p, kinds)]
    return "\n".join(ast.get_docstring(part) or "" for part in parts)


def cells(path):
    return "\n\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)


def texts():
    """Give what reads each file's text, by its path."""
    readers = {
        "README.md": Path.read_text,
        "datasets/README.md": Path.read_text,
        "docs/[!_]*.md": Path.read_text,
        "docs/[!_]*/*.md": Path.read_text,
        "notebooks/*.ipynb": cells,
        "exercises/source/*/*.ipynb": cells,
        "exercises/rubrics/*.md": Path.read_text,
        "coursekit/**/*.py": docstrings,
    }
    return {
        path.relative_to(ROOT).as_posix(): partial(read, path)
        for pattern, read in readers.items()
        for path in sorted(ROOT.glob(pattern))
    }


def module_of(name):
    """Import the longest part of a name that is a module, as a reader would have to."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            if find_spec(".".join(parts[:end])):
                return importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue


def problem(name):
    """Say why a dotted name cannot be typed; empty if it can."""
    module_of(name)
    found = coursekit
    for part in name.split(".")[1:]:
        if not hasattr(found, part):
            return f"{name}: no {part} in {found!r}"
        found = getattr(found, part)
    return ""


def imported(text):
    """List what a text imports, by an import or by one of Sphinx' directives."""
    for source, names, module in IMPORT.findall(text):
        yield from (f"{source}.{name}" for name in names.split(", ")) if source else [module]


def unusable(text):
    """List what a text mentions and nobody can type."""
    found = []
    for name in imported(text):
        try:
            resolve_name(name)
        except (AttributeError, ImportError):
            found.append(f"{name} cannot be imported")
    rest = IMPORT.sub("", text)
    mentioned = {f"coursekit{name}" for name in NAME.findall(rest) if not name.endswith(FILES)}
    return found + [said for said in map(problem, sorted(mentioned)) if said]


@pytest.mark.parametrize("read", (found := texts()).values(), ids=found)
def test_every_name_that_a_text_mentions_can_be_typed(read):
    assert not unusable(read())


@pytest.mark.parametrize(
    "text",
    [
        "`coursekit.quiz.normalised_gain` says",
        "See `ck.record.read_export`.",
        "`ck.no_such_lab()`",
        "from coursekit.quiz import no_such_name",
        "from coursekit.no_such_module import load",
    ],
)
def test_a_name_that_cannot_is_found(text):
    assert unusable(text)


def test_no_further_name_hides_a_module():
    """The modules of these two are imported from; a third would make one more trap."""
    hidden = [
        name
        for name in coursekit.__all__
        if find_spec(f"coursekit.{name}") and not isinstance(getattr(coursekit, name), ModuleType)
    ]
    assert hidden == ["quiz", "record"]
