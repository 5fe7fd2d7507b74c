"""Which facility of another period is the same: by kind and name, and never with another code (contract 2)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.archive.identities import Identities, Key
    from mdj_plan.measure.register import Facility


class Namesakes:
    """The facilities of a register, to be found by those of another."""

    def __init__(self, identities: Identities, facilities: Iterable[Facility]) -> None:
        self._identities = identities
        self._by_key: dict[Key, list[Facility]] = defaultdict(list)
        for facility in facilities:
            self._by_key[self._key(facility)].append(facility)

    def of(self, facility: Facility) -> Facility | None:
        """The same facility here; None where there is none, or nobody can say which of several it is."""
        namesakes = self._by_key.get(self._key(facility), [])
        code = facility.values.credit_code
        same = [each for each in namesakes if code is not None and each.values.credit_code == code]
        if same:
            return same[0]
        maybe = [each for each in namesakes if None in {code, each.values.credit_code}]
        return maybe[0] if len(namesakes) == 1 and maybe else None

    def _key(self, facility: Facility) -> Key:
        return self._identities.key(facility.claims[0][1])
