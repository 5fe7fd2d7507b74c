"""What the office says of a return, where it knows better than the return itself."""

from __future__ import annotations

from mdj_plan.period import Period
from mdj_plan.plan.mentions import Reporter
from mdj_plan.records import NamedTuple


class Given(NamedTuple):
    """Whose a return is, and for when; None where the office says nothing of it."""

    reporter: Reporter | None = None
    period: Period | None = None

    def __str__(self) -> str:
        """As text that `heard` understands; "" where nothing is given."""
        if self == UNSTATED:
            return ""
        unit, member = self.reporter or ("", None)
        return "\0".join(("", unit, member or "", str(self.period or "")))

    @classmethod
    def heard(cls, text: str) -> Given:
        """What `str` wrote."""
        if not text:
            return UNSTATED
        _, unit, member, period = text.split("\0")
        return cls(Reporter(unit, member or None) if unit else None, Period.parse(period) if period else None)


UNSTATED = Given()
"""The office says nothing of a return."""
