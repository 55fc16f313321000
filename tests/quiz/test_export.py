"""Exports, read back by a parser, and held against the published structure of each format."""

import html
import io
import itertools
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace

import pytest
from hostile import HOSTILE

from coursekit.authoring.exports import to_moodle_xml, to_qti
from coursekit.quiz import banks, score
from coursekit.quiz.questions import Bank, Option, Pair

BANKS = pytest.mark.parametrize("bank", banks(), ids=lambda bank: bank.notebook)


def poisoned(sample, text):
    """The sample with the same text in every place that a reader sees."""

    def part(one, **more):
        return replace(one, text=f"{one.text} {text}", **more)

    questions = [
        replace(
            question,
            objective=text,
            stem=text,
            unit=text if question.unit else "",
            explanation=text,
            model_answer=text if question.model_answer else "",
            options=tuple(part(o, why=text if o.why else "") for o in question.options),
            pairs=tuple(part(pair, why=text) for pair in question.pairs),
        )
        for question in sample.questions
    ]
    return Bank(sample.notebook, text, tuple(questions))


KINDS = {
    "single": "multichoice",
    "multiple": "multichoice",
    "numeric": "numerical",
    "order": "ordering",
    "match": "matching",
    "short": "essay",
}
# Moodle refuses a share of the mark that is not on its list.
FRACTIONS = {
    0, 5, 10, 11.11111, 12.5, 14.28571, 16.66667, 20, 25, 30, 33.33333, 40, 50, 60, 66.66667,
    70, 75, 80, 83.33333, 90, 100,
}  # fmt: skip


class TestMoodle:
    """https://docs.moodle.org/en/Moodle_XML_format"""

    def nodes(self, bank):
        root = ET.fromstring(to_moodle_xml(bank).encode())
        assert root.tag == "quiz"
        first, *nodes = root
        assert first.get("type") == "category"
        assert first.findtext("category/text").startswith("$course$/top/")
        return nodes

    @BANKS
    def test_holds_every_question_with_its_type_and_texts(self, bank):
        nodes = self.nodes(bank)
        assert [n.findtext("idnumber") for n in nodes] == [q.id for q in bank.questions]
        for node, question in zip(nodes, bank.questions, strict=True):
            assert node.get("type") == KINDS[question.type]
            assert node.findtext("name/text") == f"{question.id} {question.objective}"
            assert node.findtext("questiontext/text").startswith(question.stem)
            assert question.explanation in (node.findtext("generalfeedback/text") or "")

    @BANKS
    def test_all_texts_are_marked_as_plain(self, bank):
        for node in self.nodes(bank):
            formats = {n.get("format") for n in node.iter() if n.get("format") is not None}
            assert formats == {"plain_text"}

    @BANKS
    def test_choices_carry_their_reasons_and_fractions_that_moodle_knows(self, bank):
        for node, question in zip(self.nodes(bank), bank.questions, strict=True):
            if question.type in ("single", "multiple"):
                for answer, option in zip(node.findall("answer"), question.options, strict=True):
                    assert answer.findtext("text") == option.text
                    assert answer.findtext("feedback/text") == option.why
                    assert abs(float(answer.get("fraction"))) in FRACTIONS
                    assert (float(answer.get("fraction")) > 0) == option.right

    def test_points_follow_the_same_rule_as_in_the_course(self, asked, sample):
        for kind in ("single", "multiple"):
            node = self.nodes(sample)[sample.questions.index(asked[kind])]
            keys = [option.key for option in asked[kind].options]
            fractions = [float(answer.get("fraction")) for answer in node.findall("answer")]
            worth = dict(zip(keys, fractions, strict=True))
            for size in range(1, 2 if kind == "single" else len(keys) + 1):
                for chosen in itertools.combinations(keys, size):
                    response = chosen[0] if kind == "single" else list(chosen)
                    points = max(0, sum(worth[key] for key in chosen)) / 100
                    assert points == pytest.approx(score(asked[kind], response).points, abs=1e-6)

    def test_numbers_keep_all_their_digits(self, asked, sample):
        precise = replace(asked["numeric"], answer=980655332.25, tolerance=0.125)
        (node,) = self.nodes(Bank("99", "x", (precise,)))
        assert node.findtext("answer/text") == "980655332.25"
        assert node.findtext("answer/tolerance") == "0.125"
        assert node.findtext("questiontext/text").endswith("Unit: members")

    def test_items_stand_in_the_right_order(self, asked, sample):
        node = self.nodes(sample)[3]
        assert [a.findtext("text") for a in node.findall("answer")] == [
            "one",
            "two",
            "five",
            "nine",
        ]
        assert [a.get("fraction") for a in node.findall("answer")] == ["1", "2", "3", "4"]
        assert node.findtext("gradingtype") == "RELATIVE_ALL_PREVIOUS_AND_NEXT"
        assert "two: It lies between one and five." in node.findtext("generalfeedback/text")

    def test_a_choice_that_fits_no_line_becomes_a_distractor(self, sample):
        pairs = [
            (sub.findtext("text") or "", sub.findtext("answer/text"))
            for sub in self.nodes(sample)[4].findall("subquestion")
        ]
        assert pairs == [
            ("eleven", "odd"),
            ("twelve", "even"),
            ("thirteen", "odd"),
            ("", "neither"),
        ]

    def test_the_model_answer_is_for_the_grader(self, asked, sample):
        assert self.nodes(sample)[5].findtext("graderinfo/text") == asked["short"].model_answer

    def test_a_slash_in_the_title_opens_no_category(self, sample):
        root = ET.fromstring(to_moodle_xml(replace(sample, title="a/b")).encode())
        assert root.findtext("question/category/text") == "$course$/top/99 a//b"

    @pytest.mark.parametrize("text", HOSTILE)
    def test_markup_stays_text(self, sample, text):
        bank = poisoned(sample, text)
        written = to_moodle_xml(bank)
        assert text not in written or "<" not in text
        tags = {n.tag for n in ET.fromstring(written.encode()).iter()}
        assert tags == {n.tag for n in ET.fromstring(to_moodle_xml(sample).encode()).iter()}
        for node in self.nodes(bank):
            assert node.findtext("questiontext/text").startswith(text)


QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGE = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
# What may stand in an element, in this order, and the attributes that it must have: from the
# information model of QTI 2.1 (https://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html)
# and of content packaging 1.1, as far as the export uses them.
CONTENT = {
    "assessmentItem": [
        "responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing",
        "modalFeedback",
    ],
    "responseDeclaration": ["correctResponse", "mapping"],
    "correctResponse": ["value"],
    "mapping": ["mapEntry"],
    "itemBody": [
        "rubricBlock", "p", "choiceInteraction", "orderInteraction", "matchInteraction",
        "extendedTextInteraction",
    ],
    "rubricBlock": ["p"],
    "p": ["textEntryInteraction"],
    "choiceInteraction": ["prompt", "simpleChoice"],
    "orderInteraction": ["prompt", "simpleChoice"],
    "matchInteraction": ["prompt", "simpleMatchSet"],
    "simpleMatchSet": ["simpleAssociableChoice"],
    "extendedTextInteraction": ["prompt"],
    "responseProcessing": ["responseCondition", "setOutcomeValue"],
    "responseCondition": ["responseIf"],
    "responseIf": ["match", "equal", "setOutcomeValue"],
    "match": ["variable", "correct"],
    "equal": ["variable", "correct"],
    "setOutcomeValue": ["baseValue", "mapResponse", "multiple"],
    "multiple": ["baseValue", "variable"],
    "modalFeedback": ["p"],
    "assessmentTest": ["testPart"],
    "testPart": ["assessmentSection"],
    "assessmentSection": ["assessmentItemRef"],
    "manifest": ["metadata", "organizations", "resources"],
    "metadata": ["schema", "schemaversion"],
    "resources": ["resource"],
    "resource": ["file", "dependency"],
}  # fmt: skip
REQUIRED = {
    "assessmentItem": {"identifier", "title", "adaptive", "timeDependent"},
    "responseDeclaration": {"identifier", "cardinality", "baseType"},
    "outcomeDeclaration": {"identifier", "cardinality", "baseType"},
    "mapping": {"defaultValue"},
    "mapEntry": {"mapKey", "mappedValue"},
    "rubricBlock": {"view"},
    "choiceInteraction": {"responseIdentifier", "shuffle", "maxChoices"},
    "orderInteraction": {"responseIdentifier", "shuffle"},
    "matchInteraction": {"responseIdentifier", "shuffle", "maxAssociations"},
    "simpleChoice": {"identifier"},
    "simpleAssociableChoice": {"identifier", "matchMax"},
    "textEntryInteraction": {"responseIdentifier"},
    "extendedTextInteraction": {"responseIdentifier"},
    "equal": {"toleranceMode"},
    "variable": {"identifier"},
    "correct": {"identifier"},
    "mapResponse": {"identifier"},
    "setOutcomeValue": {"identifier"},
    "baseValue": {"baseType"},
    "modalFeedback": {"outcomeIdentifier", "identifier", "showHide"},
    "assessmentTest": {"identifier", "title"},
    "testPart": {"identifier", "navigationMode", "submissionMode"},
    "assessmentSection": {"identifier", "title", "visible"},
    "assessmentItemRef": {"identifier", "href"},
    "manifest": {"identifier"},
    "resource": {"identifier", "type", "href"},
    "file": {"href"},
    "dependency": {"identifierref"},
}
KNOWN = {*CONTENT, *REQUIRED, *itertools.chain(*CONTENT.values())}


