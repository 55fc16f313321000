"""Types: hints on all that students call, and a strict check of them and of what they stand on."""

import inspect
import re
import subprocess
import sys

import pytest

import coursekit as ck

CALLED = [name for name in ck.__all__ if callable(getattr(ck, name))]


def mypy(root, *words):
    """Run mypy as the project has set it up."""
    return subprocess.run(
        [sys.executable, "-m", "mypy", *words], cwd=root, capture_output=True, text=True
    )


@pytest.mark.slow
def test_are_strict(root):
    done = mypy(root)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "call"),
    [
        ("coursekit.models.games", "classify(3, 2, 1)"),
        ("coursekit.nato.enlargement", "Scenario(admitted=2008.5)"),
        ("coursekit.widgets.quiz", "quiz(7)"),
    ],
)
def test_a_wrong_call_is_told(root, tmp_path, module, call):
    file = tmp_path / "wrong.py"
    file.write_text(f"from {module} import {call.partition('(')[0]}\n\n{call}\n", encoding="utf-8")
    done = mypy(root, file)
    assert done.returncode == 1
    assert re.search(r"\[(arg-type|call-arg)\]", done.stdout)


@pytest.mark.parametrize("name", CALLED)
def test_all_that_students_call_has_hints(name):
    function = getattr(ck, name)
    signature = inspect.signature(function)
    bare = [one for one in signature.parameters.values() if one.annotation is one.empty]
    assert bare == []
    assert inspect.isclass(function) or signature.return_annotation is not signature.empty
