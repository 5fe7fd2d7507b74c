"""Texts composed from an assessment by templates that the office can edit: circular and letters.

A template of the same name in a `templates` folder of the plan's project goes before the built-in one. Templates run
in Jinja2's sandbox and know only what is handed to them; asking for anything else is an error with its place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from importlib import resources
from typing import TYPE_CHECKING, Any

from mdj_plan.findings import Severity
from mdj_plan.reports.figures import shown_fixed
from mdj_plan.reports.measures import unit_of
from mdj_plan.reports.rates import rates
from mdj_plan.reports.tables.statuses import status_text
from mdj_plan.reports.tables.targets import target_rows
from mdj_plan.reports.tables.values import Amount, told, worded
from mdj_plan.reports.views import behind as behind_gaps
from mdj_plan.reports.views import (
    count_word,
    departments,
    of_scope,
    recovered,
    source_cell,
    stale,
    whose,
    within_one,
)
from mdj_plan.reports.wording import listed, quarter
from mdj_plan.run import UsageError
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.assess import Assessment
    from mdj_plan.findings import Finding
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan, Unit

_LISTED = 20
"""Problems that a letter names; the returned copy marks them all."""
Lines = list[tuple[str, str]]
"""Paragraphs with their mark: title, heading1, heading2, plain (no indent) or body."""
_MARKS = (("### ", "heading2"), ("## ", "heading1"), ("# ", "title"), ("> ", "plain"))


def circular(a: Assessment, texts: Messages) -> Lines:
    """The paragraphs of the circular."""
    return _composed(a.plan, f"circular.{texts.language}.txt.j2", _Facts(a, texts).circular())


def letter(a: Assessment, texts: Messages, unit: Unit) -> Lines:
    """The paragraphs of the letter to a unit."""
    return _composed(a.plan, f"letter.{texts.language}.txt.j2", _Facts(a, texts).letter(unit))


def addressees(a: Assessment) -> list[Unit]:
    """The units that are behind or silent, in the plan's order."""
    late = {gap.unit.id for gap in behind_gaps(a) if gap.unit is not None}
    late |= {state.unit.id for state in a.units if state.status in {"missing", "carried", "partial", "returned"}}
    late |= {state.unit.id for state in a.duties if state.status == "silent"}
    return [unit for unit in a.plan.participants if unit.id in late]


def _composed(plan: Plan, name: str, facts: dict[str, Any]) -> Lines:
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import SandboxedEnvironment

    source, where = _source(plan, name)
    options: dict[str, Any] = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    environment = SandboxedEnvironment(autoescape=False, **options)
    try:
        text = environment.from_string(source).render(**facts)
    except TemplateSyntaxError as error:
        raise UsageError("template-wrong", path=where, line=str(error.lineno), reason=str(error.message)) from None
    except (TemplateError, TypeError, ArithmeticError) as error:
        raise UsageError("template-wrong", path=where, line="?", reason=str(error)) from None
    return [_marked(line.strip()) for line in text.splitlines() if line.strip()]


def _source(plan: Plan, name: str) -> tuple[str, str]:
    for folder in (plan.path.parent / "templates", plan.path.parent.parent / "templates"):
        path = folder / name
        if path.is_file():
            return path.read_text("utf-8-sig"), str(path)
    return (resources.files("mdj_plan.reports") / "templates" / name).read_text("utf-8"), name


def _marked(line: str) -> tuple[str, str]:
    for mark, kind in _MARKS:
        if line.startswith(mark):
            return kind, line.removeprefix(mark).strip()
    return "body", line


