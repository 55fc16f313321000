"""A server that reads the course's settings for nbgrader is about as small as one without."""

import os
import shutil
import subprocess
import sys

import psutil
import pytest
from serving import answer, free_port

pytestmark = pytest.mark.slow

HEAVY = ("numpy", "pandas", "matplotlib", "ipywidgets", "scipy", "networkx")


def resident(folder, private):
    """Memory of a server started in a folder, in megabytes."""
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [f"--port={port}", "--IdentityProvider.token=", "--ServerApp.port_retries=0"]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(private)},
        stderr=(private / "log").open("w"),
    )
    try:
        answer(f"http://127.0.0.1:{port}/api/status", process, seconds=120)
        assert "nbgrader" in (private / "log").read_text()
        return psutil.Process(process.pid).memory_info().rss / 1e6
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_it_needs_at_most_ten_megabytes_more(root, tmp_path):
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    shutil.copy(root / "nbgrader_config.py", tmp_path / "with")
    with_it = resident(tmp_path / "with", tmp_path / "with")
    without = resident(tmp_path / "without", tmp_path / "without")
    assert with_it - without <= 10, f"{with_it:.0f} MB against {without:.0f} MB"


def test_they_load_nothing_that_draws_or_computes(root):
    load = "from traitlets.config import PyFileConfigLoader as L; import sys;"
    load += f"L('nbgrader_config.py', path={str(root)!r}).load_config();"
    load += f"print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", load], capture_output=True, text=True, cwd=root)
    assert done.stdout.strip() == "[]", done.stderr
