"""What a toy is: a state, the moves that can be made in it, and what is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Self

from coursekit.errors import CourseError, unknown
from coursekit.sentences import Sentences

# The button that was pressed under ``press``, amounts by name, and under ``part`` what was chosen.
Move = dict[str, Any]


class Amount(NamedTuple):
    """A number that goes with a move; `low`, `high` and `step` in the units of its label."""

    low: float
    high: float
    step: float
    value: float


@dataclass(frozen=True)
class Toy:
    """One state of a game: it follows from a seed and from the moves made so far.

    Subclasses are frozen, know nothing of widgets, and keep their words in a YAML file: ``ask``,
    for each button its ``label`` and ``tooltip`` under ``buttons``, and likewise for ``amounts``.
    """

    name: ClassVar[str] = ""
    say: ClassVar[Sentences]
    buttons: ClassVar[tuple[str, ...]] = ()
    amounts: ClassVar[dict[str, Amount]] = {}
    # Ids of artists that can be chosen in the picture, with their names.
    parts: ClassVar[dict[str, str]] = {}
    # Whether buttons that have done their part stay, so that no other takes their place.
    stay: ClassVar[bool] = True
    # Moves that tell instead of asking: their buttons do not call to be pressed.
    hints: ClassVar[tuple[str, ...]] = ()
    # The move that is made by choosing a part; it needs no button.
    tap: ClassVar[str] = ""
    # Ids of areas onto which parts can be dragged.
    onto: ClassVar[tuple[str, ...]] = ()

    seed: int = 0
    moves: tuple[Move, ...] = ()

    def names(self) -> dict[str, str]:
        """Name the parts of the picture as they are now."""
        return self.parts

    def open(self) -> tuple[str, ...]:
        """Say which buttons can be pressed now; none when the game is over."""
        raise NotImplementedError

    def labels(self) -> dict[str, str]:
        """Say what buttons are called now, if that is not what they are called in the file."""
        return {}

    def touched(self, part: str, onto: str = "") -> Move | None:
        """Say which move a click on a part makes, or dragging it onto an area; None for none."""
        return {"press": self.tap, "part": part} if self.tap in self.open() else None

    def after(self, move: Move) -> Self:
        """Make a move. Raises CourseError if it cannot be made, in words that say what can."""
        press = move.get("press")
        if press not in self.open():
            if press in self.buttons:
                raise CourseError(self.say["closed"])
            raise unknown("move", press, self.buttons)
        for name, amount in self.amounts.items():
            value = move.get(name)
            if not isinstance(value, int | float) or not amount.low <= value <= amount.high:
                raise CourseError(
                    f"{name} is {value!r}, but must be a number from {amount.low} to {amount.high}."
                )
        return type(self)(self.seed, (*self.moves, move))

    def played(self, moves: Iterable[Move]) -> Self:
        """Make several moves, as they were kept; the first that does not fit ends them."""
        state = self
        for move in moves:
            try:
                state = state.after(move)
            except CourseError:
                break
        return state

    def shown(self) -> dict[str, Any]:
        """Give what `LiveFigure.show` takes; the first line of the ``readout`` is read out."""
        raise NotImplementedError
