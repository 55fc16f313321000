"""Measure a tournament beside the one of the axelrod library.

The same five strategies, 200 rounds, 20 repetitions, 1 per cent noise, everyone also against a copy
of itself, in one run on one core. Run it with ``make bench``.
"""

import statistics
import time
import warnings

import axelrod

from coursekit.models.reciprocity import tournament

TIMES = 5
ROUNDS, REPETITIONS, NOISE = 200, 20, 0.01
PLAYERS = {
    "Tit for Tat": axelrod.TitForTat,
    "Generous Tit for Tat": lambda: axelrod.GTFT(p=1 / 3),
    "Win-Stay Lose-Shift": axelrod.WinStayLoseShift,
    "Always Cooperate": axelrod.Cooperator,
    "Always Defect": axelrod.Defector,
}


def here():
    """Play it with the course's own function."""
    return tournament(PLAYERS, rounds=ROUNDS, repetitions=REPETITIONS, error=NOISE)


def library():
    """Play it with the library, without files and progress bars."""
    play = axelrod.Tournament(
        [make() for make in PLAYERS.values()],
        turns=ROUNDS,
        repetitions=REPETITIONS,
        noise=NOISE,
        seed=1950,
    )
    return play.play(progress_bar=False, build_results=False)


def median(do):
    """Median time of a few runs, the first left out, in milliseconds."""
    runs = []
    for _ in range(TIMES + 1):
        start = time.perf_counter()
        do()
        runs.append(1000 * (time.perf_counter() - start))
    return statistics.median(runs[1:])


def main():
    """Measure both and print a line."""
    warnings.simplefilter("ignore")
    ours, theirs = median(here), median(library)
    print(f"Tournament of {len(PLAYERS)} x {ROUNDS} rounds x {REPETITIONS}, medians of {TIMES}")
    print(f"{ours:8.1f} ms here {theirs:8.1f} ms axelrod {theirs / ours:8.0f} times")


if __name__ == "__main__":
    main()
