"""The whole list of rules, in stages, and how they are run.

To add a rule: write a function `Case → findings` in the file of its family, list it here, give its code an entry in
`findings.CATALOGUE` and in both message catalogues, and an example in the gallery (docs/add-a-rule.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.checks import duties, facilities, overlaps, periods, submissions
from mdj_plan.checks.history import earlier
from mdj_plan.findings import CATALOGUE, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mdj_plan.checks.case import Case


class Check(NamedTuple):
    """A rule function and the codes it may raise."""

    codes: tuple[str, ...]
    run: Callable[[Case], Iterator[Finding]]


class Skipped(NamedTuple):
    """Rules that could not run for a unit, and why (a key of the message catalogue)."""

    codes: tuple[str, ...]
    unit: str
    reason: str


RULES: tuple[Check, ...] = (
    Check(("V111",), facilities.implausible),
    Check(("V115",), facilities.without_code),
    Check(("V116",), facilities.without_document),
    Check(("V117",), facilities.without_state),
    Check(("S101",), submissions.missing),
    Check(("S102",), submissions.late),
    Check(("S104",), submissions.for_another_unit),
    Check(("S105",), submissions.same_as_last_quarter),
    Check(("S106",), submissions.empty),
    Check(("S107",), submissions.outside_the_plan),
    Check(("X101",), facilities.repeated),
    Check(("X102",), overlaps.claimed_by_several),
    Check(("X103",), overlaps.claims_disagree),
    Check(("X104", "X105", "X106", "X107", "X108", "X109", "X110"), periods.since_last_return),
    Check(("X109",), overlaps.same_operator_other_name),
    Check(("X110",), overlaps.same_name_other_operator),
    Check(("P105",), duties.silent),
)

_STAGES = ("file", "layout", "values", "return", "across", "plan")
_BETWEEN_PERIODS = ("S105", "X104", "X105", "X106", "X107", "X108")
_OF_A_RETURN = ("V111", "V115", "V116", "V117", "S104", "X101", "X102", "X103")


def judge(case: Case) -> tuple[Finding, ...]:
    """Every finding of one period: those made while reading its returns, then the rules, without follow-ons."""
    read = (f for filed in case.filed for f in filed.submission.findings if f.period is not None)
    found = [*read, *(f for check in RULES for f in check.run(case))]
    return tuple(_ordered(_without_follow_ons(found)))


def unattributed(case: Case) -> tuple[Finding, ...]:
    """The findings of files whose period is undetermined or in dispute: shown in every run, lest they be overlooked."""
    return tuple(
        f
        for s in case.archive.submissions
        if s.unit not in case.plan.outside and s.file not in case.archive.superseded
        for f in s.findings
        if f.period is None
    )


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
            rows.append(Skipped((*_OF_A_RETURN, *_BETWEEN_PERIODS), standing.unit, reason))
        elif not earlier(case.ledger, standing.unit, case.period):
            rows.append(Skipped(_BETWEEN_PERIODS, standing.unit, "skipped-no-earlier-return"))
        elif all(ret.before is None for ret in standing.fresh):
            rows.append(Skipped(("S105",), standing.unit, "skipped-other-reporter"))
    return tuple(rows)
