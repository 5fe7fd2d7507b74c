"""A mistake in a table of the office, in words: where it makes one row unusable, it is a finding and not the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.messages import messages
from mdj_plan.names import Words

if TYPE_CHECKING:
    from mdj_plan.sheets.tables.table import Slip


def in_words(slip: Slip) -> Words:
    """What is wrong, in both languages."""
    zh, en = messages("zh"), messages("en")
    if slip.finding is not None:
        return Words(zh.message(slip.finding), en.message(slip.finding))
    args = dict(slip.args)
    return Words(zh(slip.name, **args), en(slip.name, **args))
