"""A note: what a student writes in her own words, kept in her record."""

from coursekit.errors import CourseError
from coursekit.forms.fields import Form, field, item, told
from coursekit.record.xapi import statement
from coursekit.widgets.card import Card
from coursekit.widgets.keeping import keep, kept

EMPTY = "There is nothing to keep yet. Write a few words first."


class Note(Card):
    """Ask for a text and keep it; raises CourseError if the id is not one word."""

    def __init__(self, id: str, prompt: str):
        self.activity, self.prompt = f"note/{id}", prompt
        # Refuses a name that could not be kept, before anything is written.
        statement({}, "noted", self.activity)
        earlier = kept(self.activity).get(self.activity, ())
        text = earlier[-1]["result"]["response"] if earlier else ""
        super().__init__([self._form(text)], name="Note", place=self.activity)

    def _form(self, text: str) -> Form:
        look = {"main": True, "value": text, "rows": 5, "required": EMPTY}
        asked = field("text", "text", self.prompt, **look)
        kept_now = {"feedback": told("Kept. You can change it and keep it again.")} if text else {}
        return item("note", [asked], submit="Keep my note", **kept_now)

    def submit(self, key: str, values: Form) -> None:
        """Keep the text; raises CourseError if there is none."""
        text = (values["text"] or "").strip()
        if not text:
            raise CourseError(EMPTY)
        keep("noted", self.activity, {"response": text}, {"prompt": self.prompt})
        self.put(self._form(text))


def note(id: str, prompt: str) -> Note:
    """Ask for a note in the student's own words.

    Parameters
    ----------
    id : str
        A short name, such as ``"02-many"``; the note is kept under it.
    prompt : str
        What to write about.

    Returns
    -------
    Note
        The card. What is written is shown again in later sessions.

    Raises
    ------
    CourseError
        If the id is not one word of letters, digits and hyphens.

    Examples
    --------
    >>> note("02-many", "What would you count as unstable?").name
    'Note'
    """
    return Note(id, prompt)
