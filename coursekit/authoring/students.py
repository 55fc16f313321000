"""A copy of the course for students: all that it needs to run, and no solutions."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from coursekit.authoring.classroom.build import public_text, refuse
from coursekit.authoring.classroom.leaks import leaks
from coursekit.authoring.classroom.source import exercise_sets
from coursekit.content import checkout
from coursekit.errors import CourseError

# Solutions, marking guides, and what only authors and administrators have a use for.
LEFT_OUT = (
    *("exercises/source/", "exercises/rubrics/", "tests/", "benchmarks/", "deploy/", ".ci/"),
    *("requirements-test.lock", "requirements-instructor.lock", "nbgrader_config.py"),
)
# It shows authors the marks of a solution, with none between them.
SHOWS_MARKS = "docs/exercise_format.md"


def _git(folder, *words):
    command = ["git", "-C", str(folder), *words]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        said = getattr(problem, "stderr", "") or str(problem)
        raise CourseError(
            f"git could not tell which files belong to {folder}: {said.strip()} The copy is made "
            "in a clone of the course's repository."
        ) from None
    return [name for name in done.stdout.split("\0") if name]


def _is_clone(folder):
    return (folder / ".git").exists()


def students_copy(target: str | Path) -> list[str]:
    """Write the copy or bring it up to date; raises CourseError, before, if anything would leak."""
    root, target = checkout("exercises/source"), Path(target).expanduser().resolve()
    if target == root or root in target.parents or target in root.parents:
        raise CourseError(f"{target} is not beside the course but with it. Give another folder.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())) and not _is_clone(target):
        raise CourseError(
            f"{target} is not empty, and no repository. Give a new folder, or a clone of the "
            "students' repository."
        )
    names = [name for name in _git(root, "ls-files", "-z") if not name.startswith(LEFT_OUT)]
    names = [name for name in names if (root / name).is_file()]
    before = set(_git(target, "ls-files", "-z")) if _is_clone(target) else set()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as place:
        fresh = Path(place) / "copy"
        for name in names:
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, fresh / name)
        _scan(fresh)
        # Only now is anything written that stays.
        for name in names:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).replace(target / name)
    for name in before - set(names):
        (target / name).unlink(missing_ok=True)
    return names


def _scan(fresh):
    public = public_text()
    for each in exercise_sets():
        found = leaks(each, [fresh], public)
        refuse([f for f in found if f.kind != "mark" or not f.place.endswith(SHOWS_MARKS)])
