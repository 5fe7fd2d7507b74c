"""The circular's words: what moved, who is behind, late and silent, what is wrong with the returns, what comes next."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from mdj_plan.measure.counts import gravest, wholly
from mdj_plan.reports.document.annexes import LONG, SHORT, annexes, numbers
from mdj_plan.reports.document.composed import Lines, composed
from mdj_plan.reports.document.facts import Facts, to_units
from mdj_plan.reports.figures import shown
from mdj_plan.reports.happened import happened
from mdj_plan.reports.measures import unit_beside
from mdj_plan.reports.restated import restated
from mdj_plan.reports.tables.candidates import nearest
from mdj_plan.reports.tables.edition import edition_of
from mdj_plan.reports.tables.statuses import status_text, statuses
from mdj_plan.reports.tables.targets import amount_of
from mdj_plan.reports.tables.values import worded
from mdj_plan.reports.views import departments, of_scope, whose
from mdj_plan.reports.widths import cells
from mdj_plan.reports.wording import day, listed, quarter
from mdj_plan.text import visible

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from mdj_plan.archive.pending import Question
    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.actions import ActionState
    from mdj_plan.measure.candidates import Candidate
    from mdj_plan.measure.duties import DutyState
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.messages import Messages
_STAND_IN = frozenset({"carried", "returned"})
_OUT = _STAND_IN | {"missing"}
_FEW = 2
"""Figures that did not move are named where they are no more."""


def circular(a: Assessment, texts: Messages) -> Lines:
    """The paragraphs of the circular."""
    return composed(a.plan, f"circular.{texts.language}.txt.j2", _Circular(a, texts).all())


class _Circular(Facts):
    """The facts of the circular; see the comment at the head of its template."""

    def all(self) -> dict[str, Any]:
        """Everything that the template may say."""
        a = self.a
        city, listed_ = of_scope(a, "city"), list(annexes(a, self.texts))
        annex = numbers(listed_)
        return self.common() | {
            "expected": len(a.units),
            "received": a.received,
            "late_count": len(self._reporting("late")),
            "city": [self.gap(gap) for gap in city],
            "counts": self._counts(),
            "moved": self._moved(city),
            "happened": happened(a.changes, self.texts, named=not annex["changes"]),
            "revised": self.revisions(city),
            "restated": restated(a, self.texts, most=LONG),
            "edition": worded(edition_of(a), self.texts),
            "districts": self._standings("district"),
            "departments": self._standings("department"),
            "duties": self._duties(annex["departments"]),
            "silent_duties": self._silent_on_duties(),
            "late": self.states("late"),
            "silent": self._silent(),
            "returned": self._sent_back(),
            "to_mend": self.units(self._reporting("returned")),
            "pending": self._pending(),
            "unusable": self._unusable(),
            "partial": self.states("partial"),
            "carried": self.carried(),
            "carried_said": self._told_already(),
            "problems": self._problems(),
            "wrong": self._with_errors(),
            "overdue": self._decisions(state for state in a.actions if state.status == "overdue"),
            "soon": self._decisions(state for state in a.actions if state.due_soon(a.on)),
            "wanted": list(self._wanted()),
            "wanted_by": self._by_number(),
            "annexes": [title for title, _ in listed_],
            "annex": annex,
            "gravest": self._gravest_band(),
            "worst": self._worst(),
        }

    def _gravest_band(self) -> str:
        """The name of the plan's gravest band; "" where it has none."""
        bands = self.a.plan.file.bands
        return worded(status_text(bands[-1].status, bands), self.texts) if bands else ""

    def _worst(self) -> str:
        """Units in the gravest band that any is in, each with its indicators."""
        return self.by_unit(gravest(gap for gap in self.a.behind if gap.unit is not None))

    def _reporting(self, *statuses: str) -> list[str]:
        """The ids of units by how they have reported."""
        return [state.unit.id for state in self.a.units if state.status in statuses]

    def _counts(self) -> str:
        """Of the city's so many targets so many done, on schedule, behind."""
        tally, bands = self.a.statuses("city"), self.a.plan.file.bands
        said = [
            self.texts("circular-count", status=worded(status_text(status, bands), self.texts), n=tally[status])
            for status in statuses(bands)
            if tally[status]
        ]
        return listed(said, self.language)

    def _moved(self, gaps: Iterable[Gap]) -> str:
        """What the city's figures did since the quarter before: 孵化器增加2家、孵化面积减少0.3万平方米."""
        said, same = [], []
        for gap in gaps:
            change = self.a.way(None, gap.indicator.id).steps[-1].change
            if change is None:
                continue
            if change == 0:
                same.append(self.name(gap))
                continue
            amount = amount_of(gap, change if change > 0 else -change)
            n = self.texts("with-unit", n=amount.bare, unit=unit_beside(gap.indicator)).rstrip()
            said.append(self.texts("circular-more" if change > 0 else "circular-less", name=self.name(gap), n=n))
        if same and said:
            key = "circular-same" if len(same) <= _FEW else "circular-same-n"
            said.append(self.texts(key, names=listed(same, self.language), n=len(same)))
        return self.texts("circular-comma").join(said)

    def _standings(self, scope: str) -> dict[str, Any]:
        """A scope's units: the wholly done, those with nothing behind, those behind by band, those that caught up."""
        gaps = of_scope(self.a, scope)
        units = wholly(gaps)
        return {
            "n": len(units.owing),
            "known": any(gap.actual is not None for gap in gaps),
            "done": self.units(units.done),
            "on_schedule": self.units(units.on_schedule),
            "behind": self._behind(scope),
            "recovered": self.by_unit(gap for gap in self.a.recovered if gap.scope == scope),
            "unknown": self.by_unit(gap for gap in gaps if gap.actual is None),
        }

    def _behind(self, scope: str) -> list[dict[str, str]]:
        """A scope's units that are behind, by band, the gravest first."""
        bands = self.a.plan.file.bands
        found = []
        for band in reversed(bands):
            names = self.by_unit(gap for gap in self.a.behind if gap.scope == scope and gap.status == band.status)
            if names:
                found.append({"status": worded(status_text(band.status, bands), self.texts), "names": names})
        return found

    def _duties(self, annex: int) -> str:
        """What departments have done of duties without a number: 市财政局累计拨付资金610万元; of many their count."""
        states = [state for line in departments(self.a) for state in line.duties if state.status != "silent"]
        told = self.texts("circular-then").join(map(self._duty, states))
        if cells(told) <= SHORT:
            return told
        counts = Counter(state.status for state in states)
        said = (self.texts("circular-count", status=self.texts(f"duty-{status}"), n=n) for status, n in counts.items())
        return self.texts("circular-duties", counts=listed(said, self.language), annex=annex)

    def _duty(self, state: DutyState) -> str:
        name, total = visible(self.texts.words(state.duty.name)), state.progress_total
        args = {"unit": self.unit(state.unit.id), "duty": name, "status": self.texts(f"duty-{state.status}")}
        if not total:
            return self.texts("circular-duty", **args)
        return self.texts(
            "circular-duty-total",
            n=shown(total, 2),
            measure=_measure(self.texts.words(state.duty.measure) if state.duty.measure else None),
            **args,
        )

    def _problems(self) -> list[dict[str, str]]:
        """What is wrong with the returns, by kind: the gravest and most frequent first, each with whose it is."""
        by: dict[str, Counter[str]] = defaultdict(Counter)
        rank: dict[str, int] = {}
        for owner, members in whose(self.a):
            for finding in filter(to_units, members):
                name = visible(finding.at.file or "") if isinstance(owner, str) else self.unit(owner.id)
                by[finding.code][name] += 1
                rank[finding.code] = min(finding.severity.rank, rank.get(finding.code, 9))
        codes = sorted(by, key=lambda code: (rank[code], -by[code].total()))
        return [{"kind": self.texts.about(code, "title"), "names": self._tallied(by[code])} for code in codes]

    def _tallied(self, names: Counter[str]) -> str:
        said = (self.texts("circular-times", title=name, n=n) if n > 1 else name for name, n in names.items())
        return listed(said, self.language)

    def _silent(self) -> str:
        """Units from which nothing came."""
        pending = {s.unit.id for s in self.a.units if s.pending is not None} | self.a.unusable
        return self.units(unit for unit in self._reporting("missing", "carried") if unit not in pending)

    def _told_already(self) -> bool:
        """Whether exactly those units are carried that are told as silent, sent back or unusable: no need to repeat."""
        carried = [s for s in self.a.units if s.return_period not in {None, self.a.period} and s.status in _STAND_IN]
        out = [s for s in self.a.units if s.status in _OUT]
        return len({s.return_period for s in carried}) == 1 and carried == out

    def _silent_on_duties(self) -> str:
        """Units whose return says nothing of a duty; who has sent none is told as such, and once."""
        sent = self._reporting("received", "late", "partial")
        silent = (d.unit.id for d in self.a.duties if d.status == "silent" and d.unit.id in sent)
        return self.units(silent)

    def _sent_back(self) -> str:
        """Whose returns were sent back, by the day: 2018年10月10日退回阳明区（3处错误）、爱民区（1处错误）."""
        by: dict[dt.date, list[str]] = defaultdict(list)
        for state in self.a.units:
            if state.status == "returned" and (back := state.sent_back) is not None:
                errors = self.texts("circular-errors", n=back.errors or 0)
                by[back.received].append(self.noted(self.unit(state.unit.id), errors))
        told = (
            self.texts("circular-sent-back-on", day=day(on, self.language), names=listed(names, self.language))
            for on, names in sorted(by.items())
        )
        return self.texts("circular-then").join(told)

    def _pending(self) -> str:
        """Units whose files came and are not settled, each with what has to be answered first."""
        asked = ((s.unit.id, s.pending) for s in self.a.units if s.pending is not None)
        return listed((self.noted(self.unit(unit), self._why(each)) for unit, each in asked), self.language)

    def _why(self, question: Question) -> str:
        stated = quarter(question.stated, self.language) if question.stated else ""
        return self.texts(f"tally-why-{question.why}", period=stated)

    def _unusable(self) -> str:
        """Units whose file came and cannot count; those whose return was sent back are named by themselves."""
        states = (s for s in self.a.units if s.status != "returned" and s.pending is None)
        return self.units(s.unit.id for s in states if s.unit.id in self.a.unusable)

    def _with_errors(self) -> str:
        units = {f.unit: None for f in self.a.findings if to_units(f) and f.severity == "error" and f.unit}
        return self.units(units)

    def _decisions(self, states: Iterable[ActionState]) -> list[dict[str, str]]:
        """Decisions of the joint meeting, each once, with the units that owe it."""
        by: dict[str, list[ActionState]] = defaultdict(list)
        for state in states:
            by[state.action.id].append(state)
        return [
            self.action(owed[0]) | {"unit": listed((self.unit(s.action.unit) for s in owed), self.language)}
            for owed in by.values()
        ]

    def _wanted(self) -> Iterator[dict[str, str]]:
        """For each title still wanted the nearest candidates: 还差1个：示例春雨创业孵化器（5条未具备）."""
        for state, rows in nearest(self.a):
            title = _VERSION.sub("", visible(self.texts.words(state.criteria.name)))
            yield {"title": title, "n": str(state.wanted), "names": self._nearest(rows)}

    def _by_number(self) -> list[dict[str, str]]:
        """The titles of which equally many are wanted together: 国家级孵化器、国家级专业孵化器 1."""
        by: dict[str, list[str]] = defaultdict(list)
        for each in self._wanted():
            by[each["n"]].append(each["title"])
        return [
            {"n": n, "titles": listed(titles, self.language), "each": "each" if len(titles) > 1 else ""}
            for n, titles in by.items()
        ]

    def _nearest(self, rows: Iterable[Candidate]) -> str:
        """Candidates in their order, those together who lack, and leave blank, equally much."""
        by: dict[tuple[int, int], list[str]] = defaultdict(list)
        for row in rows:
            by[row.count("lacking"), row.count("unknown")].append(visible(row.facility.values.name or ""))
        return listed((self._lacking(*short, names) for short, names in by.items()), self.language)

    def _lacking(self, lacking: int, unknown: int, names: list[str]) -> str:
        each = "" if len(names) == 1 else "-each"
        counts = (("circular-lacking", lacking), ("circular-unstated", unknown))
        notes = [self.texts(f"{key}{each}", n=n) for key, n in counts if n]
        return self.noted(listed(names, self.language), self.texts("circular-comma").join(notes))


_VERSION = re.compile(r"\s*[（(][^（）()]*[）)]$")
"""The year of a set of criteria, in brackets behind its name: in a circular the title itself is meant."""


def _measure(measure: str | None) -> str:
    """The unit of a duty's figure: what stands in the last brackets of its measure, else the whole of it; one that
    begins with a number reads × 10,000 yuan.
    """
    text = (measure or "").rstrip("）) ")
    unit = text[max(text.rfind("（"), text.rfind("(")) + 1 :] if measure and text != measure else measure or ""
    return f"× {unit}" if unit[:1].isdecimal() else unit
