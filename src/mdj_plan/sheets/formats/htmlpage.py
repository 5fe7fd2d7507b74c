"""A page's markup as events: which table, row and cell each piece of text belongs to, and how it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.formats.htmltable import MOST_CELLS, PLAIN, Look, Open, Table, collapsed
from mdj_plan.sheets.formats.refusal import Refused
from mdj_plan.sheets.formats.sparse import Room

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HIDES = (("display", "none"), ("visibility", "hidden"), ("visibility", "collapse"))
_CLASS = re.compile(r"(?:\A|[\s,])(?:t[rdh]|col|table|span|font)?\.([\w-]+)\s*(?=,|\Z)")
_LONGEST_SELECTOR = 2000
_BREAKS = frozenset(("br", "p", "div", "li"))
_HEIGHTS = {"super": 1, "sub": -1}
_STRIKES = frozenset(("s", "strike", "del"))
_SILENT = frozenset(("script", "style", "title", "head"))
_FIELDS = frozenset(("", "text", "number", "tel", "date"))
_MOST_TABLES = 2000
_NONE: Mapping[str, str] = {}


class Styles(NamedTuple):
    """The declarations of the page's classes."""

    classes: Mapping[str, str] = {}

    @classmethod
    def of(cls, sheets: Iterable[str]) -> Styles:
        """What style sheets say of single classes; other selectors are not followed."""
        found: dict[str, str] = {}
        for rule in (rule for sheet in sheets for rule in sheet.split("}")):
            selectors, _, declarations = rule.rpartition("{")
            if len(selectors) < _LONGEST_SELECTOR and "@" not in selectors:
                for name in _CLASS.findall(selectors.strip()):
                    found[name] = f"{found.get(name, '')};{declarations}"
        return cls(found)

    def said(self, attributes: Mapping[str, str]) -> Mapping[str, str]:
        """Every declaration that holds for an element by its class and its own style."""
        if not attributes:
            return {}
        by_class = [self.classes[name] for name in attributes.get("class", "").split() if name in self.classes]
        declarations = ";".join((*by_class, attributes.get("style", ""))).lower().split(";")
        pairs = (declaration.partition(":") for declaration in declarations)
        return {name.strip(): value.strip() for name, colon, value in pairs if colon}


@dataclass(slots=True)
class _Frame:
    """A table that is open, with its cell if one is."""

    table: Table
    cell: Open | None = None


class Page:
    """What lxml tells its findings to: elements that begin and end, and text."""

    def __init__(self, styles: Styles) -> None:
        self.tables: list[Table] = []
        self._styles = styles
        self._room = Room(MOST_CELLS)
        self._frames: list[_Frame] = []
        self._looks = [PLAIN]
        self._silent = 0

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._looks)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        look = self._look(tag, attributes)
        self._looks.append(look)
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._frames.append(_Frame(Table(self._room, visible=not look.hidden)))
            self._looks[-1] = replace(look, hidden=False)  # a hidden table counts, and is told
            self.tables.append(self._frames[-1].table)
            if len(self.tables) > _MOST_TABLES:
                raise Refused("F104", "bomb")
        elif self._frames:
            self._inside(tag, attributes, look)

    def _look(self, tag: str, attributes: Mapping[str, str]) -> Look:
        """How the text of an element is shown, within the element around it."""
        around = self._looks[-1]
        if tag in _STRIKES:
            around = replace(around, struck=True)
        elif tag in {"sup", "sub"}:
            around = replace(around, raised=1 if tag == "sup" else -1)
        said = self._styles.said(attributes)
        if not said and "hidden" not in attributes:
            return around
        height = _HEIGHTS.get(said.get("vertical-align", ""), around.raised)
        struck = any("line-through" in said.get(name, "") for name in ("text-decoration", "text-decoration-line"))
        hidden = "hidden" in attributes or any(said.get(name, "").startswith(value) for name, value in _HIDES)
        return Look(height, around.struck or struck, around.hidden or hidden)

    def _inside(self, tag: str, attributes: Mapping[str, str], look: Look) -> None:
        """An element within a table begins."""
        frame = self._frames[-1]
        if tag == "tr":
            self._close_cell(frame)
            frame.table.begin_row(hidden=look.hidden)
        elif tag in {"td", "th"}:
            self._close_cell(frame)
            around = self._looks[-2]
            frame.cell = Open(dict(attributes) if attributes else _NONE, look.hidden and not around.hidden)
            if look.hidden:  # it counts, and is told
                self._looks[-1] = replace(look, hidden=False)
        elif tag == "col":
            frame.table.column(attributes, hidden=look.hidden)
        elif frame.cell is not None:
            self._within_cell(frame.cell, tag, attributes, look)

    def _within_cell(self, cell: Open, tag: str, attributes: Mapping[str, str], look: Look) -> None:
        if tag in _BREAKS and cell.pieces:
            cell.pieces.append(("\n", look))
        elif tag == "input" and attributes.get("type", "").lower() in _FIELDS:
            cell.pieces.append((collapsed(attributes.get("value", "")), look))
        elif tag == "option" and "selected" not in attributes:
            self._looks[-1] = replace(look, hidden=True)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._looks.pop()
        if tag in _SILENT:
            self._silent -= 1
        elif not self._frames:
            return
        elif tag == "table":
            self._close_table()
        elif tag in {"td", "th", "tr"}:
            self._close_cell(self._frames[-1])

    def data(self, text: str) -> None:
        """Text."""
        if self._frames and not self._silent:
            cell = self._frames[-1].cell
            if cell is not None:
                cell.pieces.append((collapsed(text), self._looks[-1]))

    def close(self) -> list[Table]:
        """The page ends."""
        while self._frames:
            self._close_table()
        return self.tables

    def _close_cell(self, frame: _Frame) -> None:
        if frame.cell is not None:
            frame.table.put(frame.cell)
            frame.cell = None

    def _close_table(self) -> None:
        """A table ends; one that only frames a figure within a cell is that cell's text."""
        frame = self._frames.pop()
        self._close_cell(frame)
        around = self._frames[-1].cell if self._frames else None
        text = frame.table.inline() if around is not None else None
        if around is not None and text is not None:
            around.pieces.append((text, self._looks[-1]))
