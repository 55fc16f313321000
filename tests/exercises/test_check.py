"""What a student sees after ck.check: what was called, what came back, one hint at a time."""

import signal
import sys
import threading
import time
import warnings
from collections import deque, namedtuple
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from html.parser import HTMLParser
from types import MappingProxyType, ModuleType

import numpy as np
import pandas as pd
import pytest
import yaml
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import coursekit.checks
from coursekit import cells
from coursekit.checks import check
from coursekit.checks.comparing import same
from coursekit.checks.limits import TooSlow, time_limit
from coursekit.checks.result import Result
from coursekit.checks.running import MISSING, unchanged
from coursekit.checks.sheet import parse
from coursekit.checks.tasks import task
from coursekit.checks.verdict import judge, words
from coursekit.errors import CourseError
from coursekit.record import record

SHEET = """
set: "42"
title: A small set
setup: |
  table = pd.DataFrame({"year": [1999, 2004], "joined": [3, 7]})
tasks:
  double:
    kind: code
    arguments: [number]
    returns: int
    seconds: 0.3
    answer: 2 * number
    hints: [Look at two., Think of plus., number + number.]
    mistakes:
      - {name: squared, gives: number ** 2, says: You squared it.}
    checks:
      - {call: double(3), points: 1}
      - {call: double(10), points: 1, hidden: true, hint: Try ten.}
  joined_in:
    kind: code
    arguments: [table, year]
    returns: int
    answer: int(table.set_index("year")["joined"][year])
    hints: [a, b, c]
    checks:
      - call: joined_in(table, 2004)
      - {call: "joined_in(table, 1999)", hidden: true, points: 1}
  share:
    kind: explore
    returns: float
    answer: 0.25
    hints: [a, b, c]
    checks:
      - {call: share > 0, equals: true}
      - {hidden: true, points: 1}
  ends:
    kind: code
    arguments: [k]
    returns: tuple
    answer: (k / 100, k / 10)
    hints: [a, b, c]
    checks:
      - call: ends(3)
      - {call: ends(5), hidden: true, points: 1}
  half:
    kind: code
    arguments: [number]
    returns: int or None
    answer: None if number % 2 else number // 2
    hints: [a, b, c]
    checks:
      - call: half(8)
      - {call: half(12), hidden: true, points: 1}
      - {call: half(5), hidden: true, points: 1}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A notebook's folder with a sheet, a record of its own and no attempts so far."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "record"))
    monkeypatch.setattr(coursekit.checks, "_attempts", {})
    (tmp_path / "checks.yaml").write_text(SHEET, encoding="utf-8")
    return tmp_path


def mistake(name, answer):
    """Kind of the first mistake; empty if all is well."""
    verdicts = judge(task(parse(SHEET), name), answer)
    return next((v.mistake for v in verdicts if not v.passed), "")


def said(name, answer):
    return next(v.says for v in judge(task(parse(SHEET), name), answer) if not v.passed)


class TestOutcome:
    def test_says_what_was_called_what_came_back_and_what_was_expected(self, folder):
        text = repr(check("42.double", lambda number: number + 2))
        assert "You called: double(3)" in text
        assert "It returned: 5" in text
        assert "Expected: 6" in text

    def test_a_value_is_shown_with_the_condition_that_it_breaks(self, folder):
        text = repr(check("42.share", -1))
        assert "Your answer: -1" in text
        assert "This should be true: share > 0" in text

    def test_a_function_that_breaks_is_shown_with_its_call_and_no_value(self, folder):
        text = repr(check("42.double", lambda number: number / 0))
        assert "You called: double(3)" in text
        assert "It returned" not in text

    def test_hints_come_one_at_a_time_and_stop_at_the_third(self, folder):
        hints = [check("42.double", lambda number: 0).hint for _ in range(4)]
        assert hints == [
            "Hint 1 of 3: Look at two.",
            "Hint 2 of 3: Think of plus.",
            "Hint 3 of 3: number + number.",
            "Hint 3 of 3: number + number.",
        ]

    def test_hints_begin_anew_after_a_pass(self, folder):
        check("42.double", lambda number: 0)
        assert check("42.double", lambda number: 2 * number).passed
        assert check("42.double", lambda number: 0).hint.startswith("Hint 1")

    def test_the_hints_of_one_task_do_not_use_up_those_of_another(self, folder):
        check("42.double", lambda number: 0)
        assert check("42.share", "x").hint.startswith("Hint 1")

    def test_a_pass_says_how_many_checks(self, folder):
        assert "2 of 2 checks passed" in repr(check("42.double", lambda number: 2 * number))

    def test_in_a_released_set_a_pass_says_that_more_follows(self, folder):
        (folder / "checks.yaml").write_text(SHEET + "released: true\n", encoding="utf-8")
        assert "More checks follow" in repr(check("42.double", lambda number: 2 * number))

    def test_a_worked_solution_comes_when_a_task_that_is_not_marked_is_solved(self, folder):
        sheet = f"released: true\n{SHEET}".replace("kind: code", "kind: further", 1).replace(
            "    seconds: 0.3", "    worked: return 2 * number < 9\n    seconds: 0.3", 1
        )
        (folder / "checks.yaml").write_text(sheet, encoding="utf-8")
        wrong, right = (check("42.double", one)._repr_html_() for one in (abs, lambda n: 2 * n))
        assert "worked solution" not in wrong
        assert "<pre><code>return 2 * number &lt; 9</code></pre></details>" in right
        assert "when your work is marked" not in right

    def test_a_value_that_only_marking_can_judge_is_called_possible(self, folder):
        sheet = parse(SHEET)
        del sheet["tasks"]["share"]["checks"][1]
        (folder / "checks.yaml").write_text(yaml.safe_dump(sheet), encoding="utf-8")
        result = check("42.share", 0.3)
        said = "○ share: A possible value. Whether it is right is marked later."
        assert repr(result) == said
        assert said in result._repr_html_()
        assert not result.passed
        (kept,) = record().statements("checked")
        assert kept["result"] == {"completion": True}

    def test_where_nothing_is_hidden_a_value_is_right_or_wrong(self, folder):
        assert check("42.share", 0.25).passed
        assert repr(check("42.share", 0.3)).startswith("✗ share: 1 of 2 checks passed")

    @pytest.mark.parametrize(
        ("name", "given", "line"),
        [("share", 0.3, "warn"), ("share", 0.25, "success"), ("nothing", 0.3, "content-font")],
    )
    def test_each_outcome_has_a_colour_of_its_own(self, folder, name, given, line):
        sheet = parse(SHEET)
        tasks = sheet["tasks"]
        tasks["nothing"] = {**tasks["share"], "checks": [{"call": "nothing > 0", "equals": True}]}
        (folder / "checks.yaml").write_text(yaml.safe_dump(sheet), encoding="utf-8")
        assert f"solid var(--jp-{line}-color" in check(f"42.{name}", given)._repr_html_()

    def test_the_calls_and_values_of_hidden_checks_stay_hidden(self, folder):
        text = repr(check("42.double", lambda number: 6))
        assert "double(10)" not in text
        assert "20" not in text
        assert "Try ten." in text

    def test_one_known_mistake_is_named_for_all_calls(self):
        assert mistake("double", lambda number: number**2) == "squared"

    def test_whatever_a_student_returns_is_escaped(self, folder):
        html = check("42.double", lambda number: "<script>alert(1)</script>")._repr_html_()
        assert "<script>" not in html
        assert "&lt;script&gt;" in html

    def test_the_page_has_the_same_words_as_the_text(self, folder):
        result = check("42.double", lambda number: 5)

        class Words(HTMLParser):
            text = ""

            def handle_data(self, data):
                self.text += data + " "

        page = Words()
        page.feed(result._repr_html_())
        for label, text in result.lines():
            assert label in page.text
            assert text in page.text

    def test_a_long_answer_is_cut(self, folder):
        text = repr(check("42.ends", lambda k: (1.5,) * 500))
        assert len(text) < 1000


class TestMistakesCaughtEverywhere:
    @pytest.mark.parametrize(
        ("name", "answer", "caught"),
        [
            ("double", MISSING, "not_defined"),
            ("double", ..., "blank"),
            ("double", lambda number: ..., "blank"),
            ("double", lambda number: len(...), "blank"),
            ("double", 6, "not_a_function"),
            ("share", lambda: 0.25, "not_a_value"),
            ("double", lambda: 6, "parameters"),
            ("double", lambda a, b: 6, "parameters"),
            ("double", lambda number: None, "returned_none"),
            ("double", lambda number: print(2 * number), "printed"),
            ("double", lambda number: str(2 * number), "text_for_number"),
            ("double", lambda number: [2 * number], "wrong_type"),
            ("double", lambda number: number == 3, "wrong_type"),
            ("double", lambda number: number / 0, "raised"),
            ("share", 25, "per_cent"),
            ("share", 0.251, "rounded"),
            ("share", 0.3, "wrong_value"),
            ("share", "a quarter", "text_for_number"),
            ("ends", lambda k: (k / 10, k / 100), "reversed"),
            ("ends", lambda k: (k, 10 * k), "per_cent"),
            ("ends", lambda k: (k / 100,), "wrong_value"),
        ],
    )
    def test_each_has_its_name(self, name, answer, caught):
        assert mistake(name, answer) == caught

    def test_none_is_an_answer_only_of_a_function_that_has_others(self):
        sheet = parse(SHEET.replace("returns: int", "returns: int or None", 1))
        sheet["tasks"]["double"]["answer"] = "None if number > 5 else 2 * number"
        asked = task(sheet, "double")
        assert [v.mistake for v in judge(asked, lambda number: None)] == ["returned_none"] * 2
        assert [v.mistake for v in judge(asked, lambda number: 6 if number == 3 else None)] == [
            "",
            "",
        ]

    def test_a_function_that_never_ends_is_stopped(self):
        def double(number):
            while True:
                number += 1

        assert mistake("double", double) == "too_slow"

    def test_leaving_the_program_is_an_error_like_others(self):
        assert mistake("double", lambda number: exit()) == "raised"

    @pytest.mark.parametrize("right", [True, False])
    def test_a_changed_input_is_seen_whether_or_not_the_answer_is_right(self, right):
        def joined_in(table, year):
            table["year"] = table["year"].astype(str)
            return int(table.set_index("year")["joined"][str(year)]) if right else 0

        assert mistake("joined_in", joined_in) == "changed_input"
        assert "table.copy()" in said("joined_in", joined_in)

    def test_sets_are_the_same_in_whatever_order_they_are_listed(self):
        before = {"one": [{8, 16}], "two": (1, {"x": np.arange(2)})}
        assert unchanged(before, {"one": [{16, 8}], "two": (1, {"x": np.arange(2)})})
        assert not unchanged(before, {"one": [{16, 9}], "two": (1, {"x": np.arange(2)})})
        assert not unchanged([1, 2], [1, 2, 3])

    def test_what_one_check_changes_does_not_reach_the_next(self):
        years = []

        def joined_in(table, year):
            years.append(int(table["year"].max()))
            for row in list(table.index):
                table.loc[row, "year"] = 0
            return 3

        judge(task(parse(SHEET), "joined_in"), joined_in)
        assert years == [2004, 2004]

    def test_an_error_is_named_with_its_line(self):
        code = "def double(number):\n    number + 1\n    return nubmer * 2\n"
        space = {}
        exec(compile(code, "cell", "exec"), space)
        text = said("double", space["double"])
        assert "in line 3" in text
        assert "NameError" in text
        assert "does not know this name" in text

    def test_an_error_of_the_course_speaks_for_itself(self):
        def double(number):
            raise CourseError("There is no table 'x'. Use 'members'")

        assert said("double", double).endswith("There is no table 'x'. Use 'members'.")

    @pytest.mark.parametrize("value", [np.int64(6), 6.0, np.float64(6)])
    def test_numbers_of_numpy_and_whole_floats_are_whole_numbers(self, value):
        assert mistake("double", lambda number: value * number / 3) == ""

    @pytest.mark.parametrize("value", [[0.03, 0.3], np.array([0.03, 0.3])])
    def test_a_list_or_an_array_will_do_for_a_tuple(self, value):
        assert mistake("ends", lambda k: [part * k / 3 for part in value]) == ""

    def test_a_tuple_with_names_is_a_tuple(self):
        ends = namedtuple("Ends", "low high")
        assert mistake("ends", lambda k: ends(0.01 * k, 0.1 * k)) == ""

    def test_every_kind_has_a_sentence_that_can_be_filled_in(self):
        given = dict.fromkeys(
            ["name", "kind", "wanted", "arguments", "call", "problem", "where", "meaning"], "x"
        )
        for key, sentence in words().items():
            if isinstance(sentence, str):
                filled = sentence.format(**given, seconds=5, argument="table")
                assert filled.endswith(("?", ".", ":", "x")), key


def lying():
    """A number that says to be equal to everything."""

    class Lying(float):
        def __eq__(self, other):
            return True

        __hash__ = None

    return Lying(7)


class Pretending:
    """It says to be a whole number."""

    __class__ = int

    def __eq__(self, other):
        return True

    __hash__ = None


class Unspeakable:
    def __repr__(self):
        raise ValueError("no words")

    __str__ = __repr__


def endless(number):
    while True:
        try:  # noqa: SIM105
            number += 1
        except:  # noqa: E722
            pass


def generated(number):
    yield number


async def later(number):
    return 2 * number


class TestWhatAnAnswerReallyIs:
    """Whatever a function gives is judged by what it is, and said in words."""

    @pytest.mark.parametrize(
        "right",
        [
            lambda number: Decimal(2 * number),
            lambda number: Fraction(2 * number),
            lambda number: np.array(2 * number),
            lambda number: np.int8(2 * number),
            np.vectorize(lambda number: 2 * number),
            lambda number: IntEnum("Own", {"A": 2 * number}).A,
        ],
    )
    def test_numbers_of_all_libraries_are_numbers(self, right):
        assert mistake("double", right) == ""

    @pytest.mark.parametrize(
        "right",
        [
            lambda k: deque([k / 100, k / 10]),
            lambda k: pd.array([k / 100, k / 10]),
            lambda k: np.array([k / 100, k / 10]),
            lambda k: pd.Series([k / 100, k / 10]),
        ],
    )
    def test_rows_of_all_libraries_are_rows(self, right):
        assert mistake("ends", right) == ""

    @pytest.mark.parametrize(
        ("got", "expected"),
        [
            (MappingProxyType({"a": 1}), {"a": 1}),
            (StrEnum("Own", {"A": "member"}).A, "member"),
            (type("Text", (str,), {})("member"), "member"),
            ({frozenset({1})}, {frozenset({1})}),
            ({(1, 2): 3}, {(1, 2): 3}),
        ],
    )
    def test_types_of_ones_own_are_what_they_are_made_of(self, got, expected):
        assert same(got, expected, None)

    @pytest.mark.parametrize(
        ("wrong", "caught"),
        [
            (lambda number: lying(), "wrong_value"),
            (lambda number: Pretending(), "wrong_type"),
            (lambda number: np.array(2 * number + 1), "wrong_value"),
            (lambda number: pd.NA, "wrong_type"),
            (lambda number: 10**6000, "wrong_value"),
            (lambda number: np.matrix([[1, 2]]), "wrong_type"),
            (lambda number: Unspeakable(), "wrong_type"),
            (lambda number: (2, 417), "comma_in_number"),
            (lambda number: "2417 km", "unit_in_text"),
            (lambda number: "2417", "text_for_number"),
            (generated, "yields"),
            (later, "asynchronous"),
            (None, "none_for_function"),
        ],
    )
    def test_what_is_wrong_has_a_name_and_no_traceback(self, folder, wrong, caught):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Nobody waits for a coroutine.
            assert mistake("double", wrong) == caught
            result = check("42.double", wrong)
        assert repr(result) and result._repr_html_()

    def test_a_value_that_is_none_is_not_said_to_be_returned(self):
        assert mistake("share", None) == "none"

    @pytest.mark.parametrize(
        ("got", "caught"), [(" member", "spaces"), ("Member", "capitals"), ("ally", "wrong_value")]
    )
    def test_spaces_and_capitals_are_told_from_other_words(self, got, caught):
        sheet = """{set: "42", title: T, tasks: {status: {
            kind: code, returns: str, hints: [a, b, c],
            answer: '"member"', checks: [{call: status}, {hidden: true}]}}}"""
        verdicts = judge(task(parse(sheet), "status"), got)
        assert verdicts[0].mistake == caught

    def test_a_loop_that_swallows_everything_is_stopped(self):
        assert mistake("double", endless) == "too_slow"
        assert sys.gettrace() is None or "coverage" in repr(sys.gettrace())

    def test_after_one_call_that_never_ended_the_others_are_tried(self):
        def slow_at_three(number):
            while number == 3:
                pass
            return 2 * number

        verdicts = judge(task(parse(SHEET), "double"), slow_at_three)
        assert [verdict.mistake for verdict in verdicts] == ["too_slow", ""]


class TestACellThatFailed:
    """What stands under the name of an answer is then older than what the student reads."""

    @pytest.fixture
    def run(self, folder, monkeypatch):
        """Run cells in a notebook with the course imported; give what the last one shows."""
        monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
        monkeypatch.setattr(cells, "_failures", {})
        config = Config({"HistoryManager": {"enabled": False}})
        shell = InteractiveShell.instance(config=config, user_module=ModuleType("__main__"))
        monkeypatch.setitem(shell.user_ns, "check", check)
        cells.watch()
        yield lambda *sources: [shell.run_cell(source).result for source in sources][-1]
        InteractiveShell.clear_instance()

    FAILED = "the cell with your {} stopped with an error"

    @pytest.mark.parametrize("before", ["share = ...", "share = 0.25", "pass"])
    @pytest.mark.parametrize(
        ("code", "says"),
        [
            ("share = partner", "NameError: name 'partner' is not defined"),
            ("share = partner", "A text needs quotation marks"),
            ("share = ...\nshare = 1 / 0", "divided by zero"),
            ('share = "a quarter', "missing bracket, quotation mark"),
            ("if 1 / 0:\n    share = 0.25", "ZeroDivisionError"),
            ("1 / 0\nfrom math import tau as share", "ZeroDivisionError"),
            ("%matplotlib nonsense\nshare = 0.25", "stopped with an error"),
        ],
    )
    def test_is_named_with_its_error_whatever_stood_there_before(self, run, before, code, says):
        text = repr(run(before, code, 'check("42.share")'))
        assert self.FAILED.format("share") in text
        assert says in text
        assert "three dots" not in text
        assert "no share in this notebook" not in text

    @pytest.mark.parametrize(
        "code",
        [
            "def double(number)\n    return 2 * number",
            "def double(number):\nreturn 2 * number",
            "1 / 0\ndef double(number):\n    return 2 * number",
            "@unknown\ndef double(number):\n    return 2 * number",
        ],
    )
    def test_leaves_no_older_function_to_be_praised(self, run, code):
        right = "def double(number):\n    return 2 * number"
        for asked in ('check("42.double")', 'check("42.double", double)'):
            text = repr(run(right, code, asked))
            assert self.FAILED.format("double") in text
            assert "passed" not in text

    def test_uses_up_no_hint_and_is_no_attempt(self, run):
        run("share = partner", 'check("42.share")')
        assert record().statements("checked") == []
        assert run("share = -1", 'check("42.share")').hint.startswith("Hint 1")

    @pytest.mark.parametrize(
        "code",
        [
            "def double(number):\n    return 2 * number\n\ndouble()",
            "double = lambda number: 2 * number; wrote = True\n1 / 0",
        ],
    )
    def test_that_wrote_the_answer_first_does_not_matter(self, run, code):
        assert run("double = 1 / 0", code, 'check("42.double")').passed

    def test_is_forgotten_once_it_runs(self, run):
        assert run("share = partner", "share = 0.25", 'check("42.share")').passed

    def test_of_another_answer_does_not_matter(self, run):
        run("share = 0.25", "ends = partner", "print(share", "share == nothing", "print(nothing)")
        assert run('check("42.share")').passed

    def test_an_answer_given_directly_is_checked(self, run):
        assert run("share = partner", 'check("42.share", 0.25)').passed


def test_without_ipython_cells_are_not_watched(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython")
    cells.watch()
    assert cells.failure("share") is None


class TestOneAnswerForAll:
    def mistakes(self, answer):
        return [verdict.mistake for verdict in judge(task(parse(SHEET), "half"), answer)]

    def test_a_hidden_check_is_not_passed_by_chance(self):
        assert self.mistakes(lambda number: 6) == ["wrong_value", "unmoved", "unmoved"]

    def test_what_the_student_sees_counts_as_it_is(self):
        assert self.mistakes(lambda number: 4) == ["", "unmoved", "unmoved"]

    def test_two_answers_are_judged_one_by_one(self):
        assert self.mistakes(lambda number: 6 if number > 8 else 4) == ["", "", "wrong_value"]


class TestTimeLimit:
    def forever(self):
        while True:
            pass

    def test_stops_where_there_are_signals(self):
        with pytest.raises(TooSlow), time_limit(0.2):
            self.forever()

    def test_stops_where_there_are_none(self):
        caught = []

        def run():
            try:
                with time_limit(0.2):
                    self.forever()
            except TooSlow:
                caught.append(True)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(timeout=20)
        assert caught

    def test_an_except_for_everything_does_not_save_a_loop(self):
        def stubborn():
            while True:
                try:
                    time.sleep(0.01)
                except Exception:
                    continue

        with pytest.raises(TooSlow), time_limit(0.2):
            stubborn()

    def test_nothing_is_left_behind(self):
        before = signal.getsignal(signal.SIGALRM), sys.gettrace()
        with time_limit(60):
            pass
        assert (signal.getsignal(signal.SIGALRM), sys.gettrace()) == before
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)

    def test_nothing_is_left_behind_where_there_are_no_signals(self):
        found = []

        def run():
            before = sys.gettrace()
            with time_limit(60):
                found.append(sys.gettrace() is before)
            found.append(sys.gettrace() is before)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        assert found == [False, True]


class TestRecord:
    def test_each_check_is_kept_with_its_outcome(self, folder):
        check("42.double", lambda number: number**2)
        check("42.double", lambda number: 2 * number)
        failed, passed = record().statements("checked")
        assert failed["object"]["id"].endswith("exercise/42/double")
        assert failed["result"]["success"] is False
        assert failed["result"]["extensions"] == {"mistake": "squared", "attempt": 1}
        assert passed["result"]["success"] is True
        assert passed["result"]["score"]["scaled"] == 1


class TestWrongUse:
    def test_without_a_sheet_a_sentence_says_what_to_do(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        notice = check("42.double", 1)
        assert "Download the folder" in repr(notice)
        assert "Download the folder" in notice._repr_html_()

    def test_the_sheet_of_another_set_is_refused(self, folder):
        with pytest.raises(CourseError, match="belongs to set 42"):
            check("07.double", 1)

    def test_an_unknown_task_gets_the_nearest_name(self, folder):
        with pytest.raises(CourseError, match=r"Did you mean '42.double'"):
            check("42.duble", 1)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("set: [", "line 2: "),
            ("set: '42'\ntitle: x\ntasks: {a: {kind: test}}", "task a, kind: "),
            (SHEET.replace("returns: int", "return: int", 1), "return"),
            (SHEET.replace("[a, b, c]", "[a]", 1), "hints"),
        ],
    )
    def test_a_broken_sheet_is_refused_with_the_place(self, text, message):
        with pytest.raises(CourseError, match=message):
            parse(text)

    def test_a_task_written_twice_is_refused(self):
        # YAML alone would keep the second and drop the first without a word.
        with pytest.raises(CourseError, match=r"line \d+: 'double' stands here twice; keep one"):
            parse(f"{SHEET.rstrip()}\n  double: {{kind: explore}}\n")

    def test_an_answer_that_cannot_be_computed_is_refused_with_the_place(self):
        with pytest.raises(CourseError, match=r"Task double, check double\(3\)"):
            task(parse(SHEET.replace("answer: 2 * number", "answer: 2 * numbr")), "double")


class TestHiddenChecks:
    def test_points_are_given_check_by_check(self):
        asked = task(parse(SHEET), "double")
        answers = [lambda number: 6, lambda number: 2 * number]
        earned = [[v.check.points for v in judge(asked, one) if v.passed] for one in answers]
        assert earned == [[1], [1, 1]]

    @pytest.mark.parametrize("kind", ["ValueError", "type(str(number), (ValueError,), {})"])
    def test_an_answer_cannot_repeat_what_one_gave_it(self, kind):
        space = {}
        code = f"if number != 3: raise {kind}(f'It was {{number}}')"
        exec(f"def double(number):\n    {code}\n    return 6", space)
        asked = task(parse(SHEET), "double")
        said = repr(Result(asked, judge(asked, space["double"]), attempt=1, more_follow=False))
        assert "ValueError" in said and "10" not in said


class TestSame:
    @pytest.mark.parametrize(
        ("got", "expected", "tolerance", "agree"),
        [
            (float("nan"), float("nan"), None, True),
            (float("inf"), float("inf"), None, True),
            (1, float("nan"), None, False),
            (1.004, 1, 0.005, True),
            (1.006, 1, 0.005, False),
            (True, 1, None, False),
            ({"a": 0.1 + 0.2}, {"a": 0.3}, None, True),
            ({"a": 1}, {"b": 1}, None, False),
            ({1, 2}, {2, 1}, None, True),
            ([1, [2, 3]], (1, (2, 3)), None, True),
            ([1, 2], [1, 2, 3], None, False),
            ("a", "a", None, True),
            (None, None, None, True),
            (None, 0, None, False),
        ],
    )
    def test_compares_by_value(self, got, expected, tolerance, agree):
        assert same(got, expected, tolerance) is agree
