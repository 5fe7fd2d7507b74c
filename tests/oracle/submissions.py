"""Who has reported: contract 2 (reporting), contract 3 (submissions) and what contract 1 says of lateness and attempts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.oracle.claims import Archive
from tests.oracle.world import Return, Unit, World, written

Record = dict[str, Any]


class Submissions:
    """The rows of `submissions` at the world's period."""

    def __init__(self, world: World, archive: Archive) -> None:
        self.world, self.archive = world, archive

    def rows(self) -> list[Record]:
        return [self.submission(unit) for unit in self.world.participants]

    def reporting(self, unit: Unit | None) -> str:
        if unit is None:
            answers = {self.reporting(one) for one in self.world.participants}
            return answers.pop() if answers in ({"reported"}, {"missing"}) else "partial"
        if not self.archive.lacks(unit, self.world.period):
            return "reported"
        return "carried" if self.archive.latest(unit, self.world.period) else "missing"

    def submission(self, unit: Unit) -> Record:
        counting = self.archive.latest(unit, self.world.period)
        singly = self.archive.singly(unit, self.world.period)
        members = [self._member(unit, member) for member in unit.members] if singly else []
        # AMBIGUOUS: one date, version and file for a unit whose members report singly. Read: there is none, so null.
        one = counting[0] if counting and not singly else None
        return {
            "unit": unit.id,
            "unit_name": unit.name,
            "period": written(self.world.period),
            "status": self._of_members(unit, members) if singly else self._status(unit, "", one),
            "due": str(self.world.due_day(self.world.period)),
            "return_period": written(max(other.period for other in counting)) if counting else None,
            **self._where(one),
            # AMBIGUOUS: a facility in two members' returns. Read: "distinct", so once. Else: rows, so twice.
            # AMBIGUOUS: S107 rows. Read: section 2 does not list them among the rows that do not count, so they do.
            "facilities": self.archive.distinct(unit, counting) if counting else None,
            "members": members,
            "first_received": _day(min(self._days(unit), default=None)),
            "attempts": self._attempts(unit),
            "contact": self._contact(unit),
        }

    def _contact(self, unit: Unit) -> Record | None:
        """Whom the last return names."""
        # AMBIGUOUS: a return that names nobody, or cannot count. Read: the last that names somebody, whether it counts; of
        # one whose cover and file name disagree by the cover's period.
        named = [
            (one.period - one.disagrees, one.version, one.file, one.author, one.phone)
            for one in self.world.returns
            if one.unit == unit.id and (one.author or one.phone)
        ]
        last = max((one for one in named if one[0] <= self.world.period), key=lambda one: one[:3], default=None)
        return {"author": last[3], "phone": last[4]} if last else None

    def _days(self, unit: Unit) -> list[dt.date]:
        """When each of the unit's reporters first came for the period, where that is known."""
        days = (self.archive.first_day(unit.id, member, self.world.period) for member in ("", *unit.members))
        return [day for day in days if day]

    def _attempts(self, unit: Unit) -> list[Record]:
        """What the receipts say of the period, in order of the days."""
        period = self.world.period
        filed = [
            (one.member, one.received_at, "filed", one.errors, one.warnings, one.file.rsplit("/", 1)[-1])
            for one in self.world.returns
            if one.received_at and (one.unit, one.period) == (unit.id, period)
        ]
        back = [
            (one.member, one.received_at, "returned", one.errors, one.warnings, one.original_name)
            for one in self.world.office.attempts
            if (one.unit, one.period) == (unit.id, period)
        ]
        order = ("", *unit.members)
        heads = ("received", "state", "errors", "warnings", "original_name", "member")
        return [
            dict(zip(heads, (str(self.world.day(moment)), *rest, member or None), strict=True))
            for member, moment, *rest in sorted(
                [*filed, *back], key=lambda one: (self.world.day(one[1]), order.index(one[0]), one[1])
            )
        ]

    def _member(self, unit: Unit, member: str) -> Record:
        one = self.archive.standing_for(unit, member, self.world.period)
        return {"member": member, "status": self._status(unit, member, one), **self._where(one)}

    def _where(self, one: Return | None) -> Record:
        return {
            "received": _day(self.world.received(one)) if one else None,
            "version": one.version if one else None,
            "file": one.file if one else None,
        }

    def _status(self, unit: Unit, member: str, one: Return | None) -> str:
        """Of a unit or member by what stands for it; sent back where nothing of the period counts."""
        period = self.world.period
        if one and one.period == period:
            first = self.archive.first_day(unit.id, member, period)
            return "late" if first and first > self.world.due_day(period) else "received"
        return "returned" if self._sent_back(unit, member) else "carried" if one else "missing"

    def _of_members(self, unit: Unit, members: list[Record]) -> str:
        """Of a unit whose members report singly."""
        statuses = {member["status"] for member in members}
        if statuses <= {"received", "late"}:
            return "late" if "late" in statuses else "received"
        if statuses & {"received", "late"}:
            return "partial"
        return "returned" if "returned" in statuses or self._sent_back(unit, "") else "carried"

    def _sent_back(self, unit: Unit, member: str) -> bool:
        tried = {(one.unit, one.member, one.period) for one in self.world.office.attempts}
        # AMBIGUOUS: an attempt of a member where the unit reports as one. Read: an attempt of the unit all the same.
        members = ("", *unit.members) if not member else (member,)
        return any((unit.id, one, self.world.period) in tried for one in members)


def _day(day: dt.date | None) -> str | None:
    return None if day is None else str(day)
