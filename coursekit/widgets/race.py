"""An arms race told in sentences whose numbers can be dragged."""

from typing import Any

from coursekit.figures.race_path import TRACED
from coursekit.sentences import Sentences
from coursekit.toys.race import NUMBERS, TASKS, begin, fits, met, shown
from coursekit.widgets.frame import Lab
from coursekit.widgets.keeping import Kept, keep_played, last_played
from coursekit.widgets.live_figure import LiveFigure, reporting
from coursekit.widgets.scrubbers import Scrubbers
from coursekit.widgets.toy import again_button

SAY = Sentences(__file__)


class Race(Lab):
    """Drag the numbers of two nations; each number that is let go is a move, and is kept."""

    place = "toy/04-race"

    def __init__(self) -> None:
        numbers, self.done = last_played(self.place, _read) or (begin(), set())
        ranges = {}
        for name, (low, high, step, _) in NUMBERS.items():
            said = {"label": SAY["labels"][name], "unit": SAY["units"].get(name, "")}
            ranges[name] = {"low": low, "high": high, "step": step, **said}
        self.words = Scrubbers(SAY["text"], ranges, numbers, SAY["hint"])
        self.again = again_button()
        self._sheet = None
        live = LiveFigure(lambda: self._shown()["figure"], inputs={"numbers": self.words})
        super().__init__(SAY["ask"], [[self.words], [self.again]], live)
        self.words.observe(self._follow, "value")
        self.words.observe(self._release, "released")
        self.again.on_click(lambda _: self.restart())
        self._follow()

    @reporting
    def restart(self) -> None:
        """Go back to the numbers at the start, with no task done."""
        self.done = set()
        self.words.value = begin()
        self._move()

    @reporting
    def _release(self, change: object) -> None:
        self.done |= met(self.words.value)
        self._move()

    def _move(self) -> None:
        self._follow()
        said = {"numbers": self.words.value, "done": sorted(self.done)}
        keep_played(self.place, said, done=self.done == set(TASKS))
        self.live.traced = {"parts": TRACED, "turn": self.live.traced.get("turn", 0) + 1}

    @reporting
    def _follow(self, change: object = None) -> None:
        self.live.show(**self._shown())

    def _shown(self) -> dict[str, Any]:
        made = shown(self.words.value, self.done, on=self._sheet)
        self._sheet = made["figure"]
        return made


def _read(last: Kept) -> tuple[dict[str, float], set[str]]:
    """Read numbers and tasks done; raises ValueError if the sentences cannot show the numbers."""
    if not fits(last["numbers"]):
        raise ValueError(last)
    return last["numbers"], set(last["done"]) & set(TASKS)
