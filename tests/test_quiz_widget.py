"""The quiz card: what it asks, what it answers, what it keeps."""

import datetime as dt
import json
import re

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_notebook

from coursekit.authoring.storing import store
from coursekit.errors import CourseError
from coursekit.quiz import bank, banks, question, review, score
from coursekit.record import record, to_frame
from coursekit.record.xapi import statement
from coursekit.widgets import quiz as quizzes
from coursekit.widgets.note import note
from coursekit.widgets.quiz import quiz, retrieved

QUESTIONS = [one for made in banks() for one in made.questions]
TOLD = [one for one in QUESTIONS if not one.id.startswith("pre-")]


@pytest.fixture(autouse=True)
def fresh_record(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "record"))


@pytest.fixture
def unwritable(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "file" / "under"))


def named(one):
    return one.id


def card_of(one, **more):
    return quiz(one.id.rsplit("-q", 1)[0], only=one.id, **more)


def send(card, id, action="submit", **values):
    card.act({"item": id, "action": action, "values": values})
    return form(card, id)


def form(card, id):
    return next(item for item in card.items if item["key"] == id)


def as_entered(one, response):
    """What the browser sends for a response."""
    return str(response) if one.type == "numeric" else response


def answer(card, one, response, confidence="80"):
    if one.type == "short":
        send(card, one.id, answer=response["text"])
        return send(card, one.id, rating=f"{response['rating']:g}")
    return send(card, one.id, answer=as_entered(one, response), confidence=confidence)


def wrong_response(one):
    return {
        "single": lambda: next(o.key for o in one.options if not o.right),
        "multiple": lambda: [o.key for o in one.options if not o.right],
        "numeric": lambda: one.answer + 10 * one.tolerance + 1,
        "order": lambda: list(reversed(one.order)),
        "match": lambda: {
            p.key: next(o.key for o in one.options if o.key != p.match) for p in one.pairs
        },
        "short": lambda: {"text": "I do not know.", "rating": 0},
    }[one.type]()


def first(kind, notebook="02"):
    return next(one for one in bank(notebook).questions if one.type == kind)


class TestBeforeAnAnswer:
    @pytest.mark.parametrize("one", QUESTIONS, ids=named)
    def test_the_browser_is_sent_no_answer_and_no_explanation(self, one):
        sent = json.dumps(card_of(one).get_state(), default=str, ensure_ascii=False)
        secrets = [one.explanation, one.model_answer]
        secrets += [text for o in one.options for text in (o.why, o.misconception)]
        secrets += [pair.why for pair in one.pairs]
        assert not [text for text in secrets if text and json.dumps(text)[1:-1] in sent]
        assert '"right"' not in sent

    @pytest.mark.parametrize("one", QUESTIONS, ids=named)
    def test_everything_that_can_be_chosen_is_there(self, one):
        (question,) = [f for f in card_of(one).items[0]["fields"] if f["name"] == "answer"]
        assert question["label"] == one.stem
        assert sorted(o["key"] for o in question["options"]) == sorted(o.key for o in one.options)
        assert [line["text"] for line in question.get("lines", ())] == [p.text for p in one.pairs]

    def test_confidence_is_asked_except_where_the_student_marks_herself(self):
        for one in bank("02").questions:
            asked = [field["name"] for field in card_of(one).items[0]["fields"]]
            assert asked == ["answer"] if one.type == "short" else ["answer", "confidence"]

    def test_options_keep_their_order_for_one_learner(self):
        def order():
            return [[o["key"] for o in item["fields"][0]["options"]] for item in quiz("02").items]

        assert order() == order()

    def test_options_stand_in_another_order_for_another_learner(self, tmp_path, monkeypatch):
        orders = set()
        for learner in range(4):
            monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / str(learner)))
            options = card_of(first("single")).items[0]["fields"][0]["options"]
            orders.add(tuple(o["key"] for o in options))
        assert len(orders) > 1

    def test_it_counts(self):
        card, count = quiz("02"), len(bank("02").questions)
        assert card.status == f"0 of {count} answered."
        assert card.items[2]["label"] == f"Question 3 of {count}"


