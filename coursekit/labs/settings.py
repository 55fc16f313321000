"""The settings from which the labs on the models start, and the controls that move them."""

from collections.abc import Mapping
from typing import Any

from coursekit.data import load
from coursekit.errors import unknown

# Label, numbers by name, note.
Setting = tuple[str, dict[str, float], str]
NUMBERS = ("slider", "whole", "percent")


def settings(lab: str) -> dict[str, Setting]:
    """Look up the presets of a lab."""
    table = load("model_presets")
    found = {}
    for row in table[table["lab"] == lab].itertuples():
        numbers = {name: float(value) for name, value in _pairs(row.parameters)}
        found[row.preset] = row.label, numbers, row.note
    return found


def _pairs(cell: str) -> list[list[str]]:
    return [part.split("=") for part in cell.split(";") if part]


def opening(points: dict[str, Setting], preset: str) -> dict[str, float]:
    """Say with which numbers a lab opens. Raises CourseError if there is no such preset."""
    if preset not in points:
        raise unknown("preset", preset, points)
    numbers: dict[str, float] = {}
    for _, others, _ in (*reversed(points.values()), points[preset]):
        numbers |= others
    return numbers


def controls(lab: str) -> dict[str, dict[str, Any]]:
    """Look up the controls of a lab, by name; a number that is not given is left out."""
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


def parts(shown: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """List the controls that belong to each view alone."""
    views = [name for _, name in shown["view"]["options"]] if "view" in shown else []
    return {view: [name for name, row in shown.items() if view in row["views"]] for view in views}
