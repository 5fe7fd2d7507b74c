"""The whole list of rules, in stages, and how they are run.

A rule stands in the file of its family: a function `Case → findings`, and its row in the `RULES` at the end. Its code
has a line in `findings.CATALOGUE`, its words, and an example in the gallery (docs/add-a-rule.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.checks import duties, facilities, lacking, overlaps, periods, submissions, supersession
from mdj_plan.checks.history import earlier
from mdj_plan.findings import CATALOGUE, Finding, Severity
from mdj_plan.plan.severity import settled
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.checks.case import Case
    from mdj_plan.checks.check import Check


class Skipped(NamedTuple):
    """Rules that could not run for a unit, and why (a key of the message catalogue)."""

    codes: tuple[str, ...]
    unit: str
    reason: str


_FAMILIES = (facilities, lacking, submissions, supersession, periods, overlaps, duties)
"""Where rules stand. Of two that raise the same code the earlier period's is told first."""
RULES: tuple[Check, ...] = tuple(
    check for code in CATALOGUE for family in _FAMILIES for check in family.RULES if check.codes[0] == code
)
"""Every rule, in the order of the catalogue."""

_STAGES = ("file", "layout", "values", "return", "across", "plan")


def unable(without: str) -> tuple[str, ...]:
    """The codes that nothing can raise of a unit without a return, or without an earlier return."""
    out = {"return": {"return", "earlier return"}, "earlier return": {"earlier return"}}[without]
    able = {code for check in RULES if check.needs not in out for code in check.codes}
    return tuple(dict.fromkeys(code for check in RULES for code in check.codes if code not in able))


def judge(case: Case) -> tuple[Finding, ...]:
    """Every finding of one period: those made while reading its returns, then the rules, without follow-ons."""
    read = (f for filed in case.filed for f in filed.submission.findings if f.period is not None)
    found = [*read, *(f for check in RULES for f in check.run(case))]
    return tuple(_ordered(_without_follow_ons(settled(case.plan, found))))


def unattributed(case: Case) -> tuple[Finding, ...]:
    """The findings of files whose period is undetermined or in dispute: shown in every run, lest they be overlooked."""
    files = (
        s for s in case.archive.submissions if s.unit not in case.plan.outside and s.file not in case.archive.superseded
    )
    return settled(case.plan, (f for s in files for f in s.findings if f.period is None))


def _without_follow_ons(found: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out what a later stage says of a cell already objected to, and what is said twice word for word."""
    reported: dict[tuple[str | None, str | None, str], int] = {}
    seen: set[Finding] = set()
    for finding in sorted(found, key=lambda f: _STAGES.index(CATALOGUE[f.code].stage)):
        stage = _STAGES.index(CATALOGUE[finding.code].stage)
        at = finding.at
        if at.cell is not None:
            key = (at.file, at.sheet, at.cell)
            if reported.get(key, stage) < stage or finding in seen:
                continue
            seen.add(finding)
            if finding.severity is not Severity.NOTE:
                reported.setdefault(key, stage)
        yield finding


def _ordered(found: Iterable[Finding]) -> list[Finding]:
    """By file, sheet and cell; what has no file comes first."""
    return sorted(found, key=lambda f: (f.at.file or "", f.at.sheet or "", f.at.row, f.at.column, f.code))


def ordered(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order in which they are reported."""
    return tuple(_ordered(found))


def skipped(case: Case) -> tuple[Skipped, ...]:
    """Which rules could not run, unit by unit."""
    rows = []
    came = {s.unit for s in case.archive.submissions if case.period in s.periods}
    for standing in case.measure.standings(case.period):
        if not standing.fresh:
            reason = "skipped-no-usable-return" if standing.unit in came else "skipped-no-return"
            rows.append(Skipped(unable("return"), standing.unit, reason))
        elif not earlier(case.ledger, standing.unit, case.period):
            rows.append(Skipped(unable("earlier return"), standing.unit, "skipped-no-earlier-return"))
        elif all(ret.before is None for ret in standing.fresh):
            rows.append(Skipped(("S105",), standing.unit, "skipped-other-reporter"))
    return tuple(rows)
