"""Reciprocity under errors: published values, limits, and a second implementation."""

import csv
import inspect
import math
import sys
from importlib import import_module
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import CourseError
from coursekit.models import comparison, polarisation, reciprocity
from coursekit.models.reciprocity import (
    STRATEGIES,
    Strategy,
    cooperation_rate,
    critical_discount,
    generous,
    largest_safe_generosity,
    payoffs,
    stationary,
    tournament,
)

TFT, GTFT, CTFT = "Tit for Tat", "Generous Tit for Tat", "Contrite Tit for Tat"
WSLS, GRIM = "Win-Stay Lose-Shift", "Grim trigger"
ALLC, ALLD, RANDOM = "Always Cooperate", "Always Defect", "Random"
ERRORS = st.floats(1e-3, 0.5)
PROBABILITIES = st.floats(0, 1)
NAMES = st.sampled_from(sorted(STRATEGIES))


def prints(value, printed):
    # Several values end in a 5 exactly (1.10025); printed tables round such ties up or down.
    half = 0.5 * 10.0 ** -len(printed.partition(".")[2])
    return abs(value - float(printed)) <= half + 1e-12


# -- published numbers, section (e) ---------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "error", "cooperation", "own", "other"),
    [
        (TFT, TFT, 0.01, "0.5", "2.25", "2.25"),
        (TFT, TFT, 0.05, "0.5", "2.25", "2.25"),
        (GTFT, GTFT, 0.01, "0.971154", "2.9703", "2.9703"),
        (GTFT, GTFT, 0.05, "0.875", "2.8594", "2.8594"),
        (CTFT, CTFT, 0.01, "0.980392", None, None),
        (CTFT, CTFT, 0.05, "0.909091", None, None),
        (WSLS, WSLS, 0.01, "0.9706", "2.9511", "2.9511"),
        (WSLS, WSLS, 0.05, "0.8645", "2.7765", "2.7765"),
        (TFT, ALLD, 0.01, "0.0198", "1.0200", "1.0690"),
        (TFT, ALLD, 0.05, "0.095", "1.1003", "1.3252"),
        (GTFT, ALLD, 0.01, "0.3432", "0.6934", "2.3594"),
        (GTFT, ALLD, 0.05, "0.38", "0.8010", "2.4510"),
        (WSLS, ALLD, 0.01, "0.5", "0.5350", "2.9850"),
        (WSLS, ALLD, 0.05, "0.5", "0.6750", "2.9250"),
        (TFT, ALLC, 0.01, "0.9802", "3.0094", "2.9604"),
        (TFT, ALLC, 0.05, "0.905", "3.0353", "2.8102"),
    ],
)
def test_the_table_of_pairs(first, second, error, cooperation, own, other):
    assert prints(cooperation_rate(first, second, error), cooperation)
    if own is not None:
        first_payoff, second_payoff = payoffs(first, second, error)
        assert prints(first_payoff, own)
        assert prints(second_payoff, other)


@pytest.mark.parametrize(("error", "printed"), [(0.01, "0.915254"), (0.05, "0.736842")])
def test_little_generosity_repairs_less(error, printed):
    assert prints(cooperation_rate(generous(0.1), generous(0.1), error), printed)


def test_critical_discounts():
    assert critical_discount(GRIM) == 0.5
    assert critical_discount(TFT) == pytest.approx(2 / 3)


def test_largest_safe_generosity():
    assert largest_safe_generosity(5, 3, 1, 0) == pytest.approx(1 / 3)


# -- closed forms and limits ---------------------------------------------------------------------


def reactive(p, q):
    return Strategy("reactive", 1, p, q, p, q, "nowak_sigmund1992")


@given(PROBABILITIES, PROBABILITIES, PROBABILITIES, PROBABILITIES, ERRORS)
def test_reactive_strategies_follow_the_closed_form(p1, q1, p2, q2, error):
    x, y, u, v = (value + error * (1 - 2 * value) for value in (p1, q1, p2, q2))
    r1, r2 = x - y, u - v
    s1, s2 = (y + r1 * v) / (1 - r1 * r2), (v + r2 * y) / (1 - r1 * r2)
    expected = [s1 * s2, s1 * (1 - s2), (1 - s1) * s2, (1 - s1) * (1 - s2)]
    assert stationary(reactive(p1, q1), reactive(p2, q2), error) == pytest.approx(
        expected, abs=1e-8
    )


