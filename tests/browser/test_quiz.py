"""Quizzes, predictions, credences and notes in a real JupyterLab, by mouse and by keyboard."""

import re
from contextlib import contextmanager

import axe
import pytest
import yaml
from jupyterlab import OpenNotebook, until, write_cells
from playwright.sync_api import expect

from coursekit.quiz import bank

pytestmark = pytest.mark.browser

IMPORTS = """
from coursekit.widgets.credences import credence_review, credences
from coursekit.widgets.note import note
from coursekit.widgets.predict import predict, reveal
from coursekit.widgets.quiz import quiz
from playwright.sync_api import expect
"""
QUESTIONS = bank("02").questions


@pytest.fixture(scope="module")
def make(server, browser, tmp_path_factory):
    """Open a notebook with a record of its own, and close it when its tests are over."""

    @contextmanager
    def making(name, *cells, content=None, **size):
        places = {"COURSEKIT_RECORD": tmp_path_factory.mktemp(f"record-{name}")}
        if content:
            places["COURSEKIT_CONTENT"] = content
        setting = "\n".join(f"os.environ[{k!r}] = {str(v)!r}" for k, v in places.items())
        sources = [f"import os\n{setting}\n{IMPORTS}", *cells]
        write_cells(server.folder / f"{name}.ipynb", sources)
        notebook = OpenNotebook(browser, server, f"{name}.ipynb", **size)
        notebook.fold_sidebar()
        notebook.run_all()
        notebook.show(".ck-card")
        yield notebook
        notebook.close()

    return making


def form(notebook, place):
    """A form of the page; if its card shows another question, go to this one first."""
    item = notebook.page.locator(".ck-card-item").nth(place)
    item.wait_for(state="attached")
    number = item.evaluate("item => [...item.parentElement.children].indexOf(item)")
    if not item.is_visible():
        item.locator("xpath=ancestor::*[contains(@class, 'ck-card-items')]/..").locator(
            ".ck-card-marks button"
        ).nth(number).click()
        item.wait_for()
    return item


def status(notebook):
    return notebook.page.locator(".ck-card-status").first.inner_text()


def focused(notebook):
    """Name of the class or the label of what has the focus."""
    return notebook.page.evaluate(
        """() => { const e = document.activeElement;
            return `${e.className} ${e.getAttribute('aria-label') ?? ''} ${e.innerText ?? ''}`; }"""
    )


def answered(notebook, place):
    """Wait until a form shows what the kernel says, and check that the focus is there."""
    told = form(notebook, place).locator(".ck-card-feedback")
    told.locator(".ck-card-verdict").wait_for()
    there = "() => document.activeElement.matches('.ck-card-feedback')"
    until(notebook.page, "the focus is on the feedback", there)
    return told.inner_text()


def shown_key(one, box):
    """Key of the option whose text stands in a place."""
    text = box.inner_text()
    return next(option.key for option in one.options if option.text == text)


def by_mouse(notebook, place, one, response):
    item = form(notebook, place)
    item.scroll_into_view_if_needed()
    texts = {option.key: option.text for option in one.options}
    if one.type in ("single", "multiple"):
        for key in [response] if one.type == "single" else response:
            item.locator(".ck-card-choice", has_text=texts[key]).first.click()
    elif one.type == "numeric":
        item.locator("input[type='text']").fill(str(response))
    elif one.type == "order":
        lines = item.locator(".ck-card-order li")
        for target, key in enumerate(response):
            for _ in range(len(response)):
                now = lines.locator("span").all_inner_texts().index(texts[key])
                if now == target:
                    break
                lines.nth(now).get_by_role("button", name="Move up").click()
    elif one.type == "match":
        for line, pair in enumerate(one.pairs):
            item.locator("select").nth(line).select_option(label=texts[response[pair.key]])
    else:
        item.locator("textarea").fill(response["text"])
        item.get_by_role("button", name="Compare with a model answer").click()
        item.locator(".ck-card-said", has_text=one.model_answer[:40]).wait_for()
        item.get_by_label("yes", exact=True).click()
        item.get_by_role("button", name="Keep my rating").click()
        return answered(notebook, place)
    item.get_by_label("80%").click()
    item.get_by_role("button", name="Check").click()
    return answered(notebook, place)


def restart(notebook, waiting_for):
    """Restart the kernel, run all cells, and wait for something on the last card."""
    notebook.restart()
    notebook.run_all()
    notebook.page.locator(waiting_for).last.wait_for()


@pytest.fixture(scope="class")
def mouse(make):
    with make("mouse", 'quiz("02")', height=1400) as notebook:
        yield notebook


class TestByMouse:
    def test_a_whole_quiz_can_be_answered(self, mouse):
        for place, one in enumerate(QUESTIONS):
            told = by_mouse(mouse, place, one, one.solution)
            if one.type == "single":
                right = next(option for option in one.options if option.right)
                assert right.why in told
        count = len(QUESTIONS)
        expected = f"{count} of {count} answered. Score of your first tries: {count} of {count}."
        assert status(mouse) == expected
        assert mouse.problems() == []

    def test_after_a_restart_of_the_kernel_the_answers_are_there(self, mouse):
        before = [form(mouse, place).inner_text() for place in range(len(QUESTIONS))]
        restart(mouse, ".ck-card-status")
        assert [form(mouse, place).inner_text() for place in range(len(QUESTIONS))] == before
        for place, one in enumerate(QUESTIONS):
            item = form(mouse, place)
            chosen = item.locator(".ck-card-choice:has(:checked)")
            if one.type == "single":
                assert shown_key(one, chosen) == one.solution
            elif one.type == "numeric":
                assert item.locator("input").input_value() == str(one.solution)
            elif one.type == "match":
                values = [select.input_value() for select in item.locator("select").all()]
                assert values == list(one.solution.values())
            elif one.type == "short":
                assert item.locator("textarea").input_value() == one.model_answer
            expect(item.locator(".ck-card-button")).to_have_count(0)
        assert mouse.problems() == []


