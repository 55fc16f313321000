"""How likely the anchor claims seem: asked at the start and the end, shown side by side."""

import json
import re

import pytest

from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.figures.credences import credence_figure
from coursekit.record import record
from coursekit.report import report
from coursekit.widgets.credences import credence_review, credences

ANCHORS = tuple(load("anchors")["claim"])

FIRST = dict(zip(ANCHORS, (40, 50, 70, 20, 60), strict=True))
LAST = dict(zip(ANCHORS, (60, 50, 40, 35, 66), strict=True))
CHANGED = [claim for claim in ANCHORS if FIRST[claim] != LAST[claim]]
REASONS = {claim: f"Because of {claim}." for claim in CHANGED}


@pytest.fixture(autouse=True)
def fresh_record(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "record"))


def send(card, values, action="submit"):
    filled = {claim: None for claim in ANCHORS} | {k: str(v) for k, v in values.items()}
    card.act({"item": "credences", "action": action, "values": filled})
    return card.items[0]


def started():
    card = credences("start")
    send(card, FIRST)
    return card


def ended():
    started()
    card = credences("end")
    send(card, LAST)
    return card


def texts(form):
    return "\n".join(field["label"] + "\n" + field.get("text", "") for field in form["fields"])


class TestAtTheStart:
    def test_the_five_claims_are_asked_in_the_words_of_the_table(self):
        table = load("anchors").set_index("claim")["asked"]
        labels = [field["label"] for field in credences().items[0]["fields"]]
        assert labels == [f"{claim}. {table[claim]}" for claim in ANCHORS]

    def test_no_value_is_suggested(self):
        assert not any("value" in field for field in credences().items[0]["fields"])

    def test_the_answers_are_kept(self):
        form = started().items[0]
        assert form["locked"]
        kept = record().statements("rated", "credence/")
        assert [made["result"]["score"]["scaled"] for made in kept] == [0.4, 0.5, 0.7, 0.2, 0.6]
        assert record().latest("credence/C04/start")

    def test_they_come_back_and_cannot_be_changed(self):
        started()
        again = credences("start")
        assert [field["value"] for field in again.items[0]["fields"]] == list(FIRST.values())
        send(again, LAST)
        assert len(record().statements("rated")) == 5

    @pytest.mark.parametrize("bad", ["", "101", "-1", "half", "nan"])
    def test_a_value_that_is_none_is_refused_and_nothing_kept(self, bad):
        form = send(credences("start"), {**FIRST, "C39": bad})
        assert list(form["errors"]) == ["C39"]
        assert re.search(r"0 to 100|such as 16%", form["errors"]["C39"])
        assert record().statements() == []

    def test_each_value_that_is_none_is_named_at_its_own_claim(self):
        form = send(credences("start"), {**FIRST, "C24": "140", "C45": "0,5"})
        assert form["errors"]["C24"].startswith("140% is no probability.")
        assert form["errors"]["C45"].endswith("An even chance is 50.")
        assert [field["value"] for field in form["fields"]][1] == "140"

    @pytest.mark.parametrize("typed", ["70", "70 %", "70%", " 70,0 ", "+70", "70 per cent"])
    def test_values_are_read_as_people_write_them(self, typed):
        form = send(credences("start"), {**FIRST, "C39": typed})
        assert form["fields"][3]["value"] == 70

    def test_zero_and_a_hundred_are_values(self):
        form = send(credences("start"), {**FIRST, "C04": 0, "C24": 100})
        assert [field["value"] for field in form["fields"]][:2] == [0, 100]


class TestAtTheEnd:
    def test_the_start_is_not_shown_before_the_new_values(self):
        started()
        card = credences("end")
        assert not any("value" in field for field in card.items[0]["fields"])
        assert not re.search("|".join(f"{value}%" for value in FIRST.values()), str(card.items))

    def test_then_each_change_is_shown_and_a_reason_asked(self):
        form = ended().items[0]
        said = texts(form)
        assert "Now 60%, at the start 40%: 20 points higher." in said
        assert "Now 40%, at the start 70%: 30 points lower." in said
        assert "Now 50%, as at the start." in said
        needed = [field["name"] for field in form["fields"] if field.get("required")]
        assert needed == CHANGED

    def test_a_change_without_a_reason_is_sent_back(self):
        card = ended()
        form = send(card, {claim: REASONS[claim] for claim in CHANGED[:-1]})
        assert list(form["errors"]) == ["C45"]
        rows = credence_review().items[0]["feedback"]["table"]["rows"]
        assert not any(reason for *_, reason in rows)

    def test_the_reasons_are_kept(self):
        form = send(ended(), REASONS)
        assert form["locked"]
        assert "Because of C30." in texts(form)
        assert record().latest("credence/C30/end")["result"]["response"] == "Because of C30."
        assert texts(credences("end").items[0]) == texts(form)

    def test_a_restart_between_the_steps_loses_nothing(self):
        ended()
        form = credences("end").items[0]
        assert form["submit"] == "Keep my reasons"

    def test_it_can_be_answered_once_more(self):
        card = ended()
        send(card, REASONS)
        form = send(card, {}, action="again")
        assert not any("value" in field for field in form["fields"])
        send(card, {**LAST, "C04": 10})
        send(card, REASONS)
        rows = credence_review().items[0]["feedback"]["table"]["rows"]
        assert rows[0][1:4] == ["40%", "10%", "−30"]

    def test_without_a_start_it_asks_why(self):
        form = send(credences("end"), LAST)
        assert form["lead"].startswith("No answers from the start of the course are kept here")
        assert "start" not in texts(form)
        assert not any(field.get("required") for field in form["fields"])

    def test_another_time_is_refused(self):
        with pytest.raises(CourseError, match="start, end"):
            credences("middle")


