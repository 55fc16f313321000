"""The tables of the course, as documented in ``datasets/datapackage.json``."""

import hashlib
import json
from functools import cache

import pandas as pd

from coursekit.content import folder
from coursekit.errors import CourseError, unknown

__all__ = ["cite", "codebook", "licence", "load", "names", "verify", "version"]


@cache
def _package():
    return json.loads((folder("datasets") / "datapackage.json").read_text(encoding="utf-8"))


def _resource(name):
    resources = {resource["name"]: resource for resource in _package()["resources"]}
    if name not in resources:
        raise unknown("table", name, resources)
    return resources[name]


def names():
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


def load(name):
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
    return _read(name).copy()


@cache
def _read(name):
    resource = _resource(name)
    if resource["format"] != "csv":
        raise CourseError(
            f"{name!r} is a {resource['format']} file, not a table. "
            f"The tables are: {', '.join(names())}."
        )
    fields = resource["schema"]["fields"]
    kinds = {field["name"]: field["type"] for field in fields}
    table = pd.read_csv(
        folder("datasets") / resource["path"],
        dtype={n: "str" for n, kind in kinds.items() if kind in ("string", "date")},
        keep_default_na=False,
        na_values={n: [""] for n, kind in kinds.items() if kind != "string"},
        encoding="utf-8",
    )
    for column, kind in kinds.items():
        if kind == "date":
            table[column] = pd.to_datetime(table[column], format="%Y-%m-%d")
        elif kind == "integer" and table[column].hasnans:
            table[column] = table[column].astype("Int64")
    return table


def read_json(name):
    """Read a resource that is no table, such as the map.

    Parameters
    ----------
    name : str
        The resource's name in the data package.

    Returns
    -------
    dict
        The file's content.
    """
    text = (folder("datasets") / _resource(name)["path"]).read_text(encoding="utf-8")
    return json.loads(text)


def codebook(name):
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
    return pd.DataFrame(rows, columns=["column", "type", "unit", "meaning"])


def cite(name):
    """Say how to cite a table.

    Parameters
    ----------
    name : str
        One of `names`, or the map's name, ``"europe_map"``.

    Returns
    -------
    str
        The publishers of the table's content, one a line.

    Examples
    --------
    >>> print(cite("borders").splitlines()[0])
    Central Intelligence Agency. (2026). The World Factbook: land boundaries.
    """
    return "\n".join(source["title"] for source in _resource(name)["sources"])


def licence(name):
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


def version(name):
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
    return _resource(name)["version"]


def checksum(path):
    """Compute the SHA-256 checksum of a file.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    str
        ``"sha256:"`` and 64 hexadecimal digits.
    """
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def verify():
    """Check that no file of the data package has changed.

    Raises
    ------
    CourseError
        If a file is missing or its checksum differs; the message names each such file with the
        checksum expected and the one found.
    """
    problems = []
    for resource in _package()["resources"]:
        path = folder("datasets") / resource["path"]
        found = checksum(path) if path.is_file() else "no file"
        if found != resource["hash"]:
            problems.append(f"{resource['path']}: expected {resource['hash']}, found {found}")
    if problems:
        raise CourseError(
            "These data files are not the ones the course was tested with. Restore them with "
            "'git checkout datasets', or run 'make data' if you meant to change them.\n"
            + "\n".join(problems)
        )
