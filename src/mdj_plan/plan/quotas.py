"""The quota table: what each unit owes, in any format that a return may have (contract 1, "The quota table")."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from mdj_plan.measures import scale
from mdj_plan.names import Words, folded, listed, nearest
from mdj_plan.period import Period
from mdj_plan.phrases import phrase
from mdj_plan.plan.indicators import indicator_ids
from mdj_plan.plan.model import QuotaTotal, Source
from mdj_plan.plan.problems import Problem
from mdj_plan.plan.versions import Stated
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Cell, as_typed
from mdj_plan.sheets.tables.columns import Column, Family
from mdj_plan.sheets.tables.kinds import QUARTER, RAW, TEXT
from mdj_plan.sheets.tables.parsers import quarter
from mdj_plan.sheets.tables.table import OfficeTable, Slip, read_table, slip
from mdj_plan.sheets.values.numbers import number
from mdj_plan.sheets.values.reading import blank, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from mdj_plan.measures import Unit
    from mdj_plan.plan.model import Indicator, PlanFile
    from mdj_plan.plan.units import Directory

_FLOOR = re.compile(r"^(?:≥|>=|不少于|不低于|至少|达到|达)|(?:\(含\))?(?:及?以上)(?:\(含\))?$")
"""Targets are floors: 4家以上 and ≥4 are owed as 4."""


_AROUND_YEAR = re.compile(r"(?:年度)?(?:目标|任务|累计)(?:值|数|任务)?$")
_ABOVE_ZERO = phrase("number-above-0")
_NOT_NEGATIVE = phrase("number-0-or-more")


def _milestone(head: str) -> Period | None:
    """``2017`` or ``2017年目标`` (the end of that year), ``2018Q2``; None for a head that names no period."""
    found: Period | None = quarter(_AROUND_YEAR.sub("", squeezed(head))).value
    return found


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """One row: what a unit, or each unit of a group, owes on an indicator; in the indicator's measure unit.

    `due` None: the plan's end, of a revision that of the version before. `since`: the first period of a revision, None
    for the original (contract 5.2). `row` counts from 0.
    """

    row: int
    unit: Annotated[str, Column(("责任单位", "单位", "责任主体"), TEXT, required=True, needed=True)]
    indicator: Annotated[str, Column(("指标", "指标名称"), TEXT, required=True, needed=True)]
    value: Annotated[Cell, Column(("目标", "目标任务", "任务", "目标值", "任务数"), RAW, required=True, needed=True)]
    baseline: Annotated[Cell, Column(("基数",), RAW)] = None
    due: Annotated[Period | None, Column(("完成时限", "完成时间"), QUARTER)] = None
    since: Annotated[Period | None, Column(("调整自",), QUARTER)] = None
    clause: Annotated[str | None, Column(("依据",), TEXT)] = None
    note: Annotated[str | None, Column(("备注",), TEXT)] = None
    milestones: Annotated[dict[Period, Cell], Family(_milestone, RAW)] = field(default_factory=dict)


class Quotas(NamedTuple):
    """What a quota table says: every row once for each of its units, its 合计 rows, and every mistake found."""

    stated: tuple[Stated, ...] = ()
    totals: tuple[QuotaTotal, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_quotas(path: Path, file: PlanFile, directory: Directory) -> Quotas:
    """The quota table in a file. May raise OSError."""
    try:
        table = read_table(path, QuotaRow, totals="unit", strict=True)
    except FileNotFoundError:
        return Quotas(problems=(Problem("quotas-not-found", str(path)),))
    if table.heads is None and not table.slips:
        return Quotas(problems=(Problem("table-no-header", path.name, expected=listed(["责任单位", "指标", "目标"])),))
    reader = _Reader(table, file, directory)
    rows = list(reader.rows())
    slips = sorted([*map(_told, table.slips), *reader.wrong], key=lambda slip: (slip.at.row, slip.at.column))
    stated = tuple(each for row in rows for each in row)
    return Quotas(stated, tuple(reader.totals(rows)), tuple(map(Problem.of, slips)))


class _Reader:
    """Understands the rows under the plan, one by one; keeps what is wrong as it goes."""

    def __init__(self, table: OfficeTable[QuotaRow], file: PlanFile, directory: Directory) -> None:
        self.table, self.file, self.directory = table, file, directory
        self.wrong: list[Slip] = []
        self.named = indicator_ids(file.indicators)
        self.indicators = {indicator.id: indicator for indicator in file.indicators}
        self.groups = dict(_group_names(file))
        self.within: dict[str, list[str]] = defaultdict(list)
        for unit in file.units:
            self.within[unit.group or ""].append(unit.id)

    def rows(self) -> Iterator[list[Stated]]:
        """What each row without a mistake says of each of its units."""
        for row in self.table.rows:
            before = len(self.wrong)
            stated = self._stated(row)
            if len(self.wrong) == before:
                yield stated
        for row in self.table.partial:
            self._stated(row)  # for what else is wrong with it

    def _stated(self, row: QuotaRow) -> list[Stated]:
        units, group = self._units(row)
        indicator = self._indicator(row)
        if indicator is None:
            self._without_digits(row)
            return []
        value = self._figure(row, "value", indicator) or Decimal(0)
        baseline = self._figure(row, "baseline", indicator)
        milestones = self._milestones(row, indicator)
        source = self._source(row.row)
        refuse, clause, note = self._refusal(row), row.clause, row.note
        return [
            Stated(
                unit, group, indicator.id, row.since, value, row.due, baseline, milestones, clause, note, source, refuse
            )
            for unit in units
        ]

    def _without_digits(self, row: QuotaRow) -> None:
        """What is no figure in whatever measure unit: that of an unknown indicator nobody knows."""
        for name, expected in (("value", _ABOVE_ZERO), ("baseline", _NOT_NEGATIVE)):
            if _is_no_figure(getattr(row, name)):
                self._object(row, name, expected)
        for period, raw in row.milestones.items():
            if _is_no_figure(raw):
                at = self.table.of_family(row.row, period)
                self.wrong.append(slip("table-wrong-value", at, found=as_typed(raw), expected=_NOT_NEGATIVE))

    def _refusal(self, row: QuotaRow) -> Callable[[str | Period, str, Words | str], Problem]:
        """How a row is objected to once all rows are known, at the cell of what is wrong."""

        def refuse(place: str | Period, found: str, expected: Words | str) -> Problem:
            if isinstance(place, Period):
                at = self.table.of_family(row.row, place)
            else:
                field = {"from": "since"}.get(place, place)
                at, found = self.table.at(row.row, field), self.table.typed(row.row, field) or found
            return Problem.of(slip("table-wrong-value", at, found=found, expected=expected))

        return refuse

    def _units(self, row: QuotaRow) -> tuple[list[str], str | None]:
        """Whom a row is for: one unit, or the units of a group; nobody where the cell is mistaken."""
        if not row.unit:
            return [], None
        reporter = self.directory.find(row.unit)
        if reporter is not None and reporter.member is None:
            return [reporter.unit], None
        group = self.groups.get(folded(row.unit))
        if group is not None:
            return self.within[group], group
        known = [u.name.zh for u in self.file.units] + [g.name.zh for g in self.file.groups]
        self._object(row, "unit", nearest(row.unit, known) or listed(known[:30]))
        return [], None

    def _indicator(self, row: QuotaRow) -> Indicator | None:
        found = self.named.get(folded(row.indicator))
        if found is None and row.indicator:
            known = [indicator.name.zh for indicator in self.file.indicators]
            self._object(row, "indicator", nearest(row.indicator, known) or listed(known[:30]))
        return self.indicators[found] if found else None

    def _figure(self, row: QuotaRow, name: str, indicator: Indicator) -> Decimal | None:
        """A figure in the indicator's measure unit, None for a blank; what is none, or a target of 0, is told."""
        raw = getattr(row, name)
        if blank(raw):
            return None
        owed = name == "value"
        figure = amount(raw, indicator.unit.zh, self.table.units.get(name), floor=owed)
        if figure is None or (owed and not figure):
            self._object(row, name, _ABOVE_ZERO if owed else _NOT_NEGATIVE)
        return figure

    def _milestones(self, row: QuotaRow, indicator: Indicator) -> dict[Period, Decimal]:
        found: dict[Period, Decimal] = {}
        for period, raw in row.milestones.items():
            figure = self._amount(raw, indicator)
            if figure is None:
                at = self.table.of_family(row.row, period)
                self.wrong.append(slip("table-wrong-value", at, found=as_typed(raw), expected=_NOT_NEGATIVE))
            else:
                found[period] = figure
        return found

    def totals(self, rows: list[list[Stated]]) -> Iterator[QuotaTotal]:
        """What each 合计 row says of an indicator, and what the rows that it may sum up say."""
        outside = {unit.id for unit in self.file.units if not unit.participates}
        named = {each.indicator for row in rows for each in row}
        for cells in self.table.totals:
            indicator = self._totalled(cells, named)
            if indicator is None:
                continue
            stated = self._amount(cells.get("value"), indicator)
            if stated:
                added = [row for row in rows if row and (row[0].indicator, row[0].since) == (indicator.id, None)]
                yield QuotaTotal(indicator.id, stated, _sums(added, outside), self._source(int(cells["row"])))

    def _amount(self, raw: Cell, indicator: Indicator) -> Decimal | None:
        """What is owed, in the indicator's measure unit or in that of the column."""
        return amount(raw, indicator.unit.zh, self.table.units.get("value"), floor=True)

    def _source(self, row: int) -> Source:
        at = self.table.at(row, "value")
        return Source(self.table.file, at.sheet, at.cell or "")

    def _totalled(self, cells: Mapping[str, Cell], named: set[str]) -> Indicator | None:
        """The indicator of a 合计 row: the one it names, else the table's only one."""
        found = self.named.get(folded(as_typed(cells.get("indicator"))))
        if found is None and len(named) == 1:
            found = next(iter(named))
        return self.indicators[found] if found else None

    def _object(self, row: QuotaRow, name: str, expected: Words | str) -> None:
        found = self.table.typed(row.row, name)
        self.wrong.append(slip("table-wrong-value", self.table.at(row.row, name), found=found, expected=expected))