class TestTheSentence:
    """A probability belongs to a sentence, so it is the same one each time."""

    def test_each_anchor_has_one_and_they_stand_in_one_table(self):
        table = load("anchors")
        assert tuple(table["claim"]) == ANCHORS
        assert set(table["claim"]) <= set(load("claims")["claim"])

    def test_the_one_on_exposure_says_compared_with_what(self):
        asked = load("anchors").set_index("claim")["asked"]
        assert "than they would otherwise have been" in asked["C04"]
        assert not re.search(r"\b(?:this|the situation|may|should)\b", " ".join(asked), re.I)

    def test_it_is_asked_and_reported_in_the_same_words(self):
        send(ended(), REASONS)
        said = report(record().statements())
        rows = credence_review().items[0]["feedback"]["table"]["rows"]
        for claim, sentence in load("anchors").set_index("claim")["asked"].items():
            told = f"{claim}. {sentence}"
            assert told in said.replace("\\", "")
            assert told in [row[0] for row in rows]

    def test_pages_that_come_back_to_it_repeat_it(self, root):
        asked = load("anchors").set_index("claim")["asked"]
        found = {}
        for path in sorted((root / "notebooks").glob("*.ipynb")):
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                text = "".join(cell["source"])
                found |= dict(
                    re.findall(r"gave a probability for (C\d\d)[^.:]*: that ([^?]*)\.", text)
                )
        assert found.keys() == {"C04", "C24", "C39"}
        for claim, words in found.items():
            assert words.casefold() == asked[claim].rstrip(".").casefold()


class TestTheReview:
    def test_says_so_when_there_is_nothing(self):
        told = credence_review().items[0]["feedback"]
        assert "Nothing has been kept yet" in told["lines"][0]["text"]
        assert "table" not in told

    def test_shows_both_and_the_reasons(self):
        send(ended(), REASONS)
        told = credence_review().items[0]["feedback"]
        rows = {row[0][:3]: row[1:] for row in told["table"]["rows"]}
        assert rows["C04"] == ["40%", "60%", "+20", "Because of C04."]
        assert rows["C24"] == ["50%", "50%", "0", ""]
        assert rows["C30"] == ["70%", "40%", "−30", "Because of C30."]
        assert told["title"] == "What changed, and why"

    def test_shows_a_start_alone(self):
        started()
        rows = credence_review().items[0]["feedback"]["table"]["rows"]
        assert rows[0][1:4] == ["40%", "–", ""]

    def test_is_drawn_again_only_when_a_value_changes(self, monkeypatch):
        drawn = []
        draw = "coursekit.figures.credences.credence_figure"
        monkeypatch.setattr(draw, lambda *given: drawn.append(given) or credence_figure(*given))
        card = credences("start")
        review = credence_review()
        send(card, {claim: 17 for claim in ANCHORS})
        for _ in range(3):
            review.refresh()
        assert len(drawn) == 1

    def test_follows_what_is_kept_on_the_same_page(self):
        review = credence_review()
        started()
        assert review.items[0]["feedback"]["table"]["rows"][0][1] == "40%"

    def test_is_stored_as_text_and_picture(self):
        empty = credence_review()._repr_mimebundle_()[0]
        assert "Nothing has been kept yet" in empty["text/plain"]
        send(ended(), {**REASONS, "C04": "<script>alert(1)</script>"})
        html = credence_review()._repr_mimebundle_()[0]["text/html"]
        assert "<script>" not in html
        assert "&lt;script&gt;" in html
        assert 'alt="Probability at the start and at the end.' in html


class TestTheFigure:
    def test_has_a_mark_for_each_value_and_a_line_for_each_change(self):
        table = load("anchors").set_index("claim")["asked"]
        figure = credence_figure(FIRST, LAST, {claim: table[claim] for claim in ANCHORS})
        axes = figure.axes[0]
        marks = {
            line.get_label(): list(line.get_xdata())
            for line in axes.lines
            if not line.get_label().startswith("_")
        }
        assert marks == {"at the start": list(FIRST.values()), "at the end": list(LAST.values())}
        assert len(axes.lines) == 2 + len(ANCHORS)
        assert "C30: 70% and 40%" in figure.alt
        assert figure.table["end"].tolist() == list(LAST.values())

    def test_leaves_out_what_is_missing(self):
        figure = credence_figure({"C04": 40}, {}, {"C04": "One.", "C24": "Two."})
        assert "C04: 40% and not given; C24: not given and not given." in figure.alt

    def test_the_two_marks_differ_without_colour(self):
        figure = credence_figure(FIRST, LAST, dict.fromkeys(ANCHORS, "A claim."))
        markers = {line.get_marker() for line in figure.axes[0].lines} - {"None", None}
        assert len(markers) == 2


class TestStoredNotebooks:
    @pytest.mark.parametrize("when", ["start", "end"])
    def test_ask_the_same_on_paper_whatever_was_answered(self, when):
        before = credences(when)._repr_mimebundle_()[0]
        send(ended(), REASONS)
        after = credences(when)._repr_mimebundle_()[0]
        for kind in ("text/html", "text/plain"):
            assert before[kind] == after[kind]
        assert all(claim in before["text/plain"] for claim in ANCHORS)
