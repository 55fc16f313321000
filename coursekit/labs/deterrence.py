"""The numbers and the code that the deterrence lab shows in each of its views."""

from coursekit.figures.deterrence import THEORIES, risk
from coursekit.labs.words import entry
from coursekit.models.deterrence import (
    DISCOUNT,
    STAKES,
    accession_threshold,
    alliance_loss,
    best_commitment,
    intervention_threshold,
    prize_of_ending_a_turn,
)

__all__ = ["challenge_readout", "commitment_readout", "fits"]

TOO_LIKELY = (
    "The probability of a crisis at full commitment is q + mu = {total:.2f}. It cannot be above 1. "
    "Lower q or mu."
)


def accession_words(gain: float, b: float):
    """Put the threshold of accession into words.

    Examples
    --------
    >>> accession_words(3.8, 0.35)[0]
    '0.0443'
    """
    if gain <= 0:
        return "none", "An attack never pays: its expected gain is not above 0."
    threshold = accession_threshold(gain, b, DISCOUNT)
    if threshold is None:
        return "none", "An attack never pays: a period of peace is worth more than the attack."
    if threshold < 0:
        return "none", "An attack pays whatever the probability of accession."
    return f"{threshold:.4f}", "If accession is likelier than this, an attack now pays."


def challenge_readout(
    rho: float,
    pi: float,
    b: float,
    V: float,  # noqa: N803
    turn: float,
    theory: str,
):
    """Say what a setting comes to by one theory."""
    result = risk(theory, rho, pi, b, V, turn)
    prize = prize_of_ending_a_turn(V, turn) if theory == "regime" else V
    limit = intervention_threshold(**(STAKES | {"V": prize}), W=result.W)
    share = f"{limit:.4f}" if limit is not None else "none"
    means = (
        "If help is likelier than this, an attack does not pay."
        if limit is not None
        else "No attack pays, even if nobody helps: peace is worth more."
        if result.E <= result.W
        else "An attack pays even if help is sure to come."
    )
    pays = "more" if result.E > result.W else "not more"
    readout = [
        entry(
            "Probability of a challenge",
            f"{result.probability:.2%}",
            f"{THEORIES[theory][0]}. The better choice is the likelier, not a sure one.",
        ),
        entry(
            "Gain of an attack, E",
            f"{result.E:.2f}",
            "Weighed by the probability of help."
            + (f" The prize is turn times V, {prize:g}." if theory == "regime" else ""),
        ),
        entry(
            "Value of waiting, W",
            f"{result.W:.4f}",
            f"An attack is worth {pays} than waiting."
            + ("" if theory == "preventive" else " This theory sets b to 0."),
        ),
        entry("Threshold of help, rho*", share, means),
        entry("Threshold of accession, pi*", *accession_words(result.E, result.b)),
    ]
    code = (
        "from coursekit.models import deterrence as d\n"
        f'stakes = {{**d.STAKES, "V": {prize:g}}}\n'
        f"E, W = d.expected_gain({rho:g}, **stakes), "
        f"d.value_of_waiting({result.b:g}, d.DISCOUNT, {pi:g})\n"
        "d.challenge_probability(E, W), d.intervention_threshold(**stakes, W=W), "
        f"d.accession_threshold(E, {result.b:g}, d.DISCOUNT)"
    )
    return readout, code


def commitment_readout(kappa: float, q: float, D_A: float, D_E: float, mu: float):  # noqa: N803
    """Say what a commitment costs and which costs least."""
    arguments = f"q={q:g}, D_A={D_A:g}, D_E={D_E:g}, mu={mu:g}"
    code = (
        "from coursekit.models.deterrence import alliance_loss, best_commitment\n"
        f"alliance_loss(kappa={kappa:g}, {arguments}), best_commitment({arguments})"
    )
    if fits(q, mu):
        best = best_commitment(q, D_A, D_E, mu)
        why = "The fear of being left alone and the fear of being dragged in balance here."
        if best == 0:
            why = "No commitment costs least: being left alone is not the greater loss, or rare."
        elif best == 1:
            why = "Full commitment costs least: being left alone is by far the greater loss."
        return [
            entry("Best commitment, kappa*", f"{best:.4f}", why),
            entry("Least loss", f"{alliance_loss(best, q, D_A, D_E, mu):.4f}"),
            entry(
                "Loss at the present setting",
                f"{alliance_loss(kappa, q, D_A, D_E, mu):.4f}",
                f"Commitment {kappa:.2f}.",
            ),
            entry("Teaching construct", "after Snyder 1984", "Made for this course."),
        ], code
    problem = entry("These numbers do not fit", "No result", TOO_LIKELY.format(total=q + mu))
    return [problem], "from coursekit.models.deterrence import alliance_loss, best_commitment"


def fits(q: float, mu: float) -> bool:
    """Say whether q + mu can be a probability.

    Examples
    --------
    >>> fits(0.2, 0.25), fits(0.9, 0.25)
    (True, False)
    """
    return round(q + mu, 9) <= 1
