"""Two forms of the explorer that stay with one state: one to start from, one that tells a story."""

from typing import Any

import ipywidgets as widgets

from coursekit.data import load
from coursekit.labs.words import entry
from coursekit.nato.enlargement import FIRST_DAY, LAST_DAY, Scenario
from coursekit.nato.followed import course_of, followed_rules, neighbours_inside
from coursekit.nato.number_rules import number_rules
from coursekit.nato.readout import code_for, readout
from coursekit.nato.status_rules import labels, state_names, status_rules
from coursekit.nato.story import steps
from coursekit.nato.widgets.explorer import EnlargementExplorer, Rows
from coursekit.nato.widgets.own_state import follow, own_state
from coursekit.sentences import Sentences
from coursekit.widgets.controls import dropdown
from coursekit.widgets.keeping import keep_played, last_played
from coursekit.widgets.living import part

SAY = Sentences(__file__)
TOLD = "toy/02-story"
# So many numbers stand beside a story; the others are folded.
SHOWN = 4


class Following(EnlargementExplorer):
    """The explorer with a list of states: the one that is chosen there, or on the map, is kept."""

    def __init__(self, ask: str, year: int) -> None:
        names = sorted((name, iso3) for iso3, name in state_names().items())
        said = SAY["which"], SAY["which_help"]
        self.state = dropdown([(SAY["choose"], ""), *names], own_state(), *said, width=430, label=0)
        self.state.style.description_width = "initial"
        super().__init__(ask, year)
        self.add_class("ck-follows")
        self.live.chosen = self.state.value
        self.state.observe(self._follow, "value")
        self.live.observe(self._pointed_at, "chosen")

    def _inputs(self) -> dict[str, widgets.Widget]:
        return {"state": self.state, **super()._inputs()}

    def _told(self) -> dict[str, Any]:
        return {"rules": status_rules(), "numbers": number_rules(), "follows": True}

    def _follow(self, change: dict[str, Any]) -> None:
        follow(change["new"])
        self.live.chosen = change["new"]

    def _rows(self) -> Rows:
        return [[self.state, self.play, self.year]]

    def _pointed_at(self, change: dict[str, Any]) -> None:
        self.state.value = change["new"]


class FollowOne(Following):
    """Follow one state from year to year, with nothing else to set."""

    def __init__(self, ask: str = "", year: int = FIRST_DAY.year) -> None:
        super().__init__(ask, year)

    def _told(self) -> dict[str, Any]:
        return {"rules": followed_rules(), "numbers": number_rules(), "follows": True}

    def code(self) -> str:
        """Write the lines that reproduce the present state."""
        lines = [code_for(self.scenario), "ck.europe(scenario)"]
        if self.state.value:
            lines.append(f'ck.status_by_year("{self.state.value}")')
        return "\n".join(lines)

    def _said(self, scenario: Scenario) -> dict[str, Any]:
        members = next(one for one in readout(scenario) if one["key"] == "members")
        return {"readout": [*_seen_from(self.state.value, scenario), members]}


def _seen_from(iso3: str, scenario: Scenario) -> list[dict[str, str]]:
    """Count what can be seen from where a state stands."""
    if not iso3:
        return []
    definitions = load("statuses").set_index("status")["definition"]
    status = scenario.status(iso3)
    inside, count = neighbours_inside(iso3, scenario)
    own = SAY("own", name=state_names()[iso3], year=scenario.date.year)
    course = "; ".join(course_of(iso3, scenario.date.year))
    of = SAY("of", inside=len(inside), count=count) if count else SAY["none"]
    means, beside, kind = definitions[status], SAY["beside_help"], {"kind": "mechanical"}
    return [
        entry(own, labels()[status], course, "own", help=means, **kind),
        entry(SAY["beside"], of, ", ".join(inside), "beside", help=beside, **kind),
    ]


class Story(Following):
    """Follow a story in dated steps, and take over at any time."""

    def __init__(self, ask: str = "", year: int = LAST_DAY.year) -> None:
        super().__init__(ask, year)
        self.live.shown = SHOWN
        step = last_played(TOLD, _step) or 0
        if step:
            self._set(steps()[step]["set"])
        self.live.step = step
        self.live.observe(_keep_step, "step")

    def _told(self) -> dict[str, Any]:
        return {**super()._told(), "story": list(steps())}

    def _below(self) -> Rows:
        return [
            [part(widgets.HTML, SAY["rounds"])],
            [*self.rounds.values(), self.all_on, self.all_off],
            [self.promised_in, self.pick, self.pick_year],
        ]

    def _said(self, scenario: Scenario) -> dict[str, Any]:
        return {"readout": readout(scenario)}


def _step(said: dict[str, object]) -> int:
    """Read the step at which the story was left; raises ValueError if there is none such."""
    step = said["step"]
    if isinstance(step, bool) or not isinstance(step, int) or not 0 <= step < len(steps()):
        raise ValueError(step)
    return step


def _keep_step(change: dict[str, Any]) -> None:
    keep_played(TOLD, {"step": change["new"]}, done=change["new"] == len(steps()) - 1)
