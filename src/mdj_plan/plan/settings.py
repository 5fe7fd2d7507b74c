"""What a plan says of a rule of the program (contract 6.4, `rules:`): how grave it is, and where its thresholds lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Annotated, Any, Literal

from mdj_plan.marks import Amount, Text, record

if TYPE_CHECKING:
    from pydantic_core.core_schema import CoreSchema

_SAID = ("severity", "reason")


@record
class RuleSetting:
    """A rule's severity here, why, and its thresholds by name. None: as the program has it."""

    severity: Literal["error", "warning", "note", "off"] | None = None
    reason: Text | None = None
    limits: Mapping[str, Amount] = field(default_factory=dict)


class _Gathered:
    """Every key but severity and reason names a threshold."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        from pydantic_core.core_schema import no_info_before_validator_function

        return no_info_before_validator_function(_gathered, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        words = ["error", "warning", "note", "off"]
        properties = {"severity": {"enum": words}, "reason": {"type": "string"}}
        thresholds = {"type": "number", "minimum": 0}
        return {"type": "object", "properties": properties, "additionalProperties": thresholds}


def _gathered(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    said = {key: value[key] for key in _SAID if key in value}
    return said | {"limits": {key: limit for key, limit in value.items() if key not in _SAID}}


Setting = Annotated[RuleSetting, _Gathered()]
"""``{severity: note, over: 30}``."""
