"""A return to be sent back: to whom, for the how manieth time, until when it is wanted again; the line that says so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.measure.reporting import reply_day
from mdj_plan.reports.files import named_file
from mdj_plan.reports.views import NOTHING_TO_MEND
from mdj_plan.reports.wording import day, listed, quarter
from mdj_plan.text import visible

if TYPE_CHECKING:
    import datetime as dt

    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan
    from mdj_plan.trial import Trial


@dataclass(frozen=True)
class Back:
    """A return that goes back. `file` is the name under which it came; `number` counts how often the office has sent it
    back with this time, 1 for the first.
    """

    plan: Plan
    trial: Trial
    file: str
    number: int = 1

    def whose(self, texts: Messages) -> str:
        """``东安区2018年第三季度``, as far as it is known."""
        s = self.trial.submission
        unit = self.plan.units.get(s.unit or "")
        name = s.member or (texts.words(unit.name) if unit else "")
        period = quarter(s.period, texts.language) if s.period else ""
        space = "" if texts.language == "zh" else " "
        return visible(space.join(filter(None, (name, period))))

    def stem(self, texts: Messages) -> str:
        """``东安区_2018Q3``, with which names of its copies begin; the file's own name where it is not known whose."""
        s = self.trial.submission
        unit = self.plan.units.get(s.unit or "")
        called = named_file(s.member or (texts.words(unit.name) if unit else ""))
        return f"{called}_{s.period}" if called and s.period else named_file(PurePosixPath(self.file).stem) or "return"

    def name(self, texts: Messages, number: int) -> str:
        """``东安区_2018Q3_退回``, without a suffix."""
        again = "returned-suffix" if number < 2 else "returned-suffix-again"
        return f"{self.stem(texts)}_{texts(again, n=number)}"

    @property
    def wanted(self) -> dt.date | None:
        """Until when it is wanted again; None where the plan gives no days to reply, or the period is not known."""
        s = self.trial.submission
        return None if s.period is None else reply_day(self.plan, s.period, s.received)

    def asks(self, texts: Messages, *, unread: bool = False) -> str:
        """``请于2018年10月20日前改正后重报市科技局（联系人…）``; of warnings to look into them, else nothing."""
        if not self.asks_anything:
            return texts("returned-asks-nothing")
        office = self.plan.file.office
        whom = visible(texts.words(office.name)) if office.name else texts("the-office")
        named = visible(texts("circular-comma").join(filter(None, (office.contact, office.phone))))
        by = texts("returned-by", day=day(self.wanted, texts.language)) if self.wanted else texts("returned-soon")
        key = "returned-asks" if self.trial.count(Severity.ERROR) else "returned-asks-to-check"
        key = "returned-asks-again" if unread else key
        return texts(key, by=by, office=whom + (texts("blank-contact", contact=named) if named else ""))

    @property
    def asks_anything(self) -> bool:
        """Whether there is anything that the sender can mend, or look into."""
        grave = (each for each in self.trial.open if each.severity is not Severity.NOTE)
        return any(each.code not in NOTHING_TO_MEND for each in grave)

    def counts(self, texts: Messages) -> str:
        """``3处错误、1处警告``; notes ask for nothing and are left out."""
        open_ = ((each, self.trial.count(each)) for each in (Severity.ERROR, Severity.WARNING))
        return listed((texts(f"returned-{each.value}", n=n) for each, n in open_ if n), texts.language)

    def message(self, texts: Messages, copy: str, *, unread: bool) -> str:
        """One line to be pasted into a message to the sender; of a file that could not be read it says why."""
        s, what = self.trial.submission, texts("returned-file", file=visible(PurePosixPath(self.file).name))
        if s.unit and s.period:
            what = texts("returned-whose", whose=self.whose(texts))
        if unread:
            first = self.trial.open[0]
            why = texts.message(first) + texts("sentence-gap") + texts.hint(first)
            return texts("returned-message-unread", what=what, why=visible(why), asks=self.asks(texts, unread=True))
        return texts("returned-message", what=what, copy=copy, counts=self.counts(texts), asks=self.asks(texts))


def is_due_back(trial: Trial) -> bool:
    """Whether anything is wrong or doubtful. Notes alone are no reason to send a return back; nor is it that another
    one came, which the office asks about first (S103).
    """
    return any(finding.severity is not Severity.NOTE and finding.code != "S103" for finding in trial.open)
