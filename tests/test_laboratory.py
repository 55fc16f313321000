"""The enlargement laboratory: measures, perspectives, comparisons, timeline, rates."""

import itertools
import math
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import coursekit as ck
from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.figures import palette
from coursekit.nato.enlargement import ROUNDS, Scenario, preset, presets
from coursekit.nato.enlargement.measures import statuses
from coursekit.nato.enlargement.rates import GROUPS, in_words, rate
from coursekit.nato.figures.difference import compare_facts
from coursekit.nato.figures.timeline import event_table
from coursekit.nato.readout import by_perspective, quotes, readout

PERSPECTIVES = ("members", "in_between", "russia")
YEARS = st.integers(1949, 2025)
SETS_OF_ROUNDS = st.sets(st.sampled_from(sorted(ROUNDS)))


class TestMeasures:
    def test_every_subset_of_rounds_with_every_preset_from_every_perspective(self):
        rounds = list(ROUNDS)
        # Presets that only leave rounds out are met again among the subsets.
        scenarios = {
            Scenario(2025, without=sorted({*without, *base.without}), admitted=base.admitted)
            for base in map(preset, presets())
            for size in range(len(rounds) + 1)
            for without in itertools.combinations(rounds, size)
        }
        assert len(scenarios) >= 2 ** (len(rounds) + 1)
        seen = set()
        for scenario in scenarios:
            measures = scenario.measures()
            assert 0 <= measures.dyads <= 100
            seen.add(measures.members)
        assert seen == set(range(min(seen), max(seen) + 1))
        for name, perspective in itertools.product(presets(), PERSPECTIVES):
            assert len(readout(preset(name), perspective=perspective)) >= 16

    @given(YEARS, SETS_OF_ROUNDS, st.sampled_from(sorted(ROUNDS)))
    def test_covering_more_states_never_covers_fewer_people(self, year, without, extra):
        fewer = Scenario(year, without=sorted(without | {extra})).measures()
        more = Scenario(year, without=sorted(without - {extra})).measures()
        assert more.population >= fewer.population
        assert more.people_outside <= fewer.people_outside
        for city in ("distance_moscow", "distance_st_petersburg", "distance_kyiv"):
            near, far = getattr(more, city), getattr(fewer, city)
            assert far is None or near <= far

    def test_states_in_between_in_2025(self):
        measures = Scenario(2025).measures()
        assert measures.in_between == ("AZE", "GEO", "MDA", "UKR")
        people = load("population")
        people = people[(people["year"] == 2024) & (people["series"] == "worldbank")]
        people = people.set_index("iso3")["population"]
        assert measures.people_in_between == people[list(measures.in_between)].sum()

    def test_finland_and_sweden_were_in_between_in_the_cold_war(self):
        assert Scenario(1985).measures().in_between == ("FIN", "SWE")

    def test_ukraine_is_not_promised_while_it_is_non_bloc(self):
        promised = {year: Scenario(year).measures().people_promised for year in (2009, 2012, 2020)}
        assert promised[2012] < 6e6 < 40e6 < promised[2009]
        assert promised[2020] > 40e6

    def test_distances_follow_the_map(self):
        assert Scenario(2025).measures().distance_st_petersburg == 139
        assert Scenario(2025, without=2004).measures().distance_st_petersburg == 152
        assert Scenario(2025, admitted={"UKR": 2008}).measures().distance_kyiv == 0
        assert Scenario(2025, without=list(ROUNDS)).measures().distance_moscow is None

    def test_shares_of_output_begin_in_1990(self):
        assert Scenario(1985).measures().gdp_share is None
        measures = Scenario(2020).measures()
        assert 85 < measures.gdp_share < 95
        assert 80 < measures.military_share < 97

    def test_former_states_count_as_states_in_the_cold_war(self):
        nato, pact = 16, 7  # the Soviet Union, five allies and East Germany in 1985
        total = len(statuses(Scenario(1985))) + 4  # SUN, CSK, DDR, YUG
        across = 100 * nato * pact / math.comb(total, 2)
        assert Scenario(1985).measures().dyads == pytest.approx(across)

    def test_the_record_has_exposure_with_every_count(self):
        record = Scenario(2024).measures().record
        assert record["promised"].conflict_years <= record["promised"].state_years
        assert sum(r.state_years for r in record.values()) > 1600
        deaths = load("armed_conflict")
        states = load("states")
        europe = set(states.loc[states["european"], "iso3"])
        total = deaths.loc[deaths["iso3"].isin(europe), "best"].sum()
        assert 0.9 * total <= sum(r.deaths for r in record.values()) <= total

    def test_a_what_if_changes_labels_and_not_the_past(self):
        history, without = Scenario(2024).measures(), Scenario(2024, without=2004).measures()
        for part in range(3):
            assert sum(r[part] for r in history.record.values()) == sum(
                r[part] for r in without.record.values()
            )
        assert history.record["member"].state_years > without.record["member"].state_years

    def test_every_measure_says_whether_it_is_mechanical(self):
        kinds = load("measures").set_index("measure")["kind"]
        for entry in readout(Scenario(2024)):
            assert entry["kind"] == kinds[entry["key"].split("-")[0]]
            assert len(entry["help"]) > 30


