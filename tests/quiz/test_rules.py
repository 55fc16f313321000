"""Every rule for banks, shown on a bank that breaks it."""

import json

import pytest
from jsonschema import Draft202012Validator

from coursekit.documents import read
from coursekit.errors import CourseError
from coursekit.quiz.bank import SCHEMA
from coursekit.quiz.rules import problems, validate


def broken(document, change):
    """Give the question named in a change new values, and list what is then wrong."""
    number, values = change
    question = document["questions"][number - 1]
    for place, value in values.items():
        *parents, last = place.split(".")
        part = question
        for parent in parents:
            part = part[parent]
        if value is None:
            del part[last]
        else:
            part[last] = value
    return problems(document, "99_sample.yaml")


LONG = "Seven states joined in that year, as the table lists them one by one with the day"


class TestRules:
    def test_the_sample_keeps_all_of_them(self, document):
        assert problems(document, "99_sample.yaml") == []

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ((1, {"options.b.right": True, "options.b.misconception": None}), "2 options are"),
            ((1, {"options.a.right": None, "options.a.misconception": "It is."}), "0 options are"),
            ((2, {f"options.{key}.{field}": value for key in "ac" for field, value in
                  [("right", None), ("misconception", "It is odd.")]}), "needs a right option and"),
            ((1, {"options.b.misconception": None}), "option b is wrong. Add the 'misconception'"),
            ((1, {"options.a.misconception": "It is."}), "option a is right. Take its 'miscon"),
            ((1, {"options.b.why": "Not in the table."}), "the 'why' of b is too short to teach"),
            ((4, {"options.c.why": "It is five."}), "the 'why' of c is too short to teach"),
            ((5, {"pairs.p2.why": "It is."}), "the 'why' of p2 is too short to teach"),
            ((2, {"options.b.text": "Two"}), "'two' stands there twice"),
            ((5, {"pairs.p3.text": "eleven"}), "'eleven' stands there twice"),
            ((1, {"options.a.text": LONG}), "option a has 81 characters, the wrong ones 31"),
            ((1, {"options.a.text": "Seven joined"}), "option a has 12 characters"),
            ((1, {"stem": "Which states joined, says the table of joined states?",
                  "options.b.text": "Seven capitals became more secure",
                  "options.c.text": "Seven capitals were afraid of war"}),
             "right option a alone repeats words of the stem: joined, states"),
            ((2, {"options.e.text": "all of the above"}), "option e says 'all of the above'"),
            ((2, {"options.e.text": "None of these"}), "option e says 'None of these'"),
            ((2, {"options.e.text": "both a and c"}), "option e says 'a and c'"),
            ((1, {"stem": "What caused the Ukraine crisis?"}), "says 'Ukraine crisis'. Write"),
            ((1, {"options.b.why": "What Russia feels is not in the table."}), "'Russia feels'"),
            ((5, {"pairs.p1.text": "A buffer zone of eleven"}), "'buffer'"),
            ((6, {"model_answer": "Ask which side is right."}), "'which side is right'"),
            ((6, {"model_answer": 'He said: "' + "word " * 21 + '"'}), "longer than 20 words"),
            ((6, {"stem": "Why is a cause no excuse!"}), "there is an exclamation mark"),
            ((1, {"claims": ["C46"]}), "there is no claim C46"),
            ((1, {"sources": ["jervis1979"]}), "there is no source 'jervis1979'"),
            ((4, {"order": ["b", "d", "c", "e"]}), "'order' must name each of a, b, c, d once"),
            ((4, {"order": ["b", "d", "c"]}), "'order' must name each of a, b, c, d once"),
            ((5, {"pairs.p1.match": "d"}), "p1 matches 'd', which is not one of the options"),
            ((3, {"answer": 17}), "the answer is 17, but the expression gives 16"),
            ((3, {"expression": "len(ck.Senario(1990))"}), "cannot be computed (AttributeError"),
            ((3, {"expression": "'sixteen'"}), "cannot be computed (ValueError"),
            ((3, {"expression": "1 +"}), "cannot be computed (SyntaxError"),
            ((3, {"expression": "float('nan')"}), "the expression gives nan"),
            ((2, {"id": "99-q1"}), "99-q1 is the id of 2 questions"),
            ((2, {"id": "98-q2"}), "98-q2 must begin with 99-q"),
        ],
    )  # fmt: skip
    def test_each_names_the_file_and_what_to_change(self, document, change, problem):
        (found,) = broken(document, change)
        assert problem in found
        assert found.startswith("99_sample.yaml")
        if "99-q1 is the id" not in problem and "98-q2" not in problem:
            assert found.startswith(f"99_sample.yaml, 99-q{change[0]}: ")

    def test_quoted_terms_may_be_used(self, document):
        quoted = 'What did the term "special military operation" stand for?'
        assert broken(document, (6, {"stem": quoted})) == []

    def test_a_rounded_answer_may_differ_by_a_quarter_of_the_tolerance(self, document):
        assert broken(document, (3, {"expression": "16.12"})) == []
        assert len(broken(document, (3, {"expression": "16.13"}))) == 1

    def test_the_right_option_is_not_always_the_longest(self, document):
        first = document["questions"][0]
        first["options"]["a"]["text"] = "Seven states joined NATO in that one year"
        document["questions"] = [{**first, "id": f"99-q{n}"} for n in range(1, 5)]
        (found,) = problems(document, "99_sample.yaml")
        assert "the right option is the longest in 4 of 4 single questions" in found

    def test_the_file_is_named_after_its_bank(self, document):
        (found,) = problems(document, "98_sample.yaml")
        assert "the file's name must begin with 99_" in found


