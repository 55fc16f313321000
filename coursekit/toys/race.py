"""Two nations in a few sentences: numbers to drag, and what follows from them."""

from collections.abc import Iterable, Mapping
from typing import Any

from coursekit.figures.base import Sheet
from coursekit.figures.race_path import MOST, race_path_figure
from coursekit.labs.words import entry
from coursekit.models.arms_race import fixed_point, is_stable
from coursekit.sentences import Sentences
from coursekit.toys.base import Amount

SAY = Sentences(__file__)
_PAIRS = {
    "answers": Amount(0, 10, 1, 6),
    "gives_up": Amount(10, 100, 5, 50),
    "adds": Amount(0, 5, 0.5, 1),
    "has": Amount(0, 40, 1, 10),
}
# By name; `up_` is Upland's and `low_` is Lowland's.
NUMBERS = {f"{who}_{what}": made for who in ("up", "low") for what, made in _PAIRS.items()}
NUMBERS["low_has"] = Amount(0, 40, 1, 4)
TASKS = ("stop", "run", "nervous")
NERVOUS = 10


def begin() -> dict[str, float]:
    """Give the numbers at the start."""
    return {name: amount.value for name, amount in NUMBERS.items()}


def fits(numbers: object) -> bool:
    """Say whether these are numbers that the sentences can show."""
    if not isinstance(numbers, Mapping) or numbers.keys() != NUMBERS.keys():
        return False
    pairs = [(numbers[name], amount) for name, amount in NUMBERS.items()]
    return all(isinstance(n, int | float) and a.low <= n <= a.high for n, a in pairs)


def meant(numbers: Mapping[str, float]) -> tuple[dict[str, float], tuple[float, float]]:
    """Give the parameters of the model and the start that the sentences mean."""
    parameters = {
        "a": numbers["up_gives_up"] / 100,
        "b": numbers["low_gives_up"] / 100,
        "k": numbers["up_answers"] / 10,
        "l": numbers["low_answers"] / 10,
        "g": numbers["up_adds"],
        "h": numbers["low_adds"],
    }
    return parameters, (numbers["up_has"], numbers["low_has"])


def end(numbers: Mapping[str, float]) -> str:
    """Say how the race ends: ``calms``, ``runs_away``, or ``balance`` if nothing drives it."""
    parameters, start = meant(numbers)
    force = {name: parameters[name] for name in "abkl"}
    if is_stable(**force):
        return "calms"
    # With arms and grievances of 0 or more nothing pulls back; in exact balance grievance decides.
    begun = any(start) and is_stable(force["k"], force["l"], force["a"], force["b"])
    return "runs_away" if begun or parameters["g"] + parameters["h"] > 0 else "balance"


def met(numbers: Mapping[str, float]) -> set[str]:
    """Say which tasks these numbers meet."""
    ends = end(numbers)
    if ends != "calms":
        return {"run"} if ends == "runs_away" else set()
    nervous = NERVOUS in (numbers["up_answers"], numbers["low_answers"])
    return {"stop", "nervous"} if nervous else {"stop"}


def shown(numbers: Mapping[str, float], done: Iterable[str], on: Sheet = None) -> dict[str, Any]:
    """Say what is to be seen, as `LiveFigure.show` takes it."""
    parameters, start = meant(numbers)
    ends, detail = end(numbers), ""
    if ends == "calms":
        force = {name: parameters[name] for name in "abklgh"}
        rest = fixed_point(**force)
        detail = SAY("rest", rest=rest) + (SAY["outside"] if max(rest) > MOST else "")
    value, why = SAY["ends"][ends]
    tasks = [task for task in TASKS if task in done]
    left = [task for task in TASKS if task not in done]
    next_task = SAY["tasks"][left[0]] if left else SAY["all_done"]
    given = ", ".join(f"{name}={value:g}" for name, value in parameters.items())
    return {
        "figure": race_path_figure(parameters, start, on=on),
        "readout": [
            entry(SAY["follows"], value, detail or why),
            entry(SAY["next"], SAY("of", done=len(tasks), all=len(TASKS)), next_task),
        ],
        "code": SAY("code", given=given, start=start),
    }
