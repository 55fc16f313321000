"""What the tests know about the sections of a notebook, and about answers that stand too early."""

import re

FOLDED = "jp-MarkdownHeadingCollapsed"
SPELT = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
]
FIGURES = r"\d+(?:,\d{3})*(?:\.\d+)?"
NUMBER = re.compile(rf"(?<![\w.,])(?:{FIGURES}(?![,.]?\d)|(?i:{'|'.join(SPELT)})\b)")
# How far apart the numbers of one row or sentence stand at most.
NEAR = 60


def level(cell):
    """Level of the heading that a text cell begins with; 0 without one."""
    found = re.match(r"(#{1,6}) ", cell.source) if cell.cell_type == "markdown" else None
    return len(found[1]) if found else 0


def end(cells, place):
    """Where the section of a heading ends: at the next heading as high, or None."""
    return next(
        (n for n in range(place + 1, len(cells)) if 0 < level(cells[n]) <= level(cells[place])),
        None,
    )


def folds(cells):
    """First and last place of each folded section: its heading, and the heading that ends it."""
    return {
        place: end(cells, place) for place, cell in enumerate(cells) if cell.metadata.get(FOLDED)
    }


def seen(cells, stop):
    """Texts that a reader of the stored page sees before a cell, all folds being closed."""
    hidden = {n for first, last in folds(cells).items() for n in range(first + 1, last or stop)}
    for place in range(stop):
        if place in hidden:
            continue
        if cells[place].cell_type == "markdown":
            yield cells[place].source
        # What a card offers to choose from says nothing about what is right.
        if not re.search(r"ck\.(predict|quiz)\(", cells[place].source):
            for output in cells[place].get("outputs", []):
                yield output.get("data", {}).get("text/plain", "")


def numbers(text):
    """Each number of a text, in figures or as a word: where it begins and ends, and its value."""
    for found in NUMBER.finditer(text):
        word = found[0].lower().replace(",", "")
        yield *found.span(), float(SPELT.index(word) if word in SPELT else word)


def tells(prediction, answer, text):
    """Whether a text gives the answer of a prediction away.

    Numbers that are too short to be told apart from others count only with their unit, and not
    at all without one.
    """
    plain = re.sub(r"[*_`]", "", text)
    words = re.sub(r"\s+", " ", plain)
    if prediction.words(answer).casefold() in words.casefold() and (
        prediction.kind != "number" or prediction.unit not in ("", "%")
    ):
        return True
    if prediction.kind == "choice":
        return False

    def same(value, right):
        return abs(value - abs(right)) < 0.5 * 10**-prediction.decimals

    found = list(numbers(plain))
    if prediction.kind == "curve":
        return any(_in_a_row(found[n:], answer, same) for n in range(len(found)))
    unit = re.compile(rf"[\s\u00a0]*{re.escape(prediction.unit.split(' ')[0])}")
    digits = re.sub(r"\D", "", prediction.words(answer)).strip("0")
    told_apart = len(digits) >= (2 if prediction.decimals else 3)
    return any(
        same(value, answer)
        and (told_apart or (prediction.unit not in ("", "%") and unit.match(plain, last)))
        for _, last, value in found
    )


def _in_a_row(found, answer, same):
    """Whether numbers begin with those of a curve, each near the one before."""
    wanted, last = iter(answer), None
    right = next(wanted)
    for first, stop, value in found:
        if last is not None and first - last > NEAR:
            return False
        if same(value, right):
            right, last = next(wanted, None), stop
            if right is None:
                return True
        elif last is None:
            return False
    return False
