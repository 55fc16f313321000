"""Whether a bank has the form that the JSON Schema asks for, in words for its author."""

import json
from functools import cache
from pathlib import Path

__all__ = ["misfits"]

SCHEMA = Path(__file__).resolve().with_name("schema.json")


@cache
def _validator():
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def misfits(document, file):
    """List where the data of a bank departs from the schema.

    Parameters
    ----------
    document : object
        From `read` (``from coursekit.quiz.bank import read``).
    file : str
        Name of the file, for the messages.

    Returns
    -------
    list of str
        A line each.
    set of int or None
        Places of the questions affected; holds None if the bank as a whole is.
    """
    found, malformed = [], set()
    for error in sorted(_validator().iter_errors(document), key=lambda e: list(map(str, e.path))):
        path = list(error.absolute_path)
        number = path[1] if path[:1] == ["questions"] and len(path) > 1 else None
        malformed.add(number)
        where = file
        if number is not None:
            entry = document["questions"][number]
            id = entry.get("id") if isinstance(entry, dict) else None
            where += f", {id or f'question {number + 1}'}"
            path = path[2:]
        place = " ".join(map(str, path))
        found.append(f"{where}{f', {place}' if place else ''}: {_in_words(error)}")
    return list(dict.fromkeys(found)), malformed


def _in_words(error):
    """Say what a departure from the schema asks the author to do."""
    given = repr(error.instance)[:60]
    match error.validator:
        case "not":
            return "this type of question does not use it. Take it out, or change 'type'."
        case "required":
            missing = [repr(name) for name in error.validator_value if name not in error.instance]
            return f"it has no {', '.join(missing)}. Add what is missing."
        case "additionalProperties":
            known = error.schema.get("properties", {})
            extra = ", ".join(repr(name) for name in error.instance if name not in known)
            return f"{extra} means nothing here. You can use: {', '.join(known)}."
        case "type" if error.validator_value == "string":
            return f"{given} must be a text. Put it in quotes."
        case "type":
            return f"{given} must be of type {error.validator_value}."
        case "enum" | "const":
            allowed = error.schema.get("enum", [error.schema.get("const")])
            return f"{given} must be {' or '.join(json.dumps(value) for value in allowed)}."
        case "pattern" if error.validator_value == "\\S":
            return "the text is empty. Write it."
        case "pattern":
            return f"{given} must be {error.schema['description']}."
        case "minItems" | "minProperties":
            return f"there are {len(error.instance)}; give at least {error.validator_value}."
        case "maxProperties":
            return f"there are {len(error.instance)}; give at most {error.validator_value}."
        case _:
            return f"{error.message}."
