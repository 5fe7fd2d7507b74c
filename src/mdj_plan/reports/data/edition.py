"""What an edition of a closed period holds: the figures as `check --format json` says them, and what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.archive.editions import hashes
from mdj_plan.reports.data.jsontext import row_by_row
from mdj_plan.reports.data.whole import document

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages

_KEPT = ("schema_version", "tool", "plan", "period", "as_of")
_FIGURES = ("gaps", "duties", "submissions", "overlaps")


def edition_json(assessment: Assessment, texts: Messages, *, number: int, closed_at: str, note: str | None) -> str:
    """The file that `close` writes (contract 5.3)."""
    said = document(assessment, texts)
    return row_by_row(
        {
            **{key: said[key] for key in _KEPT},
            "edition": number,
            "closed_at": closed_at,
            "note": note,
            "hashes": hashes(assessment.plan)._asdict(),
            "returns": [{**kept._asdict(), "period": str(kept.period)} for kept in assessment.counting],
            **{key: said[key] for key in _FIGURES},
        }
    )
