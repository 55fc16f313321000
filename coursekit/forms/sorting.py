"""Sorting things by kind: compare answers with a key that knows what is debatable."""

import random
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from coursekit.data import load
from coursekit.errors import unknown

__all__ = ["Item", "Judgement", "Kind", "Sorting", "claims_to_sort", "stage"]

# So many items make a round.
ROUND = 6


@dataclass(frozen=True)
class Kind:
    """A kind that an item can have."""

    label: str
    # Follows "would have to".
    task: str
    note: str


@dataclass(frozen=True)
class Item:
    """Something to be sorted: its kind, and perhaps a second kind that is accepted.

    The hint says what to look at and does not name the kind.
    """

    text: str
    key: str
    reason: str
    hint: str
    also: str = ""
    also_reason: str = ""


@dataclass(frozen=True)
class Judgement:
    """What the key says of an answer: in a mark and in words.

    ``accepted`` is the second answer to a debatable item, ``open`` no answer.
    """

    mark: Literal["agrees", "accepted", "differs", "open"]
    words: str


@dataclass(frozen=True)
class Sorting:
    """Items, the kinds they can have, and what an item is called."""

    items: Mapping[str, Item]
    kinds: Mapping[str, Kind]
    noun: str

    def judge(self, name: str, answer: str, *, reveal: bool = False) -> Judgement:
        """Compare an answer with the key; where it differs, name the key or give a hint.

        Raises CourseError if there is no such item or kind.

        Examples
        --------
        >>> claims_to_sort().judge("C30", "definitional").mark
        'accepted'
        """
        if name not in self.items:
            raise unknown(self.noun, name, self.items)
        if not answer:
            return Judgement("open", "Not sorted yet.")
        if answer not in self.kinds:
            raise unknown("kind", answer, self.kinds)
        item, kind = self.items[name], self.kinds[answer]
        key = f"{self.kinds[item.key].label}. {item.reason}"
        also = self.kinds[item.also].label if item.also else ""
        debatable = also and f" Debatable: {also} is accepted too. {item.also_reason}"
        if answer == item.key:
            return Judgement("agrees", f"Agrees with the key: {key}{debatable}")
        if answer == item.also:
            words = f"Accepted: {kind.label}. {item.also_reason} The key says {key}"
            return Judgement("accepted", words)
        then = f"The key says {key}{debatable}" if reveal else item.hint
        needs = f"For '{kind.label}' the {self.noun} would have to {kind.task}."
        return Judgement("differs", f"Differs from the key. {needs} {then}")

    def judge_all(
        self, answers: Mapping[str, str], reveal: Collection[str] = ()
    ) -> dict[str, Judgement]:
        """Compare all answers with the key.

        Raises CourseError if there is no such item or kind.
        """
        return {
            name: self.judge(name, answers.get(name, ""), reveal=name in reveal)
            for name in dict.fromkeys([*self.items, *answers])
        }

    def score(self, answers: Mapping[str, str]) -> str:
        """Say in words how far the answers agree with the key.

        Raises CourseError if there is no such item or kind.

        Examples
        --------
        >>> claims_to_sort().score({"C05": "causal", "C30": "definitional", "C22": "causal"})
        '1 of 12 agrees with the key; 1 takes the second answer that a debatable claim accepts; \
1 differs; 9 not sorted yet.'
        """
        count = Counter(judgement.mark for judgement in self.judge_all(answers).values())
        n = count["agrees"]
        parts = [f"{n} of {len(self.items)} {_verb(n, 'agree')} with the key"]
        if n := count["accepted"]:
            second = f"the second answer that a debatable {self.noun} accepts"
            parts.append(f"{n} {_verb(n, 'take')} {second}")
        if n := count["differs"]:
            parts.append(f"{n} {_verb(n, 'differ')}")
        if n := count["open"]:
            parts.append(f"{n} not sorted yet")
        return "; ".join(parts) + "."


def _verb(count: int, verb: str) -> str:
    return f"{verb}s" if count == 1 else verb


def stage(counts: Mapping[str, int], seed: int, *, after: bool = False) -> tuple[list[str], int]:
    """Say which items make the present round, and how many of them are done.

    It follows from how often each was answered: all come once before one comes again. A round
    that has just ended is the present one, unless one asks for what comes `after`.

    Examples
    --------
    >>> stage({"lemon": 1, "orange": 0}, seed=1)
    (['lemon', 'orange'], 1)
    """
    turn = min(counts.values())
    place = sum(count > turn for count in counts.values())
    if not after and place % ROUND == 0 and any(counts.values()):
        turn, place = (turn, place) if place else (turn - 1, len(counts))
        start = (place - 1) // ROUND * ROUND
    else:
        start = place // ROUND * ROUND
    order = list(counts)
    random.Random(f"{seed}/{turn}").shuffle(order)
    # What was answered out of turn comes first.
    order.sort(key=lambda name: counts[name] <= turn)
    return order[start : start + ROUND], place - start


def claims_to_sort() -> Sorting:
    """Collect the claims that students sort by kind.

    Examples
    --------
    >>> claims_to_sort().items["C24"].key
    'definitional'
    """
    table = load("claim_sorting").merge(load("claims")[["claim", "text", "kind"]], on="claim")
    columns = ["text", "kind", "reason", "hint", "also", "also_reason"]
    items = {row[0]: Item(*row[1:]) for row in table[["claim", *columns]].itertuples(index=False)}
    kinds = load("claim_kinds")[["kind", "label", "task", "settled_by"]]
    kinds = {kind: Kind(*about) for kind, *about in kinds.itertuples(index=False)}
    return Sorting(items=items, kinds=kinds, noun="claim")
