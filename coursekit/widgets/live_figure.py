"""A figure that stays alive: repainted in the browser, readable without a kernel."""

import functools
import threading
from collections.abc import Callable, Sequence
from html import escape
from typing import Any, ParamSpec, TypeVar

import ipywidgets as widgets
import traitlets

from coursekit.collecting import without_collecting
from coursekit.forms.entries import table_card
from coursekit.widgets.living import WIDGETS, Bundle, LivingWidget, with_still

# JupyterLab brings moved controls and pressed buttons to the kernel in different threads.
TURNS = threading.RLock()
# More numbers than these would stand lower than the figure.
SHOWN = 6
Lines = Sequence[dict[str, Any]]
# Makes a `CourseFigure`, whose module takes its time.
Draw = Callable[[], Any]
Given = ParamSpec("Given")
Result = TypeVar("Result")


class Stills:
    """Still pictures for the stored notebook: drawn at once, or last if a page asks for them."""

    # On a page that was started the first live figure comes first, and pictures that nobody sees
    # before the page is saved come last.

    def __init__(self) -> None:
        self._later = self._first = False
        self._due: dict[str, Any] = {}

    def begin(self) -> None:
        """Draw them later from now on: a page has begun that will ask for them."""
        self._later = self._first = True

    def beside(self, view: Any, widget: Any, live: Any) -> Bundle:
        """Add to the media types of a widget its still, or in words what its figure shows."""
        # A panel of several parts is stored as what its parts say, which takes no drawing.
        if not self._later or not isinstance(live, LiveFigure):
            return with_still(view, widget.still())
        self._due[widget.model_id] = widget
        if self._first:
            self._first = False
            live.send_state({"svg"})
        words = live.answer.get("alt", "")
        return with_still(view, ({"text/html": f"<p>{escape(words)}</p>", "text/plain": words}, {}))

    def next(self) -> dict[str, object]:
        """Draw the next one that is due; when none is left, they are drawn at once again."""
        self._later = self._later and bool(self._due)
        if not self._due:
            return {"left": 0}
        place = next(iter(self._due))
        data, _ = with_still({}, self._due.pop(place).still())
        return {"of": place, "still": data["text/html"], "left": len(self._due)}


STILLS = Stills()


class LiveFigure(LivingWidget):
    """Show a figure as SVG and repaint it by the ids of its artists.

    The browser repaints by itself: it reads the controls named in `inputs`, looks up the first rule
    that holds for each artist, and copies the style of the legend's swatch of that name. Numbers
    that it was told as counts and sums over artists of a look change with it. The kernel then sends
    all numbers, table and code for the same state of the controls, and has the last word; until
    then what is left to it is marked as being out of date.
    """

    script = "figure.js"
    styles: tuple[str, ...] = ("live_figure.css", "explain.css")

    svg = traitlets.Unicode().tag(sync=True)
    inputs = traitlets.Dict(value_trait=traitlets.Instance(widgets.Widget)).tag(**WIDGETS)
    play = traitlets.Instance(widgets.Play, allow_none=True).tag(**WIDGETS)
    rules = traitlets.Dict().tag(sync=True)
    numbers = traitlets.Dict().tag(sync=True)
    names = traitlets.Dict().tag(sync=True)
    presets = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)
    origins = traitlets.Dict().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    shown = traitlets.Int(SHOWN).tag(sync=True)
    moves = traitlets.Dict().tag(sync=True)
    chosen = traitlets.Unicode().tag(sync=True)
    # A part that was touched, the area it was dragged onto, if any, and when.
    touched = traitlets.List(traitlets.Unicode()).tag(sync=True)
    onto = traitlets.List(traitlets.Unicode()).tag(sync=True)
    plane = traitlets.Dict().tag(sync=True)
    pointed = traitlets.List(traitlets.Float()).tag(sync=True)
    # The line below the picture stays with the part that is chosen.
    follows = traitlets.Bool(False).tag(sync=True)
    # Steps of a story told beside the picture, and which of them is told.
    story: traitlets.List[Any] = traitlets.List().tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    traced = traitlets.Dict().tag(sync=True)

    def __init__(self, draw: Draw, *, first: Draw | None = None, **traits: Any) -> None:
        self.draw, self._first = draw, first or draw
        super().__init__(**traits)

    @traitlets.default("svg")
    def _drawn(self) -> str:
        return str(self._first().svg())

    @property
    def _seen(self) -> bool:
        return "svg" in self._trait_values

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Leave out a picture that nobody has looked at, so that it need not be drawn."""
        if key is None and not self._seen:
            key = [name for name in self.keys if name != "svg"]
        return super().get_state(key, drop_defaults)

    def _answer(self, revision: int) -> None:
        if not self._seen:
            with TURNS, without_collecting():
                self.svg  # noqa: B018 - it is drawn when it is read for the first time
            self.send_state()
        else:
            super()._answer(revision)

    def positions(self) -> dict[str, object]:
        """Say where the controls stand, as the browser knows it."""
        moved = {name: made for name, made in self.inputs.items() if name not in self.presets}
        return {name: position(control) for name, control in moved.items()}

    def tell(
        self, *, alt: str, readout: Lines = (), table: Any, code: str, quotes: Lines = ()
    ) -> None:
        """Send what the kernel has computed for the present state of the controls.

        A line of the readout may name in ``tables`` what it is from. Their cards are sent once.
        """
        named = {name for line in readout for name in line.get("tables", "").split("; ") if name}
        if new := named - set(self.origins):
            self.origins = self.origins | {name: table_card(name) for name in sorted(new)}
        at = {"inputs": self.positions(), "chosen": self.chosen, "pointed": self.pointed}
        told = {"readout": list(readout), "quotes": list(quotes), "alt": alt, "code": code}
        rows = {"columns": list(table.columns), "rows": table.to_numpy().tolist()}
        self.answer = {**at, **told, "table": rows}
        self.error = ""

    def show(self, figure: Any, *, plane: dict[str, Any] | None = None, **told: Any) -> None:
        """Put another figure in place of the present one, with its numbers, in one message."""
        with self.hold_sync():
            if self._seen:
                self.svg = figure.svg()
            else:
                self._first = lambda: figure
            self.plane = plane or {}
            self.tell(alt=figure.alt, table=figure.table, **told)

    def notify_change(self, change: Any) -> None:
        """Tell the browser when all observers have dealt with what was chosen."""
        super().notify_change(change)
        if change["name"] in ("chosen", "pointed"):
            self.answer = {**self.answer, change["name"]: getattr(self, change["name"])}

    def still(self) -> Bundle:
        """Pack a still picture for a stored notebook."""
        # A lab draws on one figure again and again, and a callback may do so in another thread.
        with TURNS:
            drawn: Bundle = self.draw().mimebundle()
        return drawn

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle:
        return STILLS.beside(super()._repr_mimebundle_(**kwargs), self, self)


def position(control: widgets.Widget) -> object:
    """Say where a control stands, as the browser knows it."""
    return control.index if hasattr(control, "index") else control.value


def reporting(method: Callable[Given, Result]) -> Callable[Given, Result]:
    """Run callbacks one at a time; ``live.error`` shows what goes wrong, which notebooks hide."""

    @functools.wraps(method)
    def reported(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        with TURNS, without_collecting():
            try:
                return method(*args, **kwargs)
            except Exception as problem:
                lab: Any = args[0]
                lab.live.error = str(problem) or type(problem).__name__
                raise

    return reported
