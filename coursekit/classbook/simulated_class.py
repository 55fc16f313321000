"""A made-up class: files as students export them, from questions whose difficulty is known."""

import datetime as dt
import json
import uuid
from collections.abc import Callable
from pathlib import Path

import numpy as np

from coursekit.checks.sheet import tells
from coursekit.classbook.reading import predictions, questions
from coursekit.classbook.simulated import Model, lift, lifted, model, share_right, true_gain, when
from coursekit.classbook.simulated_answers import answer, confidence, guess
from coursekit.classbook.tasks import sheets
from coursekit.data import load
from coursekit.ids import bank_of
from coursekit.profile import profile
from coursekit.quiz import banks, score
from coursekit.quiz.bank import of_pages
from coursekit.quiz.scoring import answered
from coursekit.record.chain import Writer
from coursekit.record.export import packed
from coursekit.record.lines import replace
from coursekit.record.xapi import BASE, in_short, statement
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
BEGIN = dt.datetime(2026, 9, 7, 8, tzinfo=dt.UTC)
FINISHES, TAKES_TEST, OMITS, TRIES_AGAIN = 0.85, 0.95, 0.03, 0.6


class Student:
    """A made-up student, and what she has done so far."""

    def __init__(self, made: Model, place: int, seed: int):
        self.chance = np.random.default_rng([seed, place])
        self.made = made
        self.ability = float(self.chance.normal())
        self.bias = float(self.chance.normal(0.04, 0.06))
        self.skill = float(np.clip(0.6 + 0.2 * self.ability, 0.05, 0.95))
        self.account = str(uuid.UUID(bytes=self.chance.bytes(16), version=4))
        self.statements, self.minutes, self.judged = [], 0, {}
        self.writer = Writer()
        # The same seed gives the same digests.
        self.writer.id = self.account.replace("-", "")[:12]

    def _say(self, day, verb, activity, result, context=None):
        self.minutes += 1
        made = in_short(statement({}, verb, activity, result=result, context=context))
        account = {"homePage": BASE, "name": self.account}
        made["id"] = str(uuid.UUID(bytes=self.chance.bytes(16), version=4))
        made["actor"] = {"objectType": "Agent", "account": account}
        moment = BEGIN + dt.timedelta(days=day, seconds=30 * (self.minutes % 1000))
        made["timestamp"] = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.statements.append(self.writer.linked(made))
        self.writer.added(self.statements[-1])

    def quiz(self, bank: str, day: int) -> None:
        """Answer the questions of a bank; some are left out, some tried again."""
        for one in (one for one in banks() if one.notebook == bank):
            for question in one.questions:
                if self.chance.random() >= OMITS or bank in profile().tests:
                    self._answer(question, bank, day, lifted(bank))

    def _answer(self, question, notebook, day, lift_now):
        item, now = self.made.items[question.id], self.ability + lift_now
        sure = {"confidence": confidence(item, now, self.bias, self.chance)}
        for attempt in (1, 2):
            given = answer(question.id, item, now + attempt - 1, self.chance)
            earned = score(question, given)
            told = {} if question.type == "short" or attempt > 1 else sure
            result = answered(earned, given, attempt, **told)
            home = bank_of(question.id)
            context = {"notebook": notebook, "objective": question.objective}
            self._say(day, "answered", f"quiz/{home}/{question.id}", result, context)
            again = self.chance.random() < TRIES_AGAIN and home != profile().before
            if earned.success or not again:
                return

    def review(self, notebook: str, day: int) -> None:
        """Answer two questions of earlier notebooks once more; some of it is forgotten."""
        earlier = [
            one.id for bank in of_pages() if bank.notebook < notebook for one in bank.questions
        ]
        for id in self.chance.choice(earlier, min(2, len(earlier)), replace=False):
            gone = day - when(bank_of(id))
            self._answer(questions()[str(id)], notebook, day, lift(gone))

    def predict(self, notebook: str, day: int) -> None:
        """Lock in the predictions of a notebook."""
        for id, one in predictions().items():
            if one.notebook == notebook:
                result = {"response": json.dumps(guess(id, self.skill, self.chance))}
                self._say(day, "predicted", f"prediction/{id}", result, {"notebook": notebook})

    def exercise(self, notebook: str, day: int) -> None:
        """Check the tasks of a set until they pass, or until patience ends."""
        for name, task in sheets().items():
            if name.startswith(f"{notebook}/") and task["kind"] != "writing":
                self._try_task(name, task, day)

    def _try_task(self, name, task, day):
        known = [one["name"] for one in task.get("mistakes", ())] + ["not_defined", "value"]
        weights = 0.5 ** np.arange(len(known))
        for attempt in range(1, 6):
            works = 1 / (1 + np.exp(-(1.2 * self.ability + 0.3 + 0.6 * attempt)))
            passed = bool(self.chance.random() < works)
            mistake = str(self.chance.choice(known, p=weights / weights.sum()))
            result = {"success": passed, "score": {"scaled": 1.0 if passed else 0.5}}
            more = {} if passed else {"mistake": mistake, "attempt": attempt}
            if passed and not tells(task, name.rpartition("/")[2]):
                result = {"completion": True}
            self._say(day, "checked", f"exercise/{name}", result | more)
            if passed:
                return

    def judge(self, when_asked: str, day: int) -> None:
        """Say how probable the anchor claims seem, and at the end why."""
        for claim in load("anchors")["claim"]:
            before = self.judged.get(claim)
            around = (0.5, 0.2) if before is None else (before, 0.1)
            drawn = self.chance.normal(*around)
            share = self.judged[claim] = float(np.clip(drawn, 0, 1).round(2))
            result = {"score": {"scaled": share}}
            if when_asked == "end":
                result["response"] = str(self.chance.choice(SAY["reasons"]))
            self._say(day, "rated", f"credence/{claim}/{when_asked}", result)

    def study(self) -> None:
        """Go through the course, or through its first part."""
        notebooks = [one.notebook for one in of_pages()]
        whole = self.chance.random() < FINISHES
        last = len(notebooks) if whole else int(self.chance.integers(1, len(notebooks)))
        self.quiz(profile().before, when(profile().before))
        self.judge("start", when(notebooks[0]))
        for notebook in notebooks[:last]:
            day = when(notebook)
            self.predict(notebook, day)
            self.review(notebook, day)
            self.quiz(notebook, day)
            self.exercise(notebook, day + 1)
        if whole:
            self.judge("end", when(notebooks[-1]) + 2)
            if self.chance.random() < TAKES_TEST:
                self.quiz(profile().after, when(profile().after))


def simulate(folder: Path, students: int, seed: int, each: Callable = lambda all: None) -> Model:
    """Write the records of a made-up class, the same for the same seed; give what is true of it."""
    made = model(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(students):
        student = Student(made, number, seed)
        student.study()
        text = json.dumps(packed(student.statements), ensure_ascii=False) + "\n"
        replace(folder / f"student_{number + 1:03}.json", text.encode())
        each(students)
    return made


def true_values(made: Model) -> dict:
    """Put what is true of a made-up class into words and numbers, to compare the report with."""
    difficulty = {
        id: round(share_right(item, lifted(bank_of(id))), 3) for id, item in made.items.items()
    }
    return {"flaws": made.flaws, "gain": round(true_gain(made), 3), "difficulty": difficulty}
