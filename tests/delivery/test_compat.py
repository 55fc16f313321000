"""The lowest and the newest versions of what the course needs give the same values.

``make compat`` tries each Python that is found, with both. All other tests run on versions that are
new.
"""

import json
from pathlib import Path

import pytest
from installing import install, outside, python_of, run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

VALUES = Path(__file__).with_name("values.py")
ALL = [
    (python, versions)
    for python in ("3.11", "3.12", "3.13")
    for versions in ("lowest-direct", "highest")
]


@pytest.mark.parametrize(("version", "resolution"), ALL)
def test_all_notebooks_give_the_values_that_are_stored(version, resolution, wheel, tmp_path):
    python = python_of(version)
    if not python:
        pytest.skip(f"There is no Python {version} on this machine.")
    there = install(
        tmp_path / "env", python, "--resolution", resolution, f"coursekit[app] @ file://{wheel}"
    )
    run([there, "-m", "coursekit", "get"], tmp_path, env=outside())
    said = run([there, VALUES, tmp_path / "course" / "notebooks"], tmp_path, env=outside()).stdout
    found = json.loads(said.splitlines()[-1])
    assert found["differences"] == []
    assert found["compared"] > 200
