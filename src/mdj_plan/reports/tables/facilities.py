"""Tables of facilities: the register, those that several units claim, and by how much that makes sums exceed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.columns import CLAIMED_BY, CREDITED_TO, FACILITY, FACILITY_KIND, NUMBER
from mdj_plan.reports.tables.table import Column, Row, Table
from mdj_plan.reports.tables.values import Joined, Status, said
from mdj_plan.reports.views import source_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.register import Facility


def _overlaps(a: Assessment) -> Iterator[Row]:
    for overlap in a.overlaps:
        facility = overlap.facility
        yield {
            "unit": " ".join(dict.fromkeys((*overlap.claimed_by, *overlap.credited_to))),
            "name": facility.values.name,
            "kind": kind(facility.values.kind),
            "claims": len(overlap.claimed_by),
            "claimed_by": _names(a, overlap.claimed_by),
            "credited_to": _names(a, overlap.credited_to),
            "cells": cells(facility),
        }


OVERLAPS = Table(
    "overlaps",
    (
        NUMBER,
        FACILITY,
        FACILITY_KIND,
        Column("claims", "count", media=frozenset({"book"}), least=10),
        CLAIMED_BY,
        CREDITED_TO,
        Column("cells", "cell", media=frozenset({"page", "data"})),
    ),
    _overlaps,
)


def kind(value: str | None) -> Status | None:
    """A facility's kind: its id and its word."""
    return Status(value, said(f"kind-{value}")) if value else None


def cells(facility: Facility) -> Joined:
    """The name cells of a facility's claims, a line each."""
    places = (source_cell(claim.origin.file, claim.origin.sheet, claim.at("name").cell) for _, claim in facility.claims)
    return Joined(tuple(places), by="")


def _names(a: Assessment, units: Iterable[str]) -> Joined:
    return Joined(tuple(a.plan.units[unit].name for unit in units))
