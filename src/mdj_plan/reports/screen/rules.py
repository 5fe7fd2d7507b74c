"""The rules themselves: every one with its severity and limits, or one with what it means; as the plan has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import CATALOGUE
from mdj_plan.plan.severity import off, severity_of
from mdj_plan.reports.commands import accepting
from mdj_plan.reports.screen.paper import open_screen
from mdj_plan.reports.screen.ruled import Column
from mdj_plan.reports.screen.steps import command
from mdj_plan.reports.views import source_cell
from mdj_plan.rounding import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan
    from mdj_plan.reports.screen.paper import Screen

_DIM = "bright_black"


def show_rules(plan: Plan | None, texts: Messages) -> None:
    """Every rule, one line each: code, title, severity, limits; then those that the plan has off, with the reason."""
    screen = open_screen(texts)
    heads = ("rules-code", "rules-title", "rules-severity", "rules-limits")
    columns = [Column(texts(head), "left", least) for head, least in zip(heads, (4, 16, 4, 10), strict=True)]
    rows = [
        [code, texts.about(code, "title"), _severity(plan, code, texts), screen.listed(_limits(plan, code, texts))]
        for code in CATALOGUE
    ]
    screen.table(columns, rows)
    show_off(plan, screen)


def show_off(plan: Plan | None, screen: Screen) -> None:
    """One line for each rule that the plan has off."""
    for code, reason in off(plan) if plan is not None else ():
        title = screen.texts.about(code, "title")
        screen.line((screen.texts("rules-off", code=code, title=title, reason=reason), _DIM), hanging=2)


def show_code(code: str, plan: Plan | None, texts: Messages) -> None:
    """A code's title, rule, severity, stage and limits; its meaning, an example, the remedy."""
    screen = open_screen(texts)
    rule = CATALOGUE[code]
    screen.line((f"{code} {texts.about(code, 'title')}", "bold"))
    screen.line(f"{rule.rule} · {_severity(plan, code, texts)} · {texts(f'explain-stage-{rule.stage}')}")
    show_off(_only(plan, code), screen)
    for part in ("meaning", "example", "remedy"):
        screen.blank()
        screen.line((texts(f"explain-{part}"), "bold"))
        screen.line(texts.about(code, part), indent=2)
    if rule.limits:
        screen.blank()
        screen.line((texts("rules-limits"), "bold"))
        for line in _limits(plan, code, texts):
            screen.line(line, indent=2)


def show_accepting(assessment: Assessment, code: str, texts: Messages) -> None:
    """The findings of a code that the office may accept, each with the whole command."""
    screen = open_screen(texts)
    found = [f for f in assessment.findings if f.code == code and f.accepted is None and f.may_be_accepted]
    if not found:
        return
    screen.blank()
    screen.line((texts("rules-accept", period=str(assessment.period)), "bold"))
    for finding in found:
        place = source_cell(finding.at.file, finding.at.sheet, finding.at.cell)
        line = command(assessment.plan, *accepting(finding, assessment.period))
        screen.command(f"{place}  {texts.message(finding)} ".lstrip(), line)


def _only(plan: Plan | None, code: str) -> Plan | None:
    """The plan where it has that very rule off."""
    return plan if plan is not None and severity_of(plan, code) is None else None


def _severity(plan: Plan | None, code: str, texts: Messages) -> str:
    """The severity in words; where the plan has changed it, what it was."""
    own, here = CATALOGUE[code].severity, severity_of(plan, code)
    word = texts("rules-is-off" if here is None else f"severity-{here.value}")
    return word if here is own else texts("rules-changed", severity=word, own=texts(f"severity-{own.value}"))


def _limits(plan: Plan | None, code: str, texts: Messages) -> list[str]:
    """Each limit with its value, and the default where the plan has another."""
    said = []
    for name, default in CATALOGUE[code].limits.items():
        value: Decimal = plan.limits[code][name] if plan is not None else default
        args = {"name": name, "value": plain(value), "measure": texts.about(code, f"limit_{name}")}
        changed = value != default
        said.append(texts("rules-limit-changed" if changed else "rules-limit", default=plain(default), **args))
    return said
