"""A figure that stays alive: repainted in the browser, readable without a kernel."""

import functools
import threading

import ipywidgets as widgets
import traitlets

from coursekit.collecting import without_collecting
from coursekit.forms.printing import ASLEEP
from coursekit.widgets.living import LivingWidget

__all__ = ["LiveFigure", "reporting"]

# JupyterLab brings moved controls and pressed buttons to the kernel in different threads.
TURNS = threading.RLock()
# More numbers than these would stand lower than the figure.
SHOWN = 6


class LiveFigure(LivingWidget):
    """Show a figure as SVG and repaint it by the ids of its artists.

    The browser repaints by itself: it reads the controls named in `inputs`, looks up the first
    rule that holds for each artist, and copies the style of the legend's swatch of that name. The
    kernel then sends numbers, table and code for the same state of the controls; until they
    arrive they are marked as being out of date.

    Parameters
    ----------
    draw : callable
        Returns the `CourseFigure` of the present state, for the still picture that a stored
        notebook keeps, and for the first picture when the browser wants to see it.
    inputs : dict of str to ipywidgets.Widget
        Controls of which the rules speak; see `position` for how.
    rules : dict of str to list of dict
        For each artist, by id: rules with ``when`` (a list of conditions
        ``[input, relation, value]``, relation one of ``=``, ``>=``, ``<=``, ``in``; a value
        ``{"input": name}`` stands for another control's value, and ``in`` takes a list), ``look``
        (name of a swatch; ``hidden`` takes the artist away), ``text`` and ``changed`` (draw a
        dashed outline).
    names : dict of str to str
        What each artist is called.
    presets : dict of str to dict
        For buttons among `inputs`: the values that a click gives to other inputs.
    moves : dict of str to dict
        For artists that slide sideways with an input: ``input``, ``origin`` (the value at which
        the artist was drawn) and ``per`` (points of the figure for each unit of the input).
    play : ipywidgets.Play, optional
        A control that moves one of the inputs; its buttons get names that can be said.
    first : callable, optional
        Returns the first picture, if it is not that of the present state.

    Attributes
    ----------
    chosen : str
        Id of the named part that the reader clicked, or on which Enter or the space bar was
        pressed; empty at first. Moving over parts only previews them and changes nothing here.
    plane : dict
        Where a point can be chosen: ``id`` of an artist that covers the data area of some axes
        (such as their ``patch``), and the ends ``x`` and ``y`` of the axes. Empty for no plane.
    pointed : list of float
        Where the reader last clicked or dragged in the plane: x and y in the units of the axes,
        never outside them; empty at first.

    Observe `chosen` or `pointed` to answer; the numbers count as out of date until all observers
    have run.
    """

    scripts = ("live_figure.js",)
    styles = ("live_figure.css",)

    svg = traitlets.Unicode().tag(sync=True)
    inputs = traitlets.Dict(value_trait=traitlets.Instance(widgets.Widget)).tag(
        sync=True, **widgets.widget_serialization
    )
    play = traitlets.Instance(widgets.Play, allow_none=True).tag(
        sync=True, **widgets.widget_serialization
    )
    rules = traitlets.Dict().tag(sync=True)
    names = traitlets.Dict().tag(sync=True)
    presets = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    shown = traitlets.Int(SHOWN).tag(sync=True)
    moves = traitlets.Dict().tag(sync=True)
    chosen = traitlets.Unicode().tag(sync=True)
    plane = traitlets.Dict().tag(sync=True)
    pointed = traitlets.List(traitlets.Float()).tag(sync=True)

    def __init__(
        self,
        draw,
        *,
        inputs=None,
        rules=None,
        names=None,
        presets=None,
        moves=None,
        play=None,
        first=None,
    ):
        self.draw, self._first = draw, first or draw
        super().__init__(
            inputs=inputs or {},
            rules=rules or {},
            names=names or {},
            presets=presets or {},
            moves=moves or {},
            play=play,
        )

    @traitlets.default("svg")
    def _drawn(self):
        return self._first().svg()

    @property
    def _seen(self):
        return "svg" in self._trait_values

    def get_state(self, key=None, drop_defaults=False):
        """Leave out a picture that nobody has looked at, so that it need not be drawn."""
        if key is None and not self._seen:
            key = [name for name in self.keys if name != "svg"]
        return super().get_state(key, drop_defaults)

    def _answer(self, revision):
        if not self._seen:
            with TURNS, without_collecting():
                self.svg  # noqa: B018 - it is drawn when it is read for the first time
            self.send_state()
        else:
            super()._answer(revision)

    def tell(self, *, alt, readout=(), table, code, quotes=()):
        """Send what the kernel has computed for the present state of the controls.

        Parameters
        ----------
        alt : str
            What the figure shows now.
        readout : list of dict
            Numbers beside the figure: ``label``, ``value``, ``change``, ``detail``, ``help``,
            ``kind``. The first `SHOWN` stand beside the figure, the others below it.
        table : pandas.DataFrame
            The facts behind the figure.
        code : str
            One to three lines of Python that reproduce the state.
        quotes : list of dict, optional
            Statements beside the figure: ``text`` and ``by``.
        """
        self.answer = {
            "inputs": {
                name: position(control)
                for name, control in self.inputs.items()
                if name not in self.presets
            },
            "chosen": self.chosen,
            "pointed": self.pointed,
            "alt": alt,
            "readout": list(readout),
            "quotes": list(quotes),
            "table": {"columns": list(table.columns), "rows": table.to_numpy().tolist()},
            "code": code,
        }
        self.error = ""

    def show(self, figure, *, readout=(), code, quotes=(), plane=None):
        """Put another figure in place of the present one, with its numbers, in one message.

        Parameters
        ----------
        figure : CourseFigure
            What is drawn now.
        readout, code, quotes
            See `tell`.
        plane : dict, optional
            Where a point can be chosen; see `plane`.
        """
        with self.hold_sync():
            if self._seen:
                self.svg = figure.svg()
            else:
                self._first = lambda: figure
            self.plane = plane or {}
            self.tell(alt=figure.alt, readout=readout, table=figure.table, code=code, quotes=quotes)

    def notify_change(self, change):
        """Tell the browser when all observers have dealt with what was chosen."""
        super().notify_change(change)
        if change["name"] in ("chosen", "pointed"):
            self.answer = {**self.answer, change["name"]: change["new"]}

    def still(self):
        """Pack a still picture for a stored notebook.

        Returns
        -------
        data, metadata : dict
            HTML, a PNG and a line of text by media type; the alt text by media type.
        """
        # A lab draws on one figure again and again, and a callback may do so in another thread.
        with TURNS:
            return self.draw().mimebundle()

    def _repr_mimebundle_(self, **kwargs):
        return with_still(super()._repr_mimebundle_(**kwargs), self.still())


