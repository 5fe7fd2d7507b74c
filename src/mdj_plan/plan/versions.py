"""Targets and their revisions (contract 5.2): which value is owed first, and which later ones follow it.

City targets and rows of the quota table come here alike, as `Stated`; what is wrong with one is told at its own place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from mdj_plan.names import Words, folded
from mdj_plan.phrases import phrase
from mdj_plan.plan.indicators import indicator_ids
from mdj_plan.plan.model import Source, Target
from mdj_plan.plan.refusals import quarters, wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mdj_plan.period import Period
    from mdj_plan.plan.entries import CityTarget, Head, PlanFile, Revision
    from mdj_plan.plan.problems import Problem
    from mdj_plan.plan.yaml import Document, KeyPath


@dataclass(frozen=True, slots=True)
class Stated:
    """A value as a file states it: for a unit (None: the city), its `group` where the row is the group's.

    `since` is the period from which it revises an earlier value; None for the first. `refuse` makes the problem of one
    of its places (from, due, baseline, or the milestone of a period) from what stands there and what was expected.
    """

    unit: str | None
    group: str | None
    indicator: str
    since: Period | None
    value: Decimal
    due: Period | None
    baseline: Decimal | None
    milestones: Mapping[Period, Decimal]
    clause: str | None
    note: str | None
    source: Source
    refuse: Callable[[str | Period, str, Words | str], Problem]


@dataclass(slots=True)
class Versions:
    """Original targets and later versions as written, rows that say the same twice (P102), and what is wrong."""

    originals: list[Target] = field(default_factory=list)
    revisions: list[Target] = field(default_factory=list)
    repeated: list[Target] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def versions(stated: Iterable[Stated], head: Head) -> Versions:
    """Which rows hold, and what each version owes: a unit's own row before its group's, else the first of a period."""
    found = Versions()
    chosen: dict[tuple[str | None, str], dict[Period | None, Stated]] = {}
    seen: dict[tuple[str | None, str, Period | None, str | None], Stated] = {}
    again: list[Stated] = []
    for row in stated:
        if seen.setdefault((row.unit, row.indicator, row.since, row.group), row) is not row:
            again.append(row)
            continue
        of_target = chosen.setdefault((row.unit, row.indicator), {})
        if row.since not in of_target or row.group is None:
            of_target[row.since] = row
    for of_target in chosen.values():
        _line_up(of_target, head, found)
    once = {row.source: row for row in reversed(again)}  # a group's row is one row, however many units it is for
    found.repeated = [_target(row, row.due or head.end, row.baseline) for row in reversed(once.values())]
    return found


def _line_up(rows: Mapping[Period | None, Stated], head: Head, found: Versions) -> None:
    """The versions of one target in order of time, each due when the one before was unless it says otherwise."""
    original = rows.get(None)
    due = head.end
    if original is not None:
        due = original.due or due
        found.problems += _original_mistakes(original, due, head)
        found.originals.append(_target(original, due, original.baseline))
    for since, row in sorted((since, row) for since, row in rows.items() if since is not None):
        due = row.due or due
        if original is None:
            expected = phrase("original-target-first")
            found.problems.append(row.refuse("from", str(since), expected))
            continue
        found.problems += _revision_mistakes(row, since, due, head)
        if row.baseline not in {None, original.baseline}:
            expected = phrase("no-baseline-of-a-revision")
            found.problems.append(row.refuse("baseline", str(row.baseline), expected))
        found.revisions.append(_target(row, due, original.baseline))


def _original_mistakes(row: Stated, due: Period, head: Head) -> Iterator[Problem]:
    if due < head.start:
        yield row.refuse("due", str(due), f"≥ {head.start}")
    if due > head.end:
        expected = phrase("due-within-plan", end=str(head.end))
        yield row.refuse("due", str(due), expected)
    yield from _milestone_mistakes(row, head.start, due)


def _revision_mistakes(row: Stated, since: Period, due: Period, head: Head) -> Iterator[Problem]:
    if since <= head.start:
        yield row.refuse("from", str(since), f"> {head.start}")
    if since > due:
        yield row.refuse("from", str(since), f"≤ {due}")
    yield from _milestone_mistakes(row, since, due)


def _milestone_mistakes(row: Stated, first: Period, due: Period) -> Iterator[Problem]:
    for period, value in row.milestones.items():
        if period < first or period > due or (period == due and value != row.value):
            yield row.refuse(period, f"{period}: {value}", quarters(first, due))


def _target(row: Stated, due: Period, baseline: Decimal | None) -> Target:
    """What is owed; a milestone that repeats the value at its due period is left out."""
    return Target(
        unit=row.unit,
        indicator=row.indicator,
        value=row.value,
        due=due,
        baseline=Decimal(0) if baseline is None else baseline,
        milestones=tuple(sorted((period, value) for period, value in row.milestones.items() if period < due)),
        clause=row.clause,
        note=row.note,
        source=row.source,
        since=row.since,
    )


def city_targets(file: PlanFile, document: Document) -> Iterator[Stated]:
    """The city's targets and their revisions, as the file states them; unknown indicators are told elsewhere."""
    known = indicator_ids(file.indicators)
    for i, entry in enumerate(file.targets):
        indicator = known.get(folded(entry.indicator))
        if indicator is None:
            continue
        path: KeyPath = ("targets", i)
        yield _stated(entry, indicator, None, entry.baseline, document, path)
        for n, revision in enumerate(entry.revisions):
            yield _stated(revision, indicator, revision.from_, None, document, (*path, "revisions", n))


def _stated(
    entry: CityTarget | Revision,
    indicator: str,
    since: Period | None,
    baseline: Decimal | None,
    document: Document,
    path: KeyPath,
) -> Stated:
    def refuse(place: str | Period, found: str, expected: Words | str) -> Problem:
        at: KeyPath = (place,) if isinstance(place, str) else ("milestones", _written(document, path, place))
        return wrong(document, (*path, *at), found, expected)

    return Stated(
        unit=None,
        group=None,
        indicator=indicator,
        since=since,
        value=entry.value,
        due=entry.due,
        baseline=baseline,
        milestones=entry.milestones,
        clause=entry.clause,
        note=entry.note,
        source=Source(document.name, None, document.cell(path)),
        refuse=refuse,
    )


def _written(document: Document, path: KeyPath, period: Period) -> str:
    """A milestone's key as the file has it: ``2017`` may stand for ``2017Q4``."""
    whole, year = str(period), str(period.year)
    return year if (*path, "milestones", whole) not in document.positions and period.quarter == 4 else whole
