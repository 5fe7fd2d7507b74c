"""Total rows (合计, 小计): told from facilities, and compared with the rows they sum up (L108)."""

from __future__ import annotations

import bisect
import functools
import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mdj_plan.rounding import plain
from mdj_plan.sheets.cells import Cell, Fault, as_typed
from mdj_plan.sheets.values.numbers import number
from mdj_plan.sheets.values.reading import blank, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mdj_plan.fields import Field
    from mdj_plan.findings import Argument
    from mdj_plan.intake.layout.columns import Column
    from mdj_plan.intake.layout.table import Table

_TOTAL = frozenset(("合计", "小计", "总计", "共计", "累计", "总合计", "合计数", "本页合计", "本页小计", "全部合计"))
_TOTAL_IN_ENGLISH = frozenset(("total", "subtotal", "grandtotal", "sum"))
_ENDING = re.compile(r".{0,12}(?:合计|小计|总计|共计|total)")
_COUNTED = re.compile(r"[(\[].*[)\]]$|[0-9]+[家户个]$")
_HOW_MANY = re.compile(
    r"(?:总?共|合计|总计|共计|小计)?(?:有|计)?(?:孵化)?(?:载体|孵化器|众创空间|大学科技园|单位)?[0-9一二三四五六七八九十]{1,4}[家个所]"
)
_ASIDE = re.compile(
    r"其中.*|.*(?:上季|上期|上年|去年|同期|上月).*|.*(?:增减|增长|增幅|增速|同比|环比|较上|比上|完成率|达标率|占比|比例|比重|平均|差额).*"
)
"""Rows that break a total down or set it against another: no facilities, and no sums of the rows above."""


def says_total(cell: Cell, *, loosely: bool = False) -> bool:
    """Whether a cell says 合计, 小计, Total, 共4家 and nothing else; `loosely`, as 孵化器小计 does."""
    if not isinstance(cell, str) or len(cell) > 20:
        return False
    said = squeezed(cell).casefold().strip(":")
    word = _COUNTED.sub("", said).strip(":")
    return (
        word in _TOTAL
        or word in _TOTAL_IN_ENGLISH
        or (loosely and (_ENDING.fullmatch(word) or _HOW_MANY.fullmatch(said)) is not None)
    )


def sets_against(cell: Cell) -> bool:
    """Whether a cell heads a row that is no sum itself: 其中：市级, 上季度合计, 比上季度增减, 完成率（%）."""
    return isinstance(cell, str) and len(cell) <= 20 and _ASIDE.fullmatch(squeezed(cell)) is not None


def unlabelled(table: Table, odd: Sequence[int]) -> tuple[int, ...]:
    """Rows without name, kind, code and state whose figures are, for the most part, the sums of those above: totals.

    They are among the `odd` rows of the table: all others have a kind.
    """
    if table.kind != "facilities":
        return ()
    bare = odd
    for name in _TELLS_A_FACILITY:
        if bare and name in table.columns:
            index = table.columns[name].index
            bare = [row for row in bare if blank(_at(table, row, index))]
    if not bare or len(bare) == len(table.rows):
        return ()
    without = frozenset(bare)
    summed = replace(table, rows=[row for row in table.rows if row not in without])
    return tuple(row for row in bare if _sums_up(summed, row))


_TELLS_A_FACILITY = ("name", "kind", "credit_code", "state", "region")


def _sums_up(table: Table, row: int) -> bool:
    """Whether more of a row's figures are sums of the table's rows than are not."""
    agree = 0
    for column in table.columns.values():
        if not table.fields[column.field].numeric or blank(raw := _at(table, row, column.index)):
            continue
        read = _reader(table.fields[column.field], column)
        figures, total = [read(cell) for cell in table.cells(column.field)], read(raw)
        sums = [_sum(figures, span) for span in _spans(table.rows, table.totals, row)[:2]]
        agree += 1 if total and any(s is not None and not _differ(total, s) for s in sums) else -bool(total)
    return agree > 0


def disagreeing(table: Table) -> list[Fault]:
    """L108 for each total that is not the sum of the table's rows, nor of the rows since or until the next total."""
    if not table.totals:
        return []
    faults: list[Fault] = []
    for column in table.columns.values():
        if table.kind == "facilities" and table.fields[column.field].numeric:
            faults += _of_column(table, column)
    return sorted(faults, key=lambda fault: (fault.row, fault.column))


def _of_column(table: Table, column: Column) -> list[Fault]:
    read = _reader(table.fields[column.field], column)
    stated = {row: total for row in table.totals if (total := _stated(table, row, column, read)) is not None}
    if not stated or _is_flawed(table, column):
        return []
    figures = [read(raw) for raw in table.cells(column.field)]
    faults = []
    for row, total in stated.items():
        sums = _sums(figures, _spans(table.rows, table.totals, row))
        if all(each is not None and _differ(total, each) for each in sums):
            faults.append(_other(table, column, row, total, sums[0] or Decimal(0)))
    return faults


def _stated(table: Table, row: int, column: Column, read: Callable[[Cell], Decimal | None]) -> Decimal | None:
    """The figure of a column in a row; None where it is blank or cannot be read."""
    raw = _at(table, row, column.index)
    return None if blank(raw) else read(raw)


def _is_flawed(table: Table, column: Column) -> bool:
    """Whether any of a column's cells shows an error, or a formula without a result: no sum of it is known."""
    flaws = table.sheet.flaws
    return bool(flaws) and any((row, column.index) in flaws for row in table.rows)


def _sums(figures: Sequence[Decimal | None], spans: Sequence[slice]) -> list[Decimal | None]:
    """The sums of the spans: of the first in any case, of the others where they hold rows."""
    return [_sum(figures, span) for span in spans if span.start < span.stop or span is spans[0]]


def _other(table: Table, column: Column, row: int, total: Decimal, summed: Decimal) -> Fault:
    """L108: a total that is none of the sums that it may mean."""
    field, typed = table.fields[column.field], as_typed(_at(table, row, column.index))
    args = _in_own_unit(field, column, total, summed)
    name = field.id if table.kind == "facilities" else None
    return Fault("L108", table.sheet.name, row, column.index, typed, "", args, field=name)


def _in_own_unit(field: Field, column: Column, stated: Decimal, summed: Decimal) -> tuple[tuple[str, Argument], ...]:
    """Both figures in the unit of the column's header, as the sender sees them: 1.8 against 1.5 under 万平方米."""
    label = field.label if column.factor == 1 else column.header
    told = (plain(round(figure / column.factor, 6)) for figure in (stated, summed))
    return ("field", label), *zip(("stated", "summed"), told, strict=True)


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


def _reader(field: Field, column: Column) -> Callable[[Cell], Decimal | None]:
    """Reads a column's figures: zero for a blank, None for what cannot be used; each distinct cell once."""

    @functools.cache
    def read(raw: Cell) -> Decimal | None:
        whole = field.type == "whole"  # 12.5 firms are no figure here either
        reading = number(raw, measure=field.measure, whole=whole, factor=column.factor)
        return Decimal(reading.value) if reading.value is not None else (None if reading.code else Decimal(0))

    return read


def _at(table: Table, row: int, index: int) -> Cell:
    cells = table.sheet.rows[row]
    return cells[index] if index < len(cells) else None
