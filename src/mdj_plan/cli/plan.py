"""`mdj-plan plan`: the plan itself, who owes what, and whether the quotas add up."""

from __future__ import annotations

from mdj_plan.cli.options import Asked, Format
from mdj_plan.cli.output import put

ASKS = ("format",)


def plan(asked: Asked) -> int:
    """Show the plan; exit code 1 when one of its findings is an error."""
    from mdj_plan.run import findings_of_plan

    found = findings_of_plan(asked.loaded)
    if asked.format is Format.TABLE:
        from mdj_plan.reports.screen.promises import show_plan

        show_plan(asked.loaded, asked.texts, found)
    elif asked.format is Format.JSON:
        from mdj_plan.reports.data.plan import plan_json

        put(plan_json(asked.loaded, asked.texts, found))
    else:
        from mdj_plan.reports.data.plan import plan_csv

        put(plan_csv(asked.loaded, asked.texts))
    return int(any(finding.severity == "error" for finding in found if finding.accepted is None))
