"""How probable the anchor claims seem to a student, at the start and at the end."""

from functools import lru_cache
from typing import Any

from coursekit.data import load
from coursekit.errors import MisfitError, read_each, unknown
from coursekit.forms.fields import Form, field, item, told
from coursekit.forms.shares import read_share, share_field
from coursekit.sentences import Sentences
from coursekit.widgets.card import Card, picture
from coursekit.widgets.keeping import keep, kept

START, END = "start", "end"
SAY = Sentences(__file__)
KEY = "credences"
# By claim: its text; probability in per cent and reason, None if the student was not asked for one.
Texts = dict[str, str]
Pairs = tuple[tuple[str, Any], ...]
Answers = dict[str, tuple[int, str | None]]


def _texts() -> Texts:
    asked: Texts = load("anchors").set_index("claim")["asked"].to_dict()
    return asked


def _kept_answers(when: str) -> Answers:
    """Find what was kept by claim: at the start the first answer counts, at the end the newest."""
    found = {}
    for claim in load("anchors")["claim"]:
        activity = f"credence/{claim}/{when}"
        results = [made.get("result", {}) for made in kept(activity).get(activity, ())]
        results = [result for result in results if "scaled" in result.get("score", {})]
        made = [(round(100 * r["score"]["scaled"]), r.get("response")) for r in results]
        if made:
            found[claim] = made[0 if when == START else -1]
    return found


def _change(now: int, before: int | None) -> str:
    if before is None:
        return SAY("new", now=now)
    if now == before:
        return SAY("same", now=now)
    way = "higher" if now > before else "lower"
    return SAY("changed", now=now, before=before, gap=abs(now - before), way=way)


def _asking(
    texts: Texts, when: str, given: Answers | None = None, reasons: bool = False, **more: Any
) -> Form:
    """Make the form with a slider for each claim; on paper the reasons stand beside them."""
    fields = []
    for claim, text in texts.items():
        value = {"value": given[claim][0]} if given else {}
        fields.append(share_field(claim, f"{claim}. {text}", **value))
        if reasons:
            fields.append(field("text", f"{claim}-reason", SAY["on_paper"]))
    return item(KEY, fields, submit=SAY["submit"][when], foot=SAY["foot"][when], **more)


def _comparing(texts: Texts, given: Answers, start: Answers) -> Form:
    """Make the form that shows each change and asks for its reason."""
    fields = []
    for claim, text in texts.items():
        (now, _), (before, _) = given[claim], start.get(claim, (None, None))
        change = _change(now, before)
        fields.append(field("said", f"{claim}-change", f"{claim}. {text}", text=change))
        kind = "ask_new" if before is None else "ask_same" if now == before else "ask_changed"
        needed = {"required": SAY["reason"]} if kind == "ask_changed" else {}
        fields.append(field("text", claim, f"{claim}: {SAY[kind]}", rows=2, **needed))
    more = {} if start else {"lead": SAY["no_start"]}
    return item(KEY, fields, submit="Keep my reasons", focus=f"{next(iter(texts))}-change", **more)


def _finished(texts: Texts, given: Answers, start: Answers) -> Form:
    fields = []
    for claim, text in texts.items():
        (now, reason), (before, _) = given[claim], start.get(claim, (None, None))
        said = f"{_change(now, before)}\n\n{reason}"
        fields.append(field("said", f"{claim}-change", f"{claim}. {text}", text=said))
    feedback = told(SAY["finished"])
    return item(KEY, fields, locked=True, feedback=feedback, again="Answer once more")


