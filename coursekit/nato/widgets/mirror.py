"""The mirror: two denials, rated before their speakers are known."""

import random
import zlib
from html import escape
from pathlib import Path

import ipywidgets as widgets

from coursekit.forms.tables import cards, headed, section, stored_table
from coursekit.nato.statements.denials import denials
from coursekit.nato.widgets.statement_cards import about_invasion, dated_card
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.panel import Panel

__all__ = ["Mirror"]

UNRATED = "not rated"
HOW = (
    "Two officials, each speaking for one side about the other. Rate how credible each denial is, "
    "from 0 (not at all) to 100 (fully), before you know who speaks."
)
QUESTION = "What made the difference?"


def _stored():
    rows = [(str(n), f"“{denial.masked}”") for n, denial in enumerate(denials(), 1)]
    return stored_table(f"{HOW} The speakers are hidden.", ("denial", "words"), rows)


class Mirror(Lab):
    """Rate two denials without their speakers, then see whose they are."""

    def __init__(self, ask: str = "", seed: int | None = None):
        if seed is None:
            seed = zlib.crc32(str(Path.home()).encode())
        self.denials = denials()
        random.Random(seed).shuffle(self.denials)
        self.blind = None
        self.ratings = [
            widgets.SelectionSlider(
                options=[UNRATED, *range(0, 101, 5)],
                description=f"Denial {n}",
                tooltip="How credible is it? Drag, or use the arrow keys.",
                layout=widgets.Layout(width="440px", max_width="100%"),
                style={"description_width": "70px"},
            )
            for n, _ in enumerate(self.denials, 1)
        ]
        self.reveal = widgets.Button(
            description="Show the speakers", tooltip="Possible once both denials are rated."
        )
        self.reset = widgets.Button(
            description="Reset", tooltip="Hides the speakers and clears the ratings."
        )
        rows = [[widgets.HTML(f"<p>{HOW}</p>")]]
        for n, (denial, rating) in enumerate(zip(self.denials, self.ratings, strict=True), 1):
            words = f'<figure class="ck-sheet"><blockquote>“{escape(denial.masked)}”</blockquote>'
            rows += [
                [widgets.HTML(f"{words}<figcaption>Denial {n}</figcaption></figure>")],
                [rating],
            ]
        super().__init__(ask, [*rows, [self.reveal, self.reset]], Panel(_stored))
        for rating in self.ratings:
            rating.observe(self._update, "value")
        self.reveal.on_click(self._reveal)
        self.reset.on_click(self._reset)

    @reporting
    def _reveal(self, button):
        given = [rating.value for rating in self.ratings]
        if UNRATED in given:
            missing = " and ".join(
                rating.description for rating in self.ratings if rating.value == UNRATED
            )
            self.live.tell(f"The speakers stay hidden until both are rated. Missing: {missing}.")
            return
        self.blind = self.blind or given
        self._update()

    @reporting
    def _update(self, change=None):
        if self.blind is None:
            return
        first, second = self.blind
        gap = abs(first - second)
        said = (
            f"You rated both {first}."
            if not gap
            else f"You rated denial {1 if first > second else 2} {gap} points higher."
        )
        names = [denial.statement.speaker for denial in self.denials]
        shown = cards(*(self._side(n) for n in range(len(self.denials))))
        html = section(
            "Your ratings side by side, made without the names",
            shown,
        )
        ask = (
            f"<p><b>{QUESTION}</b> The words, the date, what each side had done, or something "
            "you guessed? Would the rating change if the names changed places? Move a slider "
            "now if knowing the speaker changes your rating.</p>"
        )
        code = (
            "from coursekit.nato.statements.denials import denials\n"
            "[(denial.masked, denial.statement.source) for denial in denials()]"
        )
        self.live.tell(
            f"{said} Denial 1: {names[0]}. Denial 2: {names[1]}. {QUESTION}",
            html + ask + about_invasion(),
            code,
        )

    def _side(self, place):
        denial, blind, now = self.denials[place], self.blind[place], self.ratings[place].value
        told = f"Denial {place + 1}: {blind} of 100"
        if now != blind:
            told += f"; now that you know the speaker: {now}"
        bar = f'<div class="ck-bar" aria-hidden="true"><div style="width: {blind}%"></div></div>'
        shown = dated_card(
            denial.statement,
            f"Those who believe it point out: {denial.believed}",
            f"Those who doubt it point out: {denial.doubted}",
        )
        return headed(told, bar + shown)

    @reporting
    def _reset(self, button):
        self.blind = None
        for rating in self.ratings:
            rating.value = UNRATED
        self.live.tell("The speakers are hidden again.")
