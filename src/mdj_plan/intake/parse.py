"""One column of a table, each distinct cell parsed once: values, and what is wrong with the cells.

Columns, not rows, because returns repeat themselves: a list of 500 000 rows holds four kinds and a few hundred numbers.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING, Any

from mdj_plan.intake import door
from mdj_plan.intake.shown import shown
from mdj_plan.phrases import phrase
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Cell, Fault, as_typed
from mdj_plan.sheets.values import parsers as values
from mdj_plan.sheets.values.plain import plain_as_typed, plainly

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mdj_plan.fields import Field
    from mdj_plan.intake.layout.table import Table
    from mdj_plan.plan.model import PlanFile, Unit
    from mdj_plan.plan.units import Directory

_OF_ANOTHER_TIME = frozenset(("上季", "上期", "上年", "去年", "上年同期", "去年同期", "同期", "计划", "目标", "规划"))
_ERRORS = frozenset(("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"))
"""What a spreadsheet writes into a text file for a formula that failed."""
_NOTHING = phrase("blank")
_ONE = Decimal(1)
_NAMING = frozenset(("text", "code"))
_EMPTY: frozenset[Cell] = frozenset((None, ""))


class Known(NamedTuple):
    """What cells have read as, and what stands in those that show more than their value does: 0500, a listed word."""

    values: dict[Cell, Any]
    typed: dict[Cell, str]

    def learn(self, read: Mapping[Cell, Any], *, plain: bool = False) -> None:
        """Remember what cells read as; `plain` figures are shown as they stand (`sheets.values.plain`)."""
        self.values.update(read)
        for cell, value in read.items():
            if value is cell or (plain and type(cell) is float):
                continue  # the most of them
            typed = cell if type(cell) is str else as_typed(cell)
            if typed != shown(value):
                self.typed[cell] = typed

    def column(self, raw: Sequence[Cell]) -> Parsed:
        """A column of cells that have all been read before. Raises KeyError for any other."""
        read, typed = list(map(self.values.__getitem__, raw)), self.typed
        return Parsed(read, list(map(typed.get, raw)) if typed and not typed.keys().isdisjoint(raw) else ())


class Readers(NamedTuple):
    """How each field is read in one return: the plan's names, the cut-off that dates must not pass, and whose it is.

    `memory` keeps what cells without an objection read as, by field, for the returns that follow: a unit's facilities
    bear the same names, codes and documents every quarter.
    """

    file: PlanFile
    directory: Directory
    cutoff: dt.date | None
    own: Unit | None
    memory: dict[tuple[str, str, Decimal], Known]

    def known(self, field: Field, factor: Decimal) -> Known:
        """What cells of the field have read as so far, under the same measure unit."""
        asked = field.id, field.measure, factor
        known = self.memory.get(asked)
        if known is None:
            known = self.memory[asked] = Known({}, {})
        return known

    def of(self, field: Field, table: Table) -> Callable[[Cell], values.Reading]:
        """The reader of one distinct cell of that field."""
        column = table.columns[field.id]
        listed = dict(field.choices)
        match field.type:
            case "number" | "whole":
                whole = field.type == "whole"
                return lambda raw: values.number(raw, measure=field.measure, whole=whole, factor=column.factor)
            case "choice":
                return lambda raw: values.choice(raw, listed)
            case "choices":
                return lambda raw: values.choices(raw, listed)
            case "date":
                return values.date
            case "code":
                return values.credit_code
            case "unit":
                kind = field.unit_kind
                return lambda raw: self._unit(raw, kind)
        return values.text

    def _unit(self, raw: Cell, kind: str) -> values.Reading:
        if values.blank(raw):
            return values.Reading(None)
        name = as_typed(raw)
        found = self.directory.find(name)
        if found is None or self.directory.kinds[found.unit] != kind:
            suggestion = self.directory.suggestion(name) if found is None else None
            expected = phrase("district") if kind == "district" else phrase("department")
            args = (("expected", expected), ("suggestion", suggestion or ""))
            return values.Reading(None, "V113", "like" if suggestion else "", args)
        return values.Reading(found.unit)


class Parsed:
    """One field of a table: `values` aligned with its rows, `flaws` the indexes of rows whose cell is unusable.

    `typed` is what stands in the cells where the values do not say it, () where they say it all; None where that is not
    known.
    """

    __slots__ = ("faults", "flaws", "typed", "values")

    def __init__(self, values_: list[Any], typed: Sequence[str | None] | None = None) -> None:
        self.values, self.typed = values_, typed
        self.flaws: set[int] = set()
        self.faults: list[Fault] = []

    def fill(self, value: Any) -> None:
        """Put a value in place of every blank."""
        if None not in self.values:
            return
        if self.typed is not None:
            told = zip(self.values, self.typed or repeat(None))  # noqa: B905 - nothing was typed otherwise, however long
            self.typed = ["" if each is None and typed is None else typed for each, typed in told]
        self.values = [value if each is None else each for each in self.values]


def parsed(
    table: Table, field: Field, readers: Readers, read: Callable[[Cell], values.Reading] | None = None
) -> Parsed:
    """A column's values, and what is wrong with its cells. `read` stands in for the field's own parser."""
    raw = table.cells(field.id)
    header = table.columns[field.id]
    counted = table.sheet.since_1904 and field.type == "date"
    if counted:
        raw = list(map(values.since_1904, raw))
    column = _as_typed(field, raw) if read is None and field.type in _NAMING and header.factor == _ONE else None
    if column is None:
        column = _parsed(table, field, raw, readers, read)
    if counted:
        column.typed = None
    if table.sheet.flaws:
        _flawed_cells(table, field, header.index, column)
    if field.id in table.repeated:
        _contradictions(table, field, raw, column)
    if header.factor != _ONE and table.rows:
        _converted(table, field, column)
    return column


def _as_typed(field: Field, raw: Sequence[Cell]) -> Parsed | None:
    """A column of names or codes that all mean just what is typed; None where one of them does not."""
    passed = door.validated(field, raw) if plain_as_typed(field.type, raw) else None
    return None if passed is None else Parsed(passed, ())


def _parsed(
    table: Table, field: Field, raw: Sequence[Cell], readers: Readers, read: Callable[[Cell], values.Reading] | None
) -> Parsed:
    """Each distinct cell parsed once, or remembered from the returns before: most columns hold nothing new."""
    known = readers.known(field, table.columns[field.id].factor)
    try:
        remembered = known.column(raw)
    except KeyError:
        pass
    else:
        if field.type != "date" or _passed(remembered.values, readers.cutoff):
            return remembered
    distinct = set(raw)
    unread = distinct.difference(known.values)
    objected = _learned(table, field, unread, readers, read) if unread else {}
    if field.type == "date" and readers.cutoff is not None:
        objected |= values.later(distinct, known.values, readers.cutoff)
    if not objected:
        return known.column(raw)
    found = {cell: objected[cell].value if cell in objected else known.values[cell] for cell in distinct}
    column = Parsed(list(map(found.__getitem__, raw)))
    _objections(table, field, raw, objected, column)
    if field.numeric and any(as_typed(cell).strip() in _OF_ANOTHER_TIME for cell in objected):
        column.values = [None] * len(raw)  # a second header says that the figures are not this quarter's
        column.flaws.update(range(len(raw)))
    return column


def _passed(days: Iterable[dt.date | None], cutoff: dt.date | None) -> bool:
    """Whether no day lies after the cut-off: one that was read for another return may."""
    return cutoff is None or all(day is None or day <= cutoff for day in days)


def _learned(
    table: Table, field: Field, unread: set[Cell], readers: Readers, read: Callable[[Cell], values.Reading] | None
) -> dict[Cell, values.Reading]:
    """Read cells that no return before has had: what can be used is remembered, what is objected to handed back."""
    factor = table.columns[field.id].factor
    known = readers.known(field, factor)
    known.learn(dict.fromkeys(_EMPTY & unread))
    if read is None and factor == 1:
        known.learn(_validated(field, plainly(field, unread)), plain=True)
    odd = [cell for cell in unread if cell not in known.values and cell not in _ERRORS]
    readings = dict(zip(odd, door.read(field, odd, read or readers.of(field, table)), strict=True)) if odd else {}
    objected = {cell: r for cell, r in readings.items() if r.code or values.ditto(cell)}
    known.learn({cell: r.value for cell, r in readings.items() if cell not in objected})
    return objected | dict.fromkeys(unread & _ERRORS, values.Reading(None, "V110", _variant(field)))


def _validated(field: Field, read: Mapping[Cell, Any]) -> dict[Cell, Any]:
    """Cells with their values as the field's type has them; none where one is not of that type."""
    passed = door.validated(field, list(read.values())) if read else None
    return {} if passed is None else dict(zip(read, passed, strict=True))


