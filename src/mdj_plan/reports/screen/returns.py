"""Who has reported, on the screen: one period in detail, or all periods as a grid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mdj_plan.reports.narrowed import narrowed
from mdj_plan.reports.screen.closed import show_closed
from mdj_plan.reports.screen.paper import Screen, open_screen
from mdj_plan.reports.screen.tables import show_table
from mdj_plan.reports.tables.returns import ASIDE, HISTORY, RETURNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages
    from mdj_plan.reports.screen.styled import Part


def show_returns(assessment: Assessment, texts: Messages, units: frozenset[str] | None) -> None:
    """One line per unit and member: status, received, version, facilities, file; then files that do not count."""
    screen = open_screen(texts)
    shown = narrowed(assessment, units)
    period, expected = str(shown.period), len(shown.units)
    due = shown.units[0].due.isoformat() if shown.units else "—"
    head = texts("returns-head", period=period, received=shown.received, expected=expected, due=due)
    screen.line((head, "bold"), *_standing(shown, texts))
    show_closed(assessment, screen)
    if shown.units:
        show_table(screen, RETURNS.of(shown), titled=False)
    _show_aside(screen, shown)


def _standing(shown: Assessment, texts: Messages) -> Iterator[Part]:
    """How many reported in part or late, were sent back, have files in question, are out: each where there are any."""
    told = (
        (("partial",), "returns-partial", "yellow"),
        (("late",), "returns-late", "yellow"),
        (("returned",), "screen-back", "bold red"),
        (("pending",), "screen-pending", "bold red"),
        (("carried", "missing"), "screen-out", "bold red"),
    )
    for statuses, key, style in told:
        n = sum(shown.reported[status] for status in statuses)
        if n:
            yield "  "
            yield texts(key, n=n), style


def show_grid(assessment: Assessment, texts: Messages, units: frozenset[str] | None) -> None:
    """Units down, periods across, the status in each; then the files that do not count."""
    screen = open_screen(texts)
    shown = replace(narrowed(assessment, units), all_periods=True)
    show_closed(assessment, screen)
    show_table(screen, HISTORY.of(shown), titled=False)
    _show_aside(screen, shown)


def _show_aside(screen: Screen, shown: Assessment) -> None:
    """The files that do not count, each with the reason; nothing where all count."""
    table = ASIDE.of(shown)
    if table.rows:
        show_table(screen, table)
