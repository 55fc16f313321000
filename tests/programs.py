"""Programs that tests need and a machine may lack, and scripts that they load."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def missing(said, how):
    """Skip with a line that says what to do, or fail where nothing may skip."""
    if os.environ.get("COURSEKIT_NO_SKIP"):
        pytest.fail(f"{said}, and COURSEKIT_NO_SKIP forbids to skip.")
    pytest.skip(f"{said}. {how}")


def npm(to):
    """Find npm; `to` says what it is needed for."""
    return shutil.which("npm") or missing("npm was not found", f"Install Node.js to {to}.")


def pyodide():
    """Find Pyodide as npm brings it; `make lint` may have fetched it."""
    folder = ROOT / "node_modules" / "pyodide"
    if not folder.is_dir():
        command = [npm("test what JupyterLite is made of"), "ci", "--silent"]
        subprocess.run(command, cwd=ROOT, check=True, timeout=600)
    return folder


def script(path):
    """Load a script that is no module of the package."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
