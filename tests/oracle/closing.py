"""Contract 5.3: what a closing keeps, and how what is now differs from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tests.oracle.archive import plan_text, quota_lines, register_lines
from tests.oracle.calculation import Calculation
from tests.oracle.claims import Archive
from tests.oracle.submissions import Record
from tests.oracle.world import Return, World, month_written, written

Place = tuple[str, str, int]


@dataclass(frozen=True)
class Edition:
    """A closing: of which period, on what stood on file then."""

    then: World
    period: int
    as_of: int | None
    number: int
    note: str | None

    @cached_property
    def report(self) -> Record:
        return Calculation(asked(self.then, self)).report()

    @cached_property
    def published(self) -> dict[tuple[str | None, str], Record]:
        return _by_line(self.report["gaps"])

    @property
    def head(self) -> Record:
        """`closed`, but for the moment."""
        month = asked(self.then, self).at_month
        return {"edition": self.number, "as_of": month_written(month), "note": self.note}

    def returns(self) -> list[Record]:
        """Every return that counts for the period or an earlier one."""
        found = Archive(self.then).counting(self.period)
        return [{**_place(one), "file": one.file} for one in sorted(found, key=_key)]


def asked(world: World, edition: Edition) -> World:
    """The world asked about the edition's period and month."""
    return replace(world, period=edition.period, as_of=edition.as_of)


def latest(editions: Iterable[Edition]) -> list[Edition]:
    """The latest edition of each period, in order of the periods."""
    found = {one.period: one for one in sorted(editions, key=lambda one: one.number)}
    return [found[period] for period in sorted(found)]


def restatements(world: World, editions: Sequence[Edition]) -> list[Record]:
    """Of each closed period up to the world's, where a gap row or a counting return differs now."""
    found = []
    for one in latest(editions):
        rows, returns = _rows(world, one), _returns(world, one)
        if one.period <= world.period and (rows or returns):
            causes = {
                "returns": returns,
                "plan": plan_text(world) != plan_text(one.then),
                "quotas": quota_lines(world) != quota_lines(one.then),
                "register": register_lines(world) != register_lines(one.then),
                "tool": None,
            }
            found.append({"period": written(one.period), "edition": one.number, "causes": causes, "rows": rows})
    return found


def late_returns(world: World, editions: Sequence[Edition]) -> set[tuple[str, str, str]]:
    """S109: unit, period and file of returns that count now for a closed period of their own and were not among its."""
    found = set()
    for one in latest(editions):
        then = {other.file: other for other in Archive(one.then).counting(one.period)}
        for now in Archive(world).counting(one.period):
            if now.period == one.period and then.get(now.file) != now:
                found.add((now.unit, written(now.period), now.file))
    return found


def _rows(world: World, one: Edition) -> list[Record]:
    now = _by_line(Calculation(asked(world, one)).report()["gaps"])
    rows = []
    for line in [*now, *(line for line in one.published if line not in now)]:
        current, published = now.get(line), one.published.get(line)
        either = current or published or {}
        if _facts(current) == _facts(published):
            continue
        row = {key: either[key] for key in ("scope", "unit", "unit_name", "indicator", "indicator_name")}
        for name, side in (("published", published), ("current", current)):
            row |= dict(zip((name, f"{name}_target", f"{name}_status"), _facts(side), strict=True))
        ours, theirs = row["current"], row["published"]
        rows.append(row | {"difference": None if ours is None or theirs is None else ours - theirs})
    return rows


def _facts(row: Record | None) -> tuple[object, object, object]:
    return (row["actual"], row["target"], row["status"]) if row else (None, None, None)


def _returns(world: World, one: Edition) -> list[Record]:
    """What counted or counts: the files then and now; a file whose bytes changed bears the same name twice."""
    was, now = ({_key(each): each for each in Archive(state).counting(one.period)} for state in (one.then, world))
    changed = [key for key in sorted({**was, **now}) if was.get(key) != now.get(key)]
    files = [(was.get(key), now.get(key)) for key in changed]
    return [
        {
            **_place(after or before),  # type: ignore[arg-type] # one of them is there
            "was": before.file if before else None,
            "now": after.file if after else None,
        }
        for before, after in files
    ]


def _key(one: Return) -> Place:
    return one.unit, one.member, one.period


def _place(one: Return) -> Record:
    return {"unit": one.unit, "member": one.member or None, "period": written(one.period)}


def _by_line(gaps: Iterable[Record]) -> dict[tuple[str | None, str], Record]:
    return {(row["unit"], row["indicator"]): row for row in gaps}
