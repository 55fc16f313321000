"""Tests of the tests: what is wrong must be seen to be wrong."""

import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output


def nbval(path):
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", "-p"]
    return subprocess.run(
        [*command, "no:cacheprovider", "--rootdir", path.parent, "-c", "/dev/null", path],
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(("stored", "passes"), [("32", True), ("33", False)])
def test_nbval_sees_a_wrong_output(tmp_path, stored, passes):
    cell = new_code_cell(
        "import coursekit as ck\nlen(ck.Scenario(2024).members())",
        execution_count=1,
        outputs=[new_output("execute_result", {"text/plain": stored}, execution_count=1)],
    )
    path = tmp_path / "planted.ipynb"
    nbformat.write(new_notebook(cells=[cell]), path)
    done = nbval(path)
    assert (done.returncode == 0) is passes, done.stdout
