"""The table of the joint meeting's decisions (contract 6.1), read with the care of a return.

A row that cannot be used is told (P110) and has no effect; the others stand.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from mdj_plan.archive.actions import Action, Actions
from mdj_plan.findings import Finding, finding
from mdj_plan.names import Words, folded
from mdj_plan.phrases import phrase
from mdj_plan.plan.indicators import indicator_ids
from mdj_plan.plan.problems import PlanError, Problem
from mdj_plan.plan.units import Directory
from mdj_plan.sheets.cells import as_typed
from mdj_plan.sheets.tables.columns import Column, Kind
from mdj_plan.sheets.tables.kinds import RAW, TEXT
from mdj_plan.sheets.tables.slips import in_words
from mdj_plan.sheets.tables.table import read_table
from mdj_plan.sheets.values.dates import whole_day
from mdj_plan.sheets.values.numbers import number
from mdj_plan.sheets.values.reading import Reading, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal
    from pathlib import Path

    from mdj_plan.findings import Location
    from mdj_plan.plan.model import Plan
    from mdj_plan.sheets.cells import Cell
    from mdj_plan.sheets.tables.table import OfficeTable

_END = re.compile(r"((?:19|20)[0-9]{2})年(?:([0-9]{1,2})月)?[底末](?:前|之前|以前)?")
_BY = re.compile(r"(?:之前|以前|前)$")


def _deadline(raw: Cell) -> Reading:
    """A day in every notation; 2018年9月底 and 2018年底 are the last of month or year; a month alone is no day."""
    text = squeezed(raw) if isinstance(raw, str) else ""
    if found := _END.fullmatch(text):
        year, month = int(found[1]), int(found[2] or 12)
        if 1 <= month <= 12:
            return Reading(dt.date(year, month, calendar.monthrange(year, month)[1]))
    return whole_day(_BY.sub("", text) if text else raw)


_DAY = Kind(_deadline, phrase("deadline"))
_SEPARATORS = re.compile(r"[、,，;；\n]+")


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A row of the table as it stands. `row` counts from 0."""

    row: int
    id: Annotated[str, Column(("编号", "序号"), TEXT, required=True, needed=True, english="number")]
    text: Annotated[str, Column(("事项", "议定事项", "任务"), TEXT, required=True, needed=True, english="decision")]
    units: Annotated[
        str, Column(("责任单位", "单位", "牵头单位"), TEXT, required=True, needed=True, english="responsible units")
    ]
    due: Annotated[dt.date, Column(("完成时限", "时限", "截止日期"), _DAY, required=True, needed=True, english="due")]
    meeting: Annotated[dt.date | None, Column(("会议日期", "日期"), _DAY, english="day of the meeting")] = None
    indicator: Annotated[str | None, Column(("指标",), TEXT, english="indicator")] = None
    wanted: Annotated[Any, Column(("目标值", "目标"), RAW, english="value wanted")] = None
    completed: Annotated[dt.date | None, Column(("完成日期", "办结日期"), _DAY, english="completed")] = None
    progress: Annotated[str | None, Column(("进展", "进展情况"), TEXT, english="progress")] = None
    note: Annotated[str | None, Column(("备注",), TEXT, english="note")] = None


def read(plan: Plan, path: Path) -> Actions:
    """The decisions in a file. Raises PlanError for one that is no such table."""
    return understood(plan, read_table(path, ActionRow))


def understood(plan: Plan, table: OfficeTable[ActionRow]) -> Actions:
    """The decisions that a table's rows state, by the plan's names. Raises PlanError for what is no such table."""
    head = table.heads.bottom if table.heads else -1
    if table.slips and min(slip.row for slip in table.slips) <= head:
        raise PlanError([Problem.of(slip) for slip in table.slips])
    return _Understanding(plan, table).actions()


