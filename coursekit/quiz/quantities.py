"""Numbers as people write them."""

import math
import re

from coursekit.errors import CourseError
from coursekit.sentences import measured

_NUMBER = re.compile(
    r"[-+]? ?(\d{1,3}([ ']\d{3})+(?!\d)|[.,]?\d)[\d.,]*(e[-+]?\d+)?", re.IGNORECASE
)
# What people type for a minus: hyphens, dashes, and the sign itself.
_SIGNS = str.maketrans(dict.fromkeys("−–—‐‑‒﹣－", "-") | {"’": "'", "＋": "+"})
_PERCENT = re.compile(r"%|per\s?cent", re.IGNORECASE)


def number(given: object, unit: str = "", near: float = 0.0) -> float:
    """Read a number as people write it; raises CourseError if none can be read."""
    # Takes a comma or a point for decimals, groups of thousands, a sign, and the unit behind the
    # number. A per cent sign divides by 100 where no unit is wanted.
    refusal = CourseError(f"Give one number, such as {measured('16', unit)}. You gave {given!r}.")
    if isinstance(given, float) and math.isfinite(given):
        return given
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise refusal
    # A whole number can be too large for a float; its digits are read as any others are.
    given = str(given)
    text = re.sub(r"\s", " ", given).translate(_SIGNS).strip()
    found = _NUMBER.match(text)
    readings = _readings(found.group()) if found else []
    if not found or not readings:
        raise refusal
    rest = text[found.end() :]
    percent = bool(_PERCENT.search(rest))
    strange = percent and unit and not _PERCENT.search(unit)
    if strange or set(_words(rest)) - set(_words(unit)):
        wanted = f"in {unit}" if unit else "without a unit"
        raise CourseError(f"Give one number, {wanted}. You gave {given!r}.")
    scale = 100 if percent and not unit else 1
    return _likely(text, [value / scale for value in readings], near)


def _likely(text: str, readings: list[float], near: float) -> float:
    """Choose between readings of one text by their size: the answer's sign is no help."""
    # Where a whole number is expected, ``1,309`` is what is counted.
    counted = "," in text and "." not in text and float(near).is_integer() and near
    if counted:
        return max(readings, key=abs)
    return min(readings, key=lambda value: abs(math.log((1 + abs(value)) / (1 + abs(near)))))


def _words(text: str) -> list[str]:
    """List the words of a unit, without per cent and without the s of a plural."""
    words = re.findall(r"[^\s,.]+", _PERCENT.sub(" ", text).casefold())
    return [word.removesuffix("s") for word in words]


def _readings(text: str) -> list[float]:
    """List what digits with separators can mean: ``1,309`` is 1309 or 1.309."""
    text = re.sub(r"[ ']", "", text)
    forms = {text, text.replace(",", ".")}
    for group, decimal in ((",", "."), (".", ",")):
        if re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}(\{group}\d{{3}})+(\{decimal}\d*)?", text):
            forms.add(text.replace(group, "").replace(decimal, "."))
    readings = []
    for form in forms:
        try:
            readings.append(float(form))
        except ValueError:
            continue
    return [value for value in readings if math.isfinite(value)]