def tab_to(notebook, wanted, back=False):
    """Press Tab until an element that matches has the focus."""
    for _ in range(30):
        notebook.page.keyboard.press("Shift+Tab" if back else "Tab")
        if notebook.page.evaluate("s => document.activeElement.matches(s)", wanted):
            return
    pytest.fail(f"{wanted} was not reached by Tab; the focus is on {focused(notebook)!r}")


@pytest.fixture(scope="class")
def keyboard(make):
    with make("keyboard", 'quiz("02")', height=1400) as notebook:
        yield notebook


class TestByKeyboard:
    def answer(self, notebook, place, one):
        """Answer with what the keys reach first; the focus is on the first control."""
        press = notebook.page.keyboard.press
        if one.type == "single":
            press("Space")
            press("ArrowDown")
        elif one.type == "multiple":
            press("Space")
            tab_to(notebook, "input[type='checkbox']")
            press("Space")
        elif one.type == "numeric":
            notebook.page.keyboard.type("16")
        elif one.type == "order":
            press("Space")
        elif one.type == "match":
            for line in range(len(one.pairs)):
                if line:
                    tab_to(notebook, "select")
                press("ArrowDown")
        else:
            notebook.page.keyboard.type("abc: define, list, compare. dd")
            tab_to(notebook, "button[type='submit']")
            press("Enter")
            there = "() => document.activeElement.matches('.ck-card-said')"
            until(notebook.page, "the focus is on the model answer", there)
        tab_to(notebook, "input[type='radio'][name$='-2'], input[type='radio'][name$='-1']")
        press("Space")
        press("ArrowRight")
        tab_to(notebook, "button[type='submit']")
        press("Enter")
        return answered(notebook, place)

    def test_a_whole_quiz_can_be_answered(self, keyboard):
        cells = keyboard.page.locator(".jp-Cell").count()
        form(keyboard, 0).locator("button").first.focus()
        for place, one in enumerate(QUESTIONS):
            self.answer(keyboard, place, one)
            assert status(keyboard).startswith(f"{place + 1} of {len(QUESTIONS)} answered")
            tab_to(keyboard, ".ck-card-ways button")
            keyboard.page.keyboard.press("Enter")
            until(
                keyboard.page,
                "the focus is on the heading of what comes next",
                "() => document.activeElement.matches('.ck-card-step')",
            )
            if place + 1 < len(QUESTIONS):
                assert focused(keyboard).endswith(f"Question {place + 2} of {len(QUESTIONS)}")
                tab_to(keyboard, ":is(input, select, textarea, .ck-card-order button)")
                inside = keyboard.page.locator(".ck-card-item").nth(place + 1).locator(":focus")
                expect(inside).to_have_count(1)
        # Arrows and letters must not have been taken for commands of the keyboard.
        expect(keyboard.page.locator(".jp-Cell")).to_have_count(cells)
        assert keyboard.problems() == []

    def test_a_question_can_be_tried_again(self, keyboard):
        form(keyboard, 0).get_by_role("button", name="Answer once more").focus()
        keyboard.page.keyboard.press("Enter")
        form(keyboard, 0).get_by_role("button", name="Check").wait_for()
        until(
            keyboard.page,
            "the focus is in the form that was opened again",
            "() => document.querySelector('.ck-card-item').contains(document.activeElement)",
        )
        assert not form(keyboard, 0).get_by_text("How sure are you?").count()

    def test_moving_a_line_keeps_the_focus_and_says_the_place(self, keyboard):
        item = form(keyboard, 0)
        line = item.locator(".ck-card-order li").nth(1)
        words = line.locator("span").inner_text()
        line.get_by_role("button", name="Move up").focus()
        keyboard.page.keyboard.press("Enter")
        assert f"Move up: {words}" in focused(keyboard)
        said = keyboard.page.locator(".ck-card > [aria-live]").inner_text()
        assert said == f"{words}: place 1 of 5"
        keyboard.page.keyboard.press("Enter")
        assert f"Move up: {words}" in focused(keyboard)
        assert item.locator(".ck-card-order li span").first.inner_text() == words

    def test_after_a_restart_of_the_kernel_the_answers_are_there(self, keyboard):
        before = status(keyboard)
        restart(keyboard, ".ck-card-status")
        assert status(keyboard) == before
        verdicts = keyboard.page.locator(".ck-card-item .ck-card-verdict")
        assert verdicts.count() == len(QUESTIONS)


def heading(notebook):
    return notebook.page.locator(".ck-card-step").first.inner_text()


def way(notebook, name):
    return notebook.page.locator(".ck-card-ways").first.get_by_role("button", name=name)


def stands(notebook):
    """What the marks say, as a screen reader reads them."""
    marks = notebook.page.locator(".ck-card").first.locator(".ck-card-marks button")
    return [mark.get_attribute("aria-label") for mark in marks.all()]


@pytest.fixture(scope="class")
def steps(make):
    asked = 'quiz("02", only=["02-q3", "02-q2", "02-q8"])'
    with make("steps", asked, 'quiz("02", only="02-q1")', 'quiz("pre")') as notebook:
        yield notebook


