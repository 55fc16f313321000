"""A report of the student's own work, to read and to hand in."""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from coursekit.argument import Argument
from coursekit.attainment import calibration, done
from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.escaping import markdown, no_mathematics
from coursekit.predictions import judge, read_response, truth
from coursekit.predictions.loading import every
from coursekit.profile import profile
from coursekit.record import activity_of, record, to_frame
from coursekit.record.lines import replace
from coursekit.record.xapi import Statement
from coursekit.sentences import Sentences

__all__ = ["files", "report", "save", "still_open"]

SAY = Sentences(__file__)
TOTALS = {"answered": "questions", "predicted": "predictions", "passed": "tasks"}
ByActivity = dict[str, Statement]


def report(statements: Sequence[Statement], name: str = "") -> str:
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
    by = [f"By {markdown(name)}."] if name else []
    parts = [SAY("head", text=profile().text), *by, SAY["rule"]]
    newest = {activity_of(made): made for made in statements}
    first = {activity_of(made): made for made in reversed(statements)}
    sections = {
        SAY["judgement"]: _credences(first, newest),
        SAY["map"]: _map(newest),
        SAY["notes"]: _notes(newest),
        SAY["predictions"]: _predictions(first),
        SAY["counts"]: _counts(statements),
    }
    filled = [f"## {title}\n\n{text}" for title, text in sections.items() if text]
    return "\n\n".join([*parts, *(filled or [SAY["nothing"]])]) + "\n"