def files(bank):
    package = zipfile.ZipFile(io.BytesIO(to_qti(bank)))
    assert package.testzip() is None
    return {name: ET.fromstring(package.read(name)) for name in package.namelist()}


def local(node):
    return node.tag.split("}")[1]


def misplaced(root):
    """List departures from the information model."""
    for node in root.iter():
        name, children = local(node), [local(child) for child in node]
        if name not in KNOWN:
            yield f"{name} is not in the model"
        places = [
            CONTENT.get(name, []).index(child) if child in CONTENT.get(name, []) else None
            for child in children
        ]
        if None in places or places != sorted(places):
            yield f"{name} holds {children}"
        if missing := REQUIRED.get(name, set()) - set(node.attrib):
            yield f"{name} lacks {missing}"


class TestQti:
    @BANKS
    def test_every_file_keeps_to_the_information_model(self, bank):
        for name, root in files(bank).items():
            assert list(misplaced(root)) == [], name
            wanted = PACKAGE if name == "imsmanifest.xml" else QTI
            assert all(node.tag.startswith(wanted) for node in root.iter())

    def test_the_check_of_the_model_can_fail(self, sample):
        item = files(sample)["99-q1.xml"]
        item.append(item[0])
        del item.attrib["title"]
        assert len(list(misplaced(item))) == 2

    @BANKS
    def test_the_manifest_and_the_test_list_every_file_once(self, bank):
        found = files(bank)
        manifest = found["imsmanifest.xml"]
        listed = {n.get("href"): n.get("type") for n in manifest.iter(f"{PACKAGE}resource")}
        items = [f"{question.id}.xml" for question in bank.questions]
        assert listed == {
            "test.xml": "imsqti_test_xmlv2p1",
            **dict.fromkeys(items, "imsqti_item_xmlv2p1"),
        }
        assert set(found) == {"imsmanifest.xml", *listed}
        refs = found["test.xml"].iter(f"{QTI}assessmentItemRef")
        assert [ref.get("href") for ref in refs] == items
        names = {n.get("identifier") for n in manifest.iter(f"{PACKAGE}resource")}
        needed = {n.get("identifierref") for n in manifest.iter(f"{PACKAGE}dependency")}
        assert needed == names - {"test"}

    @BANKS
    def test_identifiers_are_valid_unique_and_resolve(self, bank):
        for name, root in files(bank).items():
            declared = {
                n.get("identifier")
                for tag in ("responseDeclaration", "outcomeDeclaration")
                for n in root.iter(f"{QTI}{tag}")
            }
            used = {
                n.get(attribute)
                for n in root.iter()
                for attribute in ("responseIdentifier", "outcomeIdentifier")
                if n.get(attribute)
            }
            for tag in ("variable", "correct", "mapResponse", "setOutcomeValue"):
                used |= {n.get("identifier") for n in root.iter(f"{QTI}{tag}")}
            assert used <= declared, name
            choices = [
                n.get("identifier")
                for tag in ("simpleChoice", "simpleAssociableChoice")
                for n in root.iter(f"{QTI}{tag}")
            ]
            assert len(choices) == len(set(choices))
            for n in root.iter():
                if n.get("identifier"):
                    assert n.get("identifier")[0].isalpha()

    @BANKS
    def test_holds_the_texts_of_every_question(self, bank):
        found = files(bank)
        for question in bank.questions:
            text = "\n".join(found[f"{question.id}.xml"].itertext())
            parts = [question.stem, question.explanation, question.model_answer]
            for part in (*question.options, *question.pairs):
                parts += [part.text, part.why]
            assert all(part in text for part in parts), question.id

    def test_right_responses_are_those_of_the_course(self, asked, sample):
        found = files(sample)

        def right(kind):
            root = found[f"{asked[kind].id}.xml"]
            return [n.text for n in root.find(f"{QTI}responseDeclaration/{QTI}correctResponse")]

        assert right("single") == ["a"]
        assert right("multiple") == ["a", "c"]
        assert right("numeric") == ["16"]
        assert right("order") == ["b", "d", "c", "a"]
        assert right("match") == ["p1 a", "p2 b", "p3 a"]
        (equal,) = found["99-q3.xml"].iter(f"{QTI}equal")
        assert (equal.get("toleranceMode"), equal.get("tolerance")) == ("absolute", "0.5 0.5")

    def test_a_tolerance_of_0_compares_exactly(self, asked):
        exact = replace(asked["numeric"], tolerance=0)
        (equal,) = files(Bank("99", "x", (exact,)))["99-q3.xml"].iter(f"{QTI}equal")
        assert equal.attrib == {"toleranceMode": "exact"}

    @pytest.mark.parametrize("kind", ["single", "multiple", "match"])
    def test_the_mapping_gives_the_points_of_the_course(self, asked, sample, kind):
        question = asked[kind]
        mapping = files(sample)[f"{question.id}.xml"].find(f".//{QTI}mapping")
        worth = {n.get("mapKey"): float(n.get("mappedValue")) for n in mapping}
        keys = [option.key for option in question.options]
        if kind == "match":
            lines = [pair.key for pair in question.pairs]
            responses = [
                dict(zip(lines, chosen, strict=True))
                for chosen in itertools.product(keys, repeat=len(lines))
            ]
        elif kind == "multiple":
            responses = [
                list(chosen)
                for size in range(1, len(keys) + 1)
                for chosen in itertools.combinations(keys, size)
            ]
        else:
            responses = keys
        for response in responses:
            values = response
            if kind == "match":
                values = [f"{line} {key}" for line, key in response.items()]
            points = sum(worth.get(value, 0) for value in values)
            points = min(max(points, float(mapping.get("lowerBound"))), 1)
            assert points == pytest.approx(score(question, response).points)

    def test_the_reason_for_each_choice_is_shown_with_it(self, asked, sample):
        root = files(sample)["99-q2.xml"]
        said = {n.get("identifier"): n[0].text for n in root.iter(f"{QTI}modalFeedback")}
        assert said == {option.key: option.why for option in asked["multiple"].options}

    def test_the_same_bank_gives_the_same_bytes(self, sample):
        assert to_qti(sample) == to_qti(sample)

    @pytest.mark.parametrize("text", HOSTILE)
    def test_markup_stays_text(self, sample, text):
        bank = poisoned(sample, text)
        plain = files(sample)
        for name, root in files(bank).items():
            assert list(misplaced(root)) == []
            if "q" in name:
                tags = {local(n) for n in root.iter()}
                assert tags - {local(n) for n in plain[name].iter()} <= {"modalFeedback", "p"}
                assert text in "".join(root.itertext())
        package = zipfile.ZipFile(io.BytesIO(to_qti(bank)))
        for name in package.namelist():
            assert "<script" not in package.read(name).decode()
            assert "<svg" not in package.read(name).decode()


def test_options_and_lines_with_the_same_text_stay_apart(asked):
    same = replace(
        asked["match"],
        options=(Option("a", "yes"), Option("b", "no")),
        pairs=(Pair("p1", "x", "a", "Because."), Pair("p2", "x", "b", "Because.")),
    )
    root = files(Bank("99", "x", (same,)))["99-q5.xml"]
    assert [n.get("mapKey") for n in root.iter(f"{QTI}mapEntry")] == ["p1 a", "p2 b"]


def test_escaped_text_is_escaped_once(asked):
    text = html.escape("<b>")
    bank = Bank("99", "x", (replace(asked["short"], stem=text),))
    assert (
        ET.fromstring(to_moodle_xml(bank).encode()).findtext("question[2]/questiontext/text")
        == text
    )
