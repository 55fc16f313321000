"""The settings from which the labs on the models start."""

from coursekit.data import load
from coursekit.errors import unknown

__all__ = ["opening", "settings"]


def settings(lab):
    """Look up the presets of a lab.

    Parameters
    ----------
    lab : str
        Name of the lab in the table ``model_presets``.

    Returns
    -------
    dict of str to tuple
        For each preset its label, its numbers by name, and a note.

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


def opening(points, preset):
    """Say with which numbers a lab opens.

    Parameters
    ----------
    points : dict
        Presets; see `settings`.
    preset : str
        Name of one of them.

    Returns
    -------
    dict of str to float
        The numbers of the preset, and each other number as the first preset has it.

    Raises
    ------
    CourseError
        If there is no such preset.

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
