"""Banks of questions: how they are read from files."""

from functools import cache
from pathlib import Path
from typing import Any

from coursekit.content import folder
from coursekit.documents import make, read
from coursekit.errors import unknown
from coursekit.ids import notebook_of
from coursekit.profile import profile
from coursekit.quiz.questions import Bank, Option, Pair, Question

SCHEMA = Path(__file__).resolve().with_name("schema.json")


def build(document: dict[str, Any]) -> Bank:
    """Make a bank of the data in a file that follows the schema."""
    questions = tuple(_question(entry) for entry in document["questions"])
    return Bank(document["notebook"], document["title"], questions)


def _question(entry: dict[str, Any]) -> Question:
    rest = dict(entry)
    options = tuple(Option(key, **option) for key, option in rest.pop("options", {}).items())
    pairs = tuple(Pair(key, **pair) for key, pair in rest.pop("pairs", {}).items())
    rest |= {name: tuple(rest.get(name, ())) for name in ("claims", "sources", "order")}
    return Question(**rest, options=options, pairs=pairs)


def paths() -> dict[str, Path]:
    """Find the files of all banks."""
    files = sorted((folder("exercises") / "quizzes").glob("*_*.yaml"))
    return {notebook_of(file.name): file for file in files}


def bank(notebook: str) -> Bank:
    """Load the questions of a notebook.

    Parameters
    ----------
    notebook : str
        Its number, such as ``"02"``; or the test before or after the course, ``"pre"``, ``"post"``.

    Returns
    -------
    Bank
        The questions, in the order of the file.

    Raises
    ------
    CourseError
        If there is no such bank, or its file cannot be used.

    Examples
    --------
    >>> bank("02").title
    'Who joined when'
    """
    found = paths()
    if notebook not in found:
        raise unknown("quiz", notebook, found)
    return load(found[notebook])


@cache
def load(path: Path) -> Bank:
    """Load a bank from a file.

    Raises CourseError if the file cannot be used; the message lists everything that has to change.
    """
    path = Path(path)
    return make(read(path), build, SCHEMA, path.name, "questions")


def banks() -> tuple[Bank, ...]:
    """Load all banks, the tests before and after the course included.

    Returns
    -------
    tuple of Bank
        By name of file.

    Examples
    --------
    >>> "02" in [bank.notebook for bank in banks()]
    True
    """
    return tuple(load(path) for path in paths().values())


def of_pages() -> list[Bank]:
    """Load the banks of notebooks, and not those of the tests before and after the course."""
    return [made for made in banks() if made.notebook not in profile().tests]


def question(id: str) -> Question:
    """Find a question by its id.

    Parameters
    ----------
    id : str
        Bank and number, such as ``"02-q3"``.

    Returns
    -------
    Question
        The question.

    Raises
    ------
    CourseError
        If there is no such question.

    Examples
    --------
    >>> question("02-q1").type
    'order'
    """
    questions = {found.id: found for found in bank(notebook_of(id)).questions}
    if id not in questions:
        raise unknown("question", id, questions)
    return questions[id]
