"""Figures look the same whatever a student has set in matplotlib, and leave it as it is."""

import importlib
import inspect
import io
import pkgutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pandas as pd
import pytest
from cycler import cycler
from jupyter_client.manager import start_new_kernel
from matplotlib import RcParams, rc_context, rcParams, rcParamsDefault
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

import coursekit
from coursekit.argument import Argument
from coursekit.figures.base import CourseFigure, style
from coursekit.figures.feud import Step
from coursekit.figures.staggered import staggered_figure
from coursekit.figures.trust import gesture_figure
from coursekit.nato.enlargement import Scenario
from coursekit.nato.figures import europe
from coursekit.nato.figures.comparison_designs import designs
from coursekit.nato.figures.feed import Post
from coursekit.nato.figures.spending_choices import choices
from coursekit.nato.statements.quotations import statement
from coursekit.predictions import load

# Setting what matplotlib is going to drop makes it say so.
pytestmark = pytest.mark.filterwarnings("ignore::matplotlib.MatplotlibDeprecationWarning")

# How each function that makes a figure is called.
GIVEN = {
    "argument_map_figure": {"rejected": "H3", "accepted": "R2", "chosen": "A6"},
    "belief_figure": {"first": (0.6, 0.5, 0.9), "second": (0.4, 0.5, 0.9)},
    "bias_figure": dict.fromkeys(("effect", "anticipation", "spillover", "selection"), 1)
    | {"seed": 0},
    "branch_figure": {
        "pieces": {id: "A piece." for id in "abcdef"},
        "links": {"a": "b"},
        "held": "c",
        "wrong": ("d", "e"),
        "hidden": ["f"],
    },
    "burden_figure": {"first": ["DEU"], "second": ["FRA"], "names": ("one", "other")},
    "challenge_figure": {"rho": 0.2, "pi": 0.1, "b": 0.35},
    "challenger_figure": {"attacked": {"member": False, "promised": True}, "away": "neutral"},
    "choices_figure": {"chosen": choices()[0]},
    "commitment_figure": {"kappa": 0.3, "q": 0.2, "D_A": 5, "D_E": 5, "mu": 0.5},
    "credence_figure": {"start": {"C01": 40}, "end": {"C01": 60}, "texts": {"C01": "A claim."}},
    "designs_figure": {"chosen": designs()[0]},
    "difference": {"first": Scenario(2025), "second": Scenario(2025, without=2004)},
    "draw_map": {"argument": Argument.essay(), "live": True},
    "europe": {"scenario": Scenario(2025, without=2004)},
    "feed_figure": {
        "posts": [Post(statement("S29"), "NATO", "calm")],
        "periods": {"calm": "2000 to 2013"},
        "step": "Who said it?",
    },
    "feud_figure": {"steps": [Step(0, 0), Step(1, 0, 0), Step(0, 1)], "rules": ("copy", "forgive")},
    "game_figure": {},
    "gesture_figure": {"trust": 0.5, "size": 0.5},
    "network_figure": {"places": {"Alda": "left", "Brin": "right"}, "before": (1, 0, 1)},
    "new_map": {},
    "polarisation_figure": {"before": (16, 8, 20), "now": (30, 6, 8)},
    "prediction_figure": {
        "prediction": load("02-members"),
        "response": [1, 2, 3, 4, 5],
        "answer": [5, 4, 3, 2, 1],
    },
    "progress_figure": {
        "done": pd.DataFrame(
            [("01", "A title", 1, 2, 1, 2, 1, 2, 1), ("02", "Another", 0, 2, 0, 2, 0, 2, 0)],
            columns=[
                *("notebook", "title", "answered", "questions"),
                *("predicted", "predictions", "passed", "tasks", "toys"),
            ],
        ),
        "calibration": pd.DataFrame(
            [(0.7, 9, 6, 0.67, 0.3, 0.9)],
            columns=["confidence", "answers", "right", "share", "low", "high"],
        ),
    },
    "race_figure": dict.fromkeys("abklgh", 1),
    "race_path_figure": {"numbers": dict.fromkeys("abklgh", 1), "start": (2, 1)},
    "rate_figure": {"group": "partner", "first": 1995, "last": 2020},
    "reciprocity_figure": {"first": "Tit for Tat", "second": "Always Defect", "error": 0.1},
    "rival_figure": {"mine": (0, 1), "theirs": (0, 0), "payoffs": (2, 3, 1, 0)},
    "shock_figure": {},
    "shuffle_figure": {
        "names": {"AUT": "Austria", "FIN": "Finland"},
        "drawn": ("AUT",),
        "joined": ("FIN",),
        "placebos": [0.3, -0.1],
        "estimate": -0.2,
    },
    "staggered_figure": {"first": 1, "later": 4, "late": 1, "never": 0},
    "timeline_figure": {},
    "trust_bars_figure": {
        "mine": (50, 60),
        "acts": [("says so", "It says so.", 0.9, 0.9)],
        "rule": (50, 50),
        "verdict": "trustworthy",
    },
    "voting_figure": {},
    "words_figure": {"words": "There is nothing. Nothing at all."},
}


