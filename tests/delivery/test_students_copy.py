"""``coursekit students-copy``: what students get from an instructor's clone."""

import shutil
import subprocess

import pytest
from installing import clone
from typer.testing import CliRunner

from coursekit.cli import app

pytestmark = pytest.mark.slow

SOLUTION = "exercises/source/02_who_joined_when/02_who_joined_when.ipynb"


def git(folder, *words):
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


def make(target):
    return CliRunner().invoke(app, ["students-copy", str(target)])


@pytest.fixture(scope="module")
def course(root, tmp_path_factory):
    home = clone(root, tmp_path_factory.mktemp("private"))
    git(home, "init")
    git(home, "add", "-A")
    return home


@pytest.fixture(autouse=True)
def opened(course, monkeypatch):
    monkeypatch.setenv("COURSEKIT_CONTENT", str(course))


def test_holds_the_course_and_no_solution_and_is_brought_up_to_date(course, tmp_path):
    target = tmp_path / "students"
    assert make(target).exit_code == 0
    assert (target / "notebooks/00_start_here.ipynb").is_file()
    assert {path.name for path in (target / "exercises").iterdir()} == {
        "predictions",
        "quizzes",
        "release",
    }
    assert not (target / "tests").exists()
    assert not [path for path in target.rglob("*") if "rubrics" in path.parts]
    # Published once; then the course loses a file and gains a word.
    git(target, "init")
    (target / "ours.md").write_text("about our class", encoding="utf-8")
    git(target, "add", "README.md", "docs/data.md")
    with (course / "README.md").open("a", encoding="utf-8") as file:
        file.write("\nmore\n")
    git(course, "rm", "-q", "--cached", "docs/data.md")
    assert make(target).exit_code == 0
    assert (target / "README.md").read_text("utf-8").endswith("\nmore\n")
    assert not (target / "docs/data.md").exists()
    assert (target / "ours.md").is_file()
    git(course, "add", "docs/data.md")


def test_nothing_is_written_if_a_solution_would_leak(course, tmp_path):
    shutil.copy(course / SOLUTION, course / "docs" / "worked.ipynb")
    git(course, "add", "docs/worked.ipynb")
    done = make(tmp_path / "students")
    git(course, "rm", "-q", "-f", "docs/worked.ipynb")
    assert done.exit_code == 1
    assert "Students would get what they must not" in done.stderr
    assert "docs/worked.ipynb" in done.stderr
    assert not (tmp_path / "students").exists()


def test_a_folder_with_other_things_is_left_alone(course, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert "is not empty, and no repository" in make(tmp_path).stderr
    assert "Give another folder" in make(course / "students").stderr
    assert "Give another folder" in make(course).stderr


def test_what_git_does_not_know_is_not_copied(course, tmp_path):
    (course / "grades.csv").write_text("kim,20", encoding="utf-8")
    make(tmp_path / "students")
    assert not (tmp_path / "students" / "grades.csv").exists()
