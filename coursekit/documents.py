"""Documents that authors write: strict YAML, held against a schema, with errors in plain words."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from coursekit.errors import CourseError

T = TypeVar("T")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # whichever is there
    """Plain data only, and no key twice: YAML would let the second silently win."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen = []
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value!r} stands here twice; keep one", key.start_mark
                )
            seen.append(key.value)
        return super().construct_mapping(node, deep)


def parse(text: str, where: str) -> Any:
    """Read plain data from YAML; raises CourseError, with the name given, if it is not valid."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or error
        raise CourseError(
            f"{where}{line}: {problem}. A text that holds a colon, a quotation mark or a sign "
            "such as % needs quotes, or a line of its own after '>-'."
        ) from None


def read(path: Path, where: str = "") -> Any:
    """Read plain data from a YAML file; raises CourseError as `parse`, and if it is not UTF-8."""
    where = where or path.name
    try:
        return parse(path.read_text(encoding="utf-8"), where)
    except UnicodeDecodeError:
        raise CourseError(f"{where} is not in UTF-8. Save it in that encoding.") from None


@cache
def _validator(schema: Path) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))


def misfits(document: Any, schema: Path, file: str, parts: str) -> tuple[list[str], set[Any]]:
    """List where a document departs from a JSON Schema, with the numbers of its parts affected."""
    # None among the parts stands for the whole document.
    found, malformed = [], set()
    errors = _validator(schema).iter_errors(document)
    for error in sorted(errors, key=lambda error: list(map(str, error.path))):
        place = list(error.absolute_path)
        part = place[1] if place[:1] == [parts] and len(place) > 1 else None
        malformed.add(part)
        where = [file]
        if part is not None:
            where.append(_name(document[parts][part], part, parts.removesuffix("s")))
            place = place[2:]
        if place:
            where.append(" ".join(map(str, place)))
        found.append(f"{', '.join(where)}: {_in_words(error)}")
    return list(dict.fromkeys(found)), malformed


def make(document: Any, build: Callable[[Any], T], schema: Path, file: str, parts: str) -> T:
    """Build something of a document; if that fails, raise CourseError with its misfits."""
    # A good file does without the schema, whose library costs 20 MB.
    try:
        return build(document)
    except (AttributeError, KeyError, TypeError):
        wrong, _ = misfits(document, schema, file, parts)
        raise CourseError("\n".join(wrong)) from None


def _name(entry: object, part: int | str, kind: str) -> str:
    if isinstance(part, str):
        return f"{kind} {part}"
    named = isinstance(entry, dict) and entry.get("id")
    return str(named) if named else f"{kind} {part + 1}"


def _in_words(error: Any) -> str:
    """Say what a departure from the schema asks the author to do."""
    given = repr(error.instance)[:60]
    match error.validator:
        case "not":
            return "this type does not use it. Take it out, or change 'type'."
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
        case "pattern" if "description" in error.schema:
            return f"{given} must be {error.schema['description']}."
        case "minItems" | "minProperties":
            return f"there are {len(error.instance)}; give at least {error.validator_value}."
        case "maxItems" | "maxProperties":
            return f"there are {len(error.instance)}; give at most {error.validator_value}."
        case _:
            return f"{error.message}."
