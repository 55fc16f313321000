"""The repeated prisoner's dilemma with errors: which rules of reciprocity repair an accident.

Players see every move. With probability `error` a move comes out as the opposite of what was
intended. A state is written from the point of view of the first player: CD means that it
cooperated and the other defected.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from coursekit.errors import CourseError, unknown
from coursekit.ranges import between, ordering, probability, whole

__all__ = ["STRATEGIES", "Contrite", "Strategy", "Tournament", "cooperation_rate"]
__all__ += ["critical_discount", "generous", "largest_safe_generosity", "mirrored", "payoffs"]
__all__ += ["stationary", "successor", "tournament"]

Floats = NDArray[np.float64]

# The game as both players may need to remember it: 4 pairs of moves (CC, CD, DC, DD) times 4
# pairs of standings (good-good, good-bad, bad-good, bad-bad), the standings varying fastest.
_OWN_MOVE, _OTHER_MOVE, _OWN_BAD, _OTHER_BAD = np.indices((2, 2, 2, 2)).reshape(4, 16)
_MIRROR = np.ravel_multi_index((_OTHER_MOVE, _OWN_MOVE, _OTHER_BAD, _OWN_BAD), (2, 2, 2, 2))


def _successors() -> NDArray[np.int64]:
    """List the state that follows each state and pair of moves."""
    own, other = np.indices((2, 2)).reshape(2, 1, 4)
    own_bad, other_bad = _OWN_BAD[:, None], _OTHER_BAD[:, None]
    # Only a player in good standing may punish, and only one in bad standing may be punished.
    own_falls = own & ~(~own_bad & other_bad) & 1
    other_falls = other & ~(~other_bad & own_bad) & 1
    return np.asarray(own * 8 + other * 4 + own_falls * 2 + other_falls, dtype=np.int64)


_NEXT = _successors()


@dataclass(frozen=True)
class Strategy:
    """A strategy that remembers one round; a reactive one minds only the other's move.

    Parameters
    ----------
    name : str
        Its name in the literature.
    first, after_CC, after_CD, after_DC, after_DD : float
        Probability, from 0 to 1, that it means to cooperate in the first round and after each
        outcome of the round before.
    reading : str
        Key of a reading that describes it.

    Raises
    ------
    CourseError
        If a probability is out of range.

    Examples
    --------
    >>> STRATEGIES["Win-Stay Lose-Shift"].after_DD
    1.0
    """

    name: str
    first: float
    after_CC: float
    after_CD: float
    after_DC: float
    after_DD: float
    reading: str

    def __post_init__(self) -> None:
        for name in ("first", "after_CC", "after_CD", "after_DC", "after_DD"):
            probability(getattr(self, name), name)

    def intentions(self) -> Floats:
        """Return the probability that it means to cooperate in each of the 16 states.

        Returns
        -------
        array of float
            By moves, then standings.
        """
        return np.repeat([self.after_CC, self.after_CD, self.after_DC, self.after_DD], 4)


@dataclass(frozen=True)
class Contrite:
    """Contrite tit for tat: it accepts punishment for its own errors.

    Each player has a standing. It means to defect if its own is good and the other's is bad, and
    otherwise to cooperate. A player's standing is good after a round if it cooperated, or if it
    defected when its own was good and the other's bad.

    Parameters
    ----------
    name : str
        Its name in the literature.
    reading : str
        Key of a reading that describes it.

    References
    ----------
    wu_axelrod1995
    """

    name: str = "Contrite Tit for Tat"
    reading: str = "wu_axelrod1995"
    first: ClassVar[float] = 1.0

    def intentions(self) -> Floats:
        """Return the probability that it means to cooperate in each of the 16 states.

        Returns
        -------
        array of float
            By moves, then standings.
        """
        return np.tile([1.0, 0.0, 1.0, 1.0], 4)


Player = Strategy | Contrite


def generous(forgiveness: float) -> Strategy:
    """Make a generous tit for tat: after C cooperate, after D cooperate with probability q.

    Parameters
    ----------
    forgiveness : float
        q, from 0 (tit for tat) to 1 (always cooperate).

    Returns
    -------
    Strategy
        The strategy.

    Raises
    ------
    CourseError
        If q is out of range.

    References
    ----------
    nowak_sigmund1992

    Examples
    --------
    >>> round(cooperation_rate(generous(0.1), generous(0.1), error=0.01), 6)
    0.915254
    """
    q = float(probability(forgiveness, "forgiveness"))
    return Strategy("Generous Tit for Tat", 1.0, 1.0, q, 1.0, q, "nowak_sigmund1992")


STRATEGIES: dict[str, Player] = {
    player.name: player
    for player in (
        Strategy("Tit for Tat", 1.0, 1.0, 0.0, 1.0, 0.0, "axelrod_hamilton1981"),
        generous(1 / 3),
        Contrite(),
        Strategy("Win-Stay Lose-Shift", 1.0, 1.0, 0.0, 0.0, 1.0, "nowak_sigmund1993"),
        Strategy("Grim trigger", 1.0, 1.0, 0.0, 0.0, 0.0, "osborne_rubinstein1994"),
        Strategy("Always Cooperate", 1.0, 1.0, 1.0, 1.0, 1.0, "axelrod1984"),
        Strategy("Always Defect", 0.0, 0.0, 0.0, 0.0, 0.0, "axelrod1984"),
        Strategy("Random", 0.5, 0.5, 0.5, 0.5, 0.5, "axelrod1984"),
    )
}


def successor(state: int, own: int, other: int) -> int:
    """Say which of the 16 states follows a state and a pair of moves.

    Parameters
    ----------
    state : int
        From 0 to 15: moves CC, CD, DC, DD, then standings; 0 is where a match begins.
    own, other : int
        What the first and the second player do next: 0 cooperate, 1 defect.

    Returns
    -------
    int
        The state, as in `Strategy.intentions`.

    Raises
    ------
    CourseError
        If there is no such state or move.

    References
    ----------
    wu_axelrod1995

    Examples
    --------
    >>> [successor(0, own, other) for own, other in ((0, 0), (0, 1), (1, 0), (1, 1))]
    [0, 5, 10, 15]
    """
    between(own, "own", 0, 1)
    between(other, "other", 0, 1)
    return int(_NEXT[_state(state), 2 * whole(own, "own", 0) + whole(other, "other", 0)])


def mirrored(state: int) -> int:
    """Say what a state is from the point of view of the second player.

    Parameters
    ----------
    state : int
        From 0 to 15, from the point of view of the first.

    Returns
    -------
    int
        The state, as in `Strategy.intentions`.

    Raises
    ------
    CourseError
        If there is no such state.

    References
    ----------
    wu_axelrod1995

    Examples
    --------
    >>> mirrored(successor(0, 1, 0)) == successor(0, 0, 1)
    True
    """
    return int(_MIRROR[_state(state)])


def stationary(first: Player | str, second: Player | str, error: float) -> Floats:
    """Compute how often each outcome occurs in the long run: pi with pi = pi M.

    With x and y the probabilities that each cooperates after a state, error included, the row of
    M is (x y, x (1-y), (1-x) y, (1-x)(1-y)).

    Parameters
    ----------
    first, second : Strategy, Contrite or str
        The players, or their names in `STRATEGIES`.
    error : float
        Probability, from 0 to 0.5, that a move comes out as its opposite. At 0 the first round
        may decide everything; the result is then the average over time after it.

    Returns
    -------
    array of 4 float
        Shares of CC, CD, DC and DD; they add up to 1.

    Raises
    ------
    CourseError
        If a name is unknown or `error` out of range.

    References
    ----------
    nowak_sigmund1993, wu_axelrod1995

    Examples
    --------
    >>> stationary("Tit for Tat", "Tit for Tat", error=0.01).round(6).tolist()
    [0.25, 0.25, 0.25, 0.25]
    >>> stationary("Tit for Tat", "Tit for Tat", error=0).tolist()
    [1.0, 0.0, 0.0, 0.0]
    """
    one, two, eps = _player(first), _player(second), _error(error)
    moves = _pairs(_slip(one.intentions(), eps), _slip(two.intentions(), eps)[_MIRROR])
    chain = np.zeros((16, 16))
    np.add.at(chain, (np.arange(16)[:, None], _NEXT), moves)
    start = np.zeros(16)
    start[_NEXT[0]] = _pairs(_slip(one.first, eps), _slip(two.first, eps))
    # Halting every other round leaves the averages as they are and makes the powers converge,
    # even for a chain that cycles, as two tits for tat out of step do without errors.
    powers = (chain + np.eye(16)) / 2
    for _ in range(64):
        powers = powers @ powers
        powers /= powers.sum(axis=1, keepdims=True)
    return np.asarray((start @ powers).reshape(4, 4).sum(axis=1))


def cooperation_rate(first: Player | str, second: Player | str, error: float) -> float:
    """Compute how often the first player cooperates in the long run: pi_CC + pi_CD.

    Parameters
    ----------
    first, second : Strategy, Contrite or str
        The players, or their names in `STRATEGIES`.
    error : float
        Probability, from 0 to 0.5, that a move comes out as its opposite.

    Returns
    -------
    float
        Share of rounds, from 0 to 1.

    Raises
    ------
    CourseError
        If a name is unknown or `error` out of range.

    References
    ----------
    nowak_sigmund1992

    Examples
    --------
    >>> pair = ("Contrite Tit for Tat", "Contrite Tit for Tat")
    >>> round(cooperation_rate(*pair, error=0.05), 6)
    0.909091
    """
    return float(stationary(first, second, error)[:2].sum())


def payoffs(
    first: Player | str,
    second: Player | str,
    error: float,
    T: float = 5,
    R: float = 3,
    P: float = 1,
    S: float = 0,
) -> tuple[float, float]:
    """Compute payoffs a round: pi_CC R + pi_CD S + pi_DC T + pi_DD P; the second swaps S and T.

    Parameters
    ----------
    first, second : Strategy, Contrite or str
        The players, or their names in `STRATEGIES`.
    error : float
        Probability, from 0 to 0.5, that a move comes out as its opposite.
    T, R, P, S : float
        Payoffs of a prisoner's dilemma, T > R > P > S and 2R > T + S, in any unit.

    Returns
    -------
    tuple of two float
        Long-run payoffs of the first and the second player, in the same unit.

    Raises
    ------
    CourseError
        If a name is unknown, `error` out of range, or the game another one.

    References
    ----------
    axelrod1984, nowak_sigmund1993

    Examples
    --------
    >>> [round(value, 4) for value in payoffs("Tit for Tat", "Always Defect", error=0.01)]
    [1.02, 1.069]
    """
    own = _dilemma(T, R, P, S)
    outcomes = stationary(first, second, error)
    return float(outcomes @ own), float(outcomes @ own[[0, 2, 1, 3]])


def largest_safe_generosity(T: float = 5, R: float = 3, P: float = 1, S: float = 0) -> float:
    """Compute q* = min{1 - (T-R)/(R-S), (R-P)/(T-P)}, the most that it is safe to forgive.

    Parameters
    ----------
    T, R, P, S : float
        Payoffs of a prisoner's dilemma, T > R > P > S and 2R > T + S, in any unit.

    Returns
    -------
    float
        Probability of cooperating after the other's defection, between 0 and 1.

    Raises
    ------
    CourseError
        If the payoffs make another game.

    References
    ----------
    nowak_sigmund1992

    Examples
    --------
    >>> round(largest_safe_generosity(5, 3, 1, 0), 6)
    0.333333
    """
    R, S, T, P = _dilemma(T, R, P, S).tolist()
    return min(1 - (T - R) / (R - S), (R - P) / (T - P))


def critical_discount(
    strategy: str, T: float = 5, R: float = 3, P: float = 1, S: float = 0
) -> float:
    """Compute how much the future must count for a threat to hold cooperation up, without errors.

    Grim trigger: delta* = (T-R)/(T-P). Tit for tat: max{(T-R)/(T-P), (T-R)/(R-S)}.

    Parameters
    ----------
    strategy : str
        ``"Grim trigger"`` or ``"Tit for Tat"``, played by both.
    T, R, P, S : float
        Payoffs of a prisoner's dilemma, T > R > P > S and 2R > T + S, in any unit.

    Returns
    -------
    float
        Lowest discount factor a round, between 0 and 1, at which the pair is in equilibrium.

    Raises
    ------
    CourseError
        If the strategy is another, or the payoffs make another game.

    References
    ----------
    axelrod_hamilton1981, osborne_rubinstein1994

    Examples
    --------
    >>> critical_discount("Grim trigger")
    0.5
    """
    R, S, T, P = _dilemma(T, R, P, S).tolist()
    defect_for_ever, defect_in_turn = (T - R) / (T - P), (T - R) / (R - S)
    found = {"Grim trigger": defect_for_ever, "Tit for Tat": max(defect_for_ever, defect_in_turn)}
    return found[_known("strategy with a known critical discount", strategy, found)]


@dataclass(frozen=True, eq=False)
class Tournament:
    """Result of a round robin in which everyone also meets a copy of itself.

    Parameters
    ----------
    names : tuple of str
        The players.
    payoff : array of float, repetitions x players x players
        Payoff a round of the row's player against the column's; on the diagonal, of the first of
        two copies.
    cooperation : array of float, repetitions x players x players
        Share of rounds in which the row's player cooperated with the column's.
    """

    names: tuple[str, ...]
    payoff: Floats
    cooperation: Floats

    def scores(self) -> dict[str, float]:
        """Rank the players by their payoff a round over all matches.

        Returns
        -------
        dict of str to float
            Mean payoff by name, the highest first.
        """
        means = self.payoff.mean(axis=(0, 2)).tolist()
        ranked = sorted(zip(self.names, means, strict=True), key=lambda pair: -pair[1])
        return dict(ranked)


def tournament(
    strategies: Iterable[Player | str],
    rounds: int = 200,
    repetitions: int = 20,
    error: float = 0.01,
    seed: int = 0,
    T: float = 5,
    R: float = 3,
    P: float = 1,
    S: float = 0,
) -> Tournament:
    """Play a round robin: each meets each and a copy of itself, with moves drawn at random.

    Parameters
    ----------
    strategies : iterable of Strategy, Contrite or str
        The players, with names that differ, or their names in `STRATEGIES`.
    rounds, repetitions : int
        Rounds of a match and times it is played, 1 or more.
    error : float
        Probability, from 0 to 0.5, that a move comes out as its opposite.
    seed : int
        0 or more; the same seed gives the same result.
    T, R, P, S : float
        Payoffs of a prisoner's dilemma, T > R > P > S and 2R > T + S, in any unit.

    Returns
    -------
    Tournament
        Payoffs and cooperation of every pair in every repetition.

    Raises
    ------
    CourseError
        If a name is unknown or comes twice, a number is out of range, or the game another one.

    References
    ----------
    axelrod1984, wu_axelrod1995

    Examples
    --------
    >>> list(tournament(["Tit for Tat", "Always Defect"], error=0).scores())
    ['Tit for Tat', 'Always Defect']
    """
    players = [_player(strategy) for strategy in strategies]
    names = tuple(player.name for player in players)
    if not names or len(set(names)) < len(names):
        raise CourseError(
            f"A tournament needs players with names that differ. You gave: {', '.join(names)}."
        )
    length, times = whole(rounds, "rounds", 1), whole(repetitions, "repetitions", 1)
    draw = np.random.default_rng(whole(seed, "seed", 0))
    own, eps = _dilemma(T, R, P, S), _error(error)
    one, two = np.triu_indices(len(players))
    plans = np.array([_slip(player.intentions(), eps) for player in players])
    plan_one, plan_two = plans[one].ravel(), plans[two][:, _MIRROR].ravel()
    openings = np.array([_slip(player.first, eps) for player in players])
    chance_one, chance_two = openings[one], openings[two]
    match, state = np.arange(one.size) * 16, np.zeros((times, one.size), dtype=np.int64)
    seen = np.zeros((times, one.size, 4))
    for _ in range(length):
        luck = draw.random((2, *state.shape))
        moves = 2 * (luck[0] >= chance_one) + (luck[1] >= chance_two)
        state = _NEXT[state, moves]
        seen += moves[..., None] == np.arange(4)
        chance_one, chance_two = plan_one[match + state], plan_two[match + state]
    seen /= length
    shape = (times, len(players), len(players))
    payoff, cooperation = np.empty(shape), np.empty(shape)
    for table, worth in ((payoff, own), (cooperation, np.array([1.0, 1.0, 0.0, 0.0]))):
        table[:, two, one] = seen @ worth[[0, 2, 1, 3]]
        table[:, one, two] = seen @ worth
    return Tournament(names, payoff, cooperation)


def _player(given: Player | str) -> Player:
    if isinstance(given, (Strategy, Contrite)):
        return given
    return STRATEGIES[_known("strategy", given, STRATEGIES)]


def _known(kind: str, name: object, names: Collection[str]) -> str:
    if not isinstance(name, str) or name not in names:
        raise unknown(kind, name, names)
    return name


def _state(state: int) -> int:
    between(state, "state", 0, 15)
    return whole(state, "state", 0)


def _error(error: float) -> float:
    return float(between(error, "error", 0, 0.5, "beyond it a move means its opposite"))


def _dilemma(T: float, R: float, P: float, S: float) -> Floats:
    """Check the payoffs and put them in the order CC, CD, DC, DD."""
    ordering({"T": T, "R": R, "P": P, "S": S}, "T > R > P > S")
    ordering({"2R": 2 * R, "T + S": T + S}, "2R > T + S", "taking turns must not beat cooperation")
    return np.array([R, S, T, P], dtype=float)


def _slip(intended: float | Floats, error: float) -> Floats:
    return np.asarray(intended + error * (1 - 2 * np.asarray(intended)))


def _pairs(one: Floats, two: Floats) -> Floats:
    """Spell out two chances to cooperate as chances of CC, CD, DC and DD."""
    return np.stack([one * two, one * (1 - two), (1 - one) * two, (1 - one) * (1 - two)], axis=-1)
