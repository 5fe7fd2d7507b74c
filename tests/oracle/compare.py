"""Finds the differences of two reports field by field, each with its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# What tells rows apart, by the name of their list.
KEYS: Mapping[str, tuple[str, ...]] = {
    "gaps": ("scope", "unit", "indicator"),
    "duties": ("unit", "duty"),
    "submissions": ("unit",),
    "overlaps": ("name", "kind", "claimed_by"),
    "trend": ("unit", "indicator", "period"),
    "restatements": ("period",),
    "returns": ("unit", "member", "period"),
    "scores": ("unit",),
    "actions": ("id", "unit"),
    "events": ("facility", "event", "before", "after", "cell"),
    "totals": ("unit", "event"),
    "candidates": ("criteria", "facility", "credited_to"),
    "details": ("id",),
    "rows": ("unit", "indicator"),
    "sets": ("id",),
}
UNORDERED = {"returns"}


def differences(expected: object, got: object, path: str) -> Iterator[str]:
    """Every difference, the first first: path, expected, got."""
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        for key in {**expected, **got}:
            if key not in expected or key not in got:
                yield f"{path}.{key}: {'not ' if key not in expected else ''}expected, {'not ' if key not in got else ''}there"
            else:
                yield from differences(expected[key], got[key], f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(got, list):
        yield from _rows(expected, got, path)
    elif expected != got:
        yield f"{path}: expected {_shown(expected)}, got {_shown(got)}"


def _rows(expected: Sequence[Any], got: Sequence[Any], path: str) -> Iterator[str]:
    name = path.rsplit(".", 1)[-1]
    ours, theirs = _named(expected, name), _named(got, name)
    yield from (f"{path}[{key}]: expected, not there: {_shown(row)}" for key, row in ours.items() if key not in theirs)
    yield from (f"{path}[{key}]: there, not expected: {_shown(row)}" for key, row in theirs.items() if key not in ours)
    both = [key for key in ours if key in theirs]
    order = [key for key in theirs if key in ours]
    if both != order and name not in UNORDERED:
        yield f"{path}: order expected {both}, got {order}"
    for key in both:
        yield from differences(ours[key], theirs[key], f"{path}[{key}]")


def _named(rows: Sequence[Any], name: str) -> dict[str, Any]:
    """Rows by what tells them apart, else by their place."""
    keys = KEYS.get(name)
    if not keys or not all(isinstance(row, Mapping) for row in rows):
        return {str(place): row for place, row in enumerate(rows)}
    named: dict[str, Any] = {}
    for row in rows:
        key = " ".join(_shown(row.get(key)) for key in keys)
        named[key if key not in named else f"{key} again {len(named)}"] = row
    return named


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_shown(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return "null" if value is None else str(value)
