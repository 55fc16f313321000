"""Trust before and after an act, and the sizes of a first gesture that can build it."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib import rc_context

from coursekit.figures import palette
from coursekit.figures.base import STYLE, CourseFigure
from coursekit.models.trust import (
    can_reassure,
    largest_signal,
    posterior,
    smallest_signal,
    trust_threshold,
)

__all__ = [
    "Belief",
    "Gesture",
    "after",
    "belief_figure",
    "gesture",
    "gesture_figure",
    "least_trust",
    "odds_in_words",
]

PLAYERS = ("State A", "State B")
# The payoffs of the numerical example; T_t is a trustworthy player's for arming alone.
SAME = {"R": 3, "P": 1, "S": 0}
UNTRUSTWORTHY = {"T": 4, **SAME}
TRUSTWORTHY = {"T_t": 2, **SAME}

PLATE = {"facecolor": "white", "edgecolor": "none", "pad": 2}
TEAL, BROWN, PURPLE = "#00695c", "#8a5a00", "#7d4f8a"
GRID = np.linspace(0, 1, 51)
LOW = smallest_signal(GRID, **UNTRUSTWORTHY)
HIGH = largest_signal(GRID, **TRUSTWORTHY)


class Belief(NamedTuple):
    """What one side believes about the other before an act.

    Parameters
    ----------
    trust : float
        Probability that the other is trustworthy.
    if_trustworthy, if_not : float
        Probability that a trustworthy and an untrustworthy actor would do the act.
    """

    trust: float
    if_trustworthy: float
    if_not: float


class Gesture(NamedTuple):
    """What a first gesture of some size leads to.

    Parameters
    ----------
    result : str
        ``"separating"``, ``"pooling"`` or ``"no cooperation"``.
    low, high : float
        s_min and s_max, shares of the stakes.
    possible : bool
        Whether some gesture can separate the two types.
    words : str
        What the result means.
    """

    result: str
    low: float
    high: float
    possible: bool
    words: str


def least_trust():
    """Give t*, the least trust at which a trustworthy state cooperates in one play.

    Returns
    -------
    float
        t* for the payoffs of the numerical example.

    Examples
    --------
    >>> least_trust()
    0.5
    """
    return trust_threshold(**TRUSTWORTHY)


def after(belief):
    """Update a belief.

    Parameters
    ----------
    belief : Belief
        Trust and the two likelihoods.

    Returns
    -------
    float or None
        Trust after the act; None if by these numbers the act could not have happened.

    Examples
    --------
    >>> round(after(Belief(0.6, 0.5, 0.9)), 6)
    0.454545
    >>> after(Belief(0.6, 0, 0)) is None
    True
    """
    trust, if_trustworthy, if_not = belief
    if trust * if_trustworthy + (1 - trust) * if_not == 0:
        return None
    return posterior(t=trust, e_T=if_trustworthy, e_U=if_not)


def odds_in_words(trust):
    """Write trust as odds.

    Parameters
    ----------
    trust : float or None
        A probability; None if there is none.

    Returns
    -------
    str
        Such as ``1.50 to 1``.

    Examples
    --------
    >>> odds_in_words(0.6), odds_in_words(1), odds_in_words(None)
    ('1.50 to 1', 'certain', 'no odds')
    """
    if trust is None:
        return "no odds"
    return "certain" if math.isclose(trust, 1) else f"{trust / (1 - trust):.2f} to 1"


def gesture(trust, size):
    """Say what a first gesture leads to, with the payoffs of the numerical example.

    Parameters
    ----------
    trust : float
        Probability in [0, 1] that the other is trustworthy.
    size : float
        Share of the stakes in the first round, between 0 and 1.

    Returns
    -------
    Gesture
        The result and the band of sizes that separate the types.

    Raises
    ------
    CourseError
        If trust lies outside [0, 1].

    Examples
    --------
    >>> gesture(0.3, 0.5).result, gesture(0.3, 0.2).result, gesture(0.3, 0.9).result
    ('separating', 'pooling', 'no cooperation')
    """
    low, high = smallest_signal(trust, **UNTRUSTWORTHY), largest_signal(trust, **TRUSTWORTHY)
    possible = can_reassure(trust, **UNTRUSTWORTHY, T_t=TRUSTWORTHY["T_t"])
    if size > high and not math.isclose(size, high):
        result, words = "no cooperation", "Too large: a trustworthy state would not risk it."
    elif size < low and not math.isclose(size, low):
        result = "pooling"
        words = (
            "Too small: an untrustworthy state would imitate it. It tells nothing, so trust stays "
            f"{'high enough' if trust >= least_trust() else 'too low'} for cooperation."
        )
    else:
        result = "separating"
        words = "A trustworthy state dares it. An untrustworthy one does not imitate it."
    return Gesture(result, low, high, possible, words)


def belief_figure(first, second, players=PLAYERS):
    """Draw the trust of both sides before and after an act.

    Parameters
    ----------
    first, second : tuple of float
        For each side: trust, and the two likelihoods of the other's act; see `Belief`.
    players : tuple of str, optional
        Names of the two sides.

    Returns
    -------
    CourseFigure
        Two bars a side, odds beside them, and the least trust t* as a line.

    Raises
    ------
    CourseError
        If a number lies outside [0, 1].
    """
    beliefs = (Belief(*first), Belief(*second))
    text = {"va": "center", "fontsize": 10, "color": palette.INK}
    rows = []
    with rc_context(STYLE):
        figure = CourseFigure(figsize=(9.2, 3.9), dpi=100)
        figure.patch.set_facecolor("white")
        axes = figure.add_axes((0.1, 0.15, 0.68, 0.71))
        axes.set(xlim=(0, 1), ylim=(4.6, -0.6), yticks=[])
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
        axes.set_xlabel("Probability that the other is trustworthy", color=palette.INK)
        axes.spines[["top", "right"]].set_visible(False)
        axes.text(1.04, -0.5, "odds", weight="bold", **text)
        for k, belief in enumerate(beliefs):
            other = players[1 - k]
            head = f"{players[k]}'s trust in {other}"
            axes.text(0.01, 2.7 * k - 0.3, head, weight="bold", **text)
            for row, (when, trust) in enumerate(
                (("before", belief.trust), ("after", after(belief)))
            ):
                y = 2.7 * k + 0.3 + 0.85 * row
                axes.barh(
                    [y],
                    [trust or 0],
                    height=0.62,
                    color=TEAL if row else "white",
                    edgecolor=TEAL,
                    linewidth=1.2,
                    hatch="" if row else "////",
                    gid=f"trust-{k}-{when}",
                )
                axes.text(-0.02, y, when, ha="right", **text)
                said = "no answer" if trust is None else f"{trust:.2f}"
                odds = said if trust is None else f"{odds_in_words(trust)}  ({said})"
                axes.text(1.04, y, odds, **text)
                rows.append((players[k], other, when, said, odds_in_words(trust)))
        axes.axvline(least_trust(), color=BROWN, linestyle="--", linewidth=2, gid="threshold")
        words = f"t* = {least_trust():g}: from here on cooperation pays in one play"
        axes.text(least_trust(), -0.95, words, ha="center", **text)
    figure.alt = "Trust before and after an act. " + " ".join(
        f"{rows[2 * k][0]} in {rows[2 * k][1]}: {rows[2 * k][3]}, then {rows[2 * k + 1][3]}."
        for k in (0, 1)
    )
    figure.table = pd.DataFrame(rows, columns=["side", "about", "when", "trust", "odds"])
    return figure


def gesture_figure(trust, size):
    """Draw which sizes of a first gesture separate trustworthy from untrustworthy states.

    Parameters
    ----------
    trust : float
        Probability in [0, 1] that the other is trustworthy.
    size : float
        Share of the stakes in the first round, between 0 and 1.

    Returns
    -------
    CourseFigure
        s_min and s_max by trust, the band between them, and the gesture.

    Raises
    ------
    CourseError
        If trust lies outside [0, 1].
    """
    found = gesture(trust, size)
    band = HIGH >= LOW
    text = {"ha": "center", "va": "center", "fontsize": 9.5, "color": palette.INK}
    with rc_context(STYLE):
        figure = CourseFigure(figsize=(9.2, 4.5), dpi=100)
        figure.patch.set_facecolor("white")
        axes = figure.add_axes((0.08, 0.13, 0.89, 0.76))
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
        axes.set_yticks([0, 0.5, 1])
        axes.set_xlabel("Trust t before the gesture", color=palette.INK)
        axes.set_ylabel("Size s of the first gesture", color=palette.INK)
        axes.spines[["top", "right"]].set_visible(False)
        axes.fill_between(
            GRID, LOW, HIGH, where=band, interpolate=True, color="#cfe8e2", gid="band"
        )
        axes.fill_between(
            GRID,
            0,
            np.minimum(LOW, HIGH),
            facecolor="#f7e3b5",
            edgecolor=BROWN,
            hatch="//",
            linewidth=0,
            gid="pooling",
        )
        axes.plot(GRID, LOW, color=BROWN, linewidth=2.2, gid="s_min")
        axes.plot(
            GRID, HIGH, color=PURPLE, linewidth=2.2, linestyle="--", clip_on=False, gid="s_max"
        )
        axes.axvline(least_trust(), color=palette.INK, linestyle=":", linewidth=1.5, gid="t_star")
        axes.text(least_trust(), 1.04, f"t* = {least_trust():g}", **text)
        axes.text(0.16, 0.8, "no cooperation:\ntoo risky for the trustworthy", **text)
        axes.text(0.75, 0.86, "separating: the gesture tells the types apart", **text)
        label = axes.text(0.72, 0.2, "pooling: both types could make it", **text)
        label.set_bbox(PLATE)
        for x, y, name in ((0.93, 0.66, "s_min"), (0.41, 0.93, "s_max")):
            axes.text(x, y, name, **text).set_bbox(PLATE)
        if found.possible:
            ends = [found.low, found.high]
            axes.plot([trust, trust], ends, color=TEAL, linewidth=5, clip_on=False, gid="sizes")
        axes.plot(
            [trust],
            [size],
            marker={"separating": "D", "pooling": "o", "no cooperation": "X"}[found.result],
            markersize=13,
            color=palette.INK,
            markeredgecolor="white",
            clip_on=False,
            zorder=5,
            gid="gesture",
        )
    figure.alt = (
        f"Trust {trust:.2f}, gesture {size:.2f} of the stakes: {found.result}. {found.words}"
    )
    figure.table = pd.DataFrame(
        [
            (f"{t:.2f}", f"{g.low:.3f}", f"{g.high:.3f}", "yes" if g.possible else "no")
            for t in (trust, *(k / 10 for k in range(1, 10)))
            for g in [gesture(t, size)]
        ],
        columns=["trust", "s_min", "s_max", "a gesture can separate"],
    )
    return figure
