"""What becomes of a file that is handed in, and by what it is told from the others."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mdj_plan.archive.receipts import given
from mdj_plan.intake.given import UNSTATED, Given
from mdj_plan.names import Words
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.archive.editions import Edition
    from mdj_plan.intake.handed import Handed
    from mdj_plan.intake.submission import Submission
    from mdj_plan.plan.model import Plan
    from mdj_plan.trial import Trial

_NO_RETURN = frozenset(
    (".txt", ".md", ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".pdf", ".doc")
)
"""What lies beside returns in an inbox."""
_DISPUTED = frozenset(("L105", "L106", "L107"))
_NO_TABLE = frozenset(("F101", "L101"))


class Verdict(StrEnum):
    """What becomes of a file."""

    FILED = "filed"
    ON_FILE = "on-file"
    SUPERSEDED = "superseded"
    COPY = "copy"
    RETURNED = "returned"
    RIVAL = "rival"
    WHOSE = "whose"
    UNREADABLE = "unreadable"
    NO_RETURN = "no-return"


SETTLED = frozenset((Verdict.FILED, Verdict.ON_FILE, Verdict.COPY, Verdict.NO_RETURN))
"""Verdicts after which nothing is left to be done with the file."""


class Supplied(NamedTuple):
    """What the office knows better than the files: whose they are and for when, and when they came (None: now)."""

    given: Given = UNSTATED
    received: dt.datetime | None = None

    @property
    def noted(self) -> str | None:
        """How a receipt says so; None where nothing is supplied."""
        reporter, period = self.given
        said = {
            "unit": reporter.unit if reporter else None,
            "period": str(period) if period else None,
            "received": self.received.date().isoformat() if self.received else None,
        }
        return given(said.items())


class Read(NamedTuple):
    """A file as it was handed in, and as it was read; its `submission` has no digest where its bytes cannot be had."""

    handed: Handed
    submission: Submission

    @property
    def sha256(self) -> str:
        """The digest of its bytes; "" where they cannot be had."""
        return self.submission.sha256


class Outcome(NamedTuple):
    """What becomes of a file. `place` is where it lies or would lie, or the other file that it is the same as; `others`
    are the files for the same unit and period. `trial` is None where it was not judged, `former` that of the version
    which it would replace. `closed` is the edition in which its period is published, of one that is filed.
    """

    read: Read
    verdict: Verdict
    trial: Trial | None = None
    place: str = ""
    version: int | None = None
    others: tuple[Words, ...] = ()
    former: Trial | None = None
    closed: Edition | None = None

    @property
    def on_file(self) -> bool:
        """Whether the very file is on file already."""
        return self.verdict in {Verdict.ON_FILE, Verdict.SUPERSEDED}

    @property
    def curable(self) -> bool:
        """Whether accepting its errors would file it: a return that cannot count stays what it is."""
        return self.verdict in {Verdict.RETURNED, Verdict.SUPERSEDED} and bool(self.read.submission.readable)


def attributed(plan: Plan, s: Submission) -> bool:
    """Whether a return can be filed at all: whose it is and for which period are certain."""
    known = s.unit in plan.units and s.period is not None
    disputed = _DISPUTED & {f.code for f in s.findings if f.variant not in {"nil", "unchanged"}}
    return known and not disputed


def is_no_return(read: Read) -> bool:
    """Whether a file is none that somebody meant as a return: a note, a picture, a letter that names no unit."""
    s = read.submission
    suffix = PurePosixPath(read.handed.file).suffix.lower()
    codes = {f.code for f in s.findings}
    return not s.claims and bool(codes & _NO_TABLE) and suffix in _NO_RETURN and s.period is None


def described(read: Read) -> Words:
    """A file by what tells it from another: its name, size, time of saving and 报出日期."""
    zh: list[str] = []
    en: list[str] = []
    path = read.handed.path
    if path is not None and path.exists():
        told = path.stat()
        saved = dt.datetime.fromtimestamp(told.st_mtime).astimezone().strftime("%Y-%m-%d %H:%M")
        zh += [f"{told.st_size} 字节", f"{saved} 保存"]
        en += [f"{told.st_size} bytes", f"saved {saved}"]
    reported = next((d.day for d in read.submission.dated if d.what == "reported"), None)
    if reported is not None:
        zh.append(f"报出日期 {reported.isoformat()}")
        en.append(f"reported {reported.isoformat()}")
    return Words(f"{read.handed.shown}（{'，'.join(zh)}）", f"{read.handed.shown} ({', '.join(en)})")


def settled_all(outcomes: Sequence[Outcome]) -> bool:
    """Whether nothing is left to be done with any file; a delivery without a single return is not what was meant."""
    returns = [outcome for outcome in outcomes if outcome.verdict is not Verdict.NO_RETURN]
    return bool(returns) and all(outcome.verdict in SETTLED for outcome in returns)
