"""`mdj-plan changes`: what happened to facilities since an earlier period (contract 5.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from mdj_plan.cli.meant import period_of
from mdj_plan.cli.options import Asked, Format
from mdj_plan.cli.output import put

ASKS = ("period", "unit", "format")


def changes(
    asked: Asked,
    *,
    since: Annotated[str | None, typer.Option("--since", metavar="2018Q1", help="changes-since")] = None,
) -> int:
    """Show every event, and how many there were."""
    from mdj_plan.measure.changes import Changes, totals
    from mdj_plan.reports.data.changes import changes_csv, changes_json
    from mdj_plan.reports.narrowed import narrowed
    from mdj_plan.usage import UsageError

    units, a = asked.units, asked.assessed()
    first = period_of(since) or a.period.shift(-1)
    if first >= a.period:
        raise UsageError("since-not-before", found=str(first), period=str(a.period))
    if first != a.changes.since:
        a = replace(a, changes=Changes(a.measure, first, a.period))
    shown = narrowed(a, units)
    if asked.format is Format.JSON:
        sums = totals(a.plan, a.changes.rows)
        put(changes_json(shown, asked.texts, [each for each in sums if units is None or each.unit in units]))
    elif asked.format is Format.CSV:
        put(changes_csv(shown, asked.texts))
    else:
        from mdj_plan.reports.screen.changes import show_changes

        show_changes(shown, asked.texts)
    return 0
