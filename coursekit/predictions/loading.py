"""Predictions as data: what a prediction is, and how files of them are read."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursekit.content import folder
from coursekit.documents import make, read
from coursekit.errors import unknown
from coursekit.ids import notebook_of
from coursekit.sentences import listed, measured

SCHEMA = Path(__file__).resolve().with_name("schema.json")
# A number, the numbers of a curve, or the key of an option.
Answer = float | list[float] | str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer among several.

    Parameters
    ----------
    key, text : str
        A short name, and what the student reads.
    says : str
        What she is told if she chose it.
    """

    key: str
    text: str
    says: str


@dataclass(frozen=True, slots=True)
class Prediction:
    """A question whose answer the course computes.

    ``docs/prediction_format.md`` says more about each entry.

    Parameters
    ----------
    id, notebook : str
        The name under which it is kept, and the number of its notebook.
    kind : {"number", "choice", "curve"}
        What the student commits to.
    ask, help : str
        The question, and a sentence under it.
    truth : str
        A Python expression that gives the answer.
    unit, one, axis : str
        What is counted, its name where there is one of it, and what the horizontal axis of a
        curve is.
    bounds : tuple of float
        Smallest and largest value that can be entered.
    near : float
        How far off still counts as near.
    turn : float or None
        The value between two directions.
    decimals : int
        Digits shown after the point.
    at : tuple of float
        Places on the horizontal axis.
    options : tuple of Option
        What can be chosen.
    tells : dict of str to str
        What she is told, by verdict.
    explain : str
        What everyone is told.
    claims : tuple of str
        Claims that it bears on.
    """

    id: str
    notebook: str
    kind: str
    ask: str
    truth: str
    help: str = ""
    unit: str = ""
    one: str = ""
    axis: str = ""
    bounds: tuple[float, ...] = ()
    near: float = 0
    turn: float | None = None
    decimals: int = 0
    at: tuple[float, ...] = ()
    options: tuple[Option, ...] = ()
    tells: dict[str, str] = field(default_factory=dict)
    explain: str = ""
    claims: tuple[str, ...] = ()

    def rounded(self, value: Any) -> Any:
        """Round an answer to the digits with which it is told.

        Parameters
        ----------
        value : float or list of float
            A number, or the numbers of a curve.

        Returns
        -------
        float or list of float
            The same, rounded.
        """
        if isinstance(value, list):
            return [self.rounded(part) for part in value]
        # Adding zero turns -0 into 0.
        return round(value, self.decimals) + 0

    def words(self, value: Answer, *, unit: bool = True, exact: bool = False) -> str:
        """Write an answer as it is read.

        Parameters
        ----------
        value : float, list of float or str
            A number, the numbers of a curve, or the key of an option.
        unit : bool, optional
            Whether to name the unit.
        exact : bool, optional
            Whether to keep all digits, as for what a student has written.

        Returns
        -------
        str
            The answer in words.
        """
        if self.kind == "choice":
            return next(option.text for option in self.options if option.key == value)
        numbers = value if isinstance(value, list) else [value]
        text = listed(self._digits(n, exact) for n in numbers)
        if not unit or not self.unit:
            return text
        counted = self.one if self.one and text in ("1", "−1") else self.unit
        return measured(text, counted)

    def _digits(self, number: Any, exact: bool) -> str:
        if exact:
            text = f"{float(number) + 0:,}".removesuffix(".0")
        else:
            text = f"{self.rounded(number):,.{self.decimals}f}"
        return text.replace("-", "−")


def load(id: str) -> Prediction:
    """Load a prediction.

    Parameters
    ----------
    id : str
        Such as ``"02-members"``.

    Returns
    -------
    Prediction
        The question and all that can be told about it.

    Raises
    ------
    CourseError
        If there is no such prediction, or its file cannot be used.

    Examples
    --------
    >>> load("02-seven").unit
    'members'
    """
    files = paths()
    here = [path for path in files if notebook_of(path.name) == notebook_of(id)]
    known = {prediction.id: prediction for path in here or files for prediction in parse(path)}
    if id not in known:
        raise unknown("prediction", id, known)
    return known[id]


def paths() -> list[Path]:
    """Find the files of predictions."""
    return sorted((folder("exercises") / "predictions").glob("*_*.yaml"))


def every() -> list[Prediction]:
    """Load all predictions of the course, in its order."""
    return [one for path in paths() for one in parse(path)]


def parse(path: Path) -> list[Prediction]:
    """Read the predictions of a notebook.

    Parameters
    ----------
    path : pathlib.Path
        A file as ``docs/prediction_format.md`` describes it.

    Returns
    -------
    list of Prediction
        In the order of the file.

    Raises
    ------
    CourseError
        If the file cannot be used; the message says where and what to change.
    """
    return make(read(path), _all, SCHEMA, path.name, "predictions")


def _all(document: dict[str, Any]) -> list[Prediction]:
    return [_prediction(document["notebook"], entry) for entry in document["predictions"]]


def _prediction(notebook: str, entry: dict[str, Any]) -> Prediction:
    lists = {name: tuple(entry.get(name, ())) for name in ("at", "bounds", "claims")}
    options = tuple(Option(**option) for option in entry.get("options", ()))
    return Prediction(**{**entry, **lists, "options": options, "notebook": notebook})