class TestFeedback:
    @pytest.mark.parametrize("one", TOLD, ids=named)
    def test_the_right_answer_earns_all_points(self, one):
        card = card_of(one)
        told = answer(card, one, one.solution)["feedback"]
        assert told["tone"] == ("told" if one.type == "short" else "right")
        assert card.status == "1 of 1 answered. Score of your first tries: 1 of 1."
        assert "again" not in form(card, one.id)

    @pytest.mark.parametrize(
        ("one", "option"),
        [
            pytest.param(one, option, id=f"{one.id}-{option.key}")
            for one in TOLD
            if one.type in ("single", "multiple")
            for option in one.options
        ],
    )
    def test_each_option_says_why(self, one, option):
        response = option.key if one.type == "single" else [option.key]
        told = answer(card_of(one), one, response)["feedback"]
        line = told["lines"][0]
        assert (line["head"], line["text"]) == (option.text, option.why)
        assert line["mark"] == ("right" if option.right else "wrong")
        assert (option.misconception or None) == (
            re.search("“(.*)”", line["aside"])[1] if "aside" in line else None
        )

    @pytest.mark.parametrize(
        "one", [q for q in TOLD if q.type in ("order", "match", "numeric")], ids=named
    )
    def test_a_wrong_answer_says_why_and_can_be_tried_again(self, one):
        shown = answer(card_of(one), one, wrong_response(one))
        said = json.dumps(shown["feedback"], ensure_ascii=False)
        for part in (*one.options, *one.pairs):
            assert json.dumps(part.why, ensure_ascii=False)[1:-1] in said
        assert shown["again"] == "Answer once more (does not count)"
        assert shown["feedback"]["tone"] in ("wrong", "part")

    @pytest.mark.parametrize("one", [q for q in TOLD if q.explanation], ids=named)
    def test_the_explanation_is_told_once(self, one):
        told = answer(card_of(one), one, wrong_response(one))["feedback"]
        assert [line["text"] for line in told["lines"]].count(one.explanation) == 1

    def test_a_number_is_repeated_with_its_unit(self):
        one = first("numeric")
        assert answer(card_of(one), one, 17)["feedback"]["lines"][0]["head"] == (
            f"You said 17 {one.unit}."
        )
        card = quiz("02", only="02-q7")
        told = send(card, "02-q7", answer="1,1 %", confidence="50")["feedback"]
        assert told["lines"][0]["head"] == "You said 1,1 %."

    @pytest.mark.parametrize(("given", "said"), [(1, "You said 1."), (2, "You said 2 {}.")])
    def test_one_is_no_plural(self, given, said):
        one = next(q for q in TOLD if q.type == "numeric" and q.unit not in ("", "%"))
        told = answer(card_of(one), one, given)["feedback"]["lines"][0]["head"]
        assert told == said.format(one.unit)

    def test_a_short_answer_meets_the_model_answer_before_it_is_rated(self):
        one = first("short")
        card = card_of(one)
        compare = send(card, one.id, answer="Define, list, compare.")
        assert [field["name"] for field in compare["fields"]] == ["answer", "model", "rating"]
        assert compare["fields"][0]["disabled"]
        assert compare["fields"][1]["text"] == one.model_answer
        assert compare["focus"] == "model"
        assert record().statements("answered") == []
        done = send(card, one.id, rating="0.5")
        assert done["feedback"]["title"].endswith("in part.")
        (made,) = record().statements("answered")
        assert made["result"]["score"] == {"scaled": 0.5}
        assert json.loads(made["result"]["response"])["text"] == "Define, list, compare."

    def test_a_short_answer_that_is_not_yet_rated_waits_for_another_session(self):
        one = first("short")
        before = send(card_of(one), one.id, answer="Define, list, compare.")
        later = card_of(one)
        assert form(later, one.id)["fields"] == before["fields"]
        send(later, one.id, rating="1")
        assert form(card_of(one), one.id)["locked"]


