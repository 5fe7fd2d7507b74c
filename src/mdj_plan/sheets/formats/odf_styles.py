"""The styles of an OpenDocument file that matter: what is not displayed or has no size, text struck out or shifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.sheets.formats.look import is_nothing
from mdj_plan.sheets.formats.walk import Handler, local

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO = frozenset(("", "none"))
_SIZES = {"table-row-properties": "row-height", "table-column-properties": "column-width"}
_UNITS = "abcdefghijklmnopqrstuvwxyz%"


class OdfStyles(Handler):
    """Styles by name, as they go by: `hidden` tables, rows, columns; `struck` cells, runs; `raised`, `lowered` runs."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self.struck: set[str] = set()
        self.raised: set[str] = set()
        self.lowered: set[str] = set()
        self._name = self._parent = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A style, or what it says."""
        if name == "style":
            self._name, self._parent = local(attributes, "name"), local(attributes, "parent-style-name")
            if self._parent in self.struck:
                self.struck.add(self._name)
        elif _hides(name, attributes):
            self.hidden.add(self._name)
        elif name == "text-properties" and self._name:
            self._text(attributes)

    def _text(self, attributes: Mapping[str, str]) -> None:
        through = local(attributes, "text-line-through-style") or local(attributes, "text-line-through-type")
        if through not in _NO:
            self.struck.add(self._name)
        elif through:
            self.struck.discard(self._name)
        position = local(attributes, "text-position")
        if position.startswith("super") or (position[:1].isdigit() and position[:1] != "0"):
            self.raised.add(self._name)
        elif position.startswith(("sub", "-")):
            self.lowered.add(self._name)

    def end(self, name: str) -> None:
        """A style ends."""
        if name == "style":
            self._name = self._parent = ""


def _hides(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether what has this style is not seen: a table that is not displayed, a row or column without a size."""
    if name == "table-properties":
        return local(attributes, "display") == "false"
    return name in _SIZES and is_nothing(local(attributes, _SIZES[name]).rstrip(_UNITS))
