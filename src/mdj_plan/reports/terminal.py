"""The monthly run on a terminal, 80 or 120 wide, or piped: who has reported, how far everybody is, what is wrong."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.reports.figures import Figure, percent, shown, shown_fixed
from mdj_plan.reports.lines import bar
from mdj_plan.reports.screen import Column, Part, Screen, Styled, open_screen, style_of
from mdj_plan.reports.views import (
    alike,
    by_file,
    departments,
    kind_name,
    matrix,
    of_scope,
    places,
    status_colour,
    status_name,
    status_word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.messages import Messages
    from mdj_plan.reports.views import Alike

_WIDE = 110
"""Cells from which a screen has room for the long form of a table."""
_SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "bright_black"}
_MOST_LINES = 12
"""Lines of one return's findings on the screen; the rest are counted."""


def show_check(
    assessment: Assessment, texts: Messages, *, by_indicator: bool = False, units: frozenset[str] | None = None
) -> None:
    """Print the monthly run to the standard output; `units` keeps only those units' rows."""
    report = _Report(assessment, open_screen(texts), units)
    report.heading()
    report.reporting()
    if units is None:
        report.city()
    if by_indicator:
        report.by_indicator()
    else:
        report.districts()
        report.departments()
    report.overlaps()
    report.findings()
    report.next_steps()


