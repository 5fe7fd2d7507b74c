"""`mdj-plan explain`: a finding's meaning and remedy, or a figure down to its source cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.options import (
    AsOfOption,
    LanguageOption,
    PeriodOption,
    PlanOption,
    found_plan,
    month_of,
    period_of,
    texts_of,
    units_of,
)
from mdj_plan.cli.words import say

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.plan.model import Indicator, Plan

HELP = say(
    "解释一个问题代码，或把一个数字追到来源单元格。\n\n"
    "例：mdj-plan explain V103；mdj-plan explain 孵化器 --unit 东安区",
    "What a finding means and what to do, or a figure down to its source cells.\n\n"
    "Examples: mdj-plan explain V103; mdj-plan explain incubators --unit dongan",
)


def explain(
    *,
    what: Annotated[
        str,
        typer.Argument(metavar="CODE|INDICATOR", help=say("问题代码或指标。", "A finding's code, or an indicator.")),
    ],
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="ID", help=say("哪个单位；默认全市。", "Whose figure; default: the city's.")),
    ] = None,
    period: PeriodOption = None,
    as_of: AsOfOption = None,
    plan: PlanOption = None,
    lang: LanguageOption = None,
) -> int:
    """Explain a code, else an indicator of the plan."""
    from mdj_plan.findings import CATALOGUE
    from mdj_plan.run import run

    texts = texts_of(lang)
    code = next(
        (rule.code for rule in CATALOGUE.values() if what.strip().casefold() in {rule.code.casefold(), rule.rule}), None
    )
    if code is not None:
        from mdj_plan.reports.screen.explanation import show_code

        show_code(code, texts)
        return 0
    loaded, indicator = _asked(plan, what.strip())
    owner = next(iter(units_of(loaded, [unit]) or ())) if unit else None
    assessment = run(loaded, period=period_of(period), as_of=month_of(as_of))
    from mdj_plan.reports.screen.explanation import show_figure

    show_figure(assessment, indicator, owner, texts)
    return 0


def _asked(option: Path | None, what: str) -> tuple[Plan, Indicator]:
    """The plan and its indicator of that name. Raises UsageError with the nearest name.

    What looks like a code is told to be none even where there is no plan to look in.
    """
    from mdj_plan.findings import CATALOGUE
    from mdj_plan.names import listed, nearest
    from mdj_plan.run import UsageError

    try:
        loaded = found_plan(option)
    except UsageError:
        if option is None and re.fullmatch(r"[A-Za-z]\d+", what):
            near = nearest(what.upper(), CATALOGUE) or listed(CATALOGUE)
            raise UsageError("unknown-to-explain", found=what, near=near) from None
        raise
    indicator = _indicator(loaded, what)
    if indicator is None:
        indicators = loaded.indicators.values()
        names = [*loaded.indicators, *(i.name.zh for i in indicators), *(i.name.en for i in indicators if i.name.en)]
        near = nearest(what, names) or nearest(what.upper(), CATALOGUE) or listed(loaded.indicators)
        raise UsageError("unknown-to-explain", found=what, near=near)
    return loaded, indicator


def _indicator(plan: Plan, name: str) -> Indicator | None:
    """By id or name in either language, compared as names are."""
    from mdj_plan.names import folded

    key = folded(name)
    for indicator in plan.indicators.values():
        if key in {folded(indicator.id), folded(indicator.name.zh), folded(indicator.name.en or indicator.id)}:
            return indicator
    return None
