import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import CourseError
from coursekit.quiz import normalised_gain, score, shuffled
from coursekit.quiz.quantities import number
from coursekit.quiz.questions import TYPES

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


def responses(question):
    """Any complete response to a question."""
    keys = [option.key for option in question.options]
    return {
        "single": st.sampled_from(keys or ["a"]),
        "multiple": st.lists(st.sampled_from(keys or ["a"]), min_size=1, unique=True),
        "numeric": NUMBERS,
        "order": st.permutations(keys),
        "match": st.fixed_dictionaries(
            {pair.key: st.sampled_from(keys) for pair in question.pairs}
        ),
        "short": st.fixed_dictionaries(
            {"text": st.just("Because."), "rating": st.sampled_from([0, 0.5, 1])}
        ),
    }[question.type]


class TestPoints:
    @pytest.mark.parametrize("kind", TYPES)
    @given(data=st.data())
    def test_lie_between_0_and_1_and_success_means_all_of_them(self, asked, kind, data):
        earned = score(asked[kind], data.draw(responses(asked[kind])))
        assert 0 <= earned.points <= 1
        assert earned.success == (earned.points == 1)
        assert earned.summary.endswith(".")

    @pytest.mark.parametrize("kind", TYPES)
    def test_the_solution_earns_all(self, asked, kind):
        assert score(asked[kind], asked[kind].solution).success

    @pytest.mark.parametrize("kind", ["single", "multiple", "order", "match"])
    @given(data=st.data())
    def test_nothing_but_the_solution_earns_all(self, asked, kind, data):
        response, solution = data.draw(responses(asked[kind])), asked[kind].solution
        if kind == "multiple":
            response, solution = sorted(response), sorted(solution)
        assert score(asked[kind], response).success == (response == solution)


class TestMultiple:
    @given(data=st.data())
    def test_the_order_of_choosing_does_not_matter(self, asked, data):
        chosen = data.draw(responses(asked["multiple"]))
        mixed = data.draw(st.permutations(chosen))
        assert score(asked["multiple"], chosen).points == score(asked["multiple"], mixed).points

    @given(data=st.data())
    def test_one_more_right_option_never_costs_and_one_more_wrong_never_pays(self, asked, data):
        question = asked["multiple"]
        chosen = data.draw(responses(question))
        points = score(question, chosen).points
        for option in question.options:
            if option.key not in chosen:
                more = score(question, [*chosen, option.key]).points
                assert more >= points if option.right else more <= points

    def test_to_tick_everything_earns_nothing(self, asked):
        assert score(asked["multiple"], list("abcde")).points == 0

    @pytest.mark.parametrize(
        ("chosen", "points"), [("a", 1 / 2), ("ab", 1 / 6), ("acb", 2 / 3), ("bd", 0), ("ca", 1)]
    )
    def test_share_of_right_less_share_of_wrong(self, asked, chosen, points):
        assert score(asked["multiple"], list(chosen)).points == pytest.approx(points)

    def test_the_summary_counts(self, asked):
        assert score(asked["multiple"], ["a"]).summary == "You found 1 of 2 right answers."
        assert score(asked["multiple"], ["a", "b"]).summary == (
            "You found 1 of 2 right answers and chose 1 that is wrong."
        )
        assert score(asked["multiple"], ["b", "d"]).summary == (
            "You found 0 of 2 right answers and chose 2 that are wrong."
        )


class TestOrder:
    def test_the_reverse_earns_nothing(self, asked):
        assert score(asked["order"], asked["order"].solution[::-1]).points == 0

    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_one_swap_of_neighbours_costs_one_pair(self, asked, place):
        order = list(asked["order"].solution)
        order[place : place + 2] = order[place : place + 2][::-1]
        earned = score(asked["order"], order)
        assert earned.points == pytest.approx(5 / 6)
        assert earned.summary == "Of 6 pairs of items, 5 stand in the right order."

    @given(data=st.data())
    def test_points_and_those_of_the_reverse_add_up_to_1(self, asked, data):
        order = data.draw(responses(asked["order"]))
        both = score(asked["order"], order).points + score(asked["order"], order[::-1]).points
        assert both == pytest.approx(1)


class TestMatch:
    def test_earns_the_share_of_lines(self, asked):
        earned = score(asked["match"], {"p1": "a", "p2": "b", "p3": "c"})
        assert earned.points == pytest.approx(2 / 3)
        assert earned.summary == "You matched 2 of 3 lines."

    def test_the_order_of_lines_does_not_matter(self, asked):
        response = {"p3": "a", "p1": "a", "p2": "b"}
        assert score(asked["match"], response).success


