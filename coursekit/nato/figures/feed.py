"""Quotations of a game, one of them large, on a line of four periods."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle

from coursekit.figures import palette
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import BROWN, GREY, MIDDLE, TEAL, bare, sheet
from coursekit.nato.statements.lines import quoted
from coursekit.nato.statements.quotations import Statement, date_in_words
from coursekit.sentences import Sentences

Look = dict[str, Any]
Names = Mapping[str, str]
SAY = Sentences(__file__)
# Face, edge, colour of the number, and shape.
LOOKS = {
    "right": (TEAL, TEAL, "white", "circle"),
    "wrong": ("white", BROWN, palette.INK, "circle"),
    "looked": ("#e3e7ea", GREY, palette.INK, "square"),
}
ASKED = ("none", GREY, palette.INK, "round")
WIDE = 56  # letters in a line


@dataclass(frozen=True)
class Post:
    """A quotation of the feed and what was answered to it."""

    statement: Statement
    speaker: str
    when: str
    chosen: str = ""
    placed: str = ""
    right: Mapping[str, bool] = field(default_factory=dict)
    sure: int = 0
    looked: bool = False
    points: int = 0

    @property
    def done(self) -> bool:
        """Whether the source has been shown."""
        return bool(self.right) or self.looked

    @property
    def mark(self) -> str:
        """How it went, once it is done."""
        if self.looked:
            return "looked"
        return "right" if all(self.right.values()) else "wrong"


Numbered = list[tuple[int, Post]]


def feed_figure(
    posts: Sequence[Post], periods: Names, step: str = "", count: int = 6
) -> CourseFigure:
    """Draw the quotation that is asked, the question (`step`), and those that are done."""
    now = None if posts[-1].done else posts[-1]
    done = [(number, post) for number, post in enumerate(posts, 1) if post.done]
    title = SAY("number", number=len(posts), all=count) if now else SAY["over"]
    with sheet(9.2, 3.7) as figure:
        axes = bare(figure.add_axes((0.01, 0.01, 0.98, 0.98)), (0, 9.2), (0, 3.7))
        axes.text(0.12, 3.5, title, fontsize=11, va="center", weight="bold")
        _draw_card(axes, now, step, done)
        _draw_line(axes, periods, done, now)
        figure.alt = _alt(title, now, step, done, periods)
        figure.table = _table(done)
    return figure


def _draw_card(axes: Axes, now: Post | None, step: str, done: Numbered) -> None:
    look: Look = {"boxstyle": "round,pad=0.08", "facecolor": palette.PAPER, "edgecolor": "#c3cad0"}
    axes.add_patch(FancyBboxPatch((0.2, 1.6), 8.8, 1.6, **look))
    if now:
        text = quoted(now.statement)
        # Lines of like length.
        words = textwrap.wrap(text, len(text) // -(-len(text) // WIDE) + 8)
        axes.text(4.6, 2.58, "\n".join(words), fontsize=14, linespacing=1.4, **MIDDLE)
        axes.text(4.6, 1.76, step, fontsize=12, weight="bold", **MIDDLE)
        return
    for place, (number, post) in enumerate(done):
        where = SAY("solved", speaker=post.speaker, date=date_in_words(post.statement.date))
        short = textwrap.shorten(quoted(post.statement), 62, placeholder=" …”")
        x, y = 0.45, 3.02 - 0.25 * place
        _draw_mark(axes, x, y, f"{number}", post.mark, small=True)
        axes.text(x + 0.25, y, short, fontsize=8.5, va="center")
        axes.text(8.95, y, where, fontsize=8.5, va="center", ha="right")


def _draw_line(axes: Axes, periods: Names, done: Numbered, now: Post | None) -> None:
    wide = 8.8 / len(periods)
    for place, (name, words) in enumerate(periods.items()):
        x = 0.2 + place * wide
        axes.add_patch(Rectangle((x, 0.62), wide, 0.55, fc="white", ec="#c3cad0", gid=name))
        axes.text(x + wide / 2, 1.32, words, fontsize=9.5, **MIDDLE)
        here = [(f"{number}", post.mark) for number, post in done if post.when == name]
        if now and now.placed == name:
            here.append(("?", ""))
        for turn, (number, mark) in enumerate(here):
            _draw_mark(axes, x + 0.24 + 0.34 * turn, 0.9, number, mark)
    x = 0.34
    for mark in LOOKS:
        _draw_mark(axes, x, 0.38, "", mark, small=True)
        words = SAY["marks"][mark]
        axes.text(x + 0.18, 0.38, words, fontsize=9, va="center")
        x += 0.5 + 0.09 * len(words)
    axes.text(x + 0.1, 0.38, SAY["key"], fontsize=9, va="center", color="#4a5560")
    axes.text(0.22, 0.1, SAY["invasion"], fontsize=9, va="center", color="#4a5560")


def _draw_mark(axes: Axes, x: float, y: float, text: str, mark: str, small: bool = False) -> None:
    face, edge, colour, shape = LOOKS.get(mark, ASKED)
    box = {"boxstyle": f"{shape},pad=0.28", "facecolor": face, "edgecolor": edge}
    look: Look = {"fontsize": 7 if small else 9.5, "color": colour, "bbox": box, **MIDDLE}
    axes.text(x, y, text or "  ", **look)


def _alt(title: str, now: Post | None, step: str, done: Numbered, periods: Names) -> str:
    marks = [
        SAY("alt_mark", number=number, period=periods[post.when], mark=SAY["marks"][post.mark])
        for number, post in done
    ]
    line = SAY("alt_line", marks="; ".join(marks)) if marks else SAY["alt_empty"]
    text = f"{quoted(now.statement)} {step}" if now else ""
    return " ".join(SAY("alt", title=title, text=text, line=line).split())


def _table(done: Numbered) -> pd.DataFrame:
    rows = []
    for number, post in done:
        said = post.statement
        did = SAY["did"][post.mark] + (f" ({post.sure}%)" if post.sure else "")
        source = said.speaker, date_in_words(said.date), said.document
        link = said.address or SAY["no_link"]
        rows.append((number, quoted(said), *source, did, post.points, link))
    return pd.DataFrame(rows, columns=SAY["columns"])
