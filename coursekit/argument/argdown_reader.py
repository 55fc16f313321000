"""Read an argument from Argdown text."""

import re
from dataclasses import replace
from textwrap import dedent

from coursekit.argument.graph import Argument
from coursekit.argument.steps import Link, Node
from coursekit.errors import CourseError

__all__ = ["from_argdown"]

STATEMENT = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<sign>\+>|->|<?\+|<?-)[ \t]*|\((?P<number>\d+)\)[ \t]*)?"
    r"\[(?P<id>[^\]]+)\](?::[ \t]*(?P<text>(?:\\.|[^\\{])*))?[ \t]*(?P<data>\{.*)?"
)
ARGUMENT = re.compile(r"<([^>]+)>")
INFERENCE = re.compile(r"-{2,}([^-]*-{2,})?")
PASSED_OVER = re.compile(r"//.*|#+ .*")
RELATIONS = {"+": "supports", "-": "attacks"}
FIELDS = {"label": str, "kind": str, "branch": str, "text": str, "claims": list}


def from_argdown(text):
    """Read an argument from Argdown text.

    It reads what `coursekit.argument.to_argdown` writes, and the same written by hand: statements
    with a title and their text on one line, relations between statements (also one below another),
    and one inference for each argument. Headings, comments and front matter are passed over.

    Parameters
    ----------
    text : str
        Argdown.

    Returns
    -------
    Argument
        The argument.

    Raises
    ------
    CourseError
        If a line cannot be read, or steps and links do not fit together; the message names the
        line.

    Examples
    --------
    >>> argument = from_argdown('''
    ... [wet]: It is wet.
    ...   + [rain]: It rains.
    ...     - [roof]: There is a roof.
    ... ''')
    >>> [str(link) for link in argument.links]
    ['rain supports wet', 'roof attacks rain']
    """
    return _Reader(text).argument()


class _Reader:
    """Reads line by line; knows what the next relation or premise can belong to."""

    def __init__(self, text):
        self.lines = [line.rstrip() for line in re.split(r"\r?\n", text)]
        self.at = 0
        self.nodes, self.links, self.notes = {}, [], {}
        self.above = []
        self.label, self.opened, self.premises, self.inferred = "", 0, [], False

    def argument(self):
        self._skip_front_matter()
        while self.at < len(self.lines):
            self._read(self.lines[self.at])
            self.at += 1
        self._no_open_argument()
        ends = {(link.source, link.target) for link, _ in self.links}
        for (source, target), (_, line) in self.notes.items():
            if (source, target) not in ends:
                raise self._error(f"a note on {source}, which has no link to {target}", line)
        return Argument(
            [node for node, _ in self.nodes.values()],
            [
                replace(link, note=self.notes.get((link.source, link.target), (link.note,))[0])
                for link, _ in self.links
            ],
            node_lines=[line for _, line in self.nodes.values()],
            link_lines=[line for _, line in self.links],
        )

    def _error(self, fault, line=None):
        line = self.at + 1 if line is None else line
        said = self.lines[min(line, len(self.lines)) - 1].strip()[:60]
        return CourseError(f"Line {line} ({said}): {fault}.")

    def _skip_front_matter(self):
        fences = [k for k, line in enumerate(self.lines) if line.startswith("===")]
        if len(fences) > 1 and not any(self.lines[: fences[0]]):
            self.at = fences[1] + 1

    def _read(self, line):
        if found := STATEMENT.fullmatch(line):
            self._statement(found)
        elif found := ARGUMENT.fullmatch(line.strip()):
            self._no_open_argument()
            self.label, self.opened = found[1], self.at + 1
        elif INFERENCE.fullmatch(line.strip()) and self.premises and not self.inferred:
            self.inferred = True
        elif not line.strip():
            self.above = []
        elif not PASSED_OVER.fullmatch(line.strip()):
            raise self._error(
                "this is no statement, relation, premise or inference. Write statements as "
                "'[A6]: text' on one line, and relations below them as '  + [A5]' or '  - [R2]'"
            )

    def _statement(self, found):
        id, line = found["id"], self.at + 1
        if found["number"]:
            self._numbered(id, line)
        elif found["sign"]:
            self._relation(found, line)
        else:
            self._no_open_argument()
            self.above = [(len(found["indent"]), id)]
        text = re.sub(r"\\(.)", r"\1", (found["text"] or "").rstrip())
        data = self._data(found["data"])
        if text or data:
            if id in self.nodes:
                raise self._error(f"[{id}] is described on line {self.nodes[id][1]} already", line)
            self.nodes[id] = (Node(id, **({"text": text} | self._fields(data, line))), line)
            self._bearing(id, data, line)

    def _numbered(self, id, line):
        if not self.label:
            raise self._error("numbered premises need the name of their argument above: <A6-1>")
        if not self.inferred:
            self.premises.append((id, line))
            return
        for premise, row in self.premises:
            self.links.append((Link(premise, id, "supports", self.label), row))
        self.label, self.premises, self.inferred = "", [], False

    def _relation(self, found, line):
        indent = len(found["indent"])
        self.above = [(depth, id) for depth, id in self.above if depth < indent]
        if not self.above:
            raise self._error("a relation needs a statement above it that is indented less")
        ends = [found["id"], self.above[-1][1]]
        if found["sign"].endswith(">"):
            ends.reverse()
        self.links.append((Link(*ends, RELATIONS[found["sign"].strip("<>")]), line))
        self.above.append((indent, found["id"]))

    def _no_open_argument(self):
        if self.label:
            raise self._error("this argument has no inference and conclusion", self.opened)

    def _data(self, start):
        import yaml

        if not start:
            return {}
        first = self.at
        if start == "{":
            rest = [line.strip() for line in self.lines[first:]]
            if "}" not in rest:
                raise self._error("this metadata has no closing } on a line of its own")
            self.at = first + rest.index("}")
            start = dedent("\n".join(self.lines[first + 1 : self.at]))
        try:
            data = yaml.safe_load(start)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = first + 1 + (mark.line if mark else 0) + (start[:1] != "{")
            raise self._error("this metadata cannot be read as YAML", line) from None
        if not isinstance(data, dict):
            raise self._error("metadata are pairs, such as {kind: premise}", first + 1)
        return data

    def _fields(self, data, line):
        fields = {key: data[key] for key in FIELDS if key in data}
        for key, value in fields.items():
            parts = value if FIELDS[key] is list else [value]
            if not isinstance(value, FIELDS[key]) or not all(isinstance(p, str) for p in parts):
                expected = "a list of words" if FIELDS[key] is list else "text"
                raise self._error(f"{key} must be {expected}, in quotation marks", line)
        if "claims" in fields:
            fields["claims"] = tuple(fields["claims"])
        return fields

    def _bearing(self, id, data, line):
        for key in ("notes", "limits"):
            pairs = data.get(key, {})
            if not isinstance(pairs, dict) or not all(
                isinstance(part, str) for pair in pairs.items() for part in pair
            ):
                raise self._error(f'{key} must be pairs, such as "R2": "why"', line)
            for source, note in pairs.items():
                if key == "notes":
                    self.notes[source, id] = (note, line)
                else:
                    self.links.append((Link(source, id, "limits", note=note), line))
