"""From a table to claims: each column read once per distinct cell, then put together row by row.

Columns, not rows, because returns repeat themselves: a list of 500 000 rows holds four kinds and a few hundred numbers.
"""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from mdj_plan.fields import CHOICES, DUTY_FIELDS, FIELDS, PARTS, REQUIRED, Field
from mdj_plan.intake import values
from mdj_plan.intake.cells import Cell, Fault, address, as_typed
from mdj_plan.intake.plain import plainly
from mdj_plan.intake.submission import Claim, DutyReport, Origin
from mdj_plan.names import Words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from mdj_plan.intake.layout import Table
    from mdj_plan.plan.model import PlanFile, Unit
    from mdj_plan.plan.units import Directory

_OF_ANOTHER_TIME = frozenset(("上季", "上期", "上年", "去年", "上年同期", "去年同期", "同期", "计划", "目标", "规划"))
_NOTHING: frozenset[str] = frozenset()
_UNITS = {"region": "district", "department": "department"}
_OWN = {"district": "region", "department": "department"}


class Readers(NamedTuple):
    """How each field is read in one return: the plan's names, the cut-off that dates must not pass, and whose it is.

    `memory` keeps what cells without an objection read as, by field, for the returns that follow: a unit's facilities
    bear the same names, codes and documents every quarter.
    """

    file: PlanFile
    directory: Directory
    cutoff: dt.date | None
    own: Unit | None
    memory: dict[tuple[str, Decimal], dict[Cell, Any]]

    def known(self, field: Field, factor: Decimal) -> dict[Cell, Any]:
        """What cells of the field have read as so far, under the same measure unit."""
        return self.memory.setdefault((field.id, factor), {})

    def of(self, field: Field, table: Table) -> Callable[[Cell], values.Reading]:
        """The reader of one distinct cell of that field."""
        column = table.columns[field.id]
        match field.type:
            case "number" | "whole":
                whole = field.type == "whole"
                return lambda raw: values.number(raw, measure=field.measure, whole=whole, factor=column.factor)
            case "choice":
                return lambda raw: values.choice(raw, CHOICES[field.id])
            case "choices":
                return lambda raw: values.choices(raw, CHOICES[field.id])
            case "date":
                return values.date
            case "code":
                return values.credit_code
            case "unit":
                return lambda raw: self._unit(raw, _UNITS[field.id])
        return values.text

    def progress(self, raw: Cell) -> values.Reading:
        """A duty's figure; a trailing unit is exact when it is that of a duty's measure, 拨付资金（万元）."""
        plain = values.number(raw, measure="", whole=False)
        if not plain.code:
            return plain
        for duty in self.file.duties:
            measured = re.search(r"[(（]([^()（）]+)[)）]\s*$", duty.measure or "")
            if measured:
                reading = values.number(raw, measure=measured[1], whole=False)
                if reading.value is not None:
                    return reading
        return plain

    def _unit(self, raw: Cell, kind: str) -> values.Reading:
        if values.blank(raw):
            return values.Reading(None)
        name = as_typed(raw)
        found = self.directory.find(name)
        units = {unit.id: unit.kind for unit in self.file.units}
        if found is None or units[found.unit] != kind:
            suggestion = self.directory.suggestion(name) if found is None else None
            expected = Words("区县或开发区", "a district") if kind == "district" else Words("市直部门", "a department")
            args = (("expected", expected), ("suggestion", suggestion or ""))
            return values.Reading(None, "V113", "like" if suggestion else "", args)
        return values.Reading(found.unit)


class _Column:
    """One field of a table: `values` aligned with its rows, `flaws` the indexes of rows whose cell is unusable."""

    __slots__ = ("faults", "flaws", "values")

    def __init__(self, values_: list[Any], flaws: set[int], faults: list[Fault]) -> None:
        self.values, self.flaws, self.faults = values_, flaws, faults


def read_claims(table: Table, file: str, readers: Readers) -> tuple[list[Claim], list[Fault]]:
    """Every row of a facilities table as a claim, in order, and what is wrong with its cells."""
    rows = table.rows
    origin = Origin(file, table.sheet.name, {name: column.index for name, column in table.columns.items()})
    columns = {name: _column(table, FIELDS[name], readers) for name in table.columns}
    _required(table, columns)
    _parts(table, columns)
    flaws = _flaws(columns, len(rows))
    empty: list[None] = [None] * len(rows)
    own = {} if readers.own is None else {_OWN[readers.own.kind]: readers.own.id}
    ordered = [_with_own(columns.get(name), own.get(name), empty) for name in Claim._fields[3:]]
    claims = list(map(Claim._make, zip(repeat(origin), rows, flaws, *ordered, strict=False)))
    faults = [fault for column in columns.values() for fault in column.faults]
    return claims, faults


def _with_own(column: _Column | None, own: str | None, empty: list[None]) -> list[Any]:
    """A column's values; a blank region in a district's own return is that district, likewise for departments."""
    if own is None:
        return empty if column is None else column.values
    if column is None:
        return [own] * len(empty)
    return [own if value is None else value for value in column.values]


def read_duties(table: Table, file: str, readers: Readers, named: Mapping[str, str]) -> tuple[list[Any], list[Fault]]:
    """Every row of a duties table; `named` maps the folded ids and names of duties to their ids."""
    origin = Origin(file, table.sheet.name, {name: column.index for name, column in table.columns.items()})

    def duty(raw: Cell) -> values.Reading:
        return values.choice(raw, named)

    own = {"duty": duty, "progress": readers.progress}
    columns = {name: _column(table, DUTY_FIELDS[name], readers, own.get(name)) for name in table.columns}
    for name in ("duty", "status"):
        if name in columns:
            _missing(table, name, DUTY_FIELDS[name], columns[name])
    empty: list[None] = [None] * len(table.rows)
    ordered = [columns[name].values if name in columns else empty for name in DutyReport._fields[2:]]
    reports = list(map(DutyReport._make, zip(repeat(origin), table.rows, *ordered, strict=False)))
    return reports, [fault for column in columns.values() for fault in column.faults]


