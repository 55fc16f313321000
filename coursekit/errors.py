"""Errors that speak to students."""

import linecache
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from textwrap import fill
from types import TracebackType
from typing import Any, TypeVar

__all__ = ["CourseError", "MisfitError", "read_each", "unknown"]
# Letters that are typed for the digits of a name, as in CO3.
ALIKE = str.maketrans("oil", "011")

Value = TypeVar("Value")


class CourseError(ValueError):
    """Something the course cannot use, with what was expected and what to try.

    A notebook shows the sentence and the student's own line, not the course's lines above it.
    ``%debug`` works as ever; ``%xmode Verbose`` and ``%tb`` show all lines.
    """

    # IPython calls it by this name.
    def _render_traceback_(self) -> list[str]:
        from IPython import get_ipython

        shown = getattr(get_ipython(), "InteractiveTB", None)
        if shown and shown.mode == "Verbose":
            return list(shown.structured_traceback(type(self), self, self.__traceback__))
        # JupyterLab would break a long line in the middle of a word.
        said = [fill(line, 80) for line in f"{type(self).__name__}: {self}".splitlines()]
        return ["\n".join(said), *_own_line(self)]


def _own_line(problem: BaseException) -> list[str]:
    """Quote the student's line that led to an error, unless it is the only one of its box."""
    frames = traceback.walk_tb(problem.__traceback__)
    own = [
        (f.f_code.co_filename, n) for f, n in frames if f.f_globals.get("__name__") == "__main__"
    ]
    if not own:
        return []
    file, number = own[-1]
    lines = linecache.getlines(file)
    if len([line for line in lines if line.strip()]) < 2 or number > len(lines):
        return []
    box = "this box" if file == own[0][0] else "an earlier box"
    return ["", f"It came up in line {number} of {box}:", f"    {lines[number - 1].strip()}"]


def show_own_lines(
    shell: Any, kind: type, error: Any, trace: TracebackType | None, tb_offset: int | None = None
) -> None:
    """Show of an error the notebook's own lines, not those of libraries; ``%tb`` shows all."""
    links, cause, quiet, shown = [], error.__cause__, error.__suppress_context__, trace
    link = trace
    while link:
        links.append(link)
        link = link.tb_next
    own = [n for n, one in enumerate(links) if one.tb_frame.f_globals is shell.user_global_ns]
    if own and shell.InteractiveTB.mode != "Verbose":
        shown = None
        for one in reversed(links[: own[-1] + 1]):
            shown = TracebackType(shown, one.tb_frame, one.tb_lasti, one.tb_lineno)
        # Where one library's error led to another's, the last says what was wrong.
        error.__cause__ = None
    try:
        shell.showtraceback((kind, error, shown), tb_offset=tb_offset, running_compiled_code=True)
    finally:
        error.__cause__, error.__suppress_context__ = cause, quiet
        sys.last_traceback = trace


class MisfitError(CourseError):
    """Values of which some cannot be used.

    Parameters
    ----------
    wrong : dict
        What is wrong, a sentence each, by name of the value or its place among several.

    Examples
    --------
    >>> str(MisfitError({"C04": "Write a number.", "C39": "140% is no probability."}))
    'Write a number. 140% is no probability.'
    """

    def __init__(self, wrong: Mapping[Any, str]) -> None:
        super().__init__(" ".join(wrong.values()))
        self.wrong = wrong


def read_each(read: Callable[[Any], Value], given: Mapping[Any, Any]) -> dict[Any, Value]:
    """Read several values, or say of each that cannot be used what is wrong with it.

    Parameters
    ----------
    read : callable
        What reads one value; it raises `CourseError` for one that it cannot use.
    given : mapping
        Values by name or place.

    Returns
    -------
    dict
        What was read, by name or place.

    Raises
    ------
    MisfitError
        If any of them cannot be used.
    """
    found, wrong = {}, {}
    for name, value in given.items():
        try:
            found[name] = read(value)
        except CourseError as problem:
            wrong[name] = str(problem)
    if wrong:
        raise MisfitError(wrong)
    return found


def unknown(kind: str, given: object, valid: Iterable[object]) -> CourseError:
    """Make the error for a name that does not exist.

    Parameters
    ----------
    kind : str
        What was looked for, such as ``"table"``.
    given : object
        What was asked for.
    valid : iterable of object
        The names that exist.

    Returns
    -------
    CourseError
        An error that suggests the nearest name and lists all of them.

    Examples
    --------
    >>> print(unknown("table", "memebers", ["borders", "members"]))
    There is no table 'memebers'. Did you mean 'members'? You can use: borders, members.
    """
    names = [str(name) for name in valid]
    lowered = {name.lower().translate(ALIKE): name for name in names}
    near = get_close_matches(str(given).lower().translate(ALIKE), lowered, n=1, cutoff=0.5)
    hint = f" Did you mean {lowered[near[0]]!r}?" if near else ""
    return CourseError(f"There is no {kind} {given!r}.{hint} You can use: {', '.join(names)}.")