class TestOneQuestionAtATime:
    ONE, TWO, THREE = (next(one for one in QUESTIONS if one.id == f"02-q{n}") for n in (3, 2, 8))

    def shown(self, notebook):
        card = notebook.page.locator(".ck-card").first
        return [item.is_visible() for item in card.locator(".ck-card-item").all()]

    def test_the_first_is_shown_and_there_is_no_way_on_before_an_answer(self, steps):
        assert self.shown(steps) == [True, False, False]
        assert heading(steps) == "Question 1 of 3"
        assert stands(steps) == [f"Question {n}: open" for n in (1, 2, 3)]
        assert steps.page.locator(".ck-card-ways").first.is_hidden()

    def test_a_card_of_one_question_needs_none_of_it(self, steps):
        card = steps.page.locator(".ck-card").nth(1)
        expect(card.locator(".ck-card-marks, .ck-card-ways")).to_have_count(0)
        expect(card.locator(".ck-card-label")).to_be_visible()

    def test_after_an_answer_the_next_question_has_the_focus_and_its_place_is_said(self, steps):
        by_mouse(steps, 0, self.ONE, self.ONE.solution)
        assert stands(steps)[0] == "Question 1: right"
        before = steps.page.locator(".ck-card-marks").first.bounding_box()
        way(steps, "Next").click()
        assert self.shown(steps) == [False, True, False]
        assert focused(steps).endswith("Question 2 of 3")
        said = steps.page.locator(".ck-card").first.locator("> [aria-live]")
        assert said.inner_text() == "Question 2 of 3: open"
        # What one looks at stays where it is.
        assert steps.page.locator(".ck-card-marks").first.bounding_box() == before

    def test_what_stands_below_does_not_move_up_to_the_reader(self, steps):
        list_ = steps.page.locator(".ck-card-items").first
        now = list_.bounding_box()["height"]
        way(steps, "Back").click()
        assert list_.bounding_box()["height"] >= min(now, 460)
        assert heading(steps) == "Question 1 of 3"

    def test_a_mark_leads_to_its_question_and_says_how_it_stands_without_colour(self, steps):
        marks = steps.page.locator(".ck-card").first.locator(".ck-card-marks button")
        marks.nth(2).click()
        assert heading(steps) == "Question 3 of 3"
        assert marks.nth(2).get_attribute("aria-current") == "step"
        assert marks.nth(0).inner_text().split() == ["1", "✓"]
        assert marks.nth(1).inner_text().split() == ["2"]

    def test_after_the_last_an_open_one_comes_before_the_end(self, steps):
        wrong = {pair.key: self.THREE.options[0].key for pair in self.THREE.pairs}
        by_mouse(steps, 2, self.THREE, wrong)
        assert stands(steps)[2] in ("Question 3: partly right", "Question 3: not right")
        way(steps, "Next open question").click()
        assert heading(steps) == "Question 2 of 3"

    def test_who_comes_back_stands_at_the_first_open_question(self, steps):
        if form(steps, 0).get_by_role("button", name="Check").count():
            by_mouse(steps, 0, self.ONE, self.ONE.solution)
        restart(steps, ".ck-card-status")
        assert heading(steps) == "Question 2 of 3"
        assert stands(steps)[0] == "Question 1: right"

    def test_the_end_says_what_is_mastered_what_returns_and_how_sure_against_how_right(self, steps):
        by_mouse(steps, 1, self.TWO, self.TWO.solution)
        form(steps, 2)
        way(steps, "See the result").click()
        assert focused(steps).endswith("All 3 answered.")
        told = steps.page.locator(".ck-card-end").first.inner_text()
        for part in (
            f"What you got right\n\n{self.TWO.objective}\n",
            f"What is still open\n\n{self.THREE.objective} (question 3)\n",
            "Tomorrow: question 3. In 3 days: questions 1 and 2.",
            "Of 3 answers at 80% you had 2 right.",
        ):
            assert part in told
        assert steps.problems() == []

    def test_a_finished_quiz_opens_at_its_end_and_leads_back(self, steps):
        restart(steps, ".ck-card-status")
        assert heading(steps) == "All 3 answered."
        way(steps, "Back").click()
        assert heading(steps) == "Question 3 of 3"

    def test_paper_shows_all_questions(self, steps):
        steps.page.emulate_media(media="print")
        assert self.shown(steps) == [True, True, True]
        expect(steps.page.locator(".ck-card-item .ck-card-label").nth(1)).to_be_visible()
        assert steps.page.locator(".ck-card-marks").first.is_hidden()
        steps.page.emulate_media(media="screen")

    def test_a_test_can_be_put_off_and_stays_so(self, steps):
        card = steps.page.locator(".ck-card").nth(2)
        whole = card.bounding_box()["height"]
        card.get_by_role("button", name="Later").click()
        assert focused(steps).endswith("Go on")
        assert card.inner_text().split("\n") == [
            "Go on",
            "Before the course: put off. 0 of 15 answered.",
        ]
        assert card.bounding_box()["height"] < min(80, whole)
        restart(steps, ".ck-card-put-off")
        card.get_by_role("button", name="Go on").click()
        assert focused(steps).endswith("Question 1 of 15")
        restart(steps, ".ck-card-status")
        expect(card.get_by_role("button", name="Later")).to_be_visible()
        expect(
            steps.page.locator(".ck-card").first.get_by_role("button", name="Later")
        ).to_have_count(0)


@pytest.fixture(scope="class")
def incomplete(make):
    with make("incomplete", 'quiz("02", only=["02-q3", "02-q2", "02-q8"])') as notebook:
        yield notebook


