"""A report of the student's own work, to read and to hand in."""

import json
from pathlib import Path

from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.predictions import judge, parse, read_response, truth
from coursekit.record import activity_of, record, to_frame
from coursekit.record.lines import replace
from coursekit.record.summary import calibration, done

__all__ = ["Report", "report", "write_report"]

HEAD = "# My work on the essay about NATO enlargement"
RULE = (
    "The course gives no verdict on contested claims. What counts here are reasons, numbers and "
    "sources, never the side taken."
)
VERDICTS = {
    "near": "near",
    "high": "too high",
    "low": "too low",
    "opposite": "the other way round",
    "mixed": "above and below",
    "other": "another answer",
}
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>My work on the essay about NATO enlargement</title>
<style>
body {{ font: 17px/1.5 Georgia, serif; margin: 2em auto; max-width: 46em; padding: 0 1em; }}
table {{ border-collapse: collapse; margin: 1em 0; width: 100%; }}
th, td {{ border: 1px solid #808b94; padding: 0.35em 0.6em; text-align: left; }}
th, td {{ vertical-align: top; }}
blockquote {{ border-left: 4px solid #808b94; margin-left: 0; padding-left: 1em; }}
</style>
</head>
<body>
{body}</body>
</html>
"""


def report(statements, name=""):
    """Put a learner's record into a text.

    Parameters
    ----------
    statements : list of dict
        As `Record.statements` gives them.
    name : str, optional
        Whose work it is; left out if empty.

    Returns
    -------
    str
        Markdown: judgements at the start and at the end, the argument map, notes, predictions
        beside answers, questions and exercises. A part with nothing in it is left out.

    Examples
    --------
    >>> report([]).splitlines()[-1]
    'Nothing is recorded yet.'
    """
    parts = [HEAD, *([f"By {_line(name)}."] if name else []), RULE]
    newest = {activity_of(made): made for made in statements}
    first = {activity_of(made): made for made in reversed(statements)}
    sections = {
        "My judgement at the start and at the end": _credences(first, newest),
        "What I accept and reject": _map(newest),
        "My notes": _notes(newest),
        "What I predicted": _predictions(first),
        "Questions, predictions and exercises": _counts(statements),
    }
    filled = [f"## {title}\n\n{text}" for title, text in sections.items() if text]
    return "\n\n".join([*parts, *(filled or ["Nothing is recorded yet."])]) + "\n"


def _line(text):
    """Make any text fit into a cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")


def _table(head, rows):
    if not rows:
        return ""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_line, line)) + " |" for line in lines)


def _about(statements, kind):
    return {
        activity.split("/", 1)[1]: made
        for activity, made in statements.items()
        if activity.startswith(f"{kind}/")
    }


def _credences(first, newest):
    start, end = (
        {key.split("/")[0]: made for key, made in found.items() if key.endswith(f"/{when}")}
        for found, when in (
            (_about(first, "credence"), "start"),
            (_about(newest, "credence"), "end"),
        )
    )
    texts = load("claims").set_index("claim")["text"]

    def percent(made):
        scaled = (made or {}).get("result", {}).get("score", {}).get("scaled")
        return "" if scaled is None else f"{100 * scaled:.0f} %"

    rows = [
        (
            f"{claim}. {texts[claim]}",
            percent(start.get(claim)),
            percent(end.get(claim)),
            end.get(claim, {}).get("result", {}).get("response") or "",
        )
        for claim in sorted({*start, *end})
        if claim in texts.index
    ]
    return _table(["claim", "at the start", "at the end", "why"], rows)


def _map(newest):
    from coursekit.argument import Argument

    kept = _about(newest, "map").get("essay")
    if not kept:
        return ""
    said = json.loads(kept["result"]["response"])
    essay = Argument.essay()
    rows = [
        (f"{id}. {essay.nodes[id].text}", word)
        for word in ("accepted", "rejected")
        for id in said.get(word, ())
        if id in essay.nodes
    ]
    chosen = {word: [id for id in said.get(word, ()) if id in essay.nodes] for word in said}
    standing = essay.standing(chosen.get("rejected", ()), chosen.get("accepted", ()))
    outcome = "\n".join(f"- {standing.why(id)}" for id in standing.conclusions)
    return f"{_table(['step of the argument', 'I have'], rows)}\n\n{outcome}".strip()


def _notes(newest):
    parts = []
    for id, made in sorted(_about(newest, "note").items()):
        prompt = made.get("context", {}).get("extensions", {}).get("prompt", "")
        text = made["result"]["response"].strip().replace("\n", "\n> ")
        parts.append(f"### {_line(prompt or id)}\n\n> {text}")
    return "\n\n".join(parts)


def _predictions(first):
    from coursekit.content import folder

    known = {
        one.id: one
        for path in sorted((folder("exercises") / "predictions").glob("*_*.yaml"))
        for one in parse(path)
    }
    rows = []
    for id, made in sorted(_about(first, "prediction").items()):
        if one := known.get(id):
            try:
                value = read_response(one, json.loads(made["result"]["response"]))
            except (CourseError, KeyError, ValueError):
                continue
            answer = truth(one)
            verdict = VERDICTS[judge(one, value, answer).kind]
            rows.append((one.ask, one.words(value), one.words(answer), verdict))
    return _table(["question", "I said", "the course computes", ""], rows)


def _counts(statements):
    frame = to_frame(statements)
    if frame.empty:
        return ""
    counts = done(frame)
    columns = {
        "answered": "questions",
        "predicted": "predictions",
        "passed": "tasks",
        "given": "later",
    }
    tried = counts[counts[list(columns)].sum(axis="columns") > 0]
    rows = [
        (row["notebook"], row["title"], *(f"{row[k]} of {row[v]}" for k, v in columns.items()))
        for _, row in tried.iterrows()
    ]
    heads = ("", "notebook", "answered", "predicted", "exercises passed", "marked later")
    table = _table(heads, rows)
    sure = calibration(frame)
    words = [
        f"- {row.confidence:.0%} sure: {row.right} of {row.answers} right"
        for row in sure.itertuples()
    ]
    return "\n\n".join(filter(None, [table, "\n".join(words)]))


class Report:
    """Say which files hold the report.

    Parameters
    ----------
    paths : tuple of pathlib.Path
        The files; none if nothing was written.
    text : str
        The report in Markdown.
    """

    def __init__(self, paths, text):
        self.paths, self.text = paths, text

    def __repr__(self):
        if not self.paths:
            return (
                "Nothing is recorded yet, so no report was written. Answer a quiz, make a "
                "prediction or keep a note, then run this box again."
            )
        names = " and ".join(path.name for path in self.paths)
        return f"Written: {names}, in {self.paths[0].parent}"

    def _repr_markdown_(self):
        return f"{self!r}\n\n---\n\n{self.text}" if self.paths else f"{self!r}"


def write_report(folder=".", name=None):
    """Write a report of your predictions, judgements, map and notes, to read and to hand in.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        Where to write ``my_report.md`` and ``my_report.html``. Earlier reports are replaced.
    name : str, optional
        Whose report it is; otherwise the name in the learner's record, if one was given.

    Returns
    -------
    Report
        Which files were written, and the text. Nothing is written as long as nothing is recorded.

    Raises
    ------
    CourseError
        If the files cannot be written.
    """
    import mistune

    mine = record()
    statements = mine.statements()
    if not statements:
        return Report((), report([]))
    text = report(statements, mine.name if name is None else name)
    # Raw HTML is shown as text: notes are the student's, and names too.
    body = mistune.create_markdown(escape=True, plugins=["table"])(text)
    place = Path(folder).expanduser().absolute()
    files = {"my_report.md": text, "my_report.html": PAGE.format(body=body)}
    try:
        for file, content in files.items():
            replace(place / file, content.encode("utf-8", "replace"))
    except OSError as trouble:
        raise CourseError(
            f"The report could not be written to {place} ({trouble.strerror or trouble}). Give "
            'another folder, such as ck.write_report("~").'
        ) from None
    return Report(tuple(place / file for file in files), text)
