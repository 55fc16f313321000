"""Commands that bring the course to whoever uses it, and their records back."""

from pathlib import Path
from typing import Annotated

import typer

from coursekit.errors import CourseError

__all__ = ["collect_records", "get"]


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


def collect_records(
    homes: Annotated[list[Path], typer.Argument(help="Home folders of students.")],
    to: Annotated[Path, typer.Option(help="Folder for the records.")] = Path("records"),
    place: Annotated[
        str, typer.Option(help="Folder of the record below each home, if it was moved.")
    ] = "",
):
    """Gather the records of a class from home folders, for the class report."""
    from coursekit.delivery.records import collect_records as collect

    try:
        made, said = collect(homes, to, place)
    except CourseError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    for line in said:
        typer.echo(line)
    typer.echo(f"{to}: {len(made)} records of {len(homes)} home folders.")
    if not made:
        raise typer.Exit(1)
