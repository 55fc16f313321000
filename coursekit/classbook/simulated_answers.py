"""How a made-up student answers one thing: rightly, by a guess, or wrong as students are."""

import numpy as np

from coursekit.classbook.reading import answer_to, predictions, questions
from coursekit.classbook.simulated import GIVEN_AWAY, SLIP, Truth, knows
from coursekit.quiz import score
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# Wrong numbers are wrong in ways that recur.
FACTORS = (0.5, 2, 0.1, 10, 1.25, 0.8)


def answer(id: str, item: Truth, ability: float, chance: np.random.Generator):
    """Answer a question; what is given has the form that `score` takes."""
    question = questions()[id]
    known = chance.random() < knows(item, ability)
    if question.type == "single":
        return _option(question, item, known, chance)
    if known and chance.random() >= SLIP:
        solution = question.solution
        return solution | {"text": SAY["short"]} if question.type == "short" else solution
    return _wrong_answer(question, chance)


def _option(question, item, known, chance):
    keys = [option.key for option in question.options]
    right = question.solution
    if item.flaw == "giveaway":
        known, slips = True, chance.random() >= GIVEN_AWAY
    else:
        slips = chance.random() < SLIP
    if not known:
        return str(chance.choice(keys))
    if item.flaw == "miskeyed" or (item.flaw == "two_right" and chance.random() < 0.5):
        right = item.other
    others = [key for key in keys if key != right]
    return str(chance.choice(others)) if slips else right


def _wrong_answer(question, chance):
    if question.type == "short":
        return {"text": SAY["short"], "rating": float(chance.choice([0, 0.5]))}
    if question.type == "numeric":
        return _wrong_number(question, chance)
    while True:
        given = _changed(question, chance)
        if not score(question, given).success:
            return given


def _wrong_number(question, chance):
    for factor in chance.permutation(FACTORS):
        value = float(f"{question.answer * factor:.3g}")
        if not score(question, value).success:
            return value
    return question.answer + 2 * question.tolerance + 1


def _changed(question, chance):
    """Make a small change to the right answer."""
    keys = [option.key for option in question.options]
    if question.type == "order":
        order, place = list(question.order), int(chance.integers(len(keys) - 1))
        order[place], order[place + 1] = order[place + 1], order[place]
        return order
    if question.type == "match":
        line = str(chance.choice([pair.key for pair in question.pairs]))
        return question.solution | {line: str(chance.choice(keys))}
    given = set(question.solution) ^ {str(chance.choice(keys))}
    return sorted(given) or [keys[0]]


def confidence(item: Truth, ability: float, bias: float, chance: np.random.Generator) -> float:
    """Say how sure a student is, 0.5 to 1 in tenths; `bias` makes her surer than right."""
    felt = 0.5 + 0.5 * float(knows(item, ability)) + bias + chance.normal(0, 0.1)
    return float(np.clip(round(felt, 1), 0.5, 1))


def guess(id: str, skill: float, chance: np.random.Generator):
    """Predict: near the answer for one who is skilled (0 to 1), far off for others."""
    asked = predictions()[id]
    answer = answer_to(id)
    if asked.kind == "choice":
        keys = [option.key for option in asked.options]
        return answer if chance.random() < skill else str(chance.choice(keys))
    low, high = asked.bounds
    spread = (1 - skill) * 0.35 * (high - low)
    drawn = np.clip(np.asarray(answer) + chance.normal(0, spread, np.shape(answer)), low, high)
    return asked.rounded(drawn.tolist())
