"""The `Assessment` as plain tables, shared by every report: chosen, ordered and worded here, laid out there.

Nothing is computed: figures stay exact until a report shows them through `figures`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.archive.aside import not_counting
from mdj_plan.fields import CHOICES
from mdj_plan.findings import Severity, cells_joined
from mdj_plan.measure.reporting import stand_ins
from mdj_plan.period import Period, span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from mdj_plan.archive.aside import SetAside
    from mdj_plan.assess import Assessment
    from mdj_plan.findings import Finding
    from mdj_plan.intake.submission import Claim
    from mdj_plan.measure.duties import DutyState
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.register import Facility
    from mdj_plan.measure.reporting import Stale
    from mdj_plan.measure.trend import Step
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Band, Indicator, Unit

_FIXED = {"not_reported": "grey", "done": "green", "on_schedule": "green", "slightly_behind": "plain"}


def status_word(gap: Gap, assessment: Assessment, texts: Messages) -> str:
    """The status in words, with "recovered" where it is."""
    word = status_name(gap.status, assessment.plan.file.bands, texts)
    return texts("status-recovered", status=word) if gap.recovered else word


def status_name(status: str, bands: Sequence[Band], texts: Messages) -> str:
    """A status id in words: the plan's own name for a band, else the catalogue's, else the id."""
    for band in bands:
        if band.status == status and band.name is not None:
            return texts.words(band.name)
    return texts(f"status-{status}") if texts.has(f"status-{status}") else status.replace("_", " ")


def status_colour(gap: Gap, assessment: Assessment) -> str:
    """Green, yellow, red, another colour of the plan's bands, grey (not reported) or plain.

    A target that has recovered is yellow for the period, not green (contract 2). Words always stand beside it.
    """
    return "yellow" if gap.recovered else _colours(assessment.plan.file.bands)[gap.status]


def status_colours(assessment: Assessment, texts: Messages) -> dict[str, str]:
    """The colour of every status word that the plan can give, recovered ones included."""
    bands = assessment.plan.file.bands
    named = {status_name(status, bands, texts): colour for status, colour in _colours(bands).items()}
    caught_up = [status_name(status, bands, texts) for status in ("done", "on_schedule")]
    return named | {texts("status-recovered", status=word): "yellow" for word in caught_up}


def _colours(bands: Sequence[Band]) -> dict[str, str]:
    return _FIXED | {band.status: band.colour or "plain" for band in bands}


def stale(assessment: Assessment, gap: Gap) -> Stale:
    """What stands in a target's figure for returns that are out."""
    return stand_ins(assessment.measure, gap.target.unit, gap.indicator, assessment.period)


def within_one(gap: Gap) -> bool:
    """Whether a target short of its schedule is on schedule all the same: by less than one whole unit."""
    return gap.lag_points is not None and gap.lag_points > 0 and not gap.behind


def places(indicator: Indicator) -> int:
    """Decimals to show: none for whole-number indicators, one for others."""
    return 0 if indicator.whole else 1


def of_scope(assessment: Assessment, scope: str, units: frozenset[str] | None = None) -> tuple[Gap, ...]:
    """The gaps of the city, the districts or the departments, in report order."""
    return tuple(
        gap
        for gap in assessment.gaps
        if gap.scope == scope and (units is None or (gap.unit is not None and gap.unit.id in units))
    )


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units down, indicators across: `cells[i][j]` is the gap of `units[i]` on `indicators[j]`, None where none
    is owed.
    """

    units: tuple[Unit, ...]
    indicators: tuple[Indicator, ...]
    cells: tuple[tuple[Gap | None, ...], ...]


def matrix(assessment: Assessment, scope: str, units: frozenset[str] | None = None) -> Matrix:
    """The gaps of a scope as a matrix, in the plan's order."""
    gaps = of_scope(assessment, scope, units)
    rows = tuple(dict.fromkeys(gap.unit.id for gap in gaps if gap.unit))
    used = {gap.indicator.id for gap in gaps}
    indicators = tuple(i for i in assessment.plan.indicators.values() if i.id in used)
    by = {(gap.unit.id, gap.indicator.id): gap for gap in gaps if gap.unit}
    cells = tuple(tuple(by.get((unit, i.id)) for i in indicators) for unit in rows)
    return Matrix(tuple(assessment.plan.units[unit] for unit in rows), indicators, cells)


