"""Widgets share one program, keep small what waits to be seen, and answer when they are asked."""

import importlib
import pkgutil

import anywidget
import ipywidgets as widgets
import pytest

import coursekit as ck
from coursekit import widgets as rooms
from coursekit.widgets.live_figure import STILLS
from coursekit.widgets.living import LivingWidget
from coursekit.widgets.note import note


def kinds():
    """All classes of the course that the browser shows by a program of their own."""
    for module in pkgutil.iter_modules(rooms.__path__, "coursekit.widgets."):
        importlib.import_module(module.name)
    found, seen = [anywidget.AnyWidget], []
    while found:
        seen.append(found.pop())
        found += seen[-1].__subclasses__()
    return [kind for kind in seen if kind.__module__.startswith("coursekit.")]


@pytest.fixture
def sent(monkeypatch):
    """What widgets send to the browser."""
    messages = []

    def send(self, message, buffers=None):
        messages.append(message)

    monkeypatch.setattr(LivingWidget, "_send", send)
    return messages


def asks(widget, revision):
    widget._handle_custom_msg({"ask": "state", "revision": revision}, [])


def test_every_widget_of_the_course_is_one():
    assert [kind for kind in kinds() if not issubclass(kind, LivingWidget)] == []


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_what_each_widget_brings_along_is_short(kind):
    assert len(kind._esm) < 1500
    assert not getattr(kind, "_css", "")


class TestProgram:
    def test_is_one_for_all_widgets_of_a_class(self):
        one, other = note("one", "Why?"), note("two", "Why not?")
        assert one.program is other.program
        assert "function render(" in one.program.esm
        assert ".ck-card" in one.program.css

    def test_is_made_anew_when_it_was_closed(self):
        one = note("one", "Why?")
        one.program.close()
        other = note("two", "Why not?")
        assert other.program is not one.program
        assert other.program.digest == one.program.digest

    def test_has_another_name_for_another_text(self):
        assert note("one", "Why?").program.digest != ck.start().program.digest


class TestPartsOfLabs:
    def test_share_what_all_would_else_send(self):
        first, second = ck.enlargement_explorer(), ck.timeline()
        chips = [*first.rounds.values(), *second.categories.values()]
        assert len({chip.layout for chip in chips}) == len({chip.style for chip in chips}) == 1
        # What a student changes of a lab is not changed of another.
        assert len({first.layout, second.layout, chips[0].layout}) == 3

    def test_have_it_anew_when_it_was_closed(self):
        widgets.Widget.close_all()
        assert all(chip.layout.comm for chip in ck.timeline().categories.values())

    def test_that_a_lab_hides_have_a_layout_of_their_own(self):
        lab = ck.game_lab()
        for made in lab.live.inputs.values():
            made.layout.display = "none"
        assert all(made.layout.display is None for made in ck.timeline().categories.values())


class TestState:
    def test_says_which_widget_it_is(self):
        card = note("one", "Why?")
        assert card.get_state()["own"] == card.model_id

    def test_is_sent_again_if_the_browser_has_missed_some(self, sent):
        card = note("one", "Why?")
        had = card.get_state()["revision"]
        card.submit("note", {"text": "Because."})
        sent.clear()
        asks(card, had)
        (message,) = sent
        assert message["method"] == "update"
        assert message["state"]["items"] == card.items
        assert message["state"]["revision"] > had

    def test_is_not_sent_again_to_a_browser_that_has_it(self, sent):
        card = note("one", "Why?")
        sent.clear()
        asks(card, card.get_state()["revision"])
        assert sent == [{"method": "custom", "content": {"told": "state"}}]

    def test_the_question_is_none_of_the_cards_own(self):
        card = note("one", "Why?")
        asks(card, 0)
        assert card.error == ""