class _Report:
    """One run shown on one screen, section by section."""

    def __init__(self, assessment: Assessment, screen: Screen, units: frozenset[str] | None) -> None:
        self.a, self.screen, self.units = assessment, screen, units
        self.texts = screen.texts
        self.bands = assessment.plan.file.bands

    def _kept(self, unit: str | None) -> bool:
        return self.units is None or unit in self.units

    def heading(self) -> None:
        """Plan, period, as-of, returns received of expected, findings by severity."""
        head, texts = self.a.plan.file.plan, self.texts
        self.screen.line((texts.words(head.title.words), "bold"))
        period, as_of = str(self.a.period), str(self.a.as_of)
        document = head.document or ""
        self.screen.line(texts("screen-head", document=document, period=period, as_of=as_of))
        counts: list[Part] = [
            texts("screen-returns", received=self.a.received, expected=len(self.a.units)),
            "   ",
        ]
        for severity in Severity:
            n = sum(f.severity is severity and self._kept(f.unit) for f in self.a.findings)
            style = _SEVERITY_STYLES[severity] if n else ""
            counts += [(texts(f"count-{severity.value}", n=n), style), "  "]
        self.screen.line(*counts)

    def reporting(self) -> None:
        """Who is missing, carried, in part or late; one line each kind, by name."""
        texts = self.texts
        kept = [state for state in self.a.units if self._kept(state.unit.id)]
        for status, style in (
            ("missing", "bold red"),
            ("carried", "bold red"),
            ("partial", "yellow"),
            ("late", "yellow"),
        ):
            names = [self._told(state) for state in kept if state.status == status]
            if names:
                self.screen.line((texts(f"submission-{status}"), style), "  ", "、".join(names), hanging=6)
        if all(state.status in {"received", "late"} for state in kept):
            self.screen.line(texts("screen-all-in"))

    def _told(self, state: UnitState) -> str:
        name = self.texts.words(state.unit.words)
        if state.status == "late":
            received = [each for each in (state.received, *(m.received for m in state.members)) if each is not None]
            days = max((each - state.due).days for each in received)
            return self.texts("screen-late", unit=name, days=days)
        if state.status == "carried":
            return self.texts("screen-carried", unit=name, period=str(state.return_period))
        if state.status == "partial":
            out = [m.member for m in state.members if m.status not in {"received", "late"}]
            return f"{name}（{'、'.join(out)}）"
        return name

    def city(self) -> None:
        """The city's targets: bar with the schedule's mark, figures, status, outlook."""
        self.screen.heading(self.texts("screen-city"))
        self._figures(of_scope(self.a, "city"), first=self.texts("screen-indicator"))
        self.screen.line(self.texts("screen-legend", mark=self.screen.bar_glyphs[2]))
        self._footnotes(of_scope(self.a, "city"))

    def _figures(self, gaps: Sequence[Gap], *, first: str, by_unit: bool = False) -> None:
        texts, wide = self.texts, self.screen.width >= _WIDE
        columns = [
            Column(first, "left", 10),
            Column(texts("screen-bar")),
            Column(texts("screen-actual-target"), "right"),
        ]
        columns.append(Column(texts("screen-attainment"), "right"))
        if wide:
            columns += [Column(texts("screen-schedule"), "right"), Column(texts("screen-lag"), "right")]
        columns.append(Column(texts("screen-status"), "left", 8))
        columns.append(Column(texts("screen-needed"), "right"))
        if wide:
            columns.append(Column(texts("screen-forecast"), "right"))
        self.screen.table(columns, [self._figure(gap, wide=wide, by_unit=by_unit) for gap in gaps])

    def _figure(self, gap: Gap, *, wide: bool, by_unit: bool) -> list[Part]:
        name = self.texts.words(gap.unit.words if by_unit and gap.unit else gap.indicator.words)
        at = Fraction(gap.schedule) / Fraction(gap.target.value)
        row: list[Part] = [name, bar(gap.attainment, at, 16 if wide else 10, self.screen.bar_glyphs)]
        row += [f"{self._actual(gap)}/{self._number(gap, gap.target.value)}", percent(gap.attainment)]
        if wide:
            row += [self._number(gap, gap.schedule, 1), shown_fixed(gap.lag_points)]
        row.append(self._status(gap))
        row.append(self._number(gap, gap.needed_per_quarter, 1))
        if wide:
            row.append(self._number(gap, gap.forecast, 1))
        return row

    def _number(self, gap: Gap, figure: Figure | None, extra: int = 0) -> str:
        return shown(figure, max(places(gap.indicator), extra))

    def _actual(self, gap: Gap) -> str:
        marks = ("*" if gap.incomplete else "") + ("°" if gap.reporting in {"carried", "partial"} else "")
        return self._number(gap, gap.actual) + (marks if gap.actual is not None else "")

    def _status(self, gap: Gap) -> Styled:
        return status_word(gap, self.a, self.texts), style_of(status_colour(gap, self.a))

    def _footnotes(self, gaps: Iterable[Gap]) -> None:
        gaps = list(gaps)
        if any(gap.incomplete and gap.actual is not None for gap in gaps):
            self.screen.line(self.texts("screen-incomplete"))
        if any(gap.reporting in {"carried", "partial"} and gap.actual is not None for gap in gaps):
            self.screen.line(self.texts("screen-not-fresh"))

    def districts(self) -> None:
        """Units down, indicators across: actual/target and the status in words, so many side by side as fit."""
        grid = matrix(self.a, "district", self.units)
        if not grid.units:
            return
        self.screen.heading(self.texts("screen-districts"))
        for start, end in self._blocks(len(grid.indicators)):
            if start:
                self.screen.blank()
            columns = [Column(self.texts("screen-unit"), "left", 8)]
            for indicator in grid.indicators[start:end]:
                columns += [Column(self.texts.words(indicator.words), "right"), Column("", "left", 8)]
            rows: list[list[Part]] = []
            for unit, cells in zip(grid.units, grid.cells, strict=True):
                row: list[Part] = [self.texts.words(unit.words)]
                for gap in cells[start:end]:
                    row += ["—", ""] if gap is None else [self._short(gap), self._status(gap)]
                rows.append(row)
            self.screen.table(columns, rows)
        self._footnotes(of_scope(self.a, "district", self.units))

    def _blocks(self, count: int) -> list[tuple[int, int]]:
        """So many indicators side by side as the width holds, evenly."""
        most = 4 if self.screen.width >= _WIDE else 2
        tables = -(-count // most)
        size = -(-count // tables) if tables else 1
        return [(start, min(start + size, count)) for start in range(0, count, size)]

    def _short(self, gap: Gap) -> str:
        return f"{self._actual(gap)}/{self._number(gap, gap.target.value)}"

    def departments(self) -> None:
        """Quotas and the duties without a number, each department a line or more."""
        rows: list[list[Part]] = []
        for line in departments(self.a, self.units):
            name = self.texts.words(line.unit.words)
            for gap in line.gaps:
                needed = self._number(gap, gap.needed_per_quarter, 1)
                rows.append([name, self.texts.words(gap.indicator.words), self._short(gap), self._status(gap), needed])
                name = ""
            for state in line.duties:
                word = self.texts(f"duty-{state.status}")
                style = "yellow" if state.status == "silent" else "green" if state.status == "done" else ""
                total = "—" if state.progress_total is None else shown(state.progress_total, 2)
                rows.append([name, self.texts.words(state.duty.name.words), total, (word, style), ""])
                name = ""
            if not line.gaps and not line.duties:
                rows.append([name, "", "—", "", ""])
        if not rows:
            return
        self.screen.heading(self.texts("screen-departments"))
        heads = ("unit", "owes", "actual-target", "status", "needed")
        columns = [Column(self.texts(f"screen-{head}")) for head in heads]
        columns[0] = Column(self.texts("screen-unit"), "left", 10)
        columns[1] = Column(self.texts("screen-owes"), "left", 12)
        columns[3] = Column(self.texts("screen-status"), "left", 8)
        self.screen.table(columns, rows)
        self._footnotes(of_scope(self.a, "department", self.units))

    def by_indicator(self) -> None:
        """The same figures, one table an indicator, its units down."""
        for indicator in self.a.plan.indicators.values():
            gaps = [
                gap
                for gap in self.a.gaps
                if gap.indicator.id == indicator.id and gap.unit is not None and self._kept(gap.unit.id)
            ]
            if gaps:
                self.screen.heading(f"{self.texts.words(indicator.words)}（{indicator.unit}）")
                self._figures(gaps, first=self.texts("screen-unit"), by_unit=True)
                self._footnotes(gaps)

    def overlaps(self) -> None:
        """Facilities that several units claim: counted once for the city, and for each of them."""
        kept = [o for o in self.a.overlaps if self.units is None or self.units & set(o.claimed_by)]
        if not kept:
            return
        names = {unit.id: self.texts.words(unit.words) for unit in self.a.plan.units.values()}
        self.screen.heading(self.texts("screen-overlaps", n=len(kept)))
        columns = [
            Column(self.texts("screen-facility"), "left", 24),
            Column(self.texts("screen-kind")),
            Column(self.texts("screen-claimed-by"), "left", 20),
        ]
        self.screen.table(
            columns,
            [
                [
                    overlap.facility.values.name or "",
                    kind_name(overlap.facility.values.kind, self.texts),
                    "、".join(names[unit] for unit in overlap.claimed_by),
                ]
                for overlap in kept
            ],
        )

    def findings(self) -> None:
        """Grouped by return, counts first; each with its cells, the message, and what to do."""
        groups = by_file(f for f in self.a.findings if self._kept(f.unit))
        self.screen.heading(self.texts("screen-findings"))
        if not groups:
            self.screen.line(self.texts("screen-clean"))
        units = self.a.plan.units
        for group in groups:
            unit = units.get(group.unit or "")
            title = group.file or (self.texts.words(unit.words) if unit else self.texts("screen-plan-itself"))
            counts = "，".join(self.texts(f"count-{s.value}", n=group.counts[s]) for s in Severity if group.counts[s])
            self.screen.line((title, "bold"), f"  {counts}", hanging=4)
            told = alike(group.findings, self.texts)
            for one in told[:_MOST_LINES]:
                self._finding(one)
            if len(told) > _MOST_LINES:
                self.screen.line(self.texts("screen-more", n=len(told) - _MOST_LINES), indent=4)
        self._skipped()

    def _finding(self, one: Alike) -> None:
        finding = one.finding
        severity = self.texts(f"severity-{finding.severity.value}")
        place = "!".join(part for part in (finding.at.sheet, one.cells) if part)
        parts: list[Part] = [(severity, _SEVERITY_STYLES[finding.severity]), f" {finding.code} "]
        if place:
            parts.append((f"{place} ", "cyan"))
        self.screen.line(*parts, one.message, indent=2, hanging=4)
        if finding.severity is not Severity.NOTE:
            self.screen.line(f"→ {one.hint}", indent=6, hanging=2)

    def _skipped(self) -> None:
        reasons: dict[str, list[str]] = {}
        for skip in self.a.skipped:
            if self._kept(skip.unit):
                reasons.setdefault(skip.reason, []).append(self.texts.words(self.a.plan.units[skip.unit].words))
        for reason, names in reasons.items():
            codes = next(s.codes for s in self.a.skipped if s.reason == reason)
            args = {"codes": ", ".join(codes), "units": "、".join(names), "reason": self.texts(reason)}
            self.screen.line((self.texts("screen-skipped", **args), "bright_black"), hanging=2)

    def next_steps(self) -> None:
        """Whom to phone, and the commands that come next."""
        self.screen.heading(self.texts("screen-next"))
        chase = [s for s in self.a.units if s.status in {"missing", "carried", "partial"} and self._kept(s.unit.id)]
        if chase:
            names = "、".join(self.texts.words(state.unit.words) for state in chase)
            self.screen.line(self.texts("screen-chase", units=names), indent=2, hanging=2)
        wrong = [g.file for g in by_file(self.a.findings) if g.file and g.counts[Severity.ERROR] and self._kept(g.unit)]
        for file in wrong[:5]:
            path = f"{self.a.plan.submissions.name}/{file}"
            self.screen.line(self.texts("screen-return", file=path), indent=2, hanging=2)
        for status in (band.status for band in reversed(self.bands)):
            late = [g for g in self.a.gaps if g.status == status and g.unit is not None and self._kept(g.unit.id)]
            if late:
                first = late[0]
                unit, name = first.unit, status_name(status, self.bands, self.texts)
                owes = self.texts.words(first.indicator.words)
                args = {"status": name, "n": str(len(late)), "unit": unit.id if unit else "", "indicator": owes}
                self.screen.line(self.texts("screen-explain", **args), indent=2, hanging=2)
                break
        self.screen.line(self.texts("screen-export"), indent=2, hanging=2)
