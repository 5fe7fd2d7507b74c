"""A sheet's XML as every program writes it, looked through with a few passes over its bytes.

What is plain here may be handed to calamine: cells in their rows, each with an address in that row, nothing between
them. Anything else (comments, other quotes, places left out, foreign names) is read by `sheetxml`.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Range
from mdj_plan.sheets.formats.entities import resolved
from mdj_plan.sheets.formats.look import Look, hidden

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from mdj_plan.sheets.formats.look import Place

_ATTRIBUTES = rb'(?: [A-Za-z][A-Za-z0-9:._-]*+="[^"<>]*+")*+'
_TEXT = rb'<t(?: xml:space="preserve")?+(?:/>|>[^<]*+</t>)'
_MORE = rb'(?: (?:cm|vm|ph)="[0-9]++")*+'
_CALCULATED = rb"(?:<f%b(?:/>|>[^<]*+</f>))?+" % _ATTRIBUTES
_FIGURE, _PLACE, _TRUTH, _WORDS = rb"[0-9.+Ee-]*+", rb"[0-9]{0,9}+", rb"[01]?+", rb"[^<]*+"
"""What a number, a shared string's place, a boolean and any other value may be, to mean the same to every reader."""


def _holding(value: bytes) -> bytes:
    """How a cell goes on behind its type: the formula and the value that it may have."""
    return rb'%b(?:/>|>%b(?:<v(?: xml:space="preserve")?+(?:/>|>%b</v>))?+</c>)' % (_MORE, _CALCULATED, value)


_GRAMMAR = (
    rb"(?:<row r=\"([1-9][0-9]{0,6})\"%(attributes)b(?:/>|>"
    rb"(?:<c r=\"(?:%(columns)b)\1\"(?:><v>%(figure)b</v></c>| t=\"s\"><v>%(place)b</v></c>"  # most cells
    rb"|(?: s=\"[0-9]{1,6}\")?+(?:/>|><v>%(figure)b</v></c>| t=\"s\"(?:/>|><v>%(place)b</v></c>)"
    rb"|(?: t=\"n\")?+%(a_figure)b| t=\"s\"%(a_place)b| t=\"b\"%(a_truth)b| t=\"(?:str|e)\"%(words)b"
    rb"| t=\"inlineStr\"%(more)b(?:/>|>%(calculated)b<is>%(text)b</is></c>))))*+"
    rb"</row>))*+</sheetData>"
)
_PARTS = {
    b"attributes": _ATTRIBUTES,
    b"figure": _FIGURE,
    b"place": _PLACE,
    b"a_figure": _holding(_FIGURE),
    b"a_place": _holding(_PLACE),
    b"a_truth": _holding(_TRUTH),
    b"words": _holding(_WORDS),
    b"calculated": _CALCULATED,
    b"text": _TEXT,
    b"more": _MORE,
}
_NARROW, _WIDE = (  # compiled where they are asked for: most sheets are of the plainest
    _GRAMMAR % {**_PARTS, b"columns": columns} for columns in (rb"[A-Z]|[AB][A-Z]", rb"[A-Z]{1,3}")
)
_PLAINEST = re.compile(
    rb"(?:<row r=\"([1-9][0-9]{0,6})\"(?: (?!hidden=|ht=\"0)[A-Za-z][A-Za-z0-9:._-]*+=\"[^\"<>&_]*+\")*+(?:/>|>"
    rb"(?:<c r=\"(?:[A-Z]|[AB][A-Z])\1\"(?: s=\"[0-9]{1,6}\")?+(?:/>|><v>[0-9.+Ee-]++</v></c>"
    rb"| t=\"s\"><v>[0-9]{1,9}+</v></c>))*+"
    rb"</row>))*+</sheetData>"
)
"""Shared strings and figures alone: neither errors nor formulas, no texts of its own, nothing hidden."""
NARROWEST = 78
"""Columns that a narrow sheet has at most: A to BZ."""
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=[\"']1\.0[\"'](?: encoding=[\"'](?:UTF|utf)-8[\"'])?"
    rb"(?: standalone=[\"'][a-z]+[\"'])?\s*\?>)?"
    rb"\s*<worksheet[^<>]*+>(?:[^<]|<(?![!?]|sheetData\b))*+<sheetData>"
)
_ODD = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);|#[0-9]{1,5};|#x[0-9A-Fa-f]{1,4};)|_x[0-9A-Fa-f]{4}_")
_ROW = re.compile(rb'<row r="([0-9]+)"[^<>]*+(?<!/)>')
_COLUMN = re.compile(rb'<c r="([A-Z]+)')
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]+)"(?=[^<>]*? (?:hidden="(?:1|true)"|ht="0(?:\.0*)?"))')
_COL = re.compile(rb'<col (?=[^<>]*?(?:hidden="(?:1|true)"|width="0(?:\.0*)?"))[^<>]*>')
_BOUND = re.compile(rb'\b(min|max)="([0-9]{1,5})"')
_MERGED = re.compile(rb'<mergeCell [^<>]*?ref="([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?"')
_ERROR = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"[^<>]* t="e"[^<>]*>(?:<f[^<>]*(?:/>|>[^<]*</f>))?(?:<v[^<>]*>([^<]*)</v>)?'
)
_FORMULA = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"([^<>]*)>(?:<f[^<>]*/>|<f[^<>]*>([^<]*)</f>)(<is>|<v(?:[^<>]*/>|[^<>]*>([^<]*)</v>))?'
)
_TYPE = re.compile(rb' t="([A-Za-z]+)"')
_STYLED = re.compile(rb'<c r="([A-Z]+)([0-9]+)" s="([0-9]+)"')
_STRUNG = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^<>]* t="s"[^<>]*>(?:<f[^<>]*(?:/>|>[^<]*</f>))?<v[^<>]*>([0-9]+)</v>')


