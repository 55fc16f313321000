"""The numbers and the code that the lab on polarisation shows."""

from coursekit.labs.words import assumptions, entry, lines
from coursekit.nato.figures.polarisation import DISTANCES, LABELS, Sizes, direction, indices
from coursekit.sentences import Sentences

SAY = Sentences(__file__)


def assumes() -> str:
    """Say what the model assumes."""
    return assumptions(SAY("assumes"))


def code(first: int, second: int, unaligned: int, alpha: float) -> str:
    """Write the lines that reproduce the indices."""
    states = first + second + unaligned
    if states < 2:
        return SAY("no_code")
    sizes = {"first": first, "second": second, "unaligned": unaligned}
    shares = f"[{', '.join(f'{size}/{states}' for size in sizes.values())}]"
    return SAY("code", alpha=alpha, shares=shares, distances=DISTANCES, **sizes)


def readout(before: Sizes, now: Sizes, alpha: float) -> list[dict[str, str]]:
    """Say what each index does, and what follows."""
    values = zip(LABELS.items(), indices(*before, alpha), indices(*now, alpha), strict=True)
    entries, ways = [], []
    for (name, label), old, new in values:
        way = direction(old, new)
        ways.append(way)
        told = "not defined" if new is None else f"{new:.3f}, {way}"
        why = SAY["too_few"] if new is None else SAY("before", old=old)
        entries.append(entry(label, told, why + SAY["details"][name], name))
    return entries + lines(SAY["lesson"], up=ways.count("up"), down=ways.count("down"))