def _table(head: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    if not rows:
        return ""
    lines = [[markdown(cell) for cell in line] for line in [head, *rows]]
    lines.insert(1, ["---"] * len(head))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _about(statements: ByActivity, kind: str) -> ByActivity:
    place = f"{kind}/"
    found = {activity: made for activity, made in statements.items() if activity.startswith(place)}
    return {activity.removeprefix(place): made for activity, made in found.items()}


def _credences(first: ByActivity, newest: ByActivity) -> str:
    start, end = (
        {key.split("/")[0]: made for key, made in found.items() if key.endswith(when)}
        for kept, when in ((first, "/start"), (newest, "/end"))
        for found in [_about(kept, "credence")]
    )
    # The sentence that was rated; a record may hold claims that are no longer asked for.
    claims, anchors = (load(name).set_index("claim") for name in ("claims", "anchors"))
    texts = anchors["asked"].combine_first(claims["text"])

    def percent(made: Statement | None) -> str:
        scaled = (made or {}).get("result", {}).get("score", {}).get("scaled")
        return "" if scaled is None else f"{100 * scaled:.0f}%"

    rows = []
    for claim in sorted({*start, *end} & set(texts.index)):
        why = end.get(claim, {}).get("result", {}).get("response") or ""
        shares = percent(start.get(claim)), percent(end.get(claim))
        rows.append((f"{claim}. {texts[claim]}", *shares, why))
    return _table(["claim", "at the start", "at the end", "why"], rows)


def _map(newest: ByActivity) -> str:
    kept = _about(newest, "map").get("essay")
    if not kept:
        return ""
    said, essay = json.loads(kept["result"]["response"]), Argument.essay()
    accepted, rejected = (
        [id for id in said.get(word, ()) if id in essay.nodes] for word in ("accepted", "rejected")
    )
    words = dict.fromkeys(accepted, "accepted") | dict.fromkeys(rejected, "rejected")
    rows = [(f"{id}. {essay.nodes[id].text}", word) for id, word in words.items()]
    standing = essay.standing(rejected, accepted)
    outcome = "\n".join(f"- {markdown(standing.why(id))}" for id in standing.conclusions)
    return f"{_table(['step of the argument', 'I have'], rows)}\n\n{outcome}".strip()


def _notes(newest: ByActivity) -> str:
    parts = []
    for id, made in sorted(_about(newest, "note").items()):
        prompt = made.get("context", {}).get("extensions", {}).get("prompt", "")
        paragraphs = re.split(r"\n\s*\n", made["result"]["response"].strip())
        # A backslash at its end keeps a line from running into the next.
        written = ["\\\n> ".join(map(markdown, paragraph.splitlines())) for paragraph in paragraphs]
        parts.append(f"### {markdown(prompt or id)}\n\n> " + "\n>\n> ".join(written))
    return "\n\n".join(parts)


def _predictions(first: ByActivity) -> str:
    known, rows = {one.id: one for one in every()}, []
    for id, made in sorted(_about(first, "prediction").items()):
        if one := known.get(id):
            try:
                value = read_response(one, json.loads(made["result"]["response"]))
            except (CourseError, KeyError, ValueError):
                continue
            answer = truth(one)
            verdict = SAY["verdicts"][judge(one, value, answer).kind]
            rows.append((one.ask, one.words(value), one.words(answer), verdict))
    return _table(["question", "I said", "the course computes", ""], rows)


def _counts(statements: Sequence[Statement]) -> str:
    frame = to_frame(statements)
    if frame.empty:
        return ""
    counts = done(frame)
    columns = TOTALS | {"given": "later"}
    tried = counts[counts[list(columns)].sum(axis="columns") > 0]
    rows = [
        (row["notebook"], row["title"], *(f"{row[k]} of {row[v]}" for k, v in columns.items()))
        for _, row in tried.iterrows()
    ]
    heads = ("", "notebook", "answered", "predicted", "exercises passed", "marked later")
    table = _table(heads, rows)
    sure = calibration(frame)
    line = "- {confidence:.0%} sure: {right} of {answers} right"
    words = [line.format(**row) for row in sure.to_dict("records")]
    return "\n\n".join(filter(None, [table, "\n".join(words)]))


def still_open(statements: Sequence[Statement]) -> list[str]:
    """Say what a report does not hold yet.

    Parameters
    ----------
    statements : list of dict
        As `Record.statements` gives them.

    Returns
    -------
    list of str
        A sentence for each part that is missing, or in which something is; empty if all is done.
    """
    kept = {activity_of(made) for made in statements}
    places = profile()
    said = []
    for part, words in SAY["open"].items():
        if not any(re.fullmatch(part, one) for one in kept):
            said.append(words.format(places=places))
    counts = done(to_frame(statements))
    for column, total in TOTALS.items():
        missing = counts[total] - counts[column]
        where = ", ".join(counts.loc[missing > 0, "notebook"])
        if where:
            words = SAY["missing"][column]
            said.append(f"{missing.sum()} of {counts[total].sum()} {words}: {where}.")
    return said


def files(folder: str | Path = ".") -> list[Path]:
    """Name the files of the report.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        Where they are, or will be.

    Returns
    -------
    list of pathlib.Path
        A page to read, and Markdown to go on writing.
    """
    place = Path(folder).expanduser().absolute()
    return [place / "my_report.html", place / "my_report.md"]


def save(folder: str | Path = ".", name: str = "") -> list[Path]:
    """Write the report of the learner's record into two files.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        Where to write them. Earlier reports are replaced.
    name : str, optional
        Whose report it is; left out if empty.

    Returns
    -------
    list of pathlib.Path
        The files.

    Raises
    ------
    CourseError
        If nothing is recorded yet, or the files cannot be written.
    """
    import mistune

    statements = record().statements()
    if not statements:
        raise CourseError(SAY["unrecorded"])
    text = report(statements, name)
    # Nothing in it is HTML: texts were escaped one by one, which leaves entities for backslashes.
    body = mistune.create_markdown(escape=False, plugins=["table"])(text)
    page = SAY("page", text=profile().text, body=body)
    contents = page, no_mathematics(text, newline="\n\n") + "\n"
    paths = files(folder)
    try:
        for path, content in zip(paths, contents, strict=True):
            replace(path, content.encode("utf-8", "replace"))
    except OSError as trouble:
        why = trouble.strerror or trouble
        raise CourseError(SAY("not_written", folder=paths[0].parent, why=why)) from None
    return paths
