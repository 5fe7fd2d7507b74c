"""A workbook's cell styles, of which two things matter: what a number shows as, and what is struck through."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.formats.entities import resolved
from mdj_plan.sheets.formats.serials import Kind, kind_of
from mdj_plan.sheets.formats.walk import Handler, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

_XF = re.compile(rb'<xf (?:[^<>]*? )?numFmtId="([0-9]{1,9})"')
_FORMAT = re.compile(rb'<numFmt numFmtId="([0-9]{1,9})" formatCode="([^"<>]*)"')
_NO = frozenset(("0", "false"))
_PLAINLY = {"": 0, "moment": 14, "span": 46}


class Styles(NamedTuple):
    """By the number of a cell's style: what a number shows as; and the styles whose text is struck through."""

    kinds: tuple[Kind, ...] = ()
    struck: frozenset[int] = frozenset()

    def kind(self, style: int) -> Kind:
        """What a number shows as; a plain number under a style that is not there."""
        return self.kinds[style] if 0 <= style < len(self.kinds) else ""

    def written(self) -> bytes:
        """The styles written plainly, for a reader that knows fewer formats."""
        xfs = "".join(f'<xf numFmtId="{_PLAINLY[kind]}"/>' for kind in self.kinds)
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return f'<styleSheet xmlns="{main}"><cellXfs>{xfs}</cellXfs></styleSheet>'.encode()


class _Reader(Handler):
    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.fonts: list[bool] = []
        self.styles: list[tuple[int, int]] = []
        self.within = ""

    def skim(self, xml: bytes) -> bool:
        """Take the formats and styles from the bytes, where they are written as usual and nothing is struck through."""
        first, last = xml.find(b"<cellXfs"), xml.find(b"</cellXfs>")
        if b"<!" in xml or b"&#" in xml or b"<strike" in xml or not 0 <= first < last:
            return False
        pairs = _XF.findall(xml, first, last)
        codes = _FORMAT.findall(xml, 0, first)
        if len(pairs) != xml.count(b"<xf ", first, last) or len(codes) != xml.count(b"numFmtId=", 0, xml.find(b"<xf ")):
            return False
        self.styles = [(int(form), 0) for form in pairs]
        self.codes = {int(form): resolved(code.decode("utf-8", "replace")) for form, code in codes}
        return True

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in {"fonts", "cellXfs", "cellStyleXfs", "dxfs"}:
            self.within = name
        elif name == "numFmt" and self.within != "dxfs":
            self.codes[number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "font" and self.within == "fonts":
            self.fonts.append(False)
        elif name == "strike" and self.within == "fonts" and self.fonts:
            self.fonts[-1] = attributes.get("val", "1") not in _NO
        elif name == "xf" and self.within == "cellXfs":
            self.styles.append((number(attributes.get("numFmtId")), number(attributes.get("fontId"))))

    def end(self, name: str) -> None:
        if name == self.within:
            self.within = ""


@functools.lru_cache(maxsize=64)
def styles(xml: bytes) -> Styles:
    """The styles of a workbook (b"": it has none). Returns made from one template share them, so answers are kept."""
    if not xml:
        return Styles()
    reader = _Reader()
    if not reader.skim(xml):
        walk(xml, reader)
    kinds = tuple(kind_of(form, reader.codes.get(form)) for form, _ in reader.styles)
    struck = {i for i, (_, font) in enumerate(reader.styles) if font < len(reader.fonts) and reader.fonts[font]}
    return Styles(kinds, frozenset(struck))


def number(text: str | None, otherwise: int = 0) -> int:
    """A number as an attribute states it; `otherwise` where it states none."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else otherwise
