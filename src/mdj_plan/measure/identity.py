"""Which facilities of two registers are the same: by kind and name, and never with another code (contract 2)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.archive.identities import Identities, Key
    from mdj_plan.measure.register import Facility, Register

    Pair = tuple[Facility, Facility]


class Pairs(NamedTuple):
    """Facilities of two registers, (earlier, later): the same, and one namesake at each end whose code is another."""

    same: tuple[Pair, ...]
    handed_on: tuple[Pair, ...]

    @property
    def all(self) -> tuple[Pair, ...]:
        """Both: one that was handed on is followed like any other."""
        return self.same + self.handed_on


def pairs(earlier: Register, later: Register, identities: Identities) -> Pairs:
    """The facilities of two registers that belong together, each at most once among the same."""
    groups: dict[Key, tuple[list[Facility], list[Facility]]] = defaultdict(lambda: ([], []))
    for end, facilities in enumerate((earlier, later)):
        for key, facility in zip(identities.keys(facilities.values), facilities, strict=True):
            groups[key][end].append(facility)
    same: list[Pair] = []
    handed_on: list[Pair] = []
    for before, after in groups.values():
        found = list(_same(before, after))
        same += found
        if not found and len(before) == len(after) == 1:
            handed_on.append((before[0], after[0]))
    return Pairs(tuple(same), tuple(handed_on))


def _same(before: Sequence[Facility], after: Sequence[Facility]) -> Iterator[Pair]:
    """Of namesakes: by their codes; those without one where no two codes stand beside them, or one at each end does."""
    if len({_code(facility) for facility in (*before, *after)} - {None}) < 2:
        yield from zip(before, after, strict=False)  # with one code or none there is one at an end
        return
    by_code = {code: facility for facility in before if (code := _code(facility))}
    yield from ((by_code[code], facility) for facility in after if (code := _code(facility)) in by_code)
    bare = [[facility for facility in end if _code(facility) is None] for end in (before, after)]
    if len(bare[0]) == len(bare[1]) == 1:
        yield bare[0][0], bare[1][0]


def _code(facility: Facility) -> str | None:
    return facility.values.credit_code
