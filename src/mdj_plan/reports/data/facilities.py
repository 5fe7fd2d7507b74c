"""The register as rows: each distinct facility with all its columns, whose it is, and where it stands."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mdj_plan.reports.data.csvtext import as_csv
from mdj_plan.reports.data.jsontext import head, row_by_row
from mdj_plan.reports.figures import json_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.register import Facility
    from mdj_plan.messages import Messages
    from mdj_plan.reports.data.jsontext import Row

_BEHIND = ("claimed_by", "credited_to", "measured", "file", "sheet", "cell")


def facilities_json(a: Assessment, texts: Messages) -> str:
    """What `facilities --format json` prints."""
    rows = [_as_text(facility_row(each, a.plan.fields)) for each in a.facilities]
    return row_by_row({**head(a, texts), "rows": rows})


def facilities_csv(a: Assessment, texts: Messages) -> str:  # noqa: ARG001 - as every form of a result is asked for
    """The same rows as CSV, several in one cell with spaces between them."""
    rows = (_as_text(facility_row(each, a.plan.fields)) for each in a.facilities)
    flat = ({key: " ".join(cell) if isinstance(cell, list) else cell for key, cell in row.items()} for row in rows)
    return as_csv((*a.plan.fields, *_BEHIND), flat)


def facility_row(facility: Facility, fields: Iterable[str]) -> Row:
    """A facility as the first claim that states a field has it; null where none does.

    The columns of a return under their ids, the plan's own among them (areas in ㎡, the fund in 10,000 yuan, titles as
    lists, dates as such), then the unit ids that claim it and that it is credited to, whether it counts towards figures
    (`measured`), and the cell of its name in the claim that decides.
    """
    return {
        **{field: _plain(facility.values.value(field)) for field in fields},
        "claimed_by": list(dict.fromkeys(unit for unit, _ in facility.claims)),
        "credited_to": list(facility.credited),
        "measured": facility.measured,
        "file": facility.values.origin.file,
        "sheet": facility.values.origin.sheet,
        "cell": facility.values.at("name").cell,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return json_number(value) if isinstance(value, Decimal) else value


def _as_text(row: Row) -> Row:
    """The row with its dates as JSON and CSV have them."""
    return {key: cell.isoformat() if isinstance(cell, dt.date) else cell for key, cell in row.items()}
