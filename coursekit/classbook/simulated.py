"""What is true of a made-up class: how hard each question is, and what its students know."""

from typing import NamedTuple

import numpy as np

from coursekit.classbook.reading import questions
from coursekit.ids import bank_of
from coursekit.profile import profile

SHARPNESS = 1.5
SLIP = 0.03
GIVEN_AWAY = 0.985
# How far the course lifts a student, in standard deviations of what students know.
LEARNT = 1.2
# After so many days a third is left of it.
FORGETTING = 120.0
WEEK, LAST_DAY = 7, 80
POINTS, WEIGHTS = np.polynomial.hermite_e.hermegauss(41)


class Truth(NamedTuple):
    """A question in truth: half know it at `difficulty`; `other` is the option that is right."""

    difficulty: float
    guess: float
    flaw: str = ""
    other: str = ""


class Model(NamedTuple):
    """A made-up course: its questions, and which of them are faulty on purpose."""

    items: dict[str, Truth]
    flaws: dict[str, str]


def model(seed: int, flaws: bool = True) -> Model:
    """Make up how hard each question is; twins of the tests are alike.

    Three questions are faulty on purpose: one with the wrong key, one with two right answers, one
    that everybody answers.
    """
    chance = np.random.default_rng(seed)
    known, items, aims = questions(), {}, {}
    for id, one in known.items():
        bank = bank_of(id)
        difficulty = 0.8 * (one.difficulty - 2) + chance.normal(0.2, 0.9)
        if bank in profile().tests:
            difficulty = aims.setdefault(one.objective, difficulty)
        guess = 1 / len(one.options) if one.type == "single" else 0.0
        items[id] = Truth(difficulty, guess)
    single = (id for id, one in known.items() if one.type == "single")
    fit = [id for id in single if bank_of(id) not in profile().tests]
    fit = [id for id in fit if abs(items[id].difficulty - LEARNT + 0.3) < 0.5]
    names = ("miskeyed", "two_right", "giveaway") if flaws else ()
    picked = chance.choice(fit, len(names), replace=False)
    planted = {name: str(id) for name, id in zip(names, picked, strict=True)}
    for name, id in planted.items():
        wrong = [option.key for option in known[id].options if not option.right]
        items[id] = items[id]._replace(flaw=name, other=str(chance.choice(wrong)))
    return Model(items, planted)


def lift(days: float) -> float:
    """Say what is left of what was learnt, so many days later."""
    return LEARNT * float(np.exp(-days / FORGETTING))


def when(bank: str) -> int:
    """Say on which day of the course a bank is answered."""
    tests = {profile().before: 0, profile().after: LAST_DAY}
    if bank in tests:
        return tests[bank]
    return 1 + WEEK * int(bank) if bank.isdigit() else 1


def lifted(bank: str) -> float:
    """Say how far students are lifted when they answer a bank for the first time."""
    if bank == profile().before:
        return 0.0
    return lift(LAST_DAY / 2 if bank == profile().after else 0)


def knows(item: Truth, ability):
    """Compute the chance that somebody of an ability knows the answer; 0 to 1."""
    return 1 / (1 + np.exp(-SHARPNESS * (np.asarray(ability) - item.difficulty)))


def share_right(item: Truth, lifted: float) -> float:
    """Compute the share of all possible students whose answer has the key's choice."""
    known = float(np.sum(WEIGHTS * knows(item, POINTS + lifted)) / WEIGHTS.sum())
    guessed = (1 - known) * item.guess
    if item.flaw == "giveaway":
        return GIVEN_AWAY
    if item.flaw == "miskeyed":
        # Who slips takes any other choice, the key among them.
        return guessed + known * SLIP * item.guess / (1 - item.guess)
    return guessed + known * (1 - SLIP) * (0.5 if item.flaw == "two_right" else 1)


def true_gain(made: Model) -> float:
    """Compute what all possible students would gain of what they could gain, on average."""

    def mean(name):
        items = [item for id, item in made.items.items() if bank_of(id) == name]
        return np.mean([share_right(item, lifted(name)) for item in items])

    before, after = map(mean, profile().tests)
    return float((after - before) / (1 - before))