@given(PROBABILITIES, ERRORS)
def test_generosity_against_itself(q, error):
    slipped = q + error * (1 - 2 * q)
    expected = slipped / (error + slipped)
    assert cooperation_rate(generous(q), generous(q), error) == pytest.approx(expected)


@given(ERRORS)
def test_two_tits_for_tat_cooperate_half_the_time_however_rare_errors_are(error):
    assert cooperation_rate(TFT, TFT, error) == pytest.approx(0.5)


def test_without_errors_two_tits_for_tat_cooperate_for_ever():
    assert cooperation_rate(TFT, TFT, 0) == 1


def test_out_of_step_without_errors_two_tits_for_tat_alternate_for_ever():
    suspicious = Strategy("Suspicious Tit for Tat", 0, 1, 0, 1, 0, "wu_axelrod1995")
    assert stationary(TFT, suspicious, 0) == pytest.approx([0, 0.5, 0.5, 0])


@given(st.floats(1e-6, 0.5))
def test_two_contrite_players(error):
    assert cooperation_rate(CTFT, CTFT, error) == pytest.approx(1 / (1 + 2 * error))


@pytest.mark.parametrize("name", [GTFT, CTFT, WSLS])
def test_repair_is_complete_as_errors_become_rare(name):
    assert cooperation_rate(name, name, 1e-6) == pytest.approx(1, abs=1e-5)


@given(NAMES, NAMES)
def test_without_control_over_their_moves_all_play_at_random(first, second):
    assert stationary(first, second, 0.5) == pytest.approx([0.25] * 4)


@given(NAMES, NAMES, st.floats(0, 0.5))
def test_outcomes_are_shares_and_swap_with_the_players(first, second, error):
    outcomes = stationary(first, second, error)
    assert (outcomes >= 0).all()
    assert outcomes.sum() == pytest.approx(1)
    assert stationary(second, first, error)[[0, 2, 1, 3]] == pytest.approx(outcomes, abs=1e-8)
    one, two = payoffs(first, second, error)
    assert payoffs(second, first, error) == pytest.approx((two, one))
    assert one + two <= 6 + 1e-9


@given(*[PROBABILITIES] * 8, ERRORS)
def test_the_long_run_is_a_fixed_point_of_the_chain(a, b, c, d, e, f, g, h, error):
    first = Strategy("one", 1, a, b, c, d, "nowak_sigmund1993")
    second = Strategy("two", 0, e, f, g, h, "nowak_sigmund1993")
    x, y = (np.array(row) + error * (1 - 2 * np.array(row)) for row in ([a, b, c, d], [e, g, f, h]))
    rows = np.array([x * y, x * (1 - y), (1 - x) * y, (1 - x) * (1 - y)]).T
    outcomes = stationary(first, second, error)
    assert outcomes @ rows == pytest.approx(outcomes, abs=1e-9)


@given(ERRORS.filter(lambda error: error < 0.49), st.floats(0, 0.9), st.floats(0.01, 0.1))
def test_forgiving_more_helps_partners_and_costs_more_against_an_exploiter(error, q, more):
    less, kinder = generous(q), generous(q + more)
    assert cooperation_rate(kinder, kinder, error) > cooperation_rate(less, less, error)
    assert payoffs(kinder, ALLD, error)[0] < payoffs(less, ALLD, error)[0]


def dilemma(gaps):
    low, *steps = gaps
    S, P, R, T = np.cumsum([low, *steps]).tolist()
    return T, R, P, S


DILEMMAS = (
    st.tuples(st.floats(-5, 5), *[st.floats(0.1, 5)] * 3)
    .map(dilemma)
    .filter(lambda game: 2 * game[1] > game[0] + game[3] + 1e-6)
)


@given(DILEMMAS)
def test_discounts_and_generosity_are_probabilities(game):
    grim, tft = critical_discount(GRIM, *game), critical_discount(TFT, *game)
    assert 0 < grim <= tft < 1
    assert 0 < largest_safe_generosity(*game) < 1


