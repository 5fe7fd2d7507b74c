"""What is wrong with the plan itself: the P findings, and the reconciliation of quotas with city targets.

The notice, section four (three) 2, allocates the two counts of section three: 14 for the zones and 4 for each of nine
counties make 50. A sum above the target is fine (both are floors), below is a finding.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from mdj_plan.findings import Finding, Location, finding
from mdj_plan.names import listed
from mdj_plan.plan.schedule import in_force
from mdj_plan.plan.severity import settled
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.findings import Argument
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan, QuotaTotal, Target


class Reconciliation(NamedTuple):
    """One row per city target: what the quotas of participating units add up to.

    `parts` are (quota, number of units that owe it), largest group first as in the plan; `allocated` is their sum,
    None where the indicator has no quota (the notice leaves national and provincial targets unallocated).
    `if_all` is the sum if the units that stand outside took part on the terms of their group.
    """

    target: Target
    allocated: Decimal | None
    parts: tuple[tuple[Decimal, int], ...]
    if_all: Decimal | None

    @property
    def enough(self) -> bool:
        """Whether the quotas add up to the target or more; not where there are none."""
        return self.allocated is not None and self.allocated >= self.target.value


def reconcile(plan: Plan, period: Period | None = None) -> tuple[Reconciliation, ...]:
    """One row per city target, in the plan's order, by the versions in force at a period (None: the plan's end)."""
    at = period or plan.end
    quotas: dict[str, list[Target]] = {}
    for target in plan.targets:
        if target.unit is not None:
            quotas.setdefault(target.indicator, []).append(_now(plan, target, at))
    city = (_now(plan, target, at) for target in plan.owed if target.unit is None)
    return tuple(_reconciled(plan, target, quotas.get(target.indicator, [])) for target in city)


def _now(plan: Plan, target: Target, at: Period) -> Target:
    return in_force(plan.versions(target.unit, target.indicator), at)[-1]


def _reconciled(plan: Plan, target: Target, shares: Sequence[Target]) -> Reconciliation:
    shares = _of_one_kind(plan, shares)
    inside = [t.value for t in shares if t.unit not in plan.outside]
    if not inside:
        return Reconciliation(target, None, (), None)
    parts = tuple(sorted(Counter(inside).items(), reverse=True))
    everybody = sum((t.value for t in shares), Decimal(0)) if len(shares) > len(inside) else None
    return Reconciliation(target, sum(inside, Decimal(0)), parts, everybody)


def _of_one_kind(plan: Plan, shares: Sequence[Target]) -> list[Target]:
    """The quotas of districts; those of departments where no district owes any: the two share one target twice."""
    of_kind: dict[str, list[Target]] = {"district": [], "department": []}
    for share in shares:
        of_kind[plan.units[share.unit or ""].kind].append(share)
    return of_kind["district"] or of_kind["department"]


def lint(plan: Plan, period: Period | None = None) -> tuple[Finding, ...]:
    """The findings P101-P104 and P111 of a plan that could be loaded, as grave as the plan makes them.

    Its sums are those of a period (None: the plan's end).
    """
    found = (*_quotas_below(plan, period), *_repeated(plan), *_not_rising(plan), *_without_source(plan), *_totals(plan))
    return settled(plan, found)


def _versions(plan: Plan) -> Iterator[Target]:
    """Every target of the city and of participating units, each followed by its revisions."""
    return (version for target in plan.owed for version in plan.versions(target.unit, target.indicator))


def _at(target: Target | QuotaTotal) -> Location:
    source = target.source
    row, _, column = source.cell.partition(":")
    known = row.isdigit() and column.isdigit()
    return Location(source.file, source.sheet, source.cell, int(row) if known else 0, int(column) if known else 0)


def _named(plan: Plan, target: Target) -> dict[str, Argument]:
    return {"indicator": plan.indicators[target.indicator].name, "target": str(target.value)}


def _quotas_below(plan: Plan, period: Period | None) -> Iterator[Finding]:
    for row in reconcile(plan, period):
        if row.allocated is not None and not row.enough:
            args = _named(plan, row.target) | {"allocated": str(row.allocated)}
            yield finding("P101", _at(row.target), value=str(row.target.value), args=args)


def _repeated(plan: Plan) -> Iterator[Finding]:
    for target in plan.repeated:
        first = next(t for t in plan.versions(target.unit, target.indicator) if t.since == target.since)
        args = _named(plan, target) | {"first": f"{first.source.file} {first.source.cell}"}
        yield finding("P102", _at(target), value=str(target.value), unit=target.unit, args=args)


def _not_rising(plan: Plan) -> Iterator[Finding]:
    for target in _versions(plan):
        dated = [*(value for _, value in target.milestones), target.value]
        values = [target.baseline, *dated] if target.since is None else dated
        if any(later < earlier for earlier, later in pairwise(values)):
            line = " → ".join(map(str, values))
            yield finding("P103", _at(target), value=line, unit=target.unit, args=_named(plan, target))


def _without_source(plan: Plan) -> Iterator[Finding]:
    for target in _versions(plan):
        if not (target.clause or "").strip():
            args = _named(plan, target)
            yield finding("P104", _at(target), value=str(target.value), unit=target.unit, args=args)


def _totals(plan: Plan) -> Iterator[Finding]:
    """合计 rows of the quota table that are none of the sums that their rows may mean."""
    for total in plan.totals:
        if total.stated not in total.sums:
            args = {"indicator": plan.indicators[total.indicator].name, "summed": listed(map(_plain, total.sums))}
            yield finding("P111", _at(total), value=_plain(total.stated), args=args)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
