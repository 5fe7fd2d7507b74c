"""The ledger: what each return that counts says, row by row, and which return stands for a unit at a period.

Rows that do not count are set aside here, once, for the rules (which say so) and the figures (which leave them out):
unusable rows, rows for another unit (S104), a second row for the same facility (X101). Contract 2.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from mdj_plan.archive.holdings import file_away
from mdj_plan.findings import finding
from mdj_plan.intake.submission import NO_CLAIMS, Claims
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import as_typed, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.archive.attempts import By
    from mdj_plan.archive.holdings import Archive
    from mdj_plan.archive.identities import Identities, Key
    from mdj_plan.findings import Finding
    from mdj_plan.intake.submission import Claim, Submission
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan, Unit


class Dropped(NamedTuple):
    """A row that does not count: `reason` is unusable, another-unit or duplicate; `first` the row it repeats."""

    claim: Claim
    reason: str
    first: Claim | None = None


class Return(NamedTuple):
    """A return that counts. `claims` are the rows that count, in order (of an unchanged return those it confirms, with
    zero for the flows), and `keys` what they are compared by, one a claim. `short` says that a stock may be too low for
    an unusable row, `flow_short` the same of a flow.
    """

    submission: Submission
    period: Period
    claims: Claims
    dropped: tuple[Dropped, ...] = ()
    short: bool = False
    flow_short: bool = False
    before: Return | None = None
    keys: tuple[Key, ...] = ()


class Sifted(NamedTuple):
    """The rows of a return parted: those that count, what each of them is compared by, and those that do not."""

    counted: Claims
    keys: tuple[Key, ...]
    dropped: tuple[Dropped, ...]


class Part(NamedTuple):
    """What stands for a reporter at a period: the latest return up to it, None where there never was one."""

    member: str | None
    ret: Return | None


class Standing(NamedTuple):
    """What stands for a unit at a period: one part, or one for each member where they report singly."""

    unit: str
    period: Period
    parts: tuple[Part, ...]

    @property
    def returns(self) -> tuple[Return, ...]:
        """The returns that count, carried ones included; what members share of a joint return once."""
        return tuple({id(part.ret): part.ret for part in self.parts if part.ret is not None}.values())

    @property
    def fresh(self) -> tuple[Return, ...]:
        """The returns of the period itself."""
        return tuple(ret for ret in self.returns if ret.period == self.period)

    @property
    def reporting(self) -> str:
        """Reported, carried (older, or a member is out) or missing."""
        if not self.returns:
            return "missing"
        return "reported" if len(self.fresh) == len(self.parts) else "carried"


class Ledger(NamedTuple):
    """Every return that counts of participating units, by reporter and period; and the archive they come from."""

    plan: Plan
    returns: dict[By, dict[Period, Return]]
    archive: Archive

    def standing(self, unit: str, period: Period) -> Standing:
        """What stands for a unit at a period (contract 2, "Which return counts").

        A member that has never reported singly is carried from the unit's last joint return (contract 1).
        """
        members = self.plan.units[unit].members
        whole = self._latest((unit, None), period)
        singly = [self._latest((unit, member), period) for member in members]
        latest = max((ret.period for ret in singly if ret is not None), default=None)
        if latest is None or (whole is not None and whole.period >= latest):
            return Standing(unit, period, (Part(None, whole),))
        rest = self._unclaimed(unit, whole, period) if whole is not None and None in singly else None
        parts = (Part(member, rest if ret is None else ret) for member, ret in zip(members, singly, strict=True))
        return Standing(unit, period, tuple(parts))

    def _unclaimed(self, unit: str, whole: Return, period: Period) -> Return:
        """A joint return with those of its facilities alone that no member's return since claims."""
        since = [
            (claim, key)
            for member in self.plan.units[unit].members
            for each, ret in self.returns.get((unit, member), {}).items()
            if whole.period < each <= period
            for claim, key in zip(ret.claims, ret.keys, strict=True)
        ]
        claimed = _repeated_by(since, zip(whole.claims, whole.keys, strict=True))
        places = {at for at, claim in enumerate(whole.claims) if id(claim) in claimed}
        keys = tuple(key for at, key in enumerate(whole.keys) if at not in places)
        return whole._replace(claims=whole.claims.without(places), keys=keys)

    def _latest(self, by: By, period: Period) -> Return | None:
        returns = self.returns.get(by, {})
        if period in returns:
            return returns[period]
        latest = max((p for p in returns if p <= period), default=None)
        return None if latest is None else returns[latest]

    def standings(self, period: Period) -> tuple[Standing, ...]:
        """Of every participating unit: districts, then departments, in the plan's order."""
        return tuple(self.standing(unit.id, period) for unit in self.plan.participants)

    def everything(self) -> Iterator[tuple[str, Return]]:
        """Every (unit, return)."""
        return ((unit, ret) for (unit, _), returns in self.returns.items() for ret in returns.values())