def said(told):
    return "\n".join(line.get(part, "") for line in told["lines"] for part in ("text", "aside"))


class TestWhatConfidenceMeans:
    @pytest.mark.parametrize("sure", ["50", "60", "70", "80", "90", "100"])
    @pytest.mark.parametrize("right", [True, False])
    def test_the_feedback_says_how_sure_and_how_right_in_one_sentence(self, sure, right):
        one = first("single")
        response = one.solution if right else wrong_response(one)
        told = answer(card_of(one), one, response, confidence=sure)["feedback"]
        result = "it is right" if right else "it is not right"
        (line,) = [line for line in said(told).splitlines() if f"{sure}%" in line]
        assert result in line
        assert ("worth a second look" in line) == (sure in ("80", "90", "100") and not right)
        assert ("guess" in line) == (sure == "50")

    def test_a_part_is_named_as_such(self):
        one = next(q for q in bank("02").questions if q.type == "multiple")
        right = next(option.key for option in one.options if option.right)
        told = answer(card_of(one), one, [right], confidence="90")["feedback"]
        assert told["tone"] == "part"
        assert "You were 90% sure, and a part of it is right." in said(told)

    def test_from_five_answers_on_it_says_how_often_that_was_right(self):
        wanted = [one for one in bank("02").questions if one.type != "short"][:6]
        for place, one in enumerate(wanted, 1):
            response = wrong_response(one) if place == 1 else one.solution
            card = card_of(one)
            told = said(answer(card, one, response)["feedback"])
            counted = f"So far {place - 1} of your {place} answers with 80% were right."
            assert (counted in told) == (place >= 5), place
            # An answer that is shown again says what it said when it was given.
            assert said(form(card_of(one), one.id)["feedback"]) == told

    def test_a_later_try_is_not_asked_and_told_nothing(self):
        one = first("single")
        card = card_of(one)
        answer(card, one, wrong_response(one))
        send(card, one.id, action="again")
        assert "80%" not in said(send(card, one.id, answer=one.solution)["feedback"])


class TestWhatComesNext:
    def test_where_feedback_has_told_the_answer_it_is_no_second_try(self):
        for one in TOLD:
            if one.type == "short":
                continue
            shown = answer(card_of(one), one, wrong_response(one))
            told = bool(one.explanation) or one.type in ("numeric", "order", "match")
            wanted = "Answer once more" if told else "Try again"
            assert shown["again"] == f"{wanted} (does not count)"

    def test_each_line_of_a_match_names_what_fits_unless_it_was_chosen(self):
        for one in (asked for asked in TOLD if asked.type == "match"):
            texts = {option.key: option.text for option in one.options}
            partly = {**wrong_response(one), one.pairs[0].key: one.pairs[0].match}
            told = answer(card_of(one), one, partly)["feedback"]["lines"]
            for line, pair in zip(told, one.pairs, strict=False):
                missed = partly[pair.key] != pair.match
                assert (f"; “{texts[pair.match]}” fits." in line["text"]) == missed

    def test_it_says_when_the_question_is_due(self):
        one = first("single")
        told = answer(card_of(one), one, wrong_response(one))["feedback"]
        assert "due for review a day later" in said(told)
        tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
        assert one.id in review(record().frame(), tomorrow)
        other = first("multiple")
        assert "due" not in said(answer(card_of(other), other, other.solution)["feedback"])

    def test_questions_of_the_test_after_the_course_do_not_return(self):
        one = next(q for q in bank("post").questions if q.type == "single")
        told = answer(card_of(one), one, wrong_response(one))["feedback"]
        assert told["lines"][-1]["aside"] == "Your first answer counts."


