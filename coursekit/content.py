"""Where the files of a course are: this one's, or those of another in its own folder."""

import os
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from coursekit.errors import CourseError

__all__ = ["MissingFolder", "by_course", "checkout", "course", "folder", "notebooks_folder"]
__all__ += ["working_copy"]

Given = ParamSpec("Given")
Made = TypeVar("Made")
PACKAGE = Path(__file__).resolve().parent
# An environment variable, so that the kernels which run a course's notebooks see the same course.
SETTING = "COURSEKIT_CONTENT"
USUAL = "course"
# Lies in each student's copy and tells what was handed out, so that what she changed is known.
DELIVERED = Path(".coursekit", "delivered.json")


class MissingFolder(CourseError, FileNotFoundError):  # noqa: N818 - the field's name for it
    """A folder of the course that is not where the course looks for it."""


def by_course(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """Cache what a function makes of a course's files, for each course by itself."""

    @cache
    def made(home: str | None, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        return function(*args, **kwargs)

    @wraps(function)
    def kept(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        # What has no hash is refused when it is called.
        return made(os.environ.get(SETTING), *args, **kwargs)  # type: ignore[arg-type]

    return kept


@by_course
def folder(name: str) -> Path:
    """Find one of the course's folders.

    A checkout keeps the folders beside the package; an installed wheel carries them inside it.
    The environment variable ``COURSEKIT_CONTENT``, which `course` sets, points to another course.

    Parameters
    ----------
    name : str
        The folder's name, such as ``"datasets"``.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    MissingFolder
        If no copy of the folder is found; the message lists the places searched.

    Examples
    --------
    >>> folder("datasets").name
    'datasets'
    """
    moved = os.environ.get(SETTING)
    homes = [Path(moved)] if moved else [PACKAGE.parent, PACKAGE / "_content"]
    for home in homes:
        if (home / name).is_dir():
            return home / name
    searched = ", ".join(str(home / name) for home in homes)
    raise MissingFolder(
        f"The course's folder {name!r} is missing. Searched: {searched}. "
        f"Download the course again, or set {SETTING} to the folder that holds it."
    )


def working_copy(usual: bool = True) -> Path | None:
    """Find the student's copy of the course that one is in, or that lies here as ``course``."""
    place = Path.cwd()
    for home in (place, *place.parents, *([place / USUAL] if usual else [])):
        if (home / DELIVERED).is_file():
            return home
    return None


def notebooks_folder() -> Path:
    """Find the notebooks to work on: of the student's copy, or of a checkout.

    Raises CourseError if there is neither: an installed package is not to be written to.
    """
    found = folder("notebooks")
    installed = PACKAGE in found.parents
    if home := working_copy(usual=installed):
        return home / "notebooks"
    if installed:
        raise CourseError(
            "There is no copy of the course here to work in. Write one with `coursekit get`, into "
            f"the folder {USUAL}, then try again here or in that folder."
        )
    return found


def checkout(part: str = "pyproject.toml") -> Path:
    """Find the folder of the course's repository, for what only authors and instructors need.

    Raises CourseError if a part is missing there, as where the course is installed as a package.
    """
    home = folder("notebooks").parent
    if not (home / part).exists():
        raise CourseError(
            f"This works in a clone of the course's repository only. {home} has no {part}: it is "
            "the course without its sources. Clone the repository, run `python bootstrap.py "
            "instructor` there, and try again."
        )
    return home


class course:  # noqa: N801 - it is called like a function
    """Open another course, from now on or for the length of a ``with`` block.

    Tables, quizzes, predictions, exercise sets and notebooks are then those of its folder, and
    its learner's record is one of its own. Kernels that are started from here see it too.

    Parameters
    ----------
    path : str or pathlib.Path
        A folder with ``datasets``, and whatever else the course has.

    Raises
    ------
    MissingFolder
        If it is not the folder of a course.
    """

    def __init__(self, path: str | Path) -> None:
        home = Path(path).expanduser().resolve()
        if not (home / "datasets" / "course.yaml").is_file():
            raise MissingFolder(
                f"{home} is not the folder of a course: it has no datasets/course.yaml. Give the "
                "folder that holds datasets, exercises and notebooks."
            )
        self._before = os.environ.get(SETTING)
        os.environ[SETTING] = str(home)

    def __enter__(self) -> "course":
        return self

    def __exit__(self, *problem: object) -> None:
        if self._before is None:
            os.environ.pop(SETTING, None)
        else:
            os.environ[SETTING] = self._before
