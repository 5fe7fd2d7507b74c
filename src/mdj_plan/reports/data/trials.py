"""Returns judged one by one, as `validate` prints them."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING

from mdj_plan.reports.data.findings import finding_row
from mdj_plan.reports.data.jsontext import SCHEMA_VERSION
from mdj_plan.reports.figures import json_number
from mdj_plan.trial import progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.archive.supersession import Change
    from mdj_plan.intake.claims import Value
    from mdj_plan.messages import Messages
    from mdj_plan.reports.data.jsontext import Row
    from mdj_plan.trial import Trial


def validation_json(judged: Iterable[tuple[Trial, Trial | None]], texts: Messages) -> str:
    """What `validate --format json` prints: one entry per file, with its findings; `compared` with a former version."""
    files = [trial_row(trial, former, texts) for trial, former in judged]
    return json.dumps({"schema_version": SCHEMA_VERSION, "files": files}, ensure_ascii=False, indent=1) + "\n"


def trial_row(trial: Trial, former: Trial | None, texts: Messages) -> Row:
    """One return: whose, what was found, and what changed since its former version (null without one)."""
    s = trial.submission
    return {
        "file": s.file,
        "unit": s.unit,
        "period": str(s.period) if s.period else None,
        "version": s.version,
        "facilities": trial.facilities,
        "findings": [finding_row(finding, texts) for finding in trial.findings],
        "compared": compared_row(trial, former) if former is not None else None,
    }


def compared_row(trial: Trial, former: Trial) -> Row:
    """A return against its former version: how many findings are fixed, still open and new, and every change."""
    since = progress(trial, former)
    changes = trial.comparison.changes if trial.comparison is not None else ()
    return {
        "version": former.submission.version,
        "fixed": len(since.fixed),
        "open": len(since.still_open),
        "new": len(since.new),
        "changes": [_change_row(change) for change in changes],
    }


def _change_row(change: Change) -> Row:
    return {
        "facility": change.facility,
        "field": change.field,
        "before": _plain_value(change.before),
        "after": _plain_value(change.after),
        "cell": change.at.cell,
    }


def _plain_value(value: Value) -> object:
    """A value of a return as JSON has it: numbers, else text; several words as a list."""
    if isinstance(value, Decimal):
        return json_number(value)
    return value.isoformat() if isinstance(value, dt.date) else value
