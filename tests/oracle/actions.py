"""Contract 6.1: how the decisions of the joint meeting stand on a day, and what of them cannot be used."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from tests.oracle.calculation import Calculation, rounded
from tests.oracle.office import Decision
from tests.oracle.submissions import Record
from tests.oracle.world import Unit, World

ORDER = ("overdue", "open", "met", "done_late", "done")


class Actions:
    """The rows of the day `on` (default: the last of the as-of month), and the lines of the findings."""

    def __init__(self, world: World, on: dt.date | None = None) -> None:
        self.world = world
        month = world.at_month + 1
        self.on = on or dt.date(month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
        self.calculation = Calculation(world)
        self.unusable: Counter[int] = Counter()  # P110, by line
        self.overdue: Counter[int] = Counter()  # P109, by line
        self.rows = self._rows()

    def of(self, unit: Unit) -> int:
        """How many of the unit's decisions are overdue."""
        return sum(row["unit"] == unit.id and row["status"] == "overdue" for row in self.rows)

    def _rows(self) -> list[Record]:
        seen: set[str] = set()
        rows = []
        for place, one in enumerate(self.world.office.decisions):
            if one.unusable or one.id in seen:
                self.unusable[place + 2] += 1
            if one.unusable - {"holders"}:  # whom it means is looked at all the same
                self._holders(replace(one, indicator=None) if "indicator" in one.unusable else one, place + 2)
            if one.unusable or one.id in seen:
                continue
            seen.add(one.id)
            for unit in self._holders(one, place + 2):
                row = self._row(one, unit)
                rows.append(row)
                if row["status"] == "overdue":
                    self.overdue[place + 2] += 1
        return sorted(rows, key=_rank)

    def _holders(self, one: Decision, line: int) -> list[Unit]:
        """The units responsible, each once, in the order named; a group's in the plan's."""
        found: dict[str, Unit] = {}
        told: set[str | None] = set()
        for holder in one.holders:
            grouped = holder.id in self.world.groups
            units = [unit for unit in self.world.in_order if holder.id == (unit.group if grouped else unit.id)]
            usable = {unit.id: unit for unit in units if unit.participates and self._owes(one, unit)}
            found |= {key: unit for key, unit in usable.items() if key not in found}
            nobody = not units if grouped else not usable
            name = holder.id if units else holder.typed
            if nobody and name not in told:
                self.unusable[line] += 1
                told |= {name}
        # AMBIGUOUS: units of a group that do not owe the indicator. Read: left out, and told only where nobody is left.
        self.unusable[line] += not found and not told
        return list(found.values())

    def _owes(self, one: Decision, unit: Unit) -> bool:
        return not one.indicator or one.wanted is not None or bool(self.calculation.line(unit, one.indicator))

    def _row(self, one: Decision, unit: Unit) -> Record:
        wanted = actual = None
        if one.indicator:
            owed = self.calculation.line(unit, one.indicator)
            wanted = one.wanted if one.wanted is not None or not owed else owed.at(self.world.period).value
            actual = self.calculation.actual(self.calculation.any_line(unit, one.indicator), self.world.period).value
        met = wanted is not None and actual is not None and actual >= wanted
        status = self._status(one, met=met)
        due = one.due or dt.date.min
        return {
            "id": one.id,
            "unit": unit.id,
            "unit_name": unit.name,
            "meeting": str(one.meeting) if one.meeting else None,
            "text": one.text,
            "due": str(due),
            "indicator": one.indicator,
            "wanted": rounded(wanted),
            "actual": rounded(actual),
            "status": status,
            "days_overdue": (self.on - due).days if status == "overdue" else None,
            "completed": str(one.completed) if one.completed else None,
            "progress": one.progress,
        }

    def _status(self, one: Decision, *, met: bool) -> str:
        due = one.due or dt.date.min
        if one.completed and one.completed <= self.on:
            return "done" if one.completed <= due else "done_late"
        if met:
            return "met"
        return "overdue" if due < self.on else "open"


def _rank(row: Record) -> tuple[int, int, str]:
    """Overdue by days, open by their due day, then the others; equal ones as in the file."""
    return ORDER.index(row["status"]), -(row["days_overdue"] or 0), row["due"] if row["status"] == "open" else ""
