"""Rules between a unit's return and what stood for it before (X104-X110; domain 3.2, 3.4, 3.7)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mdj_plan.checks.check import Check
from mdj_plan.checks.gone import gone
from mdj_plan.checks.history import paired
from mdj_plan.fields import CHOICES, LEVELS
from mdj_plan.names import Words
from mdj_plan.sheets.cells import as_typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.archive.ledger import Return
    from mdj_plan.checks.case import Case
    from mdj_plan.checks.history import Row
    from mdj_plan.findings import Argument, Finding

_LEVEL_NAMES: dict[str | None, str] = {None: "", **{value: zh for zh, value in CHOICES["level"].items()}}


def _finding(case: Case, code: str, now: Row, field: str, then: Row, variant: str = "", **args: Argument) -> Finding:
    value = now.claim.value(field)
    shown = _LEVEL_NAMES[value] if field == "level" else as_typed(value)
    before, where = str(then.ret.period), then.at(field)
    return case.of_row(
        code, now.claim, field, value=None, variant=variant, before=before, where=where, shown=shown, **args
    )


def _pairs(case: Case, field: str) -> Iterator[tuple[Row, Row]]:
    """Every row that states the field, with the facility's last earlier row that does."""
    for comparison in case.comparisons:
        yield from comparison.stated(field)


def cumulative(case: Case) -> Iterator[Finding]:
    """X104: graduates in all fell. X105: they did not grow by this quarter's; asked of a return one quarter old."""
    for now, then in _pairs(case, "graduates_total"):
        total, last = now.claim.graduates_total or 0, then.claim.graduates_total or 0
        new = now.claim.new_graduates
        if total < last:
            yield _finding(case, "X104", now, "graduates_total", then, last=str(last))
        elif then.ret.period == case.period.shift(-1) and new is not None and total - last != new:
            args = {"last": str(last), "new": str(new), "grew": str(total - last)}
            yield _finding(case, "X105", now, "graduates_total", then, **args)


def disappeared(case: Case) -> Iterator[Finding]:
    """X106: facilities of before, not closed there, that nothing in the unit's returns may be."""
    for comparison in case.comparisons:
        yield from gone(case, comparison.standing, comparison.gone)


def area_jumped(case: Case) -> Iterator[Finding]:
    """X107: the area changed by more than the limit, per cent of what it was."""
    limit = case.limit("X107", "over")
    for now, then in _pairs(case, "area_m2"):
        area, last = now.claim.area_m2 or Decimal(0), then.claim.area_m2
        if last and abs(area - last) * 100 > limit * last:
            percent = f"{(area - last) / last * 100:+.0f}"
            yield _finding(case, "X107", now, "area_m2", then, last=format(last, "f"), percent=percent)


def level_lost(case: Case) -> Iterator[Finding]:
    """X108: a lower level than before."""
    for now, then in _pairs(case, "level"):
        if LEVELS[now.claim.level] < LEVELS[then.claim.level]:
            level = then.claim.level or "none"
            variant = "blank" if now.claim.level is None else ""
            yield _finding(case, "X108", now, "level", then, variant, last=Words(_LEVEL_NAMES[level], level))


def looks_year_to_date(case: Case) -> Iterator[Finding]:
    """X112: without a total to hold them against, no facility's new graduates fell since the quarter before."""
    if case.period.quarter == 1:
        return
    for ret in case.fresh_returns:
        last = ret.before
        if last is None or last.period != case.period.shift(-1) or not _has_new_graduates_alone(ret):
            continue
        above = [claim for claim in ret.claims if claim.new_graduates]
        if len(above) > 1 and _none_fell(ret, last):
            yield case.of_column("X112", above[0].origin, "new_graduates", before=str(last.period))


def _has_new_graduates_alone(ret: Return) -> bool:
    """Whether a return has rows of its own, and no total of graduates."""
    normal = ret.submission.type == "normal"
    return normal and not any("graduates_total" in claim.origin.columns for claim in ret.claims)


def _none_fell(ret: Return, last: Return) -> bool:
    """Whether facilities state new graduates in both returns, and none fewer than before."""
    stated = [(now, then) for now, then in _new_graduates(ret, last) if now is not None and then is not None]
    return bool(stated) and all(now >= then for now, then in stated)


def _new_graduates(ret: Return, last: Return) -> Iterator[tuple[int | None, int | None]]:
    """Of each facility that both returns list: its new graduates now and then."""
    for now, then in paired([ret], [last]):
        if now is not None and then is not None:
            yield now.claim.new_graduates, then.claim.new_graduates


def renamed(case: Case) -> Iterator[Finding]:
    """X109: the operator's facility of that kind bore another name before, which is gone."""
    for comparison in case.comparisons:
        for now, then in comparison.renamed:
            yield _finding(case, "X109", now, "name", then, other=then.claim.name or "")


def other_operator(case: Case) -> Iterator[Finding]:
    """X110: the name stood for another operator's facility before."""
    for comparison in case.comparisons:
        for now, then in comparison.other_operator:
            yield _finding(case, "X110", now, "name", then, other=then.claim.name or "")


RULES = (
    Check(("X104", "X105"), cumulative, "earlier return"),
    Check(("X106",), disappeared, "earlier return"),
    Check(("X107",), area_jumped, "earlier return"),
    Check(("X108",), level_lost, "earlier return"),
    Check(("X109",), renamed, "earlier return"),
    Check(("X110",), other_operator, "earlier return"),
    Check(("X112",), looks_year_to_date, "earlier return"),
)