class TestNumeric:
    @given(off=st.floats(-5, 5))
    def test_is_right_up_to_the_tolerance(self, asked, off):
        assert score(asked["numeric"], 16 + off).success == (abs(16 + off - 16) <= 0.5)

    def test_rounding_of_the_machine_does_not_count(self, asked):
        assert score(asked["numeric"], 15.5 - 1e-12).success

    def test_says_in_which_direction_it_is_wrong(self, asked):
        assert score(asked["numeric"], 20).summary == "That is too high."
        assert score(asked["numeric"], "3").summary == "That is too low."

    @pytest.mark.parametrize("text", ["16", " 16.0 ", "16,0", "16 members", "16 Member", "1.6e1"])
    def test_reads_what_people_write(self, asked, text):
        assert score(asked["numeric"], text).success


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "unit", "near", "value"),
        [
            ("2,5", "", 0, 2.5),
            ("2.5 %", "%", 0, 2.5),
            ("2.5", "%", 0, 2.5),
            ("2.5 per cent", "%", 0, 2.5),
            ("2.5 percent", "%", 0, 2.5),
            ("2.5%", "", 0, 0.025),
            ("1,309", "km", 1309, 1309),
            ("1,309", "", 1.3, 1.309),
            ("1.309", "km", 1309, 1309),
            ("1 309 km", "km", 1309, 1309),
            ("1\u202f309\u00a0km", "km", 1309, 1309),
            ("1'309", "km", 1309, 1309),
            ("1,234,567.8", "", 0, 1234567.8),
            ("1.234.567,8", "", 0, 1234567.8),
            ("981 million people", "million people", 981, 981),
            ("0.3 percentage points", "percentage points", 0, 0.3),
            ("0.3 points", "percentage points", 0, 0.3),
            ("−3", "", 0, -3),
            ("–3", "", 0, -3),
            ("- 3", "", 0, -3),
            ("‑3", "", 0, -3),
            ("1,000", "km", -917, 1000),
            ("1,000", "members", 16, 1000),
            ("0,500", "km", 981, 0.5),
            ("1.250", "", 3, 1.25),
            ("+3", "", 0, 3),
            (".5", "", 0, 0.5),
            (",5", "", 0, 0.5),
            ("1e3", "", 0, 1000),
            ("16.", "", 0, 16),
            (7, "", 0, 7),
        ],
    )
    def test_are_read_kindly(self, text, unit, near, value):
        assert number(text, unit, near) == pytest.approx(value)

    @pytest.mark.parametrize(
        "text",
        ["", "x", "many", "1.2.3", "--1", None, True, [1], math.inf, math.nan, "1e999", "nan"],
    )
    def test_that_are_none_are_refused_with_an_example(self, text):
        with pytest.raises(CourseError, match="Give one number, such as 16 km"):
            number(text, "km")

    @pytest.mark.parametrize("text", ["1309 miles", "16 17", "16 km or so", "12 %"])
    def test_with_another_unit_or_more_words_are_refused_with_the_unit(self, text):
        with pytest.raises(CourseError, match="Give one number, in km"):
            number(text, "km")

    def test_without_a_unit_take_none(self):
        with pytest.raises(CourseError, match="without a unit"):
            number("16 states")

    @given(NUMBERS)
    def test_any_number_is_read_back(self, value):
        assert number(repr(value), near=value) == value
        assert number(value) == value

    @given(st.text(max_size=20))
    def test_any_text_is_a_number_or_a_sentence(self, text):
        try:
            assert math.isfinite(number(text, "km"))
        except CourseError as error:
            assert "Give one number" in str(error)


class TestFeedback:
    def test_of_single_and_multiple_is_on_what_was_chosen(self, asked):
        for kind in ("single", "multiple"):
            for option in asked[kind].options:
                response = option.key if kind == "single" else [option.key]
                assert score(asked[kind], response).feedback == ((option.key, option.why),)

    def test_of_order_and_match_is_on_every_part(self, asked):
        order = score(asked["order"], list("abcd")).feedback
        assert [key for key, _ in order] == list("abcd")
        match = score(asked["match"], {"p1": "b", "p2": "b", "p3": "b"}).feedback
        assert match == tuple((pair.key, pair.why) for pair in asked["match"].pairs)

    def test_of_numeric_and_short_is_the_explanation_and_the_model_answer(self, asked):
        assert score(asked["numeric"], 3).feedback == (("answer", "Count the rows of the table."),)
        short = score(asked["short"], {"text": "So.", "rating": 0.5})
        assert short.feedback == (("model", asked["short"].model_answer),)
        assert short.points == 0.5


