"""Rules between a unit's return and the one before it (X104-X110; domain 3.2, 3.4, 3.7)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mdj_plan.checks.gone import disappeared
from mdj_plan.checks.history import earlier, last_stating, paired, still_held
from mdj_plan.fields import CHOICES
from mdj_plan.findings import Finding, finding
from mdj_plan.intake.cells import as_typed
from mdj_plan.names import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.archive.ledger import Return, Standing
    from mdj_plan.checks.case import Case
    from mdj_plan.checks.history import Row
    from mdj_plan.findings import Argument
    from mdj_plan.intake.submission import Claim

_JUMP = Decimal("0.2")
_LEVEL_NAMES: dict[str | None, str] = {None: "", **{value: zh for zh, value in CHOICES["level"].items()}}
_LEVELS = {"none": 0, None: 0, "municipal": 1, "provincial": 2, "national": 3}


def since_last_return(case: Case) -> Iterator[Finding]:
    """X104-X108, and X109 and X110 where a unit's own facility changed its name or operator since its last return."""
    for standing in case.measure.standings(case.period):
        returns = earlier(case.ledger, standing.unit, case.period)
        if returns and any(_compares(ret) for ret in standing.fresh):
            yield from _compared(case, standing, returns)


def _compares(ret: Return) -> bool:
    """An unchanged return is its last one: nothing to compare."""
    return ret.submission.type != "unchanged"


def _compared(case: Case, standing: Standing, returns: list[Return]) -> Iterator[Finding]:
    """The unit's rows against what stood before; a figure that was not stated there, against the last one that was."""
    before = still_held(returns, case.plan.units[standing.unit].members)
    new: list[Row] = []
    gone: list[Row] = []
    unanswered: list[tuple[Row, str]] = []
    for now, then in paired(standing.fresh, before):
        if now is None:
            gone += [then] if then is not None else []
        elif not _compares(now.ret):
            continue
        elif then is not None and _other_operator(now.claim, then.claim):
            yield _changed(case, "X110", now, then)
        else:
            new += [now] if then is None else []
            for field, compare in _COMPARED.items():
                if not now.states(field):
                    continue
                if then is not None and then.states(field):
                    yield from compare(case, now, then)
                else:
                    unanswered.append((now, field))
    if unanswered and len(returns) > len(before):
        for now, field, then in last_stating(returns, standing.fresh, unanswered):
            yield from _COMPARED[field](case, now, then)
    renamed = list(_renamed(new, gone))
    yield from (_changed(case, "X109", now, then) for now, then in renamed)
    explained = {id(then.claim) for _, then in renamed}
    yield from disappeared(case, standing, [then for then in gone if id(then.claim) not in explained])


def _other_operator(claim: Claim, earlier: Claim) -> bool:
    codes = {claim.credit_code, earlier.credit_code} - {None}
    return len(codes) == 2


def _finding(case: Case, raised: str, now: Row, field: str, then: Row, variant: str = "", **args: Argument) -> Finding:
    unit = now.ret.submission.unit
    value = getattr(now.claim, field)
    filled: dict[str, Argument] = {
        "name": now.claim.name or "",
        "before": str(then.ret.period),
        "where": then.at(field),
        "value": _LEVEL_NAMES[value] if field == "level" else as_typed(value),
    }
    at, typed = now.claim.at(field), now.claim.typed(field)
    return finding(raised, at, value=typed, unit=unit, period=case.period, variant=variant, args=filled | args)


def _cumulative(case: Case, now: Row, then: Row) -> Iterator[Finding]:
    """X104: graduates in all fell. X105: they did not grow by this quarter's; asked of a return one quarter old."""
    total, last = now.claim.graduates_total or 0, then.claim.graduates_total or 0
    if total < last:
        yield _finding(case, "X104", now, "graduates_total", then, last=str(last))
        return
    new = now.claim.new_graduates
    if then.ret.period == case.period.shift(-1) and new is not None and total - last != new:
        args = {"last": str(last), "new": str(new), "grew": str(total - last)}
        yield _finding(case, "X105", now, "graduates_total", then, **args)


def _area(case: Case, now: Row, then: Row) -> Iterator[Finding]:
    """X107: the area changed by more than a fifth."""
    area, last = now.claim.area_m2 or Decimal(0), then.claim.area_m2
    if last and abs(area - last) > _JUMP * last:
        percent = f"{(area - last) / last * 100:+.0f}"
        yield _finding(case, "X107", now, "area_m2", then, last=format(last, "f"), percent=percent)


def _level(case: Case, now: Row, then: Row) -> Iterator[Finding]:
    """X108: a lower level than before."""
    if _LEVELS[now.claim.level] < _LEVELS[then.claim.level]:
        level = then.claim.level or "none"
        variant = "blank" if now.claim.level is None else ""
        yield _finding(case, "X108", now, "level", then, variant, last=Words(_LEVEL_NAMES[level], level))


_COMPARED = {"graduates_total": _cumulative, "area_m2": _area, "level": _level}


def _renamed(new: Iterable[Row], gone: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Facilities of the same operator and kind that bore another name, which is now gone."""
    by_operator = {(then.claim.kind, then.claim.credit_code): then for then in gone}
    for now in new if by_operator else ():
        then = by_operator.get((now.claim.kind, now.claim.credit_code))
        if then is not None and then.claim.credit_code is not None and then.key != now.key:
            yield now, then


def _changed(case: Case, code: str, now: Row, then: Row) -> Finding:
    args = {
        "operator": now.claim.credit_code or "",
        "other": then.claim.name or "",
        "other_operator": then.claim.credit_code or "",
    }
    return _finding(case, code, now, "name", then, **args)
