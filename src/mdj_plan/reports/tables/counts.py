"""How many targets stand where, by scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.statuses import status_text, statuses
from mdj_plan.reports.tables.table import Column, Row, Table
from mdj_plan.reports.tables.values import Amount, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.plan.model import Scope

_SCOPES: tuple[Scope, ...] = ("city", "district", "department")


def _columns(a: Assessment) -> tuple[Column, ...]:
    """One column a status, and their sum."""
    bands = a.plan.file.bands
    each = [Column(status, "number", head=status_text(status, bands)) for status in statuses(bands)]
    total = "+".join(f"{{{column.key}}}" for column in each)
    return (Column("scope", head="scope", least=20), *each, Column("sum", "number", formula=total))


def _counts(a: Assessment) -> Iterator[Row]:
    for scope in _SCOPES:
        counts = a.statuses(scope)
        numbers: Row = {status: Amount(counts[status]) for status in statuses(a.plan.file.bands)}
        yield {"scope": said(f"scope-{scope}")} | numbers | {"sum": Amount(counts.total())}


COUNTS = Table("counts", _columns, _counts, media=frozenset(), fixed=1, listed=False)
