"""Words that the course avoids, each with what to write instead: the table ``wording``."""

import re
from typing import Any

from coursekit.content import by_course
from coursekit.data import load, names

QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”')


@by_course
def _phrases() -> list[tuple[re.Pattern[str], Any]]:
    return [
        (re.compile(rf"\b{re.escape(row.phrase)}\b", re.IGNORECASE), row)
        for row in (load("wording").itertuples() if "wording" in names() else ())
    ]


def loaded_words(text: str, scope: str = "all") -> list[tuple[str, str]]:
    """Find words that a text should not use outside quotation marks, and what to write instead."""
    # The scope "statements" adds words that only texts about what officials say must avoid, the
    # scope "pages" those that may stand in a table, where they say what a treaty says.
    plain = QUOTED.sub("", text)
    return [
        (row.phrase, row.write)
        for pattern, row in _phrases()
        if row.scope in ("all", scope) and pattern.search(plain)
    ]
