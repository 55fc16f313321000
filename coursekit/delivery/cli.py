"""The ``coursekit get`` command."""

from pathlib import Path
from typing import Annotated

import typer

from coursekit.errors import CourseError

__all__ = ["get"]


def get(
    place: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="The folder; left out: the copy here, or course."),
    ] = None,
):
    """Write the course into a folder to work in, or bring that up to date; nothing is lost."""
    from coursekit.delivery import working_copy as copies

    home = copies.the_folder(place)
    new = not home.exists()
    try:
        done = list(copies.get(home))
    except CourseError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    for each in done:
        if each.said:
            typer.echo(f"{each.path}: {each.said}")
    said = "wrote" if new else "updated" if done else "nothing"
    typer.echo(copies.SAY(said, home=home, files=len(done)))
    if new:
        typer.echo(copies.SAY("next", home=home))