def behind(assessment: Assessment) -> tuple[Gap, ...]:
    """Every gap in one of the plan's bands, gravest first, then the greatest lag."""
    late = [gap for gap in assessment.gaps if gap.rank >= 3]
    return tuple(sorted(late, key=lambda gap: (-gap.rank, -(gap.lag_points or 0))))


def recovered(assessment: Assessment) -> tuple[Gap, ...]:
    """Every gap that was in the plan's gravest band a period ago and has caught up."""
    return tuple(gap for gap in assessment.gaps if gap.recovered)


class FileFindings(NamedTuple):
    """The findings of one return, in sheet order, with counts by severity; `file` None: about no file."""

    file: str | None
    unit: str | None
    period: Period | None
    findings: tuple[Finding, ...]
    counts: dict[Severity, int]


def by_file(findings: Iterable[Finding]) -> tuple[FileFindings, ...]:
    """Findings grouped by return: most errors first, then most warnings, then by name."""
    groups: dict[tuple[str | None, str | None], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.at.file, None if finding.at.file else finding.unit].append(finding)
    found = []
    for (file, _), members in groups.items():
        tally = Counter(finding.severity for finding in members if finding.accepted is None)
        counts = {severity: tally[severity] for severity in Severity}
        first = members[0]
        found.append(FileFindings(file, first.unit, first.period, tuple(members), counts))
    return tuple(sorted(found, key=lambda g: (*(-g.counts[s] for s in Severity), g.file or "", g.unit or "")))


_OF_THE_PLAN = frozenset({"P101", "P102", "P103", "P104", "P106", "P107", "P108", "P111"})


def is_plans(group: FileFindings) -> bool:
    """Whether findings are about the plan and its quotas, not about a return."""
    return all(finding.code in _OF_THE_PLAN for finding in group.findings)


def whose(assessment: Assessment, texts: Messages) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """The findings by whose they are: units by name in the plan's order, files of nobody known, the plan itself."""
    plan = assessment.plan
    order = {unit: i for i, unit in enumerate(dict.fromkeys([*(u.id for u in plan.participants), *plan.units]))}
    groups: dict[tuple[int, str], list[Finding]] = defaultdict(list)
    for finding in assessment.findings:
        if finding.unit in plan.units:
            groups[order[finding.unit], texts.words(plan.units[finding.unit].name)].append(finding)
        elif finding.at.file and finding.code[0] != "P":
            groups[len(order), texts("unit-unknown")].append(finding)
        else:
            groups[len(order) + 1, texts("plan-itself")].append(finding)
    return tuple((name, tuple(groups[rank, name])) for rank, name in sorted(groups))


class Alike(NamedTuple):
    """Findings of one return that say the same: code, message and hint once, the cells joined (``D7, D9-D12``)."""

    finding: Finding
    message: str
    hint: str
    cells: str
    times: int


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
            len(members),
        )
        for (*_, message), members in groups.items()
    )


def kind_name(kind: str | None, texts: Messages) -> str:
    """A facility's kind in words."""
    return texts(f"kind-{kind}") if kind else ""


def listed_text(field: str, value: str | None) -> str:
    """The template's own Chinese text of a canonical value (``incubator`` → 孵化器)."""
    return next((zh for zh, canonical in CHOICES[field].items() if canonical == value), value or "")


class RegisterRow(NamedTuple):
    """One facility of the register: who claims it, in which cells, and whom it is credited to (names)."""

    facility: Facility
    claimed_by: tuple[str, ...]
    credited_to: tuple[str, ...]
    cells: tuple[str, ...]


def register_rows(assessment: Assessment, texts: Messages) -> tuple[RegisterRow, ...]:
    """Each facility once, in the order of its first claim."""
    names = {unit.id: texts.words(unit.name) for unit in assessment.plan.units.values()}
    return tuple(
        RegisterRow(
            facility,
            tuple(dict.fromkeys(names[unit] for unit, _ in facility.claims)),
            tuple(names[unit] for unit in facility.credited),
            tuple(
                source_cell(claim.origin.file, claim.origin.sheet, claim.at("name").cell)
                for _, claim in facility.claims
            ),
        )
        for facility in assessment.facilities
    )


