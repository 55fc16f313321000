"""What a student sees of an error: the sentence, and her own line."""

import subprocess
import sys

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from coursekit.content import MissingFolder
from coursekit.data import load
from coursekit.errors import CourseError, unknown

TYPO = 'ck.load("memebers")'
NO_HISTORY = Config({"HistoryManager": {"enabled": False}})
SENTENCE = "There is no table 'memebers'. Did you mean 'members'?"


@pytest.fixture
def run(capsys):
    """Run boxes in IPython and give back what it shows."""
    shell = InteractiveShell.instance(config=NO_HISTORY, colors="nocolor")

    def running(*boxes):
        for box in boxes:
            shell.run_cell(box)
        return capsys.readouterr().out

    running("import coursekit as ck")
    yield running
    InteractiveShell.clear_instance()


class TestInANotebook:
    def test_a_box_of_one_line_shows_the_sentence_alone(self, run):
        shown = run(TYPO).strip()
        with pytest.raises(CourseError) as raised:
            load("memebers")
        assert " ".join(shown.split()) == f"CourseError: {raised.value}"
        assert max(map(len, shown.splitlines())) <= 80

    def test_a_longer_box_shows_the_line_that_it_came_from(self, run):
        shown = run(f"tables = []\nfor name in range(3):\n    tables.append({TYPO})\n")
        assert SENTENCE in shown
        assert f"It came up in line 3 of this box:\n    tables.append({TYPO})" in shown
        assert "coursekit/" not in shown

    def test_a_function_of_an_earlier_box_is_found(self, run):
        shown = run(f"def mine():\n    return {TYPO}", "x = 1\nmine()")
        assert f"It came up in line 2 of an earlier box:\n    return {TYPO}" in shown

    def test_so_do_errors_that_say_what_they_are_by_their_name(self, run):
        shown = run(
            "from coursekit.content import folder\nfolder('slides')",
        )
        assert "MissingFolder: The course's folder 'slides' is missing." in shown
        assert "content.py" not in shown

    def test_an_error_in_a_library_shows_the_students_line_and_what_was_wrong(self, run):
        run("from coursekit.cells import watch; watch()")
        shown = run("members = ck.load('members')\nfor name in ['iso3', 'nam']:\n    members[name]")
        assert "----> 3     members[name]" in shown and "KeyError: 'nam'" in shown
        assert "site-packages" not in shown and len(shown.splitlines()) < 12
        assert "site-packages" in run("%tb")
        assert "get_loc" in run("%xmode Verbose", "members['nam']")

    def test_so_does_one_that_came_up_in_a_function_of_an_earlier_box(self, run):
        run("from coursekit.cells import watch; watch()", "def share(a, b):\n    return a / b")
        shown = run("share(1, 0)")
        assert "share(1, 0)" in shown and "return a / b" in shown
        assert "ZeroDivisionError: division by zero" in shown

    def test_so_does_a_function_that_calls_itself_for_ever(self, run):
        run(
            "from coursekit.cells import watch; watch()", "def deeper(n):\n    return deeper(n + 1)"
        )
        shown = run("deeper(0)")
        assert "return deeper(n + 1)" in shown and "RecursionError: maximum recursion" in shown

    def test_the_debugger_starts_where_the_error_was_raised(self, run):
        run(TYPO)
        at = sys.last_traceback
        while at.tb_next:
            at = at.tb_next
        assert at.tb_frame.f_globals["__name__"].startswith("coursekit.")

    def test_who_wants_all_lines_gets_them(self, run):
        shown = run(TYPO, "%xmode Verbose", "%tb", "%xmode Context")
        _, everything = shown.split("Exception reporting mode: Verbose")
        assert "coursekit/data.py" in everything
        assert SENTENCE in everything

    def test_other_errors_look_as_ever(self, run):
        shown = run("x = 1\nck.load(*[])")
        assert "TypeError" in shown
        assert "Traceback (most recent call last)" in shown


def test_a_letter_typed_for_a_digit_leads_to_the_name_that_was_meant():
    claims = [f"C{number:02}" for number in range(1, 46)]
    for typed, meant in {"CO3": "C03", "c1O": "C10", "Cl3": "C13"}.items():
        assert f"Did you mean '{meant}'?" in str(unknown("claim", typed, claims))


def test_outside_a_notebook_python_shows_its_traceback():
    command = [sys.executable, "-c", f"import coursekit as ck; {TYPO}"]
    said = subprocess.run(command, capture_output=True, text=True).stderr
    assert "Traceback (most recent call last)" in said
    assert f"CourseError: {SENTENCE}" in said


def test_a_missing_folder_is_an_error_of_the_course_and_of_the_system():
    assert issubclass(MissingFolder, CourseError)
    assert issubclass(MissingFolder, FileNotFoundError)
    assert str(MissingFolder("Gone.")) == "Gone."
