"""From a table to claims: its columns, parsed one by one (`parse`), put together row by row."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from operator import le
from typing import TYPE_CHECKING, Any

from mdj_plan.fields import DUTY_FIELDS, PARTS, REQUIRED, Field
from mdj_plan.intake.claims import Origin, Rows
from mdj_plan.intake.formatting import formatting
from mdj_plan.intake.parse import Parsed, parsed
from mdj_plan.measures import Unit, is_own, unit
from mdj_plan.sheets.cells import Cell, Fault, address, as_typed
from mdj_plan.sheets.values.header import header
from mdj_plan.sheets.values.parsers import choice
from mdj_plan.sheets.values.reading import squeezed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mdj_plan.intake.claims import Claims, DutyReport
    from mdj_plan.intake.layout.columns import Column
    from mdj_plan.intake.layout.table import Table
    from mdj_plan.intake.parse import Readers
    from mdj_plan.sheets.values.reading import Reading

_NOTHING: frozenset[str] = frozenset()
_UNUSABLE = frozenset(("name", "kind", "state"))
_OWN = {"district": "region", "department": "department"}
"""Where a return's own unit stands, by its kind."""


def read_claims(table: Table, file: str, readers: Readers) -> tuple[Claims, list[Fault]]:
    """Every row of a facilities table as a claim, in order, and what is wrong with its cells."""
    columns = {name: parsed(table, table.fields[name], readers) for name in table.columns}
    _required(table, columns)
    _parts(table, columns)
    own = readers.own
    if own is not None and _OWN[own.kind] in columns:  # a blank region in a district's own return is that district
        columns[_OWN[own.kind]].fill(own.id)
    values = {name: column.values for name, column in columns.items()}
    if own is not None:
        values.setdefault(_OWN[own.kind], [own.id] * len(table.rows))
    return _body(table, file, columns, values, _UNUSABLE).claims(), _told(table, columns)


def _body(
    table: Table,
    file: str,
    columns: Mapping[str, Parsed],
    values: Mapping[str, list[Any]],
    unusable: frozenset[str],
) -> Rows:
    """The rows of a table. Which field a value of a broken record belongs to is not known: it is told once (F108), and
    nothing but the name of a facility stands.
    """
    flaws = _flaws(columns)
    for at, row in enumerate(table.rows) if table.sheet.broken else ():
        if row in table.sheet.broken:
            flaws[at] = unusable
            for name, column in values.items():
                if name != "name":
                    column[at] = None
    places = {name: column.index for name, column in table.columns.items()}
    origin = Origin(file, table.sheet.name, places, table.sheet.rows)
    return Rows(origin, table.rows, values, flaws, table.fields, _typed(table, columns, values))


def _typed(
    table: Table, columns: Mapping[str, Parsed], values: Mapping[str, Sequence[Any]]
) -> dict[str, Sequence[str | None]]:
    """What stands in each column's cells beside its values, where no cell had to be looked at by itself."""
    if table.sheet.merged or table.sheet.broken:
        return {}
    return {
        name: column.typed
        for name, column in columns.items()
        if column.typed is not None and not column.flaws and values[name] is column.values
    }


def _told(table: Table, columns: Mapping[str, Parsed]) -> list[Fault]:
    """What is wrong with the cells, without those of broken records; a fault of facilities names its field."""
    broken = table.sheet.broken
    told = [(name, fault) for name, column in columns.items() for fault in column.faults if fault.row not in broken]
    named = table.kind == "facilities"
    return [fault._replace(field=name) if named else fault for name, fault in told] + formatting(table)


def read_duties(
    table: Table, file: str, readers: Readers, named: Mapping[str, str]
) -> tuple[list[DutyReport], list[Fault]]:
    """Every row of a duties table; `named` maps the folded ids and names of duties to their ids."""

    def duty(raw: Cell) -> Reading:
        return choice(raw, named)

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
    values = {name: column.values for name, column in columns.items()}
    return _body(table, file, columns, values, _NOTHING).duties(), _told(table, columns)


def _progress(table: Table, duties: Sequence[str | None], readers: Readers) -> Parsed:
    """Each duty's figure in that duty's own measure: rows that follow one another and share it are read together."""
    measured = {duty.id: _measure(duty.measure.zh if duty.measure else "") for duty in readers.file.duties}
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
            _missing(table, name, table.fields[name], columns[name])


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
        for i in _greater(smaller.values, greater.values):
            row = table.rows[i]
            args = (
                ("field", table.fields[part].label),
                ("whole", table.fields[whole].label),
                ("whole_value", str(greater.values[i])),
                ("whole_cell", address(row, table.columns[whole].index)),
            )
            typed = as_typed(table.cells(part)[i])
            smaller.faults.append(Fault("V112", table.sheet.name, row, index, typed, "", args))
            smaller.values[i] = None
            smaller.flaws.add(i)


def _greater(parts: Sequence[Any], wholes: Sequence[Any]) -> list[int]:
    """Where a part is greater than its whole; a blank is neither greater nor smaller."""
    try:
        fitting = all(map(le, parts, wholes))
    except TypeError:  # there is a blank among them
        fitting = False
    pairs = () if fitting else enumerate(zip(parts, wholes, strict=True))
    return [i for i, (part, whole) in pairs if part is not None and whole is not None and part > whole]


def _flaws(columns: Mapping[str, Parsed]) -> dict[int, frozenset[str]]:
    """The unusable fields of each row that has some, by its place."""
    flaws: dict[int, frozenset[str]] = {}
    for name, column in columns.items():
        for at in column.flaws:
            flaws[at] = flaws.get(at, _NOTHING) | {name}
    return flaws