class TestAnIncompleteAnswer:
    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_is_met_with_words_and_the_focus(self, incomplete, place):
        item = form(incomplete, place)
        item.get_by_role("button", name="Check").click()
        errors = item.locator(".ck-card-error:visible").all_inner_texts()
        assert len(errors) == 2
        expect(item.locator(":focus")).to_have_count(1)
        first = item.locator(":focus")
        assert first.get_attribute("aria-invalid") == "true"
        described = first.get_attribute("aria-describedby").split()
        words = [incomplete.page.locator(f"#{id}").inner_text() for id in described]
        assert errors[0] in words

    def test_an_answer_without_confidence_is_not_checked(self, incomplete):
        item = form(incomplete, 0)
        item.locator(".ck-card-choice").first.click()
        item.get_by_role("button", name="Check").click()
        (error,) = item.locator(".ck-card-error:visible").all_inner_texts()
        assert error.startswith("Say how sure you are")
        assert status(incomplete) == "0 of 3 answered."

    def test_what_is_no_number_stays_and_is_explained(self, incomplete):
        item = form(incomplete, 1)
        item.locator("input[type='text']").fill("sixteen")
        item.get_by_label("50%").click()
        item.get_by_role("button", name="Check").click()
        item.locator(".ck-card-error:visible", has_text="sixteen").wait_for()
        assert item.locator("input[type='text']").input_value() == "sixteen"
        assert item.get_by_label("50%").is_checked()


@pytest.fixture(scope="class")
def faulty(make):
    asked = 'quiz("02", only=["02-q3", "02-q6", "02-q2", "02-q8"])'
    cells = ["credences('start')", "predict('02-members')", asked, "note('02-many', 'Which?')"]
    with make("faulty", *cells) as notebook:
        yield notebook


def complaints(card):
    """What is said below each field, by its label or question."""
    return card.evaluate(
        """card => Object.fromEntries([...card.querySelectorAll('.ck-card-field')]
            .filter(field => field.querySelector('.ck-card-error')?.textContent)
            .map(field => [field.querySelector('label, legend').textContent,
                field.querySelector('.ck-card-error').textContent]))"""
    )


def fill(card, *values):
    for number, value in zip(card.locator(".ck-card-small").all(), values, strict=True):
        number.fill(value)


class TestWhatIsWrong:
    def test_stands_at_the_field_it_is_about_and_the_focus_goes_there(self, faulty):
        card = faulty.page.locator(".ck-card").nth(0)
        fill(card, "5", "5", "5", "140", "5")
        card.get_by_role("button").click()
        card.locator(".ck-card-error:visible").wait_for()
        ((claim, said),) = complaints(card).items()
        assert claim.startswith("C39.")
        assert said.startswith("140% is no probability.")
        assert card.locator(":focus").input_value() == "140"
        expect(card.locator(".ck-card-small[aria-invalid]")).to_have_count(1)

    def test_goes_as_soon_as_something_else_stands_there(self, faulty):
        card = faulty.page.locator(".ck-card").nth(0)
        before = card.get_by_role("button").bounding_box()
        faulty.page.keyboard.type("0")
        assert complaints(card) == {}
        expect(card.locator("[aria-invalid]")).to_have_count(0)
        expect(card.locator(".ck-card-error:visible")).to_have_count(0)
        assert card.get_by_role("button").bounding_box() == before, "moves from the pointer"

    def test_stands_at_the_point_of_a_curve(self, faulty):
        card = faulty.page.locator(".ck-card").nth(1)
        fill(card, "16", "19", "20 apples", "51", "0,5")
        card.get_by_role("button").click()
        card.locator(".ck-card-error:visible").wait_for()
        (said,) = complaints(card).values()
        assert re.search("At 2004: .*in members.* At 2009: 51 members", said)
        wrong = [one.input_value() for one in card.locator(".ck-card-small[aria-invalid]").all()]
        assert wrong == ["20 apples", "51"]
        assert card.locator(":focus").input_value() == "20 apples"

    def test_goes_when_a_curve_is_drawn(self, faulty):
        card = faulty.page.locator(".ck-card").nth(1)
        box = card.locator("svg").bounding_box()
        faulty.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 60)
        assert complaints(card) == {}
        expect(card.locator("[aria-invalid]")).to_have_count(0)

    def test_goes_for_each_kind_of_field_by_mouse_and_by_keyboard(self, faulty):
        note = form(faulty, 6)
        for place in (2, 3, 4, 5):
            item = form(faulty, place)
            item.get_by_role("button", name="Check").click()
            assert len(complaints(item)) == 2
        note.get_by_role("button").click()
        assert len(complaints(note)) == 1
        faulty.page.keyboard.type("A")
        assert complaints(note) == {}
        for place in (2, 3):
            form(faulty, place).locator(".ck-card-choice").first.click()
        form(faulty, 4).locator("input[type='text']").focus()
        faulty.page.keyboard.type("1")
        for place in (2, 3, 4):
            item = form(faulty, place)
            assert list(complaints(item)) == ["How sure are you?"]
            item.get_by_label("70%").focus()
            faulty.page.keyboard.press("Space")
            assert complaints(item) == {}
            expect(item.locator("[aria-invalid]")).to_have_count(0)
        match = form(faulty, 5)
        lines = match.locator("select")
        for place in range(lines.count()):
            assert match.locator("select[aria-invalid]").count() == lines.count() - place
            lines.nth(place).select_option(index=1)
        assert list(complaints(match)) == ["How sure are you?"]
        assert faulty.problems() == []


