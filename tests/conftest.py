"""What all tests share."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# A test says what is right, not how fast: the first example also fills the caches.
settings.register_profile("course", deadline=None)
settings.load_profile("course")

# No test, and no notebook that one runs, reads or writes the record of whoever runs the tests.
os.environ["COURSEKIT_RECORD"] = tempfile.mkdtemp(prefix="coursekit-record-")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root():
    """The checkout."""
    return ROOT
