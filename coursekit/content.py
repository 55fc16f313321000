"""Where the course's files are."""

import os
from functools import cache
from pathlib import Path

from coursekit.errors import CourseError

__all__ = ["MissingFolder", "folder"]

PACKAGE = Path(__file__).resolve().parent


class MissingFolder(CourseError, FileNotFoundError):  # noqa: N818 - the field's name for it
    """A folder of the course that is not where the course looks for it."""


@cache
def folder(name):
    """Find one of the course's folders.

    A checkout keeps the folders beside the package; an installed wheel carries them inside it.
    The environment variable ``COURSEKIT_CONTENT`` points to another copy.

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
    places = [PACKAGE.parent / name, PACKAGE / "_content" / name]
    if moved := os.environ.get("COURSEKIT_CONTENT"):
        places.insert(0, Path(moved) / name)
    for place in places:
        if place.is_dir():
            return place
    searched = ", ".join(str(place) for place in places)
    raise MissingFolder(
        f"The course's folder {name!r} is missing. Searched: {searched}. "
        "Download the course again, or set COURSEKIT_CONTENT to the folder that holds it."
    )
