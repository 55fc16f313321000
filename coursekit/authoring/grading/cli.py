"""The ``coursekit grade`` command."""

import os
import sys
from typing import Annotated

import typer

from coursekit.authoring.classroom.arrivals import shown
from coursekit.sentences import Sentences
from coursekit.terminal import in_a_sentence

__all__ = ["grade"]

SAY = Sentences(__file__)
STUDENT = typer.Option(help="Grade this student alone; may be repeated.")
JOBS = typer.Option(min=1, help="How many submissions at once.")


@in_a_sentence()
def grade(
    name: Annotated[str, typer.Argument(metavar="SET", help="Number or name of a set: 02.")],
    student: Annotated[list[str] | None, STUDENT] = None,
    jobs: Annotated[int, JOBS] = os.cpu_count() or 1,
    force: Annotated[bool, typer.Option(help="Grade what has not changed, too.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Only say what would be graded.")] = False,
    seconds: Annotated[float, typer.Option(min=1, help="The longest a box may run.")] = 30,
):
    """Grade the submissions of a set that are new or have changed, several at once."""
    from coursekit.authoring.classroom.source import course_folder, exercise_set
    from coursekit.authoring.grading.attempts import Limits
    from coursekit.authoring.grading.batch import Batch

    course = course_folder()
    name = exercise_set(name, course).name
    batch = Batch(course, name, student or [], force, Limits(cell=seconds))
    typer.echo(SAY("plan", name=name, todo=len(batch.todo), unchanged=batch.unchanged))
    if dry_run:
        for each in batch.todo:
            typer.echo(f"  {shown(each)}")
    elif batch.todo:
        _grade_all(batch, min(jobs, len(batch.todo)))


def _grade_all(batch, jobs):
    from contextlib import closing

    from filelock import FileLock, Timeout

    from coursekit.errors import CourseError

    try:
        lock = FileLock(batch.course / ".grading.lock").acquire(timeout=0)
    except Timeout:
        raise CourseError(SAY["busy"]) from None
    with lock, closing(batch.workshop()) as workshop:
        # It takes as long to import as the workshop to get ready, so they do it at the same time.
        from coursekit.authoring.grading.gradebook import opened

        if open_to := workshop.wait():
            typer.echo(open_to)
        with opened(batch.course, batch.name) as enter:
            _show(batch, batch.grade(workshop, jobs, enter))


def _show(batch, graded):
    from rich.progress import Progress

    failed = 0
    with Progress(transient=True) as progress:
        bar = progress.add_task("", total=len(batch.todo))
        try:
            for done in graded:
                progress.advance(bar)
                failed += done.points is None
                progress.print(_line(done), markup=False, highlight=False, soft_wrap=True)
        except KeyboardInterrupt:
            progress.print(SAY("stopped", left=progress.tasks[0].remaining), markup=False)
            sys.exit(130)
    typer.echo(SAY("end", done=len(batch.todo) - failed, failed=failed))


def _line(done):
    reason = f"  {done.reasons[0]}" if done.reasons else ""
    more = f" (+{len(done.reasons) - 1})" if len(done.reasons) > 1 else ""
    points = SAY["none"] if done.points is None else f"{done.points:g} of {done.most:g}"
    return f"{shown(done.student)}: {points}{reason}{more}"
