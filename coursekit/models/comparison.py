"""Comparisons of units over time: what they estimate, how surely, and what can bias them."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coursekit.errors import CourseError
from coursekit.ranges import between, finite, non_negative, open_probability, positive, whole
from coursekit.sentences import Sentences

__all__ = ["EventStudy", "Panel", "difference_in_differences", "event_study"]
__all__ += ["permutation_p_value", "poisson_rate_interval", "simulate_panel", "smallest_p_value"]
__all__ += ["two_way_fixed_effects", "zero_event_bound"]

SAY = Sentences(__file__)
Floats = NDArray[np.float64]


def difference_in_differences(
    treated_before: float, treated_after: float, control_before: float, control_after: float
) -> float:
    """Compare how two groups changed: (Y_T,after - Y_T,before) - (Y_C,after - Y_C,before).

    Parameters
    ----------
    treated_before, treated_after : float
        Mean outcome of the treated group in each period; any finite number, any unit.
    control_before, control_after : float
        The same for the group that was not treated, in the same unit.

    Returns
    -------
    float
        Effect on the treated, in the unit of the outcome, if both groups would otherwise have
        changed alike.

    Raises
    ------
    CourseError
        If a mean is missing or infinite.

    References
    ----------
    bertrand2004

    Examples
    --------
    >>> difference_in_differences(10, 12, 8, 9)
    1.0
    """
    names = ("treated_before", "treated_after", "control_before", "control_after")
    means = (treated_before, treated_after, control_before, control_after)
    before, after, control, control_later = map(finite, means, names)
    return float((after - before) - (control_later - control))


def two_way_fixed_effects(outcome: ArrayLike, treated: ArrayLike) -> float | None:
    """Fit Y_it = alpha_i + lambda_t + beta D_it by least squares and return beta.

    With several dates of treatment and effects that differ, beta is no average of the effects:
    it may even have the wrong sign, because units treated early serve as controls later.

    Parameters
    ----------
    outcome : array of float, units x periods
        Y, finite, in any unit.
    treated : array of 0 and 1, units x periods
        D, one where a unit is treated.

    Returns
    -------
    float or None
        beta in the unit of the outcome; None where it is not defined, because units and periods
        alone account for who is treated when.

    Raises
    ------
    CourseError
        If the arrays differ in shape, have gaps, or D holds anything but 0 and 1.

    References
    ----------
    goodmanbacon2021, callaway_santanna2021

    Examples
    --------
    >>> effects_grow = [[0, 1, 4], [0, 0, 1]]
    >>> round(two_way_fixed_effects(effects_grow, [[0, 1, 1], [0, 0, 1]]), 6)
    -0.5
    """
    y, d = _finite(outcome, "outcome"), _finite(treated, "treated")
    if y.shape != d.shape:
        raise CourseError(SAY("shapes", outcome=y.shape, treated=d.shape))
    if not np.isin(d, (0, 1)).all():
        raise CourseError("treated may hold only 0 and 1: a unit is treated in a period or not.")
    within = _demean(d)
    variation = float((within**2).sum())
    return float((within * y).sum() / variation) if variation > 1e-9 else None


@dataclass(frozen=True, eq=False)
class EventStudy:
    """Coefficients by event time.

    Parameters
    ----------
    event_time : array of int
        Periods since treatment began, in order; -1 is the period compared with.
    coefficient, standard_error : array of float
        In the unit of the outcome; 0 at -1, NaN where not defined.
    clusters : int
        Number of units.
    """

    event_time: NDArray[np.int64]
    coefficient: Floats
    standard_error: Floats
    clusters: int

    def interval(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Return beta_k -/+ t * standard error, with t on (units - 1) degrees of freedom.

        Parameters
        ----------
        level : float
            Coverage, between 0 and 1 (neither included).

        Returns
        -------
        tuple of two arrays of float
            Lower and upper ends.

        Raises
        ------
        CourseError
            If `level` is out of range.

        References
        ----------
        bertrand2004
        """
        # Imported where it is used: it is large, and most notebooks never need it.
        from scipy.special import stdtrit

        quantile = -stdtrit(self.clusters - 1, (1 - _confidence(level)) / 2)
        half = quantile * self.standard_error
        return self.coefficient - half, self.coefficient + half


