"""A version held against the one that it replaces: what changed, and what would be lost (contract 3 and 4, S112)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.archive.ledger import sift
from mdj_plan.findings import Severity, finding
from mdj_plan.names import Words, listed
from mdj_plan.phrases import phrase
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mdj_plan.archive.holdings import Archive
    from mdj_plan.archive.identities import Identities, Key
    from mdj_plan.fields import Field
    from mdj_plan.findings import Finding, Location
    from mdj_plan.intake.claims import Claim, Value
    from mdj_plan.intake.submission import Submission
    from mdj_plan.period import Period
    from mdj_plan.plan.model import Plan

_NAMED = 6
"""How many facilities or figures a sentence names before it counts the rest."""


class Change(NamedTuple):
    """A figure or word of a facility that the new version says otherwise; None where one of them says nothing.

    `field` is None where the whole facility is new (`before` None) or gone (`after` None); then the values are its
    name. `at` is the cell in the new version, of a facility that is gone the one in the old.
    """

    facility: str
    field: str | None
    before: Value
    after: Value
    at: Location


class Comparison(NamedTuple):
    """The version that is replaced, and every change, in the order of the new version's rows, then what is gone."""

    replaced: Submission
    changes: tuple[Change, ...]
    fields: Mapping[str, Field]

    @property
    def gone(self) -> tuple[Change, ...]:
        """Facilities that the new version no longer has, under no name."""
        return tuple(change for change in self.changes if change.field is None and change.after is None)

    @property
    def lost(self) -> tuple[Change, ...]:
        """Figures that the old version states and the new one does not."""
        return tuple(c for c in self.changes if c.field and self.fields[c.field].numeric and c.after is None)


def replaced(archive: Archive, submission: Submission) -> Submission | None:
    """The version that counted before a return: the highest below its own that can count."""
    if submission.unit is None or submission.period is None:
        return None
    same = archive.versions.get(((submission.unit, submission.member), submission.period), ())
    return next((s for s in reversed(same) if s.version < submission.version), None)


def compared(plan: Plan, identities: Identities, before: Submission, after: Submission) -> Comparison:
    """What a version changes. Rows that do not count are left out; one that only confirms (无变化) changes nothing."""
    if "unchanged" in {before.type, after.type}:
        return Comparison(before, (), plan.fields)
    old, new = (_by_key(plan, identities, s) for s in (before, after))
    pairs = _pairs(old, new)
    changes: list[Change] = []
    for key, claim in new.items():
        changes += _changes(plan.fields, pairs[key], claim) if key in pairs else [_came(claim)]
    kept = {id(claim) for claim in pairs.values()}
    changes += [_gone(claim) for claim in old.values() if id(claim) not in kept]
    return Comparison(before, tuple(changes), plan.fields)


def _pairs(old: Mapping[Key, Claim], new: Mapping[Key, Claim]) -> dict[Key, Claim]:
    """By each row of the new version that was there before: its row of then, under that name or of that operator."""
    codes = {claim.credit_code: key for key, claim in new.items() if claim.credit_code}
    pairs: dict[Key, Claim] = {}
    for key, claim in old.items():
        now = key if key in new else codes.get(claim.credit_code or "")
        if now is not None:
            pairs.setdefault(now, claim)
    return pairs


def _by_key(plan: Plan, identities: Identities, s: Submission) -> dict[Key, Claim]:
    sifted = sift(s.claims, plan.units.get(s.unit or ""), identities)
    return dict(zip(sifted.keys, sifted.counted, strict=True))


def _changes(fields: Mapping[str, Field], before: Claim, after: Claim) -> Iterator[Change]:
    for name in fields:
        was, now = _stated(before, name), _stated(after, name)
        unusable = name in before.flaws or name in after.flaws
        same = before.typed(name) == after.typed(name) if unusable else was == now
        if not same:
            yield Change(after.typed("name") or after.name or "", name, was, now, after.at(name))


def _stated(claim: Claim, name: str) -> Value:
    """A field's value; where it cannot be used, what stands there."""
    return claim.typed(name) or "" if name in claim.flaws else claim.value(name)


def _came(claim: Claim) -> Change:
    return Change(claim.typed("name") or claim.name or "", None, None, claim.name, claim.at("name"))


def _gone(claim: Claim) -> Change:
    return Change(claim.typed("name") or claim.name or "", None, claim.name, None, claim.at("name"))


def doubtful(comparison: Comparison, submission: Submission, severity: Severity) -> Iterator[Finding]:
    """S112 where a version would take facilities or figures away, by name."""
    gone, lost = comparison.gone, comparison.lost
    if not gone and not lost:
        return
    figures = [_figure(change, comparison.fields[change.field or ""]) for change in lost]
    yield finding(
        "S112",
        submission.at,
        unit=submission.unit,
        period=submission.period,
        severity=severity,
        variant="" if gone and lost else "facilities" if gone else "figures",
        args={
            "version": str(comparison.replaced.version),
            "facilities": _few([change.facility for change in gone]),
            "gone": str(len(gone)),
            "figures": _few(figures),
            "lost": str(len(lost)),
        },
    )


def backwards(submission: Submission, latest: Period, severity: Severity) -> Finding:
    """S112 of a return for a period before the unit's latest."""
    args = {"latest": str(latest), "stated": str(submission.period)}
    return finding(
        "S112",
        submission.at,
        unit=submission.unit,
        period=submission.period,
        severity=severity,
        variant="earlier",
        args=args,
    )


def latest_of(archive: Archive, submission: Submission) -> Period | None:
    """The latest period for which a return of the same reporter counts; of a unit with members, of anybody in it."""
    periods = (p for (unit, _), of in archive.counting.items() if unit == submission.unit for p in of)
    return max(periods, default=None)


def _figure(change: Change, field: Field) -> Words:
    return phrase("figure-of-facility", field=field.label, facility=change.facility)


def _few(names: Sequence[str | Words]) -> Words:
    """The first of several names, and how many they are."""
    told = listed(names[:_NAMED])
    return phrase("some-of-several", names=told, n=str(len(names))) if len(names) > _NAMED else told
