"""Which facilities of two times are the same: contract 2's rule for claims, put to facilities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.oracle.claims import Archive, Facility


@dataclass(frozen=True)
class Pairing:
    """`same` by place: later → earlier; `successors`: the same of one namesake at each end with different codes."""

    same: dict[int, int]
    successors: dict[int, int]


def paired(archive: Archive, earlier: Sequence[Facility], later: Sequence[Facility]) -> Pairing:
    """By kind and name or the register, never with different codes; one without a code that fits two stays by itself."""
    same: dict[int, int] = {}
    successors: dict[int, int] = {}
    groups: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, facilities in enumerate((earlier, later)):
        for place, facility in enumerate(facilities):
            groups[archive.name_of(facility)][side].append(place)
    for before, after in groups.values():
        codes = {code for code in _codes(earlier, before) | _codes(later, after) if code}
        same |= {new: old for new in after for old in before if _agree(later[new], earlier[old], len(codes))}
        # AMBIGUOUS: one that stays by itself at both ends. Read: where there is one at each end it is the same.
        bare = [[one for one in end if not _code(side[one])] for end, side in ((before, earlier), (after, later))]
        if [len(end) for end in bare] == [1, 1]:
            same[bare[1][0]] = bare[0][0]
        if len(before) == len(after) == 1 and len(codes) == 2:
            successors[after[0]] = before[0]
    return Pairing(same, successors)


def _agree(new: Facility, old: Facility, codes: int) -> bool:
    """Of namesakes that bear so many codes in all."""
    ours, theirs = _code(new), _code(old)
    return bool(ours and ours == theirs) or (codes < 2 and not (ours and theirs))


def _code(facility: Facility) -> str | None:
    code = facility.value("credit_code")
    return code if isinstance(code, str) else None


def _codes(facilities: Sequence[Facility], places: Iterable[int]) -> set[str | None]:
    return {_code(facilities[place]) for place in places}
