"""Write the JSON schemas of targets.yaml, of criteria.yaml and of a return from the records that declare them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mdj_plan.fields import Return
from mdj_plan.plan.criteria import CriteriaSet
from mdj_plan.plan.entries import PlanFile
from mdj_plan.plan.schema import schema_text

CONFIG = Path(__file__).parent.parent / "config"
SCHEMAS: dict[str, Any] = {
    "targets.schema.json": PlanFile,
    "criteria.schema.json": tuple[CriteriaSet, ...],
    "return.schema.json": Return,
}


if __name__ == "__main__":
    for name, kind in SCHEMAS.items():
        (CONFIG / name).write_text(schema_text(kind), "utf-8")
