"""The state that a student follows through the course: chosen once, found on every page."""

from coursekit.nato.status_rules import state_names
from coursekit.widgets.keeping import keep, kept

ACTIVITY = "choice/state"


def own_state() -> str:
    """Give the code of the state that was chosen last; an empty text if there is none."""
    chosen = [made.get("result", {}).get("response") for made in kept(ACTIVITY).get(ACTIVITY, [])]
    return next((iso3 for iso3 in reversed(chosen) if iso3 in state_names()), "")


def follow(iso3: str) -> None:
    """Keep a choice in the record, unless it was made before."""
    if iso3 in state_names() and iso3 != own_state():
        keep("played", ACTIVITY, {"response": iso3})
