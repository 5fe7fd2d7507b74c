"""What circular and letters may say, worded: figures with their units, days and quarters as they are written in office.

Nothing in it is markup or code: names are made visible, and templates only put the pieces in order.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from mdj_plan.findings import Severity
from mdj_plan.measure.reporting import reply_day
from mdj_plan.reports.figures import shown_fixed
from mdj_plan.reports.measures import unit_beside
from mdj_plan.reports.rates import rates
from mdj_plan.reports.tables.revised import revised
from mdj_plan.reports.tables.targets import target_rows
from mdj_plan.reports.tables.values import Amount, told, worded
from mdj_plan.reports.views import NOTHING_TO_MEND
from mdj_plan.reports.wording import day, listed, month, quarter, with_quarters
from mdj_plan.text import visible

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from mdj_plan.assessment import Assessment
    from mdj_plan.findings import Finding
    from mdj_plan.measure.actions import ActionState
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.messages import Messages


class Facts:
    """Pieces of an assessment in the words of one language."""

    def __init__(self, a: Assessment, texts: Messages) -> None:
        self.a, self.texts, self.language = a, texts, texts.language
        self._rows = dict(zip(map(id, a.gaps), target_rows(a, a.gaps), strict=True))

    @property
    def came(self) -> dt.date | None:
        """When the return came to which a paper is the answer."""
        return None

    def common(self) -> dict[str, Any]:
        """What every paper may say: the plan, the period, the office, until when to reply."""
        head, office = self.a.plan.file.plan, self.a.plan.file.office
        reply = reply_day(self.a.plan, self.a.period, self.came)
        return {
            "plan": {"title": visible(self.texts.words(head.title)), "document": visible(head.document or "")},
            "period": quarter(self.a.period, self.language),
            "as_of": month(self.a.as_of, self.language),
            "due_days": self.a.plan.file.due_days,
            "office": visible(self.texts.words(office.name)) if office.name else self.texts("the-office"),
            "the_office": self._the_office(),
            "contact": visible(self.texts("circular-comma").join(filter(None, (office.contact, office.phone)))),
            "signer": visible(office.signer or ""),
            "blank_day": self.texts("blank-day"),
            "reply_by": day(reply, self.language) if reply else self.texts("blank-day"),
            "by": self.texts("letter-by", day=day(reply, self.language)) if reply else self.texts("letter-soon"),
            "on": day(self.a.on, self.language),
        }

    def _the_office(self) -> str:
        """The office within an English sentence: the Office of the Joint Meeting."""
        office = self.a.plan.file.office
        name = visible(self.texts.words(office.name)) if office.name else self.texts("the-office")
        return name if name.casefold().startswith("the ") else f"the {name}"

    def gap(self, gap: Gap) -> dict[str, Any]:
        """A target: its name and figures with their units, how far from the schedule, what its figure holds."""
        row, since, known = self._rows[id(gap)], self.since(gap), gap.actual is not None
        return {
            "name": self.name(gap),
            "target": self.amount(gap, "target"),
            "actual": self.amount(gap, "actual"),
            "known": known,
            "rate": told(row["attainment"], self.texts),
            "schedule": told(row["schedule_rate"], self.texts) if "schedule_rate" in row else "",
            "standing": self._standing(gap),
            "status": told(row["status"], self.texts),
            "since": since,
            "incomplete": known and gap.incomplete,
            "needed": self.amount(gap, "needed_per_quarter") if gap.needed_per_quarter else "",
            "due": quarter(gap.target.due, self.language),
            "revised": self._revised(gap),
        }

    def revisions(self, gaps: Iterable[Gap]) -> list[str]:
        """What the targets of some figures were before, where they are others now."""
        told = ((self.name(gap), self._revised(gap)) for gap in gaps)
        return [self.texts("circular-revised", name=name, revision=text) for name, text in told if text]

    def _revised(self, gap: Gap) -> str:
        return with_quarters(visible(worded(revised(gap) or "", self.texts)), self.language)

    def name(self, gap: Gap) -> str:
        """The indicator's name."""
        return visible(self.texts.words(gap.indicator.name))

    def unit(self, unit: str) -> str:
        """A unit's name."""
        return visible(self.texts.words(self.a.plan.units[unit].name))

    def units(self, units: Iterable[str]) -> str:
        """Units by name in a row."""
        return listed(map(self.unit, units), self.language)

    def since(self, gap: Gap) -> str:
        """The period whose return stands in a unit's figure, in words; "" where it is this period's own."""
        state = next((each for each in self.a.units if each.unit.id == gap.target.unit), None)
        if state is None or gap.indicator.flow or state.return_period in {None, self.a.period}:
            return ""
        return quarter(state.return_period, self.language) if state.return_period else ""

    def amount(self, gap: Gap, key: str) -> str:
        """A figure with its unit, beside the indicator's name: 24家, 17.99万平方米, 24."""
        amount = self._rows[id(gap)][key]
        if not isinstance(amount, Amount) or amount.value is None:
            return "—"
        figure = told(amount._replace(marks=""), self.texts)
        return self.texts("with-unit", n=figure, unit=unit_beside(gap.indicator)).rstrip()

    def _standing(self, gap: Gap) -> str:
        """How far from the schedule, in points as the tables show them."""
        shown = rates(gap, self.a.plan.file.bands)
        if not gap.lag_points or shown.difference is None:
            return self.texts("circular-even")
        points = shown_fixed(abs(shown.difference), shown.places)
        if gap.within_one:
            return self.texts("circular-within", points=points, unit=unit_beside(gap.indicator)).rstrip()
        return self.texts("circular-ahead" if gap.lag_points < 0 else "circular-behind", points=points)

    def by_unit(self, gaps: Iterable[Gap]) -> str:
        """Units in the order of the gaps, each with its indicators: 东安区（孵化器、众创空间）、…."""
        found: dict[str, list[str]] = defaultdict(list)
        for gap in gaps:
            if gap.unit is not None:
                found[gap.unit.id].append(self.name(gap))
        named = (self.noted(self.unit(unit), listed(names, self.language)) for unit, names in found.items())
        return listed(named, self.language)

    def noted(self, name: str, note: str) -> str:
        """A name with what must be known of it in brackets."""
        return self.texts("circular-noted", name=name, notes=note) if note else name

    def states(self, *statuses: str) -> str:
        """Units by how they reported, each with what must be known of it."""
        return visible(listed((self._state(s) for s in self.a.units if s.status in statuses), self.language))

    def _state(self, state: UnitState) -> str:
        notes = []
        if state.unit.id in self.a.unusable:
            notes.append(self.texts("circular-came-unusable"))
        if state.status == "partial":
            notes.append(self.texts("circular-lacks", members=listed(state.out, self.language)))
        if state.days_late:
            notes.append(self.texts("circular-days-late", days=state.days_late))
        return self.noted(self.texts.words(state.unit.name), self.texts("circular-comma").join(notes))

    def carried(self) -> list[dict[str, str | int]]:
        """The periods whose returns are carried, the latest first: how many units, and which."""
        found: dict[Any, list[str]] = defaultdict(list)
        for state in self.a.units:
            if state.return_period not in {None, self.a.period} and state.status in {"carried", "returned"}:
                found[state.return_period].append(self.unit(state.unit.id))
        return [
            {"period": quarter(period, self.language), "n": len(units), "names": listed(units, self.language)}
            for period, units in sorted(found.items(), reverse=True)
        ]

    def action(self, state: ActionState) -> dict[str, str]:
        """A decision of the joint meeting."""
        action = state.action
        return {
            "id": visible(action.id),
            "unit": self.unit(action.unit),
            "text": visible(action.text),
            "meeting": day(action.meeting, self.language) if action.meeting else "",
            "due": day(action.due, self.language),
            "days": str(state.days_overdue or ""),
            "progress": visible(action.progress or ""),
        }


def to_units(finding: Finding) -> bool:
    """Whether a finding is told to the units: not notes, nor the plan's, nor lateness, which is said by itself, nor
    what the office has accepted, or must look into in its own archive (S108), nor that a correction came after closing.
    """
    aside = finding.code[0] == "P" or finding.code in NOTHING_TO_MEND
    grave = finding.severity is not Severity.NOTE and finding.accepted is None
    return bool(finding.at.file) and grave and not aside
