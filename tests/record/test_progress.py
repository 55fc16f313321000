import ast
import datetime as dt

import pytest
from hostile import HOSTILE
from scipy.stats import binomtest

from coursekit.attainment import (
    as_sure,
    calibration,
    done,
    milestones,
    objectives,
    stations,
)
from coursekit.content import folder
from coursekit.figures.calibration import calibration_in_words
from coursekit.figures.progress import progress_figure
from coursekit.intervals import ENOUGH, share_interval
from coursekit.predictions import parse
from coursekit.quiz import bank
from coursekit.record import record, to_frame
from coursekit.widgets.progress import progress

MARKUP = "".join(HOSTILE[:2])
QUESTIONS = [question.id for question in bank("02").questions]


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path))
    return record()


def answer(kept, id, success, confidence=None, objective=None):
    home = id.rsplit("-q", 1)[0]
    return kept.add(
        "answered",
        f"quiz/{home}/{id}",
        result={"success": success, "confidence": confidence},
        context={"objective": objective},
    )


def answers(kept, confidence, right, count):
    """Give so many answers with one confidence, some of them right."""
    for n in range(count):
        answer(kept, QUESTIONS[n % len(QUESTIONS)], n < right, confidence)


def entries(shown):
    return {entry["key"]: entry for entry in shown.live.answer["readout"]}


class TestWhatIsDone:
    def row(self, kept, notebook="02"):
        return done(kept.frame()).set_index("notebook").loc[notebook]

    def test_every_notebook_with_a_quiz_is_a_row_in_the_order_of_the_course(self, kept):
        notebooks = done(kept.frame())["notebook"].tolist()
        assert notebooks[0] == "pre"
        assert notebooks[-1] == "post"
        assert notebooks[1:-1] == sorted(notebooks[1:-1])
        assert {"00", "02"} <= set(notebooks)

    def test_nothing_is_done_at_first(self, kept):
        counts = done(kept.frame())
        assert (counts[["answered", "predicted", "passed"]] == 0).all(axis=None)
        assert self.row(kept)["questions"] == len(QUESTIONS)

    def test_a_question_counts_once_and_whatever_the_answer(self, kept):
        for success in (False, True, True):
            answer(kept, QUESTIONS[0], success)
        answer(kept, QUESTIONS[1], False)
        assert self.row(kept)["answered"] == 2
        assert self.row(kept, "00")["answered"] == 0

    def test_a_question_counts_where_it_comes_from(self, kept):
        kept.add("answered", f"quiz/02/{QUESTIONS[0]}", context={"notebook": "05"})
        assert self.row(kept)["answered"] == 1

    def test_predictions_count(self, kept):
        file = folder("exercises") / "predictions" / "02_who_joined_when.yaml"
        predictions = parse(file)
        kept.add("predicted", f"prediction/{predictions[0].id}", result={"response": "12"})
        row = self.row(kept)
        assert (row["predicted"], row["predictions"]) == (1, len(predictions))

    @pytest.mark.parametrize("result", [{"completion": True}, {"success": True}])
    def test_a_task_that_only_marking_can_judge_is_never_passed(self, kept, result):
        name = "exercise/02/border_without_1999"
        kept.add("checked", name, result={"success": False})
        assert self.row(kept)["given"] == 0
        # Before, a record called every possible value a success.
        kept.add("checked", name, result=result)
        row = self.row(kept)
        assert (row["passed"], row["given"], row["later"]) == (0, 1, 3)
        said = entries(progress())["answered"]["detail"]
        assert "Tasks passed: 0 of 67; marked later: 1 of 30." in said

    def test_a_task_counts_once_it_is_passed(self, kept):
        name = "exercise/02/members_in"
        kept.add("checked", name, result={"success": False})
        assert self.row(kept)["passed"] == 0
        kept.add("checked", name, result={"success": True})
        kept.add("checked", name, result={"success": False})
        row = self.row(kept)
        assert row["passed"] == 1
        assert row["tasks"] > 1

    def test_what_the_course_no_longer_holds_does_not_count(self, kept):
        answer(kept, "02-q999", True)
        kept.add("predicted", "prediction/02-nothing")
        kept.add("checked", "exercise/02/nothing", result={"success": True})
        assert self.row(kept)[["answered", "predicted", "passed"]].tolist() == [0, 0, 0]


def finish(kept, *notebooks):
    """Answer all questions of some pages and make all their predictions."""
    for notebook in notebooks:
        for one in bank(notebook).questions:
            answer(kept, one.id, False)
        for file in (folder("exercises") / "predictions").glob(f"{notebook}_*.yaml"):
            for prediction in parse(file):
                kept.add("predicted", f"prediction/{prediction.id}", result={"response": "1"})