class _Understanding:
    """Rows into actions by the plan's names; keeps what is wrong as it goes."""

    def __init__(self, plan: Plan, table: OfficeTable[ActionRow]) -> None:
        self.plan, self.table = plan, table
        self.directory = Directory(plan.file)
        self.indicators = indicator_ids(plan.file.indicators)
        self.owed = {(target.unit, target.indicator) for target in plan.owed}
        self.found: list[Finding] = []

    def actions(self) -> Actions:
        """Every row that can be used, once for each of its units."""
        for slip in self.table.slips:
            named = self.table.typed(slip.row, "id") or self.table.typed(slip.row, "text")
            what = {"id": named, "why": in_words(slip)}
            self.found.append(finding("P110", slip.at, value=dict(slip.args).get("found") or None, args=what))  # type: ignore[arg-type]  # what stands in a cell is text
        seen: dict[str, Location] = {}
        rows: list[Action] = []
        for row in self.table.rows:
            at = self.table.at(row.row, "id")
            first = seen.setdefault(folded(row.id) or row.id, at)
            if first is not at:
                self._object(row, "id", "repeated", first=first.cell or "")
            else:
                rows += self._of_row(row)
        for row in self.table.partial:  # for what else is wrong with it
            for _ in self._of_row(row):
                pass
        return Actions(tuple(rows), tuple(sorted(self.found, key=lambda found: (found.at.row, found.at.column))))

    def _of_row(self, row: ActionRow) -> Iterator[Action]:
        indicator = self._indicator(row)
        wanted = self._wanted(row, indicator)
        if isinstance(wanted, Reading) or (row.indicator and indicator is None):
            list(self._units(row))  # for what else is wrong with it
            return
        told, bound = len(self.found), False
        for unit in self._bound(row, None if wanted is not None else indicator):
            bound = True
            yield Action(
                id=row.id,
                unit=unit,
                meeting=row.meeting,
                text=row.text,
                due=row.due,
                indicator=indicator,
                wanted=wanted,
                completed=row.completed,
                progress=row.progress,
                at=self.table.at(row.row, "id"),
            )
        if not bound and row.units and len(self.found) == told:
            self._object(row, "units", "nobody", name=row.units)

    def _bound(self, row: ActionRow, indicator: str | None) -> Iterator[str]:
        """The units that the row binds; where it wants what they owe on an indicator, those that owe it."""
        for unit, group in self._units(row):
            if indicator is None or (unit, indicator) in self.owed:
                yield unit
            elif not group:
                names = {"unit": self.plan.units[unit].name, "indicator": self.plan.indicators[indicator].name}
                self._object(row, "units", "owes-nothing", **names)

    def _indicator(self, row: ActionRow) -> str | None:
        found = self.indicators.get(folded(row.indicator)) if row.indicator else None
        if row.indicator and found is None:
            self._object(row, "indicator", "indicator", name=row.indicator)
        return found

    def _wanted(self, row: ActionRow, indicator: str | None) -> int | Decimal | Reading | None:
        """The value wanted, in the indicator's measure unit; a Reading where it cannot be used, and that is told."""
        if row.wanted is None or indicator is None:
            return None
        owed = self.plan.indicators[indicator]
        reading = number(row.wanted, measure=owed.unit.zh, whole=owed.whole)
        if reading.value is None:
            self._object(row, "wanted", "wanted", name=as_typed(row.wanted))
            return Reading(None, "P110")
        value: int | Decimal = reading.value
        return value

    def _units(self, row: ActionRow) -> Iterator[tuple[str, bool]]:
        """The units of a row, each once, and whether it is meant as one of a group."""
        meant: dict[str, bool] = {}
        outside: set[str] = set()
        for name in dict.fromkeys(filter(None, map(str.strip, _SEPARATORS.split(row.units)))):
            units, group = self._named(row, name)
            for unit in units:
                if unit not in self.plan.outside:
                    meant[unit] = meant.get(unit, True) and group
                elif not group and unit not in outside:
                    outside.add(unit)
                    self._object(row, "units", "outside", unit=self.plan.units[unit].name)
        yield from meant.items()

    def _named(self, row: ActionRow, name: str) -> tuple[Iterable[str], bool]:
        """The unit of that name, or those of a group of that name, and whether it is a group; none is told."""
        reporter = self.directory.find(name)
        if reporter is not None:
            return (reporter.unit,), False
        members = self.directory.group(name)
        if not members:
            suggestion = self.directory.suggestion(name) or ""
            self._object(row, "units", "unit-like" if suggestion else "unit", name=name, suggestion=suggestion)
        return members, True

    def _object(self, row: ActionRow, field: str, variant: str, **args: Words | str) -> None:
        at, typed = self.table.at(row.row, field), self.table.typed(row.row, field)
        self.found.append(finding("P110", at, value=typed, variant=variant, args={"id": row.id or row.text, **args}))
