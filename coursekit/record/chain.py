"""Digests that chain the statements of one writer, so that a later change leaves a trace."""

import hashlib
import json
import os
import uuid
from typing import Any

from coursekit.record.xapi import EXTENSIONS, Statement, in_full

CHAIN = "chain"
# Hexadecimal digits of SHA-256 that are kept: 128 bits.
DIGITS = 32
KEYS = {"writer": str, "number": int, "before": str, "digest": str}


class Writer:
    """One program that adds to a record: its statements are numbered, each with a digest."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begin another chain."""
        self.id, self.number, self.before = uuid.uuid4().hex[:12], 0, ""
        self.process = os.getpid()

    def linked(self, made: Statement) -> Statement:
        """Give a statement with its link; it counts once it is said to be `added`."""
        # A forked program must not go on with the chain of its parent.
        if self.process != os.getpid():
            self.begin()
        link = {"writer": self.id, "number": self.number + 1, "before": self.before}
        context = dict(made["context"])
        # The digest ends the line, so that a torn line can never hold a whole one.
        context["extensions"] = {**context.get("extensions", {}), CHAIN: link}
        made = {key: value for key, value in made.items() if key != "context"}
        made["context"] = {**context, "extensions": context.pop("extensions")}
        link["digest"] = _digest(made)
        return made

    def added(self, made: Statement) -> None:
        """Take note that a statement has been written."""
        link = made["context"]["extensions"][CHAIN]
        self.number, self.before = link["number"], link["digest"]


def chain_of(made: Statement) -> dict[str, Any] | None:
    """Give the link of a statement; None if it has none, as those of older courses."""
    extensions = made.get("context", {}).get("extensions", {})
    link = extensions.get(CHAIN, extensions.get(EXTENSIONS + CHAIN))
    return link if isinstance(link, dict) and _whole(link) else None


def _whole(link: dict[str, Any]) -> bool:
    return link.keys() == KEYS.keys() and all(type(link[key]) is KEYS[key] for key in KEYS)


def holds(made: Statement) -> bool:
    """Tell whether a statement fits its digest; one without a digest does not."""
    link = chain_of(made)
    return link is not None and bool(link["digest"] == _digest(made))


def _digest(made: Statement) -> str:
    """Take the digest of a statement in a form of its own: names sorted, the digest left out."""
    made = in_full(made)
    extensions = dict(made["context"]["extensions"])
    link = extensions[EXTENSIONS + CHAIN]
    extensions[EXTENSIONS + CHAIN] = {k: v for k, v in link.items() if k != "digest"}
    bare = made | {"context": made["context"] | {"extensions": extensions}}
    text = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:DIGITS]
