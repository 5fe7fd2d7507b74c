"""From a table to claims: its columns, parsed one by one (`parse`), put together row by row."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, repeat
from typing import TYPE_CHECKING, Any

from mdj_plan.fields import DUTY_FIELDS, FIELDS, PARTS, REQUIRED, Field
from mdj_plan.intake.cells import Cell, Fault, address, as_typed
from mdj_plan.intake.formatting import formatting
from mdj_plan.intake.layout.headers import header
from mdj_plan.intake.parse import Parsed, parsed
from mdj_plan.intake.submission import Claim, DutyReport, Origin
from mdj_plan.intake.values import parsers as values
from mdj_plan.intake.values.reading import squeezed
from mdj_plan.measures import Unit, is_own, unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mdj_plan.intake.layout.columns import Column
    from mdj_plan.intake.layout.table import Table
    from mdj_plan.intake.parse import Readers

_NOTHING: frozenset[str] = frozenset()
_UNUSABLE = frozenset(("name", "kind", "state"))
_OWN = {"district": "region", "department": "department"}


def read_claims(table: Table, file: str, readers: Readers) -> tuple[list[Claim], list[Fault]]:
    """Every row of a facilities table as a claim, in order, and what is wrong with its cells."""
    rows = table.rows
    origin = _origin(table, file)
    columns = {name: parsed(table, FIELDS[name], readers) for name in table.columns}
    _required(table, columns)
    _parts(table, columns)
    flaws = _flaws(columns, len(rows))
    empty: list[None] = [None] * len(rows)
    own = {} if readers.own is None else {_OWN[readers.own.kind]: readers.own.id}
    ordered = [_with_own(columns.get(name), own.get(name), empty) for name in Claim._fields[3:]]
    claims = list(map(Claim._make, zip(repeat(origin), rows, flaws, *ordered, strict=False)))
    broken = table.sheet.broken
    if broken:  # which field a value belongs to is not known: told once as F108, and the row is unusable
        claims = [Claim(origin, c.row, _UNUSABLE, c.name) if c.row in broken else c for c in claims]
    return claims, _faults(columns, broken) + formatting(table)


def _faults(columns: Mapping[str, Parsed], broken: Mapping[int, str]) -> list[Fault]:
    """What is wrong with the cells, without those of broken records."""
    return [f._replace(field=name) for name, column in columns.items() for f in column.faults if f.row not in broken]


def _origin(table: Table, file: str) -> Origin:
    columns = {name: column.index for name, column in table.columns.items()}
    return Origin(file, table.sheet.name, columns, table.sheet.rows)


def _with_own(column: Parsed | None, own: str | None, empty: list[None]) -> list[Any]:
    """A column's values; a blank region in a district's own return is that district, likewise for departments."""
    if own is None:
        return empty if column is None else column.values
    if column is None:
        return [own] * len(empty)
    return [own if value is None else value for value in column.values]


def read_duties(table: Table, file: str, readers: Readers, named: Mapping[str, str]) -> tuple[list[Any], list[Fault]]:
    """Every row of a duties table; `named` maps the folded ids and names of duties to their ids."""
    origin = _origin(table, file)

    def duty(raw: Cell) -> values.Reading:
        return values.choice(raw, named)

    columns = {
        name: parsed(table, DUTY_FIELDS[name], readers, duty if name == "duty" else None)
        for name in table.columns
        if name != "progress"
    }
    if "progress" in table.columns:
        columns["progress"] = _progress(table, columns["duty"].values, readers)
    for name in ("duty", "status"):
        if name in columns:
            _missing(table, name, DUTY_FIELDS[name], columns[name])
    empty: list[None] = [None] * len(table.rows)
    ordered = [columns[name].values if name in columns else empty for name in DutyReport._fields[2:-1]]
    typed = map(as_typed, table.cells("duty") if "duty" in columns else empty)
    reports = list(map(DutyReport._make, zip(repeat(origin), table.rows, *ordered, typed, strict=False)))
    broken = table.sheet.broken
    if broken:
        reports = [r._replace(duty=None, progress=None, status=None) if r.row in broken else r for r in reports]
    faults = [fault for column in columns.values() for fault in column.faults if fault.row not in broken]
    return reports, faults + formatting(table)


def _progress(table: Table, duties: Sequence[str | None], readers: Readers) -> Parsed:
    """Each duty's figure in that duty's own measure: rows that follow one another and share it are read together."""
    measured = {duty.id: _measure(duty.measure or "") for duty in readers.file.duties}
    column = Parsed([])
    places = zip(table.rows, duties, strict=True)
    top = table.columns["progress"]
    borne = header(top.header).units
    for measure, run in groupby(places, lambda place: measured.get(place[1] or "", "")):
        rows = [row for row, _ in run]
        factor = _factor(borne[0], measure) if borne and measure else top.factor
        if factor is None:
            column.flaws |= set(range(len(column.values), len(column.values) + len(rows)))
            column.values += [None] * len(rows)
            column.faults.append(_foreign(table, top, measure))
            continue
        part = replace(table, rows=rows, columns={**table.columns, "progress": replace(top, factor=factor)})
        read = parsed(part, DUTY_FIELDS["progress"]._replace(measure=measure), readers)
        column.flaws |= {len(column.values) + i for i in read.flaws}
        column.values += read.values
        column.faults += read.faults
    return column


def _factor(borne: Unit, measure: str) -> Decimal | None:
    """How many of a duty's measure the header's unit is; None when it is another kind of unit."""
    own = unit(measure)
    if own is not None and own.base == borne.base:
        return Decimal(borne.times) / own.times
    return Decimal(1) if is_own(borne, measure) else None


def _foreign(table: Table, column: Column, measure: str) -> Fault:
    """The header bears a unit that is not the duty's: figures under it would be wrong by any factor."""
    args = (("allowed", measure), ("field", DUTY_FIELDS["progress"].label), ("suggestion", ""))
    return Fault("V106", table.sheet.name, column.row, column.index, column.header, "header-unit", args)


def _measure(text: str) -> str:
    """The unit in which a duty is measured, in its last brackets: 宣传报道（篇） → 篇."""
    found = re.search(r"[(（]([^()（）]+)[)）]\s*$", text)
    return squeezed(found[1]) if found else ""


def _required(table: Table, columns: Mapping[str, Parsed]) -> None:
    for name in REQUIRED:
        if name in columns:
            _missing(table, name, FIELDS[name], columns[name])


def _missing(table: Table, name: str, field: Field, column: Parsed) -> None:
    if None not in column.values:
        return
    index = table.columns[name].index
    cells = table.cells(name)
    for i, value in enumerate(column.values):
        if value is None and i not in column.flaws:
            column.flaws.add(i)
            args = (("field", field.label),)
            column.faults.append(Fault("V101", table.sheet.name, table.rows[i], index, as_typed(cells[i]), "", args))


def _parts(table: Table, columns: Mapping[str, Parsed]) -> None:
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
            typed = as_typed(table.cells(part)[i])
            smaller.faults.append(Fault("V112", table.sheet.name, row, index, typed, "", args))
            smaller.values[i] = None
            smaller.flaws.add(i)


def _flaws(columns: Mapping[str, Parsed], count: int) -> list[frozenset[str]]:
    """The unusable fields of each row; rows without any share one empty set."""
    flaws = [_NOTHING] * count
    for name, column in columns.items():
        for i in column.flaws:
            flaws[i] |= {name}
    return flaws
