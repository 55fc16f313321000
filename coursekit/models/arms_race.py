"""Richardson's arms race: each nation arms against the others, and is held back by the cost.

For two nations with arms x and y: x' = k y - a x + g and y' = l x - b y + h. For n nations:
x' = (K - A) x + g, with A = diag(a). Arms are in any one unit of spending or weapons, time in
years. Arms below 0 are kept as the equations give them: read them as more goodwill than arms.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coursekit.errors import CourseError, unknown
from coursekit.ranges import (
    Array,
    Number,
    as_number,
    between,
    finite,
    non_negative,
    positive,
    single,
)
from coursekit.sentences import Sentences

__all__ = ["SHOCKS", "Shock", "eigenvalues", "enlargement_shock", "fixed_point", "is_stable"]
__all__ += ["n_eigenvalues", "n_fixed_point", "n_is_stable", "n_trajectory", "spectral_radius"]
__all__ += ["trajectory"]

SAY = Sentences(__file__)
_COST = "armament always costs something"
_FEAR = "nations in this model do not disarm out of fear"
# Steps such as 0.1 have no exact binary form, so a b and k l may differ in their last digits
# where a reader has set them equal.
_ROUNDING = 1e-9

# Later than anyone would look, and early enough for the arithmetic to hold.
LAST_TIME = 1e6


def _two(a: ArrayLike, b: ArrayLike, k: ArrayLike, l: ArrayLike) -> tuple[Number, ...]:
    fatigue = positive(a, "a", _COST), positive(b, "b", _COST)
    return *fatigue, non_negative(k, "k", _FEAR), non_negative(l, "l", _FEAR)


def fixed_point(
    a: ArrayLike, b: ArrayLike, k: ArrayLike, l: ArrayLike, g: ArrayLike, h: ArrayLike
) -> tuple[Number, Number]:
    """Find the arms at which neither nation changes anything.

    With D = a b - k l: x* = (b g + k h)/D, y* = (a h + l g)/D. The point may be unstable, and it
    may lie below 0.

    Parameters
    ----------
    a, b : float or array
        Fatigue of the first and of the second nation, per year; greater than 0.
    k, l : float or array
        Reaction of the first nation to the second and of the second to the first, per year; 0
        or greater.
    g, h : float or array
        Grievance of the first and of the second nation, in arms per year; below 0 is goodwill.

    Returns
    -------
    tuple of (float or numpy.ndarray)
        x* and y*, in arms.

    Raises
    ------
    CourseError
        If a b = k l, and if a parameter lies outside its range.

    References
    ----------
    richardson1960

    Examples
    --------
    >>> fixed_point(a=2, b=2, k=1, l=1, g=1, h=1)
    (1.0, 1.0)
    """
    a, b, k, l = _two(a, b, k, l)
    g, h = finite(g, "g"), finite(h, "h")
    balanced = np.isclose(a * b, k * l, rtol=_ROUNDING, atol=0)
    if np.any(balanced):
        cancel = np.isclose(b * g, -k * h, rtol=_ROUNDING, atol=0)
        none = np.any(balanced & ~cancel)
        raise CourseError(SAY("none" if none else "many", balance="a b = k l"))
    det = a * b - k * l
    return as_number((b * g + k * h) / det), as_number((a * h + l * g) / det)


def eigenvalues(a: ArrayLike, b: ArrayLike, k: ArrayLike, l: ArrayLike) -> tuple[Number, Number]:
    """Find the two rates at which a departure from the fixed point grows or decays.

    [-(a + b) + sqrt((a - b)^2 + 4 k l)] / 2 and the same with a minus before the root. Both are
    real, because k l >= 0.

    Parameters
    ----------
    a, b : float or array
        Fatigue, per year; greater than 0.
    k, l : float or array
        Reaction, per year; 0 or greater.

    Returns
    -------
    tuple of (float or numpy.ndarray)
        The larger and the smaller rate, per year; below 0 means decay.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    richardson1960

    Examples
    --------
    >>> eigenvalues(a=2, b=2, k=1, l=1)
    (-1.0, -3.0)
    """
    a, b, k, l = _two(a, b, k, l)
    root = np.sqrt((a - b) ** 2 + 4 * k * l)
    return as_number((-(a + b) + root) / 2), as_number((-(a + b) - root) / 2)


def is_stable(a: ArrayLike, b: ArrayLike, k: ArrayLike, l: ArrayLike) -> bool | NDArray[np.bool_]:
    """Say whether the race settles down, from every start: iff a b > k l.

    Parameters
    ----------
    a, b : float or array
        Fatigue, per year; greater than 0.
    k, l : float or array
        Reaction, per year; 0 or greater.

    Returns
    -------
    bool or numpy.ndarray
        True iff a b > k l; False where the two are equal, up to rounding.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    richardson1960

    Examples
    --------
    >>> is_stable(a=2, b=2, k=1, l=1)
    True
    >>> is_stable(a=1, b=1, k=2, l=2)
    False
    """
    a, b, k, l = _two(a, b, k, l)
    stable = np.greater(a * b, k * l) & ~np.isclose(a * b, k * l, rtol=_ROUNDING, atol=0)
    return bool(stable) if np.ndim(stable) == 0 else np.asarray(stable)


def trajectory(
    a: float, b: float, k: float, l: float, g: float, h: float, start: ArrayLike, times: ArrayLike
) -> Array:
    """Follow two nations' arms through time, exactly.

    x' = k y - a x + g, y' = l x - b y + h, solved by a matrix exponential: there is no step
    size that could distort the result. Nothing is cut off at 0.

    Parameters
    ----------
    a, b : float
        Fatigue, per year; greater than 0.
    k, l : float
        Reaction, per year; 0 or greater.
    g, h : float
        Grievance, in arms per year; below 0 is goodwill.
    start : pair of float
        Arms of the first and of the second nation at time 0; 0 or greater.
    times : float or array
        Times at which to look, in years; 0 to a million.

    Returns
    -------
    numpy.ndarray of shape (number of times, 2)
        x and y at each time.

    Raises
    ------
    CourseError
        If a parameter lies outside its range, or arms grow too large to be written down.

    References
    ----------
    richardson1960

    Examples
    --------
    >>> trajectory(2, 2, 1, 1, 1, 1, start=(2, 0), times=[0, 1]).round(6).tolist()
    [[2.0, 0.0], [1.049787, 0.950213]]
    """
    a, b, k, l = (single(value, "Each of a, b, k and l") for value in _two(a, b, k, l))
    return n_trajectory([a, b], [[0, k], [l, 0]], [g, h], start, times)


def _many(fatigue: ArrayLike, reaction: ArrayLike) -> tuple[Array, Array]:
    """Check and return a and K."""
    a = np.asarray(positive(fatigue, "fatigue", _COST))
    matrix = np.asarray(non_negative(reaction, "reaction", _FEAR))
    if a.ndim != 1 or len(a) == 0 or matrix.shape != (len(a), len(a)):
        raise CourseError(SAY("shapes", fatigue=a.shape, reaction=matrix.shape))
    if np.any(np.diag(matrix) != 0):
        raise CourseError(SAY("diagonal", diagonal=np.diag(matrix).tolist()))
    return a, matrix


def _vector(value: ArrayLike, name: str, n: int) -> Array:
    vector = np.asarray(finite(value, name))
    if vector.shape != (n,):
        raise CourseError(SAY("list", name=name, n=n, shape=vector.shape))
    return vector


def n_fixed_point(fatigue: ArrayLike, reaction: ArrayLike, grievance: ArrayLike) -> Array:
    """Find the arms at which none of n nations changes anything: x* = (A - K)^-1 g.

    Parameters
    ----------
    fatigue : array of shape (n,)
        a, per year; each greater than 0.
    reaction : array of shape (n, n)
        K, per year: row i, column j is the reaction of i to j; 0 or greater, 0 on the diagonal.
    grievance : array of shape (n,)
        g, in arms per year; below 0 is goodwill.

    Returns
    -------
    numpy.ndarray of shape (n,)
        x*, in arms. It may be unstable, and it may lie below 0.

    Raises
    ------
    CourseError
        If A - K cannot be inverted, and if a parameter lies outside its range.

    References
    ----------
    richardson1960

    Examples
    --------
    >>> n_fixed_point([2, 2], [[0, 1], [1, 0]], [1, 1]).round(6).tolist()
    [1.0, 1.0]
    """
    a, matrix = _many(fatigue, reaction)
    g = _vector(grievance, "grievance", len(a))
    # Divided by the fatigue of its nation, every row has the same scale: 1 on the diagonal.
    system, push = np.eye(len(a)) - matrix / a[:, None], g / a
    if np.linalg.matrix_rank(system, tol=_ROUNDING) < len(a):
        residue = push - system @ np.linalg.lstsq(system, push, rcond=_ROUNDING)[0]
        none = np.abs(residue).max() > _ROUNDING * np.abs(push).max()
        raise CourseError(SAY("none" if none else "many", balance="A - K has no inverse"))
    return np.asarray(np.linalg.solve(system, push), dtype=np.float64)


def n_eigenvalues(
    fatigue: ArrayLike, reaction: ArrayLike
) -> NDArray[np.floating[Any]] | NDArray[np.complexfloating[Any, Any]]:
    """Find the rates at which departures from the fixed point of n nations grow or decay.

    They are the eigenvalues of K - A. Fully symmetric case: -(a - (n - 1) k) once and -(a + k)
    n - 1 times.

    Parameters
    ----------
    fatigue : array of shape (n,)
        a, per year; each greater than 0.
    reaction : array of shape (n, n)
        K, per year; 0 or greater, 0 on the diagonal.

    Returns
    -------
    numpy.ndarray of shape (n,)
        The rates, per year, the largest first; complex if arms can swing to and fro.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    richardson1960

    Examples
    --------
    >>> n_eigenvalues([2, 2], [[0, 1], [1, 0]]).round(6).tolist()
    [-1.0, -3.0]
    """
    a, matrix = _many(fatigue, reaction)
    rates = np.linalg.eigvals(matrix - np.diag(a))
    return rates[np.argsort(-rates.real, kind="stable")]


def spectral_radius(fatigue: ArrayLike, reaction: ArrayLike) -> float:
    """Measure how strongly n nations drive one another: rho(A^-1 K).

    It is the largest absolute eigenvalue of A^-1 K, in which each reaction is divided by the
    fatigue of the nation that reacts.

    Parameters
    ----------
    fatigue : array of shape (n,)
        a, per year; each greater than 0.
    reaction : array of shape (n, n)
        K, per year; 0 or greater, 0 on the diagonal.

    Returns
    -------
    float
        rho, 0 or greater, no unit; below 1 the race settles down.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    richardson1960

    Examples
    --------
    >>> round(spectral_radius([2, 2, 2], [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]), 6)
    0.5
    """
    a, matrix = _many(fatigue, reaction)
    return float(np.abs(np.linalg.eigvals(matrix / a[:, None])).max())


def n_is_stable(fatigue: ArrayLike, reaction: ArrayLike) -> bool:
    """Say whether a race of n nations settles down, from every start: iff rho(A^-1 K) < 1.

    Parameters
    ----------
    fatigue : array of shape (n,)
        a, per year; each greater than 0.
    reaction : array of shape (n, n)
        K, per year; 0 or greater, 0 on the diagonal.

    Returns
    -------
    bool
        True iff rho < 1; False where rho is 1, up to rounding.

    Raises
    ------
    CourseError
        If a parameter lies outside its range.

    References
    ----------
    richardson1960

    Examples
    --------
    >>> n_is_stable([2, 2], [[0, 1], [1, 0]])
    True
    """
    return spectral_radius(fatigue, reaction) < 1 - _ROUNDING


def n_trajectory(
    fatigue: ArrayLike,
    reaction: ArrayLike,
    grievance: ArrayLike,
    start: ArrayLike,
    times: ArrayLike,
) -> Array:
    """Follow the arms of n nations through time, exactly: x' = (K - A) x + g.

    Parameters
    ----------
    fatigue : array of shape (n,)
        a, per year; each greater than 0.
    reaction : array of shape (n, n)
        K, per year; 0 or greater, 0 on the diagonal.
    grievance : array of shape (n,)
        g, in arms per year; below 0 is goodwill.
    start : array of shape (n,)
        Arms at time 0; each 0 or greater.
    times : float or array
        Times at which to look, in years; 0 to a million.

    Returns
    -------
    numpy.ndarray of shape (number of times, n)
        Arms at each time. Nothing is cut off at 0.

    Raises
    ------
    CourseError
        If a parameter lies outside its range, or arms grow too large to be written down.

    References
    ----------
    richardson1960

    Examples
    --------
    >>> n_trajectory([2, 2], [[0, 2], [2, 0]], [1, 1], [0, 0], [0, 1, 5]).round(6).tolist()
    [[0.0, 0.0], [1.0, 1.0], [5.0, 5.0]]
    """
    a, matrix = _many(fatigue, reaction)
    n = len(a)
    g = _vector(grievance, "grievance", n)
    x = _vector(non_negative(start, "start", "no one can hold less than no arms"), "start", n)
    t = np.atleast_1d(between(times, "times", 0, LAST_TIME, "the race begins at time 0")).ravel()
    # A further coordinate that stays at 1 carries the grievances, so that no inverse of A - K is
    # needed and the balanced case is as exact as any other.
    flow = np.zeros((n + 1, n + 1))
    flow[:n, :n], flow[:n, n] = matrix - np.diag(a), g
    with np.errstate(over="ignore", invalid="ignore"):
        arms = (_exponential(t[:, None, None] * flow) @ np.append(x, 1))[:, :n]
    if not np.isfinite(arms).all():
        first = t[~np.isfinite(arms).all(axis=1)].min()
        raise CourseError(SAY("late", first=first))
    return np.asarray(arms, dtype=np.float64)


def _exponential(matrices: Array) -> Array:
    """Compute the exponential of each matrix in a stack: exp(M) = exp(M / 2^s)^(2^s)."""
    # s is so large that the power series of exp(M / 2^s) converges at once.
    # Not scipy's expm (1.17): if one nation does not react and the two fatigues differ in their
    # last digit (0.3 and 0.1 + 0.2), its shortcut for triangular matrices is off by per cents.
    size = np.abs(matrices).sum(axis=-1).max(axis=-1)
    # Each matrix is halved as often as it needs and no more: squaring adds rounding errors.
    halvings = np.ceil(np.log2(np.clip(size, 0.5, 1e308))) + 1
    small = matrices / 2.0 ** halvings[:, None, None]
    result = term = np.broadcast_to(np.eye(matrices.shape[-1]), matrices.shape)
    for order in range(1, 19):
        term = term @ small / order
        result = result + term
    for done in range(int(halvings.max(initial=0))):
        result = np.where((done < halvings)[:, None, None], result @ result, result)
    return result


@dataclass(frozen=True)
class Shock:
    """Spending of three actors at rest, in one case of `enlargement_shock`.

    Parameters
    ----------
    case : str
        Name of the case.
    members, rival, outsider : float
        x* of each, in arms.
    total : float
        Their sum.
    spectral_radius : float
        rho(A^-1 K), no unit; below 1 the race settles down.
    """

    case: str
    members: float
    rival: float
    outsider: float
    total: float
    spectral_radius: float


SHOCKS = {
    "before": {"MR": 1.0, "RM": 1.0, "RO": 0.2, "OR": 1.0, "a": 2.0, "g": 1.0},
    "strong provocation": {"MR": 1.0, "RM": 1.0, "RO": 1.0, "OR": 0.4, "a": 2.0, "g": 1.0},
    "mild provocation and relief": {"MR": 1.0, "RM": 1.0, "RO": 0.4, "OR": 0.4, "a": 2.0, "g": 1.0},
}
"""Parameters of each case of `enlargement_shock`.