def enter(plan: Plan, archive: Archive, identities: Identities) -> tuple[Ledger, Archive]:
    """The ledger of an archive, and the archive as it then counts: where a return contradicts itself (L107) a lower
    version stands, if there is one. Returns of units outside the plan are not entered (S107).
    """
    while True:
        ledger, refused = _read_in(plan, archive, identities)
        if not refused:
            return ledger, archive
        left = (
            s._replace(readable=False, findings=(*s.findings, refused[s.file])) if s.file in refused else s
            for s in archive.submissions
        )
        archive = file_away(left, archive.attempts)._replace(pending=archive.pending)


def _read_in(plan: Plan, archive: Archive, identities: Identities) -> tuple[Ledger, dict[str, Finding]]:
    """Every return that counts, in order of time; and by file what is said of those that cannot."""
    flows = {"new_graduates"} | {i.sum for i in plan.indicators.values() if i.flow and i.sum}
    ledger = Ledger(plan, {}, archive)
    refused: dict[str, Finding] = {}
    filed = ((period, by, s) for by, returns in archive.counting.items() for period, s in returns.items())
    for period, by, submission in sorted(filed, key=lambda each: (each[0], each[1][0], each[1][1] or "")):
        unit = plan.units[by[0]]
        if not unit.participates:
            continue
        before = _before(ledger, by, period, unchanged=submission.type == "unchanged")
        ret = _entered(submission, unit, identities, before, flows)
        if ret is None:
            refused[submission.file] = _contradiction(submission)
        else:
            ledger.returns.setdefault(by, {})[period] = ret
    return ledger, refused


def _before(ledger: Ledger, by: By, period: Period, *, unchanged: bool) -> Return | None:
    """The reporter's last return before a period; for a whole unit that declares itself unchanged, what stood for it,
    its members' returns put together where they have reported since.
    """
    unit, member = by
    parts = ledger.standing(unit, period).parts if unchanged and member is None else ()
    if any(part.member is not None for part in parts):
        return _put_together([part.ret for part in parts if part.ret is not None])
    earlier = ledger.returns.get(by, {})
    return earlier[max(earlier)] if earlier else None


def _put_together(returns: Sequence[Return]) -> Return:
    """The returns of members as one of their unit: the latest, with the facilities of all."""
    claims = Claims.joined(ret.claims for ret in returns)
    keys = tuple(key for ret in returns for key in ret.keys)
    last = max(returns, key=lambda ret: ret.period)
    return last._replace(claims=claims, keys=keys, short=any(ret.short for ret in returns))


def _entered(
    submission: Submission, unit: Unit, identities: Identities, before: Return | None, flows: set[str]
) -> Return | None:
    """The return as it counts; None for an unchanged return whose rows say otherwise."""
    assert submission.period is not None  # noqa: S101 - the archive only counts returns whose period is known
    rows = sift(submission.claims, unit, identities)
    short = any(row.reason == "unusable" for row in rows.dropped)
    if submission.type != "unchanged":
        return Return(submission, submission.period, rows.counted, rows.dropped, short, short, before, rows.keys)
    if before is None:
        return Return(submission, submission.period, NO_CLAIMS, (), short=False, flow_short=False, before=None)
    if rows.counted and not _confirms(rows, before, flows):
        return None
    zeros: dict[str, Any] = dict.fromkeys(flows, 0)
    still = before.claims.retold(lambda rows: rows.told_anew(values=zeros))
    return Return(
        submission, submission.period, still, (), before.short, flow_short=False, before=before, keys=before.keys
    )


def _confirms(rows: Sifted, before: Return, flows: set[str]) -> bool:
    """Whether the rows of an unchanged return repeat the last return: the same facilities, no other stated values."""
    stocks = [f.id for f in rows.counted[0].fields.values() if f.type not in {"text", "code"} and f.id not in flows]
    left: dict[Key, list[Claim]] = defaultdict(list)
    for key, claim in zip(before.keys, before.claims, strict=True):
        left[key].append(claim)
    for key, row in zip(rows.keys, rows.counted, strict=True):
        same = left[key]
        found = next((claim for claim in same if _repeats_it(row, claim, stocks)), None)
        if found is None:
            return False
        same.remove(found)
    return not any(left.values())


