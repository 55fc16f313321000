"""The lowest and the newest versions of what the course needs give the same values.

``make compat`` tries each Python that is found, with both, and the versions that a browser has. All
other tests run on versions that are new.
"""

import json
from pathlib import Path

import pytest
from installing import install, outside, python_of, run
from programs import pyodide, script

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

ROOT = Path(__file__).resolve().parents[2]
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
    all_values_are_those_stored(tmp_path, python, "--resolution", resolution, wheel=wheel)


def test_the_versions_that_pyodide_has_give_the_values_that_are_stored(wheel, tmp_path):
    # Its own Python is newer than any that is sure to be here.
    python = next(filter(None, map(python_of, ("3.14", "3.13", "3.12"))), None)
    if not python:
        pytest.skip("There is no Python from 3.12 to 3.14 on this machine.")
    build = script(ROOT / "lite" / "build.py")
    lock = json.loads((pyodide() / build.LOCK).read_text(encoding="utf-8"))["packages"]
    known = build.pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    pinned = [f"{name}=={lock[name]['version']}" for name in known if name in lock]
    assert len(pinned) > 20
    (tmp_path / "pins.txt").write_text("\n".join(pinned), encoding="utf-8")
    all_values_are_those_stored(
        tmp_path, python, "--constraints", tmp_path / "pins.txt", wheel=wheel
    )


def all_values_are_those_stored(tmp_path, python, *how, wheel):
    """Install the course in some way, and compare what its notebooks give."""
    there = install(tmp_path / "env", python, *how, f"coursekit[app] @ file://{wheel}")
    # Matplotlib would say in a notebook that it looks for fonts, if that takes long the first time.
    run([there, "-c", "import matplotlib.font_manager"], tmp_path, env=outside())
    run([there, "-m", "coursekit", "get"], tmp_path, env=outside())
    said = run([there, VALUES, tmp_path / "course" / "notebooks"], tmp_path, env=outside()).stdout
    found = json.loads(said.splitlines()[-1])
    assert found["differences"] == []
    assert found["compared"] > 200