def play(kept, notebook, name="toy"):
    kept.add("played", f"toy/{notebook}-{name}", result={"response": "{}"})


class TestTheMap:
    def pages(self, kept):
        return stations(done(kept.frame())).set_index("notebook")

    def ahead(self, kept):
        pages = self.pages(kept)
        return pages.index[pages["next"]].tolist()

    def test_has_a_station_for_each_notebook_and_none_for_a_test(self, kept):
        notebooks = sorted(path.stem[:2] for path in folder("notebooks").glob("*.ipynb"))
        assert self.pages(kept).index.tolist() == notebooks

    def test_begins_at_the_first_page(self, kept):
        assert self.ahead(kept) == ["00"]
        assert set(self.pages(kept)["state"]) == {"to come"}

    def test_goes_on_at_the_furthest_page_that_was_begun(self, kept):
        finish(kept, "01")
        assert self.ahead(kept) == ["02"]
        answer(kept, "04-q1", True)
        assert self.ahead(kept) == ["04"]
        pages = self.pages(kept)
        assert pages.loc[["01", "02", "04"], "state"].tolist() == ["done", "to come", "begun"]
        assert 0 < pages.loc["04", "share"] < 1

    @pytest.mark.parametrize("deed", ["play", "pass"])
    def test_a_toy_or_a_task_begins_a_page(self, kept, deed):
        if deed == "play":
            play(kept, "02")
        else:
            kept.add("checked", "exercise/02/members_in", result={"success": True})
        assert self.pages(kept).loc["02", "state"] == "begun"
        assert self.pages(kept).loc["02", "share"] == 0

    def test_comes_back_for_what_was_left_out_and_ends(self, kept):
        notebooks = self.pages(kept).index
        finish(kept, *(n for n in notebooks if n != "06"))
        assert self.ahead(kept) == ["06"]
        finish(kept, "06")
        assert self.ahead(kept) == []

    def test_each_toy_counts_once_where_it_is_played(self, kept):
        for name in ("rival", "rival", "neighbour"):
            play(kept, "03", name)
        assert self.pages(kept)["toys"].to_dict() == dict.fromkeys(self.pages(kept).index, 0) | {
            "03": 2
        }

    def test_milestones_come_one_after_the_other(self, kept):
        def reached():
            return [name for name, there in milestones(done(kept.frame())).items() if there]

        assert reached() == []
        finish(kept, "00")
        assert reached() == ["first"]
        for notebook in ("01", "02", "03", "04", "05"):
            play(kept, notebook)
        assert reached() == ["first", "toys"]
        finish(kept, "01", "02", "03", "04", "05")
        assert reached() == ["first", "toys", "half"]
        finish(kept, "06", "07", "08", "09", "10", "post")
        assert reached() == ["first", "toys", "half", "all", "after"]


class TestObjectives:
    def test_are_met_when_the_newest_answers_on_them_are_right(self, kept):
        answer(kept, "02-q1", False, objective="Count members")
        answer(kept, "02-q1", True, objective="Count members")
        answer(kept, "02-q2", True, objective="Read a rate")
        answer(kept, "02-q2", False, objective="Read a rate")
        answer(kept, "02-q3", True, objective="Date a claim")
        answer(kept, "02-q4", False, objective="Date a claim")
        assert objectives(kept.frame()) == {
            "Count members": True,
            "Read a rate": False,
            "Date a claim": False,
        }

    def test_say_nothing_of_the_test_before_the_course(self, kept):
        answer(kept, "pre-q1", True, objective="Count members")
        assert objectives(kept.frame()) == {}

    def test_of_an_empty_record_are_none(self):
        assert objectives(to_frame([])) == {}


