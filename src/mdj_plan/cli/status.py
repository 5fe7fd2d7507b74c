"""`mdj-plan status`: who has reported what, when, on time or late, and which version counts."""

from __future__ import annotations

from typing import Annotated

import typer

from mdj_plan.cli.options import Asked, Format
from mdj_plan.cli.output import put

ASKS = ("period", "unit", "format")


def status(
    asked: Asked, *, all_periods: Annotated[bool, typer.Option("--all-periods", help="status-all-periods")] = False
) -> int:
    """Show the returns of a period, or of all."""
    units = asked.units
    assessment = asked.assessed()
    if asked.format is Format.TABLE:
        from mdj_plan.reports.screen.returns import show_grid, show_returns

        show = show_grid if all_periods else show_returns
        show(assessment, asked.texts, units)
    else:
        from mdj_plan.reports.data.returns import returns_csv, returns_json

        write = returns_json if asked.format is Format.JSON else returns_csv
        put(write(assessment, asked.texts, units, all_periods=all_periods))
    return 0
