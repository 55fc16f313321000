"""Another course: a debate of 1787, in a folder that holds data and notebooks and no Python."""

from pathlib import Path

import pytest

from coursekit.content import course

# Its notebooks run in the tests, with its folder opened.
collect_ignore = ["course"]

HOME = Path(__file__).parent / "course"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Open the course, with a record of its own."""
    monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "record"))
    with course(HOME):
        yield HOME
