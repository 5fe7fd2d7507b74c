"""What is wrong and what to do next, on the screen: findings return by return, people to phone, commands to type."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.reports.views import alike, by_file, count_word, status_name

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.reports.screen import Part, Screen
    from mdj_plan.reports.views import Alike, FileFindings

SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "bright_black"}
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
        counts = screen.listed(count_word(texts, s, group.counts[s]) for s in Severity if group.counts[s])
        screen.line((_title(group, assessment, screen), "bold"), f"  {counts}", hanging=4)
        told = alike(group.findings, texts)
        for one in told[:_MOST_LINES]:
            _show_finding(one, screen)
        if len(told) > _MOST_LINES:
            more = command(assessment, "validate", path_of(assessment, group.file or ""))
            screen.command(texts("screen-more", n=len(told) - _MOST_LINES), more, indent=4)
    _show_skipped(assessment, screen)


def _title(group: FileFindings, assessment: Assessment, screen: Screen) -> str:
    """The file, else the unit (nothing came from it), else the plan."""
    if group.file:
        return group.file
    unit = assessment.plan.units.get(group.unit or "")
    return screen.texts.words(unit.name) if unit else screen.texts("screen-plan-itself")


def _show_finding(one: Alike, screen: Screen) -> None:
    finding, texts = one.finding, screen.texts
    severity = texts(f"severity-{finding.severity.value}")
    place = "!".join(part for part in (finding.at.sheet, one.cells) if part)
    parts: list[Part] = [(severity, SEVERITY_STYLES[finding.severity]), f" {finding.code} "]
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
