"""The `Assessment` as plain tables, shared by every report: chosen, ordered and worded here, laid out there.

Nothing is computed: figures stay exact until a report shows them through `figures`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mdj_plan.fields import CHOICES
from mdj_plan.findings import CATALOGUE, cells_joined, counted
from mdj_plan.period import Period, span
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.assessment import Assessment
    from mdj_plan.findings import Finding, Location, Severity
    from mdj_plan.measure.duties import DutyState
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.trend import Step
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Indicator, Unit


def of_scope(assessment: Assessment, scope: str) -> tuple[Gap, ...]:
    """The gaps of the city, the districts or the departments, in report order."""
    return tuple(gap for gap in assessment.gaps if gap.scope == scope)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units down, indicators across: `cells[i][j]` is the gap of `units[i]` on `indicators[j]`, None where none
    is owed.
    """

    units: tuple[Unit, ...]
    indicators: tuple[Indicator, ...]
    cells: tuple[tuple[Gap | None, ...], ...]


def matrix(assessment: Assessment, scope: str) -> Matrix:
    """The gaps of a scope as a matrix, in the plan's order."""
    gaps = of_scope(assessment, scope)
    rows = tuple(dict.fromkeys(gap.unit.id for gap in gaps if gap.unit))
    used = {gap.indicator.id for gap in gaps}
    indicators = tuple(i for i in assessment.plan.indicators.values() if i.id in used)
    by = {(gap.unit.id, gap.indicator.id): gap for gap in gaps if gap.unit}
    cells = tuple(tuple(by.get((unit, i.id)) for i in indicators) for unit in rows)
    return Matrix(tuple(assessment.plan.units[unit] for unit in rows), indicators, cells)


class FileFindings(NamedTuple):
    """The findings of one return, in sheet order, with counts by severity; `file` None: about no file."""

    file: str | None
    unit: str | None
    period: Period | None
    findings: tuple[Finding, ...]
    counts: dict[Severity, int]


NOTHING_TO_MEND = frozenset({"S102", "S108", "S109"})
"""Codes of what is recorded, or for the office alone to look into: the sender has nothing to mend."""
TOLD_IN_TABLES = frozenset({"S101", "P109"})
"""Silences and overdue decisions: a table has them, so that a screen need not say them one by one."""


def counts_of_data(assessment: Assessment) -> dict[Severity, int]:
    """Findings by severity without silences and overdue decisions, and without what the office has accepted."""
    return counted(finding for finding in assessment.findings if finding.code not in TOLD_IN_TABLES)


def by_file(assessment: Assessment) -> tuple[FileFindings, ...]:
    """Findings grouped by return: units in the plan's order, then files of nobody known, then the plan itself."""
    groups: dict[tuple[str | None, str | None], list[Finding]] = defaultdict(list)
    for finding in assessment.findings:
        groups[finding.at.file, None if finding.at.file else finding.unit].append(finding)
    found = []
    for (file, _), members in groups.items():
        first = members[0]
        found.append(FileFindings(file, first.unit, first.period, tuple(members), counted(members)))
    order = {unit: place for place, unit in enumerate(_units_in_order(assessment))}
    nobody = len(order)
    return tuple(
        sorted(found, key=lambda g: (nobody + 1 if is_plans(g) else order.get(g.unit or "", nobody), g.file or ""))
    )


def _units_in_order(assessment: Assessment) -> Iterable[str]:
    """Units as every report lists them, then those outside the plan."""
    plan = assessment.plan
    return dict.fromkeys([*(unit.id for unit in plan.participants), *plan.units])


OF_DOSSIER = frozenset({"P106", "P107", "P108", "P109", "P110"})
"""What is wrong with exceptions and decisions, which `plan` does not look at."""
_OF_THE_PLAN = frozenset(code for code, rule in CATALOGUE.items() if rule.stage == "plan") - {"P105"}
"""A silent duty is a return's; all else of the stage is of the plan and the office's own tables."""


