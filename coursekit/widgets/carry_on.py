"""Two buttons that carry the record to another computer: save it as a file, and load one."""

import gzip
import os
import zlib
from collections.abc import Callable
from html import escape
from typing import Any

import traitlets

from coursekit.errors import CourseError
from coursekit.forms.printing import ASLEEP
from coursekit.record import record
from coursekit.record.evidence import entries
from coursekit.record.export import LARGEST, NAME, exported, parsed, taken
from coursekit.sentences import Sentences
from coursekit.widgets.card import attend
from coursekit.widgets.live_figure import TURNS
from coursekit.widgets.living import Bundle, LivingWidget, with_still

SAY = Sentences(__file__)
# In bytes: more is not let through by the servers of notebooks, in either direction.
MOST = 2_500_000


def on_binder() -> bool:
    """Tell whether the course runs on Binder, where nothing outlives the session."""
    return any(name.startswith("BINDER_") for name in os.environ)


class CarryOn(LivingWidget):
    """Save the record through the browser, and load one; `news` hears of what may have come in."""

    script = "carry_on.js"
    styles = ("page/custom.css", "card.css")

    words = traitlets.Dict().tag(sync=True)
    advice = traitlets.Unicode().tag(sync=True)
    urgent = traitlets.Bool().tag(sync=True)
    held = traitlets.Unicode().tag(sync=True)
    told = traitlets.Unicode().tag(sync=True)
    wrong = traitlets.Unicode().tag(sync=True)
    fresh = traitlets.Bool(False).tag(sync=True)
    stale = traitlets.Bool(False).tag(sync=True)
    turn = traitlets.Int(0).tag(sync=True)
    most = traitlets.Int(LARGEST).tag(sync=True)

    def __init__(self, news: Callable[[], object] | None = None) -> None:
        self.news, urgent = news, on_binder()
        words = {name: SAY[name] for name in ("heading", "save", "load", "again")}
        advice = SAY["binder" if urgent else "elsewhere"]
        super().__init__(words=words, advice=advice, urgent=urgent)
        self._look()
        self.on_msg(self._received)
        attend(self)

    def _look(self) -> None:
        """Count what the record holds, and take note of how its file stands."""
        self._seen = self._state()
        self.held = SAY("held", count=entries(len(record().statements())))
        self.stale = False

    def _state(self) -> tuple[int, ...] | None:
        try:
            found = record().path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def refresh(self) -> None:
        """Take note that a card has kept something."""
        if self._state() != self._seen:
            self.stale = True

    def _received(self, _: object, message: dict[str, Any], buffers: list[memoryview]) -> None:
        if "action" not in message:
            return
        with TURNS, self.hold_sync():
            try:
                self.act(message["action"], *buffers)
            except CourseError as problem:
                self.told, self.wrong = "", str(problem)
            except Exception as problem:
                self.told, self.wrong = "", f"{type(problem).__name__}: {problem}"
                raise
            finally:
                # The browser waits for an answer even if nothing has changed.
                self.turn += 1

    def act(self, action: str, *buffers: bytes | memoryview) -> None:
        """Save, load, or look whether the record has changed; raises CourseError if that fails."""
        if action == "save":
            self._save()
        elif action == "load":
            self._load(*map(bytes, buffers))
        if self._state() != self._seen:
            self._look()
            if self.news:
                self.news()
        self.stale = False

    def _save(self) -> None:
        text, said = exported()
        packed = gzip.compress(text, 6, mtime=0)
        if len(packed) > MOST:
            raise CourseError(SAY["large"])
        self.send({"file": NAME}, [packed])
        self.told, self.wrong, self.fresh = SAY("saved", name=NAME, said=said), "", False

    def _load(self, name: bytes, packed: bytes) -> None:
        unpack = zlib.decompressobj(wbits=31)
        try:
            text = unpack.decompress(packed, LARGEST)
        except zlib.error:
            text = b""
        new, said = taken(parsed(text, name.decode("utf-8", "replace")[-80:]))
        self.fresh = new > 0
        self.told = SAY("loaded" if new else "nothing", said=said)
        self.wrong = ""

    def still(self) -> Bundle:
        """Write what stands here for a stored notebook."""
        html = f"<p><strong>{escape(SAY['heading'])}</strong></p><p>{escape(SAY['stored'])}</p>"
        text = f"{SAY['heading']}\n\n{SAY['stored']}\n\n{ASLEEP}"
        return {"text/html": f"{html}<p><em>{ASLEEP}</em></p>", "text/plain": text}, {}

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle:
        return with_still(super()._repr_mimebundle_(**kwargs), self.still())


def carry_on() -> CarryOn:
    """Show two buttons: *Save my record* and *Load a record*.

    The first downloads all that you have answered, predicted and noted as one file; the second
    takes such a file and adds what is new in it. Nothing is overwritten.

    Returns
    -------
    CarryOn
        The buttons.

    Examples
    --------
    >>> carry_on().words["save"]
    'Save my record'
    """
    return CarryOn()
