"""Questions of a bank as forms, and scores as feedback: pure functions."""

from functools import cache
from typing import NamedTuple

import yaml

from coursekit.content import PACKAGE
from coursekit.forms.fields import field, item, told
from coursekit.intervals import ENOUGH
from coursekit.quiz import RATINGS, shuffled
from coursekit.sentences import measured

CONFIDENCE = [{"key": str(share), "text": f"{share}%"} for share in range(50, 101, 10)]
KINDS = {
    "single": ("choice", "Choose one answer first."),
    "multiple": ("several", "Choose at least one answer first."),
    "numeric": ("number", "Write a number first."),
    "order": ("order", ""),
    "match": ("match", "Choose a partner for each line first."),
    "short": ("text", "Write a sentence or two first."),
}
MANY = "More than one answer can be right."
MOVE = "Move the lines with the arrows, the first one to the top."


class Sure(NamedTuple):
    """How sure a student was of an answer."""

    confidence: float
    right: int = 0
    answers: int = 0


@cache
def _words():
    return yaml.safe_load((PACKAGE / "quiz" / "words.yaml").read_text(encoding="utf-8"))


def _choices(options):
    return [{"key": option.key, "text": option.text} for option in options]


def _answer(question, seed, response=None):
    kind, required = KINDS[question.type]
    options = list(shuffled(question, seed))
    more = {"main": True, "required": required}
    match question.type:
        case "multiple":
            more["help"] = MANY
        case "numeric":
            more["unit"] = question.unit
        case "match":
            more["lines"] = _choices(question.pairs)
        case "order":
            more["how"] = MOVE
    if response and question.type == "order":
        options.sort(key=lambda option: response.index(option.key))
    elif response is not None and question.type != "order":
        more["value"] = response
    return field(kind, "answer", question.stem, options=_choices(options), **more)


def asked(
    question, seed: str | int, *, response=None, confidence: bool = True, told: bool = True, **more
) -> dict:
    """Make the form of a question; its button says whether something is `told` of the answer."""
    fields = [_answer(question, seed, response)]
    short = question.type == "short"
    if confidence and not short:
        required = "Say how sure you are first: 50% is a guess, 100% is certain."
        look = {"options": CONFIDENCE, "row": True, "required": required}
        fields.append(field("choice", "confidence", "How sure are you?", **look))
    words = _words()["submit"]
    submit = words["compare" if short else "check" if told else "keep"]
    return item(question.id, fields, submit=submit, **more)


def compared(question, seed: str | int, text: str, **more) -> dict:
    """Make the form on which a student compares a short answer with the model answer."""
    options = [{"key": f"{rating:g}", "text": words} for rating, words in RATINGS.items()]
    look = {"options": options, "row": True}
    look["required"] = "Choose one of the three before you go on."
    fields = [
        {**_answer(question, seed, text), "disabled": True},
        field("said", "model", "A model answer", text=question.model_answer),
        field("choice", "rating", "Does your answer say what this one says?", **look),
    ]
    return item(question.id, fields, submit="Keep my rating", focus="model", **more)


def silent(question, seed: str | int, response, sure: Sure = None, **more) -> dict:
    """Make the form of a question that has been answered and tells nothing."""
    said = _words()["kept_sure" if sure else "kept"]
    title = said.format(sure=f"{sure.confidence:.0%}") if sure else said
    more |= {"locked": True, "feedback": told(title)}
    return item(question.id, [_locked(question, seed, response)], **more)


def _locked(question, seed, response):
    return _answer(question, seed, response["text"] if question.type == "short" else response)


def tone_of(question, score) -> str:
    """Say how an answer stands: ``right``, ``part``, ``wrong``, or ``told`` if nobody judges it."""
    if question.type == "short":
        return "told"
    return "right" if score.success else "part" if score.points else "wrong"


def scored(
    question, seed: str | int, response, score, attempt: int, sure: Sure = None, **more
) -> dict:
    """Make the form of a question that has been answered."""
    short, tone = question.type == "short", tone_of(question, score)
    words, title, lines = _words(), score.summary, _lines(question, response, score)
    if attempt > 1:
        title += f" This was try {attempt}; your first one counts."
    elif sure:
        lines.append({"text": _on_confidence(sure, tone)})
    again = {}
    if not (short or score.success):
        # Feedback on these names the right answer; to give it at once is no second try.
        named = question.explanation or question.type in ("numeric", "order", "match")
        again["again"] = words["again_told" if named else "again"]
        # Tests before and after the course do not return.
        returns = question.id[:2].isdigit()
        lines.append({"text": "", "aside": words["due" if returns else "counts"]})
    more |= {"locked": True, "feedback": {"tone": tone, "title": title, "lines": lines}, **again}
    return item(question.id, [_locked(question, seed, response)], **more)


def _on_confidence(sure, tone):
    """Say what an answer and the confidence in it together mean."""
    words, said = _words(), f"{sure.confidence:.0%}"
    reached = [level for level, least in words["levels"].items() if 100 * sure.confidence >= least]
    text = words[tone][reached[-1]].format(sure=said)
    if sure.answers < ENOUGH:
        return text
    counted = words["calibration"].format(right=sure.right, answers=sure.answers, sure=said)
    return f"{text} {counted}"


def _lines(question, response, score):
    options = {option.key: option for option in question.options}
    pairs = {pair.key: pair for pair in question.pairs}
    lines = []
    marks = ("wrong", "right")
    for key, why in score.feedback:
        if key in pairs:
            right = response[key] == pairs[key].match
            line = {"mark": marks[right], "head": pairs[key].text}
            fits = "" if right else f"; “{options[pairs[key].match].text}” fits"
            why = f"You chose “{options[response[key]].text}”{fits}. {why}"
        elif key in options:
            line = {"head": options[key].text}
            if question.type != "order":
                line = {"mark": marks[options[key].right], **line}
                if idea := options[key].misconception:
                    line["aside"] = f"An idea that often leads here: “{idea}”"
        elif key == "model":
            line = {"head": "A model answer"}
        else:
            # She may have written the unit herself.
            unit = question.unit if str(response).strip()[-1:].isdigit() else ""
            line = {"head": f"You said {measured(str(response), unit)}."}
        lines.append({**line, "text": why})
    if question.explanation and question.explanation not in [why for _, why in score.feedback]:
        lines.append({"text": question.explanation})
    return lines
