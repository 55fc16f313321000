"""A card of small forms, the common ground of quizzes, predictions, credences and notes."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

import traitlets

from coursekit.errors import CourseError, MisfitError
from coursekit.forms.fields import Form, Forms
from coursekit.forms.printing import PICTURE, as_html, as_text
from coursekit.record import record
from coursekit.widgets.keeping import trouble
from coursekit.widgets.living import Bundle, LivingWidget, with_still

# All cards of the kernel: what one keeps, another may show.
_cards: WeakSet[Any] = WeakSet()
# A cell makes cards in one thread while an answer is kept in another.
_counting = threading.Lock()


def attend(widget: LivingWidget) -> None:
    """Let a widget hear, by its `refresh`, that a card has kept something."""
    with _counting:
        _cards.add(widget)


@contextmanager
def about(name: str) -> Iterator[None]:
    """Say of which field an error speaks.

    Raises MisfitError in place of any other `CourseError`.
    """
    try:
        yield
    except MisfitError:
        raise
    except CourseError as problem:
        raise MisfitError({name: str(problem)}) from problem


def picture(figure: Any) -> Form:
    """Pack a figure for the feedback of a form."""
    picture = base64.b64encode(figure.png()).decode("ascii")
    return {"src": PICTURE + picture, "alt": figure.alt}


class Card(LivingWidget):
    """Show forms, take what is entered, and show what the kernel makes of it.

    The kernel holds the state: each item is a form as the browser shows it. Subclasses say in
    `submit` what becomes of the values entered.
    """

    script = "card.js"
    styles = ("page/custom.css", "card.css")

    title = traitlets.Unicode().tag(sync=True)
    name = traitlets.Unicode().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)
    lead = traitlets.Unicode().tag(sync=True)
    items: traitlets.List[Form] = traitlets.List().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    notice = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    # Several forms stand on the card one at a time, with an end; a test can be put off.
    stepwise = traitlets.Bool().tag(sync=True)
    later = traitlets.Bool().tag(sync=True)
    ending = traitlets.Dict().tag(sync=True)
    gate = traitlets.Enum(["", "shut", "open"], "").tag(sync=True)

    def __init__(
        self, items: Forms, blank: Forms | None = None, name: str = "", place: str = "", **more: Any
    ) -> None:
        # Two learners may use one browser. The record is asked first, for it may be in trouble.
        place = f"{record().seed}/{place or name}"
        super().__init__(items=items, name=name, place=place, notice=trouble(), **more)
        self.blank = blank
        if blank is not None and blank != items:
            self._keep_asleep()
        self._turn = 0
        self.on_msg(self._received)
        attend(self)

    @traitlets.observe("items")
    def _keep_asleep(self, change: object = None) -> None:
        """Write down how the card stands, for the page as it is saved."""
        if change is None or self.comm is not None:
            self.asleep = as_html(self.title, self.lead, self.items)

    def _received(self, _: object, message: Form, buffers: object) -> None:
        try:
            self.act(message)
        except Exception as problem:
            self.error = str(problem) or type(problem).__name__
            raise

    def act(self, message: Form) -> None:
        """Do what the browser asks for."""
        # One message for all that changes: what is read out fits what is seen.
        with self.hold_sync():
            try:
                if message["action"] == "again":
                    self.again(message["item"])
                else:
                    self.submit(message["item"], message["values"])
            except CourseError as problem:
                self.put(self._refused(message, problem))
            self.error = ""
            self.notice = trouble() or self.notice
        with _counting:
            others = _cards - {self}
        for card in others:
            card.refresh()

    def _refused(self, message: Form, problem: CourseError) -> Form:
        """Show the form as it was filled in, with what is wrong at the fields it is about."""
        form = next(form for form in self.items if form["key"] == message["item"])
        values = message["values"]
        given = {name: {"value": value} for name, value in values.items() if value is not None}
        fields = [one | given.get(one["name"], {}) for one in form["fields"]]
        names = [one["name"] for one in fields if one["kind"] != "said" and not one.get("disabled")]
        # Where there is one field, it is the one; else only the error can say which.
        only = names[0] if len(names) == 1 else ""
        wrong = problem.wrong if isinstance(problem, MisfitError) else {only: str(problem)}
        parts = [part for part in wrong if part not in names]
        errors = {name: wrong[name] for name in names if name in wrong}
        if parts:
            errors[only] = " ".join(wrong[part] for part in parts)
        places = {only: [part for part in parts if part != only]} if only else {}
        return {**form, "fields": fields, "errors": errors, "places": places}

    def put(self, form: Form) -> None:
        """Replace a form by its next state."""
        # The browser waits for an answer even if nothing has changed.
        self._turn += 1
        form = {**form, "turn": self._turn}
        self.items = [form if old["key"] == form["key"] else old for old in self.items]

    def submit(self, key: str, values: Form) -> None:
        """Take what was entered into a form; raises CourseError if it cannot be used."""
        raise NotImplementedError

    def again(self, key: str) -> None:
        """Open a form once more."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Take note that another card has kept something."""

    def still(self) -> Bundle:
        """Write the forms for a stored notebook, with the media types of each."""
        forms = self.items if self.blank is None else self.blank
        return {
            "text/html": as_html(self.title, self.lead, forms),
            "text/plain": as_text(self.title, self.lead, forms),
        }, {}

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle:
        return with_still(super()._repr_mimebundle_(**kwargs), self.still())