@pytest.fixture(scope="class")
def predictions(make):
    ids = ("02-members", "02-seven", "02-border")
    cells = [f"{call}('{id}')" for id in ids for call in ("predict", "reveal")]
    with make("predictions", *cells, height=1400) as notebook:
        yield notebook


class TestPredictions:
    def test_nothing_is_locked_in_before_every_value_is_set(self, predictions):
        card, answer = (predictions.page.locator(".ck-card").nth(n) for n in (0, 1))
        assert "Predict first." in answer.inner_text()
        card.get_by_role("button", name="Lock in my prediction").click()
        assert "Set a value at each place" in card.locator(".ck-card-error:visible").inner_text()
        assert predictions.page.evaluate("() => document.activeElement.type") == "range"

    def test_a_curve_to_draw_shows_handles_and_says_how(self, predictions):
        card = predictions.page.locator(".ck-card").first
        expect(card.get_by_text("Click on a line, or drag a circle")).to_be_visible()
        expect(card.locator("svg circle.ck-card-waits:visible")).to_have_count(5)
        expect(card.locator("input.ck-card-unset")).to_have_count(5)
        assert not any(field.input_value() for field in card.locator(".ck-card-small").all())
        names = card.locator("svg text[text-anchor='end']").filter(has_text=re.compile(r"^\d"))
        ends = [name["x"] + name["width"] for name in (one.bounding_box() for one in names.all())]
        assert len(ends) == 3
        first = card.locator("svg circle.ck-card-waits").first.bounding_box()
        assert max(ends) < first["x"], "the handle lies on the name of a line"

    def test_a_curve_is_drawn_by_mouse(self, predictions):
        page = predictions.page
        box = page.locator(".ck-card svg").first.bounding_box()
        page.mouse.move(box["x"] + 20, box["y"] + 60)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 5, box["y"] + 60, steps=25)
        page.mouse.up()
        values = [field.input_value() for field in page.locator(".ck-card-small").all()]
        assert all(values)
        assert len(set(values)) == 1
        card = page.locator(".ck-card").first
        expect(card.locator("svg circle:visible")).to_have_count(5)
        expect(card.locator(".ck-card-waits, .ck-card-unset")).to_have_count(0)
        page.mouse.dblclick(box["x"] + 60, box["y"] + 60)
        assert page.evaluate("() => String(getSelection())") == "", "drawing selects words"

    def test_a_curve_is_drawn_by_keyboard_and_the_reveal_answers(self, predictions):
        card, answer = (predictions.page.locator(".ck-card").nth(n) for n in (0, 1))
        card.locator("input[type='range']").first.focus()
        for place in range(5):
            for key in ("Home", *["ArrowRight"] * place, "Tab", "Tab"):
                predictions.page.keyboard.press(key)
        values = [field.input_value() for field in card.locator("input[type='text']").all()]
        assert values == ["0", "1", "2", "3", "4"]
        predictions.page.keyboard.press("Enter")
        card.locator(".ck-card-verdict", has_text="Locked in").wait_for()
        answer.locator("img").wait_for()
        assert "16, 19, 26, 28 and 32 members" in answer.inner_text()

    def test_it_cannot_be_changed(self, predictions):
        card = predictions.page.locator(".ck-card").first
        assert all(box.is_disabled() for box in card.locator("input").all())
        expect(card.get_by_role("button")).to_have_count(0)

    def test_a_number_by_mouse(self, predictions):
        card, answer = (predictions.page.locator(".ck-card").nth(n) for n in (2, 3))
        card.locator("input").fill("40")
        card.get_by_role("button").click()
        answer.locator(".ck-card-verdict", has_text="Too high").wait_for()
        mine, theirs = answer.locator("dd").all()
        assert [mine.inner_text(), theirs.inner_text()] == ["40 members", "25 members"]
        assert mine.bounding_box()["y"] == theirs.bounding_box()["y"], "not side by side"

    def test_the_answer_is_shown_at_a_press_to_who_does_not_predict(self, predictions):
        card, answer = (predictions.page.locator(".ck-card").nth(n) for n in (4, 5))
        show = answer.get_by_role("button", name="Show the answer without a prediction")
        show.press("Enter")
        answer.locator("dt", has_text="The answer").wait_for()
        expect(answer.locator(".ck-card-feedback")).to_be_focused()
        expect(show).to_have_count(0)
        expect(answer.locator("dd")).to_have_count(1)
        expect(card.get_by_role("button", name="Lock in my prediction")).to_be_enabled()

    def test_both_survive_a_restart(self, predictions):
        restart(predictions, ".ck-card-values")
        cards = predictions.page.locator(".ck-card")
        assert "Locked in: 40 members." in cards.nth(2).inner_text()
        assert "Too high" in cards.nth(3).inner_text()
        assert predictions.problems() == []


@pytest.fixture(scope="class")
def judgements(make):
    cells = ["credences('start')", "credences('end')", "credence_review()"]
    with make(
        "credences", *cells, "note('02-many', 'Which states are unstable?')", height=1400
    ) as notebook:
        yield notebook