def _objections(
    table: Table, field: Field, raw: Sequence[Cell], readings: Mapping[Cell, values.Reading], column: Parsed
) -> None:
    index = table.columns[field.id].index
    sheet = table.sheet.name
    above = -1
    raw = list(raw)
    broken = table.sheet.broken
    for i, cell in enumerate(raw):
        if table.rows[i] in broken:
            above = -1  # 同上 below it means nothing that is known
            continue
        if values.ditto(cell):
            column.values[i] = column.values[above] if above >= 0 else None
            typed, row = as_typed(cell), table.rows[i]
            if above >= 0 and above not in column.flaws:
                args = (("field", field.label), ("read", as_typed(raw[above]) or _NOTHING))
                column.faults.append(Fault("V118", sheet, row, index, typed, "ditto", args))
            else:
                column.flaws.add(i)
                if above < 0:
                    column.faults.append(Fault("V101", sheet, row, index, typed, "ditto", (("field", field.label),)))
            if above >= 0:
                raw[i] = raw[above]
                above = i
            continue
        above = i
        reading = readings.get(cell)
        if reading is not None and reading.code:
            fault = Fault(
                reading.code,
                sheet,
                table.rows[i],
                index,
                as_typed(cell),
                reading.variant,
                (("field", field.label), *reading.args),
            )
            column.faults.append(fault)
            if reading.code != "V118":
                column.flaws.add(i)


