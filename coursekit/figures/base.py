"""A figure that says in words what it shows and carries the table behind it."""

import base64
import functools
import io
import re
import threading
from contextlib import contextmanager

import pandas as pd
from matplotlib import rc_context, rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.textpath import TextToPath

__all__ = ["CourseFigure", "style"]

POINTS = 72  # to an inch
STYLE = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "hatch.linewidth": 0.6,
    "svg.fonttype": "none",
    "svg.hashsalt": "coursekit",
}
TAG = re.compile(r"<[^>]*>")
NUMBER = re.compile(r"-?\d+\.\d{2,}")
# A notebook runs cells in one thread and callbacks of widgets in others; matplotlib's settings
# are the same for all of them.
TURNS = threading.RLock()


# Words keep their size from one picture to the next; matplotlib measures them anew for each.
_measure = functools.lru_cache(4096)(TextToPath().get_text_width_height_descent)


class _Page(RendererSVG):
    def get_text_width_height_descent(self, s, prop, ismath):
        return _measure(s, prop, ismath)


@contextmanager
def style():
    """Draw in the style of the course, one thread at a time."""
    with TURNS:
        if all(rcParams[name] == value for name, value in STYLE.items()):
            yield
        else:
            with rc_context(STYLE):
                yield


def _tenth(number):
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

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        FigureCanvasAgg(self)
        self.alt = ""
        self.table = pd.DataFrame()

    def svg(self):
        """Draw the figure as SVG.

        Returns
        -------
        str
            An ``<svg>`` element that fills the width it is given; artists keep their ids.
        """
        buffer = io.StringIO()
        # A halo would turn letters into outlines; in a page the style sheet draws it instead.
        texts = [text for axes in self.axes for text in axes.texts]
        halos = {text: text.get_path_effects() for text in texts}
        for text in halos:
            text.set_path_effects([])
        dpi, self.dpi = self.dpi, POINTS
        with style():
            width, height = self.get_size_inches() * POINTS
            page = _Page(width, height, buffer, metadata={"Date": None, "Creator": None})
            self.draw(page)
            page.finalize()
        self.dpi = dpi
        for text, effects in halos.items():
            text.set_path_effects(effects)
        text = buffer.getvalue()
        text = text[text.index("<svg") :]
        text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
        # A style sheet inside the picture would hold for the whole page, and a browser would work
        # out the style of all of it anew with each picture. On the root it is handed down.
        text = re.sub(r"<style.*?</style>", "", text, count=1, flags=re.DOTALL)
        text = re.sub(
            r'(<svg[^>]*?) width="[^"]*" height="[^"]*"',
            r'\1 style="stroke-linejoin: round; stroke-linecap: butt"',
            text,
            count=1,
        )
        # A tenth of a point is finer than any screen shows. Numbers in words stay as they are.
        return TAG.sub(lambda tag: NUMBER.sub(_tenth, tag[0]), text)

    def png(self):
        """Draw the figure as PNG.

        Returns
        -------
        bytes
            The picture, without date or program name, so that it is the same each time.
        """
        buffer = io.BytesIO()
        with style():
            self.savefig(buffer, format="png", metadata={"Software": None})
        return buffer.getvalue()

    def mimebundle(self):
        """Pack the figure for a notebook.

        Returns
        -------
        data, metadata : dict
            A PNG and a line of text by media type; the alt text by media type.
        """
        picture = base64.b64encode(self.png()).decode("ascii")
        return {"image/png": picture, "text/plain": self.alt}, {"image/png": {"alt": self.alt}}

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.mimebundle()
