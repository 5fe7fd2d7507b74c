"""Rules across returns of one period: claims of the same facility, operator or name (X102, X103, X109, X110)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from mdj_plan.checks.check import Check
from mdj_plan.checks.gone import KINDS
from mdj_plan.names import Words, listed
from mdj_plan.sheets.cells import as_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mdj_plan.archive.identities import Key
    from mdj_plan.checks.case import Case
    from mdj_plan.fields import Field
    from mdj_plan.findings import Finding
    from mdj_plan.intake.submission import Claim
    from mdj_plan.measure.register import Facility
    from mdj_plan.plan.model import Unit

_COMPARED = frozenset(("choice", "choices", "date", "number", "whole"))
"""The types of fields in which two returns may contradict each other; texts are put in many ways."""


def claimed_by_several(case: Case) -> Iterator[Finding]:
    """X102: credited to two districts, or to two departments.

    A zone lies in a district, so one of each is honest; two zones, or two of the others, are not.
    """
    facilities, units = case.facilities, case.plan.units
    rivals = {credited: list(_rivals(credited, units)) for credited in set(facilities.credited)}
    disputed = {credited for credited, found in rivals.items() if found}
    for at in [at for at, credited in enumerate(facilities.credited) if credited in disputed] if disputed else ():
        for named in rivals[facilities.credited[at]]:
            claim = _later(case, facilities[at], named)
            if claim is not None:
                yield case.of_row("X102", claim, "name", units=listed(units[each].name for each in named))


def _rivals(credited: Iterable[str], units: dict[str, Unit]) -> Iterator[list[str]]:
    kinds: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for unit in credited:
        kinds[units[unit].kind, units[unit].lies_in_districts].append(unit)
    yield from (rivals for rivals in kinds.values() if len(rivals) > 1)


def _later(case: Case, facility: Facility, rivals: list[str]) -> Claim | None:
    """The last claim of this period that names one of the rivals: the place where the dispute is told."""
    naming = [c for u, c in facility.claims if case.is_fresh(c) and {u, c.region, c.department} & set(rivals)]
    return naming[-1] if naming else None


def claims_disagree(case: Case) -> Iterator[Finding]:
    """X103: two returns of the period state different values; at the cell whose value is not used."""
    for facility in case.facilities.shared.values():
        fresh = [(unit, claim) for unit, claim in facility.claims if case.is_fresh(claim)]
        for field in case.plan.fields.values():
            if field.type in _COMPARED and field.id != "kind":  # these differ only where the register says they are one
                yield from _disagreements(case, fresh, field)


def _disagreements(case: Case, claims: Iterable[tuple[str, Claim]], field: Field) -> Iterator[Finding]:
    used: tuple[str, Claim] | None = None
    for unit, claim in claims:
        value = claim.value(field.id)
        if value is None:
            continue
        if used is None:
            used = (unit, claim)
        elif value != used[1].value(field.id):
            yield case.of_row(
                "X103",
                claim,
                field.id,
                label=field.label,
                other=case.plan.units[used[0]].name,
                used=_shown(field, used[1].value(field.id)),
                where=f"{used[1].origin.file} {used[1].at(field.id).cell}",
                shown=_shown(field, value),
            )


def _shown(field: Field, value: Any) -> str:
    """A value as the template writes it."""
    names = field.words
    if isinstance(value, tuple):
        return "、".join(names[each] for each in value)
    return names.get(value) or as_typed(value)


def same_operator_other_name(case: Case) -> Iterator[Finding]:
    """X109: one operator and kind under two names in the period."""
    for group in _groups(case, lambda key, code: (key[0], code)):
        for facility in group[1:]:
            yield from _told(case, "X109", facility, group[0].values)


def same_name_other_operator(case: Case) -> Iterator[Finding]:
    """X110: one kind and name under several codes, or without a code where the name fits two: kept apart."""
    facilities = case.facilities
    for first, *others in facilities.namesakes:
        for at in others:
            yield from _told(case, "X110", facilities[at], facilities.values[first])


def same_facility_other_kind(case: Case) -> Iterator[Finding]:
    """X111: one name and operator under several kinds, which count apart; at the kind of the last row of the period."""
    for group in _groups(case, lambda key, code: (key[1], code)):
        claims = [each for facility in group for each in facility.claims]
        fresh = [claim for _, claim in claims if case.is_fresh(claim)]
        if fresh:
            units = case.plan.units
            told = listed(_as_claimed(units[unit].name, claim) for unit, claim in claims)
            yield case.of_row("X111", fresh[-1], "kind", claims=told)


def _groups(case: Case, by: Callable[[Key, str], tuple[str, str]]) -> Iterator[list[Facility]]:
    """Facilities of one code that agree in something of their key too, where several do."""
    facilities = case.facilities
    codes = facilities.values.column("credit_code")
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at in facilities.of_shared_codes:
        groups[by(facilities.keys[at], codes[at])].append(at)
    return ([facilities[at] for at in group] for group in groups.values() if len(group) > 1)


def _as_claimed(unit: Words, claim: Claim) -> Words:
    """The kind that a row gives, whose return it is and where."""
    kind, where = KINDS[claim.kind or ""], f"{claim.origin.file} {claim.at('kind').cell}"
    return Words(f"{kind.zh}（{unit.zh}，{where}）", f"{kind.en} ({unit.in_language('en')}, {where})")


def _told(case: Case, code: str, facility: Facility, other: Claim) -> Iterator[Finding]:
    claim = next((claim for _, claim in facility.claims if case.is_fresh(claim)), None)
    if claim is not None:
        yield case.of_row(code, claim, "name", other=other.name or "", where=_seen_from(claim, other))


def _seen_from(claim: Claim, other: Claim) -> str:
    """Where another row stands: its cell, with the sheet or the file where that is not the row's own."""
    at = other.at("name")
    if claim.origin.file != other.origin.file:
        return f"{other.origin.file} {at.cell}"
    return at.cell or "" if claim.origin.sheet == other.origin.sheet else f"{at.sheet}!{at.cell}"


RULES = (
    Check(("X102",), claimed_by_several, "return"),
    Check(("X103",), claims_disagree, "return"),
    Check(("X109",), same_operator_other_name, "return"),
    Check(("X110",), same_name_other_operator, "return"),
    Check(("X111",), same_facility_other_kind, "return"),
)
