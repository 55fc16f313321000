"""The commands ``coursekit exercises`` and ``coursekit collect``, for authors and instructors."""

from pathlib import Path
from typing import Annotated

import typer

from coursekit.content import folder
from coursekit.terminal import in_a_sentence

app = typer.Typer(no_args_is_help=True, help="Build, verify and list the exercise sets.")

SHOWN = 25  # files left out; a class of 300 can have many

SETS = typer.Argument(help="Numbers or names of sets, such as 02; all if none.")
ALSO = typer.Option(help="A wheel or a folder, such as a built site, to scan for leaks as well.")
SOURCE = typer.Argument(help="Folder with what was handed in, or a zip archive.")
Names = Annotated[list[str] | None, SETS]
KINDS = ("explore", "code", "writing", "further")


@in_a_sentence()
def _chosen(names):
    from coursekit.authoring.classroom.source import exercise_set, exercise_sets
    from coursekit.content import checkout

    checkout("exercises/source")
    return [exercise_set(name) for name in names] if names else exercise_sets()


def _each(sets, words, work):
    """Work through sets under a progress bar; stop with the message of the first that fails."""
    from rich.console import Console
    from rich.progress import track

    from coursekit.errors import CourseError

    console = Console()
    for each in track(sets, words, console=console, transient=True):
        try:
            console.print(f"{each.name}: {work(each)}", markup=False, highlight=False)
        except CourseError as problem:
            typer.echo(f"{each.name}:\n{problem}", err=True)
            raise typer.Exit(1) from None


@app.command()
def build(names: Names = None):
    """Run the sources, release them without solutions and hidden checks, and scan for leaks."""
    from coursekit.authoring.classroom.build import build_set

    target = folder("exercises") / "release"
    _each(_chosen(names), "Building", lambda each: build_set(each, target))


@app.command()
def verify(names: Names = None, also: Annotated[list[Path] | None, ALSO] = None):
    """Compare the release with a fresh build, and scan it, wheels in dist and more for leaks."""
    from coursekit.authoring.classroom.build import verify_set

    root = folder("exercises").parent
    places = [*(also or []), *sorted((root / "dist").glob("*.whl"))]
    target = folder("exercises") / "release"
    _each(_chosen(names), "Verifying", lambda each: verify_set(each, target, places))


@app.command("list")
def list_sets():
    """List the sets with their tasks and points."""
    from rich.console import Console
    from rich.table import Table

    from coursekit.authoring.classroom.source import worth

    sets, table = _chosen(None), Table(box=None, pad_edge=False)
    # Other commands want the whole name: in a narrow window the rest gives way.
    table.add_column("set", no_wrap=True, min_width=max(len(each.name) for each in sets))
    for head in ("title", *KINDS, "points"):
        table.add_column(head)
    for each in sets:
        tasks = list(each.sheet["tasks"].values())
        counts = [str(sum(task["kind"] == kind for task in tasks)) for kind in KINDS]
        points = f"{sum(map(worth, tasks)):g}"
        table.add_row(each.name, each.sheet["title"], *counts, points)
    Console().print(table)


@in_a_sentence()
def collect(
    name: Annotated[str, typer.Argument(help="Number or name of the set, such as 02.")],
    source: Annotated[Path, SOURCE],
):
    """Collect what was handed in: the last notebook of each student, and a word on every file."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from coursekit.authoring.classroom.collect import collect as collect_from
    from coursekit.authoring.classroom.source import course_folder, exercise_set

    console, course = Console(), course_folder()
    exercise = exercise_set(name, course)
    with console.status("Collecting"):
        rows = collect_from(source, exercise.name, course)
    states = ("new", "replaced", "as before", "left out")
    counts = [f"{sum(row.state == state for row in rows)} {state}" for state in states]
    console.print(f"{exercise.name}: {', '.join(counts)}", markup=False, highlight=False)
    told = [row for row in rows if row.reason]
    table = Table(box=None, pad_edge=False)
    for head in ("file", "student", "what became of it"):
        table.add_column(head, overflow="fold")
    for row in told[:SHOWN]:
        said = row.reason if row.state == "left out" else f"{row.state}: {row.reason}"
        table.add_row(*map(escape, (row.file, row.student, said)))
    if told:
        console.print(table)
    if len(told) > SHOWN:
        console.print(f"... and {len(told) - SHOWN} more. The export names every file.")
