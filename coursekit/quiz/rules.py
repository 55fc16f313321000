"""What makes a bank fit for use: the right form, and rules for what no schema sees."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import mean
from typing import Any

from coursekit.content import by_course
from coursekit.data import key, load, names, unknown_claims
from coursekit.documents import misfits, read
from coursekit.errors import CourseError, unknown
from coursekit.expressions import compute
from coursekit.profile import profile
from coursekit.quiz.bank import SCHEMA, build, paths
from coursekit.quiz.questions import Bank, Option, Pair, Question
from coursekit.sentences import Sentences
from coursekit.wording import loaded_words

SAY = Sentences(__file__)
# Options that are all this short cannot give themselves away by their length.
SHORT = 30
# A right option may be this many times as long as the wrong ones are on average, or as short.
LIKE_LENGTH = 1.6
QUOTED_WORDS = 20
WORDS_OF_A_REASON = 5

_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_CATCH_ALL = re.compile(
    r"\b(all|none|both|any|neither) of (the |these|them|those)( ?(above|below|other)s?)?"
    r"|\b[a-h] and [a-h]\b",
    re.IGNORECASE,
)


def validate(name: str | Path) -> Bank:
    """Check a bank and load it; raises CourseError, which lists all that is wrong, a line each."""
    found = paths()
    if not isinstance(name, Path) and name not in found:
        raise unknown("quiz", name, found)
    path = name if isinstance(name, Path) else found[name]
    document = read(path)
    if wrong := problems(document, path.name):
        raise CourseError("\n".join(wrong))
    return build(document)


def problems(document: Any, file: str) -> list[str]:
    """List what is wrong with the data of a bank."""
    found, malformed = misfits(document, SCHEMA, file, "questions")
    if None in malformed:
        return found
    whole = [q for n, q in enumerate(document["questions"]) if n not in malformed]
    bank = build({**document, "questions": whole})
    for question in bank.questions:
        for rule in RULES:
            found += [f"{file}, {question.id}: {problem}" for problem in rule(question)]
    for of_bank in BANK_RULES:
        found += [f"{file}: {problem}" for problem in of_bank(bank, file)]
    return found


def _texts(question: Question) -> Iterator[str]:
    yield from (question.objective, question.stem, question.model_answer, question.explanation)
    for option in question.options:
        yield from (option.text, option.why, option.misconception)
    for pair in question.pairs:
        yield from (pair.text, pair.why)


def _graded(question: Question) -> tuple[list[Option], list[Option]]:
    """Split options into right and wrong ones, where a question has both."""
    if question.type not in ("single", "multiple"):
        return [], []
    right = [option for option in question.options if option.right]
    return right, [option for option in question.options if not option.right]


def _number_of_right_options(question: Question) -> Iterator[str]:
    right, wrong = _graded(question)
    if question.type == "single" and len(right) != 1:
        yield f"{len(right)} options are right. Mark exactly one with 'right: true'."
    if question.type == "multiple" and not (right and wrong):
        yield "it needs a right option and a wrong one, or to tick all or nothing is safe."


def _misconceptions(question: Question) -> Iterator[str]:
    right, wrong = _graded(question)
    for option in wrong:
        if not option.misconception:
            yield f"option {option.key} is wrong. Add the 'misconception' that leads to it."
    for option in right:
        if option.misconception:
            yield f"option {option.key} is right. Take its 'misconception' out."


def _reasons(question: Question) -> Iterator[str]:
    # The choices of a match need no reason: its lines have them.
    options = () if question.type == "match" else question.options
    for part in chain[Option | Pair](options, question.pairs):
        if len(part.why.split()) < WORDS_OF_A_REASON:
            yield f"the 'why' of {part.key} is too short to teach. Write a full sentence."


def _same_texts(question: Question) -> Iterator[str]:
    for parts in (question.options, question.pairs):
        texts = [part.text.casefold() for part in parts]
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            yield f"{text!r} stands there twice. Change one, or take it out."


def _lengths(question: Question) -> Iterator[str]:
    right, wrong = _graded(question)
    if not (right and wrong) or max(len(o.text) for o in question.options) <= SHORT:
        return
    typical = mean(len(option.text) for option in wrong)
    for option in right:
        ratio = len(option.text) / typical
        if not 1 / LIKE_LENGTH <= ratio <= LIKE_LENGTH:
            size = {"length": len(option.text), "typical": typical, "factor": LIKE_LENGTH}
            yield SAY("length", key=option.key, **size)


def _cues(question: Question) -> Iterator[str]:
    right, wrong = _graded(question)
    stem = _long_words(question.stem)
    spread = set[str]().union(*(_long_words(option.text) for option in wrong))
    for option in right:
        cues = sorted((stem & _long_words(option.text)) - spread)
        if len(cues) >= 2:
            yield SAY("cues", key=option.key, cues=", ".join(cues))


def _long_words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{6,}", text.lower()))


def _catch_alls(question: Question) -> Iterator[str]:
    for option in question.options:
        if found := _CATCH_ALL.search(option.text):
            yield SAY("catch_all", key=option.key, said=found.group())


def _wording(question: Question) -> Iterator[str]:
    for text in _texts(question):
        for quotation in _QUOTED.findall(text):
            if len(quotation.split()) > QUOTED_WORDS:
                yield f"quotation {quotation[:40]}... is longer than {QUOTED_WORDS} words. Cut it."
        plain = _QUOTED.sub("", text)
        for phrase, write in loaded_words(text, "pages"):
            yield f"it says {phrase!r}. Write: {write}."
        if "!" in plain:
            yield f"there is an exclamation mark in {plain[:40]!r}. Take it out."


@by_course
def _known_keys(kind: str) -> set[str]:
    return set(load(kind)[key(kind)])


def _references(question: Question) -> Iterator[str]:
    yield from unknown_claims(question.claims)
    tables = profile().sources
    known = set(names()).union(*map(_known_keys, tables))
    for source in question.sources:
        if source not in known:
            yield SAY("source", source=source, tables=", ".join(tables))


def _structure(question: Question) -> Iterator[str]:
    keys = {option.key for option in question.options}
    if question.type == "order" and set(question.order) != keys:
        yield f"'order' must name each of {', '.join(sorted(keys))} once."
    for pair in question.pairs:
        if pair.match not in keys:
            yield f"{pair.key} matches {pair.match!r}, which is not one of the options."


def _recomputed(question: Question) -> Iterator[str]:
    if not question.expression or question.answer is None:
        return
    try:
        value = float(compute(question.expression))
    except Exception as error:  # whatever an author's expression may do
        yield f"the expression cannot be computed ({type(error).__name__}: {error})."
        return
    # The rounded answer must leave room for a reader who rounds differently.
    if not abs(value - question.answer) <= max(question.tolerance / 4, 1e-9):
        yield SAY("recomputed", answer=question.answer, value=value)


RULES = (
    *(_number_of_right_options, _misconceptions, _reasons, _same_texts, _lengths, _cues),
    *(_catch_alls, _wording, _references, _structure, _recomputed),
)


def _ids(bank: Bank, file: str) -> Iterator[str]:
    if not file.startswith(f"{bank.notebook}_"):
        yield f"'notebook' is {bank.notebook}, so the file's name must begin with {bank.notebook}_."
    ids = [question.id for question in bank.questions]
    for id in dict.fromkeys(ids):
        if ids.count(id) > 1:
            yield f"{id} is the id of {ids.count(id)} questions. Give each its own number."
        if not id.startswith(f"{bank.notebook}-q"):
            yield f"{id} must begin with {bank.notebook}-q, the name of its bank."


def _longest(bank: Bank, file: str) -> Iterator[str]:
    graded = [_graded(question) for question in bank.questions if question.type == "single"]
    singles = [(right[0], wrong) for right, wrong in graded if len(right) == 1 and wrong]
    long = [o for o, wrong in singles if len(o.text) > max(SHORT, *(len(w.text) for w in wrong))]
    if len(long) > max(1, len(singles) / 2):
        yield SAY("longest", long=len(long), singles=len(singles))


BANK_RULES = (_ids, _longest)
