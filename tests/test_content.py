"""Where the course's files are."""

from zipfile import ZipFile

import pytest
import yaml

import coursekit
from coursekit import content


def test_a_checkout_reads_its_own_folders(root):
    assert content.folder("datasets") == root / "datasets"


def test_an_environment_variable_moves_the_content(tmp_path, monkeypatch):
    (tmp_path / "datasets").mkdir()
    monkeypatch.setenv("COURSEKIT_CONTENT", str(tmp_path))
    assert content.folder("datasets") == tmp_path / "datasets"
    # What the other copy lacks is missing: it must not be mixed with this course.
    with pytest.raises(FileNotFoundError, match="'exercises' is missing"):
        content.folder("exercises")


def test_a_missing_folder_is_named_with_the_places_searched():
    with pytest.raises(FileNotFoundError, match=r"'slides' is missing. Searched: .*slides"):
        content.folder("slides")


@pytest.mark.slow
def test_a_wheel_carries_the_course_and_writes_nothing_outside_its_folder(wheel):
    names = ZipFile(wheel).namelist()
    folders = {name.split("/")[0] for name in names}
    assert folders == {"coursekit", f"coursekit-{coursekit.__version__}.dist-info"}
    inside = {"/".join(name.split("/")[2:]) for name in names if "/_content/" in name}
    assert {name.split("/")[0] for name in inside} == {"datasets", "docs", "exercises", "notebooks"}
    assert len([name for name in inside if name.startswith("notebooks/")]) == 11
    assert {name.split("/")[1] for name in inside if name.startswith("exercises/")} == {
        "predictions",
        "quizzes",
        "release",
    }


@pytest.mark.parametrize("folder", ["coursekit", "datasets", "exercises"])
def test_a_python_without_the_fast_reader_of_yaml_reads_the_same(root, folder):
    # As some browsers' Pythons are: there, a page would end where the fast one is the laxer.
    fast = pytest.importorskip("yaml.cyaml").CSafeLoader
    texts = {path: path.read_text(encoding="utf-8") for path in (root / folder).rglob("*.yaml")}
    assert texts
    for path, text in texts.items():
        assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(text, Loader=fast), path
