"""Things to sort by kind on a card: a list of kinds beside each, a check, a second try."""

from typing import Any

from coursekit.errors import CourseError
from coursekit.forms.fields import Form, Forms, field, item, told
from coursekit.forms.sorting import Judgement, Sorting
from coursekit.widgets.card import Card
from coursekit.widgets.keeping import keep_try, tries

FORM = "sorting"


class SortingCard(Card):
    """Choose a kind for each item: a first check gives a hint, a later one names the key."""

    activity = ""
    objective = ""

    def __init__(
        self, ask: str, sorting: Sorting, question: str, lines: Forms, **more: Any
    ) -> None:
        self.sorting, self.question, self.lines = sorting, question, lines
        self.tries = tries(self.activity, dict.fromkeys(sorting.items, sorting.kinds))
        more |= {"title": ask, "place": self.activity}
        super().__init__(self._forms(self.answers), blank=self._forms({}), **more)

    @property
    def answers(self) -> dict[str, str]:
        """Newest answers: names of kinds, by names of the items that were sorted."""
        return {name: tries[-1] for name, tries in self.tries.items() if tries}

    @property
    def _missing(self) -> str:
        return f"Choose an answer for at least one {self.sorting.noun} before you check."

    def above(self) -> Form:
        """Make the form above the list, which says what the kinds are."""
        raise NotImplementedError

    def below(self, agreed: list[str]) -> Forms:
        """Make what stands below the list; by default nothing."""
        return []

    def _forms(self, given: dict[str, str]) -> Forms:
        missed = [
            name
            for name, tries in self.tries.items()
            if any(self.sorting.judge(name, one).mark == "differs" for one in tries[:-1])
        ]
        judged = self.sorting.judge_all(given, reveal=missed)
        agreed = [name for name, found in judged.items() if found.mark == "agrees"]
        return [self.above(), self._form(given, judged), *(self.below(agreed) if given else [])]

    def _form(self, given: dict[str, str], judged: dict[str, Judgement]) -> Form:
        kinds = self.sorting.kinds
        options = [{"key": key, "text": kind.label} for key, kind in kinds.items()]
        look = {"main": True, "partial": True, "required": self._missing, "lines": self.lines}
        asked = field("match", "kinds", self.question, options=options, value=given, **look)
        lines, more = [], {}
        for name, kind in given.items():
            mark, words = judged[name].mark, judged[name].words
            lines.append({"mark": mark, "head": f"{name}: {kinds[kind].label}", "text": words})
        if given:
            differs = any(line["mark"] == "differs" for line in lines)
            tone = "part" if differs else "right"
            more["feedback"] = told(self.sorting.score(given), lines, tone)
        return item(FORM, [asked], submit="Check", **more)

    def submit(self, key: str, values: Form) -> None:
        """Compare what was sorted with the key; raises CourseError if nothing was."""
        given = values["kinds"]
        if not given:
            raise CourseError(self._missing)
        judged = self.sorting.judge_all(given)
        for name, kind in given.items():
            agrees, tried = judged[name].mark != "differs", self.tries[name]
            # To check once more what agrees is no new try; where it differs it asks for the key.
            if not agrees or tried[-1:] != [kind]:
                tried.append(kind)
                keep_try(self.activity, name, kind, agrees, len(tried), self.objective)
        self.items = self._forms(self.answers)
        self.put(self.items[1])
