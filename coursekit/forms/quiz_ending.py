"""What a quiz comes to once all of it is answered: a pure function."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from coursekit.forms.fields import Form
from coursekit.intervals import ENOUGH
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# Answers that were right, of how many: here those of the test before the course.
Right = tuple[int, int]


class Answered(NamedTuple):
    """A question of a quiz with what became of it; `sure` is None where it was not asked."""

    id: str
    objective: str
    first: bool
    newest: bool
    sure: float | None = None


def ending(
    answered: list[Answered], returns: dict[str, int], silent: bool = False, before: Right = (0, 0)
) -> Form:
    """Say what is mastered, what returns in how many days, and how sure against how right."""
    if silent:
        title = SAY("kept", count=len(answered))
        return {"title": title, "lines": [{"text": SAY["silent"]}]}
    parts = _gain(answered, *before), _goals(answered), _returning(answered, returns)
    return {"title": SAY("title", count=len(answered)), "lines": [*chain(*parts, _sure(answered))]}


def _named(numbers: list[int]) -> str:
    listed = ", ".join(map(str, numbers[:-1]))
    numbers_ = f"{listed} and {numbers[-1]}" if listed else str(numbers[-1])
    return SAY("questions" if listed else "question", numbers=numbers_)


def _gain(answered: list[Answered], before: int, asked: int) -> Iterable[Form]:
    if asked:
        now = sum(one.first for one in answered)
        told = SAY("gained", before=before, asked=asked, now=now, count=len(answered))
        yield {"head": SAY["twins"], "text": told}


def _goals(answered: list[Answered]) -> Iterable[Form]:
    """List the objectives by whether the newest answers to all of their questions are right."""
    missed: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(answered, 1):
        missed[one.objective] += [] if one.newest else [number]
    met = [goal for goal, numbers in missed.items() if not numbers]
    left = [(goal, _named(numbers)) for goal, numbers in missed.items() if numbers]
    open_ = [SAY("point", objective=goal, questions=questions) for goal, questions in left]
    if met:
        yield {"mark": "agrees", "head": SAY["mastered"], "points": met}
    if open_:
        yield {"mark": "differs", "head": SAY["open"], "points": open_}


def _returning(answered: list[Answered], returns: dict[str, int]) -> Iterable[Form]:
    """Say when which questions return; those of a test do not."""
    days = defaultdict(list)
    for number, one in enumerate(answered, 1):
        if one.id in returns:
            days[max(1, returns[one.id])].append(number)
    said = [
        SAY("tomorrow" if wait == 1 else "later", days=wait, questions=_named(numbers))
        for wait, numbers in sorted(days.items())
    ]
    if said:
        yield {"head": SAY["returns"], "text": " ".join([*said, SAY["again"]])}


def _sure(answered: list[Answered]) -> Iterable[Form]:
    """Set the first answers at each confidence beside how many of them were right."""
    levels = defaultdict(list)
    for one in answered:
        if one.sure is not None:
            levels[round(one.sure, 2)].append(one.first)
    said = []
    for sure, firsts in sorted(levels.items(), reverse=True):
        kind = "counted" if len(firsts) > 1 else "one_right" if firsts[0] else "one_wrong"
        said.append(SAY(kind, sure=f"{sure:.0%}", count=len(firsts), right=sum(firsts)))
    count = sum(map(len, levels.values()))
    if count >= ENOUGH:
        expected = sum(sure * len(firsts) for sure, firsts in levels.items())
        right = sum(map(sum, levels.values()))
        expected_ = f"{expected:.1f}".removesuffix(".0")
        said.append(SAY("expected", expected=expected_, count=count, right=right))
    if said:
        yield {"head": SAY["sure"], "text": " ".join(said)}
