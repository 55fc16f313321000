"""How each step looks: whether it stands, and why."""

from coursekit.argument.standing import Standing

# What each look of a step says of it.
LOOKS = {
    "stands": "stands",
    "accepted": "stands, and you accept it",
    "idle": "without force until you accept it",
    "rejected": "falls, because you reject it",
    "falls": "falls",
}


def node_looks(standing: Standing) -> dict[str, str]:
    """Say how each step looks: a key of `LOOKS` for each."""

    def look(id: str) -> str:
        if id in standing.rejected:
            return "rejected"
        if not standing.stands[id]:
            return "idle" if id in standing.waiting else "falls"
        return "accepted" if id in standing.accepted else "stands"

    return {id: look(id) for id in standing.stands}
