"""What a file of predictions must keep to, for those who write one."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from coursekit.data import unknown_claims
from coursekit.documents import misfits, read
from coursekit.errors import CourseError
from coursekit.ids import notebook_of
from coursekit.predictions.judging import judge, truth
from coursekit.predictions.loading import SCHEMA, Prediction, parse


def validate(path: Path) -> list[str]:
    """Check a file of predictions; raises CourseError if it is not valid YAML."""
    document = read(path)
    problems, malformed = misfits(document, SCHEMA, path.name, "predictions")
    if malformed:
        return problems
    predictions = parse(path)
    notebook = document["notebook"]
    if notebook_of(path.name) != notebook:
        problems.append(
            f"{path.name}: the name must begin with the notebook's number, {notebook}_."
        )
    for id, times in Counter(prediction.id for prediction in predictions).items():
        if times > 1:
            problems.append(f"{path.name}: the id {id} is used {times} times; each needs its own.")
    for prediction in predictions:
        where = f"{path.name}, {prediction.id}"
        problems += [f"{where}: {problem}" for problem in _rules(prediction)]
    return problems


def _rules(prediction: Prediction) -> Iterator[str]:
    if not prediction.id.startswith(f"{prediction.notebook}-"):
        yield f"the id must begin with the notebook's number, {prediction.notebook}-."
    yield from unknown_claims(prediction.claims)
    choice, number = prediction.kind == "choice", prediction.kind == "number"
    if number and (prediction.turn is None) == ("opposite" in prediction.tells):
        yield "'turn' and a text for 'opposite' go together; give both or neither."
    if prediction.bounds and not prediction.bounds[0] < prediction.bounds[1]:
        yield "the first of the bounds must be the smaller one."
    if list(prediction.at) != sorted(prediction.at):
        yield "the places in 'at' must stand in rising order."
    keys = [option.key for option in prediction.options]
    if len(set(keys)) < len(keys):
        yield "two options have the same key."
    places = {"yours", "truth"} if choice else {"yours", "truth", "off"}
    texts = [(text, places) for text in prediction.tells.values()]
    texts += [(option.says, places) for option in prediction.options]
    texts.append((prediction.explain, {"truth"}))
    wrong = [problem for text, allowed in texts for problem in _places(text, allowed)]
    yield from wrong
    try:
        answer = truth(prediction)
    except CourseError as problem:
        yield str(problem)
        return
    if choice or wrong:
        return
    low, high = prediction.bounds
    if not all(low <= part <= high for part in (answer if not number else [answer])):
        yield f"the answer, {prediction.words(answer)}, lies outside the bounds."
    elif judge(prediction, prediction.rounded(answer), answer).kind != "exact":
        yield "the answer as it is told does not count as exact."


def _places(text: str, allowed: set[str]) -> Iterator[str]:
    """Find what stands in braces and cannot be filled in."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        yield f"a brace is missing or too many in {text!r}."
        return
    for _, name, spec, conversion in parts:
        if name is not None and (name not in allowed or spec or conversion):
            can = ", ".join(f"{{{place}}}" for place in sorted(allowed))
            yield f"{{{name}}} cannot be filled in here. You can use {can}."