class TestIncompleteAnswers:
    @pytest.mark.parametrize("kind", ["single", "multiple", "numeric", "match"])
    def test_are_refused_in_words_and_not_kept(self, kind):
        one = first(kind)
        shown = send(card_of(one), one.id, answer=None, confidence="80")
        assert shown["errors"]["answer"]
        assert record().statements() == []

    def test_no_confidence_no_check(self):
        one = first("single")
        shown = send(card_of(one), one.id, answer="a", confidence=None)
        assert "How sure" in shown["fields"][1]["label"]
        assert list(shown["errors"]) == ["confidence"]
        assert "feedback" not in shown

    def test_what_is_no_number_is_kept_in_the_field(self):
        one = first("numeric")
        shown = send(card_of(one), one.id, answer="sixteen", confidence="80")
        assert "'sixteen'" in shown["errors"]["answer"]
        assert shown["fields"][0]["value"] == "sixteen"
        assert shown["fields"][1]["value"] == "80"

    @pytest.mark.parametrize("text", [None, "", "  \n "])
    def test_an_empty_text(self, text):
        one = first("short")
        assert send(card_of(one), one.id, answer=text)["errors"]["answer"]

    def test_a_short_answer_without_a_rating(self):
        one = first("short")
        card = card_of(one)
        send(card, one.id, answer="Something.")
        assert send(card, one.id, rating=None)["errors"]["rating"]

    def test_every_field_says_itself_what_is_missing(self):
        for item in quiz("02").items:
            for field in item["fields"]:
                assert field["required"] or field["kind"] == "order"

    def test_an_error_nobody_foresaw_is_shown(self):
        card = quiz("02")
        card._handle_custom_msg({"item": "02-q99", "action": "submit", "values": {}}, [])
        assert card.error == "'02-q99'"
        one = first("single")
        answer(card, one, "a")
        assert card.error == ""


class TestTries:
    def test_the_first_one_counts(self):
        one = first("single")
        card = card_of(one)
        answer(card, one, wrong_response(one))
        reopened = send(card, one.id, action="again")
        assert "feedback" not in reopened
        assert [field["name"] for field in reopened["fields"]] == ["answer"]
        told = send(card, one.id, answer=one.solution)["feedback"]
        assert told["title"] == "That is right. This was try 2; your first one counts."
        assert card.status == "1 of 1 answered. Score of your first tries: 0 of 1."
        tries = [made["result"] for made in record().statements()]
        assert [made["success"] for made in tries] == [False, True]
        assert [made["extensions"]["attempt"] for made in tries] == [1, 2]
        assert [made["extensions"].get("confidence") for made in tries] == [0.8, None]

    @pytest.mark.parametrize("kind", ["order", "match", "numeric", "multiple"])
    def test_a_second_one_starts_from_the_first(self, kind):
        one = first(kind)
        card = card_of(one)
        response = wrong_response(one)
        answer(card, one, response)
        field = send(card, one.id, action="again")["fields"][0]
        held = [o["key"] for o in field["options"]] if kind == "order" else field["value"]
        assert held == as_entered(one, response)

    def test_an_answer_is_scored_once_however_many_stand_on_the_card(self, monkeypatch):
        scored = []

        def counted(one, response):
            scored.append(one.id)
            return score(one, response)

        monkeypatch.setattr(quizzes, "score", counted)
        card, asked = quiz("02"), [one for one in bank("02").questions if one.type != "short"]
        for one in asked:
            answer(card, one, one.solution)
        assert scored == [one.id for one in asked]
        scored.clear()
        quiz("02")
        assert sorted(scored) == sorted(one.id for one in asked)

    def test_an_answer_that_was_sent_twice_counts_once(self):
        one = first("single")
        card = card_of(one)
        answer(card, one, "a")
        answer(card, one, "a")
        assert len(record().statements()) == 1


