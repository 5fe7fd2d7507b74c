"""Tables of findings: one by one, and those of a return that say the same put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.messages import messages
from mdj_plan.reports.tables.columns import NUMBER
from mdj_plan.reports.tables.table import Column, Medium, Row, Table
from mdj_plan.reports.tables.values import Status, said
from mdj_plan.reports.views import alike, by_file, is_plans, source_cell, whose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.findings import Finding
    from mdj_plan.reports.tables.values import Text
    from mdj_plan.reports.views import Alike, FileFindings

_COLOURS = {"error": "red", "warning": "yellow", "note": "blue", "accepted": "plain"}
_BOOK: frozenset[Medium] = frozenset({"book"})


def _message(finding: Finding) -> Text:
    return lambda texts: texts.message(finding)


def finding_row(finding: Finding) -> Row:
    """What any table says of a finding."""
    severity = finding.shown_as
    rank = -finding.severity.rank
    return {
        "unit": finding.unit,
        "severity": Status(severity, said(f"severity-{severity}"), _COLOURS[severity], rank),
        "message": _message(finding),
        "hint": lambda texts: texts.hint(finding),
        "value": finding.value,
        "where": source_cell(finding.at.file, finding.at.sheet, finding.at.cell),
        "code": finding.code,
        "rule": lambda texts: texts.about(finding.code, "title"),
    }


def _findings(a: Assessment) -> Iterator[Row]:
    """By whose they are: units in the plan's order, files of nobody known, the plan itself."""
    for owner, members in whose(a):
        name = said(owner) if isinstance(owner, str) else owner.name
        for finding in members:
            yield finding_row(finding) | {"unit_name": name}


_WHO = Column("unit_name", head="who", least=14, most=28)
_SEVERITY = Column("severity", "status", least=8)
_MESSAGE = Column("message", least=46, most=46)
_HINT = Column("hint", least=38, most=38)
FINDINGS = Table(
    "findings",
    (
        NUMBER,
        _WHO,
        _SEVERITY,
        _MESSAGE,
        _HINT,
        Column("value", least=20, most=20, blank=""),
        Column("where", "cell", least=38, most=38),
        Column("code", "code"),
        Column("rule", least=24, most=24, media=_BOOK),
    ),
    _findings,
    media=_BOOK,
)


def _returned(a: Assessment) -> Iterator[Row]:
    """Return by return, units in the plan's order; cells of those that say the same are joined."""
    for group in by_file(a):
        for each in alike(group.findings, messages("zh")):
            yield _together(a, group, each)


def _together(a: Assessment, group: FileFindings, each: Alike) -> Row:
    unit = a.plan.units.get(group.unit or "")
    nobody = said("plan-itself" if is_plans(group) else "unit-unknown")
    finding = each.finding
    message = _message(finding)
    place = source_cell(group.file, finding.at.sheet, each.cells) if group.file else str(finding.period or "")
    return finding_row(finding) | {
        "unit": group.unit,
        "unit_name": unit.name if unit else nobody,
        "message": message if each.times == 1 else said("times", message=message, n=each.times),
        "where": place,
    }


RETURNED = Table(
    "returned",
    (_WHO, Column("where", "cell"), _SEVERITY, Column("code", "code"), _MESSAGE, _HINT),
    _returned,
    media=frozenset({"page"}),
)
