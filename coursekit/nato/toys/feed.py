"""Six quotations without names and dates: who, when, how sure; or look it up."""

import random
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar

from coursekit.data import load
from coursekit.labs.words import entry
from coursekit.nato.figures.feed import Post, feed_figure
from coursekit.nato.statements.lines import quoted
from coursekit.nato.statements.quotations import INVASION, Statement, date_in_words
from coursekit.nato.statements.quotations import statement as found
from coursekit.sentences import Sentences
from coursekit.toys.base import Toy

EACH = 2
WHO = ("first", "second", "third", "fourth")
PERIODS = ("century", "calm", "before", "since")
# Years in which the second and the third begin.
BEGIN = ("2000", "2014")
SURE = {"half": 50, "rather": 75, "certain": 100}
STEPS = ("who", "when", "sure")
LOOKED, WORTH = 5, 10


# A table is searched for each of them, and a game asks for the same few again and again.
statement = cache(found)


@cache
def _begin() -> tuple[str, str, str]:
    events = load("events").set_index("event")
    return (*BEGIN, str(events.loc[INVASION, "date"].date()))


def points(sure: int, right: bool) -> int:
    """Give points for an answer: a quadratic score, 0 for a guess and 10 for what is known.

    Who believes what she says expects the most points from saying what she believes.

    Examples
    --------
    >>> [points(sure, True) for sure in (50, 75, 100)]
    [0, 8, 10]
    >>> [points(sure, False) for sure in (50, 75, 100)]
    [0, -13, -30]
    """
    miss = int(right) - sure / 100
    exact = WORTH * (1 - 4 * miss**2)
    return int(exact + (0.5 if exact > 0 else -0.5))


def period(date: str) -> str:
    """Say in which of the four periods a date lies."""
    return PERIODS[sum(date >= first for first in _begin())]


def spoken_by(said: Statement) -> str:
    """Name a speaker in a few words."""
    return str(Feed.say["speakers"].get(said.speaker, said.speaker))


def six(seed: int) -> tuple[str, ...]:
    """Choose two statements of each side, in any order, from three periods or more."""
    chance = random.Random(seed)
    while True:
        chosen = [name for side in Feed.say["sides"].values() for name in chance.sample(side, EACH)]
        said = [statement(name) for name in chosen]
        several = len({period(one.date) for one in said}) >= 3
        if several and len({spoken_by(one) for one in said}) == len(said):
            chance.shuffle(chosen)
            return tuple(chosen)


def choices(name: str, seed: int) -> tuple[str, ...]:
    """Choose four speakers: the right one, and others from each side."""
    chance, right = random.Random(f"{seed} {name}"), spoken_by(statement(name))
    found = {right}
    sides = list(Feed.say["sides"].values())
    for side in (*sides, *chance.sample(sides, len(sides))):
        others = {spoken_by(statement(one)) for one in side} - found
        if len(found) < len(WHO) and (name not in side or len(found) == len(WHO) - 1):
            found.add(chance.choice(sorted(others)))
    return tuple(chance.sample(sorted(found), len(WHO)))


