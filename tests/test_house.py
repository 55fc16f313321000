"""The house: floors that only point down, a kit that knows no essay, and a page that says so."""

import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from programs import script

LINTER = shutil.which("lint-imports", path=Path(sys.executable).parent)


@pytest.fixture
def lint(root, tmp_path):
    """Plant a line in a copy of the package, and say what import-linter makes of it."""

    def linting(module="", line=""):
        copy = tmp_path / "coursekit"
        shutil.copytree(root / "coursekit", copy, ignore=lambda _, names: _no_code(names))
        shutil.copy(root / "pyproject.toml", tmp_path)
        if module:
            with (copy / module).open("a", encoding="utf-8") as file:
                file.write(f"\n\ndef planted():\n    {line}\n")
        return subprocess.run(
            [LINTER, "--no-cache", "--no-logo"], cwd=tmp_path, capture_output=True, text=True
        )

    return linting


def _no_code(names):
    return [name for name in names if "." in name and not name.endswith(".py")]


@pytest.mark.slow
class TestFloors:
    def test_point_down_only(self, lint):
        done = lint()
        assert done.returncode == 0, done.stdout

    @pytest.mark.parametrize(
        ("module", "line"),
        [
            ("errors.py", "from coursekit.widgets import card"),
            ("quiz/scoring.py", "import coursekit.checks"),
            ("record/store.py", "from coursekit import report"),
            ("models/games.py", "import coursekit.cli"),
        ],
    )
    def test_an_import_upwards_is_refused_even_inside_a_function(self, lint, module, line):
        done = lint(module, line)
        assert done.returncode == 1
        assert "Floors point down only BROKEN" in done.stdout

    def test_nothing_imports_the_face(self):
        # No contract of import-linter can say so: a layer cannot hold the package itself.
        graph = grimp.build_graph("coursekit", cache_dir=None)
        assert not graph.find_modules_that_directly_import("coursekit")

    @pytest.mark.parametrize("module", ["cli.py", "widgets/note.py", "authoring/links.py"])
    def test_an_import_of_the_essay_into_the_kit_is_refused(self, lint, module):
        done = lint(module, "from coursekit.nato.enlargement import Scenario")
        assert done.returncode == 1
        assert "The kit knows no essay BROKEN" in done.stdout


@pytest.fixture(scope="module")
def house(root):
    return script(root / "docs/build/house.py")


def rooms_of(page):
    return {line.split("`")[1] for line in page.splitlines() if line[:3].strip("| ").isdigit()}


class TestThePage:
    def test_has_a_line_for_each_room_and_none_for_another(self, house, root):
        page = (root / "docs/house.md").read_text(encoding="utf-8")
        assert rooms_of(page) == set(house.rooms())

    def test_is_as_fresh_as_its_picture(self, house):
        for path, text in house.house().items():
            assert path.read_text(encoding="utf-8") == text, "run: make house"

    @pytest.mark.parametrize("change", ["a room too many", "a room too few"])
    def test_a_room_on_no_floor_and_a_floor_without_its_room_are_refused(
        self, house, root, tmp_path, change
    ):
        shutil.copy(root / "pyproject.toml", tmp_path)
        shutil.copytree(root / "coursekit", tmp_path / "coursekit")
        if change == "a room too many":
            (tmp_path / "coursekit" / "attic.py").write_text('"""An attic."""\n', encoding="utf-8")
        else:
            (tmp_path / "coursekit" / "ports.py").unlink()
        with pytest.raises(ValueError, match="attic" if "many" in change else "ports"):
            house.house(tmp_path)
