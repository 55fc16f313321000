"""What students and sources write arrives as it was written, whatever it is written into."""

import csv
import html
import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace
from xml.etree import ElementTree

import mistune
import pytest
from argument.reading_argdown import statements
from markdown_it import MarkdownIt

from coursekit import claim, quiz
from coursekit.argument import Argument, Node, to_aif, to_argdown
from coursekit.authoring.classroom import grades
from coursekit.authoring.exports import to_moodle_xml, to_qti
from coursekit.checks.result import Notice
from coursekit.citation import apa, bibtex
from coursekit.data import codebook
from coursekit.escaping import markdown
from coursekit.figures.base import CourseFigure
from coursekit.forms.printing import as_html
from coursekit.forms.tables import stored_table
from coursekit.quiz.bank import bank
from coursekit.record import Record
from coursekit.report import save

NASTY = [
    "It cost $5 and $6, or $$7$$, \\(a+b\\), \\[c\\], \\begin{x}",
    "R&D, &amp; &#36; &lt;b&gt;",
    "<script>alert(1)</script> <!-- a --> <b>x</b> a < b > c",
    "snake_case_name _emphasis_ *strong* **more** ~~out~~",
    "`code` ``more`` ```",
    "a | b \\| c",
    "# no heading #",
    "> no quotation",
    "- no list",
    "+ no list",
    "* no list",
    "1. no list",
    "12) no list",
    "--- no line",
    "=1+1",
    "=== no heading",
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "[text](javascript:alert(1)) ![x](y) [a]: b [^1]",
    "{braces} and }only one{ {{twice}}",
    "\\ \\\\ \\n \\textbf{x} ends in \\",
    "\"double\" 'single' “curly” «angled»",
    "50 % of 100 ^2 ~tilde",
    "é ü 漢字 🙂 \u202f \u2028x",
    "first line\nsecond line\n\nnew paragraph",
    "https://example.org/a_b?c=d&e=f#g_h_i, and more *here*",
    "]]> --> */ ''' \"\"\"",
]
each = pytest.mark.parametrize("text", NASTY)


def one_line(text):
    return " ".join(text.split())


class Page(HTMLParser):
    """The text of a page that a reader sees, and its elements."""

    def __init__(self, source):
        super().__init__()
        self.words, self.tags, self.ignored = [], [], 0
        self.feed(source)
        self.text = one_line("".join(self.words))

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.words.append("\n" if tag in ("p", "br", "td", "th", "h3", "blockquote") else "")

    def handle_data(self, data):
        self.words.append(data)


RENDERERS = {
    "mistune": mistune.create_markdown(escape=False, plugins=["table"]),
    "markdown-it": MarkdownIt("commonmark").enable("table").render,
}


