"""The whole list of rules, in stages, and how they are run.

To add a rule: write a function `Case → findings` in the file of its family, list it here, give its code an entry in
`findings.CATALOGUE` and in both message catalogues, and an example in the gallery (docs/add-a-rule.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from mdj_plan.checks import duties, facilities, lacking, overlaps, periods, submissions, supersession
from mdj_plan.checks.history import earlier
from mdj_plan.findings import CATALOGUE, Finding, Severity
from mdj_plan.plan.severity import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mdj_plan.checks.case import Case


class Check(NamedTuple):
    """A rule: the codes it may raise, its function, and what it needs of a unit to be able to run: nothing but the
    period, a return for it that counts, or an earlier return too. Its limits stand in `mdj_plan.limits`.
    """

    codes: tuple[str, ...]
    run: Callable[[Case], Iterator[Finding]]
    needs: Literal["period", "return", "earlier return"]


class Skipped(NamedTuple):
    """Rules that could not run for a unit, and why (a key of the message catalogue)."""

    codes: tuple[str, ...]
    unit: str
    reason: str


RULES: tuple[Check, ...] = (
    Check(("V111",), facilities.implausible, "return"),
    Check(("V115",), facilities.without_code, "return"),
    Check(("V116",), facilities.without_document, "return"),
    Check(("V117",), facilities.without_state, "return"),
    Check(("V119",), lacking.without_size, "return"),
    Check(("V120",), lacking.figures_missing, "return"),
    Check(("S101",), submissions.missing, "period"),
    Check(("S102",), submissions.late, "period"),
    Check(("S104",), submissions.for_another_unit, "return"),
    Check(("S105",), submissions.same_as_last_quarter, "earlier return"),
    Check(("S106",), submissions.empty, "period"),
    Check(("S107",), submissions.outside_the_plan, "period"),
    Check(("S109",), submissions.after_close, "period"),
    Check(("S111",), lacking.without_figures, "return"),
    Check(("S112",), supersession.supersession, "return"),
    Check(("S113",), submissions.date_outside_period, "return"),
    Check(("X101",), facilities.repeated, "return"),
    Check(("X102",), overlaps.claimed_by_several, "return"),
    Check(("X103",), overlaps.claims_disagree, "return"),
    Check(("X104", "X105"), periods.cumulative, "earlier return"),
    Check(("X106",), periods.disappeared, "earlier return"),
    Check(("X107",), periods.area_jumped, "earlier return"),
    Check(("X108",), periods.level_lost, "earlier return"),
    Check(("X109",), periods.renamed, "earlier return"),
    Check(("X109",), overlaps.same_operator_other_name, "return"),
    Check(("X110",), periods.other_operator, "earlier return"),
    Check(("X110",), overlaps.same_name_other_operator, "return"),
    Check(("X111",), overlaps.same_facility_other_kind, "return"),
    Check(("X112",), periods.looks_year_to_date, "earlier return"),
    Check(("P105",), duties.silent, "period"),
)

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
