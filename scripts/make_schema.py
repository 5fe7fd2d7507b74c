"""Write config/targets.schema.json from the plan's records: editors complete and check targets.yaml by it."""

from __future__ import annotations

import json
from pathlib import Path

from mdj_plan.plan.door import adapter
from mdj_plan.plan.entries import PlanFile

SCHEMA = Path(__file__).parent.parent / "config" / "targets.schema.json"


def schema() -> str:
    """The JSON schema as text, ending in a line break."""
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **adapter(PlanFile).json_schema(by_alias=True),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema(), "utf-8")
