"""Tables of facilities: the register, those that several units claim, and by how much that makes sums exceed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mdj_plan.fields import FIELDS
from mdj_plan.reports.measures import divided, places, unit_of
from mdj_plan.reports.tables.columns import CLAIMED_BY, CREDITED_TO, FACILITY, FACILITY_KIND, NUMBER
from mdj_plan.reports.tables.fields import column_of, value_of
from mdj_plan.reports.tables.table import Column, Medium, Note, Row, Table
from mdj_plan.reports.tables.values import Amount, Joined, Status, Value, said, with_unit
from mdj_plan.reports.views import source_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.fields import Field
    from mdj_plan.measure.register import Facility

_BOOK: frozenset[Medium] = frozenset({"book", "data"})
_FILES: frozenset[Medium] = frozenset({"book", "page", "data"})


def facility_row(a: Assessment, facility: Facility) -> Row:
    """What any table says of a facility: its values, who claims it, in which cells, and whom it is credited to."""
    values, claimers = facility.values, tuple(dict.fromkeys(unit for unit, _ in facility.claims))
    return {
        "unit": " ".join(dict.fromkeys((*claimers, *facility.credited))),
        "name": values.name,
        "credit_code": values.credit_code,
        "kind": _choice("kind", values.kind),
        "level": _choice("level", values.level or "none"),
        "level_document": values.level_document,
        "titles": Joined(tuple(said(f"demonstration-{title}") for title in values.demonstration or ())),
        "region": _unit(a, values.region),
        "department": _unit(a, values.department),
        "founded": values.founded,
        "state": _choice("state", values.state or "operating"),
        "area_m2": Amount(values.area_m2, 1),
        "tenants": Amount(values.tenants),
        "new_graduates": Amount(values.new_graduates),
        "graduates_total": Amount(values.graduates_total),
        "counted": said("counted-yes" if facility.measured else "counted-no"),
        "claims": len(claimers),
        "claimed_by": _names(a, claimers),
        "credited_to": _names(a, facility.credited),
        "cells": cells(facility),
    }


def cells(facility: Facility) -> Joined:
    """The name cells of a facility's claims, a line each."""
    found = (source_cell(claim.origin.file, claim.origin.sheet, claim.at("name").cell) for _, claim in facility.claims)
    return Joined(tuple(found), by="")


def _choice(field: str, value: str | None) -> Status | None:
    return Status(value, said(f"{field}-{value}")) if value else None


def _unit(a: Assessment, unit: str | None) -> Value:
    return a.plan.units[unit].name if unit in a.plan.units else unit


def _names(a: Assessment, units: Iterable[str]) -> Joined:
    return Joined(tuple(a.plan.units[unit].name for unit in units))


_COUNTED = ("counted", said("counted-yes"))
"""The rows that sums take: what is not in operation is listed and does not count."""
_CELLS = Column("cells", "cell", media=frozenset({"book", "page", "data"}), least=34, most=56)
_SET = (
    NUMBER,
    FACILITY,
    Column("credit_code", "code", media=_BOOK, least=20, blank=""),
    FACILITY_KIND,
    Column("level", "code"),
    Column("level_document", "code", media=_BOOK, blank=""),
    Column("titles", least=10, blank=""),
    Column("region", "code", media=_BOOK, least=10, blank=""),
    Column("department", "code", media=_BOOK, least=10, blank=""),
    Column("founded", "date", media=_BOOK),
    Column("state", "code"),
    Column("counted", "code", least=10),
    Column("area_m2", "number", head="area", total=True, of=_COUNTED),
    Column("tenants", "number", total=True, of=_COUNTED),
    Column("new_graduates", "number", media=_FILES, total=True, of=_COUNTED),
    Column("graduates_total", "number", media=_FILES, total=True, of=_COUNTED),
)
"""The columns of the return that the register sets by hand; the plan's own stand behind them."""
_WHOSE = (CLAIMED_BY, Column("credited_to", media=frozenset({"page", "data"})), _CELLS)


def _register(a: Assessment) -> tuple[Column, ...]:
    """The columns of the register: what else returns say of facilities stands last, on the sheet alone."""
    own = (_own(a, field) for name, field in a.plan.fields.items() if name not in FIELDS)
    said_ = (name for name in _OTHERS if any(each.values.value(name) is not None for each in a.facilities))
    return (*_SET, *own, *_WHOSE, *(column_of(FIELDS[name], _BOOK, printed=False) for name in said_))


def _own(a: Assessment, field: Field) -> Column:
    """A column that the plan adds; what an indicator sums has a sum below."""
    summed = field.id in {indicator.sum for indicator in a.plan.file.indicators}
    return replace(column_of(field, _FILES), total=summed, of=_COUNTED if summed else None)


def _registered(a: Assessment, facility: Facility) -> Row:
    told = facility_row(a, facility)
    rest = (field for name, field in a.plan.fields.items() if name not in told)
    return {**told, **{field.id: value_of(a.plan, field, facility.values.value(field.id)) for field in rest}}


_OTHERS = tuple(name for name in FIELDS if name not in {column.key for column in _SET} | {"demonstration"})
"""Columns of the return that the register does not set by hand (示范类型 it does, as titles)."""
REGISTER: Table[Assessment] = Table(
    "register", _register, lambda a: (_registered(a, facility) for facility in a.facilities)
)
OVERLAPS: Table[Assessment] = Table(
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
    lambda a: (facility_row(a, overlap.facility) for overlap in a.overlaps),
)


def _sums(a: Assessment) -> Iterator[Row]:
    """Each indicator's figure of the city beside the sum of the units' figures."""
    for each in a.sums:
        indicator = each.indicator
        shown, by = places(indicator, each.net), divided(indicator)
        yield {
            "indicator": indicator.id,
            "owed": with_unit(indicator.name, unit_of(indicator)),
            "gross": Amount(each.gross, shown, by),
            "net": Amount(each.net, shown, by),
            "overlap": Amount(each.overlap, shown, by),
        }


SUMS = Table(
    "sums",
    (
        Column("owed", head="indicator", least=36),
        Column("gross", "number", least=16),
        Column("net", "number", least=16),
        Column("overlap", "number", least=16, formula="{gross}-{net}"),
    ),
    _sums,
    media=frozenset({"book"}),
    notes=lambda _, __: [Note(said("note-gross"))],
    fixed=1,
    listed=False,
)
