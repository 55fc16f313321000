"""The ``coursekit class`` command, for instructors."""

from pathlib import Path
from typing import Annotated

import typer

from coursekit.errors import CourseError
from coursekit.sentences import Sentences
from coursekit.terminal import in_a_sentence

SAY = Sentences(__file__)
SIMULATED = Path("simulated_class")


FOLDER = typer.Argument(help="Folder with the files that students exported.")
MADE_UP = typer.Option(help="Make up a class of so many students first.", min=0, max=1000)


@in_a_sentence()
def report(
    folder: Annotated[Path | None, FOLDER] = None,
    to: Annotated[Path, typer.Option(help="Folder for the report.")] = Path("class_report"),
    simulate: Annotated[int, MADE_UP] = 0,
    seed: Annotated[int, typer.Option(help="The same seed makes up the same class.", min=0)] = 1,
):
    """Say in one page what a class learnt, from the records that its students exported."""
    from rich.console import Console
    from rich.progress import Progress

    from coursekit.classbook.reading import read_class
    from coursekit.classbook.results import STEPS, work_out
    from coursekit.classbook.writing import write

    console = Console()

    def say(text):
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    if folder is None and not simulate:
        raise CourseError(SAY["no_folder"])
    with Progress(console=console, transient=True) as progress:
        if simulate:
            folder = folder or SIMULATED
            say(_made_up(folder, to, simulate, seed, progress))
        reading = progress.add_task(SAY["reading"], total=None)
        made = read_class(folder, lambda found, all: progress.update(reading, advance=1, total=all))
        counting = progress.add_task(SAY["counting"], total=STEPS + 2)
        step = lambda: progress.advance(counting)  # noqa: E731
        found = work_out(made, folder, step)
        paths = write(found, to, step)
    for sentence in found.said:
        say(sentence)
    say(SAY("done", students=len(made.students), page=paths[0], show=paths[1], folder=to))


def _made_up(folder, to, students, seed, progress):
    from coursekit.classbook.simulated_class import simulate, true_values
    from coursekit.record.lines import as_json, replace

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError(SAY("not_empty", folder=folder))
    making = progress.add_task(SAY["making"], total=students)
    truth = true_values(simulate(folder, students, seed, each=lambda all: progress.advance(making)))
    to.mkdir(parents=True, exist_ok=True)
    replace(to / "truth.json", as_json(truth))
    return SAY("made", students=students, folder=folder, truth=to / "truth.json", **truth["flaws"])