def _repeats_it(row: Claim, claim: Claim, stocks: Iterable[str]) -> bool:
    """Whether a row states nothing else than a claim of the same kind and name."""
    if None not in {row.credit_code, claim.credit_code} and row.credit_code != claim.credit_code:
        return False
    return all(row.value(name) in {None, claim.value(name)} for name in stocks)


def _contradiction(submission: Submission) -> Finding:
    said = submission.declared
    return finding(
        "L107",
        submission.at if said is None else place(submission.file, said.sheet, said.row, said.column),
        value=None if said is None else as_typed(said.value),
        unit=submission.unit,
        period=submission.period,
        variant="unchanged",
        args={"rows": str(len(submission.claims))},
    )


def sift(claims: Claims, unit: Unit | None, identities: Identities) -> Sifted:
    """Part the rows of one return into those that count and those that do not, each in order."""
    reasons = _left_out(claims, unit)
    dropped = [Dropped(claims[at], reasons[at]) for at in sorted(reasons)]
    kept = claims.without(reasons)
    keys = identities.keys(kept)
    repeated = _repeats(kept, keys)
    if not repeated:
        return Sifted(kept, tuple(keys), tuple(dropped))
    left = tuple(key for at, key in enumerate(keys) if at not in repeated)
    out = sorted((*dropped, *repeated.values()), key=lambda row: row.claim.row)
    return Sifted(kept.without(repeated), left, tuple(out))


def _left_out(claims: Claims, unit: Unit | None) -> dict[int, str]:
    """Why rows do not count whatever the others say, by their places: unusable, or for another unit (S104)."""
    reasons = {} if unit is None else dict.fromkeys(_for_another(claims, unit), "another-unit")
    lacking = (at for field in ("name", "kind") for at in claims.silent(field))
    return reasons | dict.fromkeys((*claims.flawed("state"), *lacking), "unusable")


def _for_another(claims: Claims, unit: Unit) -> list[int]:
    """The rows with another 所在地区, or in a department's return with another 责任部门."""
    if unit.kind != "department" and unit.lies_in_districts:
        return []
    named, own = claims.column("department" if unit.kind == "department" else "region"), {None, unit.id}
    return [] if own.issuperset(named) else [at for at, other in enumerate(named) if other not in own]


def _repeats(kept: Claims, keys: Sequence[Key]) -> dict[int, Dropped]:
    """Further rows for a facility that has one, by their places."""
    return {
        at: Dropped(kept[at], "duplicate", kept[first])
        for first, *further in of_one_facility(kept, namesakes(keys))
        for at in further
    }


def of_one_facility(claims: Claims, namesakes: Iterable[Sequence[int]]) -> list[list[int]]:
    """The places of claims that mean the same facility, for each that several mean; `namesakes` have one key."""
    found = []
    for places in namesakes:
        at_place = {id(claims[at]): at for at in places}
        facilities = apart([claims[at] for at in places])
        found += [[at_place[id(claim)] for claim in same] for same in facilities if len(same) > 1]
    return found


def namesakes(keys: Sequence[Key]) -> list[list[int]]:
    """The places of claims of the same kind and name, for each that several bear; `keys` are one a claim."""
    if len(set(keys)) == len(keys):  # in most returns
        return []
    groups: dict[Key, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        groups[key].append(at)
    return [places for places in groups.values() if len(places) > 1]


def _repeated_by(later: Sequence[tuple[Claim, Key]], earlier: Iterable[tuple[Claim, Key]]) -> set[int]:
    """The ids of earlier claims whose facility a later claim means too."""
    groups: dict[Key, list[Claim]] = defaultdict(list)
    for claim, key in earlier:
        groups[key].append(claim)
    for claim, key in later:
        if key in groups:
            groups[key].append(claim)
    new = {id(claim) for claim, _ in later}
    return {
        id(c) for group in groups.values() for same in apart(group) if any(id(o) in new for o in same) for c in same
    }


def apart(group: Sequence[Claim]) -> list[list[Claim]]:
    """Part claims of one kind and name by facility: never two different codes together, and where there are several
    codes, a claim without one by itself (X110). In order of each facility's first claim.
    """
    codes = {claim.credit_code for claim in group if claim.credit_code is not None}
    if len(codes) < 2:
        return [list(group)]
    facilities: dict[str | int, list[Claim]] = {}
    for claim in group:
        facilities.setdefault(claim.credit_code or id(claim), []).append(claim)
    return list(facilities.values())
