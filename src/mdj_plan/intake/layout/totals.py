"""Total rows (合计, 小计): told from facilities, and compared with the rows they sum up (L108)."""

from __future__ import annotations

import bisect
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from mdj_plan.fields import FIELDS
from mdj_plan.intake.cells import Cell, Fault, as_typed
from mdj_plan.intake.values.numbers import number, plain
from mdj_plan.intake.values.reading import blank, squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.intake.layout.columns import Column
    from mdj_plan.intake.layout.table import Table

_TOTAL = frozenset(("合计", "小计", "总计", "共计", "累计", "总合计", "合计数", "本页合计", "本页小计", "全部合计"))
_ENDING = re.compile(r".{0,12}(?:合计|小计|总计|共计)")
_COUNTED = re.compile(r"[(\[].*[)\]]$|[0-9]+[家户个]$")


def says_total(cell: Cell, *, loosely: bool = False) -> bool:
    """Whether a cell says 合计, 小计 … and nothing else; `loosely`, as 孵化器小计 does."""
    if not isinstance(cell, str) or len(cell) > 20:
        return False
    word = _COUNTED.sub("", squeezed(cell)).strip(":")
    return word in _TOTAL or (loosely and _ENDING.fullmatch(word) is not None)


def disagreeing(table: Table) -> list[Fault]:
    """L108 for each total that is not the sum of the table's rows, nor of the rows since or until the next total."""
    if not table.totals:
        return []
    faults: list[Fault] = []
    for column in table.columns.values():
        if table.kind == "facilities" and FIELDS[column.field].numeric:
            faults += _of_column(table, column)
    return sorted(faults, key=lambda fault: (fault.row, fault.column))


def _of_column(table: Table, column: Column) -> list[Fault]:
    known: dict[Cell, Decimal | None] = {}
    field = FIELDS[column.field]

    def read(raw: Cell) -> Decimal | None:
        """The figure; zero for a blank, None for what cannot be used."""
        if raw not in known:
            whole = field.type == "whole"  # 12.5 firms are no figure here either
            reading = number(raw, measure=field.measure, whole=whole, factor=column.factor)
            known[raw] = Decimal(reading.value) if reading.value is not None else (None if reading.code else Decimal(0))
        return known[raw]

    stated = {row: _cell(table, row, column) for row in table.totals}
    stated = {row: raw for row, raw in stated.items() if not blank(raw) and read(raw) is not None}
    flawed = any((row, column.index) in table.sheet.flaws for row in table.rows) if table.sheet.flaws else False
    if not stated or flawed:
        return []
    figures = [read(raw) for raw in table.cells(column.field)]
    faults = []
    for row, raw in stated.items():
        sums = [_sum(figures, span) for span in _spans(table.rows, table.totals, row)]
        total = read(raw)
        if total is not None and None not in sums and all(_differ(total, s) for s in sums):
            summed = plain(sums[0] or Decimal(0))
            args = (("field", field.label), ("stated", plain(total)), ("summed", summed))
            name = field.id if table.kind == "facilities" else None
            faults.append(Fault("L108", table.sheet.name, row, column.index, as_typed(raw), "", args, field=name))
    return faults


def _spans(rows: Sequence[int], totals: Sequence[int], row: int) -> list[slice]:
    """What a total may sum up: all rows, the rows since the total before it, the rows until the one after it."""
    before = max((t for t in totals if t < row), default=-1)
    after = min((t for t in totals if t > row), default=rows[-1] + 1 if rows else 0)
    since = slice(_count(rows, before), _count(rows, row))
    until = slice(_count(rows, row), _count(rows, after))
    whole = slice(0, len(rows))
    spans = [whole, since, until]
    return [since, whole, until] if since.start and since.stop > since.start else spans


def _count(rows: Sequence[int], row: int) -> int:
    """How many of the rows stand above a row."""
    return bisect.bisect_left(rows, row)


def _sum(figures: Sequence[Decimal | None], span: slice) -> Decimal | None:
    total = Decimal(0)
    for figure in figures[span]:
        if figure is None:
            return None
        total += figure
    return total


def _differ(stated: Decimal, summed: Decimal | None) -> bool:
    """Beyond the noise of binary sums."""
    return summed is not None and round(stated - summed, 6) != 0


def _cell(table: Table, row: int, column: Column) -> Cell:
    cells = table.sheet.rows[row]
    return cells[column.index] if column.index < len(cells) else None
