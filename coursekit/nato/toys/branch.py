"""Six pieces of an argument, to be linked to what they support; then one is never stated."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

from coursekit.argument import Argument
from coursekit.argument.words import listed
from coursekit.errors import CourseError
from coursekit.labs.words import entry
from coursekit.nato.figures.branch import branch_figure
from coursekit.sentences import Sentences
from coursekit.toys.base import Toy

# What each piece supports.
Links = dict[str, str]
WORDS = Sentences(__file__)
# A branch by its top, and the places of its pieces in the finished picture.
BRANCHES = tuple(WORDS["branches"].values())


def answer(pieces: Iterable[str]) -> Links:
    """Say which piece supports which, by the map of the essay."""
    return {
        link.source: link.target
        for link in Argument.essay().links
        if link.relation == "supports" and {link.source, link.target} <= set(pieces)
    }


def hidden(pieces: Iterable[str]) -> list[str]:
    """List the pieces that the essay never states."""
    nodes = Argument.essay().nodes
    return [id for id in pieces if nodes[id].kind == "hidden premise"]


def _above(id: str, right: Links) -> list[str]:
    found = []
    while id in right:
        id = right[id]
        found.append(id)
    return found


def why_not(source: str, target: str, right: Links) -> str:
    """Say why a piece does not support another; empty where it does."""
    if right.get(source) == target:
        return ""
    kind = "beside" if right.get(target) == right.get(source) else "begins"
    if source in _above(target, right):
        kind = "back"
    elif target in _above(source, right):
        kind = "skips"
    return WORDS(kind, source=source, target=target, over=right.get(source))


@dataclass(frozen=True)
class Branch(Toy):
    """Link five pieces to what they support; then find one that is needed and never said."""

    name: ClassVar[str] = "01-branch"
    say: ClassVar[Sentences] = WORDS
    buttons: ClassVar[tuple[str, ...]] = ("link", "show")
    hints: ClassVar[tuple[str, ...]] = ("show",)
    parts: ClassVar[dict[str, str]] = {f"piece-{k}": f"Piece {k}" for k in range(1, 7)}
    tap: ClassVar[str] = "link"

    @property
    def places(self) -> dict[str, tuple[float, float]]:
        """Places of the pieces when all is done, by piece."""
        return dict(BRANCHES[self.seed % len(BRANCHES)])

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The pieces, in the order in which they lie in the ring at first."""
        chance, top, ring = random.Random(self.seed), next(iter(self.places)), list(self.places)
        while ring[0] == top:
            chance.shuffle(ring)
        return tuple(ring)

    def _number(self, id: str) -> str:
        return f"{self.pieces.index(id) + 1}"

    @cached_property
    def right(self) -> Links:
        """What each piece supports."""
        return answer(self.places)

    @cached_property
    def _done(self) -> tuple[Links, str, int, tuple[str, ...], str]:
        """Play the moves: links, piece in hand, number of tries, the last link tried, the guess."""
        links: Links = {}
        last: tuple[str, ...] = ()
        held, tries, guess = "", 0, ""
        for move in self.moves:
            last = ()
            if move["press"] == "show":
                source = next(id for id in self.right if id not in links)
                links[source], held, last = self.right[source], "", (source, self.right[source])
                continue
            id = self.pieces[list(self.parts).index(move["part"])]
            if len(links) == len(self.right):
                guess = id
            elif not held:
                held = id
            elif id == held:
                held = ""
            else:
                tries, last = tries + 1, (held, id)
                links |= {held: id} if self.right.get(held) == id else {}
                held = ""
        return links, held, tries, last, guess

    def open(self) -> tuple[str, ...]:
        """Say which moves can be made now."""
        links, *_, guess = self._done
        if len(links) < len(self.right):
            return ("show", "link")
        return () if guess else ("link",)

    def after(self, move: dict[str, Any]) -> Self:
        """Choose a piece, or have a link shown; raises CourseError if none is, or it is linked."""
        if move.get("press") == "link" and "link" in self.open():
            if move.get("part") not in self.parts:
                raise CourseError(WORDS["which"])
            id = self.pieces[list(self.parts).index(move["part"])]
            links, held, *_ = self._done
            if not held and id in links and len(links) < len(self.right):
                raise CourseError(self._of_two("linked", id, links[id]))
        return super().after(move)

    def names(self) -> dict[str, str]:
        """Name the pieces, with what is said in each and what it was linked to."""
        links = self._done[0]
        linked = {id: f" {self._of_two('supports', id, to)}." for id, to in links.items()}
        return {
            part: f"{self._number(id)}. {WORDS['pieces'][id]}{linked.get(id, '')}"
            for part, id in zip(self.parts, self.pieces, strict=True)
        }

    def _of_two(self, name: str, source: str, target: str) -> str:
        return WORDS(name, source=self._number(source), target=self._number(target))

    def _why_not(self, source: str, target: str) -> str:
        right = {self._number(one): self._number(other) for one, other in self.right.items()}
        return why_not(self._number(source), self._number(target), right)

    def shown(self) -> dict[str, Any]:
        """Say what is to be seen."""
        links, held, _, last, guess = self._done
        complete = len(links) == len(self.right)
        wrong = last if last and self._why_not(*last) else ()
        shown = hidden(self.pieces) if guess else ()
        pieces = {id: WORDS["pieces"][id] for id in self.pieces}
        places = self.places if complete else None
        figure = branch_figure(pieces, links, places, held, wrong, shown, named=bool(guess))
        code = WORDS("links" if complete else "texts", pieces=list(self.places))
        return {"figure": figure, "readout": self._readout(), "code": code}

    def _readout(self) -> list[dict[str, str]]:
        links, held, tries, last, guess = self._done
        if guess:
            return self._end(guess, tries)
        if len(links) == len(self.right):
            return [
                entry(WORDS["complete"], WORDS["placed_value"], WORDS["placed"]),
                entry(WORDS["one_more"], WORDS["guess"], WORDS["guess_help"]),
            ]
        left = entry(WORDS["left"], f"{len(self.right) - len(links)}", WORDS["left_help"])
        if held:
            said = WORDS("then", held=WORDS["pieces"][held])
            return [entry(WORDS["held"], WORDS("piece", number=self._number(held)), said), left]
        if not last:
            return [entry(WORDS["begin"], WORDS["first"], WORDS["second"]), left]
        if reason := self._why_not(*last):
            return [entry(WORDS["was_wrong"], self._of_two("does_not", *last), reason), left]
        how = "was_shown" if self.moves[-1]["press"] == "show" else "was_right"
        note = next((k.note for k in Argument.essay().links if (k.source, k.target) == last), "")
        return [entry(WORDS[how], self._of_two("supports", *last), note), left]

    def _end(self, guess: str, tries: int) -> list[dict[str, str]]:
        unsaid = sorted(map(self._number, hidden(self.pieces)))
        found = self._number(guess) in unsaid
        said = WORDS("found" if found else "missed", guess=self._number(guess))
        shown = sum(move["press"] == "show" for move in self.moves)
        return [
            entry(WORDS["never"], listed(unsaid, "and"), said),
            entry(WORDS["tried"], f"{tries}", WORDS("tried_means", shown=shown)),
        ]