class TestTheRecord:
    def test_holds_what_was_answered(self):
        one = question("02-q3")
        answer(card_of(one), one, "b", confidence="90")
        row = record().frame().iloc[0]
        assert (row.verb, row.activity, row.notebook) == ("answered", "quiz/02/02-q3", "02")
        assert (row.success, row.score, row.confidence) == (False, 0, 0.9)
        assert row.objective == one.objective
        assert json.loads(row.response) == "b"

    def test_brings_every_kind_of_answer_back(self):
        card = quiz("02")
        for one in bank("02").questions:
            answer(card, one, wrong_response(one))
        later = quiz("02")
        assert later.status == card.status
        assert later.status.startswith(f"{len(later.items)} of {len(later.items)} answered.")

        def seen(items):
            return [{k: v for k, v in item.items() if k != "turn"} for item in items]

        assert seen(later.items) == seen(card.items)

    def test_an_answer_that_no_longer_fits_is_not_shown(self):
        for response in ('"z"', "not JSON", "[]"):
            record().add(
                "answered",
                "quiz/02/02-q3",
                result={"success": True, "response": response},
                context={"notebook": "02"},
            )
        assert quiz("02", only="02-q3").status == "0 of 1 answered."

    def test_the_quiz_goes_on_without_one_and_says_so_once(self, unwritable):
        one, other = first("single"), first("numeric")
        card, second = card_of(one), card_of(other)
        answer(card, one, "a")
        answer(second, other, 16)
        assert "1 of 1 answered" in card.status
        assert "1 of 1 answered" in card_of(one).status
        problems = {card.notice, second.notice, card_of(one).notice} - {""}
        assert len(problems) == 1


NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def plain_question(id):
    options = {key: {"text": f"Option {key}", "why": "So it is."} for key in "abc"}
    options["a"]["right"] = True
    return {
        "id": id,
        "objective": "Choose the first",
        "claims": [],
        "type": "single",
        "difficulty": 1,
        "stem": f"Which, in {id}?",
        "options": options,
    }


@pytest.fixture
def own_banks(root, tmp_path, monkeypatch):
    """Put banks where the course looks for them."""

    def writing(**documents):
        place = tmp_path / "content" / "exercises" / "quizzes"
        place.mkdir(parents=True)
        (tmp_path / "content" / "datasets").symlink_to(root / "datasets")
        for name, document in documents.items():
            (place / f"{name}.yaml").write_text(yaml.safe_dump(document))
        monkeypatch.setenv("COURSEKIT_CONTENT", str(tmp_path / "content"))

    return writing


class TestRetrieval:
    @pytest.fixture(autouse=True)
    def three_notebooks(self, own_banks):
        own_banks(
            **{
                f"{notebook}_test": {
                    "notebook": notebook,
                    "title": "Test",
                    "questions": [plain_question(f"{notebook}-q{n}") for n in (1, 2, 3, 4)],
                }
                for notebook in ("10", "20", "30", "post")
            }
        )

    def asked(self, *rows):
        made = []
        for days, id, success, notebook in rows:
            one = statement(
                {},
                "answered",
                f"quiz/{id[:2]}/{id}",
                result={"success": success},
                context={"notebook": notebook},
            )
            when = NOW - dt.timedelta(days=days)
            made.append({**one, "timestamp": when.isoformat()})
        return to_frame(made)

    def test_what_is_due_comes_first(self):
        frame = self.asked((9, "10-q2", False, "10"), (1, "10-q1", True, "10"))
        assert retrieved("20", 1, 5, frame, NOW) == ["10-q2"]

    def test_only_earlier_notebooks_are_asked(self):
        frame = self.asked((9, "20-q2", False, "20"), (9, "30-q1", False, "30"))
        assert retrieved("10", 2, 5, frame, NOW) == []
        assert sorted(retrieved("20", 9, 5, frame, NOW)) == [f"10-q{n}" for n in (1, 2, 3, 4)]

    def test_where_nothing_is_due_the_choice_is_the_learners_own(self):
        empty = to_frame([])
        choices = {tuple(retrieved("30", 2, seed, empty, NOW)) for seed in range(12)}
        assert len(choices) > 3
        assert all(len(set(choice)) == 2 for choice in choices)
        assert retrieved("30", 2, 5, empty, NOW) == retrieved("30", 2, 5, empty, NOW)

    def test_questions_never_met_come_before_the_others(self):
        frame = self.asked(*((0.01, f"10-q{n}", True, "10") for n in (2, 3, 4)))
        assert retrieved("20", 1, 5, frame, NOW) == ["10-q1"]

    def test_what_was_answered_here_today_stays(self):
        choice = retrieved("30", 2, 5, to_frame([]), NOW)
        frame = self.asked((0, choice[1], True, "30"))
        assert set(retrieved("30", 2, 5, frame, NOW)) == set(choice)

    def test_the_tests_before_and_after_ask_nothing_old(self):
        assert retrieved("post", 2, 5, to_frame([]), NOW) == []

    def test_they_stand_on_top_and_are_asked_anew(self):
        for one in bank("10").questions:
            answer(card_of(one), one, "a")
        card = quiz("20", review=2)
        assert [item.get("tag") for item in card.items[:3]] == ["from notebook 10"] * 2 + [None]
        assert card.items[2]["label"] == "Question 3 of 6"
        assert card.status == "0 of 6 answered."
        answer(card, question(card.items[0]["key"]), "b")
        assert quiz("20", review=2).status.startswith("1 of 6 answered.")
        own = quiz("10").status
        assert own == "4 of 4 answered. Score of your first tries: 4 of 4."

    @pytest.mark.parametrize("wanted", [-1, 1.5, "two", True])
    def test_the_number_must_be_one(self, wanted):
        with pytest.raises(CourseError, match="whole number"):
            quiz("20", review=wanted)