class TestCredencesAndNotes:
    def test_a_slider_without_a_value_takes_one_by_key(self, judgements):
        slider = judgements.page.locator("input[type='range']").first
        assert slider.get_attribute("aria-valuetext") == "not chosen yet"
        slider.focus()
        judgements.page.keyboard.press("Home")
        assert judgements.page.locator(".ck-card-small").first.input_value() == "0"
        assert slider.get_attribute("aria-valuetext") is None

    def test_start_end_and_review(self, judgements):
        start, end, review = (judgements.page.locator(".ck-card").nth(n) for n in range(3))
        for card, values in ((start, "40 50 70 20 60"), (end, "60 50 40 35 66")):
            fill(card, *values.split())
            card.get_by_role("button").click()
        end.get_by_text("20 points higher").wait_for()
        end.get_by_role("button", name="Keep my reasons").click()
        expect(end.locator(".ck-card-error:visible")).to_have_count(4)
        for box in end.locator("textarea").all():
            box.fill("The rates of the second judgements.")
        end.get_by_role("button", name="Keep my reasons").click()
        review.locator("td", has_text="−30").wait_for()
        assert review.locator("img").get_attribute("alt").startswith("Probability at the start")
        assert judgements.problems() == []

    def test_a_note_is_kept(self, judgements):
        card = judgements.page.locator(".ck-card").nth(3)
        card.locator("textarea").fill("abdd: those with deaths.")
        card.get_by_role("button").click()
        card.get_by_text("Kept.").wait_for()
        restart(judgements, ".ck-card textarea")
        text = judgements.page.locator(".ck-card").nth(3).locator("textarea")
        assert text.input_value() == "abdd: those with deaths."


@pytest.fixture(scope="class")
def written(make):
    cells = ["note('02-many', 'Which states are unstable?')", "predict('02-seven')"]
    cells += ['quiz("02", only=["02-q5", "02-q8"])', 'quiz("02", only=["02-q10"])']
    with make("written", *cells, height=1400) as notebook:
        yield notebook


def kept_in_browser(notebook, text):
    until(
        notebook.page,
        f"the browser keeps {text!r} as a draft",
        "text => Object.values({ ...localStorage }).some((draft) => draft.includes(text))",
        text,
    )


