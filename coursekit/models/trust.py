"""Trust between two players who may be trustworthy or not, and gestures that can build it.

A trustworthy player wants to cooperate with one who cooperates (R > T_t); an untrustworthy one
wants to exploit it (T > R). Both prefer to answer defection with defection (P > S). A
simplification: Kydd's published model is richer.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from coursekit.errors import CourseError
from coursekit.ranges import Number, as_number, open_probability, ordering, probability, single

__all__ = ["can_reassure", "enlargement_tolerance", "largest_signal", "posterior"]
__all__ += ["smallest_signal", "trust_threshold"]

_TRUSTWORTHY = "that is what makes a player trustworthy here"
_UNTRUSTWORTHY = "that is what makes a player untrustworthy here"


def posterior(t: ArrayLike, e_T: ArrayLike, e_U: ArrayLike) -> Number:
    """Update trust after an act of the other.

    t' = t e_T / (t e_T + (1 - t) e_U); in odds, odds' = odds (e_T / e_U). An act that both types
    would do equally (e_T = e_U) carries no information: t' = t.

    Parameters
    ----------
    t : float or array
        Probability in [0, 1], before the act, that the other is trustworthy.
    e_T, e_U : float or array
        Probability in [0, 1] that a trustworthy and an untrustworthy actor would do it.

    Returns
    -------
    float or numpy.ndarray
        t', the probability after the act.

    Raises
    ------
    CourseError
        If a value lies outside [0, 1], or if by these numbers the act could not have happened.

    References
    ----------
    kydd1997, kydd2005

    Examples
    --------
    >>> round(posterior(t=0.6, e_T=0.5, e_U=0.9), 6)
    0.454545
    """
    t = probability(t, "t")
    e_T, e_U = probability(e_T, "e_T"), probability(e_U, "e_U")
    act = t * e_T + (1 - t) * e_U
    if np.any(np.equal(act, 0)):
        raise CourseError(
            "e_T or e_U must be greater than 0 for a type that t allows, because nothing can be "
            "learned from an act that nobody would do. You gave t e_T + (1 - t) e_U = 0."
        )
    return as_number(t * e_T / act)


def trust_threshold(*, T_t: ArrayLike, R: ArrayLike, P: ArrayLike, S: ArrayLike) -> Number:
    """Find the least trust at which a trustworthy player cooperates in one play.

    It cooperates iff t >= t* = (P - S) / [(R - T_t) + (P - S)], given that trustworthy others
    cooperate.

    Parameters
    ----------
    T_t, R, P, S : float or array
        A trustworthy player's payoffs, in any unit: for defecting alone, for cooperating
        together, for defecting together and for cooperating alone; R > T_t and P > S.

    Returns
    -------
    float or numpy.ndarray
        t*, a probability between 0 and 1.

    Raises
    ------
    CourseError
        If R <= T_t or P <= S.

    References
    ----------
    kydd2005

    Examples
    --------
    >>> trust_threshold(T_t=2, R=3, P=1, S=0)
    0.5
    """
    R, T_t = ordering({"R": R, "T_t": T_t}, "R > T_t", _TRUSTWORTHY)
    P, S = ordering({"P": P, "S": S}, "P > S", _TRUSTWORTHY)
    return as_number((P - S) / ((R - T_t) + (P - S)))


def smallest_signal(
    t: ArrayLike, *, T: ArrayLike, R: ArrayLike, P: ArrayLike, S: ArrayLike
) -> Number:
    """Find the smallest first gesture that the untrustworthy would not imitate.

    Stakes are split into s in round 1 and 1 - s in round 2. The untrustworthy do not imitate iff
    s >= s_min = t (T - P) / [t (T - P) + t (T - R) + (1 - t)(P - S)].

    Parameters
    ----------
    t : float or array
        Probability in [0, 1] that the other is trustworthy.
    T, R, P, S : float or array
        An untrustworthy player's payoffs, in any unit; T > R > P > S.

    Returns
    -------
    float or numpy.ndarray
        s_min, a share of the stakes between 0 and 1.

    Raises
    ------
    CourseError
        If t lies outside [0, 1] or the payoffs are not a prisoner's dilemma.

    References
    ----------
    kydd2000, kydd2005

    Examples
    --------
    >>> round(smallest_signal(t=0.3, T=4, R=3, P=1, S=0), 6)
    0.473684
    """
    t = probability(t, "t")
    T, R, P, S = ordering({"T": T, "R": R, "P": P, "S": S}, "T > R > P > S", _UNTRUSTWORTHY)
    return as_number(t * (T - P) / (t * (T - P) + t * (T - R) + (1 - t) * (P - S)))


def largest_signal(
    t: ArrayLike, *, T_t: ArrayLike, R: ArrayLike, P: ArrayLike, S: ArrayLike
) -> Number:
    """Find the largest first gesture that a trustworthy player would risk.

    It is willing iff s [t (R - T_t) - (1 - t)(P - S)] + (1 - s) t (R - P) >= 0. For t < t* that
    is s <= s_max = t (R - P) / [t (R - P) + (1 - t)(P - S) - t (R - T_t)]; for t >= t* it is
    always willing.

    Parameters
    ----------
    t : float or array
        Probability in [0, 1] that the other is trustworthy.
    T_t, R, P, S : float or array
        A trustworthy player's payoffs, in any unit; R > T_t and R > P > S.

    Returns
    -------
    float or numpy.ndarray
        s_max, a share of the stakes between 0 and 1; 1 for t >= t*.

    Raises
    ------
    CourseError
        If t lies outside [0, 1] or the payoffs are not ordered as above.

    References
    ----------
    kydd2000, kydd2005

    Examples
    --------
    >>> round(largest_signal(t=0.3, T_t=2, R=3, P=1, S=0), 6)
    0.6
    """
    t = probability(t, "t")
    R, T_t = ordering({"R": R, "T_t": T_t}, "R > T_t", _TRUSTWORTHY)
    R, P, S = ordering({"R": R, "P": P, "S": S}, "R > P > S", _TRUSTWORTHY)
    reward = t * (R - P)
    # From t* on the risk is 0 and the share below is 1, as the model says.
    risk = np.maximum(0, (1 - t) * (P - S) - t * (R - T_t))
    return as_number(reward / (reward + risk))


def can_reassure(t: float, *, T: float, T_t: float, R: float, P: float, S: float) -> bool:
    """Say whether some first gesture can start cooperation.

    One can iff s_min <= s_max: large enough that the untrustworthy do not imitate it, small
    enough that the trustworthy dare it.

    Parameters
    ----------
    t : float
        Probability in [0, 1] that the other is trustworthy.
    T, T_t : float
        Payoff for defecting alone, in any unit, of an untrustworthy and of a trustworthy player.
    R, P, S : float
        The other payoffs, the same for both; T > R > P > S and R > T_t.

    Returns
    -------
    bool
        True iff a gesture of some size above 0 separates the two types.

    Raises
    ------
    CourseError
        If t lies outside [0, 1] or the payoffs are not ordered as above.

    References
    ----------
    kydd2000, kydd2005

    Examples
    --------
    >>> can_reassure(t=0.3, T=4, T_t=2, R=3, P=1, S=0)
    True
    >>> can_reassure(t=0.15, T=4, T_t=2, R=3, P=1, S=0)
    False
    """
    low = single(smallest_signal(t, T=T, R=R, P=P, S=S), "Each of t, T, R, P and S")
    high = single(largest_signal(t, T_t=T_t, R=R, P=P, S=S), "Each of t, T_t, R, P and S")
    # At t = 0 the two limits meet at 0, and a gesture that stakes nothing is no gesture.
    return high > 0 and (low <= high or math.isclose(low, high))


def enlargement_tolerance(t: ArrayLike, t_star: ArrayLike) -> Number:
    """Find how bad a sign an act may be before it ends the observer's cooperation.

    Cooperation survives iff odds(t) (e_T / e_U) >= odds(t*), that is iff
    e_T / e_U >= [t* / (1 - t*)] [(1 - t) / t].

    Parameters
    ----------
    t : float or array
        Probability in (0, 1), before the act, that the other is trustworthy.
    t_star : float or array
        The least trust at which the observer cooperates, in (0, 1); see `trust_threshold`.

    Returns
    -------
    float or numpy.ndarray
        The least ratio e_T / e_U that keeps cooperation; no unit. Below 1 if t > t*: there is
        room for an act that speaks against the actor.

    Raises
    ------
    CourseError
        If t or t_star is not greater than 0 and less than 1.

    References
    ----------
    kydd2001, kydd2005

    Examples
    --------
    >>> round(enlargement_tolerance(t=0.7, t_star=0.5), 6)
    0.428571
    """
    t, t_star = open_probability(t, "t"), open_probability(t_star, "t_star")
    return as_number(t_star / (1 - t_star) * (1 - t) / t)
