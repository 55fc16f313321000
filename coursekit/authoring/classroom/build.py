"""Build and verify exercise sets: source to release, with a scan for leaks in between."""

import filecmp
import shutil
import tempfile
from pathlib import Path

from coursekit.authoring.classroom.leaks import leaks
from coursekit.authoring.classroom.literal import literal_sheet
from coursekit.authoring.classroom.release import release, run_source
from coursekit.authoring.classroom.source import worth
from coursekit.content import PACKAGE, folder
from coursekit.errors import CourseError

__all__ = ["build_set", "public_text", "verify_set"]


def public_text():
    """Gather what is public by its nature: the package, the notebooks and the tables.

    Returns
    -------
    str
        All of it. A line of a solution that the course itself contains gives nothing away.
    """
    root = folder("exercises").parent
    kinds = [(PACKAGE, "*.py"), (root / "notebooks", "*.ipynb"), (root / "datasets", "*.csv")]
    files = [path for place, kind in kinds for path in sorted(place.rglob(kind))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return text.replace('\\"', '"').replace("\\n", "\n")


def build_set(exercise, target):
    """Run the source of a set, release it, and scan the release.

    Parameters
    ----------
    exercise : coursekit.authoring.classroom.source.ExerciseSet
        The set; its notebook is stored with its outputs.
    target : pathlib.Path
        The folder of released sets.

    Returns
    -------
    str
        What was done.

    Raises
    ------
    CourseError
        If the set is not in order, or if the release would hold what it must not. The release
        is then left as it was.
    """
    _complete(exercise)
    run_source(exercise)
    with tempfile.TemporaryDirectory() as place:
        fresh = Path(place) / exercise.name
        release(exercise, fresh)
        refuse(leaks(exercise, [fresh]))
        shutil.rmtree(target / exercise.name, ignore_errors=True)
        shutil.copytree(fresh, target / exercise.name)
    return "built"


def verify_set(exercise, target, places=()):
    """Compare a released set with a fresh build, and scan it.

    Parameters
    ----------
    exercise : coursekit.authoring.classroom.source.ExerciseSet
        The set; nothing is written.
    target : pathlib.Path
        The folder of released sets.
    places : list of pathlib.Path, optional
        Wheels and folders to scan as well.

    Returns
    -------
    str
        What was found to be in order.

    Raises
    ------
    CourseError
        If the release differs from a fresh build, or something leaks.
    """
    _complete(exercise)
    released = target / exercise.name
    with tempfile.TemporaryDirectory() as place:
        fresh = Path(place) / exercise.name
        release(exercise, fresh)
        names = {path.name for each in (fresh, released) for path in each.glob("*")}
        _, different, missing = filecmp.cmpfiles(fresh, released, sorted(names), shallow=False)
    if different or missing:
        raise CourseError(
            f"The release is not what the source gives: {', '.join(different + missing)}. "
            "Run 'make exercises'."
        )
    refuse(leaks(exercise, [released]) + leaks(exercise, places, public_text()))
    return "release is fresh, nothing leaks"


def refuse(found):
    if found:
        raise CourseError("Students would get what they must not:\n" + "\n".join(map(str, found)))


def _complete(exercise):
    """Check the sheet: mistakes can occur, what is marked has visible and hidden checks."""
    sheet = exercise.sheet
    for name, task in literal_sheet(sheet, hidden=True)["tasks"].items():
        used = {mistake for check in task["checks"] for mistake in check.get("mistakes", {})}
        for mistake in sheet["tasks"][name].get("mistakes", []):
            if mistake["name"] not in used:
                raise CourseError(
                    f"Task {name}: the mistake {mistake['name']!r} gives a wrong value in no "
                    "check. Is there a slip in its expression?"
                )
        hidden = {check.get("hidden", False) for check in task["checks"]}
        if task["kind"] == "further":
            if True in hidden or worth(sheet["tasks"][name]):
                raise CourseError(f"Task {name} is not marked: all its checks are visible, at 0.")
        elif hidden != {True, False}:
            raise CourseError(f"Task {name} needs visible checks and hidden ones.")
    if not exercise.rubric.is_file():
        raise CourseError(f"The marking guide is missing: {exercise.rubric}")