def position(control):
    """Say where a control stands, as the browser knows it.

    Parameters
    ----------
    control : ipywidgets.Widget
        A control; lists of choices are known by the place of the choice.

    Returns
    -------
    object
        Its ``index`` or its ``value``.
    """
    return control.index if hasattr(control, "index") else control.value


def with_still(view, still):
    """Add a still picture to the media types of a widget, and the line that it sleeps.

    Parameters
    ----------
    view : dict or tuple of dict
        What a widget gives to the notebook.
    still : tuple of dict
        Data and metadata of the picture.

    Returns
    -------
    data, metadata : dict
        Both together; the picture's text replaces the widget's.
    """
    data, metadata = view if isinstance(view, tuple) else (view or {}, {})
    shown = dict(still[0])
    if ASLEEP not in shown["text/html"]:
        shown["text/html"] += f"<p><em>{ASLEEP}</em></p>"
    return {**data, **shown}, {**metadata, **still[1]}


def reporting(method):
    """Run callbacks one at a time, and show the error of one where the student sees it.

    A notebook hides what goes wrong in a callback. The decorated method's object has a
    `LiveFigure` named ``live``; its ``error`` is shown in place of the numbers.
    """

    @functools.wraps(method)
    def reported(self, *args, **kwargs):
        with TURNS, without_collecting():
            try:
                return method(self, *args, **kwargs)
            except Exception as problem:
                self.live.error = str(problem) or type(problem).__name__
                raise

    return reported
