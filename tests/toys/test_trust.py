"""The game on trust, beside the model of the course."""

import pytest

from coursekit.errors import CourseError
from coursekit.figures.trust_bars import trust_bars_figure
from coursekit.models.trust import posterior
from coursekit.toys.trust import ACTS, KINDS, OCCASIONS, Trust, by_bayes, drawn

SEEDS = range(300)


def game(seed, *bars):
    return Trust(seed).played({"press": "set", "trust": bar} for bar in bars)


def ends(state):
    return {line["label"]: line for line in state.shown()["readout"]}


def test_words_come_first_and_tell_nothing():
    for seed in SEEDS:
        _, acts = drawn(seed)
        assert len(acts) == ACTS
        assert len({act.occasion for act in acts}) == ACTS
        assert acts[0].occasion == "denial"
        assert not acts[0].tells


def test_acts_are_as_frequent_as_is_said():
    done = {(kind, name): [] for kind in KINDS for name in OCCASIONS}
    for seed in range(3000):
        kind, acts = drawn(seed)
        for act in acts:
            done[kind, act.occasion].append(act.done)
    for (kind, name), seen in done.items():
        likely = OCCASIONS[name][KINDS.index(kind)]
        assert sum(seen) / len(seen) == pytest.approx(likely, abs=0.05)


def test_both_kinds_are_about_as_frequent():
    assert sum(drawn(seed)[0] == KINDS[0] for seed in SEEDS) == pytest.approx(150, abs=30)


def test_the_second_bar_is_the_rule_of_the_page():
    _, acts = drawn(7)
    trust = 0.6
    for act, bar in zip(acts, by_bayes(60, acts)[1:], strict=True):
        trust = posterior(trust, act.trustworthy, act.untrustworthy)
        assert bar == pytest.approx(100 * trust)


def test_whoever_follows_the_rule_parts_nowhere():
    _, acts = drawn(5)
    state = game(5, *(round(bar) for bar in by_bayes(50, acts)))
    assert state.over
    said = ends(state)
    assert said["Where you and the rule differed most"]["value"] == "almost nowhere"
    assert said["Moved by words or silence"]["value"] == "0 points"


def test_a_bar_that_words_move_is_told_so():
    _, acts = drawn(5)
    bars = by_bayes(50, acts)
    state = game(5, 50, 90, *([90] * (ACTS - 1)))
    assert "40 points" in ends(state)["Moved by words or silence"]["value"]
    assert state.kind in ends(state)["The neighbour was"]["value"]
    assert f"{bars[-1]:.0f}%" in ends(state)["Your trust at the end"]["detail"]


def first(done, occasion):
    """A game whose second act is of a kind."""
    return next(seed for seed in SEEDS if drawn(seed)[1][1][:2] == (occasion, done))


@pytest.mark.parametrize(
    ("bar", "verdict"),
    [(0, "further than the act can tell"), (95, "points the other way")],
)
def test_a_wrong_step_is_named(bar, verdict):
    seed = first(True, "troops")
    _, acts = drawn(seed)
    rest = by_bayes(bar, acts[2:])[1:]
    state = game(seed, 60, 60, bar, *rest)
    parted = ends(state)["Where you and the rule differed most"]
    assert parted["value"] == "moves troops up"
    assert verdict in parted["detail"]
    assert "from 60%" in parted["detail"]
    assert "From your 60% the rule goes to 43%" in parted["detail"]


def test_too_small_a_step_is_named():
    seed = first(True, "withdrawal")
    _, acts = drawn(seed)
    state = game(seed, 40, 40, 45, *by_bayes(45, acts[2:])[1:])
    assert "more than you let it" in ends(state)["Where you and the rule differed most"]["detail"]


def test_certainty_cannot_be_moved():
    assert by_bayes(0, drawn(3)[1]) == [0] * (ACTS + 1)
    assert "ever learns" in ends(game(3, 100, *[50] * ACTS))["Your trust at the end"]["detail"]


def test_the_rule_and_the_neighbour_are_hidden_until_the_end():
    state = game(4, *[50] * ACTS)
    assert state.open() == ("set",)
    told = str(state.shown()["readout"]) + state.shown()["figure"].alt
    assert "Bayes" not in told and "neighbour was" not in told
    state = state.after({"press": "set", "trust": 50})
    assert state.open() == ()
    assert "Bayes" in state.shown()["figure"].alt


def test_a_bar_off_the_scale_is_refused():
    with pytest.raises(CourseError, match="from 0 to 100"):
        Trust().after({"press": "set", "trust": 120})


def test_the_number_of_a_full_bar_stays_clear_of_the_title():
    acts = [("says\nnothing", "It says nothing.", 0.1, 0.1)] * ACTS
    figure = trust_bars_figure([100] * (ACTS + 1), acts, [100] * (ACTS + 1), "trustworthy")
    figure.draw_without_rendering()
    bars = figure.axes[1]
    title = bars._left_title.get_window_extent()
    numbers = [text for text in bars.texts if text.get_text() == "100"]
    assert len(numbers) == 2 * (ACTS + 1)
    assert not any(title.overlaps(number.get_window_extent()) for number in numbers)
