"""Predictions: files, verdicts, the card that takes them and the card that answers."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from coursekit.data import load as load_table
from coursekit.errors import CourseError, MisfitError
from coursekit.models.deterrence import status_comparison
from coursekit.predictions import explanation, judge, load, parse, read_response, truth
from coursekit.predictions.rules import validate
from coursekit.record import record
from coursekit.widgets.predict import predict, reveal

FILES = sorted((Path(__file__).parent.parent / "exercises" / "predictions").glob("*.yaml"))

NUMBER = {
    "id": "90-change",
    "kind": "number",
    "ask": "By how much?",
    "unit": "km",
    "bounds": [-5000, 5000],
    "near": 10,
    "turn": 0,
    "truth": "-1000",
    "tells": {
        "near": "near {truth}",
        "high": "high by {off}",
        "low": "low by {off}",
        "opposite": "opposite of {truth}, {yours}",
    },
    "explain": "It is {truth}.",
}
CURVE = {
    "id": "90-curve",
    "kind": "curve",
    "ask": "How does it go?",
    "bounds": [0, 10],
    "near": 0.5,
    "decimals": 1,
    "at": [1, 2, 3, 4],
    "axis": "Year",
    "truth": "[2, 4, 6, 8]",
    "tells": {
        name: f"{name} {{off}}" for name in ("exact", "near", "high", "low", "opposite", "mixed")
    },
}
CHOICE = {
    "id": "90-way",
    "kind": "choice",
    "ask": "Which way?",
    "truth": "'up' if math.pi > 3 else 'down'",
    "options": [
        {"key": "up", "text": "Upwards", "says": "You said {yours}."},
        {"key": "down", "text": "Downwards", "says": "You said {yours}, and it is {truth}."},
    ],
}


@pytest.fixture(autouse=True)
def fresh_record(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "record"))


@pytest.fixture
def written(root, tmp_path, monkeypatch):
    """Put predictions where the course looks for them."""

    def writing(*entries, name="90_test.yaml", notebook="90"):
        place = tmp_path / "content" / "exercises" / "predictions"
        if not place.exists():
            place.mkdir(parents=True)
            (tmp_path / "content" / "datasets").symlink_to(root / "datasets")
        path = place / name
        path.write_text(yaml.safe_dump({"notebook": notebook, "predictions": list(entries)}))
        monkeypatch.setenv("COURSEKIT_CONTENT", str(tmp_path / "content"))
        return path

    return writing


def lock(card, value):
    card.act({"item": card.prediction.id, "action": "submit", "values": {"prediction": value}})
    return card.items[0]


def told(card):
    return card.items[0]["feedback"]


class TestTheFilesOfTheCourse:
    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
    def test_keep_to_the_rules(self, path):
        assert validate(path) == []

    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
    def test_have_a_text_for_every_verdict(self, path):
        for made in parse(path):
            answer = truth(made)
            for kind in made.tells:
                assert made.tells[kind].format(yours="1", truth="2", off="3")
            assert "{" not in explanation(made, answer)


PREDICTIONS = [made for path in FILES for made in parse(path)]


class TestTheVerdictsOfTheCourse:
    @pytest.mark.parametrize(
        "made", [one for one in PREDICTIONS if one.kind == "choice"], ids=lambda one: one.id
    )
    def test_a_right_choice_is_exact_and_no_other_is(self, made):
        kinds = {one.key: judge(made, one.key, truth(made)).kind for one in made.options}
        assert kinds.pop(truth(made)) == "exact"
        assert set(kinds.values()) == {"other"}

    def test_shares_in_the_texts_on_four_statuses_are_those_of_the_model(self):
        rows = {
            theory: {row.status: f"{row.probability:.0%}" for row in status_comparison(theory)}
            for theory in ("preventive", "opportunist")
        }
        made = {one.id: one for one in PREDICTIONS}
        both = [rows[theory]["promised"] for theory in rows]
        for option in made["06-factor"].options:
            assert sorted(re.findall(r"\d+%", option.says)) == sorted(both)

    def test_states_said_to_wait_for_long_are_those_of_the_tables(self):
        promised = load_table("partners").query("kind == 'promise'")["iso3"]
        if "MKD" not in set(promised):
            pytest.skip("the table lacks the promise made to North Macedonia in April 2008")
        (made,) = [one for one in PREDICTIONS if one.id == "06-corridor"]
        names = load_table("states").set_index("iso3")["name"]
        table = load_table("status").query("status == 'promised'")
        days = (table["end"].fillna(np.datetime64("2025-12-31")) - table["start"]).dt.days
        years = days.groupby(table["iso3"]).sum() / 365.25
        waiting = {names[iso3] for iso3 in years[years > 2].index}
        for text in (made.tells["low"], made.explain):
            assert {name for name in names if name in text} - {"Russia", "Greece"} == waiting
        assert len(years) > 20

    @pytest.mark.parametrize(
        "made", [one for one in PREDICTIONS if one.kind != "choice"], ids=lambda one: one.id
    )
    def test_the_answer_as_it_is_told_is_exact_and_the_edge_of_near_is_near(self, made):
        answer, step = truth(made), 10**-made.decimals
        told = made.rounded(answer)

        def kind(off):
            shifted = [n + off for n in told] if made.kind == "curve" else told + off
            return judge(made, shifted, answer).kind

        assert kind(0) == "exact"
        for way in (1, -1):
            if made.near >= step:
                assert kind(way * step) == "near"
            assert kind(way * made.near) == ("near" if made.near else "exact")
            beyond = kind(way * (made.near + step))
            assert beyond in ({"high", "opposite"} if way > 0 else {"low", "opposite"})
        assert judge(made, read_response(made, entered(made, told)), answer).kind == "exact"


def entered(made, told):
    """What a student types who knows the answer."""
    if made.kind == "curve":
        return [made.words(part, unit=False) for part in told]
    return made.words(told)


class TestNumbers:
    @pytest.mark.parametrize(
        ("response", "kind", "text"),
        [
            (-1000, "exact", "near −1,000 km"),
            (-1001, "near", "near −1,000 km"),
            (-1010, "near", "near −1,000 km"),
            (-989, "high", "high by 11 km"),
            (0, "high", "high by 1,000 km"),
            (-2000, "low", "low by 1,000 km"),
            (500, "opposite", "opposite of −1,000 km, 500 km"),
        ],
    )
    def test_are_near_too_high_too_low_or_opposite(self, written, response, kind, text):
        written(NUMBER)
        made = load("90-change")
        assert judge(made, response, truth(made)) == (kind, text)

    def test_without_a_turn_nothing_is_opposite(self, written):
        tells = {key: text for key, text in NUMBER["tells"].items() if key != "opposite"}
        written({key: v for key, v in {**NUMBER, "tells": tells}.items() if key != "turn"})
        assert judge(load("90-change"), 500, -1000).kind == "high"

    def test_a_single_one_is_named_as_such(self, written):
        written({**NUMBER, "unit": "members", "one": "member"})
        made = load("90-change")
        assert [made.words(n) for n in (1, -1, 2)] == ["1 member", "−1 member", "2 members"]

    @pytest.mark.parametrize(
        ("given", "value"),
        [
            ("-1,200", -1200),
            ("−1200 km", -1200),
            ("–1200 km", -1200),
            ("- 1 200 km", -1200),
            ("1,500", 1500),
            ("+1,000", 1000),
            ("1,000.5", 1000.5),
            ("0,5", 0.5),
            ("0,500", 0.5),
            (" 20.5 ", 20.5),
            ("1 000", 1000),
            ("1500km", 1500),
            (3, 3),
        ],
    )
    def test_are_read_as_people_write_them(self, written, given, value):
        written(NUMBER)
        assert read_response(load("90-change"), given) == value

    @pytest.mark.parametrize(
        "given", ["many", "", "12 apples", "12 %", "nan", "6000", "6,000", [1], None]
    )
    def test_that_cannot_be_used_are_refused_in_words(self, written, given):
        written(NUMBER)
        with pytest.raises(CourseError, match=r"\d"):
            read_response(load("90-change"), given)


class TestCurves:
    @pytest.mark.parametrize(
        ("response", "kind"),
        [
            ([2, 4, 6, 8], "exact"),
            ([2, 4, 6, 9], "near"),
            ([2, 4, 6, 10], "near"),
            ([2, 4, 6, 10.1], "high"),
            ([5, 7, 9, 9], "high"),
            ([0, 1, 2, 3], "low"),
            ([8, 6, 4, 2], "opposite"),
            ([5, 5, 5, 6], "mixed"),
            ([5, 5, 5, 5], "mixed"),
        ],
    )
    def test_are_judged_as_a_whole(self, written, response, kind):
        written(CURVE)
        assert judge(load("90-curve"), response, [2, 4, 6, 8]).kind == kind

    def test_say_the_average_distance(self, written):
        written(CURVE)
        assert judge(load("90-curve"), [3, 5, 7, 9], [2, 4, 6, 8]).text == "high 1.0"

    def test_say_which_places_are_wrong(self, written):
        written(CURVE)
        with pytest.raises(MisfitError) as refused:
            read_response(load("90-curve"), ["1", "20", "3 km", "2,5"])
        assert list(refused.value.wrong) == [1, 2]
        assert refused.value.wrong[1].startswith("At 2: 20 is more than can be entered")

    @pytest.mark.parametrize("given", [[1, 2, 3], "1", [1, 2, 3, 11], [1, 2, 3, "x"]])
    def test_need_a_number_in_bounds_at_each_place(self, written, given):
        written(CURVE)
        with pytest.raises(CourseError):
            read_response(load("90-curve"), given)


class TestChoices:
    def test_speak_to_the_option_chosen(self, written):
        written(CHOICE)
        made = load("90-way")
        assert judge(made, "down", truth(made)) == (
            "other",
            "You said Downwards, and it is Upwards.",
        )
        assert judge(made, "up", truth(made)).kind == "exact"

    def test_take_no_other_option(self, written):
        written(CHOICE)
        with pytest.raises(CourseError, match="up, down"):
            read_response(load("90-way"), "sideways")


def without(entry, *keys):
    return {key: value for key, value in entry.items() if key not in keys}


class TestWrongFiles:
    @pytest.mark.parametrize(
        ("entry", "words"),
        [
            (without(NUMBER, "truth"), "90-change: it has no 'truth'"),
            (without(NUMBER, "id"), "prediction 1: it has no 'id'"),
            (without(CURVE, "axis"), "90-curve: it has no 'axis'"),
            (without(CHOICE, "options"), "90-way: it has no 'options'"),
            ({**NUMBER, "kind": "guess"}, "90-change.*kind.*guess"),
            ({**NUMBER, "colour": "teal"}, "90-change.*colour"),
            ({**NUMBER, "bounds": [5, -5]}, "smaller one"),
            ({**NUMBER, "bounds": [0, 5]}, "outside the bounds"),
            (without(NUMBER, "turn"), "go together"),
            ({**NUMBER, "id": "91-change"}, "begin with the notebook's number"),
            ({**NUMBER, "truth": "ck.no_such_thing"}, "90-change.*no_such_thing"),
            ({**NUMBER, "truth": "'text'"}, "must be a finite number"),
            ({**NUMBER, "truth": "math.inf"}, "must be a finite number"),
            ({**NUMBER, "explain": "{yours}"}, r"\{yours\} cannot be filled in"),
            ({**NUMBER, "explain": "{truth:.2f}"}, r"\{truth\} cannot be filled in"),
            ({**NUMBER, "explain": "an open {brace"}, "brace"),
            ({**CURVE, "truth": "[1, 2]"}, "list of 4 finite numbers"),
            ({**CURVE, "at": [2, 1, 3, 4]}, "rising order"),
            ({**CURVE, "claims": ["C46"]}, "no claim C46. Claims are C01 to C45"),
            ({**CHOICE, "truth": "'sideways'"}, "must be one of: up, down"),
            ({**CHOICE, "options": [CHOICE["options"][0]] * 2}, "same key"),
            (
                {
                    **CHOICE,
                    "options": [{**CHOICE["options"][0], "says": "{off}"}, *CHOICE["options"]],
                },
                r"\{off\} cannot be filled in",
            ),
        ],
    )
    def test_are_named_with_prediction_and_what_to_change(self, written, entry, words):
        problems = validate(written(entry))
        assert all(problem.startswith("90_test.yaml") for problem in problems)
        assert re.search(words, "\n".join(problems)), problems

    def test_a_name_used_twice(self, written):
        assert "used 2 times" in validate(written(NUMBER, NUMBER))[0]

    def test_a_file_with_another_number(self, written):
        assert "must begin with" in validate(written(NUMBER, name="91_test.yaml"))[0]

    def test_are_explained_when_they_are_loaded(self, written):
        written(without(NUMBER, "ask"))
        with pytest.raises(CourseError, match="it has no 'ask'"):
            load("90-change")

    def test_an_unknown_id_suggests_the_nearest(self):
        with pytest.raises(CourseError, match="02-seven"):
            load("02-sevn")


class TestTheCard:
    def test_locks_a_number_in(self):
        card = predict("02-seven")
        form = lock(card, "40")
        assert form["locked"]
        assert form["feedback"]["title"] == "Locked in: 40 members."
        (made,) = record().statements("predicted")
        assert json.loads(made["result"]["response"]) == 40
        assert made["context"]["extensions"]["notebook"] == "02"

    def test_repeats_what_was_said_with_all_its_digits(self):
        assert lock(predict("02-seven"), "25.5")["feedback"]["title"] == "Locked in: 25.5 members."
        assert told(reveal("02-seven"))["lines"][0]["text"].startswith("You said 25.5 members")

    def test_locks_a_choice_and_a_curve_in(self):
        assert (
            lock(predict("02-risk"), "ten")["feedback"]["title"] == "Locked in: About one in ten."
        )
        form = lock(predict("02-members"), ["16", "20", "22", "30", "30"])
        assert form["fields"][0]["value"] == [16, 20, 22, 30, 30]

    def test_cannot_be_changed(self):
        card = predict("02-seven")
        lock(card, "40")
        assert lock(card, "25")["feedback"]["title"] == "Locked in: 40 members."
        assert lock(predict("02-seven"), "25")["feedback"]["title"] == "Locked in: 40 members."
        assert len(record().statements("predicted")) == 1

    @pytest.mark.parametrize("value", [None, "many", "1000"])
    def test_says_what_is_wrong_and_keeps_nothing(self, value):
        form = lock(predict("02-seven"), value)
        assert form["errors"]["prediction"]
        assert not form.get("locked")
        assert record().statements() == []

    def test_says_which_points_of_a_curve_are_wrong(self):
        form = lock(predict("02-members"), ["16", "x", "20", "99", "30"])
        assert form["places"] == {"prediction": [1, 3]}
        assert re.search("At 1999: .* At 2009: 99 members", form["errors"]["prediction"])
        assert form["fields"][0]["value"] == ["16", "x", "20", "99", "30"]

    def test_keeps_what_was_entered_when_it_refuses(self):
        assert lock(predict("02-seven"), "many")["fields"][0]["value"] == "many"

    def test_remembers(self):
        lock(predict("02-seven"), "40")
        later = predict("02-seven").items[0]
        assert later["locked"]
        assert later["fields"][0]["value"] == "40"

    def test_does_not_know_the_answer(self):
        for made in parse(FILES[-1]):
            sent = json.dumps(predict(made.id).get_state(), default=str)
            for text in (*made.tells.values(), made.explain, *(o.says for o in made.options)):
                if text:
                    assert text not in sent

    def test_two_cards_for_one_prediction_agree(self):
        first, second = predict("02-seven"), predict("02-seven")
        lock(first, "40")
        assert second.items[0]["locked"]

    def test_a_record_that_cannot_be_written_does_not_stop_it(self, tmp_path, monkeypatch):
        (tmp_path / "file").write_text("")
        monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "file" / "under"))
        card, answer = predict("02-seven"), reveal("02-seven")
        assert lock(card, "40")["locked"]
        assert told(answer)["title"] == "Too high"
        assert "could not" in card.notice or "not saved" in card.notice


class TestTheReveal:
    def test_asks_to_predict_first(self):
        card = reveal("02-seven")
        assert told(card)["title"] == "Predict first."
        assert card.items[0]["again"] == "Show the answer without a prediction"
        assert "ck." not in json.dumps(told(card))
        assert "25" not in json.dumps(told(card))

    @pytest.mark.parametrize(
        ("value", "title"),
        [
            ("25", "Exact"),
            ("24", "Near"),
            ("26", "Near"),
            ("23", "Too low"),
            ("27", "Too high"),
            ("25.4", "Near"),
            ("40", "Too high"),
            ("12", "Too low"),
        ],
    )
    def test_speaks_to_the_prediction(self, value, title):
        lock(predict("02-seven"), value)
        found = told(reveal("02-seven"))
        assert found["title"] == title
        assert [v["value"] for v in found["values"]] == [f"{value} members", "25 members"]
        assert found["lines"][0]["text"].startswith(f"You said {value} members")

    def test_an_opposite_prediction(self):
        lock(predict("02-border"), "300")
        assert told(reveal("02-border"))["title"] == "The other way round"

    def test_a_choice(self):
        lock(predict("02-risk"), "hundred")
        assert told(reveal("02-risk"))["title"] == "As you said"

    def test_draws_both_curves(self):
        lock(predict("02-members"), ["16", "20", "22", "30", "30"])
        picture = told(reveal("02-members"))["picture"]
        assert picture["src"].startswith("data:image/png;base64,iVBOR")
        assert "16, 19, 26, 28 and 32" in picture["alt"]
        assert "16, 20, 22, 30 and 30" in picture["alt"]

    def test_fills_by_itself_when_a_prediction_is_locked_in(self):
        answer, other = reveal("02-seven"), reveal("02-border")
        lock(predict("02-seven"), "40")
        assert told(answer)["title"] == "Too high"
        assert told(other)["title"] == "Predict first."

    def test_can_be_skipped_to(self):
        found = told(reveal("02-members", skip=True))
        assert [v["label"] for v in found["values"]] == ["The answer"]
        assert "prediction" not in found["picture"]["alt"]

    def test_shows_the_answer_at_a_press_to_who_predicts_nothing(self):
        card, other = reveal("02-seven"), reveal("02-seven")
        card.act({"action": "again", "item": "02-seven"})
        assert [v["label"] for v in told(card)["values"]] == ["The answer"]
        assert "again" not in card.items[0]
        assert told(other)["title"] == "Predict first."
        assert not record().statements()

    def test_speaks_to_a_prediction_made_after_the_answer_was_shown(self):
        card = reveal("02-seven")
        card.act({"action": "again", "item": "02-seven"})
        lock(predict("02-seven"), "40")
        assert told(card)["title"] == "Too high"

    def test_survives_a_record_of_another_kind(self):
        record().add("predicted", "prediction/02-seven", result={"response": "not JSON"})
        record().add("predicted", "prediction/02-seven", result={"response": "9999"})
        assert told(reveal("02-seven"))["title"] == "Predict first."


class TestStoredNotebooks:
    @pytest.mark.parametrize("make", [predict, reveal])
    @pytest.mark.parametrize("id", ["02-members", "02-seven", "02-risk"])
    def test_show_the_same_words_without_a_kernel(self, make, id):
        data, _ = make(id)._repr_mimebundle_()
        again, _ = make(id)._repr_mimebundle_()
        for kind in ("text/html", "text/plain"):
            assert len(data[kind]) > 40
            assert data[kind] == again[kind]

    def test_show_the_question_but_not_the_answer(self):
        text = predict("02-seven")._repr_mimebundle_()[0]["text/plain"]
        assert "How many members would NATO have had" in text
        assert "25" not in text.replace("2025", "")

    def test_escape_what_is_content(self, written):
        written({**CHOICE, "ask": "<script>alert(1)</script>"})
        html = predict("90-way")._repr_mimebundle_()[0]["text/html"]
        assert "<script>" not in html
        assert "&lt;script&gt;" in html
