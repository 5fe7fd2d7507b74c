"""The plan itself, as `plan` prints it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mdj_plan.plan.lint import reconcile
from mdj_plan.reports.data.csvtext import as_csv
from mdj_plan.reports.data.findings import finding_row
from mdj_plan.reports.data.jsontext import SCHEMA_VERSION
from mdj_plan.reports.figures import json_number
from mdj_plan.reports.tables.promises import revised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.findings import Finding
    from mdj_plan.messages import Messages
    from mdj_plan.plan.lint import Reconciliation
    from mdj_plan.plan.model import Band, Plan, Target
    from mdj_plan.reports.data.jsontext import Row


def plan_json(plan: Plan, texts: Messages, found: Sequence[Finding]) -> str:
    """What `plan --format json` prints: targets, quotas and revisions, duties, the reconciliation, the P findings."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "plan": _stated(plan, texts),
        "targets": [_promise(target) for target in plan.owed],
        "revisions": [_promise(target) for target in revised(plan)],
        "outside": [{"unit": u.id, "note": u.note} for u in plan.units.values() if not u.participates],
        "bands": [_band(band) for band in plan.file.bands],
        "duties": [
            {"unit": d.unit, "duty": d.id, "measure": d.measure and d.measure.zh, "clause": d.clause}
            for d in plan.duties
        ],
        "reconciliation": [_sum(row) for row in reconcile(plan)],
        "findings": [finding_row(finding, texts) for finding in found],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _stated(plan: Plan, texts: Messages) -> Row:
    stated = plan.file.plan
    return {
        "id": stated.id,
        "title": texts.words(stated.title),
        "document": stated.document,
        "start": str(plan.start),
        "end": str(plan.end),
    }


def _band(band: Band) -> Row:
    return {
        "status": band.status,
        "from": json_number(band.from_),
        "over": json_number(band.over),
        "colour": band.colour,
    }


def _sum(row: Reconciliation) -> Row:
    """What the quotas add up to, beside a city target; in the indicator's measure unit."""
    return {
        "indicator": row.target.indicator,
        "target": json_number(row.target.value),
        "allocated": json_number(row.allocated),
        "if_all": json_number(row.if_all),
    }


def plan_csv(plan: Plan, texts: Messages) -> str:
    """What `plan --format csv` prints: one row per city target and quota, below it its revisions (`from`); milestones
    as 2017Q4=2, separated by ;.
    """
    rows = []
    for target in (version for owed in plan.owed for version in plan.versions(owed.unit, owed.indicator)):
        name = texts("city") if target.unit is None else texts.words(plan.units[target.unit].name)
        promise = _promise(target)
        dated = "; ".join(f"{period}={value}" for period, value in promise["milestones"].items())
        rows.append(promise | {"unit_name": name, "milestones": dated})
    return as_csv(("unit", "unit_name", *(name for name in _PROMISED if name != "unit")), rows)


_PROMISED = ("unit", "indicator", "target", "baseline", "milestones", "due", "clause", "note", "from")


def _promise(target: Target) -> Row:
    return {
        "unit": target.unit,
        "indicator": target.indicator,
        "target": json_number(target.value),
        "baseline": json_number(target.baseline),
        "milestones": {str(period): json_number(value) for period, value in target.milestones},
        "due": str(target.due),
        "clause": target.clause,
        "note": target.note,
        "from": str(target.since) if target.since else None,
    }
