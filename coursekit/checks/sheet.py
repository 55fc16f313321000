"""The sheet of a set (``checks.yaml``): tasks and their checks, written as Python expressions."""

import json
from functools import cache
from pathlib import Path

from coursekit.errors import CourseError

__all__ = ["FILE", "parse", "read", "tells"]

FILE = "checks.yaml"


@cache
def _validator():
    from jsonschema import Draft202012Validator

    text = (Path(__file__).parent / "sheet.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def parse(text, where=FILE):
    """Read a sheet from its text.

    Parameters
    ----------
    text : str
        YAML.
    where : str, optional
        What error messages call it.

    Returns
    -------
    dict
        The sheet as written.

    Raises
    ------
    CourseError
        If it is not a valid sheet; the message names the place.
    """
    import yaml

    try:
        sheet = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as problem:
        raise CourseError(f"{where} is not valid YAML: {problem}") from None
    problem = next(iter(sorted(_validator().iter_errors(sheet), key=lambda e: e.json_path)), None)
    if problem:
        raise CourseError(f"{where}, at {problem.json_path}: {problem.message}")
    return sheet


def read(path):
    """Read a sheet from a file.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    dict
        The sheet as written.

    Raises
    ------
    CourseError
        If it is not a valid sheet.
    """
    return parse(path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name}")


def tells(entry, name):
    """Say whether the checks of a task tell if an answer is right, or only if it is possible.

    A check that is a condition on the answer, such as ``0 < border < 5000``, asks for its form.

    Parameters
    ----------
    entry : dict
        The task, from a sheet.
    name : str
        Its name.

    Returns
    -------
    bool
        Whether a check asks for the value itself.

    Examples
    --------
    >>> form, value = {"call": "0 < border < 5000", "equals": True}, {"equals": 1108}
    >>> tells({"checks": [form]}, "border"), tells({"checks": [form, value]}, "border")
    (False, True)
    """
    truth = "arguments" in entry and "bool" in entry["returns"]
    return any(
        truth or check.get("call", name) == name or not isinstance(check.get("equals"), bool)
        for check in entry["checks"]
    )
