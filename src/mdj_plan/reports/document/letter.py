"""A letter to a unit, by what applies: a reminder (催报函), a return sent back (退回函), a matter to press (督办函)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mdj_plan.findings import Severity
from mdj_plan.reports.document.composed import Lines, composed
from mdj_plan.reports.document.facts import Facts, to_units
from mdj_plan.reports.wording import day, listed, quarter, with_quarters
from mdj_plan.text import visible

if TYPE_CHECKING:
    import datetime as dt

    from mdj_plan.assessment import Assessment
    from mdj_plan.findings import Finding
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Unit

_LISTED = 20
"""Problems that a letter names; the returned copy marks them all."""
_CAME = frozenset(("received", "late", "partial"))
_OUT = frozenset(("missing", "carried", "partial"))


def letter(a: Assessment, texts: Messages, unit: Unit) -> Lines:
    """The paragraphs of the letter to a unit."""
    return composed(a.plan, f"letter.{texts.language}.txt.j2", _Letter(a, texts, unit).all())


def kind_of(a: Assessment, unit: Unit) -> str:
    """What kind of letter a unit gets: ``press`` where it is behind or a decision is overdue, ``ask`` where a file of
    its came and is not settled, ``return`` where its return was sent back or cannot count, ``remind`` where it has not
    reported; "" where there is nothing to write.
    """
    state = next((each for each in a.units if each.unit.id == unit.id), None)
    if state is None:
        return ""
    if a.behind_of(unit.id) or _has_overdue(a, unit):
        return "press"
    if state.pending is not None:
        return "ask"
    if state.status == "returned" or unit.id in a.unusable:
        return "return"
    return "remind" if _is_silent(a, state) else ""


def _has_overdue(a: Assessment, unit: Unit) -> bool:
    return any(state.status == "overdue" and state.action.unit == unit.id for state in a.actions)


def _is_silent(a: Assessment, state: UnitState) -> bool:
    """Whether a unit says nothing of a duty, or sends no return, though the plan asks something of it."""
    silent = any(duty.unit.id == state.unit.id and duty.status == "silent" for duty in a.duties)
    return silent or (state.status in _OUT and _owes(a, state.unit))


def _owes(a: Assessment, unit: Unit) -> bool:
    """Whether the plan asks anything of a unit; none is chased that owes nothing."""
    targets = any(gap.unit is not None and gap.unit.id == unit.id for gap in a.gaps)
    return targets or any(duty.unit.id == unit.id for duty in a.duties)


class _Letter(Facts):
    """The facts of a letter; see the comment at the head of its template."""

    def __init__(self, a: Assessment, texts: Messages, unit: Unit) -> None:
        super().__init__(a, texts)
        self.whose = unit
        self.state: UnitState = next(each for each in a.units if each.unit.id == unit.id)

    @property
    def came(self) -> dt.date | None:
        """When the return came that goes back."""
        back = self.state.sent_back
        return back.received if back is not None and self.state.status == "returned" else None

    def all(self) -> dict[str, Any]:
        """Everything that the template may say."""
        a, unit = self.a, self.whose
        mine = [state for state in a.actions if state.action.unit == unit.id]
        return self.common() | {
            "kind": kind_of(a, unit),
            "unit": visible(self.texts.words(unit.name)),
            "sent": self.state.status in _CAME,
            "due": day(self.state.due, self.language),
            "missing": self._missing(),
            "pending": self._pending(),
            "returned": self._returned(),
            "unusable": unit.id in a.unusable and self.state.sent_back is None and self.state.pending is None,
            "members": self._members(),
            "late": self._lateness(),
            "silent_duties": self._silent_duties(),
            "behind": [self.gap(gap) for gap in a.behind_of(unit.id)],
            "overdue": [self.action(state) for state in mine if state.status == "overdue"],
            "soon": [self.action(state) for state in mine if state.due_soon(a.on)],
            **self._problems(),
        }

    def _problems(self) -> dict[str, Any]:
        """The gravest problems, how many more there are, and whether any is an error."""
        own = self._own()
        return {
            "errors": any(f.severity is Severity.ERROR for f in own),
            "problems": [self._problem(f) for f in own[:_LISTED]],
            "more": max(0, len(own) - _LISTED),
        }

    def _missing(self) -> bool:
        state = self.state
        return state.status in {"missing", "carried"} and state.unit.id not in self.a.unusable and state.pending is None

    def _pending(self) -> dict[str, str] | None:
        """When a file came that is not settled, and what has to be answered first; of several the last."""
        question = self.state.pending
        if question is None:
            return None
        stated = quarter(question.stated, self.language) if question.stated else ""
        return {"day": day(question.received_at.date(), self.language), "why": question.why, "stated": stated}

    def _own(self) -> list[Finding]:
        """What is wrong with the unit's returns of the period, on file or sent back; errors first."""
        unit = self.whose.id
        back = [f for each in self.a.returned if each.trial.submission.unit == unit for f in each.trial.findings]
        own = [f for f in (*(f for f in self.a.findings if f.unit == unit), *back) if to_units(f)]
        return sorted(own, key=lambda f: f.severity.rank)

    def _returned(self) -> dict[str, str] | None:
        back = self.state.sent_back
        if self.state.status != "returned" or back is None:
            return None
        return {"day": day(back.received, self.language), "n": str(back.errors or 0), "file": back.original_name or ""}

    def _members(self) -> str:
        out = [m.member for m in self.state.members if m.status in {"missing", "carried", "returned"}]
        return visible(listed(out, self.language)) if self.state.status == "partial" else ""

    def _lateness(self) -> dict[str, str] | None:
        first = self.state.first_received
        if not self.state.days_late or first is None:
            return None
        return {"day": day(first, self.language), "n": str(self.state.days_late)}

    def _silent_duties(self) -> str:
        """Duties of which a return that came says nothing; where none came that is said."""
        if self.state.status not in _CAME:
            return ""
        names = (d.duty.name for d in self.a.duties if d.unit.id == self.whose.id and d.status == "silent")
        return visible(listed(map(self.texts.words, names), self.language))

    def _problem(self, finding: Finding) -> dict[str, str | bool]:
        """A problem with the sender's own cell: of the facility, the sheet and cell, never of our folder."""
        sheet, cell = visible(finding.at.sheet or ""), finding.at.cell or ""
        key = "letter-place" if sheet and cell else "letter-place-sheet" if sheet else "letter-place-cell"
        message, facility = visible(self.texts.message(finding)), visible(finding.facility or "")
        return {
            "facility": "" if facility in message else facility,
            "cell": "!".join(filter(None, (sheet, cell))),
            "place": self.texts(key, sheet=sheet, cell=cell) if sheet or cell else "",
            "doubtful": finding.severity is not Severity.ERROR,
            "message": with_quarters(message, self.language),
            "hint": with_quarters(visible(self.texts.hint(finding)), self.language),
        }
