"""Rules about whole returns: missing, late, for another unit, sent twice, empty, outside the plan (S findings).

S103 and S108 are raised where returns are filed (`archive.holdings`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mdj_plan.findings import Finding, Location, Severity, finding
from mdj_plan.measure.reporting import due_day, is_late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.archive.ledger import Part, Return
    from mdj_plan.checks.case import Case, Filed
    from mdj_plan.findings import Argument


def missing(case: Case) -> Iterator[Finding]:
    """S101: nothing on file for the period from a unit, or from one of its members.

    Not raised where a file came that cannot count: that file's own finding says so.
    """
    severity = Severity.ERROR if case.period == case.latest else Severity.WARNING
    came = {(s.unit, s.member) for s in case.archive.submissions if case.period in s.periods and not s.readable}
    for standing in case.measure.standings(case.period):
        unit = case.plan.units[standing.unit]
        for part in standing.parts:
            if part.ret is not None and part.ret.period == case.period:
                continue
            if (standing.unit, part.member) in came or (standing.unit, None) in came:
                continue
            args: dict[str, Argument] = {
                "unit": unit.name,
                "member": part.member or "",
                "due": due_day(case.plan, case.period).isoformat(),
            }
            yield finding(
                "S101",
                Location(),
                unit=unit.id,
                period=case.period,
                severity=severity,
                variant=_stand_in(part),
                args=args | {"carried": str(part.ret.period) if part.ret else ""},
            )


def _stand_in(part: Part) -> str:
    who = "member" if part.member else "unit"
    return f"{who}_carried" if part.ret is not None else who


def late(case: Case) -> Iterator[Finding]:
    """S102: received after the due day."""
    due = due_day(case.plan, case.period)
    for ret in _fresh(case):
        s = ret.submission
        if is_late(case.plan, ret) and s.received is not None:
            args: dict[str, Argument] = {
                "received": s.received.isoformat(),
                "due": due.isoformat(),
                "days": str((s.received - due).days),
            }
            yield finding("S102", s.at, value=s.received.isoformat(), unit=s.unit, period=case.period, args=args)


def _fresh(case: Case) -> Iterator[Return]:
    for standing in case.measure.standings(case.period):
        yield from standing.fresh


def for_another_unit(case: Case) -> Iterator[Finding]:
    """S104: a row for another 所在地区 in a district's return, for another 责任部门 in a department's."""
    for filed in case.filed:
        unit = case.plan.units.get(filed.submission.unit or "")
        for row in filed.dropped:
            if row.reason != "another-unit" or unit is None:
                continue
            field = "department" if unit.kind == "department" else "region"
            other = case.plan.units[getattr(row.claim, field)]
            args: dict[str, Argument] = {"other": other.name, "unit": unit.name, "name": row.claim.name or ""}
            at, typed = row.claim.at(field), row.claim.typed(field)  # of a merged range nothing
            yield finding("S104", at, value=typed or other.name.zh, unit=unit.id, period=case.period, args=args)
        yield from _duties_of_others(case, filed)


def _duties_of_others(case: Case, filed: Filed) -> Iterator[Finding]:
    owners = {duty.id: duty for duty in case.plan.file.duties}
    unit = case.plan.units.get(filed.submission.unit or "")
    for report in filed.submission.duties:
        duty = owners.get(report.duty or "")
        if unit is None or duty is None or duty.unit == unit.id:
            continue
        args: dict[str, Argument] = {
            "other": case.plan.units[duty.unit].name,
            "unit": unit.name,
            "name": duty.name,
        }
        at = report.origin.at(report.row, "duty")
        typed = report.typed or duty.name.zh
        yield finding("S104", at, value=typed, unit=unit.id, period=case.period, variant="duty", args=args)


def same_as_last_quarter(case: Case) -> Iterator[Finding]:
    """S105: every row as in the unit's return before; not for nil or unchanged returns."""
    for ret in _fresh(case):
        s = ret.submission
        if s.type != "normal" or not s.claims or ret.before is None:
            continue
        last = ret.before
        if Counter(claim[3:] for claim in ret.claims) == Counter(claim[3:] for claim in last.claims):
            args: dict[str, Argument] = {"before": str(last.period), "file": last.submission.file}
            yield finding("S105", s.at, unit=s.unit, period=case.period, args=args)


def empty(case: Case) -> Iterator[Finding]:
    """S106: no facility and no duty, not declared nil; or "unchanged" with nothing before it."""
    for filed in case.filed:
        s = filed.submission
        if not s.readable:
            continue
        if s.type == "normal" and not s.claims and not s.duties:
            yield finding("S106", s.at, unit=s.unit, period=case.period)
        elif s.type == "unchanged" and filed.ret is not None and filed.ret.before is None:
            yield finding("S106", s.at, unit=s.unit, period=case.period, variant="unchanged")


def outside_the_plan(case: Case) -> Iterator[Finding]:
    """S107: a return of a unit that does not take part, or a facility placed in one; neither is measured."""
    for s in case.archive.submissions:
        if s.unit in case.plan.outside and s.period == case.period and s.file not in case.archive.superseded:
            unit = case.plan.units[s.unit or ""]
            yield finding("S107", s.at, unit=s.unit, period=case.period, args={"unit": unit.name})
    if not case.plan.outside:
        return
    for ret in _fresh(case):
        for claim in ret.claims:
            if claim.region in case.plan.outside:
                unit = case.plan.units[claim.region or ""]
                yield finding(
                    "S107",
                    claim.at("region"),
                    value=unit.name.zh,
                    unit=ret.submission.unit,
                    period=case.period,
                    variant="facility",
                    args={"unit": unit.name, "name": claim.name or ""},
                )
