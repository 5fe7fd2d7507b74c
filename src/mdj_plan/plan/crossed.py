"""What single entries of targets.yaml cannot show: ids used twice, names of nothing, names that two units claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.names import folded
from mdj_plan.phrases import phrase
from mdj_plan.plan.columns import crossed_columns
from mdj_plan.plan.indicators import crossed_indicators, indicator_ids
from mdj_plan.plan.optional import crossed_sections
from mdj_plan.plan.problems import Problem
from mdj_plan.plan.refusals import repeated, unknown, wrong
from mdj_plan.plan.units import Directory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.plan.entries import PlanFile
    from mdj_plan.plan.yaml import Document, KeyPath

_RESERVED = ("not_reported", "done", "on_schedule", "slightly_behind")


def crossed(file: PlanFile, document: Document) -> Iterator[Problem]:
    """Every such mistake, section by section."""
    yield from _repeated_ids(file, document)
    yield from crossed_columns(file, document)
    yield from crossed_indicators(file, document)
    known = indicator_ids(file.indicators)
    for i, target in enumerate(file.targets):
        if folded(target.indicator) not in known:
            names = [indicator.id for indicator in file.indicators]
            yield unknown(document, ("targets", i, "indicator"), target.indicator, names)
    yield from _bands(file, document)
    if file.plan.end < file.plan.start:
        yield wrong(document, ("plan", "end"), str(file.plan.end), f"≥ {file.plan.start}")
    yield from _duties_and_names(file, document)
    yield from crossed_sections(file, document)


def _duties_and_names(file: PlanFile, document: Document) -> Iterator[Problem]:
    places = {unit.id: i for i, unit in enumerate(file.units)}
    for i, duty in enumerate(file.duties):
        if duty.unit not in places:
            yield unknown(document, ("duties", i, "unit"), duty.unit, places)
    for name, first, second in Directory(file).clashes:
        at = document.cell(("units", places[second.unit]))
        yield Problem("plan-name-clash", document.name, at, found=name, first=first.unit)


def _repeated_ids(file: PlanFile, document: Document) -> Iterator[Problem]:
    for section in ("groups", "units", "indicators", "duties"):
        seen: dict[str, int] = {}
        for i, entry in enumerate(getattr(file, section)):
            first = seen.setdefault(entry.id, i)
            if first != i:
                yield repeated(document, (section, i, "id"), entry.id, (section, first, "id"))


def _bands(file: PlanFile, document: Document) -> Iterator[Problem]:
    floor = None
    seen: set[str] = set(_RESERVED)
    for i, band in enumerate(file.bands):
        path: KeyPath = ("bands", i)
        if (band.from_ is None) == (band.over is None):
            yield wrong(document, path, band.status, phrase("either-from-or-over"))
            continue
        if band.status in seen:
            yield wrong(document, (*path, "status"), band.status, phrase("status-not-used-yet"))
        seen.add(band.status)
        if floor is not None and band.floor < floor:
            yield wrong(document, path, str(band.floor), phrase("no-less-than", n=str(floor)))
        floor = band.floor
