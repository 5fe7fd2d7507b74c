"""The JSON schemas of the plan's files, which editors complete and check by."""

from __future__ import annotations

import functools
import json
from typing import Any

from mdj_plan.plan.door import adapter


@functools.cache
def schema_text(kind: Any) -> str:
    """The JSON schema of a record as text, ending in a line break."""
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **adapter(kind).json_schema(by_alias=True)}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
