"""The arms race in sentences, beside the model that it stands for."""

import itertools
import json

import pytest

import coursekit as ck
from coursekit.figures.race_path import MOST, race_path_figure
from coursekit.models.arms_race import fixed_point, trajectory
from coursekit.record import record
from coursekit.toys.race import NUMBERS, begin, end, fits, meant, met, shown
from coursekit.widgets.race import SAY, Race

CORNERS = [
    begin() | dict(zip(("up_answers", "low_answers", "up_gives_up", "up_adds"), some, strict=True))
    for some in itertools.product((0, 5, 10), (0, 5, 10), (10, 50, 100), (0, 1))
] + [
    begin() | {"up_adds": 0, "low_adds": 0, "up_has": has, "low_has": 0, "up_answers": answers}
    for has, answers in itertools.product((0, 10), (5, 6))
]


def readout(numbers, done=()):
    return [(line["value"], line["detail"]) for line in shown(numbers, done)["readout"]]


def test_each_number_stands_once_in_the_sentences_and_has_a_name():
    text = " ".join(SAY["text"])
    assert all(text.count(f"{{{name}}}") == 1 for name in NUMBERS)
    assert SAY["labels"].keys() == NUMBERS.keys()
    assert SAY["units"].keys() <= NUMBERS.keys()


def test_a_sentence_means_one_nation_and_the_other_sentence_the_other():
    numbers = {
        **{"up_answers": 1, "up_gives_up": 20, "up_adds": 3, "up_has": 4},
        **{"low_answers": 5, "low_gives_up": 60, "low_adds": 2, "low_has": 8},
    }
    parameters, start = meant(numbers)
    assert start == (4, 8)
    # From the first moment on: 1 for every 10 of 8, less 20 % of 4, and 3 more.
    after = trajectory(**parameters, start=start, times=[1e-6])[0]
    assert (after[0] - 4) / 1e-6 == pytest.approx(0.1 * 8 - 0.2 * 4 + 3, abs=1e-4)
    assert (after[1] - 8) / 1e-6 == pytest.approx(0.5 * 4 - 0.6 * 8 + 2, abs=1e-4)


@pytest.mark.parametrize("numbers", CORNERS, ids=range(len(CORNERS)))
def test_what_is_said_of_the_end_is_what_the_model_comes_to(numbers):
    parameters, start = meant(numbers)
    late, later = trajectory(**parameters, start=start, times=[300, 350])
    grows = max(later - late) > 0.1
    assert (end(numbers) == "runs_away") == grows
    if end(numbers) == "calms":
        assert later == pytest.approx(fixed_point(**parameters), abs=0.1)


@pytest.mark.parametrize("numbers", CORNERS, ids=range(len(CORNERS)))
def test_every_state_can_be_seen_and_read(numbers):
    made = shown(numbers, ["run"])
    assert made["figure"].alt.endswith(".")
    assert all(line["value"] and line["detail"] for line in made["readout"])
    exec(made["code"], {})
    svg = made["figure"].svg()
    assert all(f'id="{part}"' in svg for part in ("line-first", "line-second", "path", "start"))


def test_a_place_of_rest_outside_the_picture_is_said_to_be_there():
    numbers = begin() | {"up_answers": 4}
    parameters, start = meant(numbers)
    assert min(fixed_point(**parameters)) > MOST
    assert readout(numbers)[0] == (
        "It settles",
        "Upland comes to rest at 90.0 weapons, Lowland at 110.0. That is outside the picture.",
    )
    figure = race_path_figure(parameters, start)
    assert 'id="rest"' not in figure.svg()
    assert figure.table.columns.tolist() == ["year", "Upland", "Lowland"]


@pytest.mark.parametrize(
    ("changed", "tasks"),
    [
        ({}, {"run"}),
        ({"up_answers": 0}, {"stop"}),
        ({"up_answers": 10, "low_answers": 2}, {"stop", "nervous"}),
        ({"up_answers": 10, "low_answers": 3}, {"run"}),
        ({"up_adds": 0, "low_adds": 0, "up_answers": 5, "low_answers": 5}, set()),
    ],
)
def test_the_tasks_are_told_apart(changed, tasks):
    assert met(begin() | changed) == tasks


def test_tasks_are_set_one_after_the_other():
    assert readout(begin())[1] == ("0 of 3 done", "Now: make it stop.")
    assert readout(begin(), ["stop"])[1] == ("1 of 3 done", "Now: make it run away.")
    assert readout(begin(), ["stop", "run", "nervous"])[1][0] == "3 of 3 done"


@pytest.mark.parametrize("wrong", [None, {}, {**begin(), "up_has": 900}, {**begin(), "x": 1}])
def test_other_numbers_are_not_taken(wrong):
    assert not fits(wrong)
    assert fits(begin())


class TestWidget:
    def drag(self, race, **numbers):
        race.words.value = {**race.words.value, **numbers}

    def let_go(self, race):
        race.words.released += 1

    def test_the_picture_follows_the_drag_and_a_task_waits_for_its_end(self):
        race = ck.play("04-race")
        race.restart()
        before = race.live.svg
        self.drag(race, up_answers=0)
        assert race.live.svg != before
        assert race.live.answer["inputs"]["numbers"]["up_answers"] == 0
        assert race.live.answer["readout"][0]["value"] == "It settles"
        assert race.live.answer["readout"][1]["value"] == "0 of 3 done"
        turn = race.live.traced["turn"]
        self.let_go(race)
        assert race.live.answer["readout"][1]["value"] == "1 of 3 done"
        assert race.live.traced["turn"] == turn + 1

    def test_what_was_let_go_is_kept_and_begun_anew(self):
        race = ck.play("04-race")
        self.drag(race, up_answers=1)
        self.let_go(race)
        again = Race()
        assert again.words.value["up_answers"] == 1 and again.done == {"stop"}
        again.restart()
        assert Race().words.value == begin() and Race().done == set()

    def test_a_record_that_was_tampered_with_begins_anew(self):
        ck.play("04-race").restart()
        bad = json.dumps({"numbers": {**begin(), "up_has": "many"}, "done": []})
        for said in (bad, "[]", '{"numbers": 1}', "no JSON"):
            record().add("played", Race.place, result={"response": said})
        assert Race().words.value == begin()
