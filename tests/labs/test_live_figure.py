"""What a live figure tells the browser, and when."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import coursekit as ck
from coursekit.figures.game import PLANE, game_figure
from coursekit.widgets.live_figure import TURNS, LiveFigure


@pytest.fixture
def live():
    made = LiveFigure(game_figure, names={"cell-00": "Both hold back", "cell-11": "Both arm"})
    made.show(game_figure(), code="game_figure()", plane=PLANE)
    assert made.svg
    return made


@pytest.mark.parametrize(("name", "value"), [("chosen", "cell-11"), ("pointed", [0.2, 0.7])])
class TestWhatTheReaderChose:
    def test_is_answered_when_all_observers_have_run(self, live, name, value):
        answered = []
        live.observe(lambda change: answered.append(live.answer[name]), name)
        live.set_state({name: value})
        assert answered == [type(value)()]
        assert live.answer[name] == value

    def test_stays_unanswered_when_an_observer_fails(self, live, name, value):
        def fail(change):
            raise ValueError("no answer")

        live.observe(fail, name)
        with pytest.raises(ValueError, match="no answer"):
            live.set_state({name: value})
        assert live.answer[name] == type(value)()

    def test_stays_until_the_reader_chooses_again(self, live, name, value):
        live.set_state({name: value})
        live.show(game_figure((0.1, 0.1)), code="")
        assert getattr(live, name) == live.answer[name] == value


def test_another_figure_goes_out_in_one_message(live, monkeypatch):
    sent = []
    monkeypatch.setattr(LiveFigure, "send_state", lambda self, key=None: sent.append(set(key)))
    live.show(game_figure((0.9, 0.1)), code="1 + 1")
    assert sent == [{"svg", "plane", "answer"}]
    assert live.plane == {}


def test_a_callback_that_fails_says_so_in_the_lab(monkeypatch):
    lab = ck.game_lab()
    monkeypatch.setattr(lab, "shown", lambda: {}["nothing"])
    with pytest.raises(KeyError):
        lab.sliders["T"].value = 4
    assert "nothing" in lab.live.error


def test_the_still_picture_is_drawn_while_no_callback_draws():
    def draw():
        with ThreadPoolExecutor(1) as other:
            assert not other.submit(TURNS.acquire, blocking=False).result()
        return game_figure()

    LiveFigure(draw).still()
