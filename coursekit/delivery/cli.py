"""Commands that bring the course to whoever uses it, and their records back."""

from pathlib import Path
from typing import Annotated

import typer

from coursekit.terminal import in_a_sentence

HOME = typer.Argument(metavar="FOLDER", help="The folder; left out: the copy here, or course.")
BELOW = typer.Option(help="Folder of the record below each home, if it was moved.")


@in_a_sentence()
def get(place: Annotated[Path | None, HOME] = None):
    """Write the course into a folder to work in, or bring that up to date; nothing is lost."""
    from coursekit.delivery import working_copy as copies

    home = copies.the_folder(place)
    new = not home.exists()
    done = list(copies.get(home))
    for each in done:
        if each.said:
            typer.echo(f"{each.path}: {each.said}")
    if new:
        typer.echo(f"{home}: {len(done)} files written.")
        typer.echo(f"Open the course with: coursekit lab (here, or with `cd {home}` first)")
    elif done:
        typer.echo(f"{home}: {len(done)} files brought up to date. What you wrote is there.")
    else:
        typer.echo(f"{home} is up to date.")


@in_a_sentence()
def collect_records(
    homes: Annotated[list[Path], typer.Argument(help="Home folders of students.")],
    to: Annotated[Path, typer.Option(help="Folder for the records.")] = Path("records"),
    place: Annotated[str, BELOW] = "",
):
    """Gather the records of a class from home folders, for the class report."""
    from coursekit.delivery.records import collect_records as collect

    made, said = collect(homes, to, place)
    for line in said:
        typer.echo(line)
    typer.echo(f"{to}: {len(made)} records of {len(homes)} home folders.")
    if not made:
        raise typer.Exit(1)