class Plain(NamedTuple):
    """The part of a sheet's XML that lists its rows, how many rows it reaches over, whether it has no column beyond the
    first `NARROWEST`, what stands before and behind it, and whether its cells need no look (`_PLAINEST`).
    """

    data: bytes
    rows: int
    narrow: bool
    head: bytes
    tail: bytes
    plainest: bool = False

    @property
    def has_booleans(self) -> bool:
        """Whether any cell may be true or false."""
        return not self.plainest and b' t="b"' in self.data

    @property
    def columns(self) -> int:
        """How many columns it reaches over."""
        return max(map(column_number, set(_COLUMN.findall(self.data))), default=-1) + 1

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return self.data.count(b"<c ")


def plain(xml: bytes) -> Plain | None:
    """The sheet, where it is plain; else None."""
    head = _HEAD.match(xml)
    if head is None:
        return None
    plainest = _PLAINEST.match(xml, head.end())
    narrow = plainest or re.compile(_NARROW).match(xml, head.end())
    body = narrow or re.compile(_WIDE).match(xml, head.end())
    if body is None:
        return None
    tail = xml[body.end() :]
    if b"<!" in tail or not tail.rstrip().endswith(b"</worksheet>"):
        return None
    if any(_has_odd_text(part) for part in ((head[0], tail) if plainest else (xml,))):
        return None
    numbers = list(map(int, _ROW.findall(xml, head.end(), body.end())))
    if numbers != sorted(set(numbers)):
        return None
    data = xml[head.end() : body.end() - len(b"</sheetData>")]
    return Plain(data, max(numbers, default=0), bool(narrow), xml[: head.end()], tail, bool(plainest))


def _has_odd_text(xml: bytes) -> bool:
    """Whether anything is written in a way of which readers make different things."""
    return (b"&" in xml or b"_x" in xml) and _ODD.search(xml) is not None


