"""The register of aliases: which differently named claims are one facility (contract 1, register.csv)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.archive.recalled import NOWHERE, recalled
from mdj_plan.disk import existing
from mdj_plan.fields import CHOICES
from mdj_plan.names import all_folded, folded, without_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mdj_plan.intake.submission import Claim, Claims
    from mdj_plan.kept.shelf import Shelf
    from mdj_plan.plan.model import Plan

Key = tuple[str, str]
"""Kind and name of a facility in the form in which claims are compared."""


class Identities:
    """Says which facility a claim means, by kind and name (contract 2, Claim → facility); codes are another matter."""

    def __init__(self, prefixes: Sequence[str], aliases: Mapping[Key, Key]) -> None:
        self._prefixes = tuple(prefixes)
        self._aliases = dict(aliases)
        self._compared: dict[str, str] = {}

    @classmethod
    def of(cls, plan: Plan, shelf: Shelf = NOWHERE) -> Identities:
        """The identities under a plan and its register. Raises PlanError for a register that cannot be read."""
        prefixes = tuple(folded(prefix) for prefix in plan.file.name_prefixes)
        return cls(prefixes, _known(plan, prefixes, shelf))

    def agree(self, one: str, other: str) -> bool:
        """Whether two names can mean one facility, of whatever kind: equal as they are compared, or by the register."""
        a, b = _compared(one, self._prefixes), _compared(other, self._prefixes)
        if a == b or not self._aliases:
            return a == b
        meant = [
            {self._aliases.get((kind, name), (kind, name)) for kind in CHOICES["kind"].values()} for name in (a, b)
        ]
        return not meant[0].isdisjoint(meant[1])

    def key(self, claim: Claim) -> Key:
        """Kind and compared name of the facility that a usable claim means."""
        return self._keys([claim.kind or ""], [claim.name or ""])[0]

    def keys(self, claims: Claims) -> list[Key]:
        """The same of several claims."""
        kinds, names = claims.column("kind"), claims.column("name")
        return self._keys([kind or "" for kind in kinds], [name or "" for name in names])

    def _keys(self, kinds: Sequence[str], names: Sequence[str]) -> list[Key]:
        seen = self._compared
        new = [name for name in names if name not in seen]
        told = _all_compared(new, self._prefixes)
        seen.update(zip(new, told, strict=True))
        compared = told if len(new) == len(names) else map(seen.__getitem__, names)
        keys = list(zip(kinds, compared, strict=True))
        return [self._aliases.get(key, key) for key in keys] if self._aliases else keys


def _compared(name: str, prefixes: tuple[str, ...]) -> str:
    return _all_compared([name], prefixes)[0]


def _all_compared(names: Sequence[str], prefixes: tuple[str, ...]) -> list[str]:
    keys = (without_prefixes(key, prefixes) if key.startswith(prefixes) else key for key in all_folded(names))
    return [key or name for key, name in zip(keys, names, strict=True)]


def _known(plan: Plan, prefixes: tuple[str, ...], shelf: Shelf) -> dict[Key, Key]:
    """The facility that each alias means in the end; kept aliases are not read again."""
    path = existing(plan.register)
    if path is None:
        return {}
    from mdj_plan.archive.register_table import Alias, read_register  # not for the many who keep no register

    stated = recalled(plan, path, shelf, (Alias,), lambda: read_register(path, lambda name: _compared(name, prefixes)))
    aliases = {
        (each.alias_kind, _compared(each.alias, prefixes)): (each.kind, _compared(each.name, prefixes))
        for each in stated
    }
    return {alias: _end(alias, aliases) for alias in aliases}


def _end(alias: Key, aliases: Mapping[Key, Key]) -> Key:
    """The facility at the end of a chain of aliases; a circle ends where it began."""
    seen = {alias}
    key = aliases[alias]
    while key in aliases and key not in seen:
        seen.add(key)
        key = aliases[key]
    return key
