"""What the units' returns of a period are beside what stood for them before, worked out once for the rules between
periods (`periods`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.checks.history import Row, earlier, last_stating, paired, still_held
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.archive.ledger import Ledger, Return, Standing
    from mdj_plan.checks.history import Pair
    from mdj_plan.intake.submission import Claim
    from mdj_plan.period import Period


class Comparison(NamedTuple):
    """One unit's rows of the period beside those before.

    `kept` are rows now, each with the facility's row of before (None: new); `older` the returns to be asked where what
    stood before says nothing. `other_operator` are rows that bear a name of before under another code, `renamed` rows
    of an operator and kind under a new name, each with the row before; `gone` rows of before that nothing now stands
    for.
    """

    standing: Standing
    kept: Sequence[tuple[Row, Row | None]]
    older: Sequence[Return]
    other_operator: Sequence[tuple[Row, Row]]
    renamed: Sequence[tuple[Row, Row]]
    gone: Sequence[Row]

    def stated(self, field: str) -> list[tuple[Row, Row]]:
        """Each row now that states a field, with the facility's last earlier row that does."""
        pairs, unanswered = [], []
        for now, then in self.kept:
            if not now.states(field):
                continue
            if then is not None and then.states(field):
                pairs.append((now, then))
            else:
                unanswered.append(now)
        if unanswered and self.older:
            pairs += last_stating(self.older, self.standing.fresh, unanswered, field)
        return pairs


def compared(ledger: Ledger, standings: Iterable[Standing], period: Period) -> Iterator[Comparison]:
    """Each unit with a return of the period and one before it; an unchanged return is its last: nothing to compare."""
    for standing in standings:
        returns = earlier(ledger, standing.unit, period)
        if returns and any(_compares(ret) for ret in standing.fresh):
            yield _compared(standing, returns, ledger.plan.units[standing.unit].members)


def _compares(ret: Return) -> bool:
    return ret.submission.type != "unchanged"


def _compared(standing: Standing, returns: list[Return], members: Sequence[str]) -> Comparison:
    """The unit's rows against what stood before."""
    before = still_held(returns, members)
    rows = _sorted_out(paired(standing.fresh, before))
    older = returns if len(returns) > len(before) else ()
    renamed = list(_renamed((now for now, then in rows.kept if then is None), rows.gone))
    explained = {id(then.claim) for _, then in renamed}
    left = [then for then in rows.gone if id(then.claim) not in explained]
    return Comparison(standing, rows.kept, older, rows.other_operator, renamed, left)


class _Sorted(NamedTuple):
    """Rows now each with its row of before (None: new), rows of before that are gone, and names of other operators."""

    kept: list[tuple[Row, Row | None]]
    gone: list[Row]
    other_operator: list[tuple[Row, Row]]


def _sorted_out(pairs: Iterable[Pair]) -> _Sorted:
    rows = _Sorted([], [], [])
    for now, then in pairs:
        if now is None:
            rows.gone.extend([then] if then is not None else [])
        elif not _compares(now.ret):
            continue
        elif then is not None and _other_operator(now.claim, then.claim):
            rows.other_operator.append((now, then))
        else:
            rows.kept.append((now, then))
    return rows


def _other_operator(claim: Claim, earlier: Claim) -> bool:
    return len({claim.credit_code, earlier.credit_code} - {None}) == 2


def _renamed(new: Iterable[Row], gone: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Facilities of the same operator and kind that bore another name, which is now gone."""
    by_operator = {(then.claim.kind, then.claim.credit_code): then for then in gone}
    for now in new if by_operator else ():
        then = by_operator.get((now.claim.kind, now.claim.credit_code))
        if then is not None and then.claim.credit_code is not None and then.key != now.key:
            yield now, then
