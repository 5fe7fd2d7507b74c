"""Which edition a paper is of: a draft until its period is closed, then its number and day (contract 5.3)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from mdj_plan.reports.tables.values import Said, said
from mdj_plan.reports.wording import day

if TYPE_CHECKING:
    from mdj_plan.archive.editions import Edition
    from mdj_plan.assessment import Assessment
    from mdj_plan.reports.tables.values import Text


def edition_of(a: Assessment) -> Said:
    """未定稿; 第1版，2018年5月3日公布; and where figures are others now, that they are."""
    edition = a.closed
    if edition is None:
        return said("edition-draft")
    return said("edition-restated" if a.restated else "edition-closed", n=edition.number, day=day_of(edition))


def day_of(edition: Edition) -> Text:
    """The day on which an edition was published."""
    date = dt.date.fromisoformat(edition.closed_at[:10])
    return lambda texts: day(date, texts.language)
