"""A button that makes the file to hand in."""

from coursekit import handing_in
from coursekit.forms.fields import field, item
from coursekit.record import record
from coursekit.sentences import Sentences
from coursekit.widgets.card import Card

__all__ = ["HandIn", "hand_in"]

SAY = Sentences(__file__)


class HandIn(Card):
    """Ask for a name, look the notebook through, and write the file."""

    def __init__(self, folder):
        self.folder = folder
        super().__init__(
            [self._form(record().name)], blank=[self._form("")], name="Hand in", place="hand-in"
        )

    def _form(self, name, told=None):
        asked = field("text", "name", SAY["name"], help=SAY["help"], value=name, rows=1)
        more = {"feedback": told} if told else {}
        return item("hand_in", [asked], submit=SAY["submit"], **more)

    def submit(self, key: str, values: dict) -> None:
        """Make the file.

        Raises CourseError if the name is none, or there is nothing to hand in here.
        """
        name = (values["name"] or "").strip()
        self.put(self._form(name, _told(handing_in.hand_in(name, self.folder))))


def _told(made):
    values = [
        {"label": SAY["file"], "value": made.path.name},
        {"label": SAY["folder"], "value": str(made.path.parent)},
        {"label": SAY["saved"], "value": f"{made.saved:%d %B %Y at %H:%M:%S}"},
    ]
    parts = {SAY["failed"]: made.failed, SAY["open"]: made.open}
    lines = [{"head": head, "text": "\n\n".join(said)} for head, said in parts.items() if said]
    title = SAY["made"] if not lines else SAY["made_but"]
    return {"tone": "told", "title": title, "values": values, "lines": lines or [SAY["done"]]}


def hand_in(folder="."):
    """Show a button that makes the file to hand in.

    The button looks through the notebook of the set as it was last saved: it runs all boxes in a
    fresh kernel, says which stop and which tasks have no answer yet, and writes the notebook under
    the name that is collected. Nothing that only marking checks is known to it.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        The folder of the set. The file comes into its folder ``hand_in``.

    Returns
    -------
    HandIn
        The card.

    Examples
    --------
    >>> hand_in().items[0]["submit"]
    'Check and make my file'
    """
    return HandIn(folder)
