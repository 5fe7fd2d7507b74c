"""What is wrong and what to do next, on the screen: findings return by return, people to phone, commands to type."""

from __future__ import annotations

import os
import re
import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.reports.views import alike, by_file, count_word, status_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.reports.screen import Part, Screen
    from mdj_plan.reports.views import Alike, FileFindings

SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "bright_black"}
_OF_THE_PLAN = frozenset({"P101", "P102", "P103", "P104"})
_MOST_LINES = 12
"""Lines of one return's findings on the screen; the rest are counted, with the command that shows them."""
_MOST_FILES = 5
"""Returns to send back that are named one by one; the rest are counted."""


def show_findings(assessment: Assessment, screen: Screen) -> None:
    """Grouped by return, counts first; each with its cells, the message, and what to do; then what could not run."""
    texts = screen.texts
    screen.heading(texts("screen-findings"))
    groups = by_file(assessment.findings)
    if not groups:
        screen.line(texts("screen-clean"))
    for group in groups:
        screen.line((_title(group, assessment, screen), "bold"), f"  {_counted(group.counts, screen)}", hanging=4)
        _show_group(group, assessment, screen)
    _show_skipped(assessment, screen)


def _show_group(group: FileFindings, assessment: Assessment, screen: Screen) -> None:
    """Errors first, then warnings, then notes, each in sheet order; what is too much is counted."""
    told = sorted(alike(group.findings, screen.texts), key=lambda one: one.finding.severity.rank)
    more = _all_of(group, assessment)
    most = _MOST_LINES if more else len(told)
    for one in told[:most]:
        _show_finding(one, screen, dated=assessment.all_periods and group.file is None)
    left: Counter[Severity] = Counter()
    for one in told[most:]:
        left[one.finding.severity] += one.times
    if left:
        screen.command(screen.texts("screen-more", counts=_counted(left, screen)), more, indent=4)


def _all_of(group: FileFindings, assessment: Assessment) -> str:
    """The command that shows every finding of a return, or of the plan; "" for those about no file."""
    if _is_plans(group):
        return command(assessment, "plan")
    return command(assessment, "validate", path_of(assessment, group.file)) if group.file else ""


def _counted(counts: Mapping[Severity, int], screen: Screen) -> str:
    """``2 errors, 1 warning``."""
    return screen.listed(count_word(screen.texts, s, counts[s]) for s in Severity if counts[s])


def _title(group: FileFindings, assessment: Assessment, screen: Screen) -> str:
    """The unit and its file; the unit alone where nothing came from it; else the plan."""
    unit = assessment.plan.units.get(group.unit or "")
    if _is_plans(group):
        name = screen.texts("screen-plan-itself")
    else:
        name = screen.texts.words(unit.name) if unit else screen.texts("screen-nobody")
    return f"{name}  {group.file}" if group.file else name


def _is_plans(group: FileFindings) -> bool:
    """Whether findings are about the plan and its quotas, not about a return."""
    return all(finding.code in _OF_THE_PLAN for finding in group.findings)


def _show_finding(one: Alike, screen: Screen, *, dated: bool) -> None:
    """Severity, code, place (`dated`: the period), message; below it what to do."""
    finding, texts = one.finding, screen.texts
    severity = texts(f"severity-{finding.severity.value}")
    place = "!".join(part for part in (finding.at.sheet, one.cells) if part)
    parts: list[Part] = [(severity, SEVERITY_STYLES[finding.severity]), f" {finding.code} "]
    if dated and finding.period is not None:
        place = str(finding.period)
    if place:
        parts.append((f"{place} ", "cyan"))
    screen.line(*parts, one.message, indent=2, hanging=4)
    if finding.severity is not Severity.NOTE:
        screen.line(f"→ {one.hint}", indent=6, hanging=2)


