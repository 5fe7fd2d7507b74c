"""Closed periods and restatements as rows for scripts (contract 5.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mdj_plan.reports.figures import json_number

if TYPE_CHECKING:
    from mdj_plan.archive.editions import Edition
    from mdj_plan.measure.restatements import Causes, Restated, Restatement
    from mdj_plan.messages import Messages

Row = dict[str, Any]


def closed_row(edition: Edition | None) -> Row | None:
    """The latest edition of a period; null where it is not closed."""
    if edition is None:
        return None
    return {
        "closed_at": edition.closed_at,
        "edition": edition.number,
        "as_of": str(edition.as_of),
        "note": edition.note,
    }


def restatement_row(restatement: Restatement, texts: Messages) -> Row:
    """One object a closed period that is no longer as it was published."""
    edition = restatement.edition
    return {
        "period": str(edition.period),
        "edition": edition.number,
        "closed_at": edition.closed_at,
        "causes": _causes(restatement.causes),
        "rows": [_row(row, texts) for row in restatement.rows],
    }


def _causes(causes: Causes) -> Row:
    returns = [
        {"unit": each.unit, "member": each.member, "period": str(each.period), "was": each.was, "now": each.now}
        for each in causes.returns
    ]
    return {
        "returns": returns,
        "plan": causes.plan,
        "quotas": causes.quotas,
        "register": causes.register,
        "tool": None if causes.tool is None else list(causes.tool),
    }


def _row(row: Restated, texts: Messages) -> Row:
    """Figures in the indicator's measure unit, to four decimals; null on the side where there is no such figure."""
    was, now = row.published, row.current
    return {
        **_named(row, texts),
        "published": json_number(row.was),
        "current": json_number(row.now),
        "difference": json_number(row.difference),
        "published_target": json_number(was.target) if was else None,
        "current_target": json_number(now.target.value) if now else None,
        "published_status": was.status if was else None,
        "current_status": now.status if now else None,
    }


def _named(row: Restated, texts: Messages) -> Row:
    was, now = row.published, row.current
    if now is not None:
        return {
            "scope": now.scope,
            "unit": row.unit,
            "unit_name": texts.words(now.unit.name) if now.unit else texts("city"),
            "indicator": row.indicator,
            "indicator_name": texts.words(now.indicator.name),
        }
    return {
        "scope": was.scope if was else None,
        "unit": row.unit,
        "unit_name": was.unit_name if was else None,
        "indicator": row.indicator,
        "indicator_name": was.indicator_name if was else None,
    }