``RO`` is the reaction of R to O, and so on; ``a`` and ``g`` are everyone's fatigue and grievance.
M and O do not react to each other.
"""


def enlargement_shock(case: str) -> Shock:
    """Let an outsider join an alliance and see who arms more (teaching construct).

    Members M, their rival R and an outsider O form a Richardson race with the parameters in
    `SHOCKS`. O's joining provokes R (its reaction to O rises) and relieves O (its reaction to R
    falls). The sign of the effect on total arms depends on which is stronger: the model does not
    settle the dispute, it locates it.

    Parameters
    ----------
    case : str
        ``"before"``, ``"strong provocation"`` or ``"mild provocation and relief"``.

    Returns
    -------
    Shock
        Spending of each at rest, the sum, and rho.

    Raises
    ------
    CourseError
        If there is no such case.

    References
    ----------
    richardson1960

    Examples
    --------
    >>> round(enlargement_shock("before").total, 4)
    3.2857
    >>> round(enlargement_shock("mild provocation and relief").total, 4)
    3.0352
    """
    if case not in SHOCKS:
        raise unknown("case", case, SHOCKS)
    k = SHOCKS[case]
    reaction = [[0, k["MR"], 0], [k["RM"], 0, k["RO"]], [0, k["OR"], 0]]
    fatigue, grievance = [k["a"]] * 3, [k["g"]] * 3
    spending = n_fixed_point(fatigue, reaction, grievance)
    members, rival, outsider = spending.tolist()
    return Shock(
        case, members, rival, outsider, float(spending.sum()), spectral_radius(fatigue, reaction)
    )
