"""Rules about whole returns: missing, late, for another unit, sent twice, empty, outside the plan (S findings).

S103 and S108 are raised where returns are filed (`archive.holdings`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mdj_plan.archive.admission import first_day
from mdj_plan.checks.check import Check
from mdj_plan.fields import COVER
from mdj_plan.findings import Severity
from mdj_plan.measure.reporting import days_late, due_day, first_received, last_returned
from mdj_plan.measure.restatements import after_the_close

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.archive.attempts import Attempt
    from mdj_plan.archive.ledger import Part
    from mdj_plan.archive.pending import Question
    from mdj_plan.checks.case import Case, Filed
    from mdj_plan.findings import Finding
    from mdj_plan.plan.model import Unit


def missing(case: Case) -> Iterator[Finding]:
    """S101: nothing on file for the period from a unit, or from one of its members.

    Not raised where a file came that cannot count: that file's own finding says so. What came and is not settled is on
    no file yet, and told as such; so is what was sent back.
    """
    severity = Severity.ERROR if case.period == case.latest else Severity.WARNING
    came = {(s.unit, s.member) for s in case.archive.submissions if case.period in s.periods and not s.readable}
    for unit, part in _absent(case):
        if came.isdisjoint({(unit.id, part.member), (unit.id, None)}):
            back = last_returned(case.measure, (unit.id, part.member), case.period)
            question = case.archive.pending.get(((unit.id, part.member), case.period))
            yield case.of_unit(
                "S101",
                unit.id,
                severity=severity,
                variant=_happened(part, back, question),
                **(back.told if back else {}),
                unit=unit.name,
                member=part.member or "",
                due=due_day(case.plan, case.period).isoformat(),
                carried=str(part.ret.period) if part.ret else "",
            )


def _absent(case: Case) -> Iterator[tuple[Unit, Part]]:
    """The units, or members of them, of which no return of the period counts."""
    for standing in case.measure.standings(case.period):
        for part in standing.parts:
            if part.ret is None or part.ret.period != case.period:
                yield case.plan.units[standing.unit], part


def _happened(part: Part, back: Attempt | None, question: Question | None) -> str:
    who, carried = "member" if part.member else "unit", "_carried" if part.ret is not None else ""
    if back is not None:
        return f"{who}_returned{carried}"
    return f"{who}_pending" if question is not None else f"{who}{carried}"


def late(case: Case) -> Iterator[Finding]:
    """S102: received after the due day."""
    due = due_day(case.plan, case.period)
    for ret in case.fresh_returns:
        s = ret.submission
        by = (s.unit or "", s.member)
        first, days = first_received(case.measure, by, case.period), str(days_late(case.measure, by, case.period))
        if first is not None and first > due:
            received = first.isoformat()
            yield case.of_return("S102", s, value=received, received=received, due=due.isoformat(), days=days)


def after_close(case: Case) -> Iterator[Finding]:
    """S109: a return that counts for a closed period and was not, by file and bytes, among those published."""
    edition = case.editions.latest.get(case.period)
    if edition is None:
        return
    later = {*after_the_close(case.measure, case.editions, case.period)}
    for ret in case.fresh_returns:
        if ret.submission.file in later:
            day, number = edition.closed_at[:10], str(edition.number)
            yield case.of_return("S109", ret.submission, closed=day, edition=number, stated=str(case.period))


def date_outside_period(case: Case) -> Iterator[Finding]:
    """S113: 报出日期 or 数据截止日 before the period's last month, over a year after it, or after the day received."""
    first, last = first_day(case.period), case.period.shift(4).last_day
    for filed in case.filed:
        s = filed.submission
        for dated in s.dated:
            after = s.received is not None and dated.day > s.received
            if first <= dated.day <= last and not after:
                continue
            yield case.of_cover(
                "S113",
                s,
                dated.entry,
                variant="received" if after and dated.day <= last else "",
                what=COVER[dated.what].label,
                day=dated.day.isoformat(),
                stated=str(case.period),
                received=s.received.isoformat() if s.received else "",
            )


def for_another_unit(case: Case) -> Iterator[Finding]:
    """S104: a row for another 所在地区 in a district's return, for another 责任部门 in a department's."""
    for filed in case.filed:
        unit = case.plan.units.get(filed.submission.unit or "")
        for row in filed.dropped:
            if row.reason != "another-unit" or unit is None:
                continue
            field = "department" if unit.kind == "department" else "region"
            other = case.plan.units[row.claim.value(field)]
            typed = row.claim.typed(field) or other.name.zh  # of a merged range nothing is typed
            yield case.of_row("S104", row.claim, field, value=typed, other=other.name, unit=unit.name)
        yield from _duties_of_others(case, filed)


def _duties_of_others(case: Case, filed: Filed) -> Iterator[Finding]:
    owners = {duty.id: duty for duty in case.plan.file.duties}
    unit = case.plan.units.get(filed.submission.unit or "")
    for report in filed.submission.duties:
        duty = owners.get(report.duty or "")
        if unit is None or duty is None or duty.unit == unit.id:
            continue
        other, typed = case.plan.units[duty.unit].name, report.typed("duty") or duty.name.zh
        args = {"other": other, "unit": unit.name, "name": duty.name}
        yield case.of_duty("S104", report, value=typed, variant="duty", **args)


def same_as_last_quarter(case: Case) -> Iterator[Finding]:
    """S105: every row as in the unit's return before; not for nil or unchanged returns."""
    for ret in case.fresh_returns:
        s = ret.submission
        if s.type != "normal" or not s.claims or ret.before is None:
            continue
        last = ret.before
        now, then = (Counter(each.claims.each(*case.plan.fields)) for each in (ret, last))
        if now == then:
            yield case.of_return("S105", s, before=str(last.period), file=last.submission.file)


def empty(case: Case) -> Iterator[Finding]:
    """S106: no facility and no duty, not declared nil; or "unchanged" with nothing before it."""
    for filed in case.filed:
        s = filed.submission
        if not s.readable:
            continue
        if s.type == "normal" and not s.claims and not s.duties:
            yield case.of_return("S106", s)
        elif s.type == "unchanged" and filed.ret is not None and filed.ret.before is None:
            yield case.of_return("S106", s, variant="unchanged")


def outside_the_plan(case: Case) -> Iterator[Finding]:
    """S107: a return of a unit that does not take part, or a facility placed in one; neither is measured."""
    for s in case.archive.submissions:
        if s.unit in case.plan.outside and s.period == case.period and s.file not in case.archive.superseded:
            unit = case.plan.units[s.unit or ""]
            yield case.of_return("S107", s, unit=unit.name)
    if not case.plan.outside:
        return
    for ret in case.fresh_returns:
        for at, region in enumerate(ret.claims.column("region")):
            if region in case.plan.outside:
                unit = case.plan.units[region]
                yield case.of_row(
                    "S107", ret.claims[at], "region", value=unit.name.zh, variant="facility", unit=unit.name
                )


RULES = (
    Check(("S101",), missing, "period"),
    Check(("S102",), late, "period"),
    Check(("S104",), for_another_unit, "return"),
    Check(("S105",), same_as_last_quarter, "earlier return"),
    Check(("S106",), empty, "period"),
    Check(("S107",), outside_the_plan, "period"),
    Check(("S109",), after_close, "period"),
    Check(("S113",), date_outside_period, "return"),
)
