"""Tests of the tests: what is wrong must be seen to be wrong."""

import subprocess
import sys
from xml.etree import ElementTree

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output


@pytest.mark.slow
def test_nbval_sees_a_wrong_output(tmp_path):
    for stored in ("32", "33"):
        cell = new_code_cell(
            "import coursekit as ck\nlen(ck.Scenario(2024).members())",
            execution_count=1,
            outputs=[new_output("execute_result", {"text/plain": stored}, execution_count=1)],
        )
        nbformat.write(new_notebook(cells=[cell]), tmp_path / f"stored_{stored}.ipynb")
    report = tmp_path / "report.xml"
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p"]
    command += ["no:cacheprovider", "--rootdir", tmp_path, "-c", "/dev/null", "--junitxml", report]
    subprocess.run([*command, tmp_path], capture_output=True)
    seen = {
        case.get("classname"): case.find("failure") is None
        for case in ElementTree.parse(report).iter("testcase")
    }
    assert seen == {"stored_32.ipynb": True, "stored_33.ipynb": False}