def source_cell(file: str | None, sheet: str | None, cell: str | None) -> str:
    """``file › sheet!cell``, without the parts that are not there."""
    place = "!".join(part for part in (sheet, cell) if part)
    return " › ".join(part for part in (file, place) if part)


def periods_shown(assessment: Assessment) -> tuple[Period, ...]:
    """The periods of a trend: from the plan's start to the period of the run."""
    return span(assessment.plan.start, assessment.period)


def trend(assessment: Assessment, gap: Gap) -> tuple[Step, ...]:
    """A target's way from the plan's start to the period of the run, one step a period."""
    return assessment.way(gap.target.unit, gap.indicator.id).steps


class SourceRow(NamedTuple):
    """A return behind the figures: whose, for when, which file and version, received when (None: unknown), SHA-256."""

    unit: Unit
    member: str | None
    period: Period
    file: str
    version: int
    received: dt.date | None
    sha256: str


def sources(assessment: Assessment, periods: Sequence[Period] = ()) -> tuple[SourceRow, ...]:
    """Every return that stands at the period (or at any of `periods`), in report order, each unit's latest first.

    Flows, trends and forecasts draw on the returns of every period shown.
    """
    found: dict[str, SourceRow] = {}
    for period in sorted(periods or [assessment.period], reverse=True):
        for standing in assessment.measure.standings(period):
            for part in standing.parts:
                if part.ret is not None:
                    s, unit = part.ret.submission, assessment.plan.units[standing.unit]
                    row = SourceRow(unit, s.member, part.ret.period, s.file, s.version, s.received, s.sha256)
                    found.setdefault(s.file, row)
    order = {unit.id: i for i, unit in enumerate(assessment.plan.participants)}
    return tuple(sorted(found.values(), key=lambda row: order[row.unit.id]))


class DutyRow(NamedTuple):
    """A department's line: what it owes with a number, and without (both may be there)."""

    unit: Unit
    gaps: tuple[Gap, ...]
    duties: tuple[DutyState, ...]


def departments(assessment: Assessment, units: frozenset[str] | None = None) -> tuple[DutyRow, ...]:
    """Every department that takes part, also those with nothing but a duty, in the plan's order."""
    return tuple(
        DutyRow(
            unit,
            tuple(gap for gap in assessment.gaps if gap.unit is not None and gap.unit.id == unit.id),
            tuple(state for state in assessment.duties if state.unit.id == unit.id),
        )
        for unit in assessment.plan.participants
        if unit.kind == "department" and (units is None or unit.id in units)
    )


def stating(facility: Facility, field: str | None) -> tuple[str, Claim]:
    """The (unit id, claim) whose cell a facility's value comes from: the first that states it, else the first."""
    if field is not None:
        for unit, claim in facility.claims:
            if claim.value(field) is not None:
                return unit, claim
    return facility.claims[0]


def set_aside(assessment: Assessment) -> tuple[SetAside, ...]:
    """The files of the period that do not count, in order of path."""
    return not_counting(assessment.archive, assessment.period)


def narrowed(assessment: Assessment, units: frozenset[str] | None) -> Assessment:
    """The assessment with the rows and findings of those units alone (None: all); the city's rows go with the others'.

    Register, archive and measure stay whole: figures of a unit draw on other units' claims.
    """
    if units is None:
        return assessment
    return replace(
        assessment,
        gaps=tuple(gap for gap in assessment.gaps if gap.unit is not None and gap.unit.id in units),
        duties=tuple(state for state in assessment.duties if state.unit.id in units),
        units=tuple(state for state in assessment.units if state.unit.id in units),
        overlaps=tuple(overlap for overlap in assessment.overlaps if units & {*overlap.claimed_by}),
        findings=tuple(finding for finding in assessment.findings if finding.unit in units),
        skipped=tuple(skip for skip in assessment.skipped if skip.unit in units),
        actions=tuple(state for state in assessment.actions if state.action.unit in units),
    )


def count_word(texts: Messages, severity: Severity, n: int) -> str:
    """``3 warnings``, ``1 warning``."""
    return texts(f"count-{severity.value}-one" if n == 1 else f"count-{severity.value}", n=n)
