"""Who is meant by a name: units of the plan by id, name or alias, members of a unit, and groups (contract 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.names import folded, nearest, without_prefixes
from mdj_plan.plan.mentions import Mentions, Reporter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.plan.model import PlanFile, Unit


_LONGEST = 256
"""Characters beyond which nothing is a name."""


class Directory:
    """Looks up names of a plan. Names are equal in their folded form, with or without prefixes; never by likeness.

    A suffix such as 科技局 is dropped only when no unit bears the whole name.
    """

    def __init__(self, file: PlanFile) -> None:
        self._prefixes = _longest_first(file.name_prefixes)
        self._suffixes = _longest_first(file.unit_suffixes)
        self.clashes: list[tuple[str, Reporter, Reporter]] = []
        self._known: dict[str, Reporter] = {}
        self._short: dict[str, Reporter | None] = {}
        self._names: dict[str, str] = {}
        self._cache: dict[str, Reporter | None] = {}
        self._mentions = Mentions(self._prefixes, self._suffixes)
        self._ids = {folded(unit.id): unit.id for unit in file.units}
        self.kinds = {unit.id: unit.kind for unit in file.units}
        self._groups = _groups(file)
        for unit in file.units:
            for name, reporter in _names_of(unit):
                self._enter(name, reporter)
                if name != unit.id:  # an id is looked for in file and folder names alone
                    self._mentions.enter(name, reporter, alias=name in unit.aliases)

    def _enter(self, name: str, reporter: Reporter) -> None:
        key = folded(name)
        before = self._known.setdefault(key, reporter)
        if before != reporter:
            self.clashes.append((name, before, reporter))
        self._names.setdefault(name, name)
        short = without_prefixes(key, self._prefixes)
        if self._short.setdefault(short, reporter) != reporter:
            self._short[short] = None  # two units shrink to the same name: it says nothing

    def find(self, name: str) -> Reporter | None:
        """Whose name it is; None when nobody bears it."""
        if name not in self._cache:
            self._cache[name] = self._find(folded(name))
        return self._cache[name]

    def _find(self, key: str) -> Reporter | None:
        """Whose folded name it is, as it stands or without suffixes. No name is as long as `_LONGEST`."""
        if not key or len(key) > _LONGEST:
            return None
        found = (self._whole(form) for form in _shortened(key, self._suffixes, at_end=True))
        return next((reporter for reporter in found if reporter is not None), None)

    def _whole(self, key: str) -> Reporter | None:
        """The bearer of the whole name, as it stands or without one or several prefixes."""
        for form in _shortened(key, self._prefixes, at_end=False):
            found = self._known.get(form) or self._short.get(form)
            if found is not None:
                return found
        return None

    def group(self, name: str) -> tuple[str, ...]:
        """The ids of a group's units, by the group's id or name; none where it is no group's."""
        return self._groups.get(folded(name), ())

    def suggestion(self, name: str) -> str | None:
        """The name most like it, to show to a person."""
        return nearest(name, self._names)

    def named(self, name: str) -> Reporter | None:
        """Whose name or alias it is; an id is none."""
        found = self.find(name)
        return None if found is not None and self._ids.get(folded(name)) == found.unit else found

    def within(self, text: str) -> frozenset[Reporter]:
        """Everybody whose name stands in a text such as a title, as a whole word (`plan.mentions`)."""
        return self._mentions.of(text)


def _shortened(key: str, affixes: Sequence[str], *, at_end: bool) -> Iterator[str]:
    """A name, then what is left of it without one affix or several, the longest first, each form once."""
    waiting, seen = [key], {len(key)}
    while waiting:
        form = waiting.pop()
        yield form
        fits = [a for a in affixes if len(a) < len(form) and (form.endswith(a) if at_end else form.startswith(a))]
        for affix in reversed(fits):
            if len(form) - len(affix) not in seen:
                seen.add(len(form) - len(affix))
                waiting.append(form.removesuffix(affix) if at_end else form.removeprefix(affix))


def _longest_first(affixes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, map(folded, affixes)), key=len, reverse=True))


def _groups(file: PlanFile) -> dict[str, tuple[str, ...]]:
    members: dict[str, list[str]] = {}
    for unit in file.units:
        members.setdefault(unit.group or "", []).append(unit.id)
    names = {folded(group): group for group in members if group}
    for group in file.groups:
        names |= {folded(name): group.id for name in (group.name.zh, group.name.en) if name}
    return {name: tuple(members.get(group, ())) for name, group in names.items()}


def _names_of(unit: Unit) -> Iterator[tuple[str, Reporter]]:
    whole = Reporter(unit.id)
    yield unit.id, whole
    yield unit.name.zh, whole
    if unit.name.en:
        yield unit.name.en, whole
    for alias in unit.aliases:
        yield alias, whole
    for member in unit.members:
        yield member, Reporter(unit.id, member)
