"""The assessment as pandas frames, for notebooks: `mdj_plan.load(path).gaps` and its sisters.

The same rows and values as `check --format json` (contract 3), figures as floats rounded half up to four decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mdj_plan.messages import messages
from mdj_plan.period import Month, Period
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.data.duties import duty_row
from mdj_plan.reports.data.facilities import facility_row
from mdj_plan.reports.data.findings import finding_row
from mdj_plan.reports.data.gaps import gap_row
from mdj_plan.reports.data.overlaps import overlap_row
from mdj_plan.reports.data.submissions import submission_row
from mdj_plan.run import run

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages


@dataclass(frozen=True)
class Loaded:
    """An assessment and its tables. What is blank or unknown is missing (NaN) in the frame."""

    assessment: Assessment

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """One row per city target and quota of a participating unit; columns as in the contract's gap."""
        return self._frame(gap_row(gap, self._texts) for gap in self.assessment.gaps)

    @cached_property
    def duties(self) -> pd.DataFrame:
        """One row per duty; `progress_total` in the duty's own measure."""
        return self._frame(duty_row(state) for state in self.assessment.duties)

    @cached_property
    def submissions(self) -> pd.DataFrame:
        """One row per participating unit: what it has sent for the period."""
        return self._frame(submission_row(state, self._texts) for state in self.assessment.units)

    @cached_property
    def overlaps(self) -> pd.DataFrame:
        """One row per operating facility claimed in more than one unit's return; lists of unit ids."""
        return self._frame(overlap_row(overlap) for overlap in self.assessment.overlaps)

    @cached_property
    def findings(self) -> pd.DataFrame:
        """One row per finding of the period and the plan."""
        return self._frame(finding_row(each, self._texts, self.assessment.period) for each in self.assessment.findings)

    @cached_property
    def facilities(self) -> pd.DataFrame:
        """One row per distinct facility of the period; columns as in `facilities --format json`, dates as such."""
        fields = self.assessment.plan.fields
        return self._frame(facility_row(facility, fields) for facility in self.assessment.facilities)

    @property
    def _texts(self) -> Messages:
        return messages(self.assessment.plan.language)

    @staticmethod
    def _frame(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
        import pandas as pd

        return pd.DataFrame(list(rows))


def load(plan: str | Path, *, period: str | None = None, as_of: str | None = None) -> Loaded:
    """Load, read and assess; see `mdj_plan.load`."""
    return Loaded(
        run(
            load_plan(Path(plan)),
            period=Period.parse(period) if period else None,
            as_of=Month.parse(as_of) if as_of else None,
        )
    )
