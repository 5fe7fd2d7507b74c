"""Rules about single rows: size, evidence, codes, states, repeats (V111, V115-V117, X101).

Bounds from domain 3. What a cell cannot be (V101-V110, V112-V114, V118) is said where it is read (`intake.rows`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.checks.check import Check
from mdj_plan.fields import CHOICES
from mdj_plan.names import Words
from mdj_plan.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.checks.case import Case
    from mdj_plan.findings import Finding, Location
    from mdj_plan.intake.submission import Claim, Claims, Submission


def implausible(case: Case) -> Iterator[Finding]:
    """V111: an area too small, too large, or too small for its tenants; at its cell."""
    bounds = _Bounds(case)
    for filed in case.filed:
        for claim in bounds.strange(filed.submission.claims):
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

    def strange(self, claims: Claims) -> Claims:
        """Those whose area is zero or out of bounds: of most returns none."""
        rows = enumerate(claims.each("area_m2", "tenants"))
        return claims.picked(
            at
            for at, (area, tenants) in rows
            if area is not None
            and not (self.smallest <= area <= self.largest and (tenants or 0) * 1000 <= self.densest * area)
        )

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


def _counted(case: Case) -> Iterator[Claims]:
    """The rows that count. What another row lacks does not matter; those of an unchanged return only confirm others."""
    return (filed.counted for filed in case.filed if filed.submission.type != "unchanged")


def _blank(case: Case, code: str, field: str) -> Iterator[Finding]:
    for claims in _counted(case):
        there = claims.having(field)
        for at in there.blank(field):
            yield case.of_row(code, there[at], field)
        absent = {rows.origin[:2]: rows.origin for rows in claims.lacking(field).tables}
        for origin in absent.values():
            yield case.of_column(code, origin, field, variant="column")


def without_document(case: Case) -> Iterator[Finding]:
    """V116: a level above the city's without the document that grants it; at the document's cell, else the level's."""
    names = {value: zh for zh, value in CHOICES["level"].items()}
    for claims in _counted(case):
        high = {at for at, level in enumerate(claims.column("level")) if level in {"national", "provincial"}}
        for at in high.intersection(claims.blank("level_document")):
            claim = claims[at]
            field = "level_document" if "level_document" in claim.origin.columns else "level"
            level = claim.level or "none"
            yield case.of_row("V116", claim, field, level=Words(names[level], level))


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


RULES = (
    Check(("V111",), implausible, "return"),
    Check(("V115",), without_code, "return"),
    Check(("V116",), without_document, "return"),
    Check(("V117",), without_state, "return"),
    Check(("X101",), repeated, "return"),
)
