"""Indices of polarisation: published values, limits, and a second implementation."""

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coursekit.errors import CourseError
from coursekit.models.polarisation import dyad_shares, esteban_ray, modularity, reynal_querol

COUNTS = st.integers(0, 60)
ALPHAS = st.floats(0, 1.6)
SHARES = st.lists(st.floats(0.01, 1), min_size=1, max_size=8).map(lambda x: np.divide(x, sum(x)))
RIVALS_AND_UNALIGNED = [[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]]


def cliques(size, number):
    return nx.disjoint_union_all([nx.complete_graph(size)] * number)


def blocks(size, number):
    return [set(range(size * i, size * (i + 1))) for i in range(number)]


# -- published numbers, section (f) ---------------------------------------------------------


def test_modularity_of_two_triangles_joined_by_an_edge():
    graph = nx.Graph([(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)])
    assert modularity(graph, blocks(3, 2)) == pytest.approx(5 / 14)
    assert round(modularity(graph, blocks(3, 2)), 6) == 0.357143


@pytest.mark.parametrize(("number", "expected"), [(2, 0.5), (4, 0.75)])
def test_modularity_of_disjoint_cliques(number, expected):
    assert modularity(cliques(5, number), blocks(5, number)) == pytest.approx(expected)


def test_modularity_of_a_clique_cut_in_two():
    assert modularity(nx.complete_graph(6), blocks(3, 2)) == pytest.approx(-0.1)


@pytest.mark.parametrize(
    ("shares", "positions", "alpha", "expected"),
    [
        ([0.5, 0.5], [0, 1], 1, 0.25),
        ([0.5, 0.5], [0, 1], 1.6, 0.164938),
        ([0.9, 0.1], [0, 1], 1, 0.09),
        ([0.25, 0.5, 0.25], [0, 0.5, 1], 1, 0.125),
        ([1 / 3, 1 / 3, 1 / 3], [0, 0.5, 1], 1, 0.148148),
        ([0.5, 0.5], [0, 1], 0, 0.5),
    ],
)
def test_esteban_and_ray(shares, positions, alpha, expected):
    assert round(esteban_ray(shares, positions, alpha), 6) == expected


def test_reynal_querol():
    assert reynal_querol([1 / 3, 1 / 3, 1 / 3]) == pytest.approx(8 / 9)
    assert reynal_querol([0.25, 0.5, 0.25]) == 0.875


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((16, 8, 20), (0.135307, 0.156448, 0.708245)),
        ((30, 6, 14), (0.146939, 0.367347, 0.485714)),
        ((4, 4, 2), (0.355556, 0.266667, 0.377778)),
    ],
)
def test_dyads(counts, expected):
    assert tuple(round(share, 6) for share in dyad_shares(*counts)) == expected


@pytest.mark.parametrize(
    ("counts", "er", "rq"),
    [((16, 8, 20), 0.12998, 0.89557), ((30, 6, 8), 0.13355, 0.76409), ((22, 22, 0), 0.25, 1)],
)
def test_the_two_indices_disagree_about_enlargement(counts, er, rq):
    shares = np.divide(counts, 44)
    assert round(esteban_ray(shares, RIVALS_AND_UNALIGNED, 1), 5) == er
    assert round(reynal_querol(shares), 5) == rq


# -- limits and definitions ----------------------------------------------------------------------


GRAPHS = st.builds(nx.gnp_random_graph, st.integers(2, 12), st.floats(0.1, 0.9), st.integers(0, 99))


@given(GRAPHS, st.integers(1, 4))
def test_modularity_follows_its_definition_and_networkx(graph, number):
    split = [set(nodes) for nodes in np.array_split(list(graph), number)]
    m = graph.number_of_edges()
    assume(m)
    expected = sum(
        graph.subgraph(part).number_of_edges() / m
        - (sum(dict(graph.degree(part)).values()) / (2 * m)) ** 2
        for part in split
    )
    assert modularity(graph, split) == pytest.approx(expected)
    assert modularity(graph, split) == pytest.approx(nx.community.modularity(graph, split))
    assert -0.5 <= expected < 1


@given(st.integers(1, 8), st.integers(2, 6))
def test_equal_disjoint_cliques(number, size):
    graph = cliques(size, number)
    assert modularity(graph, blocks(size, number)) == pytest.approx(1 - 1 / number)
    assert modularity(graph, [set(graph)]) == pytest.approx(0)


def test_without_links_modularity_is_not_defined():
    assert modularity(nx.empty_graph(3), [{0, 1}, {2}]) is None
    assert modularity(nx.Graph(), []) is None


