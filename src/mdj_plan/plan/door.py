"""The door of every YAML file: what the records ask of it, and each mistake as a problem with its place.

Pydantic stands here and nowhere above: it reads the annotations of a record (`marks`), and what passes is that record.
"""

from __future__ import annotations

import copy
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from mdj_plan.marks import Unfit, key_of
from mdj_plan.names import Words, nearest
from mdj_plan.phrases import phrase
from mdj_plan.plan.problems import Problem
from mdj_plan.plan.refusals import wrong
from mdj_plan.plan.yaml import Document, KeyPath
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from pydantic_core import ErrorDetails


class Admitted(NamedTuple):
    """What stands behind the door: the record, None where none can be made; and what is wrong with the file.

    Where some entries are mistaken, `record` is made of the others, `rest` is the document without them, and `gone` are
    the texts that left with them: what is missing for their sake is not a second mistake.
    """

    record: Any
    rest: Document
    problems: list[Problem]
    gone: frozenset[str] = frozenset()


def adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """What validates a record of that kind."""
    return TypeAdapter(kind)


def admitted(document: Document, kind: type[Any]) -> Admitted:
    """The record of a document, or what is wrong with it and the record of what is right."""
    if not isinstance(document.data, dict):
        return Admitted(None, document, [Problem("plan-not-mapping", document.name, "1:1")])
    door = adapter(kind)
    try:
        return Admitted(door.validate_python(document.data), document, [])
    except ValidationError as error:
        mistakes = error.errors(include_url=False)
    problems = list(_problems(document, kind, mistakes))
    rest, gone = _without(document, mistakes)
    try:
        return Admitted(door.validate_python(rest.data), rest, problems, gone)
    except ValidationError:
        return Admitted(None, rest, problems, gone)


def _problems(document: Document, kind: type[Any], mistakes: Iterable[ErrorDetails]) -> Iterator[Problem]:
    seen: set[tuple[KeyPath, str]] = set()
    for detail in mistakes:
        path = _within(document.data, detail["loc"])
        told = (path, "" if "where" in path else detail["type"])  # a text or a list: one mistake
        if told not in seen and not (detail["type"] == "too_short" and detail["input"]):  # all entries mistaken
            seen.add(told)
            yield _problem(document, kind, detail, path)


def _within(data: Any, loc: Iterable[str | int]) -> KeyPath:
    """The part of pydantic's location that leads through the data (it adds names of alternatives and ``[key]``)."""
    path: KeyPath = ()
    for step in loc:
        in_list = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if in_list or (isinstance(data, dict) and step in data):
            data = data[step]
            path = (*path, step)
    return path


def _without(document: Document, mistakes: Iterable[ErrorDetails]) -> tuple[Document, frozenset[str]]:
    """A copy of the document without what is mistaken: keys, and entries of lists; every text of those entries."""
    data = copy.deepcopy(document.data)
    dropped: set[tuple[str, int]] = set()
    for detail in mistakes:
        path = _within(document.data, detail["loc"])
        if (entry := _entry(path)) is not None and detail["type"] not in _UNKNOWN_KEY:
            dropped.add(entry)
        elif path and detail["type"] not in {"missing", "too_short"}:
            _forget(data, path)
    gone = frozenset(text for section, i in dropped for text in _texts(document.data[section][i]))
    return _with_others(document, data, dropped), gone


def _entry(path: KeyPath) -> tuple[str, int] | None:
    """The entry of a section that a path leads into; None for what stands beside the sections."""
    return (str(path[0]), path[1]) if len(path) >= 2 and isinstance(path[1], int) else None


def _with_others(document: Document, data: Any, dropped: Container[tuple[str, int]]) -> Document:
    """The document with what its sections hold beside the entries that are dropped."""
    kept = {
        name: [i for i in range(len(entries)) if (name, i) not in dropped]
        for name, entries in data.items()
        if isinstance(entries, list)
    }
    for name, indexes in kept.items():
        data[name] = [data[name][i] for i in indexes]
    return _moved(document, data, kept)


