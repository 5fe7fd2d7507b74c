"""A unit's rows of a period beside those of its earlier returns: which of them mean the same facility.

A unit with members may report as one or member by member, and a facility may pass from one member to another: so it is
the unit that is compared with what stood for it before, not one file with another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from mdj_plan.archive.ledger import apart
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from mdj_plan.archive.identities import Key
    from mdj_plan.archive.ledger import Ledger, Return
    from mdj_plan.intake.submission import Claim
    from mdj_plan.period import Period


class Row(NamedTuple):
    """A row that counts, with its return and what it is compared by."""

    ret: Return
    key: Key
    claim: Claim

    def states(self, field: str) -> bool:
        """Whether the row says something usable of a field; a blank level is none, which is something."""
        return self.claim.value(field) is not None or (field == "level" and field not in self.claim.flaws)

    def at(self, field: str) -> str:
        """The file and cell of a field, as a message names it."""
        return f"{self.claim.origin.file} {self.claim.at(field).cell or ''}".strip()


class Pair(NamedTuple):
    """A facility's row now and its row before; None where it is new, or gone. Two codes: the operator changed."""

    now: Row | None
    then: Row | None


def earlier(ledger: Ledger, unit: str, period: Period) -> list[Return]:
    """Every return of a unit, and of its members, before a period; the latest first."""
    reporters = (None, *ledger.plan.units[unit].members)
    found = [ret for by in reporters for p, ret in ledger.returns.get((unit, by), {}).items() if p < period]
    return sorted(found, key=lambda ret: ret.period, reverse=True)


def still_held(returns: Iterable[Return], members: Sequence[str]) -> list[Return]:
    """Of a unit's earlier returns what stood for it: its last one as a whole, until every member has reported since,
    and the last ones of those that have.
    """
    latest: dict[str | None, Return] = {}
    for ret in returns:
        latest.setdefault(ret.submission.member, ret)
    whole = latest.pop(None, None)
    if whole is None:
        return list(latest.values())
    since = [ret for ret in latest.values() if ret.period > whole.period]
    return since if since and len(since) == len(members) else [whole, *since]


def paired(now: Sequence[Return], before: Sequence[Return]) -> Iterator[Pair]:
    """Every facility of two sets of returns of one unit, each row of now with the nearest row of before."""
    these, those = _Rows(now), _Rows(before)
    for key in dict.fromkeys(chain(these.keys(), those.keys())):
        mine, others = these.of(key), those.of(key)
        if len(mine) == len(others) == 1:
            yield Pair(mine[0], others[0])
        elif not others:
            yield from (Pair(row, None) for row in mine)
        else:
            yield from _of_one_name(mine, others)


class _Rows:
    """The rows of some returns by kind and name; one return bears a name twice only with two codes."""

    def __init__(self, returns: Sequence[Return]) -> None:
        self._by_return = [(ret, dict(zip(ret.keys, ret.claims, strict=True))) for ret in returns]
        self._repeated: dict[Key, list[Row]] = defaultdict(list)
        repeated = {
            key
            for ret, rows in self._by_return
            if len(rows) < len(ret.keys)
            for key, times in Counter(ret.keys).items()
            if times > 1
        }
        for ret in returns if repeated else ():
            for key, claim in zip(ret.keys, ret.claims, strict=True):
                if key in repeated:
                    self._repeated[key].append(Row(ret, key, claim))

    def keys(self) -> Iterator[Key]:
        return chain.from_iterable(rows for _, rows in self._by_return)

    def of(self, key: Key) -> list[Row]:
        if key in self._repeated:
            return self._repeated[key]
        return [Row(ret, key, rows[key]) for ret, rows in self._by_return if key in rows]


def _of_one_name(mine: Sequence[Row], others: Sequence[Row]) -> Iterator[Pair]:
    """Rows of one kind and name, told apart by code. A row without a code, where there are several, may be any."""
    new: list[Row] = []
    gone: list[Row] = []
    for same in _apart([*mine, *others]):
        here = [row for row in mine if id(row.claim) in same]
        there = [row for row in others if id(row.claim) in same]
        if here and there:
            yield from (Pair(row, nearest(row, there)) for row in here)
        elif here:
            new += here
        else:
            gone.append(nearest(there[0], there))
    yield from _uncertain(new, gone)
    yield from (Pair(row, then) for row, then in zip_longest(new, gone))


def _uncertain(new: list[Row], gone: list[Row]) -> Iterator[Pair]:
    """Rows that may be one that is gone, for want of a code in either: both are taken out, and told as new."""
    for then in tuple(gone):
        uncertain = next((row for row in new if None in {row.claim.credit_code, then.claim.credit_code}), None)
        if uncertain is not None:
            new.remove(uncertain)
            gone.remove(then)
            yield Pair(uncertain, None)


def _apart(rows: Sequence[Row]) -> list[frozenset[int]]:
    """The identities of the claims of each facility."""
    return [frozenset(map(id, same)) for same in apart([row.claim for row in rows])]


def nearest(row: Row, earlier_rows: Iterable[Row]) -> Row:
    """Of a facility's earlier rows the latest; of one period the same reporter's."""
    member = row.ret.submission.member
    return max(earlier_rows, key=lambda each: (each.ret.period, each.ret.submission.member == member))


def _by_key(returns: Iterable[Return], wanted: Container[Key]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for ret in returns:
        for key, claim in zip(ret.keys, ret.claims, strict=True):
            if key in wanted:
                found[key].append(Row(ret, key, claim))
    return found


def last_stating(
    returns: Sequence[Return], fresh: Sequence[Return], asked: Sequence[Row], field: str
) -> Iterator[tuple[Row, Row]]:
    """Rows of the fresh returns, each with the facility's last earlier row that states a field, where one does."""
    known = _by_key((*fresh, *returns), {row.key for row in asked})
    period = fresh[0].period
    for row in asked:
        rows = known[row.key]
        same = next(same for same in _apart(rows) if id(row.claim) in same)
        stating = [r for r in rows if id(r.claim) in same and r.ret.period < period and r.states(field)]
        if stating:
            yield row, nearest(row, stating)
