"""How grave the plan makes each rule's findings (contract 6.4, `rules:`); some it may do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import CATALOGUE, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.findings import Finding
    from mdj_plan.plan.model import Plan


def severity_of(plan: Plan | None, code: str) -> Severity | None:
    """A rule's severity under a plan (None: without any); None where the plan has it off."""
    setting = plan.file.rules.get(code) if plan is not None else None
    if setting is None or setting.severity is None:
        return CATALOGUE[code].severity
    return None if setting.severity == "off" else Severity(setting.severity)


def off(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The rules that the plan has off, each with its reason, in the catalogue's order."""
    said = plan.file.rules
    return tuple(
        (code, said[code].reason or "") for code in CATALOGUE if code in said and severity_of(plan, code) is None
    )


def settled(plan: Plan, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as grave as the plan says; those of rules that are off are left out."""
    said = {code: severity_of(plan, code) for code, setting in plan.file.rules.items() if setting.severity is not None}
    if not said:
        return tuple(findings)
    found = []
    for finding in findings:
        severity = said.get(finding.code, finding.severity)
        if severity is not None:
            found.append(finding._replace(severity=severity))
    return tuple(found)
