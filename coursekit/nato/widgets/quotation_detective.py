"""The quotation detective: trace a phrase to its dated source, and see what follows."""

from html import escape

import ipywidgets as widgets

from coursekit.forms.tables import cards, headed, section, stored_table
from coursekit.nato.statements.phrases import phrases
from coursekit.nato.statements.quotations import date_in_words
from coursekit.nato.widgets.statement_cards import about_invasion, dated_card
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.panel import Panel

__all__ = ["QuotationDetective"]


def _stored():
    rows = [
        (
            found.name,
            f"“{found.text}”" if found.quoted else f"Paraphrase: {found.text}",
            "; ".join(option.source for option in found.options),
        )
        for found in phrases()
    ]
    return stored_table(
        "From which of these dated sources does each phrase come?",
        ("phrase", "words", "sources to choose from"),
        rows,
    )


class QuotationDetective(Lab):
    """Trace phrases to dated sources; see what follows from the date."""

    def __init__(self, ask: str = ""):
        self.phrases = {found.name: found for found in phrases()}
        # First answers count; a phrase can be looked at again.
        self.first, self.answers = {}, {}
        count = len(self.phrases)
        self.which = widgets.Dropdown(
            options=[(f"{n} of {count}", name) for n, name in enumerate(self.phrases, 1)],
            description="Phrase",
            tooltip="Which phrase is traced.",
            layout=widgets.Layout(width="190px"),
            style={"description_width": "60px"},
        )
        self.next = widgets.Button(description="Next phrase", tooltip="Goes to the next phrase.")
        self.shown = widgets.HTML()
        self.source = widgets.RadioButtons(
            description="Source", style={"description_width": "60px"}, tooltip="Where it stands."
        )
        self.check = widgets.Button(
            description="Check", tooltip="Shows the source, its date and what follows from it."
        )
        self.reset = widgets.Button(description="Reset", tooltip="Clears all answers.")
        rows = [
            [self.which, self.next],
            [self.shown],
            [self.source],
            [self.check, self.reset],
        ]
        super().__init__(ask, rows, Panel(_stored))
        self.which.observe(self._show, "value")
        self.next.on_click(self._next)
        self.check.on_click(self._check)
        self.reset.on_click(self._reset)
        self._show()

    @property
    def phrase(self):
        """The phrase that is shown."""
        return self.phrases[self.which.value]

    def score(self) -> str:
        """Say how many phrases were traced."""
        right = sum(self.phrases[n].source.name == given for n, given in self.first.items())
        return f"Traced at the first try: {right} of {len(self.first)}."

    @reporting
    def _show(self, change=None):
        found = self.phrase
        kind = "Official words" if found.quoted else "The phrase in the course's words"
        words = f"“{found.text}”" if found.quoted else found.text
        self.shown.value = (
            f'<figure class="ck-sheet"><blockquote>{escape(words)}</blockquote>'
            f"<figcaption>{kind}; claim {found.claim}</figcaption></figure>"
        )
        self.source.options = [(option.source, option.name) for option in found.options]
        self.source.value = self.answers.get(found.name)
        if self.source.value:
            self._tell()
        else:
            self.live.tell("", about_invasion())

    def _tell(self):
        found, given = self.phrase, self.source.value
        right = given == found.source.name
        chosen = next(option for option in found.options if option.name == given)
        day = date_in_words(found.source.date)
        verdict = f"{'Yes' if right else 'No'}: the source is dated {day}. {self.score()}"
        shown = [headed("The source", dated_card(found.source))]
        if not right:
            shown.append(headed("The source you chose", dated_card(chosen)))
        html = cards(*shown)
        html += section("What follows from the date", f"<p>{escape(found.follows)}</p>")
        beside = [dated_card(other) for other in found.compare if other.name != given]
        html += section("Set beside it", cards(*beside)) if beside else ""
        code = (
            f'from coursekit.nato.statements.phrases import phrase\nphrase("{found.name}").source'
        )
        self.live.tell(verdict, html + about_invasion(), code)

    @reporting
    def _check(self, button):
        if not self.source.value:
            self.live.tell("Nothing to check yet: choose a source.", about_invasion())
            return
        self.answers[self.phrase.name] = self.source.value
        self.first.setdefault(self.phrase.name, self.source.value)
        self._tell()

    @reporting
    def _next(self, button):
        names = list(self.phrases)
        self.which.value = names[(names.index(self.which.value) + 1) % len(names)]

    @reporting
    def _reset(self, button):
        self.first, self.answers = {}, {}
        self.which.value = next(iter(self.phrases))
        self._show()
        self.live.tell("All answers are cleared.", about_invasion())
