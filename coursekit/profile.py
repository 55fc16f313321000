"""What a course says of itself in ``datasets/course.yaml``: names, and which parts stand out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.content import by_course, folder
from coursekit.documents import make, read

FILE = "course.yaml"
SCHEMA = Path(__file__).with_name("profile.schema.json")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a course says of itself; the schema says more about each entry."""

    id: str
    title: str
    text: str
    before: str = ""
    after: str = ""
    start: str = ""
    map: str = ""
    end: str = ""
    sources: tuple[str, ...] = ()

    @property
    def tests(self) -> tuple[str, ...]:
        """The quizzes that belong to no notebook."""
        return tuple(filter(None, (self.before, self.after)))

    def in_order(self, notebook: str) -> tuple[int, str]:
        """Sort key of notebooks: the test before the course comes first, the one after it last."""
        return (notebook == self.after) - (notebook == self.before), notebook


@by_course
def profile() -> Profile:
    """Read what the course says of itself; raises CourseError if it cannot be used."""
    return make(read(folder("datasets") / FILE), _profile, SCHEMA, FILE, "sources")


def _profile(document: Any) -> Profile:
    return Profile(**{**document, "sources": tuple(document.get("sources", ()))})
