"""Texts that may be made of runs: phonetic guides are none of it, raised digits and what is struck out stand marked.

Read for the shared strings of a workbook and for texts that stand in a cell itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdj_plan.sheets.formats.entities import escaped
from mdj_plan.sheets.formats.runs import Run, Text, joined
from mdj_plan.sheets.formats.walk import Handler, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SPACES = " \t\r\n"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SHIFTS = {"superscript": 1, "subscript": -1}
_NO = frozenset(("0", "false"))
_TEXT = rb'<t(?: xml:space="preserve")?+(?:/>|>[^<]*+</t>)'
_RUN = rb"<r>(?:<rPr>(?:<(?!/rPr|vertAlign|strike|[^ />]*:)[^<>]*>)*+</rPr>)?+%b</r>" % _TEXT
_PLAIN = re.compile(
    rb'(?:\xef\xbb\xbf)?+(?:<\?xml version="1\.0" encoding="(?:UTF|utf)-8"(?: standalone="[a-z]+")?\?>)?+'
    rb'\s*+<sst(?: [A-Za-z:]+="[^"<>]*")*+>(?:<si>(?:%b|(?:%b)++)(?:<phoneticPr[^<>]*/>)?+</si>)*+</sst>\s*+'
    % (_TEXT, _RUN)
)
"""Shared strings as every program writes them: nothing in them but texts and runs that look like any other."""


def unescaped(text: str) -> str:
    """``_x000D_`` is how a workbook writes a character that XML has no place for."""
    if "_x" not in text:
        return text
    read = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # halves of a character, written apart


def trimmed(text: str, *, preserved: bool) -> str:
    """White space around a text is part of it only where the text says so."""
    return text if preserved else text.strip(_SPACES)


class Item:
    """One text as it goes by: fed with the elements and characters within it."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._words: list[str] | None = None
        self._preserved = False
        self._guide = 0
        self._shift, self._struck = 0, False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element within the text begins."""
        if name == "t" and not self._guide:
            self._words, self._preserved = [], attributes.get("xml:space") == "preserve"
        elif name == "r":
            self._shift, self._struck = 0, False
        elif name == "rPh":
            self._guide += 1
        elif name == "vertAlign":
            self._shift = _SHIFTS.get(attributes.get("val", ""), 0)
        elif name == "strike":
            self._struck = attributes.get("val", "1") not in _NO

    def words(self, words: str) -> None:
        """Some of the text."""
        if self._words is not None:
            self._words.append(words)

    def end(self, name: str) -> None:
        """An element within the text ends."""
        if name == "t" and self._words is not None:
            words = trimmed("".join(self._words), preserved=self._preserved)
            self._runs.append(Run(unescaped(words), self._shift, self._struck))
            self._words = None
        elif name == "rPh":
            self._guide -= 1
        elif name == "r":
            self._shift, self._struck = 0, False

    def done(self) -> Text:
        """The whole text."""
        return joined(self._runs)


class _Shared(Handler):
    def __init__(self) -> None:
        self.found: list[Text] = []
        self.item: Item | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self.item = Item()
        elif self.item is not None:
            self.item.start(name, attributes)

    def end(self, name: str) -> None:
        if self.item is not None:
            if name == "si":
                self.found.append(self.item.done())
                self.item = None
            else:
                self.item.end(name)

    def text(self, words: str) -> None:
        if self.item is not None:
            self.item.words(words)


def shared_strings(xml: bytes) -> tuple[Text, ...]:
    """The shared strings of a workbook, in order (b"": it has none). Raises Refused."""
    if not xml:
        return ()
    reader = _Shared()
    walk(xml, reader)
    return tuple(reader.found)


def is_plain(xml: bytes) -> bool:
    """Whether any reader reads the shared strings alike."""
    return not xml or (b"_x" not in xml and _PLAIN.fullmatch(xml) is not None)


def written(texts: Iterable[Text]) -> bytes:
    """Shared strings written plainly, for a reader that would make something else of them."""
    items = "".join(f'<si><t xml:space="preserve">{escaped(text.words)}</t></si>' for text in texts)
    return f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{items}</sst>'.encode()
