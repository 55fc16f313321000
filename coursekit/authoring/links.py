"""The links of the README, made from the one address in ``pyproject.toml``."""

import re
import tomllib
from typing import NamedTuple
from urllib.parse import quote

import nbformat

from coursekit.errors import CourseError
from coursekit.record.lines import replace

__all__ = [
    "Page",
    "badges",
    "binder",
    "course_map",
    "pages",
    "repository",
    "rewrite",
    "set_address",
]

ADDRESS = re.compile(r"https://github\.com/(?P<owner>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?")
IN_PYPROJECT = re.compile(r'^(Repository = ")[^"]*(")$', re.MULTILINE)
IN_CITATION = re.compile(r'^(repository-code: ")[^"]*(")$', re.MULTILINE)
START = "notebooks/00_start_here.ipynb"
BADGE = "https://mybinder.org/badge_logo.svg"


class Page(NamedTuple):
    """A notebook of the course, as the course map shows it.

    Attributes
    ----------
    path : str
        Path in the repository.
    title, question : str
        As its first cell has them.
    minutes : str
        About how long it takes; empty if the first cell does not say.
    claims : list of str
        Claims met.
    exercises : str
        Path of its exercise set; empty if it has none.
    """

    path: str
    title: str
    question: str
    minutes: str
    claims: list
    exercises: str


def repository(root):
    """Read the address of the repository.

    Parameters
    ----------
    root : pathlib.Path
        Folder of ``pyproject.toml``.

    Returns
    -------
    str
        Without a slash at its end.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return _checked(project["urls"]["Repository"])


def _checked(address):
    found = ADDRESS.fullmatch(address.strip())
    if not found:
        raise CourseError(
            f"{address!r} is not the address of a repository that Binder can open. Expected one "
            "such as https://github.com/owner/course."
        )
    return f"https://github.com/{found['owner']}/{found['name']}"


def set_address(root, address):
    """Write another address into ``pyproject.toml`` and ``CITATION.cff``.

    Parameters
    ----------
    root : pathlib.Path
        Folder of both.
    address : str
        The new address.

    Raises
    ------
    CourseError
        If it is no address of a repository on GitHub; nothing is written then.
    """
    address = _checked(address)
    texts = {}
    for name, line in (("pyproject.toml", IN_PYPROJECT), ("CITATION.cff", IN_CITATION)):
        text, changed = line.subn(rf"\g<1>{address}\g<2>", (root / name).read_text("utf-8"))
        if changed != 1:
            raise CourseError(
                f"{name} has no line for the address. Expected: {line.pattern}. "
                f"Take the line from an older version: git log -p {name}"
            )
        texts[root / name] = text
    for path, text in texts.items():
        replace(path, text.encode())


def binder(address, path):
    """Link a notebook that opens in JupyterLab on Binder.

    Parameters
    ----------
    address : str
        Of the repository.
    path : str
        Of the notebook in it.

    Returns
    -------
    str
        The link.

    Examples
    --------
    >>> binder("https://github.com/owner/course", "notebooks/02.ipynb")
    'https://mybinder.org/v2/gh/owner/course/HEAD?urlpath=doc%2Ftree%2Fnotebooks%2F02.ipynb'
    """
    place = ADDRESS.fullmatch(address)
    # JupyterLab for one page at a time begins with the file browser closed.
    urlpath = quote(f"doc/tree/{path}", safe="")
    return f"https://mybinder.org/v2/gh/{place['owner']}/{place['name']}/HEAD?urlpath={urlpath}"


def pages(root):
    """Read what the course map says of each notebook, from its first cell.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the course.

    Returns
    -------
    list of Page
        In order.
    """
    return [_page(path, root) for path in sorted((root / "notebooks").glob("*.ipynb"))]


def _page(path, root):
    first = nbformat.read(path, as_version=4).cells[0].source
    title = re.match(r"# (?:\d\d )?(.*)", first)[1]
    question = re.search(r"^\*\*(.*\?)\*\*$", first, re.MULTILINE)
    minutes = re.search(r"\*\*Time:\*\* about (\d+) minutes", first)
    claims = re.search(r"\*\*Claims met:\*\* (.*?)\. ", first)
    exercises = root / "exercises" / "release" / path.stem / path.name
    return Page(
        path=path.relative_to(root).as_posix(),
        title=title if question else "Start here",
        question=question[1] if question else title,
        minutes=minutes[1] if minutes else "",
        claims=claims[1].split(", ") if claims else [],
        exercises=exercises.relative_to(root).as_posix() if exercises.is_file() else "",
    )


def badges(address):
    """Write the badge that opens the start page on Binder.

    Parameters
    ----------
    address : str
        Of the repository.

    Returns
    -------
    str
        Markdown.
    """
    return f"[![Open the course on Binder]({BADGE})]({binder(address, START)})"


def course_map(rows, address):
    """Write the table of the notebooks.

    Parameters
    ----------
    rows : list of Page
        The notebooks.
    address : str
        Of the repository.

    Returns
    -------
    str
        Markdown.
    """
    head = [
        "| | notebook | question | minutes | claims | exercises |",
        "|---|---|---|---:|---|---|",
    ]
    return "\n".join(head + [_row(page, address) for page in rows])


def _row(page, address):
    notebook = f"[{page.title}]({page.path})<br>[on Binder]({binder(address, page.path)})"
    exercises = (
        f"[read]({page.exercises})<br>[on Binder]({binder(address, page.exercises)})"
        if page.exercises
        else ""
    )
    number = page.path.split("/")[-1][:2]
    cells = (number, notebook, page.question, page.minutes, " ".join(page.claims), exercises)
    return "| " + " | ".join(cells) + " |"


def rewrite(text, parts):
    r"""Put generated parts between their marks.

    Parameters
    ----------
    text : str
        Markdown with a line ``<!-- name -->`` before and ``<!-- /name -->`` after each part.
    parts : dict of str to str
        Markdown by name.

    Returns
    -------
    str
        The text with the parts.

    Raises
    ------
    CourseError
        If a mark is missing.

    Examples
    --------
    >>> print(rewrite("<!-- a -->\nold\n<!-- /a -->", {"a": "new"}))
    <!-- a -->
    new
    <!-- /a -->
    """
    for name, part in parts.items():
        between = re.compile(rf"(<!-- {name} -->\n).*?(\n?<!-- /{name} -->)", re.DOTALL)
        text, found = between.subn(
            lambda marks, part=part: f"{marks[1]}{part}\n{marks[2].strip()}", text
        )
        if found != 1:
            raise CourseError(
                f"The README has no place for {name!r}. Expected a line <!-- {name} --> before it "
                f"and <!-- /{name} --> after it."
            )
    return text