class TestPerspectives:
    def test_they_order_the_same_measures(self):
        orders = [by_perspective(name)[0] for name in PERSPECTIVES]
        assert len({tuple(order) for order in orders}) == 3
        assert len({frozenset(order) for order in orders}) == 1

    def test_they_change_no_number(self):
        shown = [
            sorted(
                (e["key"], e["value"], e["change"]) for e in readout(Scenario(2025, 2004), None, p)
            )
            for p in PERSPECTIVES
        ]
        assert shown[0] == shown[1] == shown[2]

    def test_statements_are_of_equal_length_and_verified(self):
        words = {}
        verified = load("statements").set_index("statement")["verified"]
        for name in PERSPECTIVES:
            said = quotes(name)
            assert len(said) == 3
            assert (verified[by_perspective(name)[1]] == "yes").all()
            words[name] = sum(len(entry["text"].split()) for entry in said)
        assert max(words.values()) <= 1.5 * min(words.values()), words


class TestPresets:
    def test_history_at_the_end_of_four_years(self):
        sizes = [len(preset("history", year).members()) for year in (1990, 1999, 2004, 2024)]
        assert sizes == [16, 19, 26, 32]

    @pytest.mark.parametrize(
        ("name", "size"),
        [
            ("history", 32),
            ("cold_war", 16),
            ("no_after_1999", 19),
            ("no_2004", 25),
            ("promise_kept", 34),
            ("nordic_neutrality", 30),
        ],
    )
    def test_sizes_in_2025(self, name, size):
        assert len(preset(name).members()) == size

    def test_an_unknown_preset_suggests_the_nearest(self):
        with pytest.raises(CourseError, match="Did you mean 'no_2004'"):
            preset("no2004")


class TestCompare:
    def test_the_browser_paints_what_the_scenarios_say(self, painter):
        lab = ck.compare()
        chance = random.Random(17)
        codes = load("states").set_index("name")["iso3"]
        words = {"both", "only_first", "only_second", "neither"}
        for _ in range(25):
            lab.first.index, lab.second.index = (chance.randrange(len(presets())) for _ in "ab")
            lab.year.value = chance.randint(1949, 2025)
            facts = compare_facts(*lab.scenarios)
            looks = {iso3: look for iso3, (look, _) in painter.looks(lab.live).items()}
            assert set(looks.values()) <= words
            first, second = lab.scenarios
            for name in facts["state"]:
                iso3 = codes[name]
                inside = [s.status(iso3) == "member" for s in (first, second)]
                expected = {
                    (True, True): "both",
                    (True, False): "only_first",
                    (False, True): "only_second",
                    (False, False): "neither",
                }[tuple(inside)]
                assert looks[iso3] == expected, (name, lab.code())

    def test_the_code_reproduces_the_state(self):
        lab = ck.compare(first="promise_kept", second="cold_war", year=2010)
        names = {"ck": ck}
        exec(lab.code(), names)
        assert (names["first"], names["second"]) == lab.scenarios

    def test_numbers_are_compared_with_the_second(self):
        entry = ck.compare(second="cold_war").live.answer["readout"][0]
        assert (entry["value"], entry["change"]) == ("32", "+16 against the second")

    def test_an_unknown_scenario_is_refused(self):
        with pytest.raises(CourseError, match="There is no scenario"):
            ck.compare(first="histroy")


