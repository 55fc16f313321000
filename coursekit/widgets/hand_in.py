"""A button that makes the file to hand in."""

from pathlib import Path

from coursekit import handing_in
from coursekit.errors import CourseError
from coursekit.forms.fields import Form, item, name_field, told
from coursekit.record import record
from coursekit.sentences import Sentences
from coursekit.widgets.card import Card

SAY = Sentences(__file__)
RUNNING = told(SAY["running"], [SAY["wait"]])


class HandIn(Card):
    """Ask for a name, look the notebook through, and write the file."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = folder
        forms = [self._form(record().name)]
        super().__init__(forms, blank=[self._form("")], name="Hand in", place="hand-in")

    def _form(self, name: str, done: Form | None = None, **more: object) -> Form:
        asked = name_field(SAY["name"], SAY["help"], name)
        more |= {"feedback": done} if done else {}
        return item("hand_in", [asked], submit=SAY["submit"], **more)

    def act(self, message: Form) -> None:
        """Say at once that the work takes a while, and do it."""
        name = message["values"]["name"]
        self.put(self._form(name, RUNNING, locked=True))
        try:
            super().act(message)
        except BaseException:  # It was interrupted, too: the button is to be there again.
            self.put(self._form(name))
            raise

    def _refused(self, message: Form, problem: CourseError) -> Form:
        self.put(self._form(message["values"]["name"]))
        return super()._refused(message, problem)

    def submit(self, key: str, values: Form) -> None:
        """Make the file; raises CourseError if the name is none, or there is nothing to hand in."""
        name = (values["name"] or "").strip()
        self.put(self._form(name, _found(handing_in.hand_in(name, self.folder))))


def _found(made: handing_in.HandedIn) -> Form:
    folder = SAY["beside"] if made.path.parent.parent == Path.cwd() else str(made.path.parent)
    found = {
        SAY["file"]: [made.path.name],
        SAY["folder"]: [folder],
        SAY["saved"]: [f"{made.saved:%d %B %Y at %H:%M:%S}. {SAY['save_again']}"],
        SAY["failed"]: made.failed,
        SAY["open"]: made.open,
    }
    lines = [{"head": head, "text": "\n\n".join(said)} for head, said in found.items() if said]
    if made.failed or made.open:
        return told(SAY["made_but"], lines)
    return told(SAY["made"], [*lines, SAY["done"]])


def hand_in(folder: str | Path = ".") -> HandIn:
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
