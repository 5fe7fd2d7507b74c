"""`mdj-plan changes`: what happened to facilities since an earlier period (contract 5.5)."""

from __future__ import annotations

from typing import Annotated

import typer

from mdj_plan.cli.options import Asked, Format, period_of
from mdj_plan.cli.output import put

ASKS = ("period", "unit", "format")


def changes(
    asked: Asked,
    *,
    since: Annotated[str | None, typer.Option("--since", metavar="2018Q1", help="changes-since")] = None,
) -> int:
    """Show every event, and how many there were."""
    from mdj_plan.measure import changes as measured
    from mdj_plan.reports.data.changes import changes_csv, changes_json
    from mdj_plan.run import UsageError

    units, a = asked.units, asked.assessed()
    first = period_of(since) or a.period.shift(-1)
    if first >= a.period:
        raise UsageError("since-not-before", found=str(first), period=str(a.period))
    rows = measured.changes(a.measure, first, a.period)
    totals = measured.totals(a.plan, rows)
    if units is not None:
        rows = tuple(row for row in rows if units & {*row.facility.credited})
        totals = tuple(total for total in totals if total.unit in units)
    if asked.format is Format.JSON:
        put(changes_json(a, asked.texts, first, rows, totals))
    elif asked.format is Format.CSV:
        put(changes_csv(rows))
    else:
        from mdj_plan.reports.screen.changes import show_changes

        show_changes(a, asked.texts, first, rows)
    return 0
