"""The JavaScript of the widgets: what contributors check it with, and what holds it together."""

import json
import re
import subprocess

import pytest
from javascript import NODE

from coursekit.widgets.living import HERE, program_of

FILES = sorted((HERE / "js").glob("*.js"))
PROGRAMS = [path.name for path in FILES if "export const show" in path.read_text("utf-8")]


def test_the_rules_hold_in_the_browsers_engine(root):
    tested = subprocess.run(
        [NODE, "--test", "tests/js/*.test.mjs"], cwd=root, capture_output=True, text=True
    )
    assert tested.returncode == 0, tested.stdout
    assert re.search(r"pass [1-9]", tested.stdout)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_is_one_module_whose_names_do_not_clash(name, tmp_path):
    program = program_of(name)
    assert not re.search(r"^import ", program, re.MULTILINE)
    file = tmp_path / "program.mjs"
    file.write_text(program, encoding="utf-8")
    checked = subprocess.run([NODE, "--check", file], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_not_public_in_ipywidgets_is_used_in_one_file_only(path):
    private = re.findall(r"\.(_[a-z]\w+)", path.read_text("utf-8"))
    assert bool(private) == (path.name == "ipywidgets.js")


def test_the_lock_of_npm_names_versions_and_no_addresses(root):
    lock = json.loads((root / "package-lock.json").read_text("utf-8"))
    assert all("resolved" not in package for package in lock["packages"].values())
    assert all(re.fullmatch(r"[\d.]+", v) for v in lock["packages"][""]["devDependencies"].values())
    assert "registry" not in (root / "package-lock.json").read_text("utf-8")


def test_the_package_says_nothing_of_the_javascript_in_the_environment(root):
    # .venv stands below it, and Node would take JupyterLab's own files for modules.
    assert "type" not in json.loads((root / "package.json").read_text("utf-8"))
