"""Zip packages: a quick look inside decides who reads, calamine for what it reads truly, else our own reader.

Known traps: calamine shows formulas without a result and error cells as blanks, and allocates every cell between A1
and the farthest, so that one stray cell at XFD1048576 ends the process. Sizes are bounded by what is really unpacked.
"""

from __future__ import annotations

import functools
import io
import posixpath
import re
import struct
import zipfile
import zlib
from typing import NamedTuple
from xml.etree import ElementTree as ET

from mdj_plan.intake.cells import Book, Fault, Sheet
from mdj_plan.intake.formats import calamine
from mdj_plan.intake.formats.sheetxml import Parts, SheetReader, cell_flaws, hidden_columns, hidden_rows

_LARGEST = 200_000_000
"""Bytes that a package may unpack to in all."""
_MOST_PARTS = 10_000
_DENSE = 3_000_000
"""Cells between A1 and the farthest beyond which a mostly empty sheet is read cell by cell."""
_SMALL = 64 * 1024
"""Packed bytes of a part that is worth remembering: returns made from one template share their styles and lists."""
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_DOCTYPE = re.compile(b"<\0!\0(?:D\0O\0C\0T\0Y\0P\0E|E\0N\0T\0I\0T\0Y)|\0<\0!\0(?:D\0O\0C\0T\0Y\0P\0E)")
_REACHES = tuple(
    (re.compile(rb' r="(?:[A-Z]{3}[0-9]|%b|[A-Z]{0,3}[0-9]{%d})' % (columns, digits)), cells)
    for columns, digits, cells in (
        (rb"[C-Z][A-Z][0-9]", 7, 78 * 999_999),
        (rb"[C-Z][A-Z][0-9]", 6, 78 * 99_999),
        (rb"[A-Z]{2}[0-9]", 6, 26 * 99_999),
        (rb"[C-Z][A-Z][0-9]", 5, 78 * 9_999),
    )
)
"""What stands beyond a column (BZ or Z) or a row, and how many cells a sheet without it can have; the widest first."""
_ROW = re.compile(rb' r="[A-Z]{0,3}([0-9]{1,10})"')
_COLUMN = re.compile(rb' r="([A-Z]{1,3})[0-9]')
_LOCAL_HEADER = struct.Struct("<4s22xHH")


class Refused(Exception):  # noqa: N818 - it says what was done with the file
    """The package is not read: the fault to report, and the kind of content if known."""

    def __init__(self, code: str, variant: str = "", kind: str = "", value: str | None = None) -> None:
        super().__init__(code)
        args = (("format", variant),) if code == "F101" else ()
        self.fault, self.kind = Fault(code, variant=variant, args=args, value=value), kind


