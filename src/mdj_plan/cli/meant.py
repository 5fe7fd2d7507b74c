"""What the words of a command line mean: which plan, period, month, units and indicators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.text import legible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.kept.shelf import Shelf
    from mdj_plan.period import Month, Period
    from mdj_plan.plan.model import Plan


def found_plan(option: Path | None, shelf: Shelf | None = None) -> Plan:
    """The plan named, else the nearest config/targets.yaml. Raises UsageError, PlanError or OSError."""
    from mdj_plan.plan.load import load_plan
    from mdj_plan.usage import UsageError

    if option is not None:
        if option.is_dir():
            raise UsageError("plan-is-folder", path=str(option))
        if not option.is_file():
            raise UsageError("plan-not-found", path=str(option))
        return load_plan(option, shelf)
    here = Path.cwd()
    for folder in (here, *here.parents):
        path = folder / "config" / "targets.yaml"
        if path.is_file():
            return load_plan(path, shelf)
    raise UsageError("no-plan", path=str(here))


def period_of(text: str | None) -> Period | None:
    """The period asked for. Raises UsageError for what is none."""
    from mdj_plan.period import Period
    from mdj_plan.usage import UsageError

    if text is None:
        return None
    try:
        return Period.parse(text)
    except ValueError:
        raise UsageError("not-a-period", found=text) from None


def month_of(text: str | None) -> Month | None:
    """The month asked for. Raises UsageError for what is none."""
    from mdj_plan.period import Month
    from mdj_plan.usage import UsageError

    if text is None:
        return None
    try:
        return Month.parse(text)
    except ValueError:
        raise UsageError("not-a-month", found=text) from None


def units_of(plan: Plan, names: Iterable[str] | None) -> frozenset[str] | None:
    """The ids of the units asked for, of a group's units too; None for all. Raises UsageError with the nearest name."""
    if not names:
        return None
    from mdj_plan.names import listed, nearest
    from mdj_plan.plan.units import Directory
    from mdj_plan.usage import UsageError

    directory = Directory(plan.file)
    ids: set[str] = set()
    for name in map(legible, names):
        found = directory.find(name)
        if found is not None:
            ids.add(found.unit)
        elif members := directory.group(name):
            ids |= set(members) - plan.outside
        else:
            groups = [each for group in plan.file.groups for each in (group.id, *group.name) if each]
            close = nearest(name, [*plan.units, *groups]) or directory.suggestion(name)
            raise UsageError("unknown-unit", found=name, near=close or listed(unit.id for unit in plan.participants))
    return frozenset(ids)


def indicators_of(plan: Plan, names: Iterable[str] | None) -> frozenset[str] | None:
    """The ids of the indicators asked for by id or name; None for all. Raises UsageError with the nearest id."""
    if not names:
        return None
    from mdj_plan.names import folded, listed, nearest
    from mdj_plan.plan.indicators import indicator_ids
    from mdj_plan.usage import UsageError

    known = indicator_ids(plan.indicators.values())
    for name in names:
        if folded(name) not in known:
            called = [each for found in plan.indicators.values() for each in (found.id, *found.name) if each]
            near = nearest(name, called) or listed(plan.indicators)
            raise UsageError("unknown-indicator", found=name, near=near)
    return frozenset(known[folded(name)] for name in names)
