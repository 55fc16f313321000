"""The settings from which the labs on the models start."""

from coursekit.data import load
from coursekit.errors import unknown

__all__ = ["opening", "settings"]


def settings(lab: str) -> dict[str, tuple]:
    """Look up the presets of a lab.

    Examples
    --------
    >>> settings("game")["stag_hunt"][1]
    {'T': 2.0, 'R': 3.0, 'P': 1.0, 'S': 0.0}
    """
    table = load("model_presets")
    return {
        row.preset: (
            row.label,
            {k: float(v) for k, v in (part.split("=") for part in row.parameters.split(";"))},
            row.note,
        )
        for row in table[table["lab"] == lab].itertuples()
    }


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
