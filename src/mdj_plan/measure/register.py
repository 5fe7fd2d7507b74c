"""The register: the distinct facilities behind all claims of a period (contract 2, "Claim → facility")."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain, repeat
from typing import TYPE_CHECKING, overload

from mdj_plan.archive.ledger import namesakes, of_one_facility
from mdj_plan.intake.submission import NO_CLAIMS, Claims
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mdj_plan.archive.identities import Key
    from mdj_plan.archive.ledger import Return
    from mdj_plan.intake.submission import Claim
    from mdj_plan.plan.model import Unit

OPERATING = frozenset((None, "operating"))
"""The states in which a facility is measured; blank everywhere means operating."""
_Named = tuple[str, str | None, str | None]
"""Whom a claim names: the unit whose return it stands in, its region, its department."""


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
        return self.values.state in OPERATING

    @property
    def measured(self) -> bool:
        """Whether it counts towards figures: operating, and placed by no claim in a unit outside the plan (S107)."""
        return not self.outside and self.values.state in OPERATING

    def stating(self, field: str | None) -> tuple[str, Claim]:
        """The (unit id, claim) whose cell its value comes from: the first that states the field, else the first."""
        if field is not None:
            for unit, claim in self.claims:
                if claim.value(field) is not None:
                    return unit, claim
        return self.claims[0]


class Register(Sequence[Facility]):
    """The facilities of a period, in order of their deciding claims; made when somebody first asks for one.

    Who looks at all of them asks for columns: `values` are the claims that decide, `units` those in whose returns they
    stand, `credited` whom each counts for, `keys` by what they are compared, `outside` the places of those in a unit
    outside the plan, `shared` the few that several claims mean, by place.
    """

    def __init__(
        self,
        values: Claims,
        units: Sequence[str],
        keys: Sequence[Key],
        credited: Sequence[tuple[str, ...]],
        outside: frozenset[int],
        shared: Mapping[int, Facility],
    ) -> None:
        self.values, self.keys, self.credited, self.outside, self.shared = values, keys, credited, outside, shared
        self.units = units
        self._made = dict(shared)

    @cached_property
    def measured(self) -> Sequence[int]:
        """The places of those that count towards figures."""
        states = enumerate(self.values.column("state"))
        return [at for at, state in states if state in OPERATING and at not in self.outside]

    @cached_property
    def namesakes(self) -> Sequence[Sequence[int]]:
        """The places of those of one kind and name, for each that several bear."""
        return namesakes(self.keys)

    @cached_property
    def of_shared_codes(self) -> Sequence[int]:
        """The places of those whose credit code another one bears too; in most registers none."""
        codes, seen, shared = self.values.column("credit_code"), {None}, set()
        for code in codes:
            if code not in seen:
                seen.add(code)
            elif code is not None:
                shared.add(code)
        return [at for at, code in enumerate(codes) if code in shared] if shared else []

    def _facility(self, at: int) -> Facility:
        found = self._made.get(at)
        if found is None:
            claim = self.values[at]
            found = Facility(claim, ((self.units[at], claim),), self.credited[at], at in self.outside)
            self._made[at] = found
        return found

    def __len__(self) -> int:
        return len(self.credited)

    def __iter__(self) -> Iterator[Facility]:
        return map(self._facility, range(len(self)))

    @overload
    def __getitem__(self, at: int) -> Facility: ...
    @overload
    def __getitem__(self, at: slice) -> list[Facility]: ...
    def __getitem__(self, at: int | slice) -> Facility | list[Facility]:
        """The facility at a place, or those at some, always the same ones. Raises IndexError."""
        places = range(len(self))[at]
        return [*map(self._facility, places)] if isinstance(places, range) else self._facility(places)


NO_FACILITIES = Register(NO_CLAIMS, (), (), (), frozenset(), {})


def register(returns: Iterable[tuple[str, Return]], units: Mapping[str, Unit], outside: frozenset[str]) -> Register:
    """The facilities of (unit id, return) pairs, given in the order of units: in order of their deciding claim."""
    returns = tuple(returns)
    claims = Claims.joined(ret.claims for _, ret in returns)
    of = list(chain.from_iterable(repeat(unit, len(ret.claims)) for unit, ret in returns))
    named: list[_Named] = list(zip(of, *map(claims.column, ("region", "department")), strict=True))
    order = _in_order(units)
    alone = {each: _credited([each], units, order) for each in set(named)}
    credited, out = list(map(alone.__getitem__, named)), _lying_in(claims, outside)
    keys = list(chain.from_iterable(ret.keys for _, ret in returns))
    every = Register(claims, of, keys, credited, out, {})
    together = of_one_facility(claims, every.namesakes)
    shared: dict[int, Facility] = {}
    for places in together:
        first = places[0]
        credited[first] = _credited([named[at] for at in places], units, order)
        shared[first] = _shared(claims, of, places, credited[first], outside=not out.isdisjoint(places))
    return _without_repeats(every, together, shared) if together else every


def _shared(
    claims: Claims, of: Sequence[str], places: Sequence[int], credited: tuple[str, ...], *, outside: bool
) -> Facility:
    """The facility that several units claim."""
    same = [claims[at] for at in places]
    return Facility(_merged(same), tuple(zip((of[at] for at in places), same, strict=True)), credited, outside)


def _without_repeats(every: Register, together: Sequence[Sequence[int]], shared: Mapping[int, Facility]) -> Register:
    """The register with each facility that several units claim once, in the place of its deciding claim."""
    further = {at for places in together for at in places[1:]}
    left = [at for at in range(len(every)) if at not in further]
    outside = every.outside.union(at for at, each in shared.items() if each.outside)
    return Register(
        Claims.of(shared[at].values if at in shared else every.values[at] for at in left),
        [*map(every.units.__getitem__, left)],
        [*map(every.keys.__getitem__, left)],
        [*map(every.credited.__getitem__, left)],
        frozenset(place for place, at in enumerate(left) if at in outside),
        {place: shared[at] for place, at in enumerate(left) if at in shared},
    )


def _lying_in(claims: Claims, units: frozenset[str]) -> frozenset[int]:
    """The places of claims for some units."""
    regions = claims.column("region") if units else ()
    return frozenset(at for at, region in enumerate(regions) if region in units)


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


def _credited(claims: Iterable[_Named], units: Mapping[str, Unit], order: Mapping[str, int]) -> tuple[str, ...]:
    """Every district and department that the claims name; one that lies in districts credited itself alone."""
    named: dict[str, None] = {}
    for unit, region, department in claims:
        named[unit] = None
        if region is not None and not units[unit].lies_in_districts:
            named[region] = None
        if department is not None:
            named[department] = None
    return tuple(sorted(named, key=order.__getitem__))