# How often each box was run; JupyterLab may draw the numbers beside the boxes later.
RUNS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .map(cell => cell.model.executionCount ?? null)"""


class TestWhatIsWrittenAndNotYetSent:
    @pytest.mark.parametrize("keys", ["Shift+Enter", "Control+Enter"])
    def test_keys_that_run_a_box_keep_what_stands_in_a_field(self, written, keys):
        box = written.page.locator(".ck-card textarea").first
        runs = written.page.evaluate(RUNS)
        box.fill(f"Kept by {keys}")
        box.press(keys)
        written.page.locator(".ck-card").first.get_by_text("Kept. You can change it").wait_for()
        written.settled()
        assert box.input_value() == f"Kept by {keys}"
        assert written.page.evaluate(RUNS) == runs
        record = "__import__('sys').modules['coursekit.record'].record()"
        told = written.ask_kernel(f"{record}.statements('noted')[-1]['result']['response']")
        assert told == f"Kept by {keys}"

    @pytest.mark.parametrize("loss", ["run again", "restart", "reload"])
    def test_it_comes_back(self, written, loss):
        note = written.page.locator(".ck-card textarea").first
        guess = written.page.locator(".ck-card").nth(1).locator("input[type='text']")
        note.fill(f"Half a thought before {loss}")
        guess.fill("17")
        kept_in_browser(written, f"before {loss}")
        kept_in_browser(written, '"17"')
        if loss == "restart":
            written.restart()
        elif loss == "reload":
            written.reload()
        written.run_all()
        note.wait_for()
        assert note.input_value() == f"Half a thought before {loss}"
        assert guess.input_value() == "17"

    def test_a_short_answer_comes_back_before_it_is_sent_and_before_it_is_rated(self, written):
        card = written.page.locator(".ck-card").last
        words, rating = card.locator("textarea"), card.get_by_text("Does your answer say")
        words.fill("They had left another alliance.")
        kept_in_browser(written, "another alliance")
        written.restart()
        written.run_all()
        expect(words).to_have_value("They had left another alliance.")
        card.get_by_role("button", name="Compare with a model answer").click()
        expect(rating).to_be_visible()
        written.settled()
        written.restart()
        written.run_all()
        expect(rating).to_be_visible()
        expect(words).to_have_value("They had left another alliance.")
        assert written.problems() == []

    def test_it_is_gone_from_the_browser_when_it_is_sent(self, written):
        card = written.page.locator(".ck-card").nth(1)
        card.locator("input[type='text']").fill("18")
        kept_in_browser(written, '"18"')
        card.get_by_role("button").click()
        card.locator(".ck-card-verdict", has_text="Locked in").wait_for()
        drafts = written.page.evaluate("() => Object.keys(localStorage)")
        assert not [name for name in drafts if name.startswith("coursekit") and "seven" in name]
        assert written.problems() == []

    def test_no_card_scrolls_inside_itself(self, written):
        written.page.locator(".ck-card-items").last.wait_for()
        inner = written.page.evaluate(
            """() => [...document.querySelectorAll('.jp-OutputArea-output')]
                .filter((output) => output.querySelector('.ck-card'))
                .flatMap((output) => [output, ...output.querySelectorAll('*')])
                .filter((part) => /auto|scroll/.test(getComputedStyle(part).overflowY)
                    && part.scrollHeight > part.clientHeight && !part.matches('textarea'))
                .map((part) => `${part.className}: ${part.scrollHeight} in ${part.clientHeight}`)"""
        )
        assert inner == []


HOSTILE = [
    "<script>window.harm=1</script>",
    "<img src=x onerror=window.harm=2>",
    "<svg onload=window.harm=3></svg>",
    "\"><img src=x onerror='window.harm=4'>",
    "<iframe srcdoc='<script>parent.harm=5</script>'></iframe>",
    "<a href='javascript:window.harm=6'>here</a>",
    "<details open ontoggle=window.harm=7>more</details>",
    "<input autofocus onfocus=window.harm=8>",
    "</textarea></option></select><script>window.harm=9</script>",
    "<style>* { display: none }</style>",
    "{{constructor.constructor('window.harm=10')()}} ${window.harm=10}",
    "<math><mtext><img src=x onerror=window.harm=11></mtext></math>",
    "<object data='javascript:window.harm=12'></object>",
    "' onmouseover='window.harm=13' x='",
    "&lt;script&gt;window.harm=14&lt;/script&gt; &amp; <b>bold</b>",
    "<template><script>window.harm=15</script></template><!-- -->",
]


ELSEWHERE = """from coursekit.forms.fields import item
from coursekit.widgets.card import Card
picture = {"src": "https://example.org/x.png", "alt": "a picture"}
Card([item("p", [], feedback={"title": "From elsewhere", "picture": picture})])"""


def documents():
    """A bank and a prediction whose every text is hostile."""
    questions = [
        {
            "id": f"90-q{place}",
            "objective": text,
            "claims": [],
            "stem": text,
            "type": "single",
            "difficulty": 1,
            "explanation": f"{text} explained",
            "options": {
                "a": {"text": f"{text} a", "why": f"{text} why", "misconception": text},
                "b": {"text": f"{text} b", "why": text, "right": True},
            },
        }
        for place, text in enumerate(HOSTILE, 1)
    ]
    pairs = {f"p{n}": {"text": t, "match": "a", "why": t} for n, t in enumerate(HOSTILE[:3], 1)}
    questions.append(
        {**questions[0], "id": "90-q40", "type": "match", "pairs": pairs}
        | {"options": {"a": {"text": HOSTILE[0]}, "b": {"text": HOSTILE[8]}}}
    )
    questions.append(
        {**questions[1], "id": "90-q41", "type": "numeric", "answer": 1, "unit": HOSTILE[2]}
        | {"options": {}, "tolerance": 0}
    )
    yield "quizzes", {"notebook": "90", "title": HOSTILE[0], "questions": questions}
    options = [{"key": str(n), "text": t, "says": t} for n, t in enumerate(HOSTILE[:6])]
    prediction = {"id": "90-way", "kind": "choice", "truth": "'1'", "options": options}
    prediction |= {"ask": HOSTILE[4], "help": HOSTILE[5], "explain": HOSTILE[6]}
    yield "predictions", {"notebook": "90", "predictions": [prediction]}


def harm(notebook):
    """What a page would hold in which a text had become markup."""
    return notebook.page.evaluate(
        """() => {
            const roots = [...document.querySelectorAll('.jp-OutputArea-output')];
            const tags = 'script, iframe, object, embed, style:not(svg style), template, math, '
                + 'details[open], a[href^="javascript"], img:not(.ck-card-picture), '
                + '.ck-card svg, .ck-card b';
            const inside = roots.flatMap((root) => [...root.querySelectorAll('*')]);
            return {
                ran: window.harm ?? null,
                tags: inside.filter((e) => e.matches(tags)).map((e) => e.outerHTML),
                handlers: inside.filter((e) =>
                    [...e.attributes].some((a) => a.name.startsWith('on'))).length,
            };
        }"""
    )


def check(notebook, place):
    """Check an answer that has been given, as a guess."""
    form(notebook, place).get_by_label("50%").click()
    form(notebook, place).get_by_role("button", name="Check").click()
    answered(notebook, place)


@pytest.fixture(scope="class")
def hostile(make, root, tmp_path_factory):
    content = tmp_path_factory.mktemp("content")
    (content / "datasets").symlink_to(root / "datasets")
    for kind, document in documents():
        place = content / "exercises" / kind
        place.mkdir(parents=True)
        (place / "90_hostile.yaml").write_text(yaml.safe_dump(document))
    show = "from IPython.display import HTML\nHTML(quiz('90')._repr_mimebundle_()[0]['text/html'])"
    name = f"from coursekit.record import record\nrecord().name = {HOSTILE[1]!r}"
    progress = "from coursekit.widgets.progress import progress\nprogress()"
    opened = make(
        "hostile",
        "quiz('90')",
        "predict('90-way')",
        "reveal('90-way')",
        f"note('90-note', {HOSTILE[8]!r})",
        show,
        name,
        progress,
        ELSEWHERE,
        content=content,
        height=1600,
    )
    with opened as notebook:
        yield notebook


class TestHostileTexts:
    def test_bring_no_picture_from_elsewhere(self, hostile):
        hostile.page.locator(".ck-card-verdict", has_text="From elsewhere").wait_for()
        expect(hostile.page.locator("img[src*='example.org']")).to_have_count(0)
        assert not [address for address in hostile.addresses if "example.org" in address]

    def test_are_shown_as_text_and_do_nothing(self, hostile):
        assert harm(hostile) == {"ran": None, "tags": [], "handlers": 0}
        stems = hostile.page.locator(".ck-card").first.locator(".ck-card-stem").all_text_contents()
        assert stems[: len(HOSTILE)] == HOSTILE

    def choose(self, notebook, place, text):
        """Answer a question by its first option, unless that was done before."""
        item = form(notebook, place)
        if item.get_by_role("button", name="Check").count():
            item.locator(".ck-card-choice", has_text=f"{text} a").click()
            check(notebook, place)
        return item.locator(".ck-card-feedback").inner_text()

    def test_in_the_feedback_too(self, hostile):
        for place, text in enumerate(HOSTILE):
            told = self.choose(hostile, place, text)
            for part in (f"{text} a", f"{text} why", f"“{text}”", f"{text} explained"):
                assert " ".join(part.split()) in " ".join(told.split())
        assert harm(hostile) == {"ran": None, "tags": [], "handlers": 0}

    def test_at_the_end_of_a_quiz_too(self, hostile):
        for place, text in enumerate(HOSTILE):
            self.choose(hostile, place, text)
        place = len(HOSTILE)
        for line in form(hostile, place).locator("select").all():
            line.select_option(index=1)
        check(hostile, place)
        field = form(hostile, place + 1).locator("input[type='text']")
        field.fill(HOSTILE[1])
        form(hostile, place + 1).get_by_label("50%").click()
        form(hostile, place + 1).get_by_role("button", name="Check").click()
        form(hostile, place + 1).locator(".ck-card-error:visible").wait_for()
        assert harm(hostile) == {"ran": None, "tags": [], "handlers": 0}
        field.fill("1")
        check(hostile, place + 1)
        way(hostile, "See the result").click()
        told = hostile.page.locator(".ck-card-end").first.text_content()
        for text in HOSTILE:
            assert text in told
        assert harm(hostile) == {"ran": None, "tags": [], "handlers": 0}

    def test_in_predictions_and_in_what_a_student_writes(self, hostile):
        cards = hostile.page.locator(".ck-card")
        cards.nth(1).locator(".ck-card-choice").first.click()
        cards.nth(1).get_by_role("button").click()
        cards.nth(2).get_by_text(HOSTILE[6]).wait_for()
        for text in HOSTILE:
            cards.nth(3).locator("textarea").fill(text)
            cards.nth(3).get_by_role("button").click()
            cards.nth(3).get_by_text("Kept.").wait_for()
        assert harm(hostile) == {"ran": None, "tags": [], "handlers": 0}
        assert hostile.problems() == []

    def test_in_the_html_of_a_stored_notebook_and_in_a_name(self, hostile):
        stored = hostile.page.locator(".jp-RenderedHTML").first.text_content()
        for text in HOSTILE:
            assert text in stored
        expect(hostile.page.get_by_text(f"Progress of {HOSTILE[1]}")).to_have_count(1)


@pytest.fixture(scope="module", params=["Light", "Dark"])
def cards(make, request):
    ids = ("02-members", "02-seven", "02-risk")
    predictions = [f"{call}('{id}')" for id in ids for call in ("predict", "reveal")]
    rest = ["credences('start')", "credences('end')", "credence_review()", "note('a', 'What?')"]
    name = f"axe-{request.param.lower()}"
    with make(name, 'quiz("02")', *predictions, *rest, height=9000) as notebook:
        notebook.use_theme(request.param)
        yield notebook
        notebook.use_theme("Light")


class TestAccessibility:
    def test_of_all_cards_as_they_open(self, cards, checker):
        assert axe.grave_violations(cards.page.locator(".ck-card"), checker, cards.theme) == []

    def test_of_all_cards_with_errors_and_answers(self, cards, checker):
        page = cards.page
        for place, one in enumerate(QUESTIONS):
            if one.type in ("single", "multiple", "order", "numeric"):
                key = one.options[-1].key if one.options else "3"
                wrong = {"multiple": [key], "order": one.order, "numeric": "3"}.get(one.type, key)
                by_mouse(cards, place, one, wrong)
            else:
                form(cards, place).locator("button[type='submit']").click()
        for nth in (1, 3, 5):
            card = page.locator(".ck-card").nth(nth)
            for field in card.locator("input[type='text']").all():
                field.fill("20")
            if card.locator("input[type='radio']").count():
                card.locator("input[type='radio']").first.click()
            card.get_by_role("button").click()
        page.locator(".ck-card").nth(2).locator("img").wait_for()
        for nth, value in ((7, "30"), (8, "60")):
            card = page.locator(".ck-card").nth(nth)
            for field in card.locator("input[type='text']").all():
                field.fill(value)
            card.get_by_role("button").click()
        page.locator(".ck-card").nth(8).get_by_text("30 points higher").first.wait_for()
        page.locator(".ck-card").nth(9).locator("table").wait_for()
        for place in range(len(QUESTIONS)):
            form(cards, place)
            assert axe.grave_violations(page.locator(".ck-card"), checker, cards.theme) == []

    def test_of_the_end_of_a_quiz(self, cards, checker):
        for place, one in enumerate(QUESTIONS):
            if one.type in ("match", "short"):
                by_mouse(cards, place, one, one.solution)
        form(cards, len(QUESTIONS) - 1)
        way(cards, "See the result").click()
        assert axe.grave_violations(cards.page.locator(".ck-card"), checker, cards.theme) == []
        for width in (1300, 400):
            cards.resize(width, 9000)
            assert sticking_out(cards) == []


@pytest.mark.parametrize("place", range(len(QUESTIONS)))
@pytest.mark.parametrize("width", [1300, 400])
def test_nothing_sticks_out(cards, width, place):
    cards.resize(width, 9000)
    form(cards, place)
    assert sticking_out(cards) == []


def sticking_out(cards):
    return cards.page.evaluate(
        """() => [...document.querySelectorAll('.ck-card')].flatMap((card) => {
            const box = card.getBoundingClientRect();
            return [...card.querySelectorAll('*')].filter((part) => {
                const place = part.getBoundingClientRect();
                return place.width > 1 && !part.closest('.ck-card-scroll, .ck-card-hidden')
                    && (place.right > box.right + 1 || place.left < box.left - 1);
            }).map((part) => `${part.tagName} ${part.className}: ${part.textContent}`);
        })"""
    )
