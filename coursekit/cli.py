"""The ``coursekit`` command."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from coursekit import ports
from coursekit.authoring.classroom.cli import app as exercises
from coursekit.authoring.grading.cli import grade
from coursekit.content import PACKAGE, folder

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
app.add_typer(exercises, name="exercises")
app.command()(grade)

START = "00_start_here.ipynb"
# One page at a time, in a layout of the course's own: the file browser is closed until a student
# opens it. No setting of JupyterLab says so for its view of several pages.
VIEW = "/doc/workspaces/coursekit"


@app.callback()
def main():
    """Work on the course from the command line."""


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
    """Environment variables with which JupyterLab finds the course's settings and kernel first."""
    first = {
        "JUPYTER_CONFIG_PATH": PACKAGE / "jupyterlab",
        "JUPYTER_PATH": Path(sys.prefix, "share", "jupyter"),
    }
    joined = {
        name: os.pathsep.join(filter(None, [str(place), os.environ.get(name)]))
        for name, place in first.items()
    }
    return os.environ | joined


def page_style() -> list[str]:
    """Write the flags that give JupyterLab the style of the course's pages."""
    settings = {"static_custom_path": [str(PACKAGE / "widgets" / "page")]}
    return ["--LabApp.custom_css=True", f"--ServerApp.tornado_settings={settings}"]


def _trust(notebooks):
    """Sign the course's notebooks, so that JupyterLab does not ask before it starts a page."""
    import nbformat
    from nbformat.sign import NotebookNotary

    try:
        notary = NotebookNotary()
        for path in notebooks.glob("*.ipynb"):
            notary.sign(nbformat.read(path, as_version=4))
    # It asks then, that is all: no folder to write to, or a notebook that is damaged.
    except (OSError, ValueError):
        pass


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context):
    """Open the course in JupyterLab. Further flags go to JupyterLab, such as --no-browser."""
    try:
        notebooks_folder = folder("notebooks")
        flags = [*context.args, *_port(context.args), "--ServerApp.port_retries=0"]
    except (typer.BadParameter, FileNotFoundError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    _trust(notebooks_folder)
    # JupyterLab refuses to run as root unless told to; in a container there is nobody else.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--allow-root")
    # `jupyter lab` would start the first JupyterLab on PATH, which may be another Python's.
    command = [sys.executable, "-m", "jupyterlab", *flags]
    command += [
        f"--ServerApp.root_dir={notebooks_folder.parent}",
        f"--LabApp.default_url={VIEW}/tree/{notebooks_folder.name}/{START}",
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


@app.command()
def links(
    address: Annotated[
        str | None, typer.Argument(help="Address of your repository; left out: as it is set.")
    ] = None,
):
    """Write the README's badges, Binder links and course map, for the address of the repository."""
    from coursekit.authoring import links as made
    from coursekit.errors import CourseError
    from coursekit.record.lines import replace

    root = folder("notebooks").parent
    readme = root / "README.md"
    try:
        if address:
            made.set_address(root, address)
        home = made.repository(root)
        parts = {"badges": made.badges(home), "course map": made.course_map(made.pages(root), home)}
        text = made.rewrite(readme.read_text(encoding="utf-8"), parts)
    except CourseError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    replace(readme, text.encode())
    typer.echo(f"README.md: links for {home}")


def _course():
    return sorted(folder("notebooks").glob("*.ipynb"))


@app.command()
def slides(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Notebooks; all of the course if none.")
    ] = None,
    to: Annotated[Path, typer.Option(help="Folder for the pages.")] = Path("slides"),
    reveal: Annotated[
        str, typer.Option(help="Address or folder of reveal.js; in the network if left out.")
    ] = "",
):
    """Make slides of the key figures, one page a notebook. They open in any browser."""
    from coursekit.authoring.slides import slides as write

    for path in paths or _course():
        try:
            typer.echo(write(path, to, reveal))
        except ValueError as problem:
            typer.echo(f"{path.name}: {problem}", err=True)
            raise typer.Exit(1) from None


@app.command()
def notebooks(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Notebooks to run; all of the course if none.")
    ] = None,
):
    """Run the notebooks and store their outputs, the same each time."""
    from coursekit.authoring.storing import store

    for path in paths or _course():
        store(path)
        typer.echo(f"{path.name}: run and stored")