class TestCalibration:
    def test_counts_right_answers_by_confidence(self, kept):
        answers(kept, 0.5, 1, 2)
        answers(kept, 0.9, 3, 4)
        table = calibration(kept.frame())
        assert table["confidence"].tolist() == [0.5, 0.9]
        assert table["answers"].tolist() == [2, 4]
        assert table["right"].tolist() == [1, 3]
        assert table["share"].tolist() == [0.5, 0.75]

    def test_counts_only_answers_with_a_confidence_and_a_known_result(self, kept):
        answer(kept, "02-q1", True)
        answer(kept, "pre-q1", True, 0.8)
        kept.add("answered", "quiz/02/02-q2", result={"confidence": 0.8})
        kept.add("rated", "credence/C04/start", result={"success": True, "confidence": 0.8})
        assert calibration(kept.frame()).empty
        answer(kept, "post-q1", True, 0.8)
        assert calibration(kept.frame())["answers"].tolist() == [1]

    def test_as_sure_as_one_answer_counts_up_to_it_and_agrees(self, kept):
        answer(kept, "pre-q1", True, 0.8)
        answers(kept, 0.8, 2, 3)
        answers(kept, 0.6, 1, 1)
        made = kept.statements("answered")
        assert [as_sure(made, one) for one in made[1:]] == [(1, 1), (2, 2), (2, 3), (1, 1)]
        row = calibration(kept.frame()).set_index("confidence").loc[0.8]
        assert as_sure(made, made[3]) == (row["right"], row["answers"])

    @pytest.mark.parametrize(("right", "count"), [(0, 1), (1, 1), (0, 8), (8, 8), (5, 8), (50, 99)])
    def test_has_exact_intervals(self, right, count):
        exact = binomtest(right, count).proportion_ci(method="exact")
        assert share_interval(right, count) == pytest.approx((exact.low, exact.high))

    def test_with_few_answers_says_so(self, kept):
        answers(kept, 0.8, 2, ENOUGH - 1)
        value, words = calibration_in_words(calibration(kept.frame()))
        assert value == "4 of 5 answers"
        assert "From 5 answers" in words

    @pytest.mark.parametrize(
        ("confidence", "right", "count", "says"),
        [
            (0.9, 10, 20, "surer than right"),
            (0.5, 19, 20, "more often than you thought"),
            (0.7, 14, 20, "can come from chance"),
            (0.8, 4, 5, "can come from chance"),
            (1.0, 5, 5, "can come from chance"),
        ],
    )
    def test_is_told_in_words(self, kept, confidence, right, count, says):
        answers(kept, confidence, right, count)
        value, words = calibration_in_words(calibration(kept.frame()))
        assert value == f"{confidence:.0%} sure, {right / count:.0%} right"
        assert f"Of {count} answers {right} were right" in words
        assert says in words


class TestTheFigure:
    def test_has_a_point_and_an_interval_for_each_confidence(self, kept):
        answers(kept, 0.3, 2, 3)
        answers(kept, 1.0, 3, 4)
        figure = progress_figure(done(kept.frame()), calibration(kept.frame()))
        svg = figure.svg()
        for name in ("point-30", "interval-30", "point-100", "interval-100", "as-sure-as-right"):
            assert f'id="{name}"' in svg
        assert "3 of 4" in svg
        assert "30%: 2 of 3, 100%: 3 of 4" in figure.alt

    def test_its_words_meet_neither_a_point_nor_the_axis(self, kept):
        for confidence, right in ((0.5, 3), (0.6, 0), (0.9, 0), (1.0, 0)):
            answers(kept, confidence, right, 3)
        figure = progress_figure(done(kept.frame()), calibration(kept.frame()))
        figure.draw_without_rendering()
        plot = figure.axes[1]
        points = [line for line in plot.lines if line.get_marker() == "D"]
        for words in plot.texts:
            box = words.get_window_extent()
            assert plot.bbox.y0 < box.y0 and box.y1 < plot.bbox.y1, words.get_text()
            assert not any(box.overlaps(point.get_window_extent()) for point in points)

    def test_shows_no_plot_for_fewer_than_five_answers(self, kept):
        answers(kept, 0.8, 2, 4)
        figure = progress_figure(done(kept.frame()), calibration(kept.frame()))
        assert "point-80" not in figure.svg()
        assert "From 5 answers on, a plot shows it" in figure.alt

    def test_repeats_nothing_that_stands_beside_it(self, kept):
        figure = progress_figure(done(kept.frame()), calibration(kept.frame()), ["Due: 3."])
        assert "Due: 3." not in figure.svg()
        assert "From 5 answers" not in figure.svg()

    def test_says_in_words_what_is_done(self, kept):
        answers(kept, 0.8, 2, 4)
        figure = progress_figure(done(kept.frame()), calibration(kept.frame()), ["Due: 3."])
        assert "Done so far: 4 of " in figure.alt
        assert f"Begun: {bank('02').title}." in figure.alt
        assert figure.alt.endswith("Due: 3.")

    def test_tells_without_colour_what_is_done_played_and_next(self, kept):
        finish(kept, "00")
        play(kept, "01")
        figure = progress_figure(done(kept.frame()), calibration(kept.frame()))
        svg = figure.svg()
        for notebook in ("00", "01", "10"):
            assert f'id="station-{notebook}"' in svg
        # Once on the map and once in its key.
        assert svg.count("✓") == 2
        assert svg.count("★") == 2
        assert svg.count(">next<") == 1
        states = figure.table.set_index("notebook")["state"]
        assert states[["pre", "00", "01", "02"]].tolist() == ["", "done", "next", "to come"]
        assert "Finished: Start here. Begun: Reading an argument." in figure.alt
        assert "Toys played: 1." in figure.alt
        assert "Next: Reading an argument." in figure.alt
        assert "Milestones reached: first page done." in figure.alt

    @pytest.mark.parametrize("count", [1, 2, 4, 5, 9, 14])
    def test_has_room_for_a_course_of_any_length(self, kept, count):
        pages = done(kept.frame()).set_index("notebook").loc[["00"] * count].reset_index()
        pages["notebook"] = [f"{n:02d}" for n in range(count)]
        figure = progress_figure(pages, calibration(kept.frame()))
        width, height = figure.get_size_inches()
        for text in figure.axes[0].texts:
            x, y = text.get_position()
            assert 0 < x < width and 0 < y < height


