"""The tables of the course, as documented in ``datasets/datapackage.json``."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from coursekit.checksums import checksums
from coursekit.citation import apa, bibtex
from coursekit.content import by_course, folder
from coursekit.errors import CourseError, unknown

__all__ = ["about", "caveats", "cite", "codebook", "licence", "load", "names", "sources"]
__all__ += ["verify", "version"]


WORK = ("authors", "year", "title", "venue", "url")
Work = dict[str, str]


@by_course
def _package() -> Any:
    return json.loads((folder("datasets") / "datapackage.json").read_text(encoding="utf-8"))


def _resource(name: str) -> dict[str, Any]:
    resources: dict[str, dict[str, Any]] = {each["name"]: each for each in _package()["resources"]}
    if name not in resources:
        raise unknown("table", name, resources)
    return resources[name]


def names() -> list[str]:
    """List the tables.

    Returns
    -------
    list of str
        Names that `load` accepts, in the order of the codebook.

    Examples
    --------
    >>> "members" in names()
    True
    """
    return [r["name"] for r in _package()["resources"] if r["format"] == "csv"]


def load(name: str) -> pd.DataFrame:
    """Load a table.

    Parameters
    ----------
    name : str
        One of `names`.

    Returns
    -------
    pandas.DataFrame
        A copy of your own: one row a fact, dates as dates, empty where nothing is known.

    Raises
    ------
    CourseError
        If there is no such table.

    Examples
    --------
    >>> load("members").shape[0]
    32
    """
    return _load(name).copy()


@by_course
def _load(name: str) -> pd.DataFrame:
    resource = _resource(name)
    if resource["format"] != "csv":
        raise CourseError(
            f"{name!r} is a {resource['format']} file, not a table. "
            f"The tables are: {', '.join(names())}."
        )
    fields = resource["schema"]["fields"]
    kinds = {field["name"]: field["type"] for field in fields}
    texts = {n: "str" for n, kind in kinds.items() if kind in ("string", "date")}
    gaps = {n: [""] for n, kind in kinds.items() if kind != "string"}
    how = {"dtype": texts, "na_values": gaps, "keep_default_na": False, "encoding": "utf-8"}
    table = pd.read_csv(folder("datasets") / resource["path"], **how)
    for column, kind in kinds.items():
        if kind == "date":
            table[column] = pd.to_datetime(table[column], format="%Y-%m-%d")
        elif kind == "integer" and table[column].hasnans:
            table[column] = table[column].astype("Int64")
    return table


def about(name: str) -> dict[str, Any]:
    """Read what the data package says of a table, with the number of its ``rows``."""
    resource = _resource(name)
    lines = (folder("datasets") / resource["path"]).read_bytes().count(b"\n")
    return {**resource, "rows": lines - 1}


def key(name: str) -> str:
    """Name the column of a table that holds the keys by which other tables name its rows."""
    return str(_resource(name)["schema"]["primaryKey"][0])


def unknown_claims(named: Iterable[str]) -> Iterator[str]:
    """Say of each claim that is not in the ledger that there is none."""
    known = list(_load("claims")["claim"])
    for id in named:
        if id not in known:
            yield f"there is no claim {id}. Claims are {known[0]} to {known[-1]}."


def read_json(name: str) -> Any:
    """Read a resource that is no table, such as the map."""
    text = (folder("datasets") / _resource(name)["path"]).read_text(encoding="utf-8")
    return json.loads(text)


class Codebook(pd.DataFrame):  # type: ignore[misc] # pandas has no hints
    """The columns of a table, shown in full in a notebook."""

    @property
    def _constructor(self) -> type["Codebook"]:
        return Codebook

    def _repr_html_(self) -> str:
        plain = {"display.max_colwidth": None, "display.html.use_mathjax": False}
        with pd.option_context(plain):
            html: str = self.to_html(index=False, border=0, justify="left")
        return html.replace("<td>", '<td style="text-align: left">')


class Reference(str):
    """A text of several lines that a notebook shows as lines."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def codebook(name: str) -> Codebook:
    """Describe the columns of a table.

    Parameters
    ----------
    name : str
        One of `names`.

    Returns
    -------
    pandas.DataFrame
        One row a column of the table: ``column``, ``type``, ``unit``, ``meaning``.

    Raises
    ------
    CourseError
        If there is no such table.

    Examples
    --------
    >>> codebook("borders").loc[2, ["column", "unit"]].tolist()
    ['km', 'km']
    """
    rows = [
        (field["name"], field["type"], field.get("unit", ""), field["description"])
        for field in _resource(name).get("schema", {"fields": []})["fields"]
    ]
    return Codebook(rows, columns=["column", "type", "unit", "meaning"])