def _flawed_cells(table: Table, field: Field, index: int, column: Parsed) -> None:
    for i, row in enumerate(table.rows):
        flaw = table.sheet.flaws.get((row, index))
        if flaw is not None:
            code = "V109" if flaw.startswith("=") else "V110"
            column.values[i] = None
            column.flaws.add(i)
            args = (("field", field.label),)
            column.faults.append(Fault(code, table.sheet.name, row, index, flaw, _variant(field), args))


def _variant(field: Field) -> str:
    """Of V109 and V110: what is to be typed instead is no number in a text field."""
    return "" if field.numeric else "text"


def _contradictions(table: Table, field: Field, raw: Sequence[Cell], column: Parsed) -> None:
    """Two columns of the same field (L103, raised by the layout): a value stands where both say the same."""
    for other in table.repeated[field.id]:
        for i, row in enumerate(table.rows):
            cells = table.sheet.rows[row]
            second = cells[other.index] if other.index < len(cells) else None
            if as_typed(raw[i]) != as_typed(second):
                column.values[i] = None
                column.flaws.add(i)


def _converted(table: Table, field: Field, column: Parsed) -> None:
    header = table.columns[field.id]
    args = (("field", field.label), ("factor", format(header.factor.normalize(), "f")))
    column.faults.append(Fault("V114", table.sheet.name, header.row, header.index, header.header, "", args))
