"""The quotation detective: trace a phrase to its dated source, and see what follows."""

from typing import Any

from coursekit.errors import unknown
from coursekit.forms.fields import field, item
from coursekit.nato.statements.lines import about_invasion, dated_line
from coursekit.nato.statements.phrases import Phrase, phrases
from coursekit.nato.statements.quotations import date_in_words
from coursekit.widgets.card import Card
from coursekit.widgets.keeping import keep_try, tries

ACTIVITY = "detective"
OBJECTIVE = "Locate and date quotations"
HOW = "From which of these dated sources does each phrase come?"


class QuotationDetective(Card):
    """Trace phrases to dated sources, where the first answer counts; see what follows from them."""

    def __init__(self, ask: str = "") -> None:
        self.phrases = {found.name: found for found in phrases()}
        self.tries = tries(ACTIVITY, {name: _names(one) for name, one in self.phrases.items()})
        forms, blank = ([make(name) for name in self.phrases] for make in (self._form, self._asked))
        lead = f"{HOW}\n\n{about_invasion(votes=False)}"
        words = {"title": ask, "lead": lead, "name": "Quotation detective", "place": ACTIVITY}
        state: dict[str, Any] = {"status": self.score(), "ending": self._ending(), "stepwise": True}
        super().__init__(forms, blank=blank, **words, **state)

    def score(self) -> str:
        """Say how many phrases were traced."""
        firsts = {name: tries[0] for name, tries in self.tries.items() if tries}
        right = sum(self.phrases[name].source.name == given for name, given in firsts.items())
        return f"Traced at the first try: {right} of {len(firsts)}." if firsts else ""

    def _ending(self) -> dict[str, Any]:
        """Say what it comes to, once every phrase is traced."""
        if not all(self.tries.values()):
            return {}
        return {"title": f"All {len(self.tries)} traced.", "lines": [{"text": self.score()}]}

    def _asked(self, name: str, **more: Any) -> dict[str, Any]:
        found = self.phrases[name]
        words = f"“{found.text}”" if found.quoted else found.text
        help = "Official words." if found.quoted else "The phrase in the course's words."
        options = [{"key": one.name, "text": one.source} for one in found.options]
        given = {"value": self.tries[name][-1]} if more else {}
        asked = {"main": True, "help": help, "options": options, **given}
        source = field("choice", "source", words, required="Choose a source first.", **asked)
        place = list(self.phrases).index(name) + 1
        label = f"Phrase {place} of {len(self.phrases)}"
        return item(name, [source], submit="Check", label=label, tag=f"claim {found.claim}", **more)

    def _form(self, name: str) -> dict[str, Any]:
        if not self.tries[name]:
            return self._asked(name)
        found, given = self.phrases[name], self.tries[name][-1]
        right = given == found.source.name
        chosen = next(one for one in found.options if one.name == given)
        lines = [{"head": "What follows from the date", "text": found.follows}]
        lines.append(dated_line(found.source, "The source"))
        lines += [] if right else [dated_line(chosen, "The source you chose")]
        lines += [dated_line(one, "Set beside it") for one in found.compare if one.name != given]
        day = date_in_words(found.source.date)
        title = f"{'Yes' if right else 'No'}: the source is dated {day}."
        told = {"tone": "right" if right else "wrong", "title": title, "lines": lines}
        again = {} if right else {"again": "Answer once more (does not count)"}
        return self._asked(name, locked=True, feedback=told, mark=told["tone"], **again)

    def submit(self, key: str, values: dict[str, Any]) -> None:
        """Show the source; raises CourseError if none of the sources was chosen."""
        found, given = self.phrases[key], values["source"]
        if given not in _names(found):
            raise unknown("source", given, _names(found))
        form = next(form for form in self.items if form["key"] == key)
        if not form.get("locked"):
            self.tries[key].append(given)
            right = given == found.source.name
            keep_try(ACTIVITY, key, given, right, len(self.tries[key]), OBJECTIVE)
        self.put(self._form(key))
        self.status, self.ending = self.score(), self._ending()

    def again(self, key: str) -> None:
        """Ask for the source once more."""
        self.put(self._asked(key))


def _names(found: Phrase) -> list[str]:
    return [option.name for option in found.options]
