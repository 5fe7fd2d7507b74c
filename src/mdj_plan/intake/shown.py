"""What is shown of a value as a rule: what stands in most cells that read so, and need not be kept beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mdj_plan.sheets.cells import as_typed


def shown(value: Any) -> str:
    """What stands in a cell of that value, as a rule: 1205.5, 2018-03-31, a name; "" for a blank."""
    return str(value) if type(value) is Decimal else as_typed(value)
