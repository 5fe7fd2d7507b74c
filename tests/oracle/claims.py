"""Which returns, rows and claims count, and which facilities they are: contract 2, first half."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache, cached_property
from itertools import groupby

from tests.oracle.world import PARTS, Return, Row, Unit, Value, World, name_key

DEFAULTS = {"level": "none", "state": "operating"}


@dataclass(frozen=True)
class Claim:
    """A row that counts, with who says it. `zeros`: the flows, where a return without changes confirms it."""

    unit: Unit
    row: Row
    zeros: frozenset[str] = frozenset()

    @cached_property
    def region(self) -> str | None:
        return self.row.word("region") or (self.unit.id if self.unit.is_district else None)

    @cached_property
    def department(self) -> str | None:
        return self.row.word("department") or (None if self.unit.is_district else self.unit.id)

    @property
    def credited(self) -> set[str]:
        """The reporter and whom it names; of a unit that lies in districts the reporter, not the district named."""
        region = None if self.unit.lies_in_districts else self.region
        return {unit for unit in (self.unit.id, region, self.department) if unit}

    def value(self, name: str) -> Value:
        """What the claim states; None where it states nothing. A part that exceeds its whole is blank."""
        if name == "region":
            return self.region
        if name == "department":
            return self.department
        if name in self.zeros:
            return Fraction(0)
        stated = self.row.value(name)
        whole = self.row.number(PARTS.get(name, ""))
        if isinstance(stated, Fraction) and whole is not None and stated > whole:
            return None
        return stated


@dataclass(frozen=True)
class Facility:
    """Claims of one facility: of districts, then of departments, in the plan's order."""

    claims: tuple[Claim, ...]

    def value(self, name: str) -> Value:
        # AMBIGUOUS: is a blank level "none" stated, a blank state "operating"? Read: a blank states nothing; the default
        # holds where no claim states the field. Else: the first claim's blank would outweigh a later claim's 国家级.
        return self._first(claim.value(name) for claim in self.claims) or DEFAULTS.get(name)

    def number(self, name: str) -> Fraction | None:
        stated = self._first(claim.value(name) for claim in self.claims)
        return stated if isinstance(stated, Fraction) else None

    @staticmethod
    def _first(values: Iterable[Value]) -> Value:
        return next((value for value in values if value is not None), None)

    @property
    def operating(self) -> bool:
        return self.value("state") == "operating"

    @property
    def claimed_by(self) -> list[str]:
        return list(dict.fromkeys(claim.unit.id for claim in self.claims))

    @property
    def credited(self) -> set[str]:
        return set().union(*(claim.credited for claim in self.claims))

    @property
    def places(self) -> set[str | None]:
        """Every district a claim places the facility in."""
        # AMBIGUOUS: "a facility that any claim places in it". Read: by its 所在地区, also where a zone names the district
        # it lies in; a department outside the plan places nothing. Else: by its 责任部门 too; else: not by a zone's claim.
        return {claim.region for claim in self.claims}


@dataclass(frozen=True)
class Remainder(Return):
    """A joint return as it is carried for members that have never reported singly: `kept` are its rows still theirs."""

    kept: tuple[Row, ...] = ()
    lacked_rows: bool = False


@dataclass(frozen=True)
class Judged:
    """A return's rows that count, and whether a row was dropped as unusable."""

    rows: tuple[Row, ...]
    dropped: bool