class TestTimeline:
    def test_each_category_can_be_switched(self, painter):
        lab = ck.timeline()
        kinds = load("events").set_index("event")["category"]
        for name, box in lab.categories.items():
            box.value = False
            looks = painter.looks(lab.live)
            assert {e for e, (look, _) in looks.items() if look == "hidden"} == set(
                kinds.index[kinds == name]
            )
            assert len(lab.live.answer["table"]["rows"]) == (kinds != name).sum()
            box.value = True
        assert {look for look, _ in painter.looks(lab.live).values()} == {"shown"}

    def test_the_cursor_counts_events_up_to_it(self):
        lab = ck.timeline()
        lab.year.value = 1949
        assert lab.live.answer["readout"][1]["value"] == "4"

    def test_it_can_follow_an_explorer(self):
        explorer = ck.enlargement_explorer(year=2004)
        lab = ck.timeline(explorer)
        assert lab.year.value == 2004
        assert lab.link.source[0] is explorer.year
        assert lab.link.target[0] is lab.year

    def test_every_event_names_source_and_verification(self):
        table = event_table()
        assert (table["source"].str.len() > 5).all()
        assert set(table["verified"]) == {"yes", "no"}

    def test_events_up_to_a_year_are_those_that_happened_by_its_end(self):
        table = event_table(["enlargement"], until=1999)
        assert len(table) == 6
        assert table["date"].max().startswith("1999")

    def test_the_code_reproduces_the_state(self):
        lab = ck.timeline()
        lab.categories["war"].value = False
        figure = eval(lab.code(), {"ck": ck})
        assert figure.table.to_numpy().tolist() == lab.live.answer["table"]["rows"]

    def test_an_unknown_category_is_refused(self):
        with pytest.raises(CourseError, match="Did you mean 'war'"):
            event_table(["wars"])


