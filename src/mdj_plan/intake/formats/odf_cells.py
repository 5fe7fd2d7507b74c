"""One cell of an OpenDocument table: its value by its attributes, its text by its paragraphs."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import TYPE_CHECKING

from mdj_plan.intake.formats.refusal import Refused
from mdj_plan.intake.formats.runs import Run, Text, joined
from mdj_plan.intake.formats.serials import written
from mdj_plan.intake.formats.walk import local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdj_plan.intake.cells import Cell
    from mdj_plan.intake.formats.odf_styles import OdfStyles

_LONGEST = 1_000_000
"""Characters that a cell may hold; no program lets more be typed."""
_SPAN = re.compile(r"(-?)P(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d*)?)S)?)?", re.ASCII)
_FIGURE = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NUMBERS = frozenset(("float", "percentage", "currency"))
_SIGNS = {"line-break": "\n", "tab": "\t"}


class OdfCell:
    """A cell as it goes by; `start`, `text` and `end` are told of what stands within it.

    Only what stands in its paragraphs is its text: a drawing laid over it may have paragraphs of its own.
    """

    def __init__(self, attributes: Mapping[str, str], styles: OdfStyles) -> None:
        self.attributes, self._styles = attributes, styles
        self._runs: list[tuple[str, str]] = []
        self._styled: list[str | None] = []
        self._size = self._paragraphs = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A paragraph, or something in it: open elements bear the style of the text within, None if it is not ours."""
        if not self._styled:
            self._styled.append("" if name == "p" else None)
            if name == "p":
                self._add("\n" if self._paragraphs else "")
                self._paragraphs += 1
            return
        inner = self._styled[-1]
        self._styled.append(local(attributes, "style-name") if name == "span" and inner is not None else inner)
        if name == "s":
            self._add(" " * min(repeats(attributes, "c"), 1000))
        elif name in _SIGNS:
            self._add(_SIGNS[name])

    def text(self, words: str) -> None:
        """Text somewhere within the cell."""
        if self._styled:
            self._add(words)

    def end(self, _: str) -> None:
        """Something within the cell ends."""
        if self._styled:
            self._styled.pop()

    def _add(self, words: str) -> None:
        style = self._styled[-1]
        if style is None or not words:
            return
        self._size += len(words)
        if self._size > _LONGEST:
            raise Refused("F104", "bomb")
        self._runs.append((words, style))

    @functools.cached_property
    def _text(self) -> Text:
        known = self._styles
        return joined(
            [Run(words, (s in known.raised) - (s in known.lowered), s in known.struck) for words, s in self._runs]
        )

    @property
    def is_struck(self) -> bool:
        """Whether all of its text is struck through by the styles of its runs."""
        return self._text.struck

    @property
    def shown(self) -> str:
        """What the cell shows: its paragraphs, with digits raised or lowered and parts struck out marked as such."""
        return self._text.words

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in it."""
        return self.value not in {None, ""} or bool(self.flaw)

    @property
    def value(self) -> Cell:
        """What the cell holds; None where it cannot be known."""
        return self._read[0]

    @property
    def flaw(self) -> str:
        """What stands there where the value cannot be known; "" where it can."""
        return self._read[1]

    @functools.cached_property
    def spans(self) -> tuple[int, int]:
        """How many rows and columns it covers."""
        return repeats(self.attributes, "number-rows-spanned"), repeats(self.attributes, "number-columns-spanned")

    @functools.cached_property
    def _read(self) -> tuple[Cell, str]:
        formula, kind = self._says("formula"), self._says("value-type")
        types = {value for key, value in self.attributes.items() if key.endswith("value-type")}
        if "error" in types or (formula and self.shown.startswith(("#", "Err:"))):
            return None, self.shown or "#N/A"
        value = self._stated(kind)
        if formula and not self._paragraphs and value is None and kind != "string":
            return None, "=" + formula.removeprefix("of:=")
        return (self.shown if value is None else value), ""

    def _stated(self, kind: str) -> Cell:
        """The value as the attributes state it; None where they do not: what is shown holds then."""
        if kind in _NUMBERS:
            stated = self._says("value")
            return float(stated) if _FIGURE.fullmatch(stated) else None
        if kind == "date":
            stated = self._says("date-value")
            moment = written(stated)
            return moment if moment != stated else None
        if kind == "time":
            return span(self._says("time-value"))
        if kind == "boolean":
            return self._says("boolean-value").upper() or None
        held = next((value for key, value in self.attributes.items() if key.endswith(":string-value")), None)
        return held if held is not None and held != "".join(words for words, _ in self._runs) else None

    def _says(self, name: str) -> str:
        """An attribute of the standard's own; other programs' attributes of the same name stand aside."""
        found = self.attributes.get(f"office:{name}")
        return local(self.attributes, name) if found is None else found


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


def repeats(attributes: Mapping[str, str], name: str) -> int:
    """How often an attribute says that something is repeated, or how far it spans; 1 where it says nothing."""
    value = local(attributes, name)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 and value.strip("0") else 1
