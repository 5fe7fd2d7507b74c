"""The page's lists of returns: who reported when, what does not count, what is wrong and what the codes mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.measure.reporting import reporting
from mdj_plan.names import Words
from mdj_plan.reports.page.figures import Colour
from mdj_plan.reports.views import alike, by_file, periods_shown, set_aside, source_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mdj_plan.archive.aside import SetAside
    from mdj_plan.assess import Assessment
    from mdj_plan.findings import Severity
    from mdj_plan.measure.reporting import MemberState, UnitState
    from mdj_plan.reports.page.bilingual import Bilingual
    from mdj_plan.reports.views import Alike, FileFindings


class Report(NamedTuple):
    """Who reported: a unit, or a member below it. `late` is in days after the due day, `since` the period carried."""

    unit: str
    who: Words
    member: bool
    status: Words
    status_id: str
    colour: Colour
    since: str
    received: str
    late: int
    version: str
    facilities: str
    file: str


def reports(assessment: Assessment, say: Bilingual) -> tuple[Report, ...]:
    """One line per unit, its members below it where they report singly."""
    return tuple(line for state in assessment.units for line in _reported(state, say))


def _reported(state: UnitState, say: Bilingual) -> Iterator[Report]:
    word = say(f"submission-{state.status}")
    if state.status == "carried":
        word = say("page-carried-from", period=str(state.return_period))
    count = "" if state.facilities is None else str(state.facilities)
    yield _report(state, state, state.unit.name, word, count)
    for member in state.members:
        said = say(f"submission-{member.status}")
        yield _report(state, member, Words(member.member), said, "")


def _colour(status: str) -> Colour:
    return Colour({"received": "green", "late": "yellow", "partial": "yellow"}.get(status, "red"))


def _report(state: UnitState, of: UnitState | MemberState, who: Words, word: Words, count: str) -> Report:
    late = (of.received - state.due).days if of.received and of.status == "late" else 0
    return Report(
        unit=state.unit.id,
        who=who,
        member=of is not state,
        status=word,
        status_id=of.status,
        colour=_colour(of.status),
        since=str(state.return_period or ""),
        received=of.received.isoformat() if of.received else "",
        late=late,
        version=str(of.version or ""),
        facilities=count,
        file=of.file or "",
    )


class History(NamedTuple):
    """What every unit sent for every period: (unit id, name, a (status word, its colour) for each of `periods`)."""

    periods: tuple[str, ...]
    rows: tuple[tuple[str, Words, tuple[tuple[Words, Colour], ...]], ...]


def history(assessment: Assessment, say: Bilingual) -> History:
    """Units down, periods from the plan's start across."""
    periods = periods_shown(assessment)
    states = [{state.unit.id: state.status for state in reporting(assessment.measure, each)} for each in periods]
    words = {status: say(f"submission-{status}") for by_unit in states for status in by_unit.values()}
    return History(
        tuple(map(str, periods)),
        tuple(
            (unit.id, unit.name, tuple((words[by_unit[unit.id]], _colour(by_unit[unit.id])) for by_unit in states))
            for unit in assessment.plan.participants
        ),
    )


class Aside(NamedTuple):
    """A file of the period that does not count, and why."""

    file: str
    why: Words


def asides(assessment: Assessment, say: Bilingual) -> tuple[Aside, ...]:
    """The files of the period that do not count."""
    return tuple(_aside(each, say) for each in set_aside(assessment))


def _aside(each: SetAside, say: Bilingual) -> Aside:
    worst = each.worst
    why = say("page-superseded") if each.superseded else Words("")
    if worst is not None:
        why = say.each(lambda texts: f"{worst.code} {texts.message(worst)}")
    return Aside(each.submission.file, why)


class Objection(NamedTuple):
    """A finding, or several that say the same: code, severity, the cells (without a file: the period), the texts."""

    code: str
    severity: str
    where: str
    message: Words
    hint: Words
    times: int


class Returned(NamedTuple):
    """The findings of one return; `file` is blank where they are about none: then `who` says whom they concern."""

    file: str
    unit: str
    who: Words
    counts: tuple[tuple[str, Words], ...]
    objections: tuple[Objection, ...]


def returned(assessment: Assessment, say: Bilingual) -> tuple[Returned, ...]:
    """The findings, return by return, most errors first."""
    return tuple(_returned(assessment, group, say) for group in by_file(assessment.findings))


def counted(counts: Mapping[Severity, int], say: Bilingual) -> tuple[tuple[str, Words], ...]:
    """How many findings of each severity there are, in words; none of those that do not occur."""
    return tuple(
        (each.value, say("page-count", severity=say(f"severity-{each.value}"), n=n)) for each, n in counts.items() if n
    )


def _returned(assessment: Assessment, group: FileFindings, say: Bilingual) -> Returned:
    unit = assessment.plan.units.get(group.unit or "")
    return Returned(
        file=group.file or "",
        unit=group.unit or "",
        who=unit.name if unit else Words("") if group.file else say("page-plan-itself"),
        counts=counted(group.counts, say),
        objections=tuple(_objection(group, each, say) for each in alike(group.findings, say.texts)),
    )


def _objection(group: FileFindings, each: Alike, say: Bilingual) -> Objection:
    finding = each.finding
    return Objection(
        code=finding.code,
        severity=finding.shown_as,
        where=source_cell(None, finding.at.sheet, each.cells) if group.file else str(finding.period or ""),
        message=say.each(lambda texts: texts.message(finding)),
        hint=say.each(lambda texts: texts.hint(finding)),
        times=each.times,
    )


class Meaning(NamedTuple):
    """A code that occurs: its title, what it means and the remedy."""

    code: str
    title: Words
    meaning: Words
    remedy: Words


def meanings(assessment: Assessment, say: Bilingual) -> tuple[Meaning, ...]:
    """Every code that occurs, in order."""
    codes = sorted({finding.code for finding in assessment.findings})
    return tuple(Meaning(code, *(_about(code, part, say) for part in ("title", "meaning", "remedy"))) for code in codes)


def _about(code: str, part: str, say: Bilingual) -> Words:
    return say.each(lambda texts: texts.about(code, part))
