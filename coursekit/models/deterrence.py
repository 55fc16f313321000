"""Deterrence, abandonment and the grey zone: when a challenge pays.

A challenger can attack a target that a defender may or may not help. Three theories of why it
would attack are set side by side: fear that the target will join an alliance, opportunity, and fear
of the politics of the target.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from coursekit.errors import CourseError, unknown
from coursekit.ranges import (
    Number,
    as_number,
    finite,
    non_negative,
    open_probability,
    ordering,
    positive,
    probability,
    single,
)

__all__ = ["STATUSES", "Status", "StatusRisk", "accession_threshold", "alliance_loss"]
__all__ += ["bayes_factor", "best_commitment", "challenge_probability", "credibility"]
__all__ += ["expected_gain", "intervention_threshold", "prize_of_ending_a_turn"]
__all__ += ["status_comparison", "status_risk", "value_of_waiting"]


def _gains(
    V: ArrayLike, w0: ArrayLike, c0: ArrayLike, w1: ArrayLike, c1: ArrayLike
) -> tuple[Number, Number]:
    """Check the parameters and return the gain without and with intervention."""
    prize = positive(V, "V", "a prize worth nothing needs no deterrence")
    w0, w1 = probability(w0, "w0"), probability(w1, "w1")
    c0, c1 = non_negative(c0, "c0"), non_negative(c1, "c1")
    why = "intervention makes an attack harder to win and dearer"
    w0, w1 = ordering({"w0": w0, "w1": w1}, "w0 > w1", why)
    c0, c1 = ordering({"c0": c0, "c1": c1}, "c0 < c1", why)
    return w0 * prize - c0, w1 * prize - c1


def expected_gain(
    rho: ArrayLike, V: ArrayLike, w0: ArrayLike, c0: ArrayLike, w1: ArrayLike, c1: ArrayLike
) -> Number:
    """Weigh what a challenger expects to gain by an attack.

    E(rho) = (1 - rho) E0 + rho E1, with E0 = w0 V - c0 and E1 = w1 V - c1.

    Parameters
    ----------
    rho : float or array
        Probability in [0, 1] that the defender intervenes.
    V : float or array
        The prize, in units of value; greater than 0.
    w0, w1 : float or array
        Probability in [0, 1] of winning without and with intervention; w0 > w1.
    c0, c1 : float or array
        Cost of fighting without and with intervention, in units of value; 0 <= c0 < c1.

    Returns
    -------
    float or numpy.ndarray
        E, in units of value; an attack pays iff it is above the value of peace.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    morrow1994

    Examples
    --------
    >>> round(expected_gain(rho=0.2, V=10, w0=0.8, c0=2, w1=0.1, c1=6), 6)
    3.8
    """
    rho = probability(rho, "rho")
    E0, E1 = _gains(V, w0, c0, w1, c1)
    return as_number((1 - rho) * E0 + rho * E1)


def intervention_threshold(
    V: float, w0: float, c0: float, w1: float, c1: float, W: float = 0
) -> float | None:
    """Find the probability of intervention above which an attack does not pay.

    rho* = (E0 - W)/(E0 - E1), with E0 = w0 V - c0 and E1 = w1 V - c1. With W = 0 this is
    E0/(E0 - E1).

    Parameters
    ----------
    V : float
        The prize, in units of value; greater than 0.
    w0, w1 : float
        Probability in [0, 1] of winning without and with intervention; w0 > w1.
    c0, c1 : float
        Cost of fighting without and with intervention, in units of value; 0 <= c0 < c1.
    W : float
        Value of peace to the challenger, in units of value; see `value_of_waiting`.

    Returns
    -------
    float or None
        rho*, a probability. None unless E0 > W > E1: either no attack pays even if nobody
        intervenes, or one does even if the defender surely intervenes.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    morrow1994

    Examples
    --------
    >>> round(intervention_threshold(V=10, w0=0.8, c0=2, w1=0.1, c1=6), 6)
    0.545455
    """
    each = "Each of V, w0, c0, w1 and c1"
    E0, E1 = (single(gain, each) for gain in _gains(V, w0, c0, w1, c1))
    peace = single(W, "W")
    return (E0 - peace) / (E0 - E1) if E0 > peace > E1 else None


def value_of_waiting(b: ArrayLike, delta: ArrayLike, pi: ArrayLike) -> Number:
    """Value peace to a challenger until the target joins an alliance.

    W = b/[1 - delta (1 - pi)]. After accession peace is worth 0 and attack does not pay. To wait
    and attack later is left out: with a constant gain the best time is now or never.

    Parameters
    ----------
    b : float or array
        Worth of a period of peace (influence, trade), in units of value; 0 or greater.
    delta : float or array
        Discount factor of a period, in (0, 1).
    pi : float or array
        Probability in [0, 1] that the target joins in a period.

    Returns
    -------
    float or numpy.ndarray
        W, in units of value.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    levy1987, powell2006

    Examples
    --------
    >>> round(value_of_waiting(b=0.5, delta=0.95, pi=0.05), 6)
    5.128205
    """
    b, delta, pi = non_negative(b, "b"), _discount(delta), probability(pi, "pi")
    return as_number(b / (1 - delta * (1 - pi)))


def accession_threshold(E: float, b: float, delta: float) -> float | None:
    """Find the probability of accession above which a challenger attacks now.

    Attack iff pi > pi* = 1 - (1 - b/E)/delta.

    Parameters
    ----------
    E : float
        Expected gain of an attack, in units of value.
    b : float
        Worth of a period of peace, in units of value; 0 or greater.
    delta : float
        Discount factor of a period, in (0, 1).

    Returns
    -------
    float or None
        pi*. Below 0 if the challenger attacks whatever the probability of accession. None if it
        never does, because b >= E or E <= 0.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    levy1987, powell2006

    Examples
    --------
    >>> round(accession_threshold(E=6, b=0.5, delta=0.95), 6)
    0.035088
    """
    gain, peace = single(E, "E"), single(non_negative(b, "b"), "b")
    discount = single(_discount(delta), "delta")
    if gain <= 0 or peace >= gain:
        return None
    return 1 - (1 - peace / gain) / discount


def _discount(delta: ArrayLike) -> Number:
    why = "the future counts for something, but for less than the present"
    return open_probability(delta, "delta", why)


def challenge_probability(E: ArrayLike, W: ArrayLike, sharpness: ArrayLike = 1.0) -> Number:
    """Turn gain and value of peace into the probability of a challenge.

    Pr = 1/(1 + exp(-lambda (E - W))): the better choice is the likelier, the more so the larger
    lambda. As lambda grows, Pr tends to a step at E = W.

    Parameters
    ----------
    E, W : float or array
        Expected gain of an attack and value of waiting, in units of value.
    sharpness : float or array
        lambda, per unit of value; greater than 0.

    Returns
    -------
    float or numpy.ndarray
        Probability of a challenge.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    morrow1994

    Examples
    --------
    >>> round(challenge_probability(E=4.9, W=7), 4)
    0.1091
    """
    why = "otherwise the better choice would not be the likelier one"
    lam = positive(sharpness, "sharpness", why)
    advantage = finite(E, "E") - finite(W, "W")
    return as_number(np.exp(-np.logaddexp(0, -lam * advantage)))


def credibility(c: ArrayLike, A: ArrayLike) -> Number:
    """Find how likely a defender keeps its word, given what breaking it would cost.

    The value of intervening is v ~ Uniform[0, 1]; the defender intervenes iff v >= c - A, so
    rho(A) = 1 - clip(c - A, 0, 1). Costs already sunk do not enter: they can only show who is
    willing.

    Parameters
    ----------
    c : float or array
        Cost of war to the defender, on the scale of v; 0 or greater.
    A : float or array
        Audience cost of not keeping the promise, on the same scale; 0 or greater.

    Returns
    -------
    float or numpy.ndarray
        rho, a probability.

    Raises
    ------
    CourseError
        If a parameter is less than 0.

    References
    ----------
    fearon1997

    Examples
    --------
    >>> round(credibility(c=0.8, A=0.5), 6)
    0.7
    """
    return as_number(1 - np.clip(non_negative(c, "c") - non_negative(A, "A"), 0, 1))


def _alliance(
    q: ArrayLike, D_A: ArrayLike, D_E: ArrayLike, mu: ArrayLike
) -> tuple[Number, Number, Number, Number]:
    q = probability(q, "q")
    mu = positive(mu, "mu", "without emboldening there is no dilemma to solve")
    probability(q + mu, "q + mu", "it is the probability of a crisis at full commitment")
    return q, non_negative(D_A, "D_A"), positive(D_E, "D_E"), mu


def alliance_loss(
    kappa: ArrayLike, q: ArrayLike, D_A: ArrayLike, D_E: ArrayLike, mu: ArrayLike
) -> Number:
    """Add up what an ally fears: to be left alone or dragged in (teaching construct).

    After Snyder 1984: L = (1 - kappa) q D_A + kappa (q + mu kappa) D_E.

    Parameters
    ----------
    kappa : float or array
        Commitment, from 0 (none) to 1 (full).
    q : float or array
        Probability in [0, 1] of a crisis without commitment.
    D_A, D_E : float or array
        Loss by abandonment (0 or greater) and by entrapment (greater than 0), in units of value.
    mu : float or array
        How much full commitment adds to the probability of a crisis, by emboldening the ally;
        greater than 0, with q + mu at most 1.

    Returns
    -------
    float or numpy.ndarray
        L, in units of value.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    snyder1984

    Examples
    --------
    >>> round(alliance_loss(kappa=0.6, q=0.2, D_A=10, D_E=4, mu=0.25), 6)
    1.64
    """
    kappa = probability(kappa, "kappa", "it runs from no commitment to full commitment")
    q, D_A, D_E, mu = _alliance(q, D_A, D_E, mu)
    return as_number((1 - kappa) * q * D_A + kappa * (q + mu * kappa) * D_E)


def best_commitment(q: ArrayLike, D_A: ArrayLike, D_E: ArrayLike, mu: ArrayLike) -> Number:
    """Find the commitment with the least loss (teaching construct after Snyder 1984).

    kappa* = clip(q (D_A - D_E)/(2 mu D_E), 0, 1) minimises `alliance_loss`.

    Parameters
    ----------
    q : float or array
        Probability in [0, 1] of a crisis without commitment.
    D_A, D_E : float or array
        Loss by abandonment (0 or greater) and by entrapment (greater than 0), in units of value.
    mu : float or array
        How much full commitment adds to the probability of a crisis; greater than 0, with q + mu
        at most 1.

    Returns
    -------
    float or numpy.ndarray
        kappa*, from 0 to 1; 0 wherever D_A <= D_E.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    snyder1984

    Examples
    --------
    >>> round(best_commitment(q=0.2, D_A=10, D_E=4, mu=0.25), 6)
    0.6
    """
    q, D_A, D_E, mu = _alliance(q, D_A, D_E, mu)
    return as_number(np.clip(q * (D_A - D_E) / (2 * mu * D_E), 0, 1))


def bayes_factor(first: ArrayLike, second: ArrayLike, outcome: ArrayLike) -> Number:
    """Weigh what was seen for one theory against another.

    BF = Pr(what was seen | first theory) / Pr(what was seen | second theory), where what was
    seen has probability p if a challenge came and 1 - p if none did.

    Parameters
    ----------
    first, second : float or array
        Probability in [0, 1] of a challenge by the first and by the second theory.
    outcome : bool or array of bool
        Whether a challenge came.

    Returns
    -------
    float or numpy.ndarray
        BF, no unit: above 1 it speaks for the first theory, below 1 for the second, and 1 says
        nothing. Infinite if the second theory rules out what was seen. Factors of independent
        cases multiply.

    Raises
    ------
    CourseError
        If a probability lies outside [0, 1], if outcome is neither True nor False, or if both
        theories rule out what was seen.

    References
    ----------
    openintro2019

    Examples
    --------
    >>> round(bayes_factor(first=0.8, second=0.9781, outcome=True), 4)
    0.8179
    """
    first, second = probability(first, "first"), probability(second, "second")
    came = np.asarray(outcome)
    if came.dtype != np.bool_:
        raise CourseError(f"outcome must be True or False: a challenge came or not. Got {came}.")
    seen_first = np.where(came, first, 1 - np.asarray(first))
    seen_second = np.where(came, second, 1 - np.asarray(second))
    if np.any((seen_first == 0) & (seen_second == 0)):
        raise CourseError(
            "first and second must not both rule out what was seen, because the evidence then "
            "speaks against both theories and cannot choose between them."
        )
    with np.errstate(divide="ignore"):
        return as_number(seen_first / seen_second)


def prize_of_ending_a_turn(V: ArrayLike, turn: ArrayLike) -> Number:
    """Value an attack to a challenger that fears its neighbour's politics (teaching construct).

    V_turn = turn V. What the challenger would win is an end to a neighbour's turn away from its
    own model of rule and of the nation. Assumed are: half the turn is worth half the prize; the
    neighbour's alliances do not enter, neither those it has nor those it may join; and nothing is
    lost by waiting, so W = 0.

    Parameters
    ----------
    V : float or array
        The prize if the neighbour has turned away wholly, in units of value; greater than 0.
    turn : float or array
        How far it has turned away, greater than 0 and at most 1.

    Returns
    -------
    float or numpy.ndarray
        V_turn, in units of value.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    person_mcfaul2022, popova_shevel2023

    Examples
    --------
    >>> prize_of_ending_a_turn(V=10, turn=0.5)
    5.0
    """
    why = "a neighbour that has not turned away at all is no case for this theory"
    away = probability(
        positive(turn, "turn", why), "turn", "it runs from a first step to all the way"
    )
    prize = positive(V, "V", "a prize worth nothing needs no deterrence")
    return as_number(np.multiply(away, prize))


class Status(NamedTuple):
    """How a state's status enters the model.

    Parameters
    ----------
    rho : float
        Probability that it is helped.
    pi : float
        Probability that it joins in a period.
    b : float
        Worth of a period of peace to the challenger, in units of value.
    V : float
        What the challenger would win, in units of value. The default is the same for all states.
    turn : float
        How far it has turned away from the challenger's model, above 0 and at most 1.
    """

    rho: float
    pi: float
    b: float
    V: float = 10.0
    turn: float = 0.5


class StatusRisk(NamedTuple):
    """What the model says of a status.

    Parameters
    ----------
    status : str
        Name of the status.
    rho, pi, b, V, turn : float
        As in `Status`. By a theory that sets no worth on peace, b is 0.
    E, W : float
        Expected gain of an attack and value of waiting, in units of value.
    probability : float
        Probability of a challenge.
    """

    status: str
    rho: float
    pi: float
    b: float
    V: float
    turn: float
    E: float
    W: float
    probability: float


STATUSES = {
    "member": Status(rho=0.90, pi=0.0, b=0.0),
    "promised": Status(rho=0.20, pi=0.10, b=0.35),
    "partner": Status(rho=0.10, pi=0.01, b=0.35),
    "neutral": Status(rho=0.10, pi=0.0, b=0.35),
}
"""Illustrative parameters of four statuses, calibrated to no state."""

STAKES = {"V": 10.0, "w0": 0.8, "c0": 2.0, "w1": 0.1, "c1": 6.0}
DISCOUNT = 0.95
THEORIES = ("preventive", "opportunist", "regime")


def status_risk(name: str, status: Status, theory: str) -> StatusRisk:
    """Compute the risk of one setting by one theory of the challenger.

    Pr = 1/(1 + exp(-(E(rho) - W))) with w0 = 0.8, c0 = 2, w1 = 0.1, c1 = 6, delta = 0.95 and
    lambda = 1. The preventive theory uses all of V, b and pi. The opportunist theory sets b = 0, so
    that W = 0. The regime theory does so too, and puts turn V in the place of V; see
    `prize_of_ending_a_turn`.

    Parameters
    ----------
    name : str
        What the setting is called.
    status : Status
        Its parameters.
    theory : str
        ``"preventive"``, ``"opportunist"`` or ``"regime"``.

    Returns
    -------
    StatusRisk
        The risk, with what went into it.

    Raises
    ------
    CourseError
        If there is no such theory or if a parameter lies outside its range.

    References
    ----------
    levy1987, powell2006, person_mcfaul2022, popova_shevel2023

    Examples
    --------
    >>> round(status_risk("promised", STATUSES["promised"], "preventive").probability, 4)
    0.8
    """
    if theory not in THEORIES:
        raise unknown("theory", theory, THEORIES)
    b = status.b if theory == "preventive" else 0.0
    prize = prize_of_ending_a_turn(status.V, status.turn) if theory == "regime" else status.V
    E = float(expected_gain(status.rho, **(STAKES | {"V": prize})))
    W = float(value_of_waiting(b, DISCOUNT, status.pi))
    chance = float(challenge_probability(E, W))
    return StatusRisk(name, status.rho, status.pi, b, status.V, status.turn, E, W, chance)


def status_comparison(
    theory: str, prizes: dict[str, float] | None = None, turns: dict[str, float] | None = None
) -> list[StatusRisk]:
    """Compare the risk of four statuses by one theory of the challenger.

    Each status has the parameters of `STATUSES`: the same prize of 10 and the same turn of 0.5 in
    all four. That is an assumption. With `prizes` and `turns` you give some of them another one.

    Parameters
    ----------
    theory : str
        ``"preventive"``, ``"opportunist"`` or ``"regime"``.
    prizes : dict, optional
        The prize of some statuses, in units of value, such as ``{"neutral": 3}``.
    turns : dict, optional
        How far some have turned away, above 0 and at most 1, such as ``{"neutral": 1}``.

    Returns
    -------
    list of StatusRisk
        One row a status, in the order of `STATUSES`.

    Raises
    ------
    CourseError
        If there is no such theory or status, or if a parameter lies outside its range.

    References
    ----------
    levy1987, powell2006, person_mcfaul2022, popova_shevel2023

    Examples
    --------
    >>> for row in status_comparison("preventive"):
    ...     print(row.status, round(row.probability, 4))
    member 0.0198
    promised 0.8
    partner 0.2724
    neutral 0.1091
    >>> round(status_comparison("opportunist", prizes={"neutral": 3})[-1].probability, 4)
    0.4477
    """
    settings = dict(STATUSES)
    for parameter, values in (("V", prizes or {}), ("turn", turns or {})):
        for name, value in values.items():
            if name not in settings:
                raise unknown("status", name, STATUSES)
            settings[name] = settings[name]._replace(**{parameter: value})
    return [status_risk(name, status, theory) for name, status in settings.items()]
