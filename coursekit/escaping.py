"""Texts of students and sources inside other languages, where each character stands for itself."""

import re
from html import escape

ADDRESS = re.compile(r"(https?://[^\s<>\"\\`|$]*[^\s<>\"\\`|$.,;:!?)\]}'*_~])")
MARKUP = re.compile(r"[\\`*_\[\]<>#|$~&]")
START = re.compile(r"^(\d*)([-+=.)])")
TEX = {
    **{character: rf"\{character}" for character in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def markdown(text: object) -> str:
    """Write a text as one line of Markdown, for a paragraph, a heading or a cell of a table."""
    parts = ADDRESS.split(" ".join(str(text).split()))
    parts[::2] = [MARKUP.sub(_escaped, part) for part in parts[::2]]
    parts[1::2] = [f"<{address}>" for address in parts[1::2]]
    return START.sub(r"\1\\\2", "".join(parts))


def _escaped(found: re.Match[str]) -> str:
    # JupyterLab takes two backslashes before a bracket for the beginning of mathematics.
    return "&#92;" if found[0] == "\\" else f"\\{found[0]}"


def no_mathematics(content: str, newline: str = "") -> str:
    """Keep JupyterLab and nbconvert from reading text between two dollar signs as formulas."""
    begin, end = '<div class="mathjax_ignore tex2jax_ignore">', "</div>"
    return f"{begin}{newline}{content}{newline}{end}"


def bibtex_text(text: str) -> str:
    """Write a text as the value of a field of BibTeX."""
    return "".join(TEX.get(character, character) for character in " ".join(text.split()))


def csv_cell(value: object) -> object:
    """Write a value as a cell of a table, which no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def xml_text(text: str) -> str:
    """Take out of a text what XML cannot hold even when it is escaped."""
    return NOT_XML.sub("\ufffd", text)


def linked(address: str, words: str) -> str:
    """Link words to an address of the web in HTML; without one they stand alone."""
    if not address.startswith(("http://", "https://")):
        return escape(words)
    return f'<a href="{escape(address)}">{escape(words)}</a>'
