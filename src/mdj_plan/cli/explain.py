"""`mdj-plan explain`: a finding's meaning and remedy, a figure down to its source cells, or every rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.complete import indicators
from mdj_plan.cli.complete import units as units_completed
from mdj_plan.cli.meant import units_of
from mdj_plan.cli.options import Asked

if TYPE_CHECKING:
    from mdj_plan.plan.model import Indicator, Plan


ASKS = ("period", "as_of")


def explain(
    asked: Asked,
    *,
    what: Annotated[
        str | None,
        typer.Argument(metavar="[CODE|INDICATOR]", help="explain-what", autocompletion=indicators),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="ID", help="explain-unit", autocompletion=units_completed),
    ] = None,
) -> int:
    """Explain a code, else an indicator of the plan; without either list the rules."""
    from mdj_plan.findings import CATALOGUE

    if what is None:
        from mdj_plan.reports.screen.rules import show_rules

        show_rules(_plan_if_any(asked), asked.texts)
        return 0
    word = what.strip().casefold()
    code = next((rule.code for rule in CATALOGUE.values() if word in {rule.code.casefold(), rule.rule}), None)
    if code is not None:
        return _explain_code(asked, code)
    if word in _SCORE:
        return _explain_score(asked, unit)
    return _explain_figure(asked, what.strip(), unit)


def _explain_code(asked: Asked, code: str) -> int:
    from mdj_plan.findings import ever_accepted
    from mdj_plan.reports.screen.rules import show_code

    plan = _plan_if_any(asked)
    show_code(code, plan, asked.texts)
    if plan is not None and ever_accepted(code):
        _show_accepting(asked, code)
    return 0


def _explain_figure(asked: Asked, what: str, unit: str | None) -> int:
    loaded, indicator = _asked(asked, what)
    owner = next(iter(units_of(loaded, [unit]) or ())) if unit else None
    assessment = asked.assessed()
    from mdj_plan.reports.screen.explanation import show_figure

    show_figure(assessment, indicator, owner, asked.texts)
    return 0


def _plan_if_any(asked: Asked) -> Plan | None:
    """The plan, for how it has the rules; None where none is asked for and none can be used here."""
    from mdj_plan.plan.problems import PlanError
    from mdj_plan.usage import UsageError

    try:
        return asked.loaded
    except (UsageError, PlanError, OSError):
        if asked.plan is not None:
            raise
        return None


def _show_accepting(asked: Asked, code: str) -> None:
    """The findings of the code, each with the command that accepts it; nothing where no returns can be looked at."""
    from mdj_plan.plan.problems import PlanError
    from mdj_plan.reports.screen.rules import show_accepting
    from mdj_plan.usage import UsageError

    try:
        assessment = asked.assessed()
    except (UsageError, PlanError, OSError):
        if asked.period is not None or asked.as_of is not None:
            raise
        return
    show_accepting(assessment, code, asked.texts)


_SCORE = frozenset(("score", "得分", "评分", "绩效评价"))


def _explain_score(asked: Asked, unit: str | None) -> int:
    """What a unit's score (of nobody in particular: everybody's) is made up of."""
    from mdj_plan.reports.narrowed import narrowed
    from mdj_plan.reports.screen.paper import open_screen
    from mdj_plan.reports.screen.tables import show_table
    from mdj_plan.reports.tables.scores import SCORES

    units = units_of(asked.loaded, [unit] if unit else None)
    show_table(open_screen(asked.texts), SCORES.of(narrowed(asked.assessed(), units)))
    return 0


def _asked(asked: Asked, what: str) -> tuple[Plan, Indicator]:
    """The plan and its indicator of that name. Raises UsageError with the nearest name.

    What looks like a code is told to be none even where there is no plan to look in.
    """
    from mdj_plan.findings import CATALOGUE
    from mdj_plan.names import listed, nearest
    from mdj_plan.usage import UsageError

    try:
        loaded = asked.loaded
    except UsageError:
        if asked.plan is None and re.fullmatch(r"[A-Za-z]\d+", what):
            near = nearest(what.upper(), CATALOGUE) or listed(CATALOGUE)
            raise UsageError("unknown-to-explain", found=what, near=near) from None
        raise
    indicator = _indicator(loaded, what)
    if indicator is None:
        near = nearest(what, _names(loaded)) or nearest(what.upper(), CATALOGUE) or listed(loaded.indicators)
        raise UsageError("unknown-to-explain", found=what, near=near)
    return loaded, indicator


def _names(plan: Plan) -> list[str]:
    """What an indicator may be called by."""
    names = [each.name for each in plan.indicators.values()]
    return [*plan.indicators, *(name.zh for name in names), *(name.en for name in names if name.en)]


def _indicator(plan: Plan, name: str) -> Indicator | None:
    """By id or name in either language, compared as names are."""
    from mdj_plan.names import folded

    key = folded(name)
    for indicator in plan.indicators.values():
        if key in {folded(indicator.id), folded(indicator.name.zh), folded(indicator.name.en or indicator.id)}:
            return indicator
    return None