class TestRates:
    def test_zero_in_269_member_years_leaves_a_bound_of_one_per_cent(self):
        result = rate("new_members", 1999, 2024)
        assert (result.events, round(result.exposure, 1)) == (0, 269.1)
        assert round(100 * result.bound, 1) == 1.1
        assert result.low == 0

    def test_exposures_of_the_statuses_add_up_to_the_years_of_the_states(self):
        total = sum(rate(name).exposure for name in GROUPS if name != "new_members")
        states = load("states")
        states = states[states["european"]]
        begin = states["state_since"].fillna("1949-01-01").clip(lower="1989-01-01")
        expected = (pd.Timestamp("2024-12-31") - begin).dt.days.sum() / 365.25
        assert total == pytest.approx(expected, abs=0.5)

    def test_intervals_hold_the_rate(self):
        for name in GROUPS:
            result = rate(name)
            if result.exposure:
                assert result.low <= result.rate <= result.high

    def test_words_say_that_zero_is_not_no_risk(self):
        assert "not a risk of zero" in in_words(rate("new_members", 1999, 2024))
        assert "no rate to compute" in in_words(rate("warsaw_pact", 2000, 2024))
        assert "not yet an effect" in in_words(rate("csto"))

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("candidates",), "There is no group of states"),
            (("member", 1980, 2000), "both from 1989 to 2024"),
            (("member", 2010, 2000), "not after the last"),
            (("member", 2000, 2010, "battle"), "There is no kind of event"),
        ],
    )
    def test_bad_input_is_refused(self, arguments, message):
        with pytest.raises(CourseError, match=message):
            rate(*arguments)

    def test_every_control_changes_what_is_shown(self):
        lab = ck.rate_calculator()
        answers = [lab.live.answer]
        for control, value in (
            (lab.group, "promised"),
            (lab.event, "interstate"),
            (lab.first, 2010),
            (lab.last, 2015),
        ):
            control.value = value
            answers.append(lab.live.answer)
        assert all(a["readout"] != b["readout"] for a, b in itertools.pairwise(answers))
        assert not lab.live.error

    def test_it_can_begin_with_force_used_by_another_state(self):
        lab = ck.rate_calculator(group="promised", first=1989, event="force")
        readout = {entry["label"]: entry for entry in lab.live.answer["readout"]}
        assert readout["Events"]["value"] == "11"
        assert "table force_used" in readout["Events"]["detail"]
        lab.event.value = "attack"
        assert lab.live.answer["readout"][0]["value"] == "2"

    def test_years_in_the_wrong_order_are_put_right(self):
        lab = ck.rate_calculator(first=2000, last=2010)
        lab.first.value = 2020
        assert lab.chosen[1:3] == (2010, 2020)

    def test_the_code_reproduces_the_state(self):
        lab = ck.rate_calculator(group="promised", first=2008, last=2020)
        result = eval(lab.code(), {"ck": ck})
        assert lab.live.answer["readout"][0]["value"] == str(result.events)


def controls_of(lab):
    return [c for row in lab.children[:-1] for c in getattr(row, "children", ())]


@pytest.mark.parametrize(
    "make",
    [ck.enlargement_explorer, ck.compare, ck.timeline, ck.rate_calculator, ck.spending_lab],
)
class TestEveryWidget:
    def test_every_control_has_a_sentence_of_help(self, make):
        for control in controls_of(make()):
            assert len(control.tooltip or "") >= 15, control.description

    def test_a_question_can_stand_above_it(self, make):
        assert make(ask="Why <i>now</i>?").children[0].value == "Why &lt;i&gt;now&lt;/i&gt;?"
        assert "ck-ask" not in make().children[0]._dom_classes

    def test_it_is_stored_as_picture_and_text(self, make):
        data, metadata = make()._repr_mimebundle_()
        assert data["image/png"].startswith("iVBOR")
        assert len(metadata["image/png"]["alt"]) >= 30

    def test_help_and_code_are_there(self, make):
        answer = make().live.answer
        assert answer["table"]["rows"]
        assert 1 <= len(answer["code"].splitlines()) <= 3


# Simulation of colour-vision deficiency: Machado, Oliveira and Fernandes (2009), severity 1.
MACHADO = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def lab_colour(colour, matrix=None):
    """Turn a colour into CIE Lab, as seen with a deficiency if a matrix is given."""
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    if matrix is not None:
        linear = np.clip(np.array(matrix) @ linear, 0, 1)
    xyz = (
        np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
        @ linear
        / [0.9505, 1.0, 1.089]
    )
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", [None, *MACHADO])
@pytest.mark.parametrize("colours", [palette.STATUS, palette.DIFFERENCE], ids=["status", "both"])
def test_colours_can_be_told_apart(vision, colours):
    matrix = MACHADO.get(vision)
    faces = {name: face for name, (face, _, _) in colours.items() if name != "warsaw_pact"}
    for one, other in itertools.combinations(faces, 2):
        gap = np.linalg.norm(lab_colour(faces[one], matrix) - lab_colour(faces[other], matrix))
        hatched_apart = colours[one][1] != colours[other][1]
        assert gap >= (10 if hatched_apart else 20), (vision, one, other, round(gap, 1))
