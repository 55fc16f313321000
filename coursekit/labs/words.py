"""What labs say of a model: lines of the readout and assumptions."""

__all__ = ["assumptions", "entry"]


def entry(label, value, detail="", key=""):
    """Pack a line of the readout.

    Parameters
    ----------
    label, value, detail : str
        What it is, what it says, and a sentence on it.
    key : str, optional
        A short name. Default: the label.

    Returns
    -------
    dict
        As `LiveFigure.tell` takes it.
    """
    return {"key": key or label, "label": label, "value": value, "detail": detail}


def assumptions(own, after=""):
    """Say what a model assumes, beside what all of them assume.

    Parameters
    ----------
    own : str
        Sentences on this model, as HTML.
    after : str, optional
        Sentences that come last.

    Returns
    -------
    str
        A paragraph.
    """
    return (
        f"<p><b>What the model assumes.</b> {own} There is no domestic politics. The numbers are "
        "illustrative and calibrated to no state. A model shows what follows from assumptions. "
        f"{after}</p>"
    )
