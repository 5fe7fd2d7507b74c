"""The monthly run on a terminal, 80 or 120 wide, or piped: who has reported, how far everybody is, what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.reports.screen.closed import closed_line, show_restatements
from mdj_plan.reports.screen.figures import (
    show_by_indicator,
    show_city,
    show_departments,
    show_districts,
    show_overlaps,
)
from mdj_plan.reports.screen.findings import SEVERITY_STYLES, show_findings
from mdj_plan.reports.screen.paper import Part, Screen, open_screen
from mdj_plan.reports.screen.steps import show_next_steps
from mdj_plan.reports.views import count_word, narrowed

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.messages import Messages

_OUT = (
    ("missing", "bold red"),
    ("carried", "bold red"),
    ("returned", "bold red"),
    ("partial", "yellow"),
    ("late", "yellow"),
)
_IN = frozenset({"received", "late"})
Told = tuple[tuple[str, str], ...]
"""What fills a message, as pairs."""


def show_check(
    assessment: Assessment, texts: Messages, *, by_indicator: bool = False, units: frozenset[str] | None = None
) -> None:
    """Print the monthly run to the standard output; `units` keeps only those units' rows."""
    screen = open_screen(texts)
    shown = narrowed(assessment, units)
    _show_heading(shown, screen)
    _show_outside(assessment, screen, units)
    _show_reporting(shown, screen)
    show_city(shown, screen)
    if by_indicator:
        show_by_indicator(shown, screen)
    else:
        show_districts(shown, screen)
        show_departments(shown, screen)
    show_overlaps(shown, screen)
    show_restatements(shown, screen)
    show_findings(shown, screen)
    show_next_steps(shown, screen)


def _show_heading(assessment: Assessment, screen: Screen) -> None:
    """Plan, period, as-of, returns received of expected, findings by severity."""
    head, texts = assessment.plan.file.plan, screen.texts
    screen.line((texts.words(head.title), "bold"))
    args = {"document": head.document or "", "period": str(assessment.period), "as_of": str(assessment.as_of)}
    screen.line(texts("screen-head", **args).strip())
    if assessment.as_of > assessment.plan.end.last_month:
        screen.line(texts("screen-past-the-end", end=str(assessment.plan.end.last_month)))
    if assessment.closed is not None:
        screen.line(closed_line(assessment.closed, texts))
    partly = sum(state.status == "partial" for state in assessment.units)
    returns = texts("screen-returns", received=assessment.received, expected=len(assessment.units))
    counts: list[Part] = [returns + (texts("screen-returns-partly", n=partly) if partly else ""), "   "]
    counts += [texts("screen-all-periods")] if assessment.all_periods else []
    for severity in Severity:
        n = assessment.count(severity)
        counts += [(count_word(texts, severity, n), SEVERITY_STYLES[severity] if n else ""), "  "]
    screen.line(*counts)
    if assessment.accepted:
        ends = min(f.accepted.until for f in assessment.accepted if f.accepted is not None)
        screen.line((texts("screen-accepted", n=len(assessment.accepted), until=str(ends)), "bright_black"))


def _show_outside(assessment: Assessment, screen: Screen, units: frozenset[str] | None) -> None:
    """Say of units asked for that they stand outside the plan: there is nothing to show of them."""
    outside = [unit for unit in assessment.plan.units.values() if unit.id in assessment.plan.outside & (units or set())]
    if outside:
        names = screen.listed(screen.texts.words(unit.name) for unit in outside)
        screen.line(screen.texts("screen-outside", units=names))


def _show_reporting(assessment: Assessment, screen: Screen) -> None:
    """Who is missing, carried, in part or late; one line each kind, those of whom the same is said together."""
    for status, style in _OUT:
        groups: dict[tuple[str, Told], list[str]] = {}
        for state in assessment.units:
            if state.status == status:
                name = screen.texts.words(state.unit.name)
                groups.setdefault(_told(assessment, state, screen), []).append(name)
        if groups:
            word = screen.texts(f"submission-{status}")
            screen.line((word, style), "  ", _in_a_row(groups, screen), hanging=6)
    if assessment.units and all(state.status in _IN for state in assessment.units):
        screen.line(screen.texts("screen-all-in"))


def _in_a_row(groups: dict[tuple[str, Told], list[str]], screen: Screen) -> str:
    said = [screen.texts(key, unit=screen.some(names), **dict(told)) for (key, told), names in groups.items()]
    alone = all(len(names) == 1 for names in groups.values())
    return screen.listed(said) if alone else screen.texts("screen-groups").join(said)


def _told(assessment: Assessment, state: UnitState, screen: Screen) -> tuple[str, Told]:
    """The message for a unit without its name: how late it is, whose figures stand in, which members are out."""
    texts = screen.texts
    if state.status == "late":
        return "screen-late", (("days", str(max((state.days_late, *(member.days_late for member in state.members))))),)
    if state.status == "partial":
        out = screen.listed(m.member for m in state.members if m.status not in _IN)
        return "screen-partial", (("members", out),)
    if state.status == "returned" and state.sent_back is not None:
        return "screen-returned", tuple(state.sent_back.told.items())
    came = any(
        s.unit == state.unit.id and assessment.period in s.periods and not s.readable
        for s in assessment.archive.submissions
    )
    remark = ("remark", texts("screen-came") if came else texts("screen-due", due=state.due.isoformat()))
    if state.status == "carried":
        return "screen-carried", (("period", str(state.return_period)), remark)
    return "screen-missing", (remark,)
