"""The register: the distinct facilities behind all claims of a period (contract 2, "Claim → facility")."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.archive.ledger import apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mdj_plan.archive.identities import Key
    from mdj_plan.archive.ledger import Return
    from mdj_plan.intake.submission import Claim
    from mdj_plan.plan.model import Unit


class Facility(NamedTuple):
    """A distinct facility. `values` holds, field by field, what the first claim states that states it; `claims` are
    (unit id, claim) in the order districts, departments, plan; `credited` the ids of the units it counts for.
    """

    values: Claim
    claims: tuple[tuple[str, Claim], ...]
    credited: tuple[str, ...]
    outside: bool

    @property
    def operating(self) -> bool:
        """Whether it is measured by its state; blank everywhere means operating."""
        return self.values.state in {None, "operating"}

    @property
    def measured(self) -> bool:
        """Whether it counts towards figures: operating, and placed by no claim in a unit outside the plan (S107)."""
        return not self.outside and self.values.state in {None, "operating"}


def register(
    returns: Iterable[tuple[str, Return]], units: Mapping[str, Unit], outside: frozenset[str]
) -> list[Facility]:
    """The facilities of (unit id, return) pairs, given in the order of units: in order of their deciding claim."""
    returns = tuple(returns)
    order = _in_order(units)
    claims = [(unit, claim) for unit, ret in returns for claim in ret.claims]
    keys = [key for _, ret in returns for key in ret.keys]
    groups: Iterable[Sequence[tuple[str, Claim]]] = ([each] for each in claims)
    if len(set(keys)) < len(keys):
        groups = _grouped(claims, keys)
    credited: dict[tuple[str, str | None, str | None], tuple[str, ...]] = {}
    facilities = []
    for group in groups:
        if len(group) == 1:
            unit, claim = group[0]
            who = (unit, claim.region, claim.department)
            if who not in credited:
                credited[who] = _credited(group, units, order)
            facilities.append(Facility(claim, ((unit, claim),), credited[who], claim.region in outside))
        else:
            facilities += _shared(group, units, order, outside)
    if len(set(keys)) < len(keys):  # namesakes stand together: each back to its own place
        place = {id(claim): i for i, (_, claim) in enumerate(claims)}
        facilities.sort(key=lambda facility: place[id(facility.claims[0][1])])
    return facilities


def _grouped(claims: Sequence[tuple[str, Claim]], keys: Sequence[Key]) -> Iterable[Sequence[tuple[str, Claim]]]:
    groups: dict[Key, list[tuple[str, Claim]]] = defaultdict(list)
    for each, key in zip(claims, keys, strict=True):
        groups[key].append(each)
    return groups.values()


def _shared(
    group: Sequence[tuple[str, Claim]],
    units: Mapping[str, Unit],
    order: Mapping[str, int],
    outside: frozenset[str],
) -> Iterable[Facility]:
    unit_of = {id(claim): unit for unit, claim in group}
    for same in apart([claim for _, claim in group]):
        claims = tuple((unit_of[id(claim)], claim) for claim in same)
        out = any(claim.region in outside for claim in same)
        yield Facility(_merged(same), claims, _credited(claims, units, order), out)


def _merged(claims: Sequence[Claim]) -> Claim:
    """Field by field the first value stated; origin and row stay the first claim's."""
    first, *later = claims
    stated = {}
    for name in first.fields:
        if first.value(name) is None:
            others = (claim.value(name) for claim in later)
            if (other := next((value for value in others if value is not None), None)) is not None:
                stated[name] = other
    return first.stating(**stated) if stated else first


def _in_order(units: Mapping[str, Unit]) -> Mapping[str, int]:
    """Each unit's place: districts, then departments, in the plan's order."""
    return {unit: place for place, unit in enumerate(sorted(units, key=lambda unit: units[unit].kind != "district"))}


def _credited(
    claims: Iterable[tuple[str, Claim]], units: Mapping[str, Unit], order: Mapping[str, int]
) -> tuple[str, ...]:
    """Every district and department that the claims name; one that lies in districts credited itself alone."""
    named: dict[str, None] = {}
    for unit, claim in claims:
        named[unit] = None
        lies = units[unit].lies_in_districts
        if claim.region is not None and not lies:
            named[claim.region] = None
        if claim.department is not None:
            named[claim.department] = None
    return tuple(sorted(named, key=order.__getitem__))