class Archive:
    """The returns of participating units, and what counts of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._meanings = {
            (entry.alias_kind, name_key(entry.alias, world.prefixes)): (
                entry.kind,
                name_key(entry.name, world.prefixes),
            )
            for entry in world.register
        }
        self._standing: dict[tuple[str, str], dict[int, Return]] = {}
        self._days: dict[tuple[str, str, int], list[dt.date]] = {}
        place = lambda one: (one.unit, one.member, one.period, one.version)  # noqa: E731 - sorts and groups alike
        outside = {unit.id for unit in world.units if not unit.participates}
        agreed = [one for one in world.returns if one.unit not in outside and not one.disagrees]
        for _, alike in groupby(sorted(agreed, key=place), place):
            files = list(alike)
            if len(files) == 1:  # two of the same version are S103, and neither counts
                one = files[0]
                self._standing.setdefault((one.unit, one.member), {})[one.period] = one
                day = world.received(one)
                if day:
                    self._days.setdefault((one.unit, one.member, one.period), []).append(day)
        for attempt in world.office.attempts:
            days = self._days.setdefault((attempt.unit, attempt.member, attempt.period), [])
            days.append(world.day(attempt.received_at))
        self.outside = outside
        self.facilities = cache(self._facilities)

    def first_day(self, unit: str, member: str, period: int) -> dt.date | None:
        """The earliest day known on which a version that can count came, or one that was sent back."""
        return min(self._days.get((unit, member, period), []), default=None)

    def of(self, unit: Unit, period: int) -> tuple[Return, ...]:
        """The unit's returns of that very period: one, or its members' in the plan's order."""
        whole = self._standing.get((unit.id, ""), {}).get(period)
        # AMBIGUOUS: a unit's own return and its members' for one period. Read: its own stands alone. Else: added up.
        if whole:
            return (whole,)
        singly = (self._standing.get((unit.id, member), {}).get(period) for member in unit.members)
        return tuple(one for one in singly if one)

    def latest(self, unit: Unit, period: int) -> tuple[Return, ...]:
        """What counts at the period: its latest return, or each member's latest where it reports member by member."""
        newest = max((one for one in self.periods(unit) if one <= period), default=None)
        if newest is None:
            return ()
        if not self.singly(unit, period):
            return self.of(unit, newest)
        found: list[Return] = []
        for member in unit.members:
            one = self.standing_for(unit, member, period)
            # Members that never reported singly are carried from one joint return: where the first of them stands.
            if one and not (isinstance(one, Remainder) and any(isinstance(other, Remainder) for other in found)):
                found.append(one)
        return tuple(found)

    def standing_for(self, unit: Unit, member: str, period: int) -> Return | None:
        """A member's latest return, or what is left of the last joint return where it never reported singly."""
        own = self.latest_of(unit, member, period)
        joint = self.latest_of(unit, "", period)
        if own or not joint:
            return own
        # AMBIGUOUS: two members that never reported singly. Read: each is carried from the same joint return, once.
        since = [
            row
            for other in unit.members
            for quarter, one in self._standing.get((unit.id, other), {}).items()
            if joint.period < quarter <= period
            for row in self.judged(one).rows
        ]
        rows = self.judged(joint).rows
        groups = self._alike([*rows, *since])
        claimed = {place for group in groups if any(place >= len(rows) for place in group) for place in group}
        kept = tuple(row for place, row in enumerate(rows) if place not in claimed)
        known = {each.name: getattr(joint, each.name) for each in fields(Return)}
        return Remainder(**known, kept=kept, lacked_rows=self.judged(joint).dropped)

    def latest_of(self, unit: Unit, member: str, period: int) -> Return | None:
        # AMBIGUOUS: a member out whose last own return is older than a return of the whole unit. Read: its own latest
        # return is carried all the same. Else: nothing older than the whole unit's return is.
        held = self._standing.get((unit.id, member), {})
        newest = max((one for one in held if one <= period), default=None)
        return None if newest is None else held[newest]

    def singly(self, unit: Unit, period: int) -> bool:
        """Whether the latest that counts at the period came member by member."""
        newest = max((one for one in self.periods(unit) if one <= period), default=None)
        return newest is not None and bool(self.of(unit, newest)[0].member)

    def periods(self, unit: Unit) -> set[int]:
        """Every period for which something of the unit counts."""
        return {period for member in ("", *unit.members) for period in self._standing.get((unit.id, member), {})}

    def lacks(self, unit: Unit, period: int) -> bool:
        """Whether a return of that period is lacking, a member's included."""
        found = self.of(unit, period)
        return not found or (bool(found[0].member) and len(found) < len(unit.members))

    def judged(self, one: Return) -> Judged:
        if isinstance(one, Remainder):
            return Judged(one.kept, one.lacked_rows)
        if one.kind == "unchanged":
            # AMBIGUOUS: an unchanged return without an earlier one. Read: it confirms nothing, so no facilities.
            # AMBIGUOUS: a row the earlier return had dropped. Read: what is confirmed lacks it too, so still incomplete.
            # AMBIGUOUS: the "last return" of a whole unit after its members'. Read: what stood for it, put together.
            parts = [self.judged(part) for part in self._before(one)]
            return Judged(tuple(row for part in parts for row in part.rows), any(part.dropped for part in parts))
        usable = [row for row in one.rows if self._usable(row)]
        own = [row for row in usable if not self._for_another(self.world.unit(one.unit), row)]
        return Judged(tuple(self._distinct(own)), dropped=len(usable) < len(one.rows))

    def _before(self, one: Return) -> tuple[Return, ...]:
        """What an unchanged return confirms: a member's last, or what stood for the unit."""
        unit = self.world.unit(one.unit)
        if not one.member:
            return self.latest(unit, one.period - 1)
        earlier = self.latest_of(unit, one.member, one.period - 1)
        return (earlier,) if earlier else ()

    @staticmethod
    def _usable(row: Row) -> bool:
        return bool(row.word("name") and row.word("kind") and not row.cell("state").invalid)

    @staticmethod
    def _for_another(unit: Unit, row: Row) -> bool:
        named = row.word("region" if unit.is_district else "department")
        return named not in {None, unit.id} and not unit.lies_in_districts

    def _distinct(self, rows: list[Row]) -> list[Row]:
        """Without a second row for the same facility (X101)."""
        # AMBIGUOUS: a row without a code whose name fits two codes. Read: by the codes of this return alone, each such
        # row by itself, so none of them is a second row. Else: by the codes of all returns of the period.
        firsts = [rows[group[0]] for group in self._alike(rows)]
        return sorted(firsts, key=lambda row: next(i for i, one in enumerate(rows) if one is row))

    def _alike(self, rows: list[Row]) -> list[list[int]]:
        """Places of the rows that are one facility, together: by kind and name, and never with two codes."""
        named: dict[tuple[str, str], list[int]] = {}
        for place, row in enumerate(rows):
            named.setdefault(self._name(row), []).append(place)
        groups: list[list[int]] = []
        for places in named.values():
            codes = {place: rows[place].word("credit_code") for place in places}
            known = dict.fromkeys(code for code in codes.values() if code)
            if len(known) < 2:
                groups.append(places)
                continue
            split = [[place for place in places if codes[place] == code] for code in known]
            split += [[place] for place in places if codes[place] is None]
            groups += sorted(split)
        return groups

    def _name(self, row: Row) -> tuple[str, str]:
        kind, name = row.word("kind") or "", name_key(row.word("name") or "", self.world.prefixes)
        return self._meanings.get((kind, name), (kind, name))

    def name_of(self, facility: Facility) -> tuple[str, str]:
        """Kind and name, the register's where it knows them: what all claims of a facility agree in."""
        return self._name(facility.claims[0].row)

    def source(self, row: Row) -> tuple[Return, int]:
        """The return in which the row stands, and its place."""
        return next((one, place) for one in self.world.returns for place, other in enumerate(one.rows) if other is row)

    def claims(self, unit: Unit, returns: Iterable[Return]) -> list[Claim]:
        # AMBIGUOUS: which fields of an unchanged return are flows. Read: this quarter's new graduates, and whatever some
        # indicator of the plan adds up over it, also where another reads the field as a stock (decision 0003).
        summed = {one.summed for one in self.world.indicators if one.flow}
        zeros = frozenset({"new_graduates", *summed})
        return [
            Claim(unit, row, zeros if one.kind == "unchanged" else frozenset())
            for one in returns
            for row in self.judged(one).rows
        ]

    def _facilities(self, period: int, *, carried: bool) -> list[Facility]:
        """The facilities at the period; without `carried`, by its returns alone.

        Those that a claim places in a unit that stands outside are among them, though not measured.
        """
        returns = self.latest if carried else self.of
        claims = [one for unit in self.world.participants for one in self.claims(unit, returns(unit, period))]
        groups = sorted(self._alike([claim.row for claim in claims]))
        return [Facility(tuple(claims[place] for place in group)) for group in groups]

    def register(self, period: int) -> list[Facility]:
        """The facilities at the period in register order, without those placed in a unit that stands outside."""
        return [one for one in self.facilities(period, carried=True) if not one.places & self.outside]

    def counting(self, period: int) -> list[Return]:
        """Every return that counts for the period or an earlier one."""
        held = (one for returns in self._standing.values() for one in returns.values())
        return [one for one in held if one.period <= period]

    def distinct(self, unit: Unit, returns: Iterable[Return]) -> int:
        """How many facilities these returns' rows speak of."""
        return len(self._alike([claim.row for claim in self.claims(unit, returns)]))

    def ever_named(self, unit: Unit, first: int | None, last: int) -> bool:
        """Whether any claim was ever made for the unit by a return of that time (from the beginning: `first` None)."""
        # AMBIGUOUS: does a claim for a facility outside the plan count as made for the unit? Read: yes.
        for reporter in self.world.participants:
            for period in self.periods(reporter):
                if period <= last and (first is None or period >= first):
                    claims = self.claims(reporter, self.of(reporter, period))
                    if any(unit.id in claim.credited for claim in claims):
                        return True
        return False
