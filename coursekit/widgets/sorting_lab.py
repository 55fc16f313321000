"""The frame for sorting things by kind: a list of choices, a check, a second try."""

from collections.abc import Callable
from html import escape

import ipywidgets as widgets

from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.panel import Panel

__all__ = ["SortingLab"]

SIGNS = {"agrees": "✓", "accepted": "≈", "differs": "≠"}


class SortingLab(Lab):
    """Choose a kind for each item; learn from the key in two steps.

    A first check gives a hint where an answer differs; a later check of the same item names the
    key.
    """

    def __init__(
        self,
        ask: str,
        sorting,
        *,
        intro: str,
        shown: dict[str, str],
        labels: dict[str, str],
        stored: Callable,
        code: str,
    ):
        self.sorting, self.code, self.missed = sorting, code, set()
        kinds = [(kind.label, name) for name, kind in sorting.kinds.items()]
        self.choices, self.feedback = {}, {}
        for name in sorting.items:
            self.feedback[name] = widgets.HTML()
            self.choices[name] = widgets.Dropdown(
                options=[("(choose)", ""), *kinds],
                value="",
                description=labels[name],
                tooltip=f"Choose an answer for {name}.",
                style={"description_width": "initial"},
            )
            self.choices[name].observe(self._forget, "value")
        self.check, self.again, self.reset = (
            widgets.Button(description=description, tooltip=tip)
            for description, tip in (
                ("Check", "Compares your answers with the key."),
                ("Try again", "Clears the answers that differ and keeps the others."),
                ("Reset", "Clears all answers."),
            )
        )
        self.check.on_click(self._check)
        self.again.on_click(self._again)
        self.reset.on_click(self._reset)
        rows = [
            [widgets.HTML(shown[name]), self.choices[name], self.feedback[name]]
            for name in sorting.items
        ]
        buttons = [self.check, self.again, self.reset]
        super().__init__(ask, [[widgets.HTML(intro)], *rows, buttons], Panel(stored))
        for box in self.children[-len(rows) - 2 : -2]:
            box.add_class("ck-item")

    @property
    def answers(self):
        """Names of the kinds chosen, by names of the items; empty where none is."""
        return {name: choice.value for name, choice in self.choices.items()}

    def reveal(self, judgements: dict) -> str:
        """Write what stands below the score; by default nothing."""
        return ""

    @reporting
    def _check(self, button):
        given = {name: kind for name, kind in self.answers.items() if kind}
        if not given:
            self.live.tell(
                f"Nothing to check yet: choose an answer for at least one {self.sorting.noun}."
            )
            return
        judgements = self.sorting.judge_all(given, reveal=self.missed)
        for name in given:
            judgement = judgements[name]
            self.feedback[name].value = (
                f'<div class="ck-mark" data-mark="{judgement.mark}">'
                f'<span aria-hidden="true">{SIGNS[judgement.mark]}</span> '
                f"{escape(judgement.words)}</div>"
            )
        self.missed |= {name for name, found in judgements.items() if found.mark == "differs"}
        self.live.tell(
            self.sorting.score(given), self.reveal(judgements), f"{self.code}.score({given})"
        )

    @reporting
    def _again(self, button):
        judgements = self.sorting.judge_all({n: k for n, k in self.answers.items() if k})
        differ = [name for name, found in judgements.items() if found.mark == "differs"]
        for name in differ:
            self.choices[name].value = ""
        count = f"{len(differ)} {self.sorting.noun}{'s' * (len(differ) != 1)}"
        self.live.tell(f"{count} to sort again; the other answers stay.")

    @reporting
    def _reset(self, button):
        self.missed = set()
        for name, choice in self.choices.items():
            choice.value = self.feedback[name].value = ""
        self.live.tell("All answers are cleared.")

    @reporting
    def _forget(self, change):
        name = next(name for name, choice in self.choices.items() if choice is change["owner"])
        self.feedback[name].value = ""
