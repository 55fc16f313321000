"""A toy on a page: buttons for its moves above its picture, and its moves kept."""

from typing import Any

from coursekit.record import record
from coursekit.sentences import Sentences
from coursekit.toys.base import Toy
from coursekit.widgets.controls import button, slider
from coursekit.widgets.frame import Lab
from coursekit.widgets.keeping import keep_played, last_played
from coursekit.widgets.live_figure import LiveFigure, reporting

SAY = Sentences(__file__)


class Play(Lab):
    """Play a toy: each press makes a move, and what was played before is there again."""

    def __init__(self, toy: type[Toy]):
        self.begin, self.place, self._met = toy(), f"toy/{toy.name}", set[str]()
        self.state = self._kept()
        words = toy.say
        self.buttons = {name: _button(**words["buttons"][name]) for name in toy.buttons}
        self.again = again_button()
        last, self.amounts = self.state.moves[-1] if self.state.moves else {}, {}
        for name, amount in toy.amounts.items():
            said = {"value": last.get(name, amount.value), **words["amounts"][name]}
            self.amounts[name] = slider(*amount[:3], label=130, width=360, **said)
        # As inputs of the figure the amounts get names that screen readers can say.
        told: dict[str, Any] = {"names": self.state.names(), "inputs": self.amounts}
        live = LiveFigure(lambda: self._begun().shown()["figure"], onto=list(toy.onto), **told)
        live.observe(self._touched, "touched")
        for made in self.amounts.values():
            made.observe(lambda _: self._stand(), "value")
        rows = [list(self.amounts.values())] if self.amounts else []
        super().__init__(words["ask"], [*rows, [*self.buttons.values(), self.again]], live)
        self.add_class("ck-toy")
        for name in toy.hints:
            self.buttons[name].add_class("ck-hint")
        for name, made in self.buttons.items():
            made.on_click(lambda _, press=name: self.press(press))
        self.again.on_click(lambda _: self.restart())
        self._show()

    def _kept(self) -> Toy:
        """Stand where the last game stood."""
        toy = type(self.begin)
        last = last_played(self.place, lambda said: toy(said["seed"]).played(said["moves"]))
        return last or toy(record().seed)

    def _begun(self) -> Toy:
        """Give the game, or one that is the same for every learner if it has not begun."""
        return self.state if self.state.moves else self.begin

    @reporting
    def press(self, name: str) -> None:
        """Make a move, with the amounts as they stand and the part that is chosen."""
        if name not in self.state.open():
            return  # A second click, on a button that has just done its part.
        move = {"press": name} | {key: made.value for key, made in self.amounts.items()}
        if self.live.names:
            move["part"] = self.live.chosen
        self._become(self.state.after(move))

    @reporting
    def _touched(self, change: Any) -> None:
        move = self.state.touched(*change["new"][:2])
        if move:
            self._become(self.state.after(move))

    @reporting
    def restart(self) -> None:
        """Begin another game."""
        for name, made in self.amounts.items():
            made.value = self.begin.amounts[name].value
        self._become(type(self.begin)(self.state.seed + 1))

    def _stand(self) -> None:
        """Say that what is shown holds wherever the amounts stand."""
        self.live.answer = {**self.live.answer, "inputs": self.live.positions()}

    def _become(self, state: Toy) -> None:
        self.state = state
        self._show()
        said = {"seed": state.seed, "moves": state.moves}
        keep_played(self.place, said, done=not state.open())

    def _show(self) -> None:
        can, labels = self.state.open(), self.state.labels()
        self._met = {*can, *(self._met if self.state.moves else ())}
        for name, made in self.buttons.items():
            made.description = labels.get(name) or self.state.say["buttons"][name]["label"]
            # The next button in a row must not come to lie under a finger that still clicks.
            seen = name in (self._met if self.state.stay else can) and name != self.state.tap
            made.layout.display = "" if seen else "none"
            made.disabled = name not in can
        for made in self.amounts.values():
            made.disabled = not can
        self.again.disabled = not self.state.moves
        # In one message, so that the picture is drawn once with its names.
        with self.live.hold_sync():
            self.live.names = self.state.names()
            self.live.show(**self.state.shown())


def again_button() -> Any:
    """Make the button that begins another game, away from those of the moves."""
    return _button(**SAY["again"], more=("ck-anew",))


def _button(label: str, tooltip: str, more: tuple[str, ...] = ()) -> Any:
    return button(label, tooltip, classes=("ck-move", *more), min_width="90px")
