"""What is wrong, on the screen: findings return by return, errors first, and what could not be checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.reports.commands import accepting
from mdj_plan.reports.screen.rules import show_off
from mdj_plan.reports.screen.steps import command, path_of, same_run
from mdj_plan.reports.tables.calls import calls
from mdj_plan.reports.views import OF_DOSSIER, TOLD_IN_TABLES, alike, by_file, count_word, is_plans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.findings import Finding
    from mdj_plan.period import Period
    from mdj_plan.reports.screen.paper import Screen
    from mdj_plan.reports.screen.styled import Part
    from mdj_plan.reports.views import Alike, FileFindings

SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "bright_black"}
_WITHOUT_RETURN = frozenset({"skipped-no-return", "skipped-no-usable-return"})
_MOST_LINES = 12
"""Lines of one return's findings on the screen; the rest are counted, with the command that shows them."""


def show_findings(assessment: Assessment, screen: Screen) -> None:
    """Grouped by return, units in the plan's order, with counts; each with its cells, the message, and what to do; then
    what could not run. Silences and decisions are told in their tables; silences of other periods in a line each.
    """
    texts = screen.texts
    screen.heading(texts("screen-findings"))
    told = tuple(finding for finding in assessment.findings if finding.code not in TOLD_IN_TABLES)
    groups = by_file(replace(assessment, findings=told))
    if not groups:
        screen.line(texts("screen-clean"))
    for group in groups:
        screen.line((_title(group, assessment, screen), "bold"), f"  {_counted(group.counts, screen)}", hanging=4)
        _show_group(group, assessment, screen)
    _show_silences(assessment, screen)
    _show_skipped(assessment, screen)
    show_off(assessment.plan, screen)
    _show_acceptable(assessment, screen, [one for group in groups for one in sorted(group.findings, key=_rank)])


def _show_silences(assessment: Assessment, screen: Screen) -> None:
    """Who sent nothing for other periods, where these are shown: a line a period."""
    found: dict[Period, list[str]] = defaultdict(list)
    for finding in assessment.findings:
        if finding.code == "S101" and finding.period not in {None, assessment.period} and finding.accepted is None:
            unit = assessment.plan.units[finding.unit or ""].name
            found[finding.period].append(str(dict(finding.args).get("member") or screen.texts.words(unit)))
    for period, names in sorted(found.items()):
        screen.line(screen.texts("screen-silent", period=str(period), units=screen.some(names)), hanging=2)


def _show_acceptable(assessment: Assessment, screen: Screen, told: Iterable[Finding]) -> None:
    """Once for all: that what is true may be accepted, how the first of them is, and what has the others' commands."""
    found = [(each, words) for each in told if (words := accepting(each, assessment.period))]
    if not found:
        return
    codes = screen.listed(code_runs(sorted({each.code for each, _ in found})))
    first = command(assessment.plan, *found[0][1])
    screen.command(screen.texts("screen-may-accept", n=len(found), codes=codes), first, indent=0)
    if len(found) > 1:
        last = found[-1][0]
        when = same_run(assessment) if last.period in {None, assessment.period} else ("--period", str(last.period))
        line = command(assessment.plan, "explain", last.code, *when)
        screen.command(screen.texts("screen-may-accept-others"), line, indent=0)


def _show_group(group: FileFindings, assessment: Assessment, screen: Screen) -> None:
    """Errors first, then warnings, then notes, each in sheet order; what is too much is counted."""
    told = sorted(alike(group.findings, screen.texts), key=lambda one: _rank(one.finding))
    more = _all_of(group, assessment)
    most = _MOST_LINES if more else len(told)
    for one in told[:most]:
        _show_finding(one, screen, dated=assessment.all_periods and group.file is None)
    left: Counter[Severity] = Counter()
    for one in told[most:]:
        left[one.finding.severity] += one.times if one.finding.accepted is None else 0
    if len(told) > most:
        screen.command(screen.texts("screen-more", counts=_counted(left, screen)), more, indent=4)


def _rank(finding: Finding) -> tuple[bool, int]:
    """The gravest first, what the office has accepted last."""
    return finding.accepted is not None, finding.severity.rank


def _all_of(group: FileFindings, assessment: Assessment) -> str:
    """The command that shows every finding of a return, or of the plan; "" where there is none that does."""
    if is_plans(group):
        return "" if any(each.code in OF_DOSSIER for each in group.findings) else command(assessment.plan, "plan")
    return command(assessment.plan, "validate", path_of(assessment, group.file)) if group.file else ""


def _counted(counts: Mapping[Severity, int], screen: Screen) -> str:
    """``2 errors, 1 warning``."""
    return screen.listed(count_word(screen.texts, s, counts[s]) for s in Severity if counts[s])


def _title(group: FileFindings, assessment: Assessment, screen: Screen) -> str:
    """The unit and its file; the unit alone where nothing came from it; else the plan."""
    unit = assessment.plan.units.get(group.unit or "")
    if is_plans(group):
        name = screen.texts("screen-plan-itself")
    else:
        name = screen.texts.words(unit.name) if unit else screen.texts("screen-nobody")
    return f"{name}  {group.file}" if group.file else name


def _show_finding(one: Alike, screen: Screen, *, dated: bool) -> None:
    """Severity, code, place (`dated`: the period), message; below it what to do."""
    finding, texts = one.finding, screen.texts
    severity = texts(f"severity-{finding.shown_as}")
    place = "!".join(part for part in (finding.at.sheet, one.cells) if part)
    style = SEVERITY_STYLES[finding.severity if finding.accepted is None else Severity.NOTE]
    parts: list[Part] = [(severity, style), f" {finding.code} "]
    if dated and finding.period is not None:
        place = str(finding.period)
    if place:
        parts.append((f"{place} ", "cyan"))
    screen.line(*parts, one.message, indent=2, hanging=4)
    if finding.severity is not Severity.NOTE or finding.accepted is not None:
        screen.line(f"→ {one.hint}", indent=6, hanging=2)


def _show_skipped(assessment: Assessment, screen: Screen) -> None:
    """One line a reason: which rules could not run, in words and codes, for whom. Whoever is out is told already."""
    texts = screen.texts
    out = {call.unit.id for call in calls(assessment)}
    units: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for skip in assessment.skipped:
        if skip.unit in out and skip.reason in _WITHOUT_RETURN:
            continue
        name = texts.words(assessment.plan.units[skip.unit].name)
        units.setdefault((skip.reason, skip.codes), []).append(name)
    for (reason, codes), names in units.items():
        everybody = len(names) == len(assessment.units) > 1
        args = {
            "rules": texts(f"screen-skipped-{reason}"),
            "codes": screen.listed(code_runs(codes)),
            "units": texts("screen-everybody") if everybody else screen.some(names),
            "reason": texts(reason),
        }
        screen.line((texts("screen-skipped", **args), "bright_black"), hanging=2)


def code_runs(codes: Sequence[str]) -> list[str]:
    """Codes that follow each other joined: S105, X104-X108."""
    runs: list[list[str]] = []
    for code in codes:
        before = runs[-1][-1] if runs else ""
        if before[:1] == code[:1] and int(code[1:]) == int(before[1:]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return [run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
