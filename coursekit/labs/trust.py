"""The numbers and the code that the trust laboratory shows in each of its views."""

from coursekit.figures.trust_example import (
    PLAYERS,
    after,
    gesture,
    least_trust,
    odds_in_words,
)
from coursekit.labs.words import entry
from coursekit.models.trust import enlargement_tolerance

__all__ = ["belief_code", "belief_readout", "gesture_code", "gesture_readout"]


def belief_readout(beliefs, players: tuple[str, ...] = PLAYERS) -> list[dict]:
    """Say what an act does to the trust of both sides."""
    least, entries, room = least_trust(), [], []
    for k, belief in enumerate(beliefs):
        trust, now = belief.trust, after(belief)
        label = f"{players[k]}'s trust in {players[1 - k]}"
        if now is None:
            words = "By these numbers nobody would do this act. So nothing can be learned from it."
            entries.append(entry(label, f"{trust:.2f} → no answer", words, f"trust-{k}"))
        else:
            gap = round(now - trust, 9)
            moves = "rises" if gap > 0 else "falls" if gap < 0 else "stays as it was"
            enough = "enough" if round(now - least, 9) >= 0 else "not enough"
            words = (
                f"Odds: {odds_in_words(trust)}, then {odds_in_words(now)}. Trust {moves}. "
                f"It is {enough} for cooperation (t* = {least:g})."
            )
            entries.append(entry(label, f"{trust:.2f} → {now:.2f}", words, f"trust-{k}"))
        if 0 < trust < 1:
            value = f"e_T / e_U ≥ {enlargement_tolerance(trust, least):.2f}"
            words = "An act with a lower ratio ends cooperation, or does not let it begin."
        else:
            value = "certain" if trust == 1 else "ruled out"
            words = "Trust of 0 or 1 is not changed by any possible act."
        room.append(entry(f"{players[k]}'s cooperation needs", value, words, f"room-{k}"))
    alike = beliefs[0] == beliefs[1]
    same = entry(
        "Both sides",
        "same numbers" if alike else "different numbers",
        "The same rule holds for both. "
        + ("So they end alike." if alike else "They start, or read the act, differently."),
        "same",
    )
    return [*entries, *room, same]


def gesture_readout(trust: float, size: float) -> list[dict]:
    """Say what a first gesture leads to."""
    found, least = gesture(trust, size), least_trust()
    band = f"{found.low:.3f} to {found.high:.3f}" if found.possible else "none"
    why = (
        "Large enough that the untrustworthy do not imitate it, small enough for the trustworthy."
        if found.possible
        else "What would separate the types is more than a trustworthy state would risk."
    )
    enough = trust >= least
    return [
        entry("Result", found.result, found.words, "result"),
        entry("Sizes that work", band, why, "band"),
        entry("s_min", f"{found.low:.3f}", "From here on the untrustworthy do not imitate.", "low"),
        entry("s_max", f"{found.high:.3f}", "Up to here the trustworthy would risk it.", "high"),
        entry(
            "Without a gesture",
            "cooperation can start" if enough else "no cooperation",
            f"Trust is {'at least' if enough else 'below'} t* = {least:g}, the least for one play.",
            "one-shot",
        ),
    ]


def belief_code(beliefs) -> str:
    """Write the lines that update both beliefs."""
    if any(after(belief) is None for belief in beliefs):
        first, second = (tuple(belief) for belief in beliefs)
        return (
            f"from coursekit.figures.trust import belief_figure\nbelief_figure({first}, {second})"
        )
    calls = (f"posterior(t={b[0]:g}, e_T={b[1]:g}, e_U={b[2]:g})" for b in beliefs)
    return "from coursekit.models.trust import posterior\n" + ", ".join(calls)


def gesture_code(trust: float, size: float) -> str:
    """Write the lines that judge a gesture."""
    return (
        "from coursekit.figures.trust_example import gesture\n"
        f"gesture(trust={trust:g}, size={size:g})"
    )
