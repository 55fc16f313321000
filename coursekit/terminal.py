"""What commands of the terminal share: whatever goes wrong is said in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from coursekit.errors import CourseError


@contextmanager
def in_a_sentence(*others: type[Exception]) -> Iterator[None]:
    """Say what went wrong, if it is for the reader to mend, and end with exit code 1."""
    kinds: tuple[type[Exception], ...] = (CourseError, *others)
    try:
        yield
    except kinds as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
