"""A unit's return for one period, as records: claims and duty reports, each value with its address.

Frozen and plain: what `reading` makes of a file, and what everything after intake works on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import Location
from mdj_plan.intake.claims import NO_CLAIMS, Claim, Claims, DutyReport, Origin, Rows, retold
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from mdj_plan.findings import Finding
    from mdj_plan.intake.layout.entry import Entry
    from mdj_plan.period import Period

__all__ = ["NO_CLAIMS", "Claim", "Claims", "DutyReport", "Origin", "Rows", "Submission", "retold"]


class Dated(NamedTuple):
    """A day that the cover states: `what` is cutoff or reported; and where, as it is typed there."""

    what: str
    day: dt.date
    entry: Entry


class Contact(NamedTuple):
    """Whom to call about a return, as its cover says: 填表人 and 联系电话, None where blank."""

    author: str | None
    phone: str | None


class Submission(NamedTuple):
    """One file: a unit's (or a member's) return for a period, in one version.

    `unit` and `period` are None where no source names them. `type` is normal, nil or unchanged. `claims` holds every
    row, counted or not. `received` is the receipt's date, else the cover's 报出日期, else None. `readable` is False
    where the return cannot count, whatever other files say (contract 1); its findings say why. `periods` are all
    periods that its sources name. `declared` is the cover's statement of the type, where there is one; `dated` the days
    that it states, `contact` whom it names, None where nobody.
    """

    file: str
    unit: str | None = None
    member: str | None = None
    period: Period | None = None
    version: int = 1
    type: str = "normal"
    claims: Claims = NO_CLAIMS
    duties: tuple[DutyReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    readable: bool = False
    received: dt.date | None = None
    cutoff: dt.date | None = None
    periods: frozenset[Period] = frozenset()
    sha256: str = ""
    declared: Entry | None = None
    dated: tuple[Dated, ...] = ()
    contact: Contact | None = None

    @property
    def at(self) -> Location:
        """The file as a whole."""
        return Location(self.file)
