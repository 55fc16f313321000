"""Sentences that students read, in files beside the modules that say them."""

import ast
import re
from pathlib import Path

import pytest

import coursekit
from coursekit.documents import read
from coursekit.errors import CourseError
from coursekit.sentences import Sentences, measured

PACKAGE = Path(coursekit.__file__).parent
SPEAKING = [path for path in PACKAGE.rglob("*.py") if "SAY = Sentences(" in path.read_text("utf-8")]


def named(path):
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def test_what_stands_in_braces_is_filled_in(tmp_path):
    (tmp_path / "lab.yaml").write_text("loss: The loss is {loss:.2f}.\nwords: [a, b]\n")
    say = Sentences(tmp_path / "lab.py")
    assert say("loss", loss=0.254) == "The loss is 0.25."
    assert say["words"] == ["a", "b"]


def test_a_per_cent_sign_stands_close_to_its_number_in_every_text():
    assert [measured("7", unit) for unit in ("%", "km", "")] == ["7%", "7 km", "7"]
    root = PACKAGE.parent
    places = ("notebooks/*.ipynb", "exercises/**/*.yaml", "exercises/source/*/*.ipynb", "docs/*.md")
    places += ("docs/instructors/**/*.md", "datasets/*.csv", "coursekit/**/*.yaml", "README.md")
    texts = [file for place in places for file in root.glob(place)]
    assert len(texts) > 100
    spaced = r"[\d}] %(?![\w(])"
    assert [file.name for file in texts if re.search(spaced, file.read_text("utf-8"))] == []


def test_a_sentence_written_twice_is_refused(tmp_path):
    (tmp_path / "lab.yaml").write_text("loss: one\nloss: two\n")
    with pytest.raises(CourseError, match=r"lab.yaml, line 2: 'loss' stands here twice"):
        Sentences(tmp_path / "lab.py")("loss")


@pytest.mark.parametrize("path", SPEAKING, ids=named)
def test_each_sentence_of_a_file_is_said_and_none_is_missing(path):
    texts = {
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    said = {
        argument.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call | ast.Subscript)
        and ast.unparse(node.func if isinstance(node, ast.Call) else node.value) == "SAY"
        for argument in [node.args[0] if isinstance(node, ast.Call) else node.slice]
        if isinstance(argument, ast.Constant)
    }
    written = set(read(path.with_suffix(".yaml")))
    assert said <= written
    assert written <= texts
