"""The returns behind the figures: whose, for when, which version, and the bytes that they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from mdj_plan.measure.actuals import Measure
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Unit


class Source(NamedTuple):
    """A return behind the figures: whose, for when, which file and version, received when (None: unknown), SHA-256."""

    unit: Unit
    member: str | None
    period: Period
    file: str
    version: int
    received: dt.date | None
    sha256: str


def sources(measure: Measure, periods: Iterable[Period]) -> tuple[Source, ...]:
    """Every return that stands at any of some periods, each once, in report order, each unit's latest first.

    Flows, trends and forecasts draw on the returns of every period shown.
    """
    found: dict[str, Source] = {}
    for period in sorted(periods, reverse=True):
        for source in _standing(measure, period):
            found.setdefault(source.file, source)
    order = {unit.id: i for i, unit in enumerate(measure.plan.participants)}
    return tuple(sorted(found.values(), key=lambda source: order[source.unit.id]))


def _standing(measure: Measure, period: Period) -> Iterator[Source]:
    for standing in measure.standings(period):
        for part in standing.parts:
            if part.ret is not None:
                s, unit = part.ret.submission, measure.plan.units[standing.unit]
                yield Source(unit, s.member, part.ret.period, s.file, s.version, s.received, s.sha256)