class TestTheWidget:
    def test_links_the_page_that_comes_next(self, kept):
        def linked():
            (output,) = progress().way_on.outputs
            return output["data"]["text/markdown"]

        finish(kept, "00", "01", "02")
        assert linked().startswith("**Next:** [03 The security dilemma](")
        assert linked().endswith("notebooks/03_security_dilemma.ipynb)")
        finish(kept, *(f"{n:02d}" for n in range(11)))
        assert linked().startswith("**Every page is done.**")

    def test_says_which_milestone_is_ahead(self, kept):
        assert entries(progress())["milestones"]["detail"] == "Ahead: a first page done."
        finish(kept, "00")
        shown = entries(progress())["milestones"]
        assert shown["value"] == "1 of 5"
        assert shown["detail"] == "Reached: a first page done. Ahead: five toys played."

    def test_shows_counts_objectives_and_calibration(self, kept):
        answer(kept, QUESTIONS[0], True, 0.8, objective="Count members")
        answer(kept, QUESTIONS[1], False, 0.8, objective=MARKUP)
        shown = entries(progress())
        assert shown["answered"]["value"].startswith("2 of ")
        assert shown["objectives"]["value"] == "1 of 2 tried"
        assert shown["objectives"]["detail"] == f"Not yet: {MARKUP}."
        assert shown["calibration"]["value"] == "2 of 5 answers"

    def test_names_three_objectives_at_most(self, kept):
        for n, id in enumerate(QUESTIONS[:5]):
            answer(kept, id, False, objective=f"Goal {n}")
        assert entries(progress())["objectives"]["detail"] == (
            "Not yet: Goal 0; Goal 1; Goal 2; and 2 more."
        )

    def test_says_what_is_due(self, kept):
        for id in ("02-q2", "02-q1", "00-q1"):
            answer(kept, id, False)
        assert entries(progress())["due"]["value"] == "0"
        today = dt.datetime.now(dt.UTC)
        text = kept.path.read_text(encoding="utf-8")
        kept.path.write_text(
            text.replace(f"{today:%Y-%m-%d}", f"{today - dt.timedelta(days=9):%Y-%m-%d}"),
            encoding="utf-8",
        )
        due = entries(progress())["due"]
        assert due["value"] == "3"
        assert due["detail"].startswith("By notebook: 00: 1; 02: 1, 2.")

    def test_of_an_empty_record_shows_what_will_come(self):
        shown = progress()
        assert entries(shown)["objectives"]["value"] == "none tried yet"
        assert not shown.live.error

    def test_has_no_control(self):
        assert progress().live.inputs == {}

    def test_reads_well_without_a_kernel(self, kept):
        answers(kept, 0.8, 4, 6)
        data, metadata = progress()._repr_mimebundle_()
        assert data["image/png"].startswith("iVBOR")
        for words in ("6 of ", "Of 6 answers 4 were right", "Due for review: 0.", "Objectives met"):
            assert words in data["text/plain"]
        assert metadata["image/png"]["alt"] == data["text/plain"]

    @pytest.mark.parametrize("name", [MARKUP, "Kim & 'co' <b>"])
    def test_shows_a_name_as_text(self, kept, name):
        kept.name = name
        shown = progress()
        heading = shown.children[0].value
        assert "<" not in heading
        assert heading.startswith("Progress of ")

    def test_says_where_the_record_is_and_what_was_skipped(self, kept):
        answer(kept, "02-q1", True)
        with kept.path.open("a") as file:
            file.write("torn\n")
        footer = progress().children[-1].value
        assert str(kept.path) in footer
        assert "1 line was torn" in footer

    def test_shows_what_is_wrong_with_the_record(self, kept):
        kept.path.mkdir()
        assert "could not be read" in progress().children[-1].value

    def test_shows_code_that_gives_the_table(self, kept):
        answer(kept, "02-q1", True)
        *first, last = ast.parse(progress().live.answer["code"]).body
        names = {}
        exec(compile(ast.Module(first, []), "code", "exec"), names)
        frame = eval(compile(ast.Expression(last.value), "code", "eval"), names)
        assert frame["item"].tolist() == ["02-q1"]
