"""Questions of a bank as forms, and scores as feedback: pure functions."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from coursekit.forms.fields import Form, field, item, told
from coursekit.intervals import ENOUGH
from coursekit.quiz import RATINGS, Option, Pair, Question, Score, shuffled
from coursekit.sentences import Sentences, measured

SAY = Sentences(__file__)
Seed = str | int
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


class Try(NamedTuple):
    """An answer and what it earned, scored once."""

    response: Any
    earned: Score


def _choices(options: Iterable[Option | Pair]) -> list[Form]:
    return [{"key": option.key, "text": option.text} for option in options]


def _answer(question: Question, seed: Seed, response: Any = None) -> Form:
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
    question: Question, seed: Seed, *, response: Any = None, told: bool = True, **more: Any
) -> Form:
    """Make the form of a question; its button says whether something is `told` of the answer."""
    # Only of a first answer it counts how sure one was.
    fields = [_answer(question, seed, response)]
    short = question.type == "short"
    if response is None and not short:
        required = "Say how sure you are first: 50% is a guess, 100% is certain."
        look = {"options": CONFIDENCE, "row": True, "required": required}
        fields.append(field("choice", "confidence", "How sure are you?", **look))
    submit = SAY["submit"]["compare" if short else "check" if told else "keep"]
    return item(question.id, fields, submit=submit, **more)


def compared(question: Question, seed: Seed, text: str, **more: Any) -> Form:
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


def silent(question: Question, seed: Seed, response: Any, sure: Sure | None, **more: Any) -> Form:
    """Make the form of a question that has been answered and tells nothing."""
    title = SAY("kept_sure", sure=f"{sure.confidence:.0%}") if sure else SAY["kept"]
    return _locked(question, seed, response, feedback=told(title), **more)


def _locked(question: Question, seed: Seed, response: Any, **more: Any) -> Form:
    text = response["text"] if question.type == "short" else response
    return item(question.id, [_answer(question, seed, text)], locked=True, **more)


def tone_of(question: Question, score: Score) -> str:
    """Say how an answer stands: ``right``, ``part``, ``wrong``, or ``told`` if nobody judges it."""
    if question.type == "short":
        return "told"
    return "right" if score.success else "part" if score.points else "wrong"


def scored(
    question: Question, seed: Seed, tries: Sequence[Try], sure: Sure | None, **more: Any
) -> Form:
    """Make the form of a question that has been answered."""
    response, score = tries[-1]
    short, tone = question.type == "short", tone_of(question, score)
    title, lines = score.summary, _reasons(question, response, score)
    if len(tries) > 1:
        title += f" This was try {len(tries)}; your first one counts."
    elif sure:
        lines.append({"text": _on_confidence(sure, tone)})
    if not (short or score.success):
        # Feedback on these names the right answer; to give it at once is no second try.
        named = question.explanation or question.type in ("numeric", "order", "match")
        more["again"] = SAY["again_told" if named else "again"]
        # Tests before and after the course do not return.
        returns = question.id[:2].isdigit()
        lines.append({"text": "", "aside": SAY["due" if returns else "counts"]})
    return _locked(question, seed, response, feedback=told(title, lines, tone), **more)


def _on_confidence(sure: Sure, tone: str) -> str:
    """Say what an answer and the confidence in it together mean."""
    said = f"{sure.confidence:.0%}"
    reached = [level for level, least in SAY["levels"].items() if 100 * sure.confidence >= least]
    text = SAY[tone][reached[-1]].format(sure=said)
    counted = SAY("calibration", right=sure.right, answers=sure.answers, sure=said)
    return f"{text} {counted}" if sure.answers >= ENOUGH else text


def _reasons(question: Question, response: Any, score: Score) -> list[Form]:
    options = {option.key: option for option in question.options}
    pairs = {pair.key: pair for pair in question.pairs}
    lines: list[Form] = []
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
            said = str(response).strip()
            # She may have written the unit herself; and one member is not "1 members".
            bare = said[-1:].isdigit() and (said not in ("1", "-1", "−1") or question.unit == "%")
            line = {"head": f"You said {measured(said, question.unit if bare else '')}."}
        lines.append({**line, "text": why})
    if question.explanation and question.explanation not in [why for _, why in score.feedback]:
        lines.append({"text": question.explanation})
    return lines
