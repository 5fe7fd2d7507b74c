"""What `validate` says of returns: grouped so that somebody can phone the sender (contract 3, validate)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.findings import Severity
from mdj_plan.reports.views import alike, count_word
from mdj_plan.reports.wording import listed
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.findings import Finding
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan
    from mdj_plan.trial import Trial


class Progress(NamedTuple):
    """A return against its former version: findings that are fixed, still open, and new, each in sheet order."""

    fixed: tuple[Finding, ...]
    still_open: tuple[Finding, ...]
    new: tuple[Finding, ...]


def progress(trial: Trial, former: Trial) -> Progress:
    """Compare by code, facility and column: rows may have moved since. Notes are left out."""
    before = _placed(former)
    now = _placed(trial)
    return Progress(
        tuple(f for key, f in before.items() if key not in now),
        tuple(f for key, f in now.items() if key in before),
        tuple(f for key, f in now.items() if key not in before),
    )


def _placed(trial: Trial) -> dict[tuple[str, ...], Finding]:
    """The findings above a note by what they are about: the facility of the row where there is one, else the cell."""
    names = {
        (claim.origin.sheet, claim.row + 1): claim.name for claim in trial.submission.claims if claim.name is not None
    }
    placed: dict[tuple[str, ...], Finding] = {}
    for finding in trial.open:
        if finding.severity is Severity.NOTE:
            continue
        at = finding.at
        name = names.get((at.sheet, at.row))
        key = (finding.code, name or at.cell or finding.value or "", str(at.column) if name else "")
        placed.setdefault(key, finding)
    return placed


def as_text(trials: Sequence[tuple[Trial, Trial | None]], texts: Messages, plan: Plan) -> str:
    """One block a return: whose, counts, then each finding with its cells joined; what a new version mended."""
    return "\n".join(line for trial, former in trials for line in (*_block(trial, former, texts, plan), ""))


def _block(trial: Trial, former: Trial | None, texts: Messages, plan: Plan) -> Iterator[str]:
    s = trial.submission
    unit = plan.units.get(s.unit or "")
    who = texts.words(unit.name) if unit else texts("validate-unknown-unit")
    if s.member:
        who = texts("validate-member", unit=who, member=s.member)
    yield visible(f"{s.file}")
    period = str(s.period) if s.period else texts("validate-unknown-period")
    counts = listed((count_word(texts, severity, trial.count(severity)) for severity in Severity), texts.language)
    facilities = texts(
        "validate-facilities-one" if trial.facilities == 1 else "validate-facilities", n=trial.facilities
    )
    yield visible(texts("validate-head", unit=who, period=period, facilities=facilities, counts=counts))
    if trial.blank:
        yield "  " + blank(trial, texts)
    if not trial.findings:
        yield "  " + texts("validate-clean")
    yield from _lines(trial.findings, texts)
    if former is not None:
        yield from _since(progress(trial, former), former, texts)


def blank(trial: Trial, texts: Messages) -> str:
    """How many facilities came without a figure: no rule objects to a blank cell, but a clerk should know."""
    return texts("validate-blank", facilities=trial.facilities, blank=trial.blank)


def _lines(findings: Iterable[Finding], texts: Messages) -> Iterator[str]:
    for one in alike(findings, texts):
        finding = one.finding
        where = "!".join(part for part in (finding.at.sheet, one.cells) if part)
        severity = texts(f"severity-{finding.shown_as}")
        value = f"“{finding.value}” " if finding.value and finding.value not in one.message else ""
        times = f" ×{one.times}" if one.times > 1 else ""
        place = f" {where}{times} " if where or times else ""
        yield visible(f"  {severity} {finding.code}{place} {value}{one.message}")
        yield visible(f"      → {one.hint}")


def _since(change: Progress, former: Trial, texts: Messages) -> Iterator[str]:
    version = former.submission.version
    parts = {"fixed": change.fixed, "open": change.still_open, "new": change.new}
    counts = {name: len(found) for name, found in parts.items()}
    yield texts("validate-since", version=version, file=former.submission.file, **counts)
    for name, found in parts.items():
        for finding in found:
            place = finding.at.cell or ""
            yield visible(f"    {texts(f'validate-{name}')} {finding.code} {place}  {texts.message(finding)}")
