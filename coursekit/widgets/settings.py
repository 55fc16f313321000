"""The settings from which the labs on the models start."""

from coursekit.data import load

__all__ = ["settings"]


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