class _Facts:
    """What templates may say, worded; nothing in it is markup or code."""

    def __init__(self, a: Assessment, texts: Messages) -> None:
        self.a, self.texts, self.unusable = a, texts, a.unusable
        self.rows = dict(zip(map(id, a.gaps), target_rows(a, a.gaps), strict=True))
        head = a.plan.file.plan
        self.common = {
            "plan": {"title": visible(texts.words(head.title)), "document": visible(head.document or "")},
            "period": quarter(a.period, texts.language),
            "as_of": self._month(),
            "due_days": a.plan.file.due_days,
        }

    def _month(self) -> str:
        month = self.a.as_of
        return f"{month.year}年{month.month}月" if self.texts.language == "zh" else str(month)

    def circular(self) -> dict[str, Any]:
        """The circular's facts; see the comment at the head of its template."""
        a, texts = self.a, self.texts
        return self.common | {
            "expected": len(a.units),
            "received": a.received,
            "city": [self._gap(gap) for gap in of_scope(a, "city")],
            "districts": self._districts(),
            "departments": [self._department(line) for line in departments(a) if line.gaps or line.duties],
            "behind": self._behind(),
            "recovered": self._names(gap for gap in recovered(a) if gap.unit is not None),
            "late": self._states("late"),
            "silent": self._states("missing"),
            "carried": self._states("carried", "partial", "returned"),
            "duties": listed((texts.words(d.unit.name) for d in a.duties if d.status == "silent"), texts.language),
            "findings": self._findings(),
        }

    def letter(self, unit: Unit) -> dict[str, Any]:
        """A letter's facts."""
        a, texts = self.a, self.texts
        state = next(each for each in a.units if each.unit.id == unit.id)
        own = [f for f in a.findings if f.unit == unit.id and _told(f)]
        silent = self._silence(state)
        return self.common | {
            "unit": visible(texts.words(unit.name)),
            "sent": state.status in {"received", "late", "partial"},
            "late": self._lateness(state),
            "silent": silent,
            "again": bool(silent or own),
            "behind": [self._gap(gap) for gap in behind_gaps(a) if gap.unit is not None and gap.unit.id == unit.id],
            "problems": [
                {
                    "where": visible(source_cell(f.at.file, f.at.sheet, f.at.cell)),
                    "message": visible(texts.message(f)),
                    "hint": visible(texts.hint(f)),
                }
                for f in own[:_LISTED]
            ],
            "more": max(0, len(own) - _LISTED),
        }

    def _silence(self, state: UnitState) -> str:
        texts, parts = self.texts, []
        out = [member.member for member in state.members if member.status in {"missing", "carried", "returned"}]
        args = {"period": quarter(self.a.period, texts.language), "due": state.due.isoformat()}
        if state.unit.id in self.unusable:
            parts.append(texts("circular-unusable", **args))
        elif state.status == "partial":
            parts.append(texts("circular-members-out", members=listed(out, texts.language), **args))
        elif state.status == "returned" and state.sent_back is not None:
            parts.append(texts("circular-returned", **args, **state.sent_back.told))
        elif state.status in {"missing", "carried"}:
            parts.append(texts("circular-no-return", **args))
        silent = [texts.words(d.duty.name) for d in self.a.duties if d.unit is state.unit and d.status == "silent"]
        if silent:
            parts.append(texts("circular-no-duty", duties=listed(silent, texts.language)))
        return "".join(parts)

    def _lateness(self, state: UnitState) -> str:
        """That the unit's return was late, told to the unit; "" where it was not or its day is not one day."""
        if not state.days_late or state.first_received is None:
            return ""
        days = state.days_late
        period = quarter(self.a.period, self.texts.language)
        return self.texts("circular-was-late", period=period, received=state.first_received.isoformat(), days=days)

    def _since(self, unit: str | None) -> str:
        """The period whose return is carried for a unit as a whole, in words."""
        state = next((each for each in self.a.units if each.unit.id == unit and each.status == "carried"), None)
        return quarter(state.return_period, self.texts.language) if state and state.return_period else ""

    def _gap(self, gap: Gap) -> dict[str, Any]:
        texts, row = self.texts, self.rows[id(gap)]
        since = stale(self.a, gap)
        known = gap.actual is not None
        return {
            "name": visible(texts.words(gap.indicator.name)),
            "target": self._amount(gap, "target"),
            "actual": self._amount(gap, "actual"),
            "known": known,
            "rate": told(row["attainment"], texts),
            "standing": self._standing(gap),
            "status": told(row["status"], texts),
            "carried": known and since.carried,
            "since": self._since(gap.target.unit),
            "missing": known and since.missing,
            "incomplete": known and gap.incomplete,
            "needed": self._amount(gap, "needed_per_quarter") if gap.needed_per_quarter else "",
        }

    def _amount(self, gap: Gap, key: str) -> str:
        """A figure with its unit: 24家, 17.99万平方米."""
        amount = self.rows[id(gap)][key]
        if not isinstance(amount, Amount) or amount.value is None:
            return "—"
        return self.texts("with-unit", n=told(amount._replace(marks=""), self.texts), unit=unit_of(gap.indicator))

    def _standing(self, gap: Gap) -> str:
        """How far from the schedule, in points as the tables show them."""
        texts, shown = self.texts, rates(gap, self.a.plan.file.bands)
        if not gap.lag_points or shown.difference is None:
            return texts("circular-even")
        points = shown_fixed(abs(shown.difference), shown.places)
        if within_one(gap):
            return texts("circular-within", points=points, unit=unit_of(gap.indicator))
        return texts("circular-ahead" if gap.lag_points < 0 else "circular-behind", points=points)

    def _districts(self) -> list[dict[str, Any]]:
        gaps: dict[str, list[Gap]] = defaultdict(list)
        for gap in of_scope(self.a, "district"):
            gaps[gap.unit.id if gap.unit else ""].append(gap)
        return [
            {
                "name": visible(self.texts.words(self.a.plan.units[unit].name)),
                "gaps": [self._gap(gap) for gap in own],
                "carried": self._since(unit),
            }
            for unit, own in gaps.items()
        ]

    def _department(self, line: Any) -> dict[str, Any]:
        texts = self.texts
        duties = []
        for state in line.duties:
            total = "" if state.progress_total is None else str(state.progress_total.normalize().to_eng_string())
            measure = f"（{state.duty.measure}）" if total and state.duty.measure else ""
            duties.append(
                {
                    "name": visible(texts.words(state.duty.name)),
                    "status": texts(f"duty-{state.status}"),
                    "total": visible(total + measure),
                }
            )
        return {
            "name": visible(texts.words(line.unit.name)),
            "gaps": [self._gap(gap) for gap in line.gaps],
            "duties": duties,
        }

    def _behind(self) -> list[dict[str, str]]:
        """Those in the plan's bands by name, gravest band first."""
        bands = self.a.plan.file.bands
        found = []
        for band in reversed(bands):
            names = self._names(g for g in behind_gaps(self.a) if g.status == band.status and g.unit is not None)
            if names:
                found.append({"status": worded(status_text(band.status, bands), self.texts), "names": names})
        return found

    def _names(self, gaps: Iterable[Gap]) -> str:
        texts = self.texts
        named = (f"{texts.words(g.unit.name)}（{texts.words(g.indicator.name)}）" for g in gaps if g.unit is not None)
        return visible(listed(named, texts.language))

    def _states(self, *statuses: str) -> str:
        """Units by how they reported, each with what must be known of it."""
        named = (self._state(state) for state in self.a.units if state.status in statuses)
        return visible(listed(named, self.texts.language))

    def _state(self, state: UnitState) -> str:
        texts, notes = self.texts, []
        if state.unit.id in self.unusable:
            notes.append(texts("circular-came-unusable"))
        if state.status == "returned" and state.sent_back is not None:
            notes.append(texts("returned-since", **state.sent_back.told))
        elif state.status == "carried":
            notes.append(texts("circular-since", period=self._since(state.unit.id)))
        elif state.status == "partial":
            notes.append(texts("submission-partial"))
        elif state.days_late:
            notes.append(texts("circular-days-late", days=state.days_late))
        name = texts.words(state.unit.name)
        return texts("circular-noted", name=name, notes=texts("circular-comma").join(notes)) if notes else name

    def _findings(self) -> list[dict[str, str]]:
        """What is wrong with each unit's returns, in the plan's order; files of nobody known by their name."""
        texts, language = self.texts, self.texts.language
        by: dict[str, list[Finding]] = {}
        for owner, members in whose(self.a):
            for finding in filter(_told, members):
                who = finding.at.file or "" if isinstance(owner, str) else texts.words(owner.name)
                by.setdefault(who, []).append(finding)
        found = []
        for who, own in by.items():
            tally = Counter(finding.severity for finding in own)
            counts = [count_word(texts, severity, tally[severity]) for severity in Severity if tally[severity]]
            codes = Counter(f.code for f in sorted(own, key=lambda f: f.severity.rank))
            problems = [self._problem(code, times) for code, times in codes.items()]
            said = {"counts": listed(counts, language), "problems": listed(problems, language)}
            found.append({"unit": visible(who)} | said)
        return found

    def _problem(self, code: str, times: int) -> str:
        title = self.texts.about(code, "title")
        return title if times == 1 else self.texts("circular-times", title=title, n=times)


def _told(finding: Finding) -> bool:
    """Whether a finding is told to the units: not notes, nor the plan's, nor lateness, which is said by itself, nor
    what the office has accepted, or must look into in its own archive (S108).
    """
    aside = finding.code[0] == "P" or finding.code in {"S102", "S108"}
    told = finding.severity is not Severity.NOTE and finding.accepted is None
    return bool(finding.at.file) and told and not aside
