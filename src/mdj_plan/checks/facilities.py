"""Rules about single rows: size, evidence, codes, states, repeats (V111, V115-V117, X101).

Bounds from domain 3. What a cell cannot be (V101-V110, V112-V114, V118) is said where it is read (`intake.rows`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.fields import CHOICES
from mdj_plan.names import Words
from mdj_plan.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.checks.case import Case
    from mdj_plan.findings import Finding, Location
    from mdj_plan.intake.submission import Claim, Submission


def implausible(case: Case) -> Iterator[Finding]:
    """V111: an area too small, too large, or too small for its tenants; at its cell."""
    bounds = _Bounds(case)
    for filed in case.filed:
        for claim in filed.submission.claims:
            variant = bounds.doubt(claim)
            if variant:
                args = {"tenants": str(claim.tenants), "shown": format(claim.area_m2 or 0, "f")}
                yield case.of_row("V111", claim, "area_m2", variant=variant, **args, **bounds.told)


class _Bounds:
    """The limits of V111: areas in ㎡, tenants per 1 000 ㎡ above which square metres were likely another unit."""

    def __init__(self, case: Case) -> None:
        self.smallest = case.limit("V111", "smallest_area")
        self.largest = case.limit("V111", "largest_area")
        self.densest = case.limit("V111", "most_tenants")
        self.told = {"largest": plain(self.largest), "densest": plain(self.densest)}

    def doubt(self, claim: Claim) -> str:
        """What is wrong with an area; "" for nothing. Zero is honest where nobody works yet, or any more."""
        area, tenants = claim.area_m2, claim.tenants or 0
        if area is None:
            return ""
        if area == 0:
            if tenants:
                return "occupied"
            return "none" if claim.usable and claim.state in {None, "operating"} else ""
        if area < self.smallest:
            return "small"
        if area > self.largest:
            return "large"
        return "crowded" if tenants * 1000 > self.densest * area else ""


def without_code(case: Case) -> Iterator[Finding]:
    """V115: no credit code, so that a rename or a namesake cannot be told."""
    yield from _blank(case, "V115", "credit_code")


def without_state(case: Case) -> Iterator[Finding]:
    """V117: no operating state; the facility is taken to operate."""
    yield from _blank(case, "V117", "state")


def _counted(case: Case) -> Iterator[tuple[Submission, tuple[Claim, ...]]]:
    """The rows that count. What another row lacks does not matter; those of an unchanged return only confirm others."""
    return ((f.submission, f.counted) for f in case.filed if f.submission.type != "unchanged")


def _blank(case: Case, code: str, field: str) -> Iterator[Finding]:
    for _, claims in _counted(case):
        told: set[tuple[str, str | None]] = set()
        for claim in claims:
            if claim.value(field) is not None or field in claim.flaws:
                continue
            if field in claim.origin.columns:
                yield case.of_row(code, claim, field)
            elif (where := claim.origin[:2]) not in told:
                told.add(where)  # a column that is not there is said once a table
                yield case.of_column(code, claim.origin, field, variant="column")


def without_document(case: Case) -> Iterator[Finding]:
    """V116: a level above the city's without the document that grants it; at the document's cell, else the level's."""
    names = {value: zh for zh, value in CHOICES["level"].items()}
    for _, claims in _counted(case):
        for claim in claims:
            if claim.level not in {"national", "provincial"} or claim.level_document is not None:
                continue
            if "level_document" in claim.flaws:
                continue
            field = "level_document" if "level_document" in claim.origin.columns else "level"
            yield case.of_row("V116", claim, field, level=Words(names[claim.level], claim.level))


def repeated(case: Case) -> Iterator[Finding]:
    """X101: a second row for the same facility in one return, at the later row's name; and a duty told twice."""
    for filed in case.filed:
        for row in filed.dropped:
            if row.reason == "duplicate" and row.first is not None:
                first = _address(row.first.at("name"), row.claim.origin.sheet)
                yield case.of_row("X101", row.claim, "name", first=first)
        yield from _repeated_duties(case, filed.submission)


def _address(first: Location, sheet: str | None) -> str:
    return first.cell or "" if first.sheet == sheet else f"{first.sheet}!{first.cell}"


def _repeated_duties(case: Case, s: Submission) -> Iterator[Finding]:
    names = {duty.id: duty.name for duty in case.plan.file.duties}
    seen: dict[str, Location] = {}
    for report in s.duties:
        at = report.origin.at(report.row, "duty")
        if report.duty is None:
            continue
        first = seen.setdefault(report.duty, at)
        if first is not at:
            first_at = _address(first, at.sheet)
            yield case.of_duty("X101", report, variant="duty", name=names[report.duty], first=first_at)