def functions():
    """Find every function of the package that draws a figure."""
    found = {}
    for module in pkgutil.walk_packages(coursekit.__path__, "coursekit."):
        if ".figures." not in module.name:
            continue
        members = vars(importlib.import_module(module.name))
        for name, member in members.items():
            if inspect.isfunction(member) and member.__annotations__.get("return") is CourseFigure:
                found[name] = member
    # It only labels what others have drawn.
    del found["described"]
    return found


def other_settings():
    """Give nearly every setting of matplotlib a value that it does not have by default."""
    tried = (
        *("red", "serif", "tight", "top", "bold", "italic", "dashed", "x", "path", "cm", "stix"),
        *("round", "miter", "right", "bottom", "center", "first", "concise", "viridis", "major"),
        *("line", "pdf", "file", "%d", "large", "data", "round_numbers", "in", "both", 0.3, 7.5),
        *(3, (2, 40, 2), [2, 40], [1, 2, 3, 4], ["serif"], cycler(color=["red", "blue"])),
    )
    found = {}
    for name in rcParamsDefault.keys() - {"backend"}:
        before = rcParamsDefault[name]
        for value in (not before, *tried) if isinstance(before, bool) else tried:
            with suppress(ValueError, TypeError, AttributeError, RuntimeError):
                value = RcParams({name: value})[name]
                if value != before:
                    found[name] = value
                    break
    return found


@pytest.fixture(scope="module")
def others():
    found = other_settings()
    assert len(found) > 300
    return found


@contextmanager
def setting(given):
    """Set what a student sets, and see that a figure has not changed it."""
    with rc_context(given):
        before = dict(rcParams)
        yield
        assert dict(rcParams) == before
        assert type(rcParams) is RcParams


def test_every_function_that_makes_a_figure_is_tried():
    assert functions().keys() == GIVEN.keys()


@pytest.mark.parametrize("name", GIVEN)
def test_no_setting_of_a_student_changes_a_figure(name, others):
    make = functions()[name]
    made_before = make(**GIVEN[name])
    with setting(others):
        made_then, drawn_then = make(**GIVEN[name]), made_before.svg()
    assert made_then.svg() == drawn_then


def saved(figure):
    buffer = io.BytesIO()
    figure.savefig(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("picture", [CourseFigure.png, saved])
def test_no_setting_of_a_student_changes_a_picture(picture, others):
    usual = picture(staggered_figure(1, 4, 1, 0))
    with setting(others):
        assert picture(staggered_figure(1, 4, 1, 0)) == usual


def test_drawing_again_on_a_figure_changes_nothing_either(others):
    usual = gesture_figure(0.2, 0.4).svg()
    with setting(others):
        once = gesture_figure(0.9, 0.1)
        once.svg()
        assert gesture_figure(0.2, 0.4, on=once).svg() == usual


def test_a_figure_that_cannot_be_drawn_leaves_the_settings_as_they_are(others):
    with setting(others), pytest.raises(ZeroDivisionError), style():
        raise ZeroDivisionError


def plotted(colour):
    """Plot as a student does, and say in which colours."""
    axes = Figure().add_subplot()
    axes.plot([1, 2])
    assert axes.get_facecolor() == to_rgba(colour)


def test_while_one_thread_draws_a_figure_the_settings_of_the_others_hold():
    drawing, done = threading.Event(), threading.Event()

    def draw():
        with style():
            drawing.set()
            assert done.wait(20)
            return europe(Scenario(2025)).svg()

    usual = europe(Scenario(2025)).svg()
    with rc_context({"axes.facecolor": "red"}), ThreadPoolExecutor(1) as pool:
        figure = pool.submit(draw)
        assert drawing.wait(20)
        plotted("red")
        # A block of the student's that begins while a figure is drawn and ends after it.
        with rc_context({"axes.facecolor": "black", "text.color": "white"}):
            plotted("black")
            done.set()
            assert figure.result() == usual
            plotted("black")
        plotted("red")
        rcParams["axes.facecolor"] = "green"
        plotted("green")
    assert rcParams["axes.facecolor"] == rcParamsDefault["axes.facecolor"]


def test_figures_drawn_in_several_threads_are_as_if_drawn_one_after_the_other():
    names = ["game_figure", "challenge_figure", "shock_figure", "words_figure"] * 2

    def draw(name):
        return functions()[name](**GIVEN[name]).svg()

    usual = [draw(name) for name in names]
    before = dict(rcParams)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw, names)) == usual
    assert dict(rcParams) == before


SHOWN = """
import matplotlib.pyplot as plt
%matplotlib inline
%config InlineBackend.figure_formats = ["svg", "retina"]
plt.style.use("dark_background")
from coursekit.figures.feud import Step
from coursekit.figures.staggered import staggered_figure
staggered_figure(1, 4, 1, 0)
"""


@pytest.mark.slow
def test_a_notebook_shows_the_picture_of_the_course_and_its_alt_text():
    usual, usual_metadata = staggered_figure(1, 4, 1, 0).mimebundle()
    manager, client = start_new_kernel()
    seen = []
    try:
        client.execute_interactive(SHOWN, output_hook=seen.append)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    [shown] = [entry["content"] for entry in seen if entry["msg_type"] == "execute_result"]
    assert shown["data"] == usual
    assert shown["metadata"] == usual_metadata
