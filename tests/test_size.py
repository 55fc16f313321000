"""The script that counts lines and words."""

from pathlib import Path

import pytest
from programs import script

MODULE = '''"""A lab.

It has two lines of code below.
"""

# A comment.
TIP = "Four words stand here."


def ask():
    raise CourseError("These words are an error.")
'''


@pytest.fixture(scope="module")
def size():
    return script(Path(__file__).with_name("size.py"))


@pytest.fixture
def package(size, tmp_path, monkeypatch):
    monkeypatch.setattr(size, "PACKAGE", tmp_path)
    return tmp_path


def test_docstrings_comments_and_errors_are_no_content(size, package):
    (package / "lab.py").write_text(MODULE)
    assert size.measure(package / "lab.py") == (3, 4, 4, 9)


def test_what_speaks_to_authors_is_no_content(size, package):
    (package / "doctor.py").write_text(MODULE)
    assert size.measure(package / "doctor.py").content == 0


def test_a_ceiling_that_is_passed_is_named(size, package, monkeypatch, capsys):
    (package / "lab.py").write_text(MODULE)
    monkeypatch.setattr("sys.argv", ["size.py"])
    monkeypatch.setitem(size.CEILINGS, "words of course content", (3, 0))
    with pytest.raises(SystemExit, match="Above the ceiling: words of course content"):
        size.main()
    assert "4 words of course content (at most 3, goal 0)" in capsys.readouterr().out
