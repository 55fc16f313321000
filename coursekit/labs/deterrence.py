"""The numbers and the code that the deterrence lab shows in each of its views."""

from coursekit.figures.deterrence import THEORIES, risk
from coursekit.labs.words import Entry, assumptions, lines
from coursekit.models import deterrence as model
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# A readout, and the code that gives it.
Said = tuple[list[Entry], str]


def assumes() -> str:
    """Say what the model assumes."""
    return assumptions(SAY["assumes"])


def accession_words(gain: float, b: float) -> tuple[str, str]:
    """Put the threshold of accession into words."""
    if gain <= 0:
        return "none", SAY["never_gains"]
    threshold = model.accession_threshold(gain, b, model.DISCOUNT)
    if threshold is None:
        return "none", SAY["never_pays"]
    if threshold < 0:
        return "none", SAY["always_pays"]
    return f"{threshold:.2f}", SAY["accession_limit"]


def challenge_readout(rho: float, pi: float, b: float, V: float, turn: float, theory: str) -> Said:  # noqa: N803
    """Say what a setting comes to by one theory."""
    result = risk(theory, rho, pi, b, V, turn)
    regime = theory == "regime"
    prize = float(model.prize_of_ending_a_turn(V, turn)) if regime else V
    limit = model.intervention_threshold(**(model.STAKES | {"V": prize}), W=result.W)
    never = "no_help_needed" if result.E <= result.W else "help_in_vain"
    words = {
        "prize": SAY("prize", prize=prize) if regime else "",
        "pays": "more" if result.E > result.W else "not more",
        "aside": "" if theory == "preventive" else SAY["no_peace"],
        "help": f"{limit:.2f}" if limit is not None else "none",
        "help_means": SAY["help_limit" if limit is not None else never],
        "accession": accession_words(result.E, result.b),
    }
    readout = lines(SAY["challenge"], result=result, theory=THEORIES[theory][0], **words)
    return readout, SAY("challenge_code", rho=rho, pi=pi, b=result.b, prize=prize)


def commitment_readout(kappa: float, q: float, D_A: float, D_E: float, mu: float) -> Said:  # noqa: N803
    """Say what a commitment costs and which costs least."""
    if not fits(q, mu):
        return lines(SAY["misfit"], total=q + mu), SAY["misfit_code"]
    best = float(model.best_commitment(q, D_A, D_E, mu))
    why = SAY[{0.0: "no_commitment", 1.0: "full_commitment"}.get(best, "balance")]
    least, loss = (model.alliance_loss(each, q, D_A, D_E, mu) for each in (best, kappa))
    found = {"best": best, "why": why, "least": least, "loss": loss}
    readout = lines(SAY["commitment"], kappa=kappa, **found)
    arguments = SAY("arguments", q=q, D_A=D_A, D_E=D_E, mu=mu)
    return readout, SAY("commitment_code", kappa=kappa, arguments=arguments)


def fits(q: float, mu: float) -> bool:
    """Say whether q + mu can be a probability."""
    return round(q + mu, 9) <= 1
