"""One cell of an OpenDocument table: its value by its attributes, its text by its paragraphs."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from mdj_plan.sheets.formats.refusal import Refused
from mdj_plan.sheets.formats.runs import Run, Text, joined
from mdj_plan.sheets.formats.serials import written
from mdj_plan.sheets.formats.walk import local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdj_plan.sheets.cells import Cell
    from mdj_plan.sheets.formats.odf_styles import OdfStyles

_LONGEST = 1_000_000
"""Characters that a cell may hold; no program lets more be typed."""
_SPAN = re.compile(r"(-?)P(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d*)?)S)?)?", re.ASCII)
_FIGURE = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NUMBERS = frozenset(("float", "percentage", "currency"))
_NOTHING = Text("")
_SIGNS = {"line-break": "\n", "tab": "\t"}


class OdfCell:
    """A cell as it goes by; `start`, `text` and `end` are told of what stands within it, `close` when it is over.

    Only what stands in its paragraphs is its text: a drawing laid over it may have paragraphs of its own. Once closed:
    `value` is what it holds (None where it cannot be known), `flaw` what stands there then ("" else), `is_struck`
    whether all of its text is struck through by the styles of its runs. `says` are its attributes without prefix,
    `spans` says how many rows and columns it covers.
    """

    __slots__ = ("_paragraphs", "_runs", "_size", "_styled", "_styles", "flaw", "is_struck", "says", "spans", "value")

    def __init__(self, attributes: Mapping[str, str], styles: OdfStyles) -> None:
        self.says, self._styles = plainly(attributes), styles
        self._runs: list[tuple[str, str]] = []
        self._styled: list[str | None] = []
        self._size = self._paragraphs = 0
        self.value: Cell = None
        self.flaw, self.is_struck, self.spans = "", False, (1, 1)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A paragraph, or something in it: open elements bear the style of the text within, None if it is not ours."""
        if not self._styled:
            self._styled.append("" if name == "p" else None)
            if name == "p":
                if self._paragraphs:
                    self.text("\n")
                self._paragraphs += 1
            return
        inner = self._styled[-1]
        self._styled.append(local(attributes, "style-name") if name == "span" and inner is not None else inner)
        if name == "s":
            self.text(" " * min(repeats(plainly(attributes), "c"), 1000))
        elif name in _SIGNS:
            self.text(_SIGNS[name])

    def text(self, words: str) -> None:
        """Text somewhere within the cell."""
        if not self._styled or (style := self._styled[-1]) is None:
            return
        self._size += len(words)
        if self._size > _LONGEST:
            raise Refused("F104", "bomb")
        self._runs.append((words, style))

    def end(self, _: str) -> None:
        """Something within the cell ends."""
        if self._styled:
            self._styled.pop()

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.flaw) or (self.value is not None and self.value != "")

    def close(self) -> None:
        """Make out what the cell holds."""
        says = self.says
        if not says and not self._runs:
            return
        if "number-rows-spanned" in says or "number-columns-spanned" in says:
            self.spans = repeats(says, "number-rows-spanned"), repeats(says, "number-columns-spanned")
        shown, self.is_struck = self._text()
        self._make_out(shown, says.get("formula", ""), says.get("value-type", ""))

    def _make_out(self, shown: str, formula: str, kind: str) -> None:
        """The value, or the flaw of an error and of a formula without its result."""
        if kind == "error" or (formula and shown.startswith(("#", "Err:"))):
            self.flaw = shown or "#N/A"
            return
        value = self._stated(kind)
        if formula and not shown and value is None and kind != "string":
            self.flaw = "=" + formula.removeprefix("of:=")
            return
        self.value = shown if value is None else value

    def _text(self) -> Text:
        """What the cell shows, with digits raised or lowered and parts struck out marked as such."""
        runs, known = self._runs, self._styles
        if not runs or (len(runs) == 1 and not runs[0][1]):
            return Text(runs[0][0]) if runs else _NOTHING
        return joined([Run(words, (s in known.raised) - (s in known.lowered), s in known.struck) for words, s in runs])

    def _stated(self, kind: str) -> Cell:
        """The value as the attributes state it; None where they do not, or say what the text says: that holds then."""
        says = self.says
        if kind in _NUMBERS:
            stated = says.get("value", "")
            return float(stated) if _FIGURE.fullmatch(stated) else None
        if kind == "date":
            stated = says.get("date-value", "")
            moment = written(stated)
            return moment if moment != stated else None
        if kind == "time":
            return span(says.get("time-value", ""))
        if kind == "boolean":
            return says.get("boolean-value", "").upper() or None
        held = says.get("string-value")
        return None if held is None or held == "".join(words for words, _ in self._runs) else held


def span(text: str) -> dt.timedelta | None:
    """A span of time as ISO 8601 writes it: PT12H30M, -PT1H, P1DT2H; None for anything else."""
    found = _SPAN.fullmatch(text)
    if found is None or text.endswith(("P", "T")):
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups()[1:])
    try:
        length = dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None
    return -length if found[1] else length


def plainly(attributes: Mapping[str, str]) -> Mapping[str, str]:
    """Attributes by their names without prefix. Programs add a value type of their own, which says more of errors."""
    says = {key[key.find(":") + 1 :]: value for key, value in attributes.items() if not key.startswith("calcext:")}
    if "error" in attributes.values() and any(key.endswith("value-type") for key in attributes):
        says["value-type"] = "error"
    return says


def repeats(says: Mapping[str, str], name: str) -> int:
    """How often something is repeated, or how far it spans, as an attribute says; 1 where it says nothing."""
    value = says.get(name)
    if value is None:
        return 1
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 and value.strip("0") else 1
