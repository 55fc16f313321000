"""The mirror: two denials, rated before their speakers are known."""

import random
from typing import Any

from coursekit.errors import read_each
from coursekit.forms.fields import item
from coursekit.forms.shares import read_share, share_field
from coursekit.nato.statements.denials import Denial, denials
from coursekit.nato.statements.lines import about_invasion, dated_line
from coursekit.record import record
from coursekit.sentences import Sentences
from coursekit.widgets.card import Card
from coursekit.widgets.keeping import keep, results

Ratings = dict[str, list[int]]
ACTIVITY = "mirror"
SAY = Sentences(__file__)


class Mirror(Card):
    """Rate two denials without their speakers, then see whose they are, and rate them again."""

    def __init__(self, ask: str = "", seed: int | None = None) -> None:
        told = denials()
        blank = _asking(told, submit="Show the speakers")
        chance = random.Random(record().seed if seed is None else seed)
        self.denials = chance.sample(told, len(told))
        words = {"title": ask, "lead": SAY["how"], "name": "Mirror", "place": ACTIVITY}
        super().__init__([self._form()], blank=[blank], **words)

    def _ratings(self) -> Ratings:
        """Find the ratings of each denial in per cent, oldest first."""
        found = results(ACTIVITY)
        return {
            one.statement.name: [
                round(100 * made["score"]["scaled"])
                for made in found.get(one.statement.name, ())
                if "scaled" in made.get("score", {})
            ]
            for one in self.denials
        }

    def _form(self) -> dict[str, Any]:
        ratings = self._ratings()
        if not all(ratings.values()):
            return _asking(self.denials, submit="Show the speakers")
        shut = {"locked": True, "feedback": self._compared(ratings), "again": "Rate once more"}
        return _asking(self.denials, ratings, **shut)

    def _compared(self, ratings: Ratings) -> dict[str, Any]:
        blind = [ratings[one.statement.name][0] for one in self.denials]
        higher = 1 if blind[0] > blind[1] else 2
        gap = abs(blind[0] - blind[1])
        values, lines = [], []
        for place, one in enumerate(self.denials, 1):
            first, now = ratings[one.statement.name][0], ratings[one.statement.name][-1]
            later = f"; now that you know the speaker: {now}" if now != first else ""
            values.append({"label": f"Denial {place}", "value": f"{first} of 100{later}"})
            head = f"Denial {place}: {one.statement.speaker}"
            believe = f"Those who believe it point out: {one.believed}"
            doubt = f"Those who doubt it point out: {one.doubted}"
            lines.append(dated_line(one.statement, head, believe, doubt))
        lines += [{"head": SAY["question"], "text": SAY["weigh"]}, {"text": about_invasion()}]
        title = f"You rated both {blind[0]}."
        if gap:
            title = f"You rated denial {higher} higher, by {gap} points."
        return {"tone": "told", "title": title, "values": values, "lines": lines}

    def submit(self, key: str, values: dict[str, Any]) -> None:
        """Keep the ratings and show the speakers; raises CourseError if one is missing or wrong."""
        ratings = self._ratings()
        if not self.items[0].get("locked"):
            given = read_each(read_share, {name: values[name] for name in ratings})
            for name, share in given.items():
                if ratings[name][-1:] != [round(100 * share)]:
                    keep("rated", f"{ACTIVITY}/{name}", {"score": {"scaled": share}})
        self.put(self._form())

    def again(self, key: str) -> None:
        """Ask for the ratings once more, with the speakers known."""
        ratings = self._ratings()
        told = self._compared(ratings)
        self.put(_asking(self.denials, ratings, submit="Keep my ratings", feedback=told))


def _asking(told: list[Denial], ratings: Ratings | None = None, **more: Any) -> dict[str, Any]:
    fields = []
    for place, one in enumerate(told, 1):
        name = one.statement.name
        value = {"value": ratings[name][-1]} if ratings else {}
        fields.append(share_field(name, f"Denial {place}: “{one.masked}”", **value))
    return item("denials", fields, **more)