@each
@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
class TestMarkdown:
    def test_a_paragraph_holds_the_text_and_no_markup(self, render, text):
        page = Page(render(markdown(text)))
        assert page.text == one_line(text)
        assert set(page.tags) <= ({"p", "a"} if "https://" in text else {"p"})

    def test_so_does_a_heading_a_quotation_and_a_table(self, render, text):
        made = f"### {markdown(text)}\n\n> {markdown(text)}\n\n"
        made += f"| a | b |\n|---|---|\n| {markdown(text)} | c |\n"
        page = Page(render(made))
        assert page.text == one_line(f"{text} {text} a b {text} c")
        assert page.tags.count("td") == 2


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A report with a note and a reason for each text, as a page and as Markdown."""
    folder = tmp_path_factory.mktemp("report")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSEKIT_RECORD", str(folder))
        mine = Record()
        for n, text in enumerate(NASTY, 1):
            mine.add("noted", f"note/n{n:02}", result={"response": text}, context={"prompt": text})
            result = {"score": {"scaled": 0.4}, "response": text}
            mine.add("rated", f"credence/C{n:02}/end", result=result)
        return [path.read_text(encoding="utf-8") for path in save(folder, NASTY[0])]


@pytest.fixture(scope="module")
def pages(written):
    return [Page(shown) for shown in (written[0], *(r(written[1]) for r in RENDERERS.values()))]


class TestReport:
    @each
    def test_shows_questions_notes_and_reasons_as_written(self, pages, text):
        for page in pages:
            assert f" {one_line(text)} {one_line(text)} " in f"{page.text} "
            assert f" 40% {one_line(text)} " in page.text

    def test_holds_no_markup_of_theirs(self, pages):
        for page in pages:
            assert not {"script", "b", "img", "code", "em", "strong"} & set(page.tags)
            assert page.text.count("By It cost $5 and $6") == 1

    def test_is_no_mathematics_in_jupyterlab(self, written):
        assert written[1].startswith('<div class="mathjax_ignore')
        # Its Markdown takes these for mathematics before anything else is looked at.
        assert not re.search(r"(?<!\\)\$|\\\\[()\[\]]", written[1])

    def test_lines_and_paragraphs_of_a_note_stay_apart(self, written):
        note = written[0].split("<p>first line")[1].split("</blockquote>")[0]
        assert re.findall(r"<p>|<br ?/?>", note) == ["<br />", "<p>"]


def from_latex(text):
    """Read back what LaTeX would set; braces and commands that it would not know raise."""
    words = {"textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^"}
    words |= {"textless": "<", "textgreater": ">", "textbar": "|"}
    read = re.sub(r"\\([&%$#_{}])|\\(\w+)\{\}", lambda f: f[1] or words[f[2]], text)
    assert not re.search(r"(?<!\\)[&%$#_{}~^<>|]", text.replace("{}", ""))
    return read


@each
class TestReferences:
    def entry(self, text, **more):
        work = {"authors": text, "year": "2000", "title": text, "venue": text, **more}
        return bibtex("key", work)

    def test_bibtex_sets_authors_title_and_venue_as_written(self, text):
        fields = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", self.entry(text), re.MULTILINE))
        assert from_latex(fields["title"][1:-1]) == one_line(text)
        assert from_latex(fields["howpublished"]) == one_line(text)

    def test_bibtex_has_as_many_braces_to_open_as_to_close(self, text):
        made = re.sub(r"\\[{}]", "", self.entry(text, url=text, doi=text))
        depth = 0
        for brace in re.findall(r"[{}]", made):
            depth += 1 if brace == "{" else -1
            assert depth >= 0
        assert depth == 0

    def test_apa_is_plain_text(self, text):
        assert text.rstrip(".") in apa({"authors": "A", "title": text})


def test_an_institution_whose_name_has_an_and_is_one_author():
    made = bibtex("key", {"authors": "Food, Health and Care; Kim, A.", "title": "T"})
    assert "author = {{Food, Health and Care} and Kim, A.}" in made


@each
def test_grades_open_in_a_spreadsheet_without_formulas(text, monkeypatch, tmp_path):
    rows = [grades.Row("a", text, "graded", -1.5, 2.0, text)]
    monkeypatch.setattr(grades, "report", lambda *given: rows)
    course = SimpleNamespace(coursedir=SimpleNamespace(root=tmp_path))
    writer = SimpleNamespace(parent=course, to=str(tmp_path / "g.csv"), assignment=(), student=())
    gradebook = SimpleNamespace(assignments=[SimpleNamespace(name="a")])
    grades.CourseExport.export(writer, gradebook)
    with (tmp_path / "g.csv").open(encoding="utf-8", newline="") as file:
        _, (_, student, _, score, _, reason) = csv.reader(file)
    assert score == "-1.5"
    for cell in (student, reason):
        assert cell.removeprefix("'") == text.removeprefix("'")
        assert cell[0] not in "=+-@"


@each
class TestQuestions:
    @pytest.fixture
    def asked(self, text):
        known = bank("02")
        question = next(one for one in known.questions if one.type == "single")
        options = tuple(replace(option, text=text, why=text) for option in question.options)
        changed = replace(question, objective=text, stem=text, explanation=text, options=options)
        return replace(known, title=text, questions=(changed,))

    def test_moodle_reads_them_as_written(self, asked, text):
        node = ElementTree.fromstring(to_moodle_xml(asked).encode())[1]
        assert node.findtext("questiontext/text") == text
        assert {one.findtext("text") for one in node.iter("answer")} == {text}
        assert {one.get("format") for one in node.iter("answer")} == {"plain_text"}

    def test_qti_reads_them_as_written(self, asked, text):
        with zipfile.ZipFile(io.BytesIO(to_qti(asked))) as package:
            names = [name for name in package.namelist() if "-q" in name]
            root = ElementTree.fromstring(package.read(names[0]))
        assert root.find(".//{*}prompt").text == text
        assert {one.text for one in root.iter() if one.tag.endswith("simpleChoice")} == {text}


def test_a_control_character_does_not_spoil_a_whole_bank():
    known = bank("02")
    changed = replace(known, questions=(replace(known.questions[0], stem="A\x00bell\x07\ud800"),))
    node = ElementTree.fromstring(to_moodle_xml(changed).encode())[1]
    assert node.findtext("questiontext/text").startswith("A\ufffdbell\ufffd\ufffd")


@each
def test_arguments_go_out_as_they_are(text):
    argument = Argument([Node("a", text, "premise", text, text, (text,))], [])
    _, metadata = statements(to_argdown(argument))["a"]
    assert metadata.get("label", "") == metadata.get("branch", "") == text
    assert metadata["claims"] == [text]
    (node,) = json.loads(json.dumps(to_aif(argument)))["nodes"]
    assert node["text"] == node["label"] == node["branch"] == text


class TestHtml:
    @each
    def test_holds_the_text_and_no_markup(self, text):
        told = {"title": text, "lines": [{"text": text}], "values": [{"label": "", "value": text}]}
        form = {"label": text, "lead": text, "fields": [], "feedback": told}
        made = [
            as_html(text, text, [form]),
            replace(claim("C01"), text=text, evidence_for=text)._repr_mimebundle_()["text/html"],
            Notice(text)._repr_html_(),
            stored_table(text, [text], [[text]])[0],
        ]
        for page in map(Page, made):
            assert one_line(text) in page.text
            assert not {"script", "b", "img", "code", "h1"} & set(page.tags)

    @each
    def test_an_alt_text_stays_within_its_picture(self, text):
        figure = CourseFigure()
        figure.alt, figure.png = text, bytes
        made = figure.mimebundle()[0]["text/html"]
        assert Page(made).tags == ["img"]
        assert html.unescape(re.search('alt="([^"]*)"', made)[1]) == text

    @pytest.mark.parametrize(
        "shown",
        [
            lambda: claim("C01")._repr_mimebundle_()["text/html"],
            lambda: Notice("$5 and $6")._repr_html_(),
            lambda: quiz("02")._repr_mimebundle_()[0]["text/html"],
            lambda: codebook("economy")._repr_html_(),
        ],
        ids=["claim", "check", "quiz", "codebook"],
    )
    def test_dollars_are_no_mathematics_in_jupyterlab(self, shown):
        assert re.match(r"<\w+ [^>]*class=\"[^\"]*mathjax_ignore", shown().strip())
