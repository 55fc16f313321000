"""The map of the essay's argument, to be taken apart."""

import json
from functools import cache

import ipywidgets as widgets

from coursekit.argument import Argument
from coursekit.figures.argument_map import (
    argument_map_figure,
    describe,
    draw_map,
    facts,
    node_looks,
)
from coursekit.widgets.argument_card import claim_cards, step_card
from coursekit.widgets.argument_outline import ArgumentOutline, outline_text
from coursekit.widgets.argument_words import SWITCHED, named_step
from coursekit.widgets.frame import Lab
from coursekit.widgets.keeping import keep
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.map_figure import Look, MapFigure, map_rules, step_names
from coursekit.widgets.panel import Panel

__all__ = ["ArgumentExplorer"]

FIRST = "K1"


@cache
def _live_map():
    return draw_map(Argument.essay(), live=True)


class ArgumentExplorer(Lab):
    """Accept and reject steps of the essay's argument, and see what stands.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.

    Attributes
    ----------
    stances : dict of str to str
        ``"accepted"`` or ``"rejected"`` for each step on which the reader has decided.
    """

    def __init__(self, ask=""):
        self.argument, self.stances = Argument.essay(), {}
        nodes = self.argument.nodes
        self.pick = widgets.Dropdown(
            options=[(named_step(node), id) for id, node in nodes.items()],
            value=FIRST,
            description="Step",
            tooltip="The step whose card is shown. You can also click it in the map.",
            layout=widgets.Layout(width="340px"),
            style={"description_width": "40px"},
        )
        self.switch = _radio(
            [("undecided", ""), ("accept", "accepted"), ("reject", "rejected")],
            "Your view",
            "Whether you accept or reject this step. The map then shows what stands.",
        )
        self.view = _radio(
            ["map", "outline"],
            "Show",
            "The map and the card of one step, or all steps as a list with all their switches.",
        )
        self.reset = widgets.Button(
            description="Reset", tooltip="Leaves every step undecided, as at the start."
        )
        self.looks = {id: Look(value=look) for id, look in node_looks(self.standing).items()}
        self.card = Panel(lambda: ("", ""))
        self.claims = widgets.HTML()
        self.outline = ArgumentOutline()
        live = MapFigure(
            _live_map,
            self._stored,
            inputs={"pick": self.pick, **self.looks},
            rules=map_rules(),
            names=step_names(),
        )
        super().__init__(ask, [[self.view, self.reset, self.pick, self.switch]], live)
        self.add_class("ck-argument")
        step = [self.pick, self.switch, live, self.card, self.claims]
        self.shown = {"map": step, "outline": [self.outline]}
        self.children = (*self.children, self.card, self.claims, self.outline)
        self.pick.observe(self._open, "value")
        self.switch.observe(self._decide, "value")
        self.view.observe(self._turn, "value")
        self.outline.observe(self._decide_in_outline, "stances")
        self.live.observe(self._choose, "chosen")
        self.reset.on_click(self._reset)
        self._turn()
        self._open()

    @property
    def standing(self):
        """What stands at present."""
        return self.argument.standing(self._with("rejected"), self._with("accepted"))

    def code(self):
        """Write the lines that reproduce the present state.

        Returns
        -------
        str
            Two lines of Python.
        """
        said = [
            f"{stance}={self._with(stance)}".replace("'", '"')
            for stance in ("rejected", "accepted")
            if self._with(stance)
        ]
        return (
            f"from coursekit.argument import Argument\nArgument.essay().standing({', '.join(said)})"
        )

    def _with(self, stance):
        return [id for id in self.argument.nodes if self.stances.get(id) == stance]

    def _stored(self):
        chosen = self._with("rejected"), self._with("accepted")
        return argument_map_figure(*chosen, chosen=self.pick.value), outline_text(self.standing)

    @reporting
    def _choose(self, change):
        self.pick.value = change["new"]

    @reporting
    def _decide(self, change):
        if not self._quiet:
            others = {id: s for id, s in self.stances.items() if id != self.pick.value}
            self.stances = others | ({self.pick.value: change["new"]} if change["new"] else {})
            self._update()
            self._keep()

    @reporting
    def _decide_in_outline(self, change):
        if change["new"] != self.stances:
            self.stances = dict(change["new"])
            self._update()
            self._keep()

    @reporting
    def _reset(self, button):
        self.stances = {}
        self._update()
        self._keep()

    def _keep(self):
        chosen = {stance: self._with(stance) for stance in ("accepted", "rejected")}
        keep("mapped", "map/essay", {"response": json.dumps(chosen)})

    @reporting
    def _turn(self, change=None):
        for name, parts in self.shown.items():
            for part in parts:
                part.layout.display = "" if name == self.view.value else "none"
        self._update()

    @reporting
    def _open(self, change=None):
        # A click on the step that was clicked last tells us only if the map knows of any other.
        id = self.live.chosen = self.pick.value
        has_switch = self.argument.nodes[id].kind in SWITCHED
        self.switch.layout.visibility = "visible" if has_switch else "hidden"
        self.claims.value = claim_cards(id)
        self._update()

    def _update(self):
        # The looks go first: the picture changes while the words are still being written.
        standing, id = self.standing, self.pick.value
        looks = node_looks(standing)
        for step, look in looks.items():
            self.looks[step].value = look
        self._quiet = True
        self.switch.value = self.stances.get(id, "")
        self._quiet = False
        self.live.tell(
            alt=describe(standing),
            readout=_readout(standing),
            table=facts(self.argument, looks),
            code=self.code(),
        )
        if self.view.value == "outline":
            self.outline.tell(standing, self.stances)
        else:
            self.card.tell(standing.why(id), step_card(standing, id))


def _readout(standing):
    return [
        {
            "label": named_step(node),
            "value": "stands" if standing.stands[id] else "✗ falls",
            "detail": standing.why(id),
        }
        for id, node in standing.argument.nodes.items()
        if node.kind in ("conclusion", "intermediate")
    ]


def _radio(options, description, tooltip):
    return widgets.RadioButtons(
        options=options,
        description=description,
        tooltip=tooltip,
        orientation="horizontal",
        layout=widgets.Layout(width="auto"),
        style={"description_width": "auto"},
    )
