"""`mdj-plan plan`: the plan itself, who owes what, and whether the quotas add up."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from mdj_plan.cli.options import LanguageOption, PlanOption, found_plan, texts_of
from mdj_plan.cli.output import put
from mdj_plan.cli.words import say

HELP = say(
    "计划本身：目标、分解、职责，以及分解数与全市目标的核对。\n\n例：mdj-plan plan",
    "The plan itself: targets, quotas, duties, and whether the quotas add up to the targets.\n\nExample: mdj-plan plan",
)


class Format(StrEnum):
    """Forms of the result."""

    TABLE = "table"
    JSON = "json"


def plan(
    *,
    plan: PlanOption = None,
    format_: Annotated[
        Format, typer.Option("--format", help=say("结果的形式。", "Form of the result."))
    ] = Format.TABLE,
    lang: LanguageOption = None,
) -> int:
    """Show the plan; exit code 1 when one of its findings is an error."""
    from mdj_plan.plan.lint import lint

    texts = texts_of(lang)
    loaded = found_plan(plan)
    if format_ is Format.JSON:
        from mdj_plan.reports.data import plan_json

        put(plan_json(loaded, texts))
    else:
        from mdj_plan.reports.screen.promises import show_plan

        show_plan(loaded, texts)
    return int(any(finding.severity == "error" for finding in lint(loaded)))