def _is_no_figure(raw: Cell) -> bool:
    return not blank(raw) and not any(map(str.isdigit, as_typed(raw)))


def _told(found: Slip) -> Slip:
    """A target that is blank is told like one that is no number."""
    if found.name == "table-blank" and found.field == "value":
        return slip("table-wrong-value", found.at, found="", expected=_ABOVE_ZERO)
    return found


def _sums(rows: Iterable[list[Stated]], outside: set[str]) -> tuple[Decimal, ...]:
    """What rows may add up to: over the units that take part, over all units, over the rows as typed."""
    rows = list(rows)
    inside = sum((each.value for row in rows for each in row if each.unit not in outside), Decimal(0))
    everybody = sum((each.value for row in rows for each in row), Decimal(0))
    typed = sum((row[0].value for row in rows), Decimal(0))
    return tuple(dict.fromkeys((inside, everybody, typed)))


def amount(raw: Cell, unit: str, head: Unit | None, *, floor: bool) -> Decimal | None:
    """A figure in an indicator's measure `unit`: 14家, 1.2万, 4家以上 where a floor is stated; None for what is none.

    `head` is the measure unit that the column's head bears, None where it bears none.
    """
    measure = unit.replace("㎡", "平方米").replace("m²", "平方米")
    if isinstance(raw, str) and floor:
        raw = _FLOOR.sub("", _FLOOR.sub("", squeezed(raw)))
    factor = scale(head, measure) if head is not None else Decimal(1)
    if factor is None or blank(raw):
        return None
    reading = number(raw, measure=measure, whole=False, factor=factor)
    return None if reading.value is None else Decimal(reading.value)


def _group_names(file: PlanFile) -> Iterator[tuple[str, str]]:
    """Each name of a group in its folded form, the names that it is given in the plan last: they hold."""
    for unit in file.units:
        if unit.group:
            yield folded(unit.group), unit.group
    for group in file.groups:
        for name in (group.name.en, group.name.zh, group.id):
            if name:
                yield folded(name), group.id