@dataclass(frozen=True)
class Feed(Toy):
    """Say who said six things and when, and how sure you are; or look it up."""

    stay: ClassVar[bool] = False
    name: ClassVar[str] = "07-feed"
    say: ClassVar[Sentences] = Sentences(__file__)
    buttons: ClassVar[tuple[str, ...]] = (*WHO, *PERIODS, *SURE, "look")

    @cached_property
    def drawn(self) -> tuple[str, ...]:
        """The six statements of this game."""
        return six(self.seed)

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """What was answered so far, the last one perhaps in part."""
        made = []
        presses = [move["press"] for move in self.moves]
        for name in self.drawn:
            answer: dict[str, str] = {}
            while presses and "sure" not in answer and "look" not in answer:
                press = presses.pop(0)
                answer["look" if press == "look" else STEPS[len(answer)]] = press
            made.append(self._post(name, answer))
            if not made[-1].done:
                break
        return tuple(made)

    def _post(self, name: str, answer: dict[str, str]) -> Post:
        said = statement(name)
        speaker, day = spoken_by(said), period(said.date)
        who = choices(name, self.seed)[WHO.index(answer["who"])] if "who" in answer else ""
        when, looked = answer.get("when", ""), "look" in answer
        sure = SURE.get(answer.get("sure", ""), 0)
        right = {"who": who == speaker, "when": when == day} if sure else {}
        worth = points(sure, all(right.values())) if sure else LOOKED * looked
        return Post(said, speaker, day, who, when, right, sure, looked, worth)

    @property
    def care(self) -> int:
        """Points so far."""
        return sum(post.points for post in self.posts)

    @property
    def step(self) -> str:
        """What is asked now; empty when the game is over."""
        post = self.posts[-1]
        if post.done:
            return ""
        return "sure" if post.placed else "when" if post.chosen else "who"

    def open(self) -> tuple[str, ...]:
        """Say which buttons can be pressed now."""
        steps = {"who": WHO, "when": PERIODS, "sure": tuple(SURE)}
        return (*steps[self.step], "look") if self.step else ()

    def labels(self) -> dict[str, str]:
        """Name the four speakers of this quotation."""
        return dict(zip(WHO, choices(self.posts[-1].statement.name, self.seed), strict=True))

    def shown(self) -> dict[str, Any]:
        """Say what is to be seen."""
        periods = {name: self.say["buttons"][name]["label"] for name in PERIODS}
        step = self.say["steps"].get(self.step, "")
        return {
            "figure": feed_figure(self.posts, periods, step, len(self.drawn)),
            "readout": self._readout(),
            "code": self.say("code", names=[post.statement.name for post in self.posts]),
        }

    def _readout(self) -> list[dict[str, str]]:
        said, posts = self.say, self.posts
        done = [post for post in posts if post.done]
        fresh = done and (posts[-1].done or not posts[-1].chosen)
        lines = [self._solved(done[-1])] if fresh else []
        if done and not self.step:
            return [*lines, *self._end()]
        number = said("number", number=len(posts), all=len(self.drawn))
        # On a narrow page the picture is wider than the window.
        lines.append(entry(number, said["steps"][self.step], quoted(posts[-1].statement)))
        if posts[-1].chosen:
            when = posts[-1].placed and said["buttons"][posts[-1].placed]["label"]
            lines.append(entry(said["chose"], posts[-1].chosen, when))
        return [*lines, entry(said["care"], _signed(self.care), said["care_how"])]

    def _solved(self, post: Post) -> dict[str, str]:
        said = self.say
        was = f"{post.speaker}, {date_in_words(post.statement.date)}"
        if post.looked:
            return entry(said["it_was"], was, said["looked"])
        how = {"sure": post.sure, "points": _signed(post.points, "+d" if post.points else "d")}
        wrong = [step for step, right in post.right.items() if not right]
        if not wrong:
            return entry(said["it_was"], was, said("right", **how))
        what = said["what"]["both" if len(wrong) == 2 else wrong[0]]
        return entry(said["it_was"], was, said("wrong", what=what, **how))

    def _end(self) -> list[dict[str, str]]:
        said, tried = self.say, [post for post in self.posts if post.right]
        certain = [all(post.right.values()) for post in tried if post.sure == 100]
        count = len(self.drawn)
        best = said("best", most=count * WORTH, careful=count * LOOKED)
        lines = [entry(said["care_all"], _signed(self.care), best)]
        if tried:
            who, when = (sum(post.right[step] for post in tried) for step in ("who", "when"))
            right = said("right_ones", who=who, when=when, all=len(tried))
            lines.append(entry(said["of_those"], right, said["discovery"]))
        if certain:
            right = said("of", right=sum(certain), all=len(certain))
            lines.append(entry(said["sure_right"], right))
        return lines


def _signed(number: int, how: str = "d") -> str:
    """Write a number with a minus sign that is no hyphen."""
    return f"{number:{how}}".replace("-", "−")
