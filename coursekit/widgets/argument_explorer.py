"""The map of the essay's argument, to be taken apart."""

import json

import ipywidgets as widgets

from coursekit.argument import Argument, Standing
from coursekit.argument.kinds import step_kind
from coursekit.argument.looks import node_looks
from coursekit.argument.words import named_step, what_changed
from coursekit.content import by_course
from coursekit.figures.argument_map import argument_map_figure, describe, draw_map, facts
from coursekit.figures.base import CourseFigure
from coursekit.labs.words import Entry
from coursekit.sentences import Sentences
from coursekit.widgets import map_figure as maps
from coursekit.widgets.argument_card import claim_cards, step_card
from coursekit.widgets.argument_outline import ArgumentOutline, outline_text
from coursekit.widgets.controls import button, dropdown, radio
from coursekit.widgets.frame import Lab
from coursekit.widgets.keeping import keep, kept
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.panel import Panel

SAY = Sentences(__file__)
STANCES = ("accepted", "rejected")


@by_course
def _live_map() -> CourseFigure:
    return draw_map(Argument.essay(), live=True)


def kept_stances(argument: Argument) -> dict[str, str]:
    """Find what the reader last accepted and rejected on the essay's map; empty if nothing."""
    made = kept("map/essay").get("map/essay", [])
    if not made:
        return {}
    chosen = json.loads(made[-1]["result"]["response"])
    given = {id: stance for stance in STANCES for id in chosen.get(stance, ())}
    return {id: stance for id, stance in given.items() if id in argument.nodes}


def said_of_kept(stances: dict[str, str]) -> str:
    """Say what a map that is opened again shows."""
    if not stances:
        return SAY("nothing_kept")
    number = list(stances.values()).count
    return SAY("own", accepted=number("accepted"), rejected=number("rejected"))


class ArgumentExplorer(Lab):
    """Accept and reject steps; `own` begins with what the reader decided last."""

    def __init__(self, ask: str = "", own: bool = False):
        self.argument = Argument.essay()
        self.stances = kept_stances(self.argument) if own else {}
        if own:
            ask = f"{said_of_kept(self.stances)} {ask}".strip()
        nodes = self.argument.nodes
        steps = [(named_step(node), id) for id, node in nodes.items()]
        first = next(iter(self.standing.conclusions))
        self.pick = dropdown(steps, first, "Step", SAY["pick"], width=340, label=40)
        self.view = radio(["map", "outline"], "map", "Show", SAY["view"])
        self.reset = button("Reset", SAY["reset"], width=None)
        self.looks = {id: maps.Look(value=look) for id, look in node_looks(self.standing).items()}
        self.card = Panel(lambda: ("", ""))
        self.claims = widgets.HTML()
        self.outline = ArgumentOutline()
        inputs = {"pick": self.pick, **self.looks}
        told = {"rules": maps.map_rules(), "names": maps.step_names()}
        live = maps.MapFigure(_live_map, self._stored, inputs=inputs, **told)
        live.switches = maps.switches()
        super().__init__(ask, [[self.view, self.reset, self.pick]], live)
        narrow = maps.NarrowPage(self, SAY["narrow"])
        self.children = (*self.children[:-1], narrow, live, self.card, self.claims, self.outline)
        self.add_class("ck-argument")
        self.view.add_class("ck-view")
        for part in (self.pick, live, self.card, self.claims):
            part.add_class("ck-map-part")
        self.outline.add_class("ck-outline-part")
        self._changed: list[str] = []
        self.pick.observe(self._open, "value")
        self.view.observe(self._turn, "value")
        for part in (live, self.outline):
            part.observe(self._decide, "stances")
        self.outline.observe(self._update, "wanted")
        live.observe(self._choose, "chosen")
        self.reset.on_click(self._reset)
        self._open()

    @property
    def standing(self) -> Standing:
        """What stands at present."""
        return self.argument.standing(self._with("rejected"), self._with("accepted"))

    def code(self) -> str:
        """Write the lines that reproduce the present state."""
        chosen = {stance: self._with(stance) for stance in reversed(STANCES)}
        said = [f"{stance}={ids}".replace("'", '"') for stance, ids in chosen.items() if ids]
        return SAY("code", said=", ".join(said))

    def _with(self, stance: str) -> list[str]:
        return [id for id in self.argument.nodes if self.stances.get(id) == stance]

    def _stored(self) -> tuple[CourseFigure, str]:
        chosen = self._with("rejected"), self._with("accepted")
        return argument_map_figure(*chosen, chosen=self.pick.value), outline_text(self.standing)

    @reporting
    def _choose(self, change: dict[str, str]) -> None:
        self.pick.value = change["new"]

    @reporting
    def _decide(self, change: dict[str, dict[str, str]]) -> None:
        stances, old = dict(change["new"]), self.stances
        if stances != old:
            decided = [id for id in self.argument.nodes if old.get(id) != stances.get(id)]
            self._take(stances, decided[0])

    @reporting
    def _reset(self, button: object) -> None:
        self._take({})

    def _take(self, stances: dict[str, str], step: str = "") -> None:
        """Take the reader's decisions, and say beside the step what they change."""
        before, looks = self.standing, node_looks(self.standing)
        self.stances = stances
        if step:
            self.pick.value = step
        after = node_looks(self.standing)
        self._changed = [id for id in looks if looks[id] != after[id] and id != step]
        self._update()
        self._tell_beside(step, what_changed(before, self.standing, step))
        self._keep()

    def _tell_beside(self, step: str, said: str) -> None:
        self.live.beside = {"step": step, "said": said, "changed": self._changed}

    def _keep(self) -> None:
        chosen = {stance: self._with(stance) for stance in STANCES}
        keep("mapped", "map/essay", {"response": json.dumps(chosen)})

    @reporting
    def _turn(self, change: object = None) -> None:
        outlined = self.view.value == "outline"
        (self.add_class if outlined else self.remove_class)("ck-outlined")
        self.outline.wanted = self.outline.wanted or outlined
        self._update()

    @reporting
    def _open(self, change: object = None) -> None:
        # A click on the step that was clicked last tells us only if the map knows of any other.
        id = self.live.chosen = self.pick.value
        self.claims.value = claim_cards(id)
        self._update()
        self._tell_beside(id, self.standing.why(id))

    @reporting
    def _update(self, change: object = None) -> None:
        # The looks go first: the picture changes while the words are still being written.
        standing, id = self.standing, self.pick.value
        looks = node_looks(standing)
        for step, look in looks.items():
            self.looks[step].value = look
        self.live.stances = self.stances
        told = {"readout": _readout(standing), "table": facts(self.argument, looks)}
        self.live.tell(alt=describe(standing), code=self.code(), **told)
        if self.view.value != "outline":
            self.card.tell("", step_card(standing, id))
        if self.outline.wanted:
            self.outline.tell(standing, self.stances)


def _readout(standing: Standing) -> list[Entry]:
    argument = standing.argument
    # Of each side what its case leads to.
    shown = [
        id
        for id, node in argument.nodes.items()
        if step_kind(node).heading or (node.kind == "counter-case" and argument.lines_of(id))
    ]
    lines, decided = [], standing.accepted or standing.rejected
    for id in shown:
        without = "waits" if id in standing.waiting else "✗ falls"
        value = "stands" if standing.stands[id] else without
        label = named_step(argument.nodes[id])
        # Before anything is decided each just has all of its support.
        detail = standing.why(id) if decided else ""
        lines.append({"label": label, "value": value, "detail": detail})
    return lines
