"""Colours on the page: classes that the style sheet knows, or the plan's own."""

from __future__ import annotations

import re

from mdj_plan.records import NamedTuple

KNOWN_COLOURS = ("green", "yellow", "orange", "red", "blue", "grey", "plain")


class Colour(NamedTuple):
    """A status's colour: a class the style sheet knows, and the plan's own colour where it names another one."""

    name: str
    own: str = ""


def colour(name: str) -> Colour:
    """A colour of the plan; one that is neither known nor a plain CSS colour is not shown (its word always is)."""
    if name in KNOWN_COLOURS:
        return Colour(name)
    return Colour("own", name) if re.fullmatch(r"[A-Za-z]{3,24}|#[0-9A-Fa-f]{3,8}", name) else Colour("plain")