@given(DILEMMAS, st.floats(0, 0.999))
def test_grim_deters_exactly_from_its_critical_discount(game, delta):
    T, R, P, _ = game
    keep, cheat = R / (1 - delta), T + delta * P / (1 - delta)
    critical = critical_discount(GRIM, *game)
    if not math.isclose(delta, critical, abs_tol=1e-9):
        assert (keep > cheat) == (delta > critical)


@given(DILEMMAS, st.floats(0, 0.999))
def test_tit_for_tat_deters_defecting_for_ever_and_every_other_round(game, delta):
    T, R, P, S = game
    keep = R / (1 - delta)
    cheat = max(T + delta * P / (1 - delta), (T + delta * S) / (1 - delta**2))
    critical = critical_discount(TFT, *game)
    if not math.isclose(delta, critical, abs_tol=1e-9):
        assert (keep > cheat) == (delta > critical)


@given(DILEMMAS, st.floats(0.01, 0.9))
def test_generosity_is_safe_up_to_the_limit_and_not_beyond(game, share):
    limit = largest_safe_generosity(*game)

    def is_safe(q):
        # In the long run, without errors: defecting always or every other time pays no more.
        always = payoffs(ALLD, generous(q), 0, *game)[0]
        wavering = Strategy("alternates", 0, 0, 0, 1, 1, "nowak_sigmund1992")
        return max(always, payoffs(wavering, generous(q), 0, *game)[0]) <= game[1] + 1e-9

    assert is_safe(limit * share)
    assert not is_safe(limit + (1 - limit) * max(share, 0.05))


# -- against other implementations ---------------------------------------------------------------


@pytest.fixture(scope="module")
def library():
    """The library without its collection of strategies: to classify them all takes ten seconds."""
    found = PathFinder.find_spec("axelrod").submodule_search_locations[0]
    collection = ModuleType("axelrod.strategies")
    collection.__path__ = [f"{found}/strategies"]
    collection.TitForTat = None  # A default of a class that is not used here.
    sys.modules[collection.__name__] = collection
    import axelrod

    modules = ("titfortat", "memoryone", "cooperator", "defector", "rand")
    for module in modules:
        vars(axelrod).update(vars(import_module(f"axelrod.strategies.{module}")))
    return axelrod


AXELROD = {
    TFT: lambda library: library.TitForTat(),
    GTFT: lambda library: library.GTFT(p=1 / 3),
    WSLS: lambda library: library.WinStayLoseShift(),
    ALLC: lambda library: library.Cooperator(),
    ALLD: lambda library: library.Defector(),
    RANDOM: lambda library: library.Random(0.5),
    GRIM: lambda library: library.MemoryOnePlayer((1, 0, 0, 0), library.Action.C),
}


@pytest.mark.parametrize("error", [0.01, 0.05])
@pytest.mark.parametrize(
    ("first", "second"),
    [(TFT, TFT), (GTFT, GTFT), (WSLS, WSLS), (GRIM, GRIM), (TFT, ALLD), (GTFT, ALLD),
     (WSLS, ALLD), (TFT, ALLC), (WSLS, TFT), (WSLS, GTFT), (GRIM, RANDOM)],
)  # fmt: skip
def test_long_matches_of_the_axelrod_library_agree(library, first, second, error):
    players = (AXELROD[first](library), AXELROD[second](library))
    match = library.Match(players, turns=20_000, noise=error, seed=1950)
    match.play()
    # Rounds of a match depend on each other; blocks much longer than that memory hardly do.
    seen = np.array(match.scores()).reshape(40, 500, 2).mean(axis=1)
    moves = [pair[0] is library.Action.C for pair in match.result]
    seen = np.column_stack([seen, np.reshape(moves, (40, 500)).mean(axis=1)])
    expected = [*payoffs(first, second, error), cooperation_rate(first, second, error)]
    spread = seen.std(axis=0, ddof=1) / math.sqrt(40)
    assert (np.abs(seen.mean(axis=0) - expected) < 3 * spread).all()


def simulate_contrite(error, rounds, seed):
    """Play contrite tit for tat against itself, written out move by move."""
    draw = np.random.default_rng(seed)
    slips = draw.random((rounds, 2)) < error
    good, moves = [True, True], np.empty((rounds, 2), dtype=bool)
    for number in range(rounds):
        entitled = [good[i] and not good[1 - i] for i in (0, 1)]
        played = [(not entitled[i]) != slips[number, i] for i in (0, 1)]
        good = [played[i] or entitled[i] for i in (0, 1)]
        moves[number] = played
    return moves


