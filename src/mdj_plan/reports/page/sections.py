"""Which sections the page has, in which order: the declared tables, and the parts that are made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BY_HAND = ("overview", "trends", "returns", "findings", "evidence")
"""Sections with a part of their own, `page_<name>.html.j2`; those with no table of their name have a heading
`page-<name>`.
"""
_INSIDE = {"city": "overview", "history": "returns", "aside": "returns", "returned": "findings"}
"""Tables that stand in such a part, and in which."""
_FIRST = ("overview", "trends")
_BEFORE = {"sources": "evidence"}
"""What stands right before a table: where figures come from, before the returns that they come from."""


def sections(tables: Iterable[str]) -> tuple[str, ...]:
    """The page's sections, each with an anchor: `tables` are the declared ones that it shows, in their order."""
    found = dict.fromkeys(_FIRST)
    for name in tables:
        if name in _BEFORE:
            found[_BEFORE[name]] = None
        found[_INSIDE.get(name, name)] = None
    return tuple(found)
