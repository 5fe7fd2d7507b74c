"""The monthly run on a terminal, 80 or 120 wide, or piped: who has reported, how far everybody is, what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.narrowed import narrowed
from mdj_plan.reports.screen.closed import closed_line, show_restatements
from mdj_plan.reports.screen.figures import (
    show_by_indicator,
    show_city,
    show_departments,
    show_districts,
    show_overlaps,
)
from mdj_plan.reports.screen.findings import SEVERITY_STYLES, show_findings
from mdj_plan.reports.screen.paper import Screen, open_screen
from mdj_plan.reports.screen.scope import show_scope
from mdj_plan.reports.screen.steps import show_next_steps
from mdj_plan.reports.screen.tables import show_table
from mdj_plan.reports.tables.calls import calls, worst
from mdj_plan.reports.tables.listed import TABLES
from mdj_plan.reports.tables.values import worded
from mdj_plan.reports.views import count_word, counts_of_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.messages import Messages
    from mdj_plan.reports.screen.styled import Part

_IN = frozenset({"received", "late"})


def show_check(
    assessment: Assessment,
    texts: Messages,
    *,
    by_indicator: bool = False,
    units: frozenset[str] | None = None,
    asked: Sequence[str] = (),
) -> None:
    """Print the monthly run to the standard output; `units` keeps only those units' rows, `asked` by these names."""
    screen = open_screen(texts)
    shown = narrowed(assessment, units)
    _show_heading(shown, screen)
    show_scope(assessment.plan, asked, screen)
    _show_outside(assessment, screen, units)
    _show_reporting(shown, screen)
    _show_worst(shown, screen)
    show_city(shown, screen)
    if by_indicator:
        show_by_indicator(shown, screen)
    else:
        show_districts(shown, screen)
        show_departments(shown, screen)
    show_overlaps(shown, screen)
    show_restatements(shown, screen)
    _show_listed(shown, screen)
    show_findings(shown, screen)
    show_next_steps(shown, screen)


def _show_listed(assessment: Assessment, screen: Screen) -> None:
    """The tables that show themselves, in their order; an optional one where it has rows."""
    for declared in TABLES:
        if "screen" in declared.media:
            table = declared.of(assessment)
            if table.rows or not declared.optional:
                show_table(screen, table)


def _show_heading(assessment: Assessment, screen: Screen) -> None:
    """Plan, period, as-of, returns received of expected, what is wrong with data by severity."""
    head, texts = assessment.plan.file.plan, screen.texts
    screen.line((texts.words(head.title), "bold"))
    data = assessment.period.last_month
    args = {"document": head.document or "", "period": str(assessment.period), "as_of": str(assessment.as_of)}
    screen.line(
        texts("screen-head" if data == assessment.as_of else "screen-head-apart", data=str(data), **args).strip()
    )
    if assessment.as_of > assessment.plan.end.last_month:
        screen.line(texts("screen-past-the-end", end=str(assessment.plan.end.last_month)))
    if assessment.closed is not None:
        screen.line(closed_line(assessment.closed, texts))
    returns, counts = _returns(assessment, texts), _counts(assessment, texts)
    if screen.cells(*returns, *counts) <= screen.width:
        screen.line(*returns, *counts)
    else:
        screen.line(*returns)
        screen.line(*counts)
    if assessment.accepted:
        ends = str(assessment.accepted_until)
        screen.line((texts("count-accepted", n=len(assessment.accepted), until=ends), "bright_black"))


def _returns(assessment: Assessment, texts: Messages) -> list[Part]:
    """How many have reported, in part, were sent back, have files in question, are out."""
    n = assessment.reported
    partly = n["partial"]
    came = texts("screen-returns", received=assessment.received, expected=len(assessment.units))
    parts: list[Part] = [came + (texts("screen-returns-partly", n=partly) if partly else "")]
    out = n["carried"] + n["missing"]
    for key, units in (("screen-back", n["returned"]), ("screen-pending", n["pending"]), ("screen-out", out)):
        parts += ["  ", (texts(key, n=units), "bold red")] if units else []
    return [*parts, "   "]


def _counts(assessment: Assessment, texts: Messages) -> list[Part]:
    """Findings by severity; silences and overdue decisions are told by themselves and not counted with data."""
    parts: list[Part] = [texts("screen-all-periods")] if assessment.all_periods else []
    for severity, n in counts_of_data(assessment).items():
        parts += [(count_word(texts, severity, n), SEVERITY_STYLES[severity] if n else ""), "  "]
    return parts


def _show_outside(assessment: Assessment, screen: Screen, units: frozenset[str] | None) -> None:
    """Say of units asked for that they stand outside the plan: there is nothing to show of them."""
    outside = [unit for unit in assessment.plan.units.values() if unit.id in assessment.plan.outside & (units or set())]
    if outside:
        names = screen.listed(screen.texts.words(unit.name) for unit in outside)
        screen.line(screen.texts("screen-outside", units=names))


def _show_reporting(assessment: Assessment, screen: Screen) -> None:
    """Who reported in part or late, a line each kind, and that nobody is out; those who are out have a table."""
    texts = screen.texts
    partial = screen.listed(_partial(state, screen) for state in assessment.units if state.status == "partial")
    for key, told_of in (("partial", partial), ("late", _late(assessment, screen))):
        if told_of:
            screen.line((texts(f"submission-{key}"), "yellow"), "  ", told_of, hanging=6)
    if assessment.units and all(state.status in _IN for state in assessment.units):
        screen.line(texts("screen-all-in"))


def _late(assessment: Assessment, screen: Screen) -> str:
    """Who reported late, those by as many days together."""
    texts = screen.texts
    by_days: dict[int, list[str]] = {}
    for state in assessment.units:
        if state.status == "late":
            by_days.setdefault(state.most_days_late, []).append(texts.words(state.unit.name))
    told = [texts("screen-late", unit=screen.some(names), days=days) for days, names in by_days.items()]
    alone = all(len(names) == 1 for names in by_days.values())
    return screen.listed(told) if alone else texts("screen-groups").join(told)


def _partial(state: UnitState, screen: Screen) -> str:
    return screen.texts("screen-partial", unit=screen.texts.words(state.unit.name), members=screen.listed(state.out))


def _show_worst(assessment: Assessment, screen: Screen) -> None:
    """Which unit is furthest behind and in what, and who is the first to be called; a line each."""
    texts, behind, out = screen.texts, worst(assessment), calls(assessment)
    if behind is not None:
        screen.line((texts("worst-head"), "bold red"), "  ", worded(behind, texts), hanging=6)
    if out:
        first = out[0]
        contact = " ".join(filter(None, first.contact or ()))
        told = texts("screen-call", name=worded(first.name, texts), situation=worded(first.situation, texts))
        screen.line((texts("screen-call-head"), "bold red"), "  ", f"{told} {contact}".strip(), hanging=6)
