"""`mdj-plan candidates`: facilities against the criteria of accreditation, the nearest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.options import Asked, Format
from mdj_plan.cli.output import put

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment

ASKS = ("period", "unit", "format")


def candidates(
    asked: Asked,
    *,
    criteria: Annotated[list[str] | None, typer.Option("--criteria", metavar="ID", help="candidates-criteria")] = None,
) -> int:
    """Show per set how many are wanted and ready, and per facility what is met, lacking and unknown."""
    from mdj_plan.reports.narrowed import narrowed
    from mdj_plan.usage import UsageError

    units = asked.units
    if asked.loaded.criteria is None:
        raise UsageError("no-criteria", path=str(asked.loaded.path))
    assessment = _of_sets(narrowed(asked.assessed(candidates=True), units), criteria)
    if asked.format is Format.TABLE:
        from mdj_plan.reports.screen.paper import open_screen
        from mdj_plan.reports.screen.tables import show_table
        from mdj_plan.reports.tables.candidates import CANDIDATES, CRITERIA_SETS

        screen = open_screen(asked.texts)
        show_table(screen, CRITERIA_SETS.of(assessment))
        show_table(screen, CANDIDATES.of(assessment))
    else:
        from mdj_plan.reports.data.candidates import candidates_csv, candidates_json

        write = candidates_json if asked.format is Format.JSON else candidates_csv
        put(write(assessment, asked.texts))
    return 0


def _of_sets(assessment: Assessment, ids: list[str] | None) -> Assessment:
    """The assessment with the sets asked for alone. Raises UsageError with the nearest id."""
    from mdj_plan.names import listed, nearest
    from mdj_plan.usage import UsageError

    if not ids:
        return assessment
    found = assessment.candidates
    known = [state.criteria.id for state in found.sets]
    for wanted in ids:
        if wanted not in known:
            near = nearest(wanted, known) or listed(known)
            raise UsageError("unknown-criteria", found=wanted, near=near, period=str(assessment.period))
    kept = found._replace(
        sets=tuple(state for state in found.sets if state.criteria.id in ids),
        rows=tuple(row for row in found.rows if row.criteria.id in ids),
    )
    return replace(assessment, candidates=kept)