class TestForm:
    def test_the_schema_is_one(self):
        schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        assert schema["properties"]["questions"]["items"] == {"$ref": "#/$defs/question"}

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ((1, {"stem": None}), "99-q1: it has no 'stem'"),
            ((1, {"options": None}), "99-q1: it has no 'options'"),
            ((1, {"options.b.why": None}), "99-q1, options b: it has no 'why'"),
            ((1, {"options.b.why": "  "}), "options b why: the text is empty"),
            ((1, {"options.b.text": 16}), "options b text: 16 must be a text. Put it in quotes."),
            ((1, {"options.b.right": False}), "options b right: False must be true"),
            ((1, {"options.b.wrong": True}), "'wrong' means nothing here. You can use: text, rig"),
            ((1, {"options.z": {"text": "x", "why": "y"}}), "'z' must be a letter from a to h"),
            ((1, {"options": {1: {"text": "x", "why": "y"}}}), "options: 1 must be a text"),
            ((1, {"options.b": {1: 2, "x": 3}}), "1, 'x' means nothing here"),
            ((1, {"options.b": None}), "options: there are 2; give at least 3"),
            ((1, {"type": "truefalse"}), '\'truefalse\' must be "single" or "multiple"'),
            ((1, {"difficulty": 4}), "4 must be 1 or 2 or 3"),
            ((1, {"claims": "C01"}), "claims: 'C01' must be of type array"),
            ((1, {"claims": ["c1"]}), "there is no claim c1. Claims are C01 to C45"),
            ((1, {"answer": 3}), "answer: this type does not use it"),
            ((1, {"hint": "x"}), "'hint' means nothing here"),
            ((1, {"id": "q1"}), "'q1' must be the bank's name, -q and a number, such as 02-q3"),
            ((3, {"tolerance": None}), "it has no 'tolerance'"),
            ((3, {"tolerance": -1}), "-1 is less than the minimum of 0"),
            ((3, {"explanation": None}), "it has no 'explanation'"),
            ((3, {"answer": "16"}), "'16' must be of type number"),
            ((4, {"order": ["a", "a", "b"]}), "has non-unique elements"),
            ((5, {"pairs.q1": {"text": "x", "match": "a", "why": "y"}}), "'q1' must be p1 to p8"),
            ((6, {"model_answer": None}), "it has no 'model_answer'"),
        ],
    )  # fmt: skip
    def test_what_the_schema_refuses_is_said_in_words(self, document, change, problem):
        found = broken(document, change)
        assert any(problem in line for line in found), found

    @pytest.mark.parametrize("whole", [None, [], "text", {"notebook": "99"}, {"questions": {}}])
    def test_a_file_that_is_no_bank_is_refused(self, whole):
        assert problems(whole, "99_sample.yaml")

    def test_an_entry_that_is_no_question_is_counted(self, document):
        document["questions"].append("a question")
        (found,) = problems(document, "99_sample.yaml")
        assert found.startswith("99_sample.yaml, question 7: 'a question' must be of type object")


class TestReport:
    def test_all_problems_come_at_once(self, document):
        document["questions"][0]["options"]["b"]["misconception"] = None
        document["questions"][2]["answer"] = 17
        document["questions"][5]["stem"] = "Who is right?"
        document["questions"][4]["claims"] = ["C99"]
        found = "\n".join(problems(document, "98_sample.yaml"))
        for id in ("99-q1", "99-q3", "99-q5", "99-q6", "98_sample.yaml: "):
            assert id in found

    def test_validating_a_file_raises_the_whole_report(self, tmp_path):
        path = tmp_path / "99_x.yaml"
        path.write_text('notebook: "99"\ntitle: ""\nquestions: []\n')
        with pytest.raises(CourseError) as caught:
            validate(path)
        assert len(str(caught.value).splitlines()) == 2

    def test_validating_an_unknown_bank_lists_the_banks(self):
        with pytest.raises(CourseError, match="There is no quiz '77'"):
            validate("77")


class TestYaml:
    def text(self, tmp_path, text):
        path = tmp_path / "99_x.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def test_a_key_that_stands_twice_is_refused(self, tmp_path):
        path = self.text(tmp_path, "title: one\nnotebook: x\ntitle: two\n")
        with pytest.raises(CourseError, match=r"99_x.yaml, line 3: 'title' stands here twice"):
            read(path)

    def test_what_is_no_yaml_is_named_with_its_line(self, tmp_path):
        path = self.text(tmp_path, "title: one\nstem: what: now\n")
        with pytest.raises(CourseError, match=r"99_x.yaml, line 2: .* needs quotes"):
            read(path)

    @pytest.mark.parametrize("text", ["? [a]\n: b\n", "? {a: b}\n: c\n"])
    def test_a_key_that_is_no_text_is_refused(self, tmp_path, text):
        with pytest.raises(CourseError, match=r"99_x.yaml, line \d"):
            read(self.text(tmp_path, text))

    def test_another_encoding_and_control_characters_are_refused(self, tmp_path):
        path = tmp_path / "99_x.yaml"
        path.write_bytes("title: Malmö".encode("latin-1"))
        with pytest.raises(CourseError, match="is not in UTF-8"):
            read(path)
        with pytest.raises(CourseError, match="99_x"):
            read(self.text(tmp_path, "title: a\x00b\n"))

    def test_code_in_yaml_is_not_run(self, tmp_path):
        path = self.text(tmp_path, "title: !!python/object/apply:os.system ['true']\n")
        with pytest.raises(CourseError, match="line 1: could not determine a constructor"):
            read(path)
