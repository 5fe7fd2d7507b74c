"""Rules between a unit's return and the one before it (X104-X110; domain 3.2, 3.4, 3.7)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mdj_plan.fields import CHOICES
from mdj_plan.findings import Finding, finding
from mdj_plan.intake.cells import as_typed
from mdj_plan.names import Words, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.checks.case import Case
    from mdj_plan.findings import Argument
    from mdj_plan.intake.aliases import Identities
    from mdj_plan.intake.ledger import Return
    from mdj_plan.intake.submission import Claim

_JUMP = Decimal("0.2")
_LEVEL_NAMES: dict[str | None, str] = {None: "", **{value: zh for zh, value in CHOICES["level"].items()}}
_LEVELS = {"none": 0, None: 0, "municipal": 1, "provincial": 2, "national": 3}


def since_last_return(case: Case) -> Iterator[Finding]:
    """X104-X108, and X109 and X110 where a unit's own facility changed its name or operator since its last return."""
    for standing in case.measure.standings(case.period):
        for ret in standing.fresh:
            if ret.before is not None and ret.submission.type != "unchanged":
                yield from _compared(case, ret, ret.before)


def _compared(case: Case, ret: Return, before: Return) -> Iterator[Finding]:
    identities = case.measure.identities
    last = {identities.key(claim): claim for claim in before.claims}
    explained: set[int] = set()
    for claim in ret.claims:
        earlier = last.get(identities.key(claim))
        if earlier is None:
            continue
        explained.add(id(earlier))
        if _other_operator(claim, earlier):
            yield _changed(case, ret, "X110", claim, earlier)
            continue
        yield from _cumulative(case, ret, claim, earlier)
        yield from _area(case, ret, claim, earlier)
        yield from _level(case, ret, claim, earlier)
    for claim, earlier in _renamed(ret, before, identities):
        explained.add(id(earlier))
        yield _changed(case, ret, "X109", claim, earlier)
    yield from _disappeared(case, ret, before, explained)


def _other_operator(claim: Claim, earlier: Claim) -> bool:
    codes = {claim.credit_code, earlier.credit_code} - {None}
    return len(codes) == 2


def _finding(
    case: Case, ret: Return, raised: str, claim: Claim, field: str, earlier: Claim, **args: Argument
) -> Finding:
    filled: dict[str, Argument] = {
        "name": claim.name or "",
        "before": str(earlier_period(ret)),
        "where": f"{earlier.origin.file} {earlier.at(field).cell or ''}".strip(),
    }
    value = getattr(claim, field)
    shown = _LEVEL_NAMES[value] if field == "level" else as_typed(value)
    at = claim.at(field)
    return finding(raised, at, value=shown, unit=ret.submission.unit, period=case.period, args=filled | args)


def earlier_period(ret: Return) -> str:
    """The period of the return before, as text."""
    return str(ret.before.period) if ret.before else ""


def _cumulative(case: Case, ret: Return, claim: Claim, earlier: Claim) -> Iterator[Finding]:
    """X104: graduates in all fell. X105: they did not grow by this quarter's; asked of a return one quarter old."""
    total, last = claim.graduates_total, earlier.graduates_total
    if total is None or last is None:
        return
    if total < last:
        yield _finding(case, ret, "X104", claim, "graduates_total", earlier, last=str(last))
        return
    consecutive = ret.before is not None and ret.before.period == case.period.shift(-1)
    new = claim.new_graduates
    if consecutive and new is not None and total - last != new:
        args = {"last": str(last), "new": str(new), "grew": str(total - last)}
        yield _finding(case, ret, "X105", claim, "graduates_total", earlier, **args)


def _area(case: Case, ret: Return, claim: Claim, earlier: Claim) -> Iterator[Finding]:
    """X107: the area changed by more than a fifth."""
    area, last = claim.area_m2, earlier.area_m2
    if area is not None and last and abs(area - last) > _JUMP * last:
        percent = f"{(area - last) / last * 100:+.0f}"
        yield _finding(case, ret, "X107", claim, "area_m2", earlier, last=format(last, "f"), percent=percent)


def _level(case: Case, ret: Return, claim: Claim, earlier: Claim) -> Iterator[Finding]:
    """X108: a lower level than before. An unusable level says nothing."""
    if "level" not in claim.flaws and _LEVELS[claim.level] < _LEVELS[earlier.level]:
        level = earlier.level or "none"
        yield _finding(case, ret, "X108", claim, "level", earlier, last=Words(_LEVEL_NAMES[level], level))


def _renamed(ret: Return, before: Return, identities: Identities) -> Iterator[tuple[Claim, Claim]]:
    """Facilities of the same operator and kind that bore another name, which is now gone."""
    now = {identities.key(claim) for claim in ret.claims}
    then = {identities.key(claim) for claim in before.claims}
    gone: dict[tuple[str | None, str | None], Claim] = {
        (claim.kind, claim.credit_code): claim
        for claim in before.claims
        if claim.credit_code is not None and identities.key(claim) not in now
    }
    if not gone:
        return
    for claim in ret.claims:
        earlier = gone.get((claim.kind, claim.credit_code))
        if earlier is not None and identities.key(claim) not in then:
            yield claim, earlier


def _changed(case: Case, ret: Return, code: str, claim: Claim, earlier: Claim) -> Finding:
    return _finding(
        case,
        ret,
        code,
        claim,
        "name",
        earlier,
        operator=claim.credit_code or "",
        other=earlier.name or "",
        other_operator=earlier.credit_code or "",
    )


def _disappeared(case: Case, ret: Return, before: Return, explained: set[int]) -> Iterator[Finding]:
    """X106: in the last return, not closed there, and nowhere in this one, not even in a row that does not count."""
    names = {folded(claim.name) for s in _siblings(case, ret) for claim in s.submission.claims if claim.name}
    keys = {case.measure.identities.key(claim) for s in _siblings(case, ret) for claim in s.claims}
    for earlier in before.claims:
        if id(earlier) in explained or earlier.state == "closed":
            continue
        if folded(earlier.name or "") in names or case.measure.identities.key(earlier) in keys:
            continue
        args = {
            "name": earlier.name or "",
            "before": str(before.period),
            "where": f"{earlier.origin.file} {earlier.at('name').cell or ''}".strip(),
        }
        s = ret.submission
        yield finding("X106", s.at, value=earlier.name, unit=s.unit, period=case.period, args=args)


def _siblings(case: Case, ret: Return) -> tuple[Return, ...]:
    """The returns of the unit for the period: its members' together, for a facility may pass from one to another."""
    return case.ledger.standing(ret.submission.unit or "", case.period).fresh