class TestChoosingQuestions:
    def test_some_only(self):
        card = quiz("02", only=["02-q4", "02-q1"])
        assert [item["key"] for item in card.items] == ["02-q4", "02-q1"]

    @pytest.mark.parametrize("only", ["02-q99", ["00-q1"], ["02-q1", 3]])
    def test_they_must_exist(self, only):
        with pytest.raises(CourseError, match="02-q1"):
            quiz("02", only=only)

    def test_an_unknown_quiz(self):
        with pytest.raises(CourseError, match="There is no quiz"):
            quiz("77")


class TestOneQuestionAtATime:
    IDS = ("02-q3", "02-q2", "02-q8")

    def test_is_for_cards_of_several_questions(self):
        assert quiz("02").stepwise
        assert not quiz("02", only="02-q1").stepwise
        assert quiz("02", only=[], review=2).stepwise

    def test_each_form_says_how_its_newest_answer_stands(self):
        card = quiz("02", only=list(self.IDS))
        one = question("02-q3")
        assert "mark" not in form(card, one.id)
        answer(card, one, wrong_response(one))
        assert form(card, one.id)["mark"] == "wrong"
        assert send(card, one.id, action="again")["mark"] == "wrong"
        assert send(card, one.id, answer=one.solution)["mark"] == "right"
        assert form(quiz("02"), one.id)["mark"] == "right"

    def test_what_each_earns_has_its_own_mark(self):
        many = first("multiple")
        right = next(option.key for option in many.options if option.right)
        assert answer(card_of(many), many, [right])["mark"] == "part"
        short = first("short")
        assert answer(card_of(short), short, short.solution)["mark"] == "told"
        before = bank("pre").questions[0]
        assert answer(quiz("pre"), before, wrong_response(before))["mark"] == "told"

    def test_the_end_comes_with_the_last_answer_and_is_there_again(self):
        card = quiz("02", only=list(self.IDS))
        for id in self.IDS:
            assert card.ending == {}
            one = question(id)
            answer(card, one, one.solution if id != "02-q3" else wrong_response(one))
        assert card.ending["title"] == "All 3 answered."
        told = {line["head"]: line for line in card.ending["lines"]}
        assert told["What comes back, and when"]["text"].startswith(
            "Tomorrow: question 1. In 3 days: questions 2 and 3."
        )
        assert quiz("02", only=list(self.IDS)).ending == card.ending

    def test_the_end_goes_with_another_try(self):
        card = quiz("02", only=["02-q2", "02-q4"])
        one, other = question("02-q2"), question("02-q4")
        answer(card, one, wrong_response(one))
        answer(card, other, other.solution)
        assert "What is still open" in str(card.ending)
        send(card, one.id, action="again")
        send(card, one.id, answer=str(one.solution))
        assert "What is still open" not in str(card.ending)

    def test_a_card_without_a_record_that_can_be_written_has_an_end_too(self, unwritable):
        card = quiz("02", only=["02-q2", "02-q3"])
        for one in (question("02-q2"), question("02-q3")):
            answer(card, one, one.solution)
        assert card.ending["title"] == "All 2 answered."

    def test_only_the_tests_before_and_after_can_be_put_off(self):
        assert quiz("pre").later and quiz("post").later
        assert not quiz("02").later

    def test_a_button_says_whether_something_is_told_of_the_answer(self):
        for name, words in (("pre", "Keep my answer"), ("post", "Check"), ("02", "Check")):
            submits = {item["submit"] for item in quiz(name).items}
            assert submits - {"Compare with a model answer"} == {words}
        assert "Check" not in quiz("pre").still()[0]["text/html"]

    def test_the_end_of_the_test_before_the_course_tells_no_result(self):
        card = quiz("pre")
        for one in bank("pre").questions:
            answer(card, one, wrong_response(one))
        assert card.ending["title"].endswith("answered and kept.")
        assert "right" not in str(card.ending)

    def test_the_end_of_the_test_after_the_course_looks_back(self):
        before, after = quiz("pre"), quiz("post")
        for one in bank("pre").questions[:4]:
            answer(before, one, wrong_response(one) if one.id == "pre-q1" else one.solution)
        for one in bank("post").questions:
            answer(after, one, one.solution)
        told = after.ending["lines"][0]["text"]
        assert "you had 3 of 4 right" in told
        assert told.endswith("Now you have 15 of 15.")

    def test_what_is_stored_holds_all_questions_and_no_end(self):
        before = quiz("02")._repr_mimebundle_()[0]
        for one in bank("02").questions:
            answer(card_of(one), one, one.solution)
        card = quiz("02")
        after = card._repr_mimebundle_()[0]
        assert after["text/html"] == before["text/html"]
        assert all(one.stem in after["text/plain"] for one in bank("02").questions)
        # A page that is saved keeps each of them with its answer.
        assert card.asleep.count("Question ") == len(bank("02").questions)


