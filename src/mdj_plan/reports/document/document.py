"""The circular (通报) as a Word document, with the tables of those behind and those on schedule annexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.document.composed import circular
from mdj_plan.reports.document.official import Official
from mdj_plan.reports.figures import shown_fixed
from mdj_plan.reports.measures import measure
from mdj_plan.reports.views import stale, status_word, within_one
from mdj_plan.reports.wording import number, rate
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.assess import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.messages import Messages

WIDTHS = (10, 27, 57, 21, 23, 19, 21, 28, 19, 22)
"""Of the annexes' columns, in millimetres; together no more than the type area across."""
_FIGURES = frozenset({0, 3, 4, 5, 6, 7, 8})
_HEADS = ("number-head", "who", "indicator", "target", "actual", "rate", "schedule", "lag", "gap", "status")


def build(assessment: Assessment, texts: Messages) -> bytes:
    """The circular's bytes, in the language of `texts`."""
    document = Official(visible(texts.words(assessment.plan.file.plan.title)))
    document.paragraph("plain", texts("circular-number"))
    document.write(circular(assessment, texts))
    document.paragraph("plain", "")
    document.paragraph("plain", texts("circular-signature"))
    late = [gap for gap in assessment.gaps if gap.rank >= 2]
    well = [gap for gap in assessment.gaps if gap.rank in {0, 1}]
    for annex, (key, gaps) in enumerate((("behind", late), ("on-schedule", well)), 1):
        document.annex(texts("circular-annex", n=annex), texts(f"circular-{key}-title"))
        if gaps:
            table(document, assessment, texts, gaps)
        else:
            document.paragraph("body", texts("circular-none"))
    return document.saved()


def table(document: Official, assessment: Assessment, texts: Messages, gaps: Sequence[Gap]) -> None:
    """One row a target, in report order; incomplete figures bear *, those that are not all of the period °."""
    rows = []
    for row, gap in enumerate(gaps, 1):
        marks = ("*" if gap.incomplete else "") + ("°" if any(stale(assessment, gap)) else "")
        rows.append(
            [
                str(row),
                visible(texts.words(gap.unit.name) if gap.unit else texts("city")),
                visible(f"{texts.words(gap.indicator.name)}（{measure(gap.indicator)[0]}）"),
                number(gap.target.value, gap.indicator),
                number(gap.actual, gap.indicator) + ("" if gap.actual is None else marks),
                rate(gap),
                number(gap.schedule, gap.indicator, loose=True),
                shown_fixed(gap.lag_points),
                number(gap.gap, gap.indicator),
                status_word(gap, assessment, texts),
            ]
        )
    document.table([texts(f"circular-{head}") for head in _HEADS], rows, WIDTHS, _FIGURES)
    known = [gap for gap in gaps if gap.actual is not None]
    if any(gap.incomplete or any(stale(assessment, gap)) for gap in known):
        document.paragraph("note", texts("circular-marks"))
    if any(map(within_one, gaps)):
        document.paragraph("note", texts("circular-within-note"))
