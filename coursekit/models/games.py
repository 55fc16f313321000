"""Games of two players with two choices: restraint (C, cooperate) or arming (D, defect).

Each player gets R if both cooperate, P if both defect, T for defecting alone and S for
cooperating alone. The game is the same for both.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from coursekit.errors import CourseError
from coursekit.ranges import Number, as_number, finite, probability, single

__all__ = ["Payoffs", "classify", "critical_distinguishability", "effective_payoffs"]
__all__ += ["is_risk_dominant", "minimum_trust", "pure_equilibria", "world"]

BASELINE_R = 3.0
BASELINE_P = 1.0


class Payoffs(NamedTuple):
    """The four payoffs of a symmetric game.

    Parameters
    ----------
    T, R, P, S : float or numpy.ndarray
        For defecting alone, for cooperating together, for defecting together and for cooperating
        alone.
    """

    T: Number
    R: Number
    P: Number
    S: Number


def _single(T: float, R: float, P: float, S: float) -> tuple[float, float, float, float]:
    return single(T, "T"), single(R, "R"), single(P, "P"), single(S, "S")


def classify(T: float, R: float, P: float, S: float) -> str:
    """Name the game that four payoffs make.

    Prisoner's dilemma: T > R > P > S. Stag hunt: R > T > P > S or R > P >= T > S. Chicken:
    T > R > S > P. Deadlock: T > P > R > S. Harmony: R > T and S > P.

    Parameters
    ----------
    T, R, P, S : float
        Payoffs, in any unit and of any sign; only their ranking counts.

    Returns
    -------
    str
        ``"prisoner's dilemma"``, ``"stag hunt"``, ``"chicken"``, ``"deadlock"``, ``"harmony"``,
        or ``"other"`` for any ranking not listed, such as one with ties.

    Raises
    ------
    CourseError
        If a payoff is not a finite number.

    References
    ----------
    jervis1978

    Examples
    --------
    >>> classify(T=5, R=3, P=1, S=0)
    "prisoner's dilemma"
    >>> classify(T=2, R=3, P=1, S=0)
    'stag hunt'
    """
    T, R, P, S = _single(T, R, P, S)
    if T > R > P > S:
        return "prisoner's dilemma"
    if R > T > P > S or R > P >= T > S:
        return "stag hunt"
    if T > R > S > P:
        return "chicken"
    if T > P > R > S:
        return "deadlock"
    if R > T and S > P:
        return "harmony"
    return "other"


def pure_equilibria(payoffs: ArrayLike) -> set[tuple[int, int]]:
    """Find the cells of a game in which neither player gains by moving alone.

    Cell (i, j) is an equilibrium if row[i, j] >= row[i', j] for every i' and
    column[i, j] >= column[i, j'] for every j'.

    Parameters
    ----------
    payoffs : array of shape (2, m, n), or a pair of arrays of shape (m, n)
        First the row player's payoffs, then the column player's. Rows are the choices of the row
        player, columns those of the column player. Any unit, any sign.

    Returns
    -------
    set of (int, int)
        Row and column of each equilibrium, counted from 0. The set is empty if there is none.

    Raises
    ------
    CourseError
        If the payoffs are not two tables of finite numbers of the same shape.

    References
    ----------
    osborne_rubinstein1994

    Examples
    --------
    >>> row = [[3, 0], [2, 1]]
    >>> column = [[3, 2], [0, 1]]
    >>> sorted(pure_equilibria([row, column]))
    [(0, 0), (1, 1)]
    >>> pure_equilibria([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    set()
    """
    table = np.asarray(finite(payoffs, "payoffs"))
    if table.ndim != 3 or len(table) != 2 or table.size == 0:
        raise CourseError(
            "payoffs must be two tables of the same shape, the row player's and the column "
            f"player's, because each cell needs a payoff for both. You gave shape {table.shape}."
        )
    row, column = table
    best = (row == row.max(axis=0)) & (column == column.max(axis=1, keepdims=True))
    return {(int(i), int(j)) for i, j in np.argwhere(best)}


def minimum_trust(T: float, R: float, P: float, S: float) -> float | None:
    """Find the least trust that makes cooperation a best reply.

    Trust is p, the probability that the other cooperates. Cooperation pays iff
    p (R - T) >= (1 - p)(P - S), that is iff p >= p* = (P - S) / [(R - T) + (P - S)].

    Parameters
    ----------
    T, R, P, S : float
        Payoffs, in any unit and of any sign.

    Returns
    -------
    float or None
        p*. Between 0 and 1 for R > T and P > S. For T >= R and P > S, as in the prisoner's
        dilemma, 1 or more: no belief makes cooperation better in one play. It is infinite where
        T - R >= P - S, because the fraction then turns negative or has no value although no
        belief is enough. 0 for R > T and P = S. None in all other cases (such as chicken and
        harmony), because more trust is then no reason to cooperate, or none is needed.

    Raises
    ------
    CourseError
        If a payoff is not a finite number.

    References
    ----------
    jervis1978, kydd2005

    Examples
    --------
    >>> minimum_trust(T=2, R=3, P=1, S=0)
    0.5
    >>> minimum_trust(T=5, R=3, P=1, S=0)
    inf
    >>> minimum_trust(T=4, R=3, P=1, S=2) is None
    True
    """
    T, R, P, S = _single(T, R, P, S)
    if P < S or (P == S and T >= R):
        return None
    gain, loss = R - T, P - S
    return loss / (gain + loss) if gain + loss > 0 else math.inf


def is_risk_dominant(T: float, R: float, P: float, S: float) -> bool:
    """Say whether mutual cooperation is the less risky of the two ways to agree.

    It is iff p* < 1/2, that is iff R + S > T + P: cooperation is then the best reply even to a
    partner who is as likely to defect as to cooperate.

    Parameters
    ----------
    T, R, P, S : float
        Payoffs, in any unit and of any sign.

    Returns
    -------
    bool
        True iff R > T, so that mutual cooperation is an equilibrium at all, and R + S > T + P.

    Raises
    ------
    CourseError
        If a payoff is not a finite number.

    References
    ----------
    jervis1978, kydd2005

    Examples
    --------
    >>> is_risk_dominant(T=2, R=4, P=1, S=0)
    True
    >>> is_risk_dominant(T=2, R=3, P=1, S=0)
    False
    """
    T, R, P, S = _single(T, R, P, S)
    return R > T and R + S > T + P


def effective_payoffs(offence: ArrayLike, distinguishability: ArrayLike) -> Payoffs:
    """Turn Jervis's two variables into payoffs (teaching construct after Jervis 1978).

    With o the advantage of offence and d the distinguishability of postures: R = 3, P = 1,
    T = d P + (1 - d)(1.5 + 3 o), S = d P + (1 - d)(0.5 - 3 o). With probability d a posture is
    recognised before it does harm, and to defect alone then ends in mutual defection. The least
    trust is p* = (1 - d)(0.25 + 1.5 o).

    Parameters
    ----------
    offence : float or array
        Advantage of offence, from 0 (defence has it) to 1; no unit.
    distinguishability : float or array
        Probability in [0, 1] that a posture is recognised in time.

    Returns
    -------
    Payoffs
        T, R, P and S, in the construct's own unit.

    Raises
    ------
    CourseError
        If either value lies outside [0, 1].

    References
    ----------
    jervis1978

    Examples
    --------
    >>> effective_payoffs(offence=0.5, distinguishability=0)
    Payoffs(T=3.0, R=3.0, P=1.0, S=-1.0)
    """
    o = _offence(offence)
    d = probability(distinguishability, "distinguishability")
    shape = np.zeros(np.broadcast(o, d).shape)
    return Payoffs(
        T=as_number(d * BASELINE_P + (1 - d) * _alone(o)),
        R=as_number(shape + BASELINE_R),
        P=as_number(shape + BASELINE_P),
        S=as_number(d * BASELINE_P + (1 - d) * (0.5 - 3 * o)),
    )


def critical_distinguishability(offence: ArrayLike) -> Number:
    """Find where Jervis's plane leaves the prisoner's dilemma (teaching construct).

    The game of `effective_payoffs` is a prisoner's dilemma iff d < d_crit, with
    d_crit = 1 - (R - P)/(T - P) and T = 1.5 + 3 o, or 0 where that is negative.

    Parameters
    ----------
    offence : float or array
        Advantage of offence, from 0 (defence has it) to 1; no unit.

    Returns
    -------
    float or numpy.ndarray
        d_crit, a probability. 0 if the game is a prisoner's dilemma for no distinguishability.

    Raises
    ------
    CourseError
        If the value lies outside [0, 1].

    References
    ----------
    jervis1978

    Examples
    --------
    >>> round(critical_distinguishability(offence=1), 6)
    0.428571
    """
    T = _alone(_offence(offence))
    return as_number(np.maximum(0, 1 - (BASELINE_R - BASELINE_P) / (T - BASELINE_P)))


def world(offence: float, distinguishability: float) -> str:
    """Name which of Jervis's four worlds a point of the plane lies in (teaching construct).

    Jervis describes four corners, not borders; this construct cuts each scale in the middle.

    Parameters
    ----------
    offence : float
        Advantage of offence, from 0 to 1; above 0.5 offence has the advantage.
    distinguishability : float
        Probability in [0, 1] that a posture is recognised; above 0.5 postures count as
        distinguishable.

    Returns
    -------
    str
        Jervis's description of the world.

    Raises
    ------
    CourseError
        If either value lies outside [0, 1], or is not a single number.

    References
    ----------
    jervis1978

    Examples
    --------
    >>> world(offence=0.9, distinguishability=0.1)
    'doubly dangerous'
    """
    o = single(_offence(offence), "offence")
    d = single(probability(distinguishability, "distinguishability"), "distinguishability")
    if d > 0.5:
        return "no security dilemma, but aggression possible" if o > 0.5 else "doubly safe"
    if o > 0.5:
        return "doubly dangerous"
    return "security dilemma, but requirements may be compatible"


def _offence(value: ArrayLike) -> Number:
    return probability(value, "offence", why="it is a scale from defence (0) to offence (1)")


def _alone(offence: Number) -> Number:
    """Give the payoff of defecting alone and unrecognised."""
    return 1.5 + 3 * offence