class TestTheTestBeforeTheCourse:
    def test_tells_no_answers(self):
        card = quiz("pre")
        for one in bank("pre").questions:
            shown = answer(card, one, wrong_response(one))
            sure = "" if one.type == "short" else ", and that you were 80% sure of it"
            told = {"tone": "told", "title": f"Your answer is kept{sure}."}
            assert shown["feedback"] == told
            assert "again" not in shown
        count = len(bank("pre").questions)
        assert card.status == f"{count} of {count} answered."
        assert not record().frame()["success"].any()

    def test_cannot_be_tried_again(self):
        card, one = quiz("pre"), bank("pre").questions[0]
        answer(card, one, wrong_response(one))
        assert send(card, one.id, action="again")["locked"]


class TestStoredNotebooks:
    def printed(self, **more):
        return quiz("02", **more)._repr_mimebundle_()[0]

    def test_hold_the_same_questions_as_text(self):
        data = self.printed()
        for one in bank("02").questions:
            assert one.stem in data["text/plain"]
            for part in (*one.options, *one.pairs):
                assert part.text in data["text/plain"]
        assert "widget-view" in str(data.keys())

    def test_hold_no_answers(self):
        data = self.printed()
        for one in bank("02").questions:
            for part in (*one.options, *one.pairs):
                assert not part.why or part.why not in data["text/plain"]
        assert first("short").model_answer not in data["text/plain"]

    def test_do_not_depend_on_the_learner(self, tmp_path, monkeypatch):
        before = self.printed(review=2)
        one = first("single")
        answer(card_of(one), one, "a")
        for old in bank("00").questions:
            answer(card_of(old), old, old.solution)
        monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "somebody_else"))
        for kind in ("text/html", "text/plain"):
            assert self.printed(review=2)[kind] == before[kind]

    @pytest.mark.slow
    def test_are_the_same_each_time_they_are_run(self, tmp_path):
        cells = [
            "from coursekit.widgets.credences import credence_review, credences",
            "from coursekit.widgets.note import note",
            "from coursekit.widgets.predict import predict, reveal",
            "from coursekit.widgets.quiz import quiz",
            "quiz('02', review=2)",
            "predict('02-members')",
            "reveal('02-members')",
            "reveal('02-members', skip=True)",
            "credences('end')",
            "credence_review()",
            "note('02-many', 'What?')",
        ]
        path = tmp_path / "cards.ipynb"
        nbformat.write(new_notebook(cells=[new_code_cell(cell) for cell in cells]), path)
        store(path)
        first_time = path.read_bytes()
        store(path)
        assert path.read_bytes() == first_time
        outputs = [cell.outputs for cell in nbformat.read(path, 4).cells]
        assert all(set(made[0].data) == {"text/html", "text/plain"} for made in outputs[4:])

    def test_never_show_items_in_the_right_order(self):
        one = first("order")
        text = self.printed(only=one.id)["text/plain"]
        texts = {option.key: option.text for option in one.options}
        places = [text.index(texts[key]) for key in one.order]
        assert places != sorted(places)


