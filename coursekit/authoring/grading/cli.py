"""The ``coursekit grade`` command."""

import os
import sys
from typing import Annotated

import typer

from coursekit.authoring.classroom.arrivals import shown
from coursekit.sentences import Sentences

__all__ = ["grade"]

SAY = Sentences(__file__)
# What may lie open to a submission, with its words.
OPEN = ("files", "names", "processes", "network")
# Set to "fresh", each submission gets a process of its own, as on macOS and Windows.
SETTING = "COURSEKIT_GRADING"


def grade(
    name: Annotated[str, typer.Argument(metavar="SET", help="Number or name of a set: 02.")],
    student: Annotated[
        list[str] | None, typer.Option(help="Grade this student alone; may be repeated.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many submissions at once.")] = (
        os.cpu_count() or 1
    ),
    force: Annotated[bool, typer.Option(help="Grade what has not changed, too.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Only say what would be graded.")] = False,
    seconds: Annotated[float, typer.Option(min=1, help="The longest a box may run.")] = 30,
):
    """Grade the submissions of a set that are new or have changed, several at once."""
    from coursekit.errors import CourseError

    try:
        _grade(name, student or [], jobs, force, dry_run, seconds)
    except CourseError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None


def _grade(name, students, jobs, force, dry_run, seconds):
    from coursekit.authoring.classroom.source import course_folder, exercise_set
    from coursekit.authoring.grading.attempts import Limits
    from coursekit.authoring.grading.batch import Batch

    course = course_folder()
    name = exercise_set(name, course).name
    batch = Batch(course, name, students, force, Limits(cell=seconds))
    typer.echo(SAY("plan", name=name, todo=len(batch.todo), unchanged=batch.unchanged))
    if dry_run:
        for each in batch.todo:
            typer.echo(f"  {shown(each)}")
    elif batch.todo:
        _run(batch, min(jobs, len(batch.todo)))


def _run(batch, jobs):
    from filelock import FileLock, Timeout

    from coursekit.authoring.grading.attempts import Workshop
    from coursekit.authoring.grading.settings import label
    from coursekit.errors import CourseError

    lock = FileLock(batch.course / ".grading.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise CourseError(SAY["busy"]) from None
    fresh = os.environ.get(SETTING) == "fresh"
    workshop = Workshop(batch.job(), fresh, label(batch.course), (batch.course,))
    try:
        # It takes as long to import as the workshop to get ready, so they do it at the same time.
        from coursekit.authoring.grading.gradebook import opened

        workshop.wait()
        if workshop.not_isolated:
            parts = ", ".join(SAY[each] for each in OPEN if each in workshop.not_isolated)
            typer.echo(SAY("not_isolated", parts=parts))
        with opened(batch.course, batch.name) as enter:
            _show(batch, workshop, jobs, enter)
    finally:
        workshop.close()
        lock.release()


def _show(batch, workshop, jobs, enter):
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console()
    columns = [BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    columns.append(TextColumn("{task.description}", markup=False))
    running, failed = [], 0
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=len(batch.todo))

        def begun(student):
            running.append(shown(student))
            progress.update(bar, description=", ".join(running[-jobs:]))

        try:
            for done in batch.grade(workshop, jobs, enter, begun):
                if (name := shown(done.student)) in running:
                    running.remove(name)
                progress.update(bar, advance=1, description=", ".join(running[-jobs:]))
                failed += done.points is None
                console.print(_line(done), markup=False, highlight=False, soft_wrap=True)
        except KeyboardInterrupt:
            console.print(SAY("stopped", left=progress.tasks[0].remaining), markup=False)
            sys.exit(130)
    console.print(SAY("end", done=len(batch.todo) - failed, failed=failed), markup=False)


def _line(done):
    reason = f"  {done.reasons[0]}" if done.reasons else ""
    more = f" (+{len(done.reasons) - 1})" if len(done.reasons) > 1 else ""
    points = SAY["none"] if done.points is None else f"{done.points:g} of {done.most:g}"
    return f"{shown(done.student)}: {points}{reason}{more}"