def _moved(document: Document, data: Any, kept: Mapping[str, list[int]]) -> Document:
    """The document with its remaining data, positions moved along with the entries that are kept."""
    rest = Document(document.name, data)
    for source, target in ((document.positions, rest.positions), (document.keys, rest.keys)):
        for path, place in source.items():
            entry = _entry(path)
            if entry is None or entry[0] not in kept:
                target[path] = place
            elif entry[1] in kept[entry[0]]:
                target[entry[0], kept[entry[0]].index(entry[1]), *path[2:]] = place
    return rest


def _texts(data: Any) -> Iterator[str]:
    """Every text in a piece of plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, (dict, list)):
        for each in data.values() if isinstance(data, dict) else data:
            yield from _texts(each)


def _forget(data: Any, path: KeyPath) -> None:
    """Take away what stands at a path: its key, or that of the list it is in."""
    keys = [n for n, step in enumerate(path) if isinstance(step, str)]
    for step in path[: keys[-1]]:
        data = data[step]
    data.pop(path[keys[-1]], None)


_UNKNOWN_KEY = {"extra_forbidden", "unexpected_keyword_argument"}
_EXPECTED: dict[str, Words] = {
    "string_type": phrase("quoted-text"),
    "string_too_short": phrase("some-text"),
    "string_pattern_mismatch": phrase("identifier-without-spaces"),
    "int_type": phrase("whole-number"),
    "decimal_type": phrase("number"),
    "decimal_parsing": phrase("number"),
    "bool_type": phrase("true-or-false"),
    "tuple_type": phrase("list"),
    "dict_type": phrase("keys-and-values"),
    "mapping_type": phrase("keys-and-values"),
    "dataclass_type": phrase("keys-and-values"),
    "too_short": phrase("at-least-one-entry"),
    "finite_number": phrase("finite-number"),
}
_LIMITS = {"greater_than": ">", "greater_than_equal": "≥", "less_than_equal": "≤"}


def _problem(document: Document, kind: type[Any], detail: ErrorDetails, path: KeyPath) -> Problem:
    if detail["type"] == "missing":
        return Problem("plan-missing-key", document.name, document.cell(path), key=str(detail["loc"][-1]))
    if detail["type"] in _UNKNOWN_KEY:
        key = str(detail["loc"][-1])
        like = nearest(key, _keys_beside(kind, path)) or ""
        name = "plan-unknown-key-like" if like else "plan-unknown-key"
        return Problem(name, document.name, document.cell(path, key=True), found=key, suggestion=like)
    is_key = bool(detail["loc"]) and detail["loc"][-1] == "[key]"
    found = str(path[-1]) if is_key else _short(detail["input"])
    return wrong(document, path, found, _expected(detail, path), key=is_key)


def _expected(detail: ErrorDetails, path: KeyPath) -> Words | str:
    """What a value should have been, in the words of a person who writes a plan."""
    kind, context = detail["type"], detail.get("ctx", {})
    if isinstance(context.get("error"), Unfit):
        words: Words = context["error"].expected
        return words
    if "where" in path:
        return phrase("text-or-texts")
    if kind == "literal_error":
        return str(context["expected"]).replace(" or ", ", ")
    if kind in _LIMITS:
        return f"{_LIMITS[kind]} {next(iter(context.values()))}"
    return _EXPECTED.get(kind, Words(detail["msg"], detail["msg"]))


def _keys_beside(kind: type[Any], path: KeyPath) -> list[str]:
    """Every key that the record knows at the level of `path`, for a suggestion."""
    at: Any = kind
    for step in path[:-1]:
        if isinstance(step, str):
            hints = {key_of(name): hint for name, hint in get_type_hints(at).items()} if is_dataclass(at) else {}
            at = next(_records(hints.get(step)), None)
    return [key_of(field.name) for field in fields(at) if field.init] if is_dataclass(at) else []


def _records(hint: Any) -> Iterator[Any]:
    """The records that an annotation speaks of."""
    if is_dataclass(hint):
        yield hint
    for part in get_args(hint):
        yield from _records(part)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