def read_package(data: bytes) -> tuple[str, Book]:
    """The kind of content (xlsx, xlsb, ods, "" for others) and what it holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _opened(package, data)
    except Refused as refused:
        return refused.kind, Book((), (refused.fault,))
    except calamine.Unreadable as unreadable:
        return "", Book((), (unreadable.fault,))
    except zipfile.BadZipFile:
        return "", Book((), (Fault("F103", variant="truncated"),))
    except (
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        ET.ParseError,
    ) as error:
        return "", Book((), (Fault("F103", value=str(error)[:80]),))


def _opened(package: zipfile.ZipFile, data: bytes) -> tuple[str, Book]:
    infos = package.infolist()
    if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _LARGEST:
        raise Refused("F104", "bomb")
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("F102")
    names = {info.filename.lstrip("/"): info for info in infos}
    if "content.xml" in names and "mimetype" in names:
        from mdj_plan.intake.formats.opendocument import read_opendocument

        return "ods", read_opendocument(_Package(data, names))
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise Refused("F101", "document")
    if "xl/workbook.bin" in names:
        from mdj_plan.intake.formats.xlsb import read_xlsb

        return "xlsb", read_xlsb(_Package(data, names), data)
    if not any(name.endswith("workbook.xml") for name in names):
        raise Refused(
            "F103" if "[Content_Types].xml" in names else "F101", "" if "[Content_Types].xml" in names else "archive"
        )
    return "xlsx", _Workbook(_Package(data, names), data).read()


class _Package:
    """A package's parts, each read once and within bounds; a DOCTYPE in any of them is refused."""

    def __init__(self, data: bytes, names: dict[str, zipfile.ZipInfo]) -> None:
        self._data, self._names = data, names
        self._read: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def names(self) -> tuple[str, ...]:
        """Every part's name."""
        return tuple(self._names)

    def part(self, name: str) -> bytes:
        """A part's bytes. Raises Refused for an unsafe part, BadZipFile for a damaged one."""
        if name not in self._read:
            info = self._names[name]
            packed = self._packed(info)
            unpack = _unpacked if len(packed) <= _SMALL else _unpacked.__wrapped__
            self._read[name], doctype = unpack(packed, info.compress_type, info.CRC)
            if doctype and name.endswith((".xml", ".rels")):
                raise Refused("F104", "doctype")
        return self._read[name]

    def _packed(self, info: zipfile.ZipInfo) -> bytes:
        """A part as it lies in the file, behind a header of its own. Raises BadZipFile.

        zipfile unpacks a part anew at each opening; packed bytes let those be told apart that were unpacked before.
        """
        start = info.header_offset
        header = self._data[start : start + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise zipfile.BadZipFile(f"no part at {start}")
        _, name, extra = _LOCAL_HEADER.unpack(header)
        start += _LOCAL_HEADER.size + name + extra
        return self._data[start : start + info.compress_size]


@functools.lru_cache(maxsize=64)
def _unpacked(packed: bytes, method: int, crc: int) -> tuple[bytes, bool]:
    """A part's bytes, within bounds, and whether a DOCTYPE stands in them. Raises Refused for a bomb, BadZipFile or
    zlib.error for what is damaged.
    """
    if method == zipfile.ZIP_STORED:
        data = packed
    elif method == zipfile.ZIP_DEFLATED:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        data = stream.decompress(packed, _LARGEST)
        if stream.unconsumed_tail:
            raise Refused("F104", "bomb")
    else:
        raise NotImplementedError(f"compression method {method}")
    if zlib.crc32(data) != crc:
        raise zipfile.BadZipFile("wrong checksum")
    return data, _has_doctype(data)


def _has_doctype(part: bytes) -> bool:
    if b"<!" in part and _DOCTYPE.search(part):
        return True
    return b"\0" in part[:4096] and _WIDE_DOCTYPE.search(part[:4096]) is not None


class _Listed(NamedTuple):
    """A sheet as the workbook lists it: its name, whether it is visible, its part."""

    name: str
    visible: bool
    part: str


class _Workbook:
    """An xlsx workbook: looks at each sheet's XML, then chooses who reads it."""

    def __init__(self, package: _Package, data: bytes) -> None:
        self.package, self.data = package, data
        self.root = next(n for n in sorted(package.names(), key=len) if n.endswith("workbook.xml"))
        self.faults: list[Fault] = []
        shared = next((n for n in package.names() if n.lower().endswith("sharedstrings.xml")), None)
        self.strings = package.part(shared) if shared else b""
        for name in package.names():  # calamine unpacks these too: what it must not see is refused here
            if name.endswith(("styles.xml", ".rels")) and name.startswith(("xl/", "_rels")):
                package.part(name)

    def read(self) -> Book:
        """Every worksheet in order."""
        listed = self._listed()
        if not listed:
            raise Refused("F103", kind="xlsx")
        odd = [self._odd(sheet) for sheet in listed]
        book = None if all(odd) else calamine.opened(self.data)
        order = {name: i for i, name in enumerate(book.sheet_names)} if book is not None else {}
        sheets = []
        for sheet, needs_care in zip(listed, odd, strict=True):
            if needs_care or book is None or sheet.name not in order:
                sheets.append(self._carefully(sheet))
                continue
            rows, merged, _ = calamine.rows_of(book, order[sheet.name])
            xml = self.package.part(sheet.part)
            if b't="b"' in xml:
                rows = calamine.without_booleans(rows)
            flaws = cell_flaws(xml) if b't="e"' in xml or b"<f" in xml else {}
            for row, column in flaws:
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = None
            hidden = b"hidden=" in xml or b"zeroHeight=" in xml
            sheets.append(
                Sheet(
                    sheet.name,
                    rows,
                    sheet.visible,
                    merged,
                    hidden_rows(xml) if hidden else frozenset(),
                    hidden_columns(xml) if hidden else frozenset(),
                    flaws,
                )
            )
        return Book(tuple(sheets), tuple(self.faults))

    def _listed(self) -> tuple[_Listed, ...]:
        """The worksheets that the workbook lists and the package holds."""
        rels = posixpath.join(posixpath.dirname(self.root), "_rels", "workbook.xml.rels")
        found = _sheets(
            self.root, self.package.part(self.root), self.package.part(rels) if rels in self.package else b""
        )
        absent = next((sheet.part for sheet in found if sheet.part not in self.package), None)
        if absent is not None:
            raise Refused("F103", kind="xlsx", value=absent)
        if len({sheet.name for sheet in found}) < len(found):
            raise Refused("F103", kind="xlsx", value="duplicate sheet names")
        return found

    def _odd(self, sheet: _Listed) -> bool:
        """Whether calamine might not read the sheet truly, or not survive it."""
        xml = self.package.part(sheet.part)
        head = xml[:4096]
        if b"<sheetData" not in xml or b"purl.oclc.org" in head or b"='" in head:
            return True
        if b"<rPh" in self.strings or b"_x0" in self.strings or b"_x0" in xml:
            return True
        if b"<c>" in xml or b"<row>" in xml:  # places left to be counted
            return True
        return _is_sparse(xml)

    def _carefully(self, sheet: _Listed) -> Sheet:
        reader = SheetReader(self._parts)
        read, faults = reader.read(self.package.part(sheet.part), sheet.name, visible=sheet.visible)
        self.faults += faults
        return read

    @property
    def _parts(self) -> Parts:
        """What cells refer to: strings, styles, the date system."""
        styles = posixpath.join(posixpath.dirname(self.root), "styles.xml")
        return Parts.of(
            self.strings,
            self.package.part(styles) if styles in self.package else b"",
            self.package.part(self.root),
        )


def _is_sparse(xml: bytes) -> bool:
    """Whether a reader that makes every cell from A1 to the farthest would make far more than there are."""
    affordable = max(_DENSE, 20 * xml.count(b"<c "))
    if any(cells <= affordable and beyond.search(xml) is None for beyond, cells in _REACHES):
        return False
    rows = max(map(int, set(_ROW.findall(xml))), default=0)  # a cell may claim another row than the one it stands in
    columns = max(map(_column, set(_COLUMN.findall(xml))), default=1)
    return rows * columns > affordable


@functools.lru_cache(maxsize=64)
def _sheets(root: str, workbook: bytes, rels: bytes) -> tuple[_Listed, ...]:
    """What a workbook part lists. Returns made from one template have the same part, so answers are kept."""
    folder = posixpath.dirname(root)
    targets = {}
    for rel in ET.fromstring(rels) if rels else ():  # noqa: S314 - `part` refuses DOCTYPE
        target = rel.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if rel.get("Type", "").endswith("/worksheet"):
            targets[rel.get("Id", "")] = path
    found = []
    for element in ET.fromstring(workbook).iter():  # noqa: S314 - the same
        if element.tag.rsplit("}", 1)[-1] == "sheet":
            key = next((v for k, v in element.attrib.items() if k.rsplit("}", 1)[-1] == "id"), "")
            if key in targets:  # others are chart sheets and macro sheets
                visible = element.get("state", "visible") == "visible"
                found.append(_Listed(element.get("name", ""), visible, targets[key]))
    return tuple(found)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
