"""How each step looks: whether it stands, and why."""

# What each look of a step says of it.
LOOKS = {
    "stands": "stands",
    "accepted": "stands, and you accept it",
    "idle": "without force until you accept it",
    "rejected": "falls, because you reject it",
    "falls": "falls",
}


def node_looks(standing) -> dict[str, str]:
    """Say how each step looks.

    Examples
    --------
    >>> from coursekit.argument import Argument
    >>> looks = node_looks(Argument.essay().standing(rejected=["H3"]))
    >>> [looks[id] for id in ("H3", "A6", "K1", "R2")]
    ['rejected', 'falls', 'stands', 'idle']
    """

    def look(id):
        if id in standing.rejected:
            return "rejected"
        if not standing.stands[id]:
            return "idle" if id in standing.waiting else "falls"
        return "accepted" if id in standing.accepted else "stands"

    return {id: look(id) for id in standing.stands}
