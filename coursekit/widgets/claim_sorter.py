"""The claim sorter: one claim at a time, six kinds, and after six claims what was easy."""

from coursekit.errors import CourseError, unknown
from coursekit.forms.fields import Form, Forms, field, item, told
from coursekit.forms.sorting import claims_to_sort, stage
from coursekit.record import record
from coursekit.sentences import Sentences
from coursekit.widgets.card import Card
from coursekit.widgets.keeping import keep_try, tries

SAY = Sentences(__file__)
FORM = "sorting"


class ClaimSorter(Card):
    """Put one claim after another into a bin; each answer is told at once and kept."""

    activity = "sorting/claims"
    objective = "Classify claims by kind"

    def __init__(self, ask: str = ""):
        self.sorting = claims_to_sort()
        self.tries = tries(self.activity, dict.fromkeys(self.sorting.items, self.sorting.kinds))
        self.round, self.done = self._stage()
        self.told = False
        words = {"title": ask, "lead": SAY["how"], "name": SAY["name"], "place": self.activity}
        super().__init__([self._now()], blank=[self._first()], **words)

    def _stage(self, after: bool = False) -> tuple[list[str], int]:
        counts = {name: len(made) for name, made in self.tries.items()}
        return stage(counts, record().seed, after=after)

    @property
    def given(self) -> dict[str, str]:
        """Answers of this round, by claim, in order."""
        return {name: self.tries[name][-1] for name in self.round[: self.done]}

    def submit(self, key: str, values: Form) -> None:
        """Compare an answer with the key."""
        kind = values.get("kind", "")
        if kind not in self.sorting.kinds:
            raise unknown("kind", kind, self.sorting.kinds)
        if self.told or self.done == len(self.round):
            raise CourseError(SAY["answered"])
        name = self.round[self.done]
        agrees = self.sorting.judge(name, kind).mark != "differs"
        self.tries[name].append(kind)
        keep_try(self.activity, name, kind, agrees, len(self.tries[name]), self.objective)
        self.done, self.told = self.done + 1, True
        self.put(self._now())

    def again(self, key: str) -> None:
        """Go on to the next claim, to what the round came to, or to another round."""
        if self.told:
            self.told = False
        elif self.done == len(self.round):
            self.round, self.done = self._stage(after=True)
        self.put(self._now())

    def _now(self) -> Form:
        if self.told:
            return self._reply()
        return self._end() if self.done == len(self.round) else self._question()

    def _bins(self, place: int, **more: object) -> Form:
        name = self.round[place]
        marks = [self.sorting.judge(*one).mark for one in self.given.items()]
        steps = marks + [""] * (len(self.round) - len(marks))
        shown = {"text": self.sorting.items[name].text, "steps": steps, "place": place}
        label = SAY("count", number=place + 1, all=len(self.round))
        return field("bins", "kind", label, **shown, **{"options": self._options()} | more)

    def _options(self, **said: Form) -> Forms:
        return [
            {"key": key, "text": kind.label, "note": kind.note} | said.get(key, {})
            for key, kind in self.sorting.kinds.items()
        ]

    def _question(self) -> Form:
        asked = self._bins(self.done, main=True, required=SAY["missing"])
        return item(FORM, [asked], focus="kind")

    def _reply(self) -> Form:
        name = self.round[self.done - 1]
        kind, one, kinds = self.tries[name][-1], self.sorting.items[name], self.sorting.kinds
        mark = self.sorting.judge(name, kind).mark
        said = {
            one.key: {"said": SAY["key"], "mark": "agrees"},
            kind: {"said": SAY["yours"][mark], "mark": mark},
        }
        last = self.done == len(self.round)
        chosen = {"yours": kinds[kind].label, "task": kinds[kind].task}
        key = {"key": kinds[one.key].label, "reason": one.reason, "other": one.also_reason}
        words = SAY["told"][mark].format(**chosen, **key)
        if one.also and mark != "accepted":
            words += SAY("debatable", also=kinds[one.also].label, other=one.also_reason)
        line = {"mark": mark, "text": words}
        bins = self._bins(self.done - 1, main=True, options=self._options(**said), value=kind)
        feedback = {"tone": "part" if mark == "differs" else "right", "lines": [line]}
        on = {"again": SAY["to_end" if last else "next"], "focus": "again"}
        return item(FORM, [bins], locked=True, feedback=feedback, **on)

    def _end(self) -> Form:
        kinds, rows = self.sorting.kinds, []
        for name, kind in self.given.items():
            one, mark = self.sorting.items[name], self.sorting.judge(name, kind).mark
            row = [SAY["marks"][mark], kinds[kind].label, kinds[one.key].label, one.text]
            rows.append((mark != "differs", row))
        missed = sum(not held for held, _ in rows)
        sorted_rows = [row for _, row in sorted(rows, key=lambda one: one[0])]
        table = {"label": SAY["table"], "columns": SAY["columns"], "rows": sorted_rows}
        title = SAY("score", right=len(rows) - missed, all=len(rows))
        feedback = told(title, tone="part" if missed else "right", table=table)
        over = SAY["missed" if missed else "easy"]
        said = field("said", "over", SAY["over"], text=over)
        return item(FORM, [said], feedback=feedback, again=SAY["again"])

    def _first(self) -> Form:
        """Make what a stored notebook shows: one claim, the same for every learner."""
        one = next(iter(self.sorting.items.values()))
        label = SAY("count", number=1, all=len(self.round))
        return item(FORM, [field("bins", "kind", label, text=one.text, options=self._options())])


def claim_sorter(ask: str = "") -> ClaimSorter:
    """Show claims of the essay one at a time, to be sorted by kind.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the claims.

    Returns
    -------
    ClaimSorter
        A claim, and bins for it; the key and its reason come with the answer. After six claims
        a table says what was taken for what. The answers are kept in the learner's record.
    """
    return ClaimSorter(ask=ask)