def caveats(name: str) -> list[str]:
    """List what to keep in mind about a table.

    Parameters
    ----------
    name : str
        One of `names`, or the map's name, ``"europe_map"``.

    Returns
    -------
    list of str
        One sentence or two each.

    Examples
    --------
    >>> len(caveats("population")) > 0
    True
    """
    return list(_resource(name)["caveats"])


def sources(name: str) -> pd.DataFrame:
    """List the publishers of a table's content.

    Parameters
    ----------
    name : str
        One of `names`, or the map's name, ``"europe_map"``.

    Returns
    -------
    pandas.DataFrame
        One row a source: ``authors``, ``year``, ``title``, ``venue``, ``url``.

    Examples
    --------
    >>> sources("population")["authors"].tolist()[0]
    'World Bank'
    """
    works = [_work(source) for source in _resource(name)["sources"]]
    return pd.DataFrame(works, columns=WORK)


def _work(source: Work) -> Work:
    """Turn a source of the data package into a work that can be cited."""
    parts = {part: source.get(part, "") for part in WORK[:-1]}
    return parts | {"url": source["path"]}


def _works(name: str) -> dict[str, Work]:
    """Map keys to the works behind a table, a reading, or all of them."""
    readings = {row.pop("reading"): row for row in _load("readings").astype(str).to_dict("records")}
    if name in readings:
        return {name: readings[name]}
    if name == "all":
        works: dict[str, Work] = {}
        for resource in _package()["resources"]:
            works |= _works(resource["name"])
        return works | readings
    listed = [_work(source) for source in _resource(name)["sources"]]
    return {f"{_slug(one['authors'])}{one['year']}{_slug(one['title'])}": one for one in listed}


def _slug(text: str) -> str:
    return re.sub(r"\W", "", text.split(",")[0]).lower()[:12]


def cite(name: str, style: str = "apa") -> Reference:
    """Say how to cite a table or a reading.

    Parameters
    ----------
    name : str
        One of `names`, the map's name ``"europe_map"``, the key of a reading such as
        ``"jervis1978"``, or ``"all"`` for the course's reference list.
    style : {"apa", "bibtex"}
        How to write the references.

    Returns
    -------
    str
        The references, in alphabetical order.

    Raises
    ------
    CourseError
        If there is no such name or style.

    Examples
    --------
    >>> cite("kydd2005")
    Kydd, Andrew H. (2005). Trust and Mistrust in International Relations. Princeton University \
Press. http://press.princeton.edu/chapters/s8091.html
    """
    writers = {"apa": lambda key, work: apa(work), "bibtex": bibtex}
    if style not in writers:
        raise unknown("style of reference", style, writers)
    references = {writers[style](key, work) for key, work in _works(name).items()}
    return Reference("\n".join(sorted(references, key=str.casefold)))


def licence(name: str) -> str:
    """Say under which licence a table can be used.

    Parameters
    ----------
    name : str
        One of `names`, or the map's name, ``"europe_map"``.

    Returns
    -------
    str
        Title and address of each licence.

    Examples
    --------
    >>> licence("europe_map")
    'Public domain (Natural Earth) <https://www.naturalearthdata.com/about/terms-of-use/>'
    """
    return "; ".join(f"{item['title']} <{item['path']}>" for item in _resource(name)["licenses"])


def version(name: str) -> str:
    """Say which version of a table this is.

    Parameters
    ----------
    name : str
        One of `names`, or the map's name, ``"europe_map"``.

    Returns
    -------
    str
        Edition or date of the source, as the codebook states it.

    Examples
    --------
    >>> version("borders")
    'Factbook of January 2026'
    """
    return str(_resource(name)["version"])


def verify() -> None:
    """Check that no file of the data package has changed.

    Raises
    ------
    CourseError
        If a file is missing or its checksum differs; the message names each such file with the
        checksum expected and the one found.
    """
    problems = [
        f"{name}: expected {published}, found {found}"
        for name, (published, found) in checksums(folder("datasets")).items()
        if found != published
    ]
    if problems:
        raise CourseError(
            "These data files are not the ones the course was tested with. Restore them with "
            "'git checkout datasets', or run 'make data' if you meant to change them.\n"
            + "\n".join(problems)
        )
