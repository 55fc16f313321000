"""Programs that tests need and a machine may lack, and scripts that they load."""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest


def missing(said, how):
    """Skip with a line that says what to do, or fail where nothing may skip."""
    if os.environ.get("COURSEKIT_NO_SKIP"):
        pytest.fail(f"{said}, and COURSEKIT_NO_SKIP forbids to skip.")
    pytest.skip(f"{said}. {how}")


def npm(to):
    """Find npm; `to` says what it is needed for."""
    return shutil.which("npm") or missing("npm was not found", f"Install Node.js to {to}.")


def script(path):
    """Load a script that is no module of the package."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