def _column(
    table: Table, field: Field, readers: Readers, read: Callable[[Cell], values.Reading] | None = None
) -> _Column:
    raw = table.cells(field.id)
    header = table.columns[field.id]
    known = readers.known(field, header.factor)
    distinct = set(raw)
    unread = distinct.difference(known)
    objected: dict[Cell, values.Reading] = {}
    if unread:
        if read is None and header.factor == 1:
            known |= plainly(field.type, unread)
        read = read or readers.of(field, table)
        readings = {cell: read(cell) for cell in unread if cell not in known}
        objected = {cell: r for cell, r in readings.items() if r.code or values.ditto(cell)}
        known |= {cell: r.value for cell, r in readings.items() if cell not in objected}
    if field.type == "date" and readers.cutoff is not None:
        objected |= values.later(distinct, known, readers.cutoff)
    if objected:
        found = {cell: objected[cell].value if cell in objected else known[cell] for cell in distinct}
        column = _Column(list(map(found.__getitem__, raw)), set(), [])
        _objections(table, field, raw, objected, column)
        if field.numeric and any(as_typed(cell).strip() in _OF_ANOTHER_TIME for cell in objected):
            column.values = [None] * len(raw)  # a second header says that the figures are not this quarter's
            column.flaws.update(range(len(raw)))
    else:
        column = _Column(list(map(known.__getitem__, raw)), set(), [])
    if table.sheet.flaws:
        _flawed_cells(table, field, header.index, column)
    if field.id in table.repeated:
        _contradictions(table, field, raw, column)
    if header.factor != 1 and table.rows:
        _converted(table, field, column)
    return column


def _objections(
    table: Table, field: Field, raw: Sequence[Cell], readings: Mapping[Cell, values.Reading], column: _Column
) -> None:
    index = table.columns[field.id].index
    sheet = table.sheet.name
    above = -1
    for i, cell in enumerate(raw):
        if values.ditto(cell):
            column.values[i] = column.values[above] if above >= 0 else None
            typed, row = as_typed(cell), table.rows[i]
            if above >= 0 and above not in column.flaws:
                args = (("field", field.label), ("read", as_typed(raw[above])))
                column.faults.append(Fault("V118", sheet, row, index, typed, "ditto", args))
            else:
                column.flaws.add(i)
                if above < 0:
                    column.faults.append(Fault("V101", sheet, row, index, typed, "ditto", (("field", field.label),)))
            if above >= 0:
                raw = [*raw[:i], raw[above], *raw[i + 1 :]]
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


def _flawed_cells(table: Table, field: Field, index: int, column: _Column) -> None:
    for i, row in enumerate(table.rows):
        flaw = table.sheet.flaws.get((row, index))
        if flaw is not None:
            code = "V109" if flaw.startswith("=") else "V110"
            column.values[i] = None
            column.flaws.add(i)
            column.faults.append(Fault(code, table.sheet.name, row, index, flaw, "", (("field", field.label),)))


def _contradictions(table: Table, field: Field, raw: Sequence[Cell], column: _Column) -> None:
    """Two columns of the same field (L103, raised by the layout): a value stands where both say the same."""
    for other in table.repeated[field.id]:
        for i, row in enumerate(table.rows):
            cells = table.sheet.rows[row]
            second = cells[other.index] if other.index < len(cells) else None
            if as_typed(raw[i]) != as_typed(second):
                column.values[i] = None
                column.flaws.add(i)


def _converted(table: Table, field: Field, column: _Column) -> None:
    header = table.columns[field.id]
    args = (("field", field.label), ("factor", format(header.factor.normalize(), "f")))
    column.faults.append(Fault("V114", table.sheet.name, header.row, header.index, header.header, "", args))


def _required(table: Table, columns: Mapping[str, _Column]) -> None:
    for name in REQUIRED:
        if name in columns:
            _missing(table, name, FIELDS[name], columns[name])


def _missing(table: Table, name: str, field: Field, column: _Column) -> None:
    if None not in column.values:
        return
    index = table.columns[name].index
    for i, value in enumerate(column.values):
        if value is None and i not in column.flaws:
            column.flaws.add(i)
            fault = Fault("V101", table.sheet.name, table.rows[i], index, "", "", (("field", field.label),))
            column.faults.append(fault)


def _parts(table: Table, columns: Mapping[str, _Column]) -> None:
    """A part greater than its whole is blank (V112, at the part's cell)."""
    for part, whole in PARTS:
        if part not in columns or whole not in columns:
            continue
        smaller, greater = columns[part], columns[whole]
        index = table.columns[part].index
        for i, (a, b) in enumerate(zip(smaller.values, greater.values, strict=True)):
            if a is None or b is None or a <= b:
                continue
            row = table.rows[i]
            args = (
                ("field", FIELDS[part].label),
                ("whole", FIELDS[whole].label),
                ("whole_value", str(b)),
                ("whole_cell", address(row, table.columns[whole].index)),
            )
            smaller.faults.append(Fault("V112", table.sheet.name, row, index, str(a), "", args))
            smaller.values[i] = None
            smaller.flaws.add(i)


def _flaws(columns: Mapping[str, _Column], count: int) -> list[frozenset[str]]:
    """The unusable fields of each row; rows without any share one empty set."""
    flaws = [_NOTHING] * count
    for name, column in columns.items():
        for i in column.flaws:
            flaws[i] |= {name}
    return flaws
