"""The file to hand in: well named, looked through, and never a reason to lose work."""

import re
import shutil

import nbformat
import pytest
from typer.testing import CliRunner

import coursekit as ck
from coursekit.cli import app
from coursekit.content import folder
from coursekit.errors import CourseError
from coursekit.handing_in import hand_in

SET = "02_who_joined_when"
# As the collector of the course reads it; see nbgrader_config.py.
COLLECTED = re.compile(r"(?P<student>[^/\\]+?)_(?P<file>\d\d_\w+)\.ipynb")


@pytest.fixture
def place(tmp_path):
    """A student's folder, with whatever she has called her notebook."""
    shutil.copytree(folder("exercises") / "release" / SET, tmp_path / "my folder")
    place = tmp_path / "my folder"
    (place / f"{SET}.ipynb").rename(place / "Untitled (1).ipynb")
    return place


def change(place, what):
    path = place / "Untitled (1).ipynb"
    notebook = nbformat.read(path, as_version=4)
    what(notebook.cells)
    nbformat.write(notebook, path)


def cell(cells, name):
    return next(c for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


@pytest.mark.slow
class TestTheFile:
    def test_has_the_name_that_is_collected_and_the_content_that_was_saved(self, place):
        made = hand_in(" kim ", place)
        assert COLLECTED.fullmatch(made.path.name).groups() == ("kim", SET)
        assert made.path.read_bytes() == (place / "Untitled (1).ipynb").read_bytes()

    def test_says_what_is_open_but_not_of_tasks_that_are_not_marked(self, place):
        (said,) = hand_in("kim", place).open
        assert said.startswith("No answer yet: border_without_1999, neutral_years,")
        assert said.endswith("what_the_record_shows, two_sources.")
        assert "rate_ci" not in said

    def test_says_what_stops_and_still_makes_the_file(self, place):
        def mistake(cells):
            cell(cells, "members_in-answer").source = "def members_in(year:\n    return 12"
            cells[1].source += "\nbroken_name"

        change(place, mistake)
        made = hand_in("kim", place)
        assert any(re.match(r"Box 1 stopped: NameError: .*broken_name", s) for s in made.failed)
        assert any("SyntaxError" in said for said in made.failed)
        assert made.path.is_file()

    def test_says_which_boxes_are_gone_or_there_twice(self, place):
        def lose(cells):
            cells.remove(cell(cells, "members_in-answer"))
            cells.remove(cell(cells, "members_in"))
            cells.append(nbformat.from_dict({**cell(cells, "status_on-answer"), "id": "copy"}))

        change(place, lose)
        said = hand_in("kim", place).open
        assert "members_in: its boxes are gone. Copy them from a new download of the set." in said
        assert "status_on: its boxes are there twice. Delete the copy." in said

    def test_leaves_no_trace_in_the_learners_record(self, place):
        before = len(ck.record().statements())
        hand_in("kim", place)
        assert len(ck.record().statements()) == before

    def test_of_several_notebooks_the_newest_is_taken_and_the_others_are_named(self, place):
        shutil.copy2(place / "Untitled (1).ipynb", place / "older.ipynb")
        change(place, lambda cells: cells[0].update(source="# Newer"))
        made = hand_in("kim", place)
        assert "left out: older.ipynb" in made.open[0]
        assert b"# Newer" in made.path.read_bytes()


class TestCommand:
    """What runs the notebook is tried above, and takes seconds."""

    @pytest.fixture(autouse=True)
    def nothing_fails(self, monkeypatch):
        monkeypatch.setattr("coursekit.handing_in._failed", lambda notebook, place: [])

    @pytest.mark.parametrize("where", [".", "02", SET, "Untitled (1).ipynb"])
    def test_a_set_its_folder_or_the_notebook_can_be_named(self, place, monkeypatch, where):
        monkeypatch.chdir(place)
        done = CliRunner().invoke(app, ["hand-in", where, "--name", "kim"])
        assert done.exit_code == 0, done.output
        assert f"kim_{SET}.ipynb: the notebook as saved on" in done.output
        assert "No answer yet: border_without_1999" in done.output
        assert (place / "hand_in" / f"kim_{SET}.ipynb").is_file()

    def test_it_asks_for_the_name(self, place):
        done = CliRunner().invoke(app, ["hand-in", str(place)], input="lee\n")
        assert (place / "hand_in" / f"lee_{SET}.ipynb").is_file(), done.output

    def test_the_notebook_named_is_taken_though_another_is_newer(self, place):
        shutil.copy(place / "Untitled (1).ipynb", place / "newer.ipynb")
        made = hand_in("kim", place / "Untitled (1).ipynb")
        assert not any("left out" in said for said in made.open)

    def test_what_is_not_there_is_told_with_what_to_do(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        done = CliRunner().invoke(app, ["hand-in", "42", "--name", "kim"])
        assert done.exit_code == 1
        assert "There is no set 42 here" in done.output


class TestWrongUse:
    @pytest.mark.parametrize("name", ["", "  ", "../kim", "kim_lee_", "a/b", "=cmd()", "k" * 41])
    def test_a_name_that_is_no_file_is_refused(self, place, name):
        with pytest.raises(CourseError, match="letters, digits and hyphens"):
            hand_in(name, place)
        assert not (place / "hand_in").exists()

    def test_elsewhere_it_says_where_to_go(self, tmp_path):
        with pytest.raises(CourseError, match=r"There is no checks\.yaml in"):
            hand_in("kim", tmp_path)

    def test_without_the_notebook_it_says_so(self, place):
        (place / "Untitled (1).ipynb").write_text("torn", encoding="utf-8")
        with pytest.raises(CourseError, match="No notebook with the tasks"):
            hand_in("kim", place)

    def test_a_notebook_that_is_too_large_says_how_to_make_it_smaller(self, place):
        change(place, lambda cells: cells[0].update(source="x" * 10_000_001))
        with pytest.raises(CourseError, match="Clear large outputs"):
            hand_in("kim", place)