class TestPictures:
    def test_are_drawn_when_somebody_looks(self, sent):
        live = ck.timeline().live
        assert "svg" not in live.get_state()
        asks(live, live.get_state()["revision"])
        assert sent[-1]["state"]["svg"].startswith("<svg")
        assert "svg" in live.get_state()

    def test_are_those_of_the_state_that_has_come_about_meanwhile(self):
        lab = ck.deterrence_lab()
        control = next(one for one in lab.live.inputs.values() if hasattr(one, "max"))
        control.value = control.max
        assert lab.live.svg == lab.live.draw().svg()

    def test_of_the_timeline_hold_what_was_hidden_before_it_was_seen(self):
        timeline = ck.timeline()
        for box in timeline.categories.values():
            box.value = False
        assert all(f'id="{event}"' in timeline.live.svg for event in timeline.live.names)


class TestStillsOfAPageThatWasStarted:
    @pytest.fixture
    def start(self):
        """The start of a page that its browser shows."""
        start = ck.start()
        start.set_state({"fresh": False})
        return start

    def test_are_drawn_when_the_page_asks(self, start, sent):
        lab = ck.timeline()
        data, _ = lab._repr_mimebundle_()
        assert "image/png" not in data
        assert "Asleep" in data["text/html"]
        assert data["text/plain"] in data["text/html"]
        start._handle_custom_msg({"ask": "still"}, [])
        came = sent[-1]["content"]
        assert (came["of"], came["left"]) == (lab.model_id, 0)
        assert "<img alt=" in came["still"]
        assert "Asleep" in came["still"]

    def test_are_drawn_at_once_when_the_page_is_done_or_none_was_started(self, start):
        ck.timeline()._repr_mimebundle_()
        while STILLS.next()["left"]:
            pass
        assert STILLS.next() == {"left": 0}
        assert "image/png" in ck.timeline()._repr_mimebundle_()[0]

    def test_the_first_picture_comes_unasked_and_no_other(self, start, sent):
        first, second = ck.timeline(), ck.timeline()
        sent.clear()
        first._repr_mimebundle_()
        second._repr_mimebundle_()
        assert [list(message["state"]) for message in sent] == [["svg", "revision"]]


class TestPageAsItIsSaved:
    def test_needs_nothing_more_at_first(self):
        assert note("one", "Why?").asleep == ""

    def test_holds_what_was_answered_since(self):
        card = note("one", "Why?")
        card.submit("note", {"text": "Because of <b>that</b>."})
        assert "Because of &lt;b&gt;that&lt;/b&gt;." in card.asleep

    def test_holds_what_was_answered_on_an_earlier_day(self):
        first = ck.credences("start")
        first.submit("credences", {one["name"]: 37 for one in first.items[0]["fields"]})
        assert "37" in ck.credences("start").asleep


class TestAPageWithoutAManager:
    """As in marimo: anywidget's own interface, and no widget within another."""

    def shown(self, widget, sent):
        sent.clear()
        widget._handle_custom_msg({"ask": "instead"}, [])
        (message,) = sent
        return message["content"]["still"]

    def test_gets_the_picture_of_a_figure(self, sent):
        assert self.shown(ck.timeline().live, sent).startswith("<img alt=")

    def test_gets_a_card_as_it_was_answered_and_no_word_of_running_the_page(self, sent):
        card = note("one", "Why?")
        assert "Why?" in self.shown(card, sent)
        card.submit("note", {"text": "Because."})
        told = self.shown(card, sent)
        assert "Because." in told
        assert "Asleep" not in told

    def test_gets_a_text_that_changes(self, sent):
        assert "<" in self.shown(ck.statement_lab().live, sent)

    @pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
    def test_can_ask_any_widget(self, kind):
        assert callable(kind.still)


class TestGate:
    def test_opens_when_the_prediction_is_locked_in(self):
        card, twin = ck.predict("02-seven"), ck.predict("02-seven")
        assert card.gate == "shut"
        card.act({"item": "02-seven", "action": "submit", "values": {"prediction": "25"}})
        assert (card.gate, twin.gate) == ("open", "open")
        assert ck.predict("02-seven").gate == "open"

    def test_other_cards_have_none(self):
        assert note("one", "Why?").gate == ""
        assert ck.credences("start").gate == ""