def is_plans(group: FileFindings) -> bool:
    """Whether findings are about the plan and the tables of the office, not about a return."""
    return all(finding.code in _OF_THE_PLAN for finding in group.findings)


def whose(assessment: Assessment) -> tuple[tuple[Unit | str, tuple[Finding, ...]], ...]:
    """The findings by whose they are: units in the plan's order, files of nobody known, the plan itself.

    The last two by the key of their word.
    """
    plan = assessment.plan
    order = {unit: place for place, unit in enumerate(_units_in_order(assessment))}
    groups: dict[int, list[Finding]] = defaultdict(list)
    for finding in assessment.findings:
        nobodys = len(order) + (not finding.at.file or finding.code[0] == "P")
        groups[order.get(finding.unit or "", nobodys)].append(finding)
    owners: list[Unit | str] = [*(plan.units[unit] for unit in order), "unit-unknown", "plan-itself"]
    return tuple((owners[rank], tuple(found)) for rank, found in sorted(groups.items()))


class Alike(NamedTuple):
    """Findings of one return that say the same: code, message and hint once, the cells joined (``D7, D9-D12``)."""

    finding: Finding
    message: str
    hint: str
    cells: str
    members: tuple[Finding, ...]

    @property
    def times(self) -> int:
        """How many they are."""
        return len(self.members)


def alike(findings: Iterable[Finding], texts: Messages) -> tuple[Alike, ...]:
    """Findings of one return with those of the same code, sheet, period and message put together, in sheet order."""
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        same = (finding.code, finding.accepted, finding.at.sheet, finding.period)
        groups[*same, texts.message(finding)].append(finding)
    return tuple(
        Alike(
            members[0],
            str(message),
            texts.hint(members[0]),
            cells_joined(member.at for member in members),
            tuple(members),
        )
        for (*_, message), members in groups.items()
    )


def listed_text(field: str, value: str | None) -> str:
    """The template's own Chinese text of a canonical value (``incubator`` → 孵化器)."""
    return next((zh for zh, canonical in CHOICES[field].items() if canonical == value), value or "")


def source_cell(file: str | None, sheet: str | None, cell: str | None) -> str:
    """``file › sheet!cell``, without the parts that are not there."""
    place = "!".join(part for part in (sheet, cell) if part)
    return " › ".join(part for part in (file, place) if part)


def place_told(at: Location) -> str:
    """The same of a place."""
    return source_cell(at.file, at.sheet, at.cell)


def periods_shown(assessment: Assessment) -> tuple[Period, ...]:
    """The periods of a trend: from the plan's start to the period of the run."""
    return span(assessment.plan.start, assessment.period)


def trend(assessment: Assessment, gap: Gap) -> tuple[Step, ...]:
    """A target's way from the plan's start to the period of the run, one step a period."""
    return assessment.way(gap.target.unit, gap.indicator.id).steps


class DutyRow(NamedTuple):
    """A department's line: what it owes with a number, and without (both may be there)."""

    unit: Unit
    gaps: tuple[Gap, ...]
    duties: tuple[DutyState, ...]


def departments(assessment: Assessment) -> tuple[DutyRow, ...]:
    """Every department that takes part, also those with nothing but a duty, in the plan's order."""
    gaps: dict[str, list[Gap]] = defaultdict(list)
    duties: dict[str, list[DutyState]] = defaultdict(list)
    for gap in of_scope(assessment, "department"):
        gaps[gap.unit.id if gap.unit else ""].append(gap)
    for state in assessment.duties:
        duties[state.unit.id].append(state)
    return tuple(
        DutyRow(state.unit, tuple(gaps[state.unit.id]), tuple(duties[state.unit.id]))
        for state in assessment.units
        if state.unit.kind == "department"
    )


def count_word(texts: Messages, severity: Severity, n: int) -> str:
    """``3 warnings``, ``1 warning``."""
    return texts(f"count-{severity.value}", n=n)
