"""The ``coursekit`` command."""

import os
import re
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from coursekit import ports
from coursekit.authoring.classroom.cli import app as exercises
from coursekit.authoring.classroom.cli import collect
from coursekit.authoring.cli import students_copy
from coursekit.authoring.grading.cli import grade
from coursekit.classbook.cli import report
from coursekit.content import PACKAGE, checkout, notebooks_folder
from coursekit.delivery.cli import collect_records, get
from coursekit.errors import CourseError
from coursekit.terminal import in_a_sentence

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
app.add_typer(exercises, name="exercises")
app.command("class")(report)
app.command()(get)
app.command()(collect)
app.command()(grade)
app.command("students-copy")(students_copy)
app.command("collect-records")(collect_records)

START = "00_start_here.ipynb"
# One page at a time, in a layout of the course's own: the file browser is closed until a student
# opens it. No setting of JupyterLab says so for its view of several pages.
VIEW = "/doc/workspaces/coursekit"


@app.callback()
def main():
    """Work on the course from the command line."""


def _needs(package):
    if find_spec(package) is None:
        raise CourseError(
            f"This needs {package}, which is not installed beside the course. Install it with: "
            f'"{sys.executable}" -m pip install "coursekit[app]"'
        )


def _port(flags):
    """Choose a port: the one asked for in the flags, or the first that is free."""
    asked = re.search(r"--(?:ServerApp\.)?port[= ](\d+)", " ".join(flags))
    if asked:
        if ports.in_use(int(asked[1])):
            raise typer.BadParameter(
                f"Port {asked[1]} is in use by another program. "
                "Choose another one, or leave --port out and the course finds one."
            )
        return []
    if port := ports.free():
        if port != ports.FIRST:
            typer.echo(f"Port {ports.FIRST} is in use, so the course opens on port {port}.")
        return [f"--port={port}"]
    raise typer.BadParameter(
        f"All ports from {ports.FIRST} to {ports.LAST} are in use. "
        "Close another Jupyter, or choose a port with --port=9000."
    )


def _surroundings():
    """Let JupyterLab find the settings and the kernel of the course first."""
    own = PACKAGE / "jupyterlab"
    first = {"JUPYTER_CONFIG_PATH": own, "JUPYTER_PATH": Path(sys.prefix, "share", "jupyter")}
    for name, place in first.items():
        first[name] = os.pathsep.join(filter(None, [str(place), os.environ.get(name)]))
    # Kernels load the libraries of the course ahead, unless somebody has other plans for that.
    return {"PYTHONSTARTUP": str(own / "startup.py")} | os.environ | first


def page_style() -> list[str]:
    """Write the flags that give JupyterLab the style of the course's pages."""
    settings = {"static_custom_path": [str(PACKAGE / "widgets" / "page")]}
    return ["--LabApp.custom_css=True", f"--ServerApp.tornado_settings={settings}"]


def _trust(notebooks):
    """Sign the course's notebooks, so that JupyterLab does not ask before it starts a page."""
    import nbformat
    from nbformat.sign import NotebookNotary

    # Else it asks, that is all: no folder to write to, or a notebook that is damaged.
    with suppress(OSError, ValueError):
        notary = NotebookNotary()
        for path in notebooks.glob("*.ipynb"):
            notary.sign(nbformat.read(path, as_version=4))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context):
    """Open the course in JupyterLab. Further flags go to JupyterLab, such as --no-browser."""
    with in_a_sentence(typer.BadParameter):
        _needs("jupyterlab")
        folder = notebooks_folder()
        flags = [*context.args, *_port(context.args), "--ServerApp.port_retries=0"]
    _trust(folder)
    # JupyterLab refuses to run as root unless told to; in a container there is nobody else.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--allow-root")
    # `jupyter lab` would start the first JupyterLab on PATH, which may be another Python's.
    command = [sys.executable, "-m", "jupyterlab", *flags]
    command += [
        f"--ServerApp.root_dir={folder.parent}",
        f"--LabApp.default_url={VIEW}/tree/{folder.name}/{START}",
        *page_style(),
    ]
    if os.name == "nt":
        raise typer.Exit(subprocess.call(command, env=_surroundings()))
    os.execve(sys.executable, command, _surroundings())


