"""The links of the README, made from the addresses in ``pyproject.toml``."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import nbformat

from coursekit.errors import CourseError
from coursekit.record.lines import replace
from coursekit.sentences import Sentences

__all__ = [
    *("Home", "Page", "badges", "binder", "browser", "colab", "course_map", "home_of"),
    *("jupyterlite", "nbgitpuller", "pages", "remote", "rewrite", "set_home"),
]

SAY = Sentences(__file__)
ADDRESS = re.compile(r"https://github\.com/(?P<owner>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?")
BY_SSH = re.compile(r"(?:ssh://)?git@github\.com[:/]")
SITE = re.compile(r"https?://[\w.:-]+(?:/[\w./~-]*)?")
# A line that is commented out until there is an address to put into it.
LINES = {
    "pyproject.toml": {"repository": 'Repository = "{}"', "lite": 'JupyterLite = "{}"'},
    "CITATION.cff": {"repository": 'repository-code: "{}"'},
}
START = "notebooks/00_start_here.ipynb"
# So many cells of a notebook say what it is about.
OPENING = 6
BADGE = "[![{words}](https://{site})]({link})"
BINDER = "mybinder.org/badge_logo.svg"
LITE = "jupyterlite.rtfd.io/en/latest/_static/badge.svg"


class Home(NamedTuple):
    """Where the course can be had.

    Attributes
    ----------
    repository : str
        Address on GitHub, without a slash at its end; empty while none is known.
    tag : str
        The version that links open, such as ``"v0.1.0"``.
    lite : str
        Address of a JupyterLite site with the course; empty if there is none.
    """

    repository: str
    tag: str
    lite: str = ""


class Page(NamedTuple):
    """A notebook of the course, as the course map shows it.

    Attributes
    ----------
    path : str
        Path in the repository.
    title, question : str
        As its first cells have them.
    minutes : str
        About how long it takes; empty if the page does not say.
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


