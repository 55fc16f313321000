"""A simulated panel in which the truth is known, and the estimates that miss it."""

import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from coursekit.figures.base import Axes, CourseFigure, Sheet, described
from coursekit.figures.chart import BROWN, TEAL, legend, plain, sheet
from coursekit.models import comparison as model

# In the bias lab danger raises the outcome by this much a period, per standard deviation.
DRIFT = 0.2
DRAWS = 40
# Effect, anticipation, spillover and selection.
Settings = tuple[float, float, float, float]
MUTED = "#adada9"
TRUTH = {"marker": "D", "linestyle": "--", "color": BROWN, "markersize": 5}
ESTIMATE = {"marker": "o", "linestyle": "none", "color": TEAL, "markersize": 7}


class BiasResult(NamedTuple):
    """What one simulated panel and many like it show."""

    two_way: float
    simple: float
    average: float
    own: float
    full: float


def bias_result(
    effect: float, anticipation: float, spillover: float, selection: float, seed: int
) -> BiasResult:
    """Estimate an effect that is known."""
    settings = (effect, anticipation, spillover, selection)
    panel = _panel(settings, seed)
    joined = np.isfinite(panel.first_treated)
    start = int(np.nanmin(panel.first_treated))
    means = [panel.outcome[who, t].mean() for who in (joined, ~joined) for t in (start - 1, start)]
    shares = panel.neighbours_treated[joined, start:].mean()
    two_way = model.two_way_fixed_effects(panel.outcome, panel.treated)
    # Some units join and others never do, so that it is defined.
    assert two_way is not None
    simple, full = model.difference_in_differences(*means), effect + spillover * float(shares)
    return BiasResult(two_way, simple, _average(settings), effect, full)


def _panel(settings: Settings, seed: int) -> model.Panel:
    names = ("effect", "anticipation", "spillover", "selection")
    given: dict[str, Any] = dict(zip(names, settings, strict=True))
    return model.simulate_panel(danger_trend=DRIFT, seed=seed, **given)


@lru_cache(maxsize=512)
def _average(settings: Settings) -> float:
    panels = [_panel(settings, seed) for seed in range(DRAWS)]
    return float(np.mean([model.two_way_fixed_effects(p.outcome, p.treated) for p in panels]))


def bias_figure(
    effect: float,
    anticipation: float,
    spillover: float,
    selection: float,
    seed: int,
    *,
    on: Sheet = None,
) -> CourseFigure:
    """Draw event-study coefficients against the known truth."""
    panel = _panel((effect, anticipation, spillover, selection), seed)
    result = bias_result(effect, anticipation, spillover, selection, seed)
    study = model.event_study(panel.outcome, panel.first_treated)
    low, high = study.interval()
    k, found = study.event_time, study.coefficient
    truth = np.where(k >= 0, result.full, np.where(k >= -2, anticipation, 0.0))
    # In whole units, so that the scale stays where it is while a slider moves.
    bottom = min(-2, math.floor(low.min() - 0.2))
    top = max(4, math.ceil(max(high.max(), result.full) + 0.2))
    with sheet(7.6, 4.6, on) as figure:
        axes = figure.still(_study_axes, tuple(k.tolist()), bottom, top)
        axes.plot(k, truth, **TRUTH, gid="truth")
        axes.vlines(k, low, high, color=TEAL, linewidth=2.5, gid="intervals")
        axes.plot(k, found, **ESTIMATE, gid="estimates")
    alt = (
        f"Event study of a simulated panel: two-way fixed effects gives {result.two_way:.2f}; "
        f"the full true effect is {result.full:.2f}. Over {DRAWS} draws the estimate is "
        f"{result.average:.2f} on average."
    )
    columns = {"estimate": found, "from": low, "to": high, "truth": truth}
    return described(figure, alt, {"period": k} | {n: v.round(3) for n, v in columns.items()})


def _study_axes(figure: CourseFigure, periods: tuple[int, ...], bottom: float, top: float) -> Axes:
    axes = figure.add_axes((0.1, 0.13, 0.87, 0.77))
    plain(axes, "y")
    axes.set(xlim=(periods[0] - 0.5, periods[-1] + 0.5), ylim=(bottom, top))
    axes.axhline(0, color=MUTED, linewidth=1)
    axes.axvline(-0.5, color=MUTED, linewidth=1, linestyle=":")
    named = [t for t in periods if (t < 0) == (t % 2 == 1)]
    words = [f"{t:+d}".replace("-", "−") if t else "joins" for t in named]
    axes.set_xticks(named, words, fontsize=9)
    axes.locator_params(axis="y", nbins=4)
    axes.set_xlabel("Periods since joining (−1 is the period compared with)", fontsize=9)
    axes.set_ylabel("Effect on the outcome", fontsize=9)
    looks = {"truth": TRUTH, "estimate, 95% interval": ESTIMATE}
    legend(figure, looks, loc="upper center", ncols=2)
    return axes
