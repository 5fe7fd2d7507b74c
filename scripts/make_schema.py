"""Write the JSON schemas of targets.yaml, of criteria.yaml and of a return from the records that declare them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mdj_plan.fields import Return
from mdj_plan.plan.criteria import CriteriaSet
from mdj_plan.plan.door import adapter
from mdj_plan.plan.entries import PlanFile

CONFIG = Path(__file__).parent.parent / "config"
SCHEMAS: dict[str, Any] = {
    "targets.schema.json": PlanFile,
    "criteria.schema.json": tuple[CriteriaSet, ...],
    "return.schema.json": Return,
}


def schema(kind: Any) -> str:
    """The JSON schema of a record as text, ending in a line break."""
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **adapter(kind).json_schema(by_alias=True)}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for name, kind in SCHEMAS.items():
        (CONFIG / name).write_text(schema(kind), "utf-8")