def home_of(root: Path) -> Home:
    """Read the addresses from ``pyproject.toml``."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    urls = project.get("urls", {})
    known = urls.get("Repository", "")
    repository, tag = _checked(known) if known else "", f"v{project['version']}"
    return Home(repository, tag, urls.get("JupyterLite", ""))


def git(root: Path, *words: str) -> str:
    """Ask git; empty if it is not there or does not know."""
    try:
        asked = ["git", "-C", str(root), *words]
        return subprocess.run(asked, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""


def remote(root: Path) -> str:
    """Ask git where the repository was cloned from; empty if that is not on GitHub."""
    address = BY_SSH.sub("https://github.com/", git(root, "remote", "get-url", "origin"))
    return _checked(address) if ADDRESS.fullmatch(address) else ""


def _checked(address):
    found = ADDRESS.fullmatch(address.strip())
    if not found:
        raise CourseError(SAY("no_repository", address=address))
    return f"https://github.com/{found['owner']}/{found['name']}"


def _site(address):
    if not SITE.fullmatch(address.strip()):
        raise CourseError(SAY("no_site", address=address))
    return address.strip().rstrip("/")


def set_home(root: Path, repository: str, lite: str = "") -> None:
    """Write other addresses into ``pyproject.toml`` and ``CITATION.cff``.

    Raises CourseError if one is no such address or has no line; nothing is written then.
    """
    values = {"repository": _checked(repository), "lite": _site(lite) if lite else ""}
    texts = {}
    for name, lines in LINES.items():
        text = (root / name).read_text(encoding="utf-8")
        for key, line in lines.items():
            place = re.compile("^(?:# )?" + line.format('[^"]*') + "$", re.MULTILINE)
            new = ("" if values[key] else "# ") + line.format(values[key])
            text, changed = place.subn(lambda found, new=new: new, text)
            if changed != 1:
                raise CourseError(SAY("no_line", name=name, line=line.format("")))
        texts[root / name] = text
    for path, text in texts.items():
        replace(path, text.encode())


def binder(home: Home, path: str) -> str:
    """Link a notebook that opens in JupyterLab on Binder.

    Examples
    --------
    >>> binder(Home("https://github.com/owner/course", "v1"), "notebooks/02.ipynb")
    'https://mybinder.org/v2/gh/owner/course/v1?urlpath=doc%2Ftree%2Fnotebooks%2F02.ipynb'
    """
    place = ADDRESS.fullmatch(home.repository)
    # JupyterLab for one page at a time begins with the file browser closed.
    urlpath = quote(f"doc/tree/{path}", safe="")
    tag = quote(home.tag, safe="")
    return f"https://mybinder.org/v2/gh/{place['owner']}/{place['name']}/{tag}?urlpath={urlpath}"


def colab(home: Home, path: str) -> str:
    """Link a notebook on Colab, where the course has to be installed first.

    Examples
    --------
    >>> colab(Home("https://github.com/owner/course", "v1"), "notebooks/02.ipynb")
    'https://colab.research.google.com/github/owner/course/blob/v1/notebooks/02.ipynb'
    """
    place = home.repository.removeprefix("https://github.com/")
    return f"https://colab.research.google.com/github/{place}/blob/{quote(home.tag)}/{quote(path)}"


def jupyterlite(home: Home, path: str) -> str:
    """Link a notebook on the JupyterLite site.

    Examples
    --------
    >>> jupyterlite(Home("", "v1", "https://example.org/lite"), "notebooks/02.ipynb")
    'https://example.org/lite/lab/index.html?path=notebooks%2F02.ipynb'
    """
    return f"{home.lite}/lab/index.html?path={quote(path, safe='')}"


def nbgitpuller(hub: str, students: str, path: str) -> str:
    """Link a notebook for a hub: it copies the students' repository to each of them first.

    Examples
    --------
    >>> link = nbgitpuller("https://hub.example.org", "https://github.com/o/students", "a.ipynb")
    >>> for part in link.replace("?", "&").split("&"):
    ...     print(part)
    https://hub.example.org/hub/user-redirect/git-pull
    repo=https%3A%2F%2Fgithub.com%2Fo%2Fstudents
    branch=main
    targetpath=students
    urlpath=doc%2Ftree%2Fstudents%2Fa.ipynb
    """
    name = students.rstrip("/").rsplit("/", 1)[-1].removesuffix(".git")
    urlpath = quote(f"doc/tree/{name}/{path}", safe="")
    # Left to itself, nbgitpuller would call the folder of course.git course.git.
    folder = f"targetpath={quote(name, safe='')}"
    where = f"repo={quote(students, safe='')}&branch=main&{folder}&urlpath={urlpath}"
    return f"{_site(hub)}/hub/user-redirect/git-pull?{where}"


def pages(root):
    """Read what the course map says of each notebook, from its first cells.

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
    # What is to be played comes before the line with the claims.
    opening = nbformat.read(path, as_version=4).cells[:OPENING]
    first = "\n\n".join(cell.source for cell in opening if cell.cell_type == "markdown")
    title = re.match(r"# (?:\d\d )?(.*)", first)[1]
    question = re.search(r"^\*\*(.*\?)\*\*$", first, re.MULTILINE)
    minutes = re.search(r"\*\*Time:\*\* about (\d+) minutes", first)
    claims = re.search(r"\*\*Claims met:\*\* (.*?)\. ", first)
    made = root / "exercises" / "release" / path.stem / path.name
    exercises = made.relative_to(root).as_posix() if made.is_file() else ""
    head = ("Start here", title) if question is None else (title, question[1])
    known = minutes[1] if minutes else "", claims[1].split(", ") if claims else []
    return Page(path.relative_to(root).as_posix(), *head, *known, exercises)


def badges(home: Home) -> str:
    """Write the badges that open the start page; none while no address is known."""
    made = []
    if home.repository:
        words = "Open the course on Binder"
        made.append(BADGE.format(words=words, site=BINDER, link=binder(home, START)))
    if home.lite:
        words = "Open the course in JupyterLite"
        made.append(BADGE.format(words=words, site=LITE, link=jupyterlite(home, START)))
    return " ".join(made)


def browser(home: Home) -> str:
    """Write how to open the course with nothing to install, or how to get the links for that."""
    if not home.repository:
        return SAY["unknown"].strip()
    values = {"colab": colab(home, START), "repository": home.repository, "tag": home.tag}
    lite = SAY("lite", link=jupyterlite(home, START)) if home.lite else ""
    return " ".join(filter(None, (SAY["binder"], lite, SAY("colab", **values))))


def course_map(rows: list[Page], home: Home) -> str:
    """Write the table of the notebooks, with links to Binder once an address is known."""
    head = "| | notebook | question | minutes | claims | exercises |"
    return "\n".join([head, "|---|---|---|---:|---|---|", *(_map_row(page, home) for page in rows)])


def _map_row(page, home):
    def on_binder(path):
        return f"<br>[on Binder]({binder(home, path)})" if home.repository else ""

    notebook = f"[{page.title}]({page.path}){on_binder(page.path)}"
    exercises = f"[read]({page.exercises}){on_binder(page.exercises)}" if page.exercises else ""
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
            raise CourseError(SAY("no_place", name=name))
    return text
