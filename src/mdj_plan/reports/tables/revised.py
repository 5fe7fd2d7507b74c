"""Targets that were revised, in words: what they were, since when and on what ground they are others (contract 5.2)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.reports.figures import percent
from mdj_plan.reports.measures import divided, places
from mdj_plan.reports.tables.values import Amount, Joined, Said, said
from mdj_plan.reports.wording import source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.measure.gaps import Gap
    from mdj_plan.plan.model import Target
    from mdj_plan.reports.tables.values import Text


def revision(gap: Gap) -> Said | None:
    """What the target was, since when it is another, on what ground; None for one that was never revised."""
    if gap.revised_from is None:
        return None
    clause, key = gap.target.clause or "", "target-revised" if gap.target.clause else "target-revised-bare"
    original, target = _told(gap, gap.original), _told(gap, gap.target)
    return said(key, original=original, target=target, since=str(gap.revised_from), clause=source(clause))


def _told(gap: Gap, target: Target) -> str:
    return Amount(target.value, places(gap.indicator, target.value), divided(gap.indicator)).bare


def revised(gap: Gap) -> Said | None:
    """The same, with the rate against the original target."""
    told = revision(gap)
    return told and said("target-revised-own", revision=told, rate=percent(gap.attainment_original))


def revisions(gaps: Iterable[Gap]) -> Iterator[Text]:
    """One sentence for each revision, however many units it is of: the indicator, the revision, each one's rate."""
    groups: dict[object, list[Gap]] = defaultdict(list)
    for gap in gaps:
        if gap.revised_from is not None:
            target = gap.target
            key = (target.indicator, gap.original.value, target.value, target.since, target.clause)
            groups[key].append(gap)
    for members in groups.values():
        told, rates = revision(members[0]), Joined(tuple(map(_rate, members)))
        if told is not None:
            yield said("target-revised-of", name=members[0].indicator.name, revision=told, rates=rates.told)


def _rate(gap: Gap) -> Text:
    who = gap.unit.name if gap.unit else said("city")
    return said("target-revised-rate", who=who, rate=percent(gap.attainment_original))