class TestRefusals:
    @pytest.mark.parametrize(
        ("kind", "response", "message"),
        [
            ("single", "z", "'z' is not one of the choices. Choose from a, b, c."),
            ("single", None, "not one of the choices"),
            ("single", ["a"], "not one of the choices"),
            ("multiple", [], "Choose at least one"),
            ("multiple", "ab", r"a list of choices such as \['a', 'c'\]"),
            ("multiple", ["a", "a"], "named only once"),
            ("multiple", ["a", "z"], "not one of the choices"),
            ("multiple", None, "a list of choices"),
            ("order", ["a", "b"], "Put all 4 items in order"),
            ("order", ["a", "b", "c", "c"], "named only once"),
            ("match", {"p1": "a"}, "a partner for each of the 3 lines"),
            ("match", {"p1": "a", "p2": "b", "p3": None}, "not one of the choices"),
            ("match", "a", "a partner for each"),
            ("numeric", "sixteen", "Give one number"),
            ("short", "text", "a text and a rating"),
            ("short", {"text": " ", "rating": 1}, "Write a sentence or two"),
            ("short", {"text": "So.", "rating": 0.7}, "Rate your answer"),
            ("short", {"text": "So.", "rating": True}, "Rate your answer"),
            ("short", {"text": "So.", "rating": None}, "Rate your answer"),
        ],
    )
    def test_say_what_to_do(self, asked, kind, response, message):
        with pytest.raises(CourseError, match=message):
            score(asked[kind], response)


class TestShuffling:
    @given(seed=st.one_of(st.integers(), st.text()))
    def test_keeps_all_options_and_gives_the_same_order_again(self, sample, seed):
        for question in sample.questions:
            mixed = shuffled(question, seed)
            assert set(mixed) == set(question.options)
            assert mixed == shuffled(question, seed)

    @given(seed=st.integers())
    def test_never_gives_the_answer_away(self, asked, seed):
        assert [o.key for o in shuffled(asked["order"], seed)] != asked["order"].solution

    def test_never_lines_choices_up_with_their_lines(self, asked):
        question = asked["match"]
        ones = [replace(p, match=key) for p, key in zip(question.pairs, "abc", strict=True)]
        question = replace(question, pairs=tuple(ones))
        orders = {tuple(o.key for o in shuffled(question, seed)) for seed in range(100)}
        assert orders == set(itertools.permutations("abc")) - {tuple("abc")}

    def test_differs_between_learners_and_reaches_every_order(self, asked):
        orders = {tuple(o.key for o in shuffled(asked["single"], seed)) for seed in range(100)}
        assert orders == set(itertools.permutations("abc"))

    def test_leaves_a_scale_in_order(self, asked):
        options = [
            replace(option, text=text)
            for option, text in zip(asked["single"].options, ["0.1 %", "1 %", "10 %"], strict=True)
        ]
        question = replace(asked["single"], options=tuple(options))
        assert all(shuffled(question, seed) == question.options for seed in range(20))

    def test_is_the_same_in_every_version_of_python(self, asked):
        assert "".join(o.key for o in shuffled(asked["multiple"], "learner")) == "abdce"


class TestGain:
    @given(pre=st.floats(0, 0.99), post=st.floats(0, 1))
    def test_is_the_share_of_what_could_be_gained(self, pre, post):
        gain = normalised_gain(pre, post)
        assert gain <= 1 + 1e-12
        assert pre + gain * (1 - pre) == pytest.approx(post, abs=1e-9)

    def test_of_some_pairs(self):
        assert normalised_gain(0.4, 1) == 1
        assert normalised_gain(0.4, 0.4) == 0
        assert normalised_gain(0.5, 0.25) == -0.5
        np.testing.assert_allclose(normalised_gain([0, 0.5], [0.5, 1]), [0.5, 1])

    @pytest.mark.parametrize("post", [0, 0.5, 1])
    def test_is_undefined_where_nothing_was_left_to_gain(self, post):
        assert math.isnan(normalised_gain(1, post))

    @pytest.mark.parametrize(("pre", "post"), [(-0.1, 1), (0, 15), (math.nan, 1), ("half", 1)])
    def test_needs_shares(self, pre, post):
        with pytest.raises(CourseError):
            normalised_gain(pre, post)
