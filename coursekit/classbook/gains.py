"""What was gained between the test before the course and its twin after it."""

import warnings
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import bootstrap

from coursekit.classbook.answers import wide
from coursekit.classbook.reading import questions
from coursekit.ids import bank_of
from coursekit.profile import profile
from coursekit.quiz import normalised_gain

# With fewer students an interval would be of no use.
FEWEST = 5
RESAMPLES = 1999
SEED = 1


class Estimate(NamedTuple):
    """A number with the 95 per cent interval in which it lies."""

    value: float
    low: float
    high: float


def estimate(statistic, *samples) -> Estimate:
    """Estimate a statistic of students with its interval, by drawing them again (bootstrap).

    `statistic` takes the samples and an ``axis``. The interval is bias-corrected and accelerated;
    where all resamples are alike it is the value itself.

    Examples
    --------
    >>> estimate(np.mean, np.array([2.0, 2.0, 2.0, 2.0, 2.0]))
    Estimate(value=2.0, low=2.0, high=2.0)
    """
    with np.errstate(all="ignore"):
        value = float(statistic(*samples, axis=-1))
    # Where everything was right before there is no gain.
    if not np.isfinite(value):
        return Estimate(np.nan, np.nan, np.nan)
    if len(samples[0]) < FEWEST or all(np.ptp(sample) == 0 for sample in samples):
        same = value if len(samples[0]) >= FEWEST else np.nan
        return Estimate(value, same, same)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        # Where few resamples differ there is no such interval, and plain quantiles take its place.
        warnings.simplefilter("ignore")
        how = {"paired": True, "vectorized": True, "n_resamples": RESAMPLES, "batch": 500}
        made = bootstrap(samples, statistic, random_state=np.random.default_rng(SEED), **how)
    low, high = map(float, made.confidence_interval)
    if not np.isfinite([low, high]).all():
        low, high = map(float, np.nanquantile(made.bootstrap_distribution, [0.025, 0.975]))
    return Estimate(value, low, high)


def _of_averages(before, after, axis=-1):
    start = np.mean(before, axis=axis)
    return (np.mean(after, axis=axis) - start) / np.where(start < 1, 1 - start, np.nan)


def both_tests(answers: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give, by student and objective, the shares right before and after of who finished both."""
    found = []
    for name in profile().tests:
        asked = [id for id in questions() if bank_of(id) == name]
        table = wide(answers, before=name == profile().before).reindex(columns=asked)
        aims = [questions()[id].objective for id in asked]
        found.append(table.dropna().T.groupby(aims, sort=False).mean().T)
    if len(found) < 2:
        return pd.DataFrame(), pd.DataFrame()
    before, after = found
    both = before.index.intersection(after.index)
    aims = [aim for aim in before.columns if aim in after.columns]
    return before.loc[both, aims], after.loc[both, aims]


def gains(answers: pd.DataFrame) -> pd.DataFrame:
    """Compute what was gained of what could be (hake1998), of all objectives and of each.

    Returns
    -------
    pandas.DataFrame
        ``objective`` (empty for all together, the first row), ``students`` who finished both
        tests, shares right ``before`` and ``after``, the gain of the averages ``gain`` with its
        95 per cent interval ``low`` to ``high``, and for all together also the average of the
        single students' gains ``mean_gain``, ``mean_low``, ``mean_high``, without the ``full``
        who had everything right before and so could gain nothing. Without a row if nobody
        finished both.
    """
    before, after = both_tests(answers)
    columns = "objective students before after gain low high mean_gain mean_low mean_high full"
    rows, missing = [], (np.nan,) * 4
    if len(before):
        ahead, later = before.mean(axis=1).to_numpy(), after.mean(axis=1).to_numpy()
        single = np.atleast_1d(normalised_gain(ahead, later))
        single = single[np.isfinite(single)]
        mean = estimate(np.mean, single) if len(single) else Estimate(np.nan, np.nan, np.nan)
        rows.append((*_gain_row("", ahead, later), *mean, len(ahead) - len(single)))
        for aim in before.columns:
            rows.append(_gain_row(aim, before[aim].to_numpy(), after[aim].to_numpy()) + missing)
    return pd.DataFrame(rows, columns=columns.split())


def _gain_row(objective, before, after):
    means = before.mean(), after.mean()
    return (objective, len(before), *means, *estimate(_of_averages, before, after))
