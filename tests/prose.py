"""What the tests know about prose: which numbers have a source, and how hard it is to read."""

import re
from functools import cache

from coursekit.data import load, names

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# These name their source themselves.
REFERENCE = re.compile(r"\b[CSE]\d\d\b|\b(?:ES-11/\d|68/262)\b")
CITATION = re.compile(r"([A-Z][\w’'-]+)(?: and [A-Z][\w’'-]+| et al\.)?,? \(?(\d{4})\)?")
IN_BRACKETS = re.compile(r"\(([A-Z][\w’'-]+)(?: and [A-Z][\w’'-]+| et al\.)? (\d{4})\)")
# What is no figure but a name, an ordinal or a date.
NO_FIGURE = [
    r"`[^`]*`|\]\([^)]*\)|https?://\S+|</?\w+[^>]*>",
    r"(?m)^#+ .*$|^\s*\d+\. |^\| \d\d \|",
    r"(?i)\b(?:notebooks?|rounds?|claims?|questions?|rule|step|article|paragraph|resolution)"
    r" \d+(?:(?:,| and| to|-) ?\d+)*",
    rf"\b\d{{1,2}} (?=(?:{MONTHS})\b)",
    r"\b(?:19|20)\d\d\b",
]


@cache
def _readings():
    table = load("readings")
    first = table["authors"].str.split(";").str[0].str.split(",").str[0].str.strip()
    return set(zip(first, table["year"].astype(str), strict=True))


def unknown_citations(text):
    """Citations in brackets, as in (Jervis 1978), that the list of readings lacks."""
    return [found for found in IN_BRACKETS.findall(text) if found not in _readings()]


def blocks(text):
    """Paragraphs; of tables and lists each line."""
    for block in re.split(r"\n\s*\n", text):
        listed = re.match(r"\s*(\||[-*] |\d+\. )", block)
        yield from block.splitlines() if listed else [block]


def figures(text):
    """Numbers that state a quantity."""
    for pattern in NO_FIGURE:
        text = re.sub(pattern, "", text)
    return [n.replace(",", "") for n in re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?", text)]


def has_source(block):
    """Whether a paragraph names a claim, a statement, an event, a table or a reading."""
    return bool(
        REFERENCE.search(block)
        or set(re.findall(r"`(\w+)`", block)) & set(names())
        or set(CITATION.findall(block)) & _readings()
    )


def computed(notebook):
    """Numbers that the code of a notebook states or prints."""
    texts = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            texts.append(cell.source)
            for output in cell.outputs:
                data = output.get("data", {})
                texts += [
                    str(data.get(f"text/{kind}", "")) for kind in ("plain", "html", "markdown")
                ]
    return set(re.findall(r"\d+(?:\.\d+)?", " ".join(texts).replace(",", "")))


def unsourced(notebook):
    """Paragraphs with a number that is neither computed on the page nor carries a source."""
    known = computed(notebook)
    for cell in notebook.cells[1:]:
        if cell.cell_type == "markdown":
            for block in blocks(cell.source):
                missing = [n for n in figures(block) if n not in known]
                if missing and not has_source(block):
                    yield missing, block


def syllables(word):
    """Count groups of vowels, without a silent e at the end."""
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = len(groups) > 1 and re.search(r"[^aeiouyl]e$", word.lower())
    return max(1, len(groups) - bool(silent))


def grade(text):
    """Flesch-Kincaid grade of a text in Markdown: years of school, by words and syllables."""
    text = re.sub(r"(?m)^\|.*$|^#+.*$|`[^`]*`|https?://\S+|[*_>|]|<[^>]+>", " ", text)
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    sentences = [s for s in re.split(r"[.?:](?=\s|$)|\n\s*\n", text) if re.search("[A-Za-z]", s)]
    words = re.findall(r"[A-Za-z][A-Za-z'’-]*", text)
    count = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * count / len(words) - 15.59
