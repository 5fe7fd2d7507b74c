"""A result as JSON: what each begins with, and how it is set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mdj_plan import __version__

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages

Row = dict[str, Any]
SCHEMA_VERSION = 1


def head(assessment: Assessment, texts: Messages) -> Row:
    """What every result for scripts begins with: schema, tool, plan and period."""
    stated = assessment.plan.file.plan
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "mdj-plan", "version": __version__},
        "plan": {"id": stated.id, "title": texts.words(stated.title), "document": stated.document},
        "period": str(assessment.period),
    }


def row_by_row(document: Row) -> str:
    """JSON with each row of a table on a line of its own: to be read, compared, and written fast."""

    def written(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def part(value: Any) -> str:
        if isinstance(value, list) and value:
            return "[\n  " + ",\n  ".join(map(written, value)) + "\n ]"
        return written(value)

    return "{\n " + ",\n ".join(f"{written(key)}: {part(value)}" for key, value in document.items()) + "\n}\n"