def _show_skipped(assessment: Assessment, screen: Screen) -> None:
    """One line a reason: which rules could not run, for whom."""
    texts = screen.texts
    units: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for skip in assessment.skipped:
        name = texts.words(assessment.plan.units[skip.unit].name)
        units.setdefault((skip.reason, skip.codes), []).append(name)
    for (reason, codes), names in units.items():
        said = texts("screen-skipped", codes=", ".join(codes), units=screen.listed(names), reason=texts(reason))
        screen.line((said, "bright_black"), hanging=2)


def show_next_steps(assessment: Assessment, screen: Screen) -> None:
    """Whom to phone for what, and the commands that come next."""
    screen.heading(screen.texts("screen-next"))
    _chase(assessment, screen)
    _send_back(assessment, screen)
    _look(assessment, screen)
    file = screen.texts("screen-summary-file")
    screen.command(screen.texts("screen-export"), command(assessment, "export", "-o", file))


def _chase(assessment: Assessment, screen: Screen) -> None:
    """Whose return is out, in whole or in part, in one line."""
    texts = screen.texts
    out = [state for state in assessment.units if state.status in {"missing", "carried", "partial"}]
    if out:
        names = screen.listed(_whom(state, screen) for state in out)
        screen.line(texts("screen-chase", units=names), indent=2, hanging=2)


def _whom(state: UnitState, screen: Screen) -> str:
    """The unit; where only some of its members are out, these."""
    out = [member.member for member in state.members if member.status not in {"received", "late"}]
    return screen.listed(out) or screen.texts.words(state.unit.name)


def _send_back(assessment: Assessment, screen: Screen) -> None:
    """The returns with errors, each with the command that marks its cells for the sender."""
    texts, units = screen.texts, assessment.plan.units
    wrong = [group for group in by_file(assessment.findings) if group.file and group.counts[Severity.ERROR]]
    for group in wrong[:_MOST_FILES]:
        folder = texts("screen-return-folder")
        line = command(assessment, "validate", path_of(assessment, group.file or ""), "--annotate", folder)
        unit = units.get(group.unit or "")
        name = texts.words(unit.name) if unit else texts("screen-somebody")
        errors = count_word(texts, Severity.ERROR, group.counts[Severity.ERROR])
        screen.command(texts("screen-return", unit=name, errors=errors), line)
    if len(wrong) > _MOST_FILES:
        screen.line(texts("screen-return-more", n=len(wrong) - _MOST_FILES), indent=2, hanging=2)


def _look(assessment: Assessment, screen: Screen) -> None:
    """The gravest band that anybody is in, and how to see one of its figures down to the cells."""
    texts, bands = screen.texts, assessment.plan.file.bands
    for status in (band.status for band in reversed(bands)):
        late = [gap for gap in assessment.gaps if gap.status == status and gap.unit is not None]
        if late and late[0].unit is not None:
            name = texts.words(late[0].indicator.name)
            line = command(assessment, "explain", name, "--unit", late[0].unit.id)
            said = status_name(status, bands, texts)
            screen.command(texts("screen-explain", status=said, n=len(late)), line)
            return


def path_of(assessment: Assessment, file: str) -> str:
    """Where a return lies, as one would type it here."""
    path, here = assessment.plan.submissions / file, Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def command(assessment: Assessment, *words: str) -> str:
    """The command line as one would type it here, its words quoted where a shell asks for it.

    The plan is named where it is not the one that would be found from here.
    """
    plan = assessment.plan.path
    here = Path.cwd()
    near = (folder / "config" / "targets.yaml" for folder in (here, *here.parents))
    found = next((path for path in near if path.is_file()), None)
    option = () if found is not None and found.resolve() == plan else ("--plan", str(plan))
    return " ".join(["mdj-plan", *map(_quoted, (*words, *option))])


def _quoted(word: str) -> str:
    if re.fullmatch(r"[\w@%+=:,./\\-]+", word):
        return word
    return f'"{word}"' if os.name == "nt" else shlex.quote(word)
