"""The settings from which the labs on the models start, and the controls that move them."""

from coursekit.data import load
from coursekit.errors import unknown

NUMBERS = ("slider", "whole", "percent")


def settings(lab: str) -> dict[str, tuple]:
    """Look up the presets of a lab.

    Examples
    --------
    >>> settings("game")["stag_hunt"][1]
    {'T': 2.0, 'R': 3.0, 'P': 1.0, 'S': 0.0}
    """
    table = load("model_presets")
    found = {}
    for row in table[table["lab"] == lab].itertuples():
        numbers = {name: float(value) for name, value in _pairs(row.parameters)}
        found[row.preset] = row.label, numbers, row.note
    return found


def _pairs(cell):
    return [tuple(part.split("=")) for part in cell.split(";") if part]


def opening(points: dict, preset: str) -> dict[str, float]:
    """Say with which numbers a lab opens.

    Raises CourseError if there is no such preset.

    Examples
    --------
    >>> opening(settings("trust"), "gesture")["t"]
    0.6
    """
    if preset not in points:
        raise unknown("preset", preset, points)
    numbers = {}
    for _, others, _ in reversed(points.values()):
        numbers |= others
    return numbers | points[preset][1]


def controls(lab: str) -> dict[str, dict]:
    """Look up the controls of a lab, by name; a number that is not given is left out.

    Examples
    --------
    >>> fatigue = controls("arms_race")["a"]
    >>> fatigue["kind"], fatigue["min"], fatigue["max"]
    ('slider', 0.1, 4.0)
    """
    table = load("lab_controls")
    found = {}
    for _, cells in table[table["lab"] == lab].drop(columns="lab").iterrows():
        row = cells.dropna().to_dict()
        row["views"] = row["views"].split(";") if row["views"] else []
        if row["value"] and row["kind"] in NUMBERS:
            row["value"] = float(row["value"])
        row["options"] = [(label, name) for name, label in _pairs(row["options"])]
        found[row["control"]] = row
    return found


def parts(shown: dict[str, dict]) -> dict[str, list[str]]:
    """List the controls that belong to each view alone.

    Examples
    --------
    >>> parts(controls("trust"))["design"]
    ['trust', 'size']
    """
    views = [name for _, name in shown["view"]["options"]] if "view" in shown else []
    return {view: [name for name, row in shown.items() if view in row["views"]] for view in views}
