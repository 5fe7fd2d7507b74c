"""What to do next, on the screen: people to phone, and commands to type as they stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.archive.current import current_period
from mdj_plan.findings import Severity
from mdj_plan.links import real
from mdj_plan.reports.commands import typed
from mdj_plan.reports.steps import steps
from mdj_plan.reports.tables.statuses import status_text
from mdj_plan.reports.tables.values import worded
from mdj_plan.reports.views import count_word

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment
    from mdj_plan.plan.model import Plan
    from mdj_plan.reports.screen.paper import Screen
    from mdj_plan.reports.steps import Mend, Steps

_MOST_FILES = 5
"""Returns to send back that are named one by one; the rest are counted."""


def show_next_steps(assessment: Assessment, screen: Screen) -> None:
    """Which file to choose, which return to send back, which figure to look at, and the papers for the meeting."""
    texts, found = screen.texts, steps(assessment)
    screen.heading(texts("screen-next"))
    for unit, files in found.choose:
        said = texts("screen-choose", unit=_name(assessment, unit, screen), files=screen.listed(files))
        screen.line(said, indent=2, hanging=2)
    for each in found.mend[:_MOST_FILES]:
        _send_back(each, assessment, screen)
    if len(found.mend) > _MOST_FILES:
        screen.line(texts("screen-return-more", n=len(found.mend) - _MOST_FILES), indent=2, hanging=2)
    _look(found, assessment, screen)
    line = command(assessment.plan, "export", "-o", texts("screen-summary-file"), *same_run(assessment))
    screen.command(texts("screen-export"), line)


def _name(assessment: Assessment, unit: str | None, screen: Screen) -> str:
    known = assessment.plan.units.get(unit or "")
    return screen.texts.words(known.name) if known else screen.texts("screen-somebody")


def _send_back(each: Mend, assessment: Assessment, screen: Screen) -> None:
    """A return with errors: the command that marks its cells for the sender, or that it must be sent anew, and why."""
    texts, group = screen.texts, each.group
    unit, file = _name(assessment, group.unit, screen), group.file or ""
    if each.unread is not None:
        why = texts.about(each.unread.code, "title")
        said = "screen-resend" if group.unit else "screen-whose"
        screen.line(texts(said, unit=unit, file=file, why=why), indent=2, hanging=2)
        return
    line = command(assessment.plan, "validate", path_of(assessment, file), "--annotate", texts("screen-return-folder"))
    errors = count_word(texts, Severity.ERROR, group.counts[Severity.ERROR])
    screen.command(texts("screen-return", unit=unit, errors=errors), line)


def _look(found: Steps, assessment: Assessment, screen: Screen) -> None:
    """The gravest band that anything is in, and how to see the figure that lags most down to the cells."""
    gap, texts = found.gravest, screen.texts
    if gap is None:
        return
    whose = ("--unit", gap.unit.id) if gap.unit is not None else ()
    line = command(assessment.plan, "explain", texts.words(gap.indicator.name), *whose, *same_run(assessment))
    status = worded(status_text(gap.status, assessment.plan.file.bands), texts)
    screen.command(texts("screen-explain", status=status, n=found.as_grave), line)


def same_run(assessment: Assessment) -> tuple[str, ...]:
    """The options that make another command look at the same period and month; none where it does by itself."""
    period, month = assessment.period, assessment.as_of
    options = () if period == current_period(assessment.plan, assessment.archive) else ("--period", str(period))
    return options if month == period.last_month else (*options, "--as-of", str(month))


def path_of(assessment: Assessment, file: str) -> str:
    """Where a return lies, as one would type it here."""
    return _from_here(assessment.plan.submissions / file)


def _from_here(path: Path) -> str:
    """A path as one would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def command(plan: Plan, *words: str) -> str:
    """The command line as one would type it here, its words quoted where a shell asks for it.

    The plan is named where it is not the one that would be found from here.
    """
    here = Path.cwd()
    near = (folder / "config" / "targets.yaml" for folder in (here, *here.parents))
    found = next((path for path in near if path.is_file()), None)
    option = () if found is not None and real(found) == plan.path else ("--plan", _from_here(plan.path))
    return typed("mdj-plan", *words, *option)