class Credences(Card):
    """Ask how likely the anchor claims are; raises CourseError if `when` is something else."""

    def __init__(self, when: str = START):
        if when not in SAY["leads"]:
            raise unknown("time to ask", when, SAY["leads"])
        self.when, self.texts = when, _texts()
        blank = [_asking(self.texts, when, reasons=when == END)]
        words = {"lead": SAY["scale"] + SAY["leads"][when], "name": "Your judgement"}
        super().__init__([self._form()], blank=blank, place=f"credence/{when}", **words)
        self._gate()

    def _gate(self) -> None:
        if self.when == END:
            self.gate = "open" if len(_kept_answers(END)) == len(self.texts) else "shut"

    def _form(self) -> Form:
        given = _kept_answers(self.when)
        if len(given) < len(self.texts):
            return _asking(self.texts, self.when)
        if self.when == START:
            return _asking(self.texts, START, given, locked=True, feedback=told(SAY["kept"]))
        if any(reason is None for _, reason in given.values()):
            return _comparing(self.texts, given, _kept_answers(START))
        return _finished(self.texts, given, _kept_answers(START))

    def submit(self, key: str, values: Form) -> None:
        """Keep the probabilities or, at the end, the reasons."""
        form = next(form for form in self.items if form["key"] == key)
        if form.get("locked"):
            return
        asked = {one["name"]: one for one in form["fields"] if one["name"] in self.texts}
        if any(one["kind"] == "percent" for one in asked.values()):
            shares = read_each(read_share, {claim: values[claim] for claim in asked})
            made: Form = {name: {"score": {"scaled": share}} for name, share in shares.items()}
        else:
            missing = {
                claim: one["required"]
                for claim, one in asked.items()
                if one.get("required") and not values.get(claim)
            }
            if missing:
                raise MisfitError(missing)
            shares = {claim: given / 100 for claim, (given, _) in _kept_answers(self.when).items()}
            made = {
                claim: {"score": {"scaled": shares[claim]}, "response": values[claim] or ""}
                for claim in asked
            }
        for claim, result in made.items():
            keep("rated", f"credence/{claim}/{self.when}", result)
        self.put(self._form())
        self._gate()

    def again(self, key: str) -> None:
        """Ask once more; the newest answer counts."""
        self.put(_asking(self.texts, self.when))


@lru_cache(maxsize=2)
def _picture(start: Pairs, end: Pairs, texts: Pairs) -> Form:
    """Draw both; other cards ask for it whenever they keep something, mostly of other things."""
    from coursekit.figures.credences import credence_figure

    return picture(credence_figure(dict(start), dict(end), dict(texts)))


class CredenceReview(Card):
    """Show start and end side by side, with the reasons."""

    def __init__(self) -> None:
        self.texts = _texts()
        super().__init__([self._form()], name="Start and end")

    def _form(self) -> Form:
        start, end = _kept_answers(START), _kept_answers(END)
        if not start and not end:
            return item("review", [], feedback=told("Start and end", [{"text": SAY["empty"]}]))
        rows = []
        for claim, text in self.texts.items():
            (before, _), (now, reason) = start.get(claim, (None, "")), end.get(claim, (None, ""))
            change = "" if before is None or now is None else _signed(now - before)
            rows.append([f"{claim}. {text}", _cell(before), _cell(now), change, reason or ""])
        columns = ["Claim", "Start", "End", "Change", "Why"]
        both = (tuple((claim, value) for claim, (value, _) in g.items()) for g in (start, end))
        shown: Form = {"picture": _picture(*both, tuple(self.texts.items()))}
        shown["table"] = {"label": SAY["table"], "columns": columns, "rows": rows}
        feedback = told(SAY["title"], [{"text": SAY["how_to_read"]}], **shown)
        return item("review", [], feedback=feedback)

    def refresh(self) -> None:
        """Show what another card has just kept."""
        form = self._form()
        if form != {key: value for key, value in self.items[0].items() if key != "turn"}:
            self.put(form)


def _signed(change: int) -> str:
    return f"{change:+d}".replace("-", "−") if change else "0"


def _cell(value: int | None) -> str:
    return "–" if value is None else f"{value}%"


def credences(when: str = START) -> Credences:
    """Ask how likely the five anchor claims are.

    Parameters
    ----------
    when : {"start", "end"}, optional
        Whether this is the start or the end of the course.

    Returns
    -------
    Credences
        The card. The answers are kept in the learner's record.

    Raises
    ------
    CourseError
        If `when` is something else.

    Examples
    --------
    >>> [one["name"] for one in credences("start").items[0]["fields"]]
    ['C04', 'C24', 'C30', 'C39', 'C45']
    """
    return Credences(when)


def credence_review() -> CredenceReview:
    """Show side by side how likely the anchor claims seemed at the start and at the end.

    Returns
    -------
    CredenceReview
        A figure and a table with the reasons; a sentence as long as nothing has been kept.

    Examples
    --------
    >>> credence_review().name
    'Start and end'
    """
    return CredenceReview()