def event_study(
    outcome: ArrayLike, first_treated: ArrayLike, window: tuple[int, int] | None = None
) -> EventStudy:
    """Fit Y_it = alpha_i + lambda_t + sum over k != -1 of beta_k 1[t - E_i = k] by least squares.

    Standard errors are clustered by unit, with the usual correction G/(G-1) * (NT-1)/(NT-rank).

    Parameters
    ----------
    outcome : array of float, units x periods
        Y, finite, in any unit.
    first_treated : array, one value a unit
        E, the column of `outcome` in which treatment begins, counted from 0; NaN or None for a
        unit that is never treated.
    window : tuple of two int, optional
        First (-1 or less) and last (0 or more) event time shown. What lies beyond is counted
        with the nearer end. Default: all event times in the data.

    Returns
    -------
    EventStudy
        Coefficients and standard errors; NaN where they are not defined, such as for every lead
        and lag when all units are treated and a straight line in k fits as well.

    Raises
    ------
    CourseError
        If the panel has gaps, `first_treated` does not fit it, or `window` leaves out -1 or 0.

    References
    ----------
    sun_abraham2021, roth2022, bertrand2004

    Examples
    --------
    >>> study = event_study([[0, 1, 3, 4], [2, 2, 2, 2], [5, 5, 5, 5]], [2, None, None])
    >>> study.event_time.tolist(), study.coefficient.round(6).tolist()
    ([-2, -1, 0, 1], [-1.0, 0.0, 2.0, 3.0])
    """
    y = _finite(outcome, "outcome")
    units, periods = y.shape
    try:
        start = np.array(first_treated, dtype=float)
    except (TypeError, ValueError):
        start = np.empty(0)
    started = np.isfinite(start)
    if start.shape != (units,) or (start[started] % 1).any():
        raise CourseError(SAY("first", units=units))
    event = np.arange(periods) - start[:, None]
    if window is not None:
        ends = _finite(window, "window", 1)
        if ends.shape != (2,) or (ends % 1).any() or not ends[0] <= -1 < 0 <= ends[1]:
            raise CourseError(SAY("window", window=window))
        event = np.clip(event, *ends)
    times = np.unique(event[started]).astype(np.int64)
    estimated = np.flatnonzero(times != -1)
    coefficient, error = np.zeros(times.size), np.zeros(times.size)
    dummies = np.zeros((estimated.size, units, periods))
    for row, k in zip(dummies, times[estimated], strict=True):
        row[:] = _demean((event == k).astype(float))
    coefficient[estimated], error[estimated] = _clustered(_demean(y), dummies)
    return EventStudy(times, coefficient, error, units)


def _clustered(y: Floats, dummies: Floats) -> tuple[Floats, Floats]:
    """Regress demeaned outcomes on demeaned dummies; one cluster a unit."""
    units, periods = y.shape
    sizes, directions = np.linalg.eigh(np.einsum("kit,jit->kj", dummies, dummies))
    free = sizes > 1e-8
    # A coefficient is defined if no mixture of the others, units and periods replaces its dummy.
    defined = (np.abs(directions[:, ~free]) < 1e-6).all(axis=1)
    bread = directions[:, free] / sizes[free] @ directions[:, free].T
    beta = bread @ np.einsum("kit,it->k", dummies, y)
    residual = y - np.einsum("kit,k->it", dummies, beta)
    scores = np.einsum("kit,it->ik", dummies, residual)
    freedom = y.size - (units + periods - 1 + free.sum())
    scale = units / (units - 1) * (y.size - 1) / freedom if freedom > 0 and units > 1 else math.nan
    variance = scale * np.einsum("ij,gj->gi", bread, scores) ** 2
    error = np.sqrt(variance.sum(axis=0))
    return np.where(defined, beta, math.nan), np.where(defined, error, math.nan)


def permutation_p_value(estimate: float, placebos: ArrayLike) -> float:
    """Return p = (1 + number of placebos >= estimate) / (1 + number of placebos), one-sided.

    Parameters
    ----------
    estimate : float
        The estimate with the true assignment, in any unit. To test for a fall, change the sign
        of everything; to test for either, pass absolute values.
    placebos : array of float
        Estimates, in the same unit, with treatment reassigned, without the true assignment.

    Returns
    -------
    float
        Share of assignments, the true one among them, that do at least as well; in (0, 1].

    Raises
    ------
    CourseError
        If a number is missing or infinite, or there is no placebo.

    References
    ----------
    conley_taber2011, abadie2010

    Examples
    --------
    >>> permutation_p_value(2.0, [0.1, -0.3, 2.5])
    0.5
    """
    value, others = float(finite(estimate, "estimate")), _finite(placebos, "placebos", 1)
    return float((1 + at_least(value, others)) / (1 + others.size))


