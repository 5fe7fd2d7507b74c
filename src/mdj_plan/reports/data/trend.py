"""The trend as rows for scripts (contract 5.1): what each figure was, period by period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mdj_plan.reports.data.csvtext import as_csv
from mdj_plan.reports.data.gaps import gap_row
from mdj_plan.reports.data.jsontext import head, row_by_row
from mdj_plan.reports.figures import json_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.trend import Way
    from mdj_plan.messages import Messages

Row = dict[str, Any]
_BEFORE = ("scope", "unit", "unit_name", "indicator", "indicator_name", "measure_unit")
_AFTER = ("schedule", "attainment", "lag_points", "status", "reporting", "incomplete")
TREND_COLUMNS = (*_BEFORE, "period", "target", "actual", "actual_reported", "change", *_AFTER, "published")


def trend_json(assessment: Assessment, texts: Messages, ways: Sequence[Way]) -> str:
    """What `trend --format json` prints."""
    return row_by_row({**head(assessment, texts), "rows": list(_rows(assessment, texts, ways))})


def trend_csv(assessment: Assessment, texts: Messages, ways: Sequence[Way]) -> str:
    """The same rows as CSV."""
    return as_csv(TREND_COLUMNS, _rows(assessment, texts, ways))


def _rows(assessment: Assessment, texts: Messages, ways: Sequence[Way]) -> Iterator[Row]:
    """One row a figure and period, oldest first; figures in the indicator's measure unit."""
    for way in ways:
        for step in way.steps:
            published = assessment.editions.published(step.period, way.unit, way.indicator)
            row = gap_row(step.gap, texts) | {
                "period": str(step.period),
                "change": json_number(step.change),
                "published": json_number(published),
            }
            yield {name: row[name] for name in TREND_COLUMNS}
