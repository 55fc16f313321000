"""What all tests share."""

import gc
import os
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import settings
from programs import missing
from warm_kernels import warm_kernels

# A test says what is right, not how fast: the first example also fills the caches. For more
# examples than usual run pytest with --hypothesis-profile=thorough.
settings.register_profile("quick", deadline=None, max_examples=15)
settings.register_profile("course", deadline=None, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("course")

# Notebooks that the tests run see an empty record, not that of whoever runs the tests; each module
# of tests has one of its own.
EMPTY = tempfile.mkdtemp(prefix="coursekit-record-")
os.environ["COURSEKIT_RECORD"] = EMPTY
RECORDS = defaultdict(lambda: tempfile.mkdtemp(prefix="coursekit-record-"))

# What a test writes need not outlast a failure of power, and to wait for the disk takes its time.
os.fsync = lambda file: None

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root():
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def wheel(root, tmp_path_factory):
    """The course as a package, built once."""
    from installing import wheel

    base = tmp_path_factory.getbasetemp()
    # All workers have folders of their own in one.
    return wheel(root, base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture
def other_jupyterlab(tmp_path, monkeypatch):
    """Another Python's JupyterLab, first on the PATH."""
    other = tmp_path / "jupyter-lab"
    other.write_text("#!/bin/sh\necho another one\n", encoding="utf-8")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return other


@pytest.fixture(autouse=True)
def closed_widgets():
    """Close what a test has made: ipywidgets keeps every widget, and cards tell each other."""
    known = sys.modules.get("ipywidgets")
    before = set(known.widget._instances) if known else set()
    yield
    if known := sys.modules.get("ipywidgets"):
        for id in known.widget._instances.keys() - before:
            if made := known.widget._instances.get(id):
                made.close()
    # A page that a test has begun is over.
    if figures := sys.modules.get("coursekit.widgets.live_figure"):
        figures.STILLS.__init__()


@pytest.fixture(scope="session")
def painter(root):
    """The browser's own code for the rules of live figures."""
    from javascript import Module, Painter

    module = Module(root / "coursekit/widgets/js/rules.js")
    yield Painter(module)
    module.close()


class OwnRecords:
    """Hooks of a conftest.py see the tests beside it only; notebooks stand elsewhere."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        os.environ["COURSEKIT_RECORD"] = RECORDS[item.path]

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self):
        os.environ["COURSEKIT_RECORD"] = EMPTY


class Failures:
    """Keep what was to be seen when a test failed that has something open in the browser."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = yield
        browser = sys.modules.get("jupyterlab")
        if report.failed and browser and browser.OPEN:
            name = re.sub(r"[^\w.-]+", "-", item.nodeid)[-120:]
            for number, opened in enumerate(browser.OPEN):
                place = ROOT / "test-failures" / name / f"{report.when}-{number}"
                place.mkdir(parents=True, exist_ok=True)
                try:
                    opened.keep(place)
                    report.sections.append(("What was to be seen", str(place)))
                except Exception as trouble:
                    report.sections.append(("Nothing could be kept", str(trouble)))
        return report


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=30, help="kills while records are merged")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish():
    # When Python ends, IPython's shell would look through all that the tests have made.
    gc.freeze()


def pytest_collection_finish():
    # What was collected stays to the end: to look through it again and again would take a fifth of
    # the time, and to look through what is new at every 700th thing another tenth.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


# What takes minutes begins first, so that no worker is left alone with it at the end.
LONGEST = (
    *("test_compat", "test_installed", "test_students_copy"),
    *("test_every_notebook", "test_accessibility", "test_release", "test_course", "test_cycle"),
    *("test_quiz.py", "test_front_door", "test_site", "test_model_labs", "test_memory"),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    def place(item):
        names = (number for number, name in enumerate(LONGEST) if name in item.nodeid)
        return next(names, len(LONGEST))

    # Both days of a notebook stay together, the first day first.
    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadFileScheduling

    class ByPage(LoadFileScheduling):
        """A file goes to one worker; of a file about every notebook, each notebook goes to one."""

        def _split_scope(self, nodeid):
            file, _, test = nodeid.partition("::")
            return file + test.partition("[")[2] if "test_every_notebook" in file else file

    return ByPage(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        kernels = warm_kernels()
        kernels.__enter__()
        config.add_cleanup(lambda: kernels.__exit__(None, None, None))
    config.pluginmanager.register(OwnRecords())
    config.pluginmanager.register(Failures())


@pytest.fixture(scope="session")
def needs_chromium():
    from jupyterlab import CHROMIUM

    if not CHROMIUM:
        how = "Install one (apt install chromium) to test the pages."
        missing("No Chromium was found", how)


@pytest.fixture(scope="session")
def browser(needs_chromium):
    """One browser for all: a process can hold no second one of this kind."""
    from jupyterlab import chromium

    with chromium() as started:
        yield started