def at_least(estimate: float, placebos: ArrayLike) -> int:
    """Count the placebos that are not smaller than an estimate."""
    others = np.asarray(placebos, dtype=float)
    # Equal estimates reach this point by different sums and so differ in their last digits.
    return int(((others >= estimate) | np.isclose(others, estimate, rtol=1e-9, atol=1e-12)).sum())


def smallest_p_value(units: int, treated: int) -> float:
    """Return 1 / C(units, treated), the least one-sided p that reassigning treatment can give.

    Parameters
    ----------
    units : int
        Number of units, 2 or more.
    treated : int
        Number treated, from 1 to ``units - 1``.

    Returns
    -------
    float
        A probability.

    Raises
    ------
    CourseError
        If the numbers are not whole or out of range.

    References
    ----------
    conley_taber2011

    Examples
    --------
    >>> round(smallest_p_value(12, 2), 4)
    0.0152
    """
    number, chosen = whole(units, "units", 2), whole(treated, "treated", 1)
    between(chosen, "treated", 1, number - 1)
    return 1 / math.comb(number, chosen)


def poisson_rate_interval(events: int, exposure: float, level: float = 0.95) -> tuple[float, float]:
    """Bound a rate of events on both sides, by the exact method of Garwood (1936).

    With a = 1 - level: lower = chi2(a/2; 2 events) / (2 exposure), upper =
    chi2(1 - a/2; 2 events + 2) / (2 exposure), where chi2(p; df) is the quantile.

    Parameters
    ----------
    events : int
        Events seen, 0 or more.
    exposure : float
        Time at risk, above 0, such as member-years.
    level : float
        Coverage, between 0 and 1 (neither included).

    Returns
    -------
    tuple of two float
        Lower and upper end, in events per unit of exposure; the lower is 0 for no events.

    Raises
    ------
    CourseError
        If a parameter is out of range.

    References
    ----------
    hanley_lippman1983

    Examples
    --------
    >>> [round(end, 4) for end in poisson_rate_interval(5, 100)]
    [0.0162, 0.1167]
    """
    count, tail = whole(events, "events", 0), (1 - _confidence(level)) / 2
    exposure = float(positive(exposure, "exposure"))
    # Half a chi-squared quantile with 2 k degrees of freedom is a quantile of the gamma function.
    from scipy.special import gammainccinv, gammaincinv

    lower = gammaincinv(count, tail) if count else 0.0
    return float(lower / exposure), float(gammainccinv(count + 1, tail) / exposure)


def zero_event_bound(exposure: float, level: float = 0.95) -> float:
    """Return the highest rate that no event leaves open, -ln(1 - level) / exposure, one-sided.

    Parameters
    ----------
    exposure : float
        Time at risk without an event, above 0, such as member-years.
    level : float
        Confidence, between 0 and 1 (neither included).

    Returns
    -------
    float
        Events per unit of exposure; about 3 / exposure at 0.95. It says what zero cannot
        exclude; it is no comparison.

    Raises
    ------
    CourseError
        If a parameter is out of range.

    References
    ----------
    hanley_lippman1983

    Examples
    --------
    >>> round(100 * zero_event_bound(269), 1)
    1.1
    """
    exposure = float(positive(exposure, "exposure"))
    return -math.log1p(-_confidence(level)) / exposure


@dataclass(frozen=True, eq=False)
class Panel:
    """Data of the bias lab.

    Parameters
    ----------
    outcome : array of float, units x periods
        Y.
    treated : array of int, units x periods
        D, one from the period in which treatment begins.
    first_treated : array of float, one value a unit
        That period, counted from 0; NaN for a unit that is never treated.
    danger : array of float, one value a unit
        Danger, in standard deviations.
    neighbours_treated : array of float, units x periods
        Share of a unit's two neighbours that are treated: 0, 0.5 or 1.
    """

    outcome: Floats
    treated: NDArray[np.int64]
    first_treated: Floats
    danger: Floats
    neighbours_treated: Floats


