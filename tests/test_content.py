"""Where the course's files are."""

import subprocess
import sys
from zipfile import ZipFile

import pytest

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
def test_a_wheel_carries_the_tables_and_writes_nothing_outside_its_folder(root, tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, root],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    folders = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert folders == {"coursekit", f"coursekit-{coursekit.__version__}.dist-info"}
    code = (
        "import coursekit; from coursekit.data import load, verify; verify();"
        "assert '.whl' not in coursekit.__file__ and 'target' in coursekit.__file__;"
        "print(len(load('members')))"
    )
    target = tmp_path / "target"
    subprocess.run(
        [sys.executable, "-m", "zipfile", "-e", wheel, target], check=True, capture_output=True
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(target)!r}); {code}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "32", done.stderr