@pytest.mark.parametrize("error", [0.01, 0.05, 0.2])
def test_contrite_players_played_out_agree(error):
    blocks = simulate_contrite(error, 60_000, seed=7)[:, 0].reshape(60, 1000).mean(axis=1)
    deviation = abs(blocks.mean() - cooperation_rate(CTFT, CTFT, error))
    assert deviation < 3 * blocks.std(ddof=1) / math.sqrt(blocks.size)


def test_tournaments_agree_with_the_long_run():
    names = list(STRATEGIES)
    result = tournament(names, rounds=2000, repetitions=40, error=0.05, seed=3)
    expected = np.array([[payoffs(a, b, 0.05)[0] for b in names] for a in names])
    spread = result.payoff.std(axis=0, ddof=1) / math.sqrt(40)
    distance = np.abs(result.payoff.mean(axis=0) - expected) / spread
    # Of 64 comparisons a handful may pass two standard errors, none by far.
    assert distance.max() < 4
    assert (distance < 3).mean() > 0.95


def test_tournaments_count_cooperation():
    result = tournament([ALLC, ALLD], error=0)
    assert result.cooperation.mean(axis=0).tolist() == [[1, 1], [0, 0]]
    assert result.payoff.mean(axis=0).tolist() == [[3, 0], [5, 1]]
    assert result.scores() == {ALLD: 3, ALLC: 1.5}


def test_the_first_round_counts_in_a_short_tournament():
    result = tournament([TFT, ALLD], rounds=1, error=0)
    assert result.payoff[0].tolist() == [[3, 0], [5, 1]]


def test_the_same_seed_gives_the_same_tournament():
    again = [tournament([TFT, WSLS, CTFT], seed=seed).payoff for seed in (1, 1, 2)]
    assert (again[0] == again[1]).all()
    assert (again[0] != again[2]).any()


# -- names and errors ----------------------------------------------------------------------------


def readings():
    path = Path(__file__).parents[2] / "datasets" / "readings.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["reading"] for row in csv.DictReader(file)}


def test_every_strategy_goes_by_its_name_and_has_a_reading():
    for name, strategy in STRATEGIES.items():
        assert strategy.name == name
        assert strategy.reading in readings()


@pytest.mark.parametrize("module", [comparison, polarisation, reciprocity])
def test_every_function_refers_to_readings_that_exist(module):
    for name in module.__all__:
        if inspect.isfunction(function := getattr(module, name)):
            _, _, section = inspect.getdoc(function).partition("References\n----------\n")
            keys = section.partition("\n\n")[0].replace(",", " ").split()
            assert keys, name
            assert set(keys) <= readings(), name


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: Strategy("x", 1, 1.2, 0, 1, 0, "wu_axelrod1995"), "after_CC"),
        (lambda: generous(-0.1), "forgiveness"),
        (lambda: stationary(TFT, "Tit for Tut", 0.1), "Did you mean 'Tit for Tat'"),
        (lambda: stationary(TFT, 7, 0.1), "strategy 7"),
        (lambda: stationary(TFT, TFT, 0.6), "error"),
        (lambda: payoffs(TFT, TFT, 0.1, T=2), "T > R > P > S"),
        (lambda: largest_safe_generosity(5, 3, 1, 1), "T > R > P > S"),
        (lambda: critical_discount(GRIM, 7, 3, 1, 0), "2R > T + S"),
        (lambda: critical_discount(WSLS), "You can use: Grim trigger, Tit for Tat"),
        (lambda: tournament([TFT, TFT]), "names that differ"),
        (lambda: tournament([]), "names that differ"),
        (lambda: tournament([TFT], rounds=0), "rounds"),
        (lambda: tournament([TFT], repetitions=1.5), "repetitions"),
        (lambda: tournament([TFT], seed=-1), "seed"),
    ],
)
def test_what_cannot_be_used_is_named(call, says):
    with pytest.raises(CourseError, match=says.replace("+", r"\+")):
        call()
