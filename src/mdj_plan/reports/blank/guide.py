"""The page that says how to fill in the form, what the unit owes and how it stands, and what its candidates lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.blank.duties import taken_apart
from mdj_plan.reports.blank.form import name_of
from mdj_plan.reports.blank.sheets import Lines
from mdj_plan.reports.figures import shown
from mdj_plan.reports.tables.targets import (
    ACTUAL,
    ATTAINMENT,
    DIFFERENCE,
    OWED,
    SCHEDULE_RATE,
    STATUS,
    TARGET,
    mark_notes,
    target_rows,
)
from mdj_plan.reports.tables.values import told, worded
from mdj_plan.reports.wording import listed, month, quarter
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.intake.submission import Claim
    from mdj_plan.measure.candidates import Candidate
    from mdj_plan.measure.duties import DutyState
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan
    from mdj_plan.reports.blank.form import Form
    from mdj_plan.reports.blank.sheets import Book
    from mdj_plan.reports.tables.table import Column

VERSION = "2"
_WIDTHS = (34, 14, 18, 14, 12, 12, 16, 14)
_SHOWN = (OWED, TARGET, ACTUAL, ATTAINMENT, SCHEDULE_RATE, DIFFERENCE, STATUS)


def guide(book: Book, form: Form) -> None:
    """The page."""
    texts = book.texts
    page = Lines(book, texts("blank-guide"), _WIDTHS)
    page.title(texts("blank-guide-title", who=form.headline(texts)))
    page.section(texts("blank-guide-when"))
    page.line(form.asks(texts))
    page.section(texts("blank-guide-how"))
    how = "blank-how-duties" if form.duties_only else "blank-how"
    for line in texts(how, terms=texts("blank-terms")).split("\n"):
        page.line(line)
    _standing(page, form, texts)
    _striving(page, form, texts)
    page.line(texts("template-version", version=VERSION))


def _standing(page: Lines, form: Form, texts: Messages) -> None:
    """The unit's own targets and duties, and how it stands; at the plan's start the targets alone."""
    a = form.standing
    if a is None:
        return
    gaps = [gap for gap in a.gaps if gap.target.unit == form.unit.id]
    duties = [state for state in a.duties if state.unit.id == form.unit.id]
    begun = a.period < form.period
    if gaps or duties:
        page.section(_heading(a, form, texts, begun=begun))
    if gaps:
        _targets(page, a, gaps, _SHOWN if begun else _SHOWN[:2], texts)
    for state in duties:
        page.line(_duty(state, texts, begun=begun))


def _heading(a: Assessment, form: Form, texts: Messages, *, begun: bool) -> str:
    """Whose targets they are, and as of when their standing is shown."""
    unit = texts.words(form.unit.name)
    if not begun:
        return texts("blank-guide-targets", unit=unit)
    since = {"period": quarter(a.period, texts.language), "month": month(a.as_of, texts.language)}
    return texts("blank-guide-standing", unit=unit, **since)


def _targets(page: Lines, a: Assessment, gaps: Sequence[Gap], columns: Sequence[Column], texts: Messages) -> None:
    """A row a target; behind its value stands when it is due."""
    rows = list(target_rows(a, gaps))
    cells = []
    for row, gap in zip(rows, gaps, strict=True):
        line = [told(row.get(column.key), texts, column.blank) for column in columns]
        cells.append([*line[:2], quarter(gap.target.due, texts.language), *line[2:]])
    heads = [worded(column.heading, texts) for column in columns]
    page.table([*heads[:2], texts("head-due"), *heads[2:]], cells)
    for note in mark_notes(a, (row["actual"] for row in rows)) if len(columns) > 2 else ():
        page.line(worded(note.text, texts))


def _duty(state: DutyState, texts: Messages, *, begun: bool) -> str:
    """``行动计划系列宣传：宣传报道累计12篇``; of one without a figure so far, that; before the plan begins its name."""
    name = visible(texts.words(state.duty.name))
    if not begun:
        return name
    if state.progress_total is None:
        return texts("blank-duty-nothing", duty=name)
    what, measure = taken_apart(state.duty)
    said = texts("blank-duty-so-far", duty=name, what=what, total=shown(state.progress_total, 4), measure=measure)
    return " ".join(said.split())  # of a duty without a measure nothing stands in its place


def _striving(page: Lines, form: Form, texts: Messages) -> None:
    """What facilities that may strive for a title have still to state; in one line those that lack the same."""
    asked: dict[tuple[str, str], list[str]] = {}
    for claim in form.claims:
        for titles, fields in _asked(form, claim, texts):
            asked.setdefault((titles, fields), []).append(visible(claim.name or ""))
    if asked:
        page.section(texts("blank-guide-candidates"))
        page.line(texts("blank-candidates-how"))
    for (titles, fields), names in asked.items():
        facilities = listed(names, texts.language)
        page.line(texts("blank-candidate", facility=facilities, titles=titles, fields=fields))


def _asked(form: Form, claim: Claim, texts: Messages) -> Iterator[tuple[str, str]]:
    """The titles that a facility may strive for, and the columns asked for; titles that ask for the same together."""
    asked: dict[tuple[str, ...], list[Candidate]] = {}
    for row in form.striving(claim):
        asked.setdefault(_missing(row, form.plan), []).append(row)
    for fields, rows in asked.items():
        titles = listed((visible(texts.words(row.criteria.name)) for row in rows), texts.language)
        yield titles, listed((name_of(form.plan.fields[field], texts) for field in fields), texts.language)


def _missing(row: Candidate, plan: Plan) -> tuple[str, ...]:
    """The fields that would have to be stated, in the form's order."""
    wanted = {field for detail in row.of("unknown") for field in detail.fields}
    return tuple(field for field in plan.fields if field in wanted)
