"""What became of the files handed over, as `receive` prints it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mdj_plan.reports.data.closed import closed_row
from mdj_plan.reports.data.jsontext import SCHEMA_VERSION
from mdj_plan.reports.data.trials import trial_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.messages import Messages
    from mdj_plan.outcome import Outcome
    from mdj_plan.reports.data.jsontext import Row
    from mdj_plan.tally import Tally


def delivery_json(outcomes: Iterable[Outcome], tally: Tally, texts: Messages) -> str:
    """What `receive --format json` prints: what became of each file, and the office's tally."""
    files = []
    for outcome in outcomes:
        row: Row = {"file": outcome.read.handed.shown, "verdict": outcome.verdict.value}
        row |= {"place": outcome.place or None, "filed_version": outcome.version}
        row["closed"] = closed_row(outcome.closed)
        if outcome.trial is not None:
            row |= trial_row(outcome.trial, outcome.former, texts) | {"file": outcome.read.handed.shown}
        files.append(row)
    told = {
        "period": str(tally.period) if tally.period else None,
        "counts": {verdict.value: tally.counts[verdict] for verdict in tally.counts},
        "silent": [texts.words(name) for name in tally.silent],
        "returned": [texts.words(name) for name in tally.returned],
        "pending": [{"unit": texts.words(each.who), "why": each.why} for each in tally.pending],
    }
    document = {"schema_version": SCHEMA_VERSION, "files": files, "tally": told}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
