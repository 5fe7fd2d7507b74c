"""An xlsx workbook: its sheets by relationship, each read by calamine where it is plain, else cell by cell.

Known traps: calamine shows formulas without a result and error cells as blanks, and makes every cell between A1 and
the farthest, so that one stray cell at XFD1048576 ends the process.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from mdj_plan.sheets.cells import Book, Fault, Sheet
from mdj_plan.sheets.formats import calamine, sheetxml
from mdj_plan.sheets.formats.listing import Contents, Listed
from mdj_plan.sheets.formats.package import LARGEST
from mdj_plan.sheets.formats.plain import NARROWEST, Plain, look, plain
from mdj_plan.sheets.formats.refusal import Refused
from mdj_plan.sheets.formats.sparse import Room
from mdj_plan.sheets.formats.strings import is_plain, shared_strings, written
from mdj_plan.sheets.formats.styles import styles
from mdj_plan.sheets.formats.walk import MOST_TAGS, Handler, local, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdj_plan.sheets.cells import Cell
    from mdj_plan.sheets.formats.look import Look
    from mdj_plan.sheets.formats.package import Package, Relation
    from mdj_plan.sheets.formats.runs import Text

_YES = frozenset(("1", "true"))
_DENSE = 3_000_000
"""Cells between A1 and the farthest beyond which a mostly empty sheet is read cell by cell."""
_TIMES = 20
"""A sheet of more cells is mostly empty where it reaches over so many times as many."""


def root_of(package: Package) -> str | None:
    """The workbook's own part, whatever its name; None where there is none."""
    found = package.related("", "officeDocument")
    if found is not None and found.casefold().endswith((".xml", ".bin")) and not found.startswith(("word/", "ppt/")):
        return found
    return next((n for n in sorted(package.names(), key=len) if n.endswith(("workbook.xml", "workbook.bin"))), None)


def read_xlsx(package: Package, root: str) -> Book:
    """Every worksheet in order. Raises Refused."""
    relations = package.relations(root)
    contents = _contents(package.part(root), tuple(relations.items())).checked(package)
    return _Workbook(package, contents, _supplements(package, root)).read()


def _supplements(package: Package, root: str) -> tuple[bytes, bytes]:
    """Shared strings and styles: by relationship, else by their usual names."""
    folder = root.rpartition("/")[0]
    found = []
    for kind in ("sharedStrings", "styles"):
        part = package.related(root, kind) or f"{folder}/{kind}.xml"
        found.append(package.part(part) if part in package else b"")
    return found[0], found[1]


class _Workbook:
    """Looks at each sheet's XML, then has it read by whoever reads it truly."""

    def __init__(self, package: Package, contents: Contents, supplements: tuple[bytes, bytes]) -> None:
        self.package, self.contents = package, contents
        self.raw_strings = supplements[0]
        self.styles = styles(supplements[1])
        self.faults: list[Fault] = []
        self.room = Room()
        self.bytes, self.tags, self.dense = LARGEST, MOST_TAGS, 4 * _DENSE
        self.handed = calamine.Handed()
        self.has_booleans = False

    def read(self) -> Book:
        """Every worksheet in order."""
        seen = [self._seen(listed) for listed in self.contents.sheets]
        values = iter(self._values())
        sheets = tuple(
            each if isinstance(each, Sheet) else self._valued(listed, each, next(values))
            for listed, each in zip(self.contents.sheets, seen, strict=True)
        )
        return Book(sheets, tuple(self.faults))

    def _seen(self, listed: Listed) -> Sheet | Look:
        """The look at a plain sheet, which is handed to calamine; any other is read here and now."""
        xml = self.package.part(listed.part)
        found = plain(xml)
        if found is None or self._is_sparse(found):
            return self._carefully(listed, xml)
        self.bytes -= len(found.data)
        if self.bytes < 0:
            raise Refused("F104", "bomb")
        self.handed.add(found.data)
        self.has_booleans = self.has_booleans or found.has_booleans
        return look(found, struck=self.styles.struck, struck_texts=self._struck_texts, kept=self.contents.kept)

    def _is_sparse(self, found: Plain) -> bool:
        """Whether a reader that makes every cell from A1 to the farthest would make far more than there are."""
        cells = found.rows * NARROWEST
        if not found.narrow or cells > _DENSE:
            cells = found.rows * found.columns
        self.dense -= cells
        return self.dense < 0 or (cells > _DENSE and cells > _TIMES * found.cells)

    def _values(self) -> list[list[list[Cell]] | None]:
        if not self.handed.count:
            return []
        strings = self.raw_strings if self._has_plain_strings else written(self._strings)
        return self.handed.read(strings, self.styles.written(), since_1904=self.contents.since_1904)

    def _valued(self, listed: Listed, seen: Look, rows: list[list[Cell]] | None) -> Sheet:
        """A plain sheet with its values, where calamine could read them."""
        if rows is None:
            return self._carefully(listed, self.package.part(listed.part))
        if self.has_booleans:
            rows = calamine.without_booleans(rows)
        return seen.sheet(listed.name, rows, visible=listed.visible, since_1904=self.contents.since_1904)

    def _carefully(self, listed: Listed, xml: bytes) -> Sheet:
        self.tags -= xml.count(b"<")
        if self.tags < 0:
            raise Refused("F104", "bomb")
        contents = self.contents
        parts = sheetxml.Parts(self._strings, self.styles, contents.since_1904, contents.kept)
        cells = sheetxml.read(xml, parts)
        sheet, faults = cells.sheet(listed.name, self.room, visible=listed.visible, since_1904=contents.since_1904)
        self.faults += faults
        return sheet

    @functools.cached_property
    def _has_plain_strings(self) -> bool:
        return is_plain(self.raw_strings)

    @functools.cached_property
    def _strings(self) -> tuple[Text, ...]:
        return shared_strings(self.raw_strings)

    @functools.cached_property
    def _struck_texts(self) -> frozenset[int]:
        """The shared strings that are struck through: none where they are plain."""
        if self._has_plain_strings:
            return frozenset()
        return frozenset(number for number, text in enumerate(self._strings) if text.struck)


class _Contents(Handler):
    def __init__(self, relations: Mapping[str, Relation]) -> None:
        self.relations = relations
        self.sheets: list[Listed] = []
        self.since_1904 = self.kept = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            relation = self.relations.get(local(attributes, "id"))
            if relation is not None and relation.type == "worksheet":  # others are chart sheets and macro sheets
                visible = attributes.get("state", "visible") == "visible"
                self.sheets.append(Listed(attributes.get("name", ""), visible, relation.part))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in _YES
        elif name == "calcPr":
            self.kept = attributes.get("fullCalcOnLoad") in _YES


@functools.lru_cache(maxsize=64)
def _contents(workbook: bytes, relations: tuple[tuple[str, Relation], ...]) -> Contents:
    """What a workbook part says. Returns made from one template have the same part, so answers are kept."""
    reader = _Contents(dict(relations))
    walk(workbook, reader)
    return Contents(tuple(reader.sheets), reader.since_1904, reader.kept)
