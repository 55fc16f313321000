"""A lab draws on the same figure again; what a student sees is as if it were drawn anew."""

import itertools
import re

import pytest

from coursekit.errors import CourseError
from coursekit.figures.arms_race import race_figure
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import sheet
from coursekit.figures.comparison import bias_figure
from coursekit.figures.deterrence import challenge_figure, commitment_figure
from coursekit.figures.game import game_figure
from coursekit.figures.race_path import race_path_figure
from coursekit.figures.reciprocity import reciprocity_figure
from coursekit.figures.trust import belief_figure, gesture_figure
from coursekit.nato.figures.polarisation import polarisation_figure

# Settings in the order of a drag; the still parts stay from one to the next, or change.
SETTINGS = {
    game_figure: [
        ((0.5, 0.5), (5, 3, 1, 0)),
        ((0.5, 0.5), (2, 3, 1, 0)),
        ((0.9, 0.2), None),
        ((0.9, 0.2), None, ("First", "Second")),
    ],
    race_figure: [
        (2, 2, 1, 1, 1, 1),
        (2, 2, 1.2, 1, 1, 1),
        (2, 2, 3, 3, 1, 1),
        (1, 1, 1, 1, 1, 1),
        (1, 1, 2, 2, -1, -1, (3, 3)),
    ],
    race_path_figure: [
        ({"a": 0.5, "b": 0.5, "k": 0.6, "l": 0.6, "g": 1, "h": 1}, (10, 4)),
        ({"a": 0.5, "b": 0.5, "k": 0.2, "l": 0.6, "g": 1, "h": 1}, (10, 4)),
        ({"a": 1, "b": 1, "k": 0, "l": 0, "g": 0, "h": 0}, (0, 0)),
    ],
    belief_figure: [
        ((0.6, 0.5, 0.9), (0.6, 0.5, 0.9)),
        ((0, 0, 0.9), (1, 0.5, 0)),
        ((0.6, 0.5, 0.9), (0.6, 0.5, 0.9), ("Here", "There")),
    ],
    gesture_figure: [(0.5, 0.5), (0.1, 0.9), (0.9, 0.1)],
    challenge_figure: [
        (0.2, 0.1, 0.35),
        (0.9, 0.5, 1.0),
        (0.9, 0.5, 1.0, 10, 0.5, "opportunist"),
    ],
    commitment_figure: [(0.3, 0.2, 5, 5, 0.5), (0.9, 0.2, 5, 5, 0.5), (0.9, 0.5, 20, 1, 0.2)],
    reciprocity_figure: [
        ("Tit for Tat", "Tit for Tat", 0.01),
        ("Tit for Tat", "Always Defect", 0.2),
        ("Random", "Always Cooperate", 0.0),
    ],
    polarisation_figure: [
        ((16, 8, 20), (30, 6, 8)),
        ((16, 8, 20), (31, 6, 8)),
        ((0, 0, 0), (1, 0, 0)),
        ((16, 8, 20), (90, 6, 8), 1.6),
    ],
    bias_figure: [(1, 0, 0, 0, 0), (1, 2, 0, 0, 0), (5, 0, 3, 0, 1), (1, 0, 0, 0, 0)],
}
TURNS = [
    (draw, *pair)
    for draw, rows in SETTINGS.items()
    for pair in itertools.pairwise([*rows, rows[0]])
]


@pytest.mark.parametrize(("draw", "first", "then"), TURNS)
def test_drawn_again_is_the_same_as_drawn_anew(draw, first, then):
    once = draw(*first)
    once.svg()
    again, anew = draw(*then, on=once), draw(*then)
    assert again is once
    assert again.svg() == anew.svg()
    if first is SETTINGS[draw][0]:  # The pixels follow the same artists; they take long to draw.
        assert again.png() == anew.png()
    assert again.alt == anew.alt
    assert again.table.equals(anew.table)


@pytest.mark.parametrize("draw", SETTINGS)
def test_ids_are_unique_so_that_artists_and_hatchings_are_found(draw):
    for row in SETTINGS[draw]:
        ids = re.findall(r'\bid="([^"]*)"', draw(*row).svg())
        assert len(ids) == len(set(ids))


def test_what_stays_is_drawn_once():
    calls = []

    def axes(figure, top):
        calls.append(top)
        return figure.add_axes((0, 0, 1, 1), ylim=(0, top), xlim=(0, 1))

    figure = None
    for top, height in ((1, 0.2), (1, 0.4), (2, 0.4), (2, 0.8)):
        with sheet(2, 2, figure) as figure:
            figure.still(axes, top).axhline(height, gid="line")
        assert figure.svg().count('id="line"') == 1
    assert calls == [1, 2]


def test_a_figure_goes_on_after_still_parts_that_failed():
    figure = CourseFigure()
    with pytest.raises(ZeroDivisionError):
        figure.still(lambda drawn: 1 / 0)
    axes = figure.still(lambda drawn: drawn.add_axes((0, 0, 1, 1)))
    assert axes in figure.axes


def test_a_setting_that_is_refused_leaves_the_picture_as_it_is():
    figure = challenge_figure(0.2, 0.1, 0.35)
    before = figure.svg()
    with pytest.raises(CourseError):
        challenge_figure(2, 0.1, 0.35, on=figure)
    assert figure.svg() == before