@app.command()
def doctor():
    """Check what the course needs, and say what to do where something is missing."""
    from coursekit.doctor import main

    raise typer.Exit(main())


@app.command("hand-in")
@in_a_sentence()
def hand_in(
    place: Annotated[str, typer.Argument(help="Number of the set, its folder, or the notebook.")],
    name: Annotated[str, typer.Option(prompt="Your name or pseudonym", help="Who hands in.")],
):
    """Check the notebook of a set, and make the file to hand in."""
    from coursekit.handing_in import hand_in as made_of

    made = made_of(name, place)
    typer.echo(f"{made.path}: the notebook as saved on {made.saved:%d %B %Y at %H:%M:%S}")
    for line in (*made.failed, *made.open):
        typer.echo(line)


MINE = typer.Argument(help="Address of your repository; left out: as it is set, or git's.")
LITE = typer.Option(help="Address of a JupyterLite site with the course.")
HUB = typer.Option(help="Address of a JupyterHub with nbgitpuller.")
STUDENTS = typer.Option(help="For the hub: address of the copy without solutions.")


@app.command()
@in_a_sentence()
def links(
    address: Annotated[str | None, MINE] = None,
    lite: Annotated[str | None, LITE] = None,
    hub: Annotated[str | None, HUB] = None,
    students: Annotated[str | None, STUDENTS] = None,
):
    """Write the README's badges, links and course map for your repository, and print the links.

    With --hub and no address it prints the link for the class, and writes nothing.
    """
    from coursekit.authoring import linking

    for line in linking.link(checkout(), address, lite, hub, students):
        typer.echo(line)


@app.command()
@in_a_sentence(OSError)
def export_record(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("my_record.json"),
):
    """Write what you have answered, predicted and noted into one file."""
    from coursekit.record import export_record as write

    write(path)


@app.command()
@in_a_sentence(OSError)
def import_record(path: Annotated[Path, typer.Argument(help="A file of export-record.")]):
    """Add what is new in such a file to the record on this computer."""
    from coursekit.record import import_record as take

    take(path)


FILES = typer.Argument(help="Files of export-record; your own if none.")


@app.command()
def check_record(paths: Annotated[list[Path] | None, FILES] = None):
    """Say what the digests of records tell: whether they are as they were written.

    It ends with 1 if one of them was changed, or cannot be read.
    """
    from coursekit.record import examine, examine_statements, in_words, read_export, record

    changed = False
    for path in paths or [None]:
        with suppress(typer.Exit), in_a_sentence(OSError):
            own, found = record().path, None
            if path is None:
                found = examine(own.read_bytes() if own.exists() else b"")
            else:
                found = examine_statements(read_export(path)["statements"])
            typer.echo("\n  ".join([f"{path or own}:", *in_words(found)]))
        changed |= found is None or found.changed
    raise typer.Exit(int(changed))


def _course():
    return sorted(notebooks_folder().glob("*.ipynb"))


NOTEBOOKS = typer.Argument(help="Notebooks; all of the course if none.")
REVEAL = typer.Option(help="Address or folder of reveal.js; in the network if left out.")


@app.command()
@in_a_sentence()
def slides(
    paths: Annotated[list[Path] | None, NOTEBOOKS] = None,
    to: Annotated[Path, typer.Option(help="Folder for the pages.")] = Path("slides"),
    reveal: Annotated[str, REVEAL] = "",
):
    """Make slides of the key figures, one page a notebook. They open in any browser."""
    _needs("nbconvert")
    from coursekit.authoring.slides import slides as write

    for path in paths or _course():
        try:
            typer.echo(write(path, to, reveal))
        except ValueError as problem:
            typer.echo(f"{path.name}: {problem}", err=True)
            raise typer.Exit(1) from None


@app.command()
@in_a_sentence()
def notebooks(paths: Annotated[list[Path] | None, NOTEBOOKS] = None):
    """Run the notebooks and store their outputs, the same each time."""
    _needs("nbclient")
    from coursekit.authoring.storing import store

    for path in paths or _course():
        store(path)
        typer.echo(f"{path.name}: run and stored")
