"""What all tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

# A test says what is right, not how fast: the first example also fills the caches.
settings.register_profile("course", deadline=None)
settings.load_profile("course")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root():
    """The checkout."""
    return ROOT
