"""A figure that says in words what it shows and carries the table behind it."""

import base64
import functools
import io
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any

import pandas as pd
from matplotlib import RcParams, rcParams, rcParamsDefault
from matplotlib.artist import Artist
from matplotlib.axes import Axes as Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.textpath import TextToPath
from PIL import Image

POINTS = 72  # to an inch
# What matplotlib has without anyone's settings, and the style of the course.
SETTINGS: dict[str, Any] = {
    **{name: rcParamsDefault[name] for name in rcParamsDefault},
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "hatch.linewidth": 0.6,
    "svg.fonttype": "none",
}
FAMILY = re.compile(r"font-family: 'DejaVu Sans', sans-serif(; )?")
# Where a browser has no DejaVu, letters no wider than its own keep words clear of each other.
FAMILIES = "font-family: 'DejaVu Sans', 'Bitstream Vera Sans', Verdana, Arial, sans-serif"
TAG = re.compile(r"<[^>]*>")
NUMBER = re.compile(r"-?\d+\.\d{2,}")
# A notebook runs cells in one thread and callbacks of widgets in others.
TURNS = threading.RLock()


class _Settings(RcParams):
    """matplotlib's settings; the thread whose turn it is to draw finds those of the course."""

    thread: int | None = None
    ours = SETTINGS

    def __getitem__(self, name: Any) -> Any:
        if _Settings.thread == threading.get_ident():
            return _Settings.ours[name]
        return RcParams.__getitem__(self, name)


@contextmanager
def style(more: dict[str, Any] | None = None) -> Iterator[None]:
    """Draw in the style of the course whatever a student has set, one thread at a time."""
    with TURNS:
        # What a student has set is not touched: nothing has to be put back, and it holds all the
        # while for what she draws in another thread.
        before = _Settings.thread, _Settings.ours
        _Settings.thread, _Settings.ours = threading.get_ident(), {**before[1], **(more or {})}
        rcParams.__class__ = _Settings
        try:
            yield
        finally:
            _Settings.thread, _Settings.ours = before
            if _Settings.thread is None:
                rcParams.__class__ = RcParams


# Words keep their size from one picture to the next; matplotlib measures them anew for each.
_measure = functools.lru_cache(4096)(TextToPath().get_text_width_height_descent)


# Matplotlib has no hints for its writers of SVG.
class _Page(RendererSVG):
    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
        return _measure(s, prop, ismath)

    def open_group(self, s: str, gid: str | None = None) -> None:
        # Only ids that were given can be looked for; numbers would differ from part to part.
        if gid:
            super().open_group(s, gid)  # type: ignore[no-untyped-call]
        else:
            self.writer.start("g")  # type: ignore[no-untyped-call]


