"""What all tests share."""

import os
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import settings

# A test says what is right, not how fast: the first example also fills the caches.
settings.register_profile("course", deadline=None)
settings.load_profile("course")

# Notebooks that the tests run see an empty record, not that of whoever runs the tests; each module
# of tests has one of its own.
EMPTY = tempfile.mkdtemp(prefix="coursekit-record-")
os.environ["COURSEKIT_RECORD"] = EMPTY
RECORDS = defaultdict(lambda: tempfile.mkdtemp(prefix="coursekit-record-"))

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root():
    """The checkout."""
    return ROOT


class OwnRecords:
    """Hooks of a conftest.py see the tests beside it only; notebooks stand elsewhere."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        os.environ["COURSEKIT_RECORD"] = RECORDS[item.path]

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self):
        os.environ["COURSEKIT_RECORD"] = EMPTY


def pytest_configure(config):
    config.pluginmanager.register(OwnRecords())


@pytest.fixture(scope="session")
def needs_chromium():
    from jupyterlab import CHROMIUM

    if not CHROMIUM:
        if os.environ.get("COURSEKIT_NO_SKIP"):
            pytest.fail("No Chromium was found, and COURSEKIT_NO_SKIP forbids to skip.")
        pytest.skip("No Chromium was found. Install one (apt install chromium) to test the pages.")


@pytest.fixture(scope="session")
def browser(needs_chromium):
    """One browser for all: a process can hold no second one of this kind."""
    from jupyterlab import chromium

    with chromium() as started:
        yield started
