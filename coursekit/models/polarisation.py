"""Blocs and polarisation: indices that need not agree, so the word needs a definition."""

import math
from collections.abc import Collection, Hashable, Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coursekit.errors import CourseError
from coursekit.ranges import between, non_negative, positive
from coursekit.sentences import Sentences

__all__ = ["DyadShares", "dyad_shares", "esteban_ray", "modularity", "reynal_querol"]

SAY = Sentences(__file__)


def modularity(graph: Any, communities: Iterable[Collection[Hashable]]) -> float | None:
    """Compute Q = sum over communities of [L_c / m - (d_c / (2 m))^2] for an undirected graph.

    L_c is the number of edges inside a community, d_c the sum of its degrees, m the number of
    edges. Edges with an attribute ``weight`` count by it.

    Parameters
    ----------
    graph : networkx.Graph
        An undirected graph.
    communities : iterable of sets of nodes
        A split of the graph; every node is in exactly one of them.

    Returns
    -------
    float or None
        Q, from -1/2 to below 1, without unit; 0 means as many edges inside the communities as
        chance would put there. None where it is not defined, because there are no edges.

    Raises
    ------
    CourseError
        If the graph is directed or has negative weights, or the communities do not split it.

    References
    ----------
    newman_girvan2004, newman2006

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph(["ab", "bc", "ca", "cd", "de", "ef", "fd"])
    >>> round(modularity(graph, [{"a", "b", "c"}, {"d", "e", "f"}]), 6)
    0.357143
    """
    # Imported where it is used: it is large, and most notebooks never need it.
    import networkx as nx

    if not isinstance(graph, nx.Graph) or graph.is_directed():
        raise CourseError(SAY["graph"])
    split = [set(community) for community in communities]
    nodes = set(graph)
    stray = set().union(*split) ^ nodes
    if stray or sum(map(len, split)) != len(nodes):
        twice = {node for node in nodes if sum(node in community for community in split) > 1}
        raise CourseError(SAY("stray", named=", ".join(sorted(map(str, stray | twice)))))
    weights = [weight for *_, weight in graph.edges(data="weight", default=1)]
    if any(weight < 0 for weight in weights):
        raise CourseError("modularity needs weights of 0 or more, because it compares shares.")
    return float(nx.community.modularity(graph, split)) if sum(weights) > 0 else None


def esteban_ray(
    shares: ArrayLike, positions_or_distances: ArrayLike, alpha: float, scale: float = 1
) -> float:
    """Compute ER = scale * sum over i and j of share_i^(1 + alpha) * share_j * distance_ij.

    Parameters
    ----------
    shares : array of float, one value a group
        Shares of the whole, 0 or more, adding up to 1.
    positions_or_distances : array of float
        Positions on a line, one a group, in any unit; or the distances themselves, groups x
        groups, 0 or more, the same both ways and 0 from a group to itself.
    alpha : float
        How strongly members of a group identify with each other, from 0 to 1.6. At 0 the index
        measures inequality, as Gini's does, not polarisation.
    scale : float, optional
        A constant that fixes the unit, above 0.

    Returns
    -------
    float
        ER in the unit of distance times `scale`, 0 or more. Two equal groups at distance 1 have
        2^-(1 + alpha), the most that two groups can have.

    Raises
    ------
    CourseError
        If the shares, the distances, `alpha` or `scale` are out of range.

    References
    ----------
    esteban_ray1994

    Examples
    --------
    >>> esteban_ray([0.5, 0.5], [0, 1], alpha=1)
    0.25
    >>> rivals_and_unaligned = [[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]]
    >>> round(esteban_ray([16 / 44, 8 / 44, 20 / 44], rivals_and_unaligned, alpha=1), 5)
    0.12998
    """
    pi = _shares(shares)
    between(alpha, "alpha", 0, 1.6, "beyond it the index breaks its own axioms")
    positive(scale, "scale", "it only sets the unit")
    distance = _array(positions_or_distances, "positions_or_distances")
    if distance.shape == pi.shape:
        distance = np.abs(distance[:, None] - distance)
    elif distance.shape != (pi.size, pi.size):
        raise CourseError(SAY("places", groups=pi.size, shape=distance.shape))
    if (distance < 0).any() or distance.diagonal().any() or not np.allclose(distance, distance.T):
        raise CourseError(SAY["distances"])
    return float(scale * (pi ** (1 + alpha) @ distance @ pi))


def reynal_querol(shares: ArrayLike) -> float:
    """Compute RQ = 4 * sum over groups of share^2 * (1 - share).

    Parameters
    ----------
    shares : array of float, one value a group
        Shares of the whole, 0 or more, adding up to 1.

    Returns
    -------
    float
        From 0 (one group) to 1 (two equal groups), without unit.

    Raises
    ------
    CourseError
        If the shares are negative or do not add up to 1.

    References
    ----------
    reynalquerol2002

    Examples
    --------
    >>> reynal_querol([0.25, 0.5, 0.25])
    0.875
    """
    pi = _shares(shares)
    return float(4 * (pi**2 * (1 - pi)).sum())


class DyadShares(NamedTuple):
    """Shares of all pairs of states.

    Parameters
    ----------
    across : float
        One state in each bloc.
    within : float
        Both in the same bloc.
    unaligned : float
        At least one in no bloc.
    """

    across: float
    within: float
    unaligned: float


def dyad_shares(first: int, second: int, unaligned: int) -> DyadShares:
    """Teaching construct: say what pairs of states two blocs make.

    With N states in all there are C(N, 2) pairs: first * second across the blocs, C(first, 2) +
    C(second, 2) within them, and the rest with a state that is unaligned. The reference has a
    published index that follows the links of a whole network.

    Parameters
    ----------
    first, second, unaligned : int
        Numbers of states, 0 or more; 2 or more in all.

    Returns
    -------
    DyadShares
        Shares from 0 to 1 that add up to 1.

    Raises
    ------
    CourseError
        If a number is not whole or negative, or there is no pair.

    References
    ----------
    maoz2006

    Examples
    --------
    >>> [round(share, 6) for share in dyad_shares(16, 8, 20)]
    [0.135307, 0.156448, 0.708245]
    """
    counts = {"first": first, "second": second, "unaligned": unaligned}
    for name, value in counts.items():
        if float(non_negative(value, name, "it is a number of states")) % 1:
            raise CourseError(f"{name} is {value!r}; it must be a whole number of states.")
    a, b, rest = map(int, counts.values())
    pairs = math.comb(a + b + rest, 2)
    if not pairs:
        raise CourseError("dyad_shares needs two states or more, because fewer make no pair.")
    across, within = a * b, math.comb(a, 2) + math.comb(b, 2)
    return DyadShares(across / pairs, within / pairs, (pairs - across - within) / pairs)


def _array(values: ArrayLike, name: str) -> NDArray[np.float64]:
    try:
        array = np.array(values, dtype=float)
    except (TypeError, ValueError):
        array = np.array(np.nan)
    if not array.size or not np.isfinite(array).all():
        raise CourseError(f"{name} must be a list or a table of finite numbers without gaps.")
    return array


def _shares(values: ArrayLike) -> NDArray[np.float64]:
    shares = _array(values, "shares")
    if shares.ndim != 1 or (shares < 0).any() or not math.isclose(shares.sum(), 1, abs_tol=1e-9):
        raise CourseError(SAY("sum", sum=shares.sum()))
    return shares