def _tenth(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


class CourseFigure(Figure):
    """A matplotlib figure with a text for those who cannot see it.

    Parameters
    ----------
    **kwargs
        Passed to `matplotlib.figure.Figure`.

    Attributes
    ----------
    alt : str
        What the figure shows, in a sentence or two.
    table : pandas.DataFrame
        The facts behind the figure.
    """

    @style()
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        FigureCanvasAgg(self)
        self.alt = ""
        self.table = pd.DataFrame()
        self._made: tuple[object, ...] = ()
        self._ground = ""

    def still(self, draw: Callable[..., Any], *given: object) -> Any:
        """Draw what stays while a slider moves, and take away what moved.

        A function that draws on the same figure again and again calls this first. What is drawn
        afterwards is drawn anew each time; the rest, and its SVG, only if `given` has changed.

        Parameters
        ----------
        draw : callable
            Takes the empty figure and `given`; makes axes with fixed limits, ticks and words.
        *given : object
            All that the still parts depend on.

        Returns
        -------
        object
            What `draw` gave back, such as the axes.
        """
        if self._made == (draw, given):
            for artist in self._moving():
                artist.remove()
        else:
            self.clear()
            self._made, self._ground = (), ""
            self._parts = draw(self, *given)
            self._made, self._fixed = (draw, given), frozenset(self._artists())
        return self._parts

    def _artists(self) -> list[Artist]:
        return [artist for part in (self, *self.axes) for artist in part.get_children()]

    def _moving(self) -> list[Any]:
        new = [artist for artist in self._artists() if artist not in self._fixed]
        return sorted(new, key=lambda artist: artist.get_zorder())

    def _written(self, draw: Callable[[Any], object], salt: str) -> str:
        buffer = io.StringIO()
        width, height = self.get_size_inches() * POINTS
        page: Any = _Page(width, height, buffer, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
        # Ids of hatchings and shapes are made from what they look like and from the salt.
        with style({"svg.hashsalt": salt}):
            draw(page)
            page.finalize()
        text = buffer.getvalue()
        text = text[text.index("<svg") :]
        text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
        # A style sheet inside the picture would hold for the whole page, and a browser would work
        # out the style of all of it anew with each picture. On the root it is handed down.
        text = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", text, count=1, flags=re.DOTALL)
        style_ = rf'\1 style="stroke-linejoin: round; stroke-linecap: butt; {FAMILIES}"'
        size = r'(<svg[^>]*?) width="[^"]*" height="[^"]*"'
        text = re.sub(size, style_, FAMILY.sub("", text), count=1)
        # A tenth of a point is finer than any screen shows. Numbers in words stay as they are.
        return TAG.sub(lambda tag: NUMBER.sub(_tenth, tag[0]), text)

    @style()
    def draw(self, renderer: Any) -> None:
        """Draw the figure, as `matplotlib.figure.Figure.draw` does, in the style of the course."""
        super().draw(renderer)

    @style()
    def savefig(self, *args: Any, **kwargs: Any) -> None:
        """Save the figure, as `matplotlib.figure.Figure.savefig` does, in the course's style."""
        super().savefig(*args, **kwargs)

    @style()
    def svg(self) -> str:
        """Draw the figure as SVG.

        Returns
        -------
        str
            An ``<svg>`` element that fills the width it is given; artists keep their ids. What
            moves lies above the still parts.
        """
        # A halo would turn letters into outlines; in a page the style sheet draws it instead.
        texts = [text for axes in self.axes for text in axes.texts]
        halos = {text: text.get_path_effects() for text in texts}
        for text in halos:
            text.set_path_effects([])
        dpi, self.dpi = self.dpi, POINTS
        try:
            return self._layers() if self._made else self._written(self.draw, "all")
        finally:
            self.dpi = dpi
            for text, effects in halos.items():
                text.set_path_effects(effects)

    def _layers(self) -> str:
        moving = self._moving()
        if not self._ground:
            seen = [artist for artist in moving if artist.get_visible()]
            for artist in seen:
                artist.set_visible(False)
            try:
                self._ground = self._written(self.draw, "still")
            finally:
                for artist in seen:
                    artist.set_visible(True)

        marks = self._written(lambda page: [artist.draw(page) for artist in moving], "moving")
        inner = marks[marks.index(">") + 1 :]
        return self._ground.removesuffix("</svg>\n") + inner

    def png(self) -> bytes:
        """Draw the figure as PNG.

        Returns
        -------
        bytes
            The picture, without date or program name, so that it is the same each time.
        """
        drawn, packed = io.BytesIO(), io.BytesIO()
        self.savefig(drawn, format="png", pil_kwargs={"compress_level": 0})
        # A third of the bytes; no colour is off by more than the eye can tell.
        with Image.open(drawn) as picture:
            few = picture.convert("RGB").quantize(method=Image.Quantize.MAXCOVERAGE)
        few.save(packed, format="png")
        return packed.getvalue()

    def mimebundle(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Pack the figure for a notebook.

        Returns
        -------
        data, metadata : dict
            HTML, a PNG and a line of text by media type; the alt text by media type.
        """
        picture = base64.b64encode(self.png()).decode("ascii")
        # nbconvert shows a bare PNG without its alt text.
        html = f'<img alt="{escape(self.alt)}" src="data:image/png;base64,{picture}">'
        data = {"text/html": html, "image/png": picture, "text/plain": self.alt}
        return data, {"image/png": {"alt": self.alt}}

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        return self.mimebundle()


# A figure to draw on once more; how something looks, as matplotlib takes it; x and y.
Sheet = CourseFigure | None
Look = dict[str, Any]
Point = tuple[float, float]
Numbers = Sequence[float]


def described(figure: CourseFigure, alt: str, rows: Any, columns: Any = None) -> CourseFigure:
    """Give a figure its words and its table, and give it back."""
    figure.alt, figure.table = alt, pd.DataFrame(rows, columns=columns)
    return figure


def _keep_pictures(shell: Any) -> None:
    """Let a shell show our own picture, not one that it draws of every figure with its settings."""
    for kind, formatter in shell.display_formatter.formatters.items():
        if kind != "text/plain":
            formatter.for_type(CourseFigure, lambda figure: None)


if "IPython" in sys.modules and (_shell := sys.modules["IPython"].get_ipython()):
    _keep_pictures(_shell)