HOSTILE = "<img src=x onerror=alert(1)>&\"'</p>"


class TestHostileTexts:
    @pytest.fixture
    def hostile(self, own_banks):
        options = {
            "a": {"text": HOSTILE, "why": HOSTILE, "right": True},
            "b": {"text": HOSTILE, "why": HOSTILE, "misconception": HOSTILE},
        }
        entry = {**plain_question("90-q1"), "stem": HOSTILE, "explanation": HOSTILE}
        questions = [{**entry, "objective": HOSTILE, "options": options}]
        own_banks(**{"90_test": {"notebook": "90", "title": HOSTILE, "questions": questions}})
        return quiz("90")

    def test_are_escaped_where_they_become_html(self, hostile):
        html = hostile._repr_mimebundle_()[0]["text/html"]
        assert "<img" not in html
        assert html.count("&lt;img") == 4

    def test_are_sent_to_the_browser_as_they_are(self, hostile):
        told = send(hostile, "90-q1", answer="b", confidence="50")["feedback"]
        assert hostile.title == HOSTILE
        assert told["lines"][0]["text"] == HOSTILE


class TestNotes:
    def test_are_kept_and_come_back(self):
        card = note("02-many", "What would you count?")
        shown = send(card, "note", text=" Deaths, by year. ")
        assert shown["fields"][0]["value"] == "Deaths, by year."
        assert "Kept" in shown["feedback"]["title"]
        later = note("02-many", "What would you count?").items[0]
        assert later["fields"][0]["value"] == "Deaths, by year."
        assert note("02-other", "And here?").items[0]["fields"][0]["value"] == ""

    def test_can_be_changed(self):
        card = note("02-many", "What?")
        send(card, "note", text="First.")
        send(card, "note", text="Second.")
        assert note("02-many", "What?").items[0]["fields"][0]["value"] == "Second."
        assert len(record().statements("noted")) == 2

    @pytest.mark.parametrize("text", [None, "", "   "])
    def test_an_empty_one_is_refused(self, text):
        shown = send(note("02-many", "What?"), "note", text=text)
        assert "nothing to keep" in shown["errors"]["text"]
        assert record().statements() == []

    @pytest.mark.parametrize("id", ["two words", "", "a/../<b>", "é"])
    def test_need_a_plain_name(self, id):
        with pytest.raises(CourseError, match="does not name"):
            note(id, "What?")

    def test_stand_in_a_stored_notebook(self):
        empty = note("02-many", "What <b>now</b>?")._repr_mimebundle_()[0]
        assert "What &lt;b&gt;now&lt;/b&gt;?" in empty["text/html"]
        send(note("02-many", "What?"), "note", text="Deaths & losses.")
        again = note("02-many", "What?")._repr_mimebundle_()[0]
        assert "Deaths &amp; losses." in again["text/html"]
