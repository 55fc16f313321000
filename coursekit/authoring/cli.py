"""Commands for whoever gives the course to others."""

from pathlib import Path
from typing import Annotated

import typer

from coursekit.terminal import in_a_sentence


@in_a_sentence(OSError)
def students_copy(
    target: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder beside the course.")],
):
    """Write the course without solutions, for a repository that students get; it is scanned."""
    from coursekit.content import checkout

    checkout("exercises/source")
    from coursekit.authoring.students import students_copy as write

    names = write(target)
    typer.echo(f"{target}: {len(names)} files, and nothing in them leaks.")
    commit = "git add -A && git commit -m 'The course for students'"
    if (target / ".git").exists():
        typer.echo(f"Publish it: cd {target} && {commit} && git push")
    else:
        typer.echo("Publish it as a repository of its own, an empty one to begin with:")
        typer.echo(f"cd {target} && git init -b main && {commit}")
        typer.echo("git remote add origin ADDRESS && git push -u origin main")
