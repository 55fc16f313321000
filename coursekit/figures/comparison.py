"""Comparisons over time: a simulated panel, an exact example, and all designs on real data."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib import rc_context

from coursekit.figures import palette
from coursekit.figures.base import STYLE, CourseFigure
from coursekit.models.comparison import (
    difference_in_differences,
    event_study,
    simulate_panel,
    two_way_fixed_effects,
)

__all__ = [
    "VARIANTS",
    "BiasResult",
    "bias_figure",
    "bias_result",
    "frame",
    "legend",
    "staggered",
    "staggered_figure",
]

# In the bias lab danger raises the outcome by this much a period, per standard deviation.
DRIFT = 0.2
DRAWS = 40
# Teaching constructs: label, outcomes and treatment of an early, a late and untreated units.
VARIANTS = {
    "growing": ("effects 1 then 4; 1", [[0, 1, 4], [0, 0, 1]]),
    "milder": ("effects 1 then 2; 1", [[0, 1, 2], [0, 0, 1]]),
    "constant": ("effect always 1", [[0, 1, 1], [0, 0, 1]]),
    "never": (
        "1 then 4; 1; two never treated",
        [[0, 1, 4], [0, 0, 1], [0, 0, 0], [0, 0, 0]],
    ),
}
TREATED = [[0, 1, 1], [0, 0, 1], [0, 0, 0], [0, 0, 0]]
FACT, TRUTH, MUTED = "#00695c", "#8a5a00", "#adada9"


class BiasResult(NamedTuple):
    """What one simulated panel and many like it show.

    Parameters
    ----------
    two_way, simple : float
        Estimates by two-way fixed effects over all periods, and by difference-in-differences of
        the last period before and the first after.
    average : float
        Mean of the first over the panels of `DRAWS` seeds.
    own, full : float
        True effect of joining oneself, and of all joining, on those that joined.
    """

    two_way: float
    simple: float
    average: float
    own: float
    full: float


def bias_result(effect, anticipation, spillover, selection, seed):
    """Estimate an effect that is known.

    Parameters
    ----------
    effect, anticipation, spillover, selection : float
        See `coursekit.models.comparison.simulate_panel`.
    seed : int
        0 or more.

    Returns
    -------
    BiasResult
        Estimates and truth, in the unit of the outcome.
    """
    settings = (effect, anticipation, spillover, selection)
    panel = _panel(*settings, seed)
    joined = np.isfinite(panel.first_treated)
    start = int(np.nanmin(panel.first_treated))
    means = [panel.outcome[who, t].mean() for who in (joined, ~joined) for t in (start - 1, start)]
    shares = panel.neighbours_treated[joined, start:].mean()
    return BiasResult(
        two_way_fixed_effects(panel.outcome, panel.treated),
        difference_in_differences(*means),
        _average(*settings),
        effect,
        effect + spillover * float(shares),
    )


def _panel(effect, anticipation, spillover, selection, seed):
    return simulate_panel(
        effect=effect,
        anticipation=anticipation,
        spillover=spillover,
        danger_trend=DRIFT,
        selection=selection,
        seed=seed,
    )


@lru_cache(maxsize=512)
def _average(*settings):
    panels = [_panel(*settings, seed) for seed in range(DRAWS)]
    return float(np.mean([two_way_fixed_effects(p.outcome, p.treated) for p in panels]))


def bias_figure(effect, anticipation, spillover, selection, seed):
    """Draw event-study coefficients against the known truth.

    Parameters
    ----------
    effect, anticipation, spillover, selection : float
        See `coursekit.models.comparison.simulate_panel`.
    seed : int
        0 or more.

    Returns
    -------
    CourseFigure
        Circles with 95 per cent intervals; diamonds on a dashed line for the truth, which is the
        difference to a world in which nobody joins.
    """
    panel = _panel(effect, anticipation, spillover, selection, seed)
    result = bias_result(effect, anticipation, spillover, selection, seed)
    study = event_study(panel.outcome, panel.first_treated)
    low, high = study.interval()
    k, found = study.event_time, study.coefficient
    truth = np.where(k >= 0, result.full, np.where(k >= -2, anticipation, 0.0))
    with rc_context(STYLE):
        figure, axes = frame((0.1, 0.14, 0.87, 0.74), 4.2)
        axes.axhline(0, color=MUTED, linewidth=1)
        axes.axvline(-0.5, color=MUTED, linewidth=1, linestyle=":")
        axes.plot(k, truth, "D--", color=TRUTH, markersize=5, label="truth", gid="truth")
        axes.vlines(k, low, high, color=FACT, linewidth=2.5, gid="intervals")
        axes.plot(
            k, found, "o", color=FACT, markersize=7, label="estimate, 95% interval", gid="estimates"
        )
        axes.set_ylim(min(-2.0, low.min() - 0.2), max(4.0, high.max() + 0.2, result.full + 0.2))
        axes.set_xticks(k, [f"{t:+d}" if t else "joins" for t in k], fontsize=9)
        axes.set_xlabel("Periods since joining (−1 is the period compared with)", fontsize=9)
        axes.set_ylabel("Effect on the outcome", fontsize=9)
        legend(figure, 2)
    figure.alt = (
        f"Event study of a simulated panel: two-way fixed effects gives {result.two_way:.2f}; "
        f"the full true effect is {result.full:.2f}. Over {DRAWS} draws the estimate is "
        f"{result.average:.2f} on average."
    )
    figure.table = pd.DataFrame(
        {
            "period": k,
            "estimate": found.round(3),
            "from": low.round(3),
            "to": high.round(3),
            "truth": truth.round(3),
        }
    )
    return figure


def staggered_figure(variant):
    """Draw the three-period example with its estimate and its truth.

    Parameters
    ----------
    variant : str
        One of `VARIANTS`.

    Returns
    -------
    CourseFigure
        Outcomes by period on the left; true mean effect and estimate on the right.
    """
    label, outcome = VARIANTS[variant]
    treated = TREATED[: len(outcome)]
    truth, estimate = staggered(variant)
    names = ("early", "late", "never", "never")
    looks = (("o-", FACT), ("s--", TRUTH), ("^:", "#6d7880"))
    with rc_context(STYLE):
        figure, axes = frame((0.1, 0.14, 0.4, 0.7), 4.2)
        for unit, name, (line, colour) in zip(outcome, names[:3], looks, strict=False):
            axes.plot((1, 2, 3), unit, line, color=colour, label=name, linewidth=2, gid=name)
        axes.set_xticks((1, 2, 3))
        axes.set_ylim(-0.3, 4.3)
        axes.set_xlabel("Period", fontsize=9)
        axes.set_ylabel("Outcome; without treatment always 0", fontsize=9)
        legend(figure, 3)
        other = figure.add_axes((0.6, 0.14, 0.37, 0.7))
        _plain(other)
        other.axhline(0, color=palette.INK, linewidth=1)
        for x, (value, colour, hatch, name) in enumerate(
            ((truth, MUTED, "", "truth"), (estimate, FACT, "////", "two-way"))
        ):
            other.bar(x, value, 0.55, color=colour, hatch=hatch, edgecolor="white", gid=name)
            gap = 0.08 if value >= 0 else -0.08
            edge = "bottom" if value >= 0 else "top"
            other.text(x, value + gap, f"{value:.2f}", ha="center", va=edge, fontsize=10)
        other.set_xticks((0, 1), ("true mean effect", "two-way\nfixed effects"), fontsize=9)
        other.set_ylim(-1, 2.5)
        other.set_xlim(-0.6, 1.6)
    figure.alt = (
        f"Three periods, {label}: all true effects are positive, {truth:.2f} on average. "
        f"Two-way fixed effects gives {estimate:.2f}."
    )
    figure.table = pd.DataFrame(
        [
            (name, *y, "".join(map(str, d)))
            for name, y, d in zip(names, outcome, treated, strict=False)
        ],
        columns=["unit", "period 1", "period 2", "period 3", "treated"],
    )
    return figure


def staggered(variant):
    """Compute the true mean effect and the estimate in the three-period example.

    Parameters
    ----------
    variant : str
        One of `VARIANTS`.

    Returns
    -------
    truth, estimate : float
        Mean of the effects on the treated, and two-way fixed effects.

    Examples
    --------
    >>> truth, estimate = staggered("growing")
    >>> truth, round(estimate, 6)
    (2.0, -0.5)
    """
    outcome = np.array(VARIANTS[variant][1], dtype=float)
    treated = np.array(TREATED[: len(outcome)])
    return float(outcome[treated == 1].mean()), two_way_fixed_effects(outcome, treated)


def frame(place, height):
    """Make a figure with one plain set of axes.

    Parameters
    ----------
    place : tuple of four float
        Left, bottom, width and height of the axes, as shares of the figure.
    height : float
        Of the figure, in inches.

    Returns
    -------
    figure : CourseFigure
        The figure.
    axes : matplotlib.axes.Axes
        Its axes.
    """
    figure = CourseFigure(figsize=(7.6, height), dpi=100)
    figure.patch.set_facecolor("white")
    axes = figure.add_axes(place)
    _plain(axes)
    return figure, axes


def legend(figure, columns):
    """Put the legend above the axes.

    Parameters
    ----------
    figure : CourseFigure
        The figure.
    columns : int
        Entries side by side.
    """
    figure.legend(loc="upper center", ncols=columns, frameon=False, fontsize=9)


def _plain(axes):
    axes.grid(color="#e3e7ea")
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=9, length=0, pad=6)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
