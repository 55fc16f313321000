"""Predictions on a card, and the reveal that speaks to them."""

import json
from typing import Any

from coursekit.errors import CourseError
from coursekit.forms.fields import Form, field, item, told
from coursekit.predictions import Prediction, explanation, judge, load, read_response, truth
from coursekit.sentences import Sentences
from coursekit.widgets.card import Card, picture
from coursekit.widgets.keeping import keep, kept

SAY = Sentences(__file__)


def _committed(prediction: Prediction) -> Any:
    """Find what the student locked in; the first counts. None if she did not."""
    activity = f"prediction/{prediction.id}"
    for made in kept(activity).get(activity, ()):
        try:
            return read_response(prediction, json.loads(made["result"]["response"]))
        except (CourseError, KeyError, ValueError):
            continue
    return None


class Predict(Card):
    """Take a prediction, once; raises CourseError if there is no such prediction."""

    def __init__(self, id: str):
        self.prediction = load(id)
        super().__init__([self._form(_committed(self.prediction))], name="Prediction")
        self._gate()

    def _form(self, value: Any) -> Form:
        made = self.prediction
        more: Form = {}
        if made.kind == "choice":
            more["options"] = [{"key": one.key, "text": one.text} for one in made.options]
        else:
            more["unit"] = made.unit
        if made.kind == "curve":
            low, high = made.bounds
            more |= {"low": low, "high": high, "step": 10**-made.decimals}
            more |= {"at": list(made.at), "axis": made.axis, "how": SAY["how"]}
        if value is not None:
            number = made.kind == "number"
            more["value"] = made.words(value, unit=False, exact=True) if number else value
        more |= {"main": True, "help": made.help, "required": SAY["required"][made.kind]}
        question = field(made.kind, "prediction", made.ask, **more)
        if value is None:
            more = {"submit": SAY["submit"], "foot": SAY["final"]}
        else:
            feedback = told(f"Locked in: {made.words(value, exact=True)}.")
            more = {"locked": True, "feedback": feedback}
        return item(made.id, [question], label="Predict", **more)

    def submit(self, key: str, values: Form) -> None:
        """Lock the prediction in; raises CourseError if it is missing or no prediction."""
        made = self.prediction
        value = _committed(made)
        if value is None:
            if values["prediction"] is None:
                raise CourseError(SAY["required"][made.kind])
            value = read_response(made, values["prediction"])
            about = {"response": json.dumps(value)}, {"notebook": made.notebook}
            keep("predicted", f"prediction/{made.id}", *about)
        self.put(self._form(value))
        self._gate()

    def _gate(self) -> None:
        self.gate = "open" if self.items[0].get("locked") else "shut"

    def refresh(self) -> None:
        """Lock the card as soon as another one for the same prediction has been locked."""
        if not self.items[0].get("locked") and _committed(self.prediction) is not None:
            self.put(self._form(_committed(self.prediction)))
            self._gate()


class Reveal(Card):
    """Show what is true beside what was predicted, once something was."""

    def __init__(self, id: str, skip: bool = False):
        self.prediction, self.skip = load(id), skip
        self.value = _committed(self.prediction)
        super().__init__([self._form()], name="What happened")

    def _form(self) -> Form:
        made, value = self.prediction, self.value
        if value is None and not self.skip:
            shut = told("Predict first.", [{"text": SAY["shut"]}])
            return item(made.id, [], feedback=shut, again=SAY["skip"])
        answer = truth(made)
        values = [{"label": "The answer", "value": made.words(answer)}]
        lines = [{"text": explanation(made, answer)}] if made.explain else []
        feedback = told(SAY["unasked"])
        if value is not None:
            verdict = judge(made, value, answer)
            feedback["title"] = SAY["headlines"][made.kind][verdict.kind]
            values.insert(0, {"label": "You said", "value": made.words(value, exact=True)})
            lines.insert(0, {"text": verdict.text})
        feedback |= {"values": values, "lines": lines}
        if made.kind == "curve":
            from coursekit.figures.prediction import prediction_figure

            feedback["picture"] = picture(prediction_figure(made, value, answer))
        return item(made.id, [], feedback=feedback)

    def again(self, key: str) -> None:
        """Show the answer to who asks to see it without a prediction."""
        self.skip = True
        self.put(self._form())

    def refresh(self) -> None:
        """Show the answer as soon as a prediction has been locked in."""
        if self.value is None:
            self.value = _committed(self.prediction)
            if self.value is not None:
                self.put(self._form())


def predict(id: str) -> Predict:
    """Ask for a prediction before the answer is shown.

    Parameters
    ----------
    id : str
        Of the prediction, such as ``"02-members"``.

    Returns
    -------
    Predict
        The card. Once locked in, a prediction cannot be changed, and it is kept in the record.

    Raises
    ------
    CourseError
        If there is no such prediction.

    Examples
    --------
    >>> predict("02-seven").items[0]["submit"]
    'Lock in my prediction'
    """
    return Predict(id)


def reveal(id: str, skip: bool = False) -> Reveal:
    """Show what is true, beside what was predicted.

    As long as nothing was predicted it only says so; it fills by itself when a prediction is
    locked in on the same page.

    Parameters
    ----------
    id : str
        Of the prediction, such as ``"02-members"``.
    skip : bool, optional
        Whether to show the answer without a prediction.

    Returns
    -------
    Reveal
        The card.

    Raises
    ------
    CourseError
        If there is no such prediction, or its answer cannot be computed.

    Examples
    --------
    >>> reveal("02-seven", skip=True).items[0]["feedback"]["values"][0]["value"]
    '25 members'
    """
    return Reveal(id, skip)