@given(SHARES, ALPHAS, st.lists(st.floats(-1, 1), min_size=8, max_size=8))
def test_positions_are_distances_and_follow_the_double_sum(shares, alpha, places):
    places = places[: shares.size]
    table = np.abs(np.subtract.outer(places, places))
    expected = sum(
        shares[i] ** (1 + alpha) * shares[j] * abs(places[i] - places[j])
        for i, j in itertools.product(range(shares.size), repeat=2)
    )
    assert esteban_ray(shares, places, alpha) == pytest.approx(expected)
    assert esteban_ray(shares, table, alpha) == pytest.approx(expected)


@given(st.floats(0, 1), ALPHAS)
def test_two_groups_are_most_polarised_when_equal(share, alpha):
    value = esteban_ray([share, 1 - share], [0, 1], alpha)
    assert value <= 2 ** -(1 + alpha) + 1e-12
    assert esteban_ray([0.5, 0.5], [0, 1], alpha) == pytest.approx(2 ** -(1 + alpha))


@given(SHARES, st.floats(0, 1.5), st.floats(0.01, 0.1), st.floats(0.1, 9))
def test_esteban_ray_falls_in_alpha_and_grows_with_distance(shares, alpha, more, stretch):
    places = np.arange(shares.size)
    value = esteban_ray(shares, places, alpha)
    assert esteban_ray(shares, places, alpha + more) <= value
    assert esteban_ray(shares, places * stretch, alpha) == pytest.approx(value * stretch)
    assert esteban_ray(shares, places, alpha, scale=stretch) == pytest.approx(value * stretch)


@given(SHARES)
def test_reynal_querol_is_a_share(shares):
    assert -1e-12 <= reynal_querol(shares) <= 1 + 1e-12


@given(SHARES)
def test_reynal_querol_is_four_times_esteban_ray_when_all_groups_are_equally_far(shares):
    apart = 1 - np.eye(shares.size)
    assert reynal_querol(shares) == pytest.approx(4 * esteban_ray(shares, apart, alpha=1))


@given(st.integers(1, 50))
def test_many_equal_groups_approach_no_polarisation(number):
    equal = np.full(number, 1 / number)
    assert reynal_querol(equal) == pytest.approx(4 * (number - 1) / number**2)


@given(COUNTS, COUNTS, COUNTS)
def test_dyads_are_counted_one_by_one_and_add_up(first, second, unaligned):
    assume(first + second + unaligned >= 2)
    shares = dyad_shares(first, second, unaligned)
    states = "A" * first + "B" * second + "0" * unaligned
    pairs = [set(pair) for pair in itertools.combinations(states, 2)]
    assert shares.across == pytest.approx(pairs.count({"A", "B"}) / len(pairs))
    assert shares.within == pytest.approx((pairs.count({"A"}) + pairs.count({"B"})) / len(pairs))
    assert sum(shares) == pytest.approx(1)
    assert dyad_shares(second, first, unaligned) == shares


def test_whole_numbers_from_a_table_will_do():
    assert dyad_shares(np.int64(4), 4.0, 2) == dyad_shares(4, 4, 2)


# -- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: modularity(nx.DiGraph([(0, 1)]), [{0, 1}]), "undirected"),
        (lambda: modularity("ab", ["ab"]), "undirected"),
        (lambda: modularity(nx.path_graph(3), [{0, 1}]), "exactly once. Look at: 2"),
        (lambda: modularity(nx.path_graph(3), [{0, 1}, {1, 2}]), "Look at: 1"),
        (lambda: modularity(nx.path_graph(2), [{0, 1, "x"}]), "Look at: x"),
        (lambda: modularity(nx.Graph([(0, 1, {"weight": -1})]), [{0, 1}]), "weights of 0 or more"),
        (lambda: esteban_ray([0.5, 0.6], [0, 1], 1), "add up to 1"),
        (lambda: esteban_ray([1.5, -0.5], [0, 1], 1), "0 or more"),
        (lambda: esteban_ray([0.5, 0.5], [0, 1, 2], 1), "2 positions"),
        (lambda: esteban_ray([0.5, 0.5], [[0, 1], [2, 0]], 1), "the same both ways"),
        (lambda: esteban_ray([0.5, 0.5], [[1, 1], [1, 0]], 1), "from a group to itself"),
        (lambda: esteban_ray([0.5, 0.5], [[0, -1], [-1, 0]], 1), "0 or more"),
        (lambda: esteban_ray([0.5, 0.5], [0, np.nan], 1), "finite"),
        (lambda: esteban_ray([0.5, 0.5], [0, 1], 1.7), "alpha"),
        (lambda: esteban_ray([0.5, 0.5], [0, 1], 1, scale=0), "scale"),
        (lambda: reynal_querol([]), "shares"),
        (lambda: reynal_querol(["half", "half"]), "shares"),
        (lambda: dyad_shares(-1, 2, 3), "first"),
        (lambda: dyad_shares(1, 2.5, 3), "second"),
        (lambda: dyad_shares(0, 0, 1), "two states"),
    ],
)
def test_what_cannot_be_used_is_named(call, says):
    with pytest.raises(CourseError, match=says):
        call()