def simulate_panel(
    units: int = 40,
    periods: int = 10,
    effect: float = 1.0,
    anticipation: float = 0.0,
    anticipation_periods: int = 2,
    spillover: float = 0.0,
    danger_trend: float = 0.0,
    selection: float = 1.0,
    noise: float = 1.0,
    adoption: int | tuple[int, ...] | None = None,
    seed: int = 0,
) -> Panel:
    """Teaching construct: draw a panel whose biases can be switched on one by one.

    Y_it = alpha_i + lambda_t + effect D_it + anticipation A_it + spillover S_it
    + danger_trend danger_i t + noise e_it, where A is one in the `anticipation_periods` before
    treatment and S is the share of treated neighbours on a ring. A unit is treated with
    probability 1 / (1 + exp(-selection danger_i)). alpha, lambda, danger and e are standard
    normal. The same seed draws the same numbers whatever is switched on.

    Parameters
    ----------
    units, periods : int
        4 or more units on the ring; 2 or more periods.
    effect, anticipation, spillover, danger_trend : float
        Any finite size, in the unit of the outcome (`danger_trend`: per period).
    anticipation_periods : int
        0 or more periods.
    selection : float
        Pull of danger into treatment, in log-odds per standard deviation; 0 is a fair coin.
    noise : float
        Standard deviation of the noise, 0 or more.
    adoption : int or tuple of int, optional
        Periods, from 1 to ``periods - 1``, in which treatment may begin; each treated unit gets
        one at random. Default: the middle one for all.
    seed : int
        0 or more.

    Returns
    -------
    Panel
        At least one unit is treated and one never is: if need be, those next in line.

    Raises
    ------
    CourseError
        If a parameter is out of range.

    References
    ----------
    bertrand2004, goodmanbacon2021

    Examples
    --------
    >>> panel = simulate_panel(noise=0, effect=2)
    >>> round(two_way_fixed_effects(panel.outcome, panel.treated), 6)
    2.0
    """
    n, length = whole(units, "units", 4), whole(periods, "periods", 2)
    ahead, number = whole(anticipation_periods, "anticipation_periods", 0), whole(seed, "seed", 0)
    sizes = (effect, anticipation, spillover, danger_trend, selection)
    names = ("effect", "anticipation", "spillover", "danger_trend", "selection")
    for size, name in zip(sizes, names, strict=True):
        finite(size, name)
    non_negative(noise, "noise")
    starts = (length // 2,) if adoption is None else tuple(np.atleast_1d(adoption))
    if not starts or not all(whole(start, "adoption", 1) < length for start in starts):
        raise CourseError(SAY("adoption", adoption=adoption, last=length - 1))
    draw = np.random.default_rng(number)
    danger, luck, slot = draw.normal(size=n), draw.random(n), draw.random(n)
    level = draw.normal(size=n)
    common, error, t = draw.normal(size=length), draw.normal(size=(n, length)), np.arange(length)
    margin = 1 / (1 + np.exp(-selection * danger)) - luck
    chosen = margin > 0
    chosen[margin.argmax()], chosen[margin.argmin()] = True, False
    dates = np.array(starts, dtype=float)[(slot * len(starts)).astype(int)]
    first = np.where(chosen, dates, math.nan)
    since = t - first[:, None]
    treated = since >= 0
    shares = (np.roll(treated, 1, axis=0).astype(float) + np.roll(treated, -1, axis=0)) / 2
    anticipated = (since >= -ahead) & ~treated
    outcome = (
        level[:, None]
        + common
        + effect * treated
        + anticipation * anticipated
        + spillover * shares
        + danger_trend * danger[:, None] * t
        + noise * error
    )
    return Panel(outcome, treated.astype(np.int64), first, danger, shares)


def _finite(values: ArrayLike, name: str, dimensions: int = 2) -> Floats:
    shape = {1: "a list of numbers", 2: "a table, one row a unit and one column a period"}
    try:
        array = np.array(values, dtype=float)
    except (TypeError, ValueError):
        array = np.empty((0,) * dimensions)
    if array.ndim != dimensions or not array.size or not np.isfinite(array).all():
        raise CourseError(
            f"{name} must be {shape[dimensions]}, without gaps, because every value is used."
        )
    return array


def _confidence(level: float) -> float:
    return float(open_probability(level, "level", "no interval is certain and none is empty"))


def _demean(table: Floats) -> Floats:
    """Take out units and periods."""
    rows, columns = table.mean(axis=1, keepdims=True), table.mean(axis=0, keepdims=True)
    return np.asarray(table - rows - columns + table.mean())