def look(sheet: Plain, *, struck: AbstractSet[int], struck_texts: AbstractSet[int], kept: bool) -> Look:
    """What stands beside the sheet's values. `struck` are styles, `struck_texts` shared strings that are struck out;
    `kept` says that the workbook asks for calculation: a formula's zero is then no result.
    """
    data = b"" if sheet.plainest and not struck and not struck_texts else sheet.data
    return Look(
        _flaws(data, kept=kept) if b't="e"' in data or b"<f" in data else {},
        tuple(_merged(sheet.tail)) if b"<mergeCell " in sheet.tail else (),
        frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(data)) if _hides(data) else frozenset(),
        hidden(_hidden_columns(sheet.head)) if b"<col " in sheet.head else frozenset(),
        frozenset((*_styled(data, struck), *_strung(data, struck_texts))),
    )


def _flaws(data: bytes, *, kept: bool) -> dict[Place, str]:
    """Cells that show an error, and formulas without a stored result, by place: what stands there."""
    found = {}
    if b' t="e"' in data:
        for letters, row, value in _ERROR.findall(data):
            found[int(row) - 1, column_number(letters)] = _text(value) or "#N/A"
    for cell in _FORMULA.finditer(data) if b"<f" in data else ():
        letters, row, attributes, formula, result, value = cell.groups()
        kind = _TYPE.search(attributes)
        inline = result == b"<is>"
        stored = None if result is None or inline else _text(value or b"")
        flaw = flaw_of(kind[1].decode() if kind else "n", _text(formula or b""), stored, inline=inline, kept=kept)
        if flaw is not None:
            found[int(row) - 1, column_number(letters)] = flaw
    return found


def flaw_of(kind: str, formula: str | None, stored: str | None, *, inline: bool, kept: bool) -> str | None:
    """What stands in a cell whose value cannot be known: its error, or its formula where no result is stored.

    An empty text is a result, no value at all is none; where the workbook asks for calculation when it is opened
    (`kept`), its writer has put a zero for every result. None where the value can be known.
    """
    if kind == "e":
        return stored or "#N/A"
    if formula is None or inline:
        return None
    unknown = stored is None if kind == "str" else not stored or (kept and kind == "n" and stored == "0")
    return f"={formula}" if unknown else None


def _text(raw: bytes) -> str:
    return resolved(raw.decode("utf-8", "replace"))


def _merged(tail: bytes) -> Iterator[Range]:
    for left, top, right, bottom in _MERGED.findall(tail):
        yield range_of(top, left, bottom or top, right or left)


def _hides(data: bytes) -> bool:
    """Whether any row may be hidden: said to be, or of no height."""
    return b" hidden=" in data or b' ht="0' in data


def range_of(top: bytes, left: bytes, bottom: bytes, right: bytes) -> Range:
    """A range from its rows and letters, whichever corner comes first."""
    rows, columns = sorted((int(top) - 1, int(bottom) - 1)), sorted((column_number(left), column_number(right)))
    return Range(rows[0], columns[0], rows[1], columns[1])


def _hidden_columns(head: bytes) -> Iterator[tuple[int, int]]:
    """The ranges of columns hidden by the user, counted from 0."""
    for tag in _COL.findall(head):
        bounds = {name: int(value) for name, value in _BOUND.findall(tag)}
        yield bounds.get(b"min", 1) - 1, bounds.get(b"max", 0) - 1


def _styled(data: bytes, styles: AbstractSet[int]) -> Iterator[Place]:
    """The cells that bear one of some styles."""
    if styles:
        wanted = {str(style).encode() for style in styles}
        for letters, row, style in _STYLED.findall(data):
            if style in wanted:
                yield int(row) - 1, column_number(letters)


def _strung(data: bytes, texts: AbstractSet[int]) -> Iterator[Place]:
    """The cells that hold one of some shared strings."""
    if texts:
        for letters, row, number in _STRUNG.findall(data):
            if int(number) in texts:
                yield int(row) - 1, column_number(letters)


@functools.lru_cache(maxsize=1024)
def column_number(letters: bytes) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
