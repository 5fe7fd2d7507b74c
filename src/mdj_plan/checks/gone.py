"""The rule about facilities that were there before and are not any more (X106).

A row that does not count, and whose cells are objected to, may be the one that is looked for: then it is not gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.fields import CHOICES
from mdj_plan.names import Words, listed

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from mdj_plan.archive.identities import Identities, Key
    from mdj_plan.archive.ledger import Return, Standing
    from mdj_plan.checks.case import Case
    from mdj_plan.checks.history import Row
    from mdj_plan.findings import Finding
    from mdj_plan.intake.submission import Claim

_ENGLISH = {"makerspace": "maker space", "science_park": "science park"}
KINDS = {kind: Words(zh, _ENGLISH.get(kind, kind)) for zh, kind in CHOICES["kind"].items()}
_ANY = "*"


def gone(case: Case, standing: Standing, rows: Iterable[Row]) -> Iterator[Finding]:
    """X106: rows of the unit's last returns, not closed there, that nothing in this one may be."""
    rows = [then for then in rows if then.claim.state != "closed"]
    if not rows:
        return
    doubtful = _Doubtful((row.claim for ret in standing.fresh for row in ret.dropped), case.measure.identities)
    present = {key for ret in standing.fresh for key in ret.keys}
    for then in rows:
        ret = _teller(standing, then)
        if ret is not None and not doubtful.may_be(then):
            yield _told(case, ret, then, present)


def _told(case: Case, ret: Return, then: Row, present: Container[Key]) -> Finding:
    """What is gone, and as what other kinds its name is there."""
    kind, name = then.key
    others = [words for other, words in KINDS.items() if (other, name) in present and other != kind]
    return case.of_return(
        "X106",
        ret.submission,
        value=then.claim.name,
        facility=then.claim.typed("name") or then.claim.name,
        variant="kind" if others else "",
        name=then.claim.name or "",
        before=str(then.ret.period),
        where=then.at("name"),
        kind=KINDS[then.claim.kind or ""],
        others=listed(others),
    )


def _teller(standing: Standing, then: Row) -> Return | None:
    """The return at which it is told: the same reporter's, else any, where nobody is out who may have the row now."""
    for ret in standing.fresh:
        if ret.submission.member == then.ret.submission.member:
            return ret
    nothing_to_confirm = any(ret.submission.type == "unchanged" and ret.before is None for ret in standing.fresh)
    if standing.reporting != "reported" or nothing_to_confirm:
        return None
    return next((ret for ret in standing.fresh if ret.submission.type != "unchanged"), None)


class _Doubtful:
    """What the rows that do not count may mean, by kind, name and code; what a row does not say may be anything."""

    def __init__(self, rows: Iterable[Claim], identities: Identities) -> None:
        self._may_be: set[tuple[str, str | None, str | None]] = set()
        for row in rows:
            for kind in (row.kind,) if row.kind is not None else KINDS:
                name = None if row.name is None else identities.key(row.stating(kind=kind))
                key = name or (kind, None)
                self._may_be |= {(*key, row.credit_code), (*key, _ANY)}

    def may_be(self, then: Row) -> bool:
        code = then.claim.credit_code
        codes = (_ANY,) if code is None else (code, None)
        keys: tuple[tuple[str, str | None], ...] = (then.key, (then.claim.kind or "", None))
        return any((*key, each) in self._may_be for key in keys for each in codes)
