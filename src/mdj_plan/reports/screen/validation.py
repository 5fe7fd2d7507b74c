"""What `validate` says of returns: grouped so that somebody can phone the sender (contract 3, validate)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.fields import CHOICES
from mdj_plan.findings import Severity
from mdj_plan.reports.views import alike, count_word
from mdj_plan.reports.wording import listed
from mdj_plan.text import visible
from mdj_plan.trial import Progress, progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.findings import Finding
    from mdj_plan.intake.claims import Value
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan
    from mdj_plan.trial import Trial


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
    yield from changed(trial, texts)


def blank(trial: Trial, texts: Messages) -> str:
    """How many facilities came without a figure: no rule objects to a blank cell, but a clerk should know."""
    return texts("validate-blank", facilities=trial.facilities, blank=trial.blank)


_MOST_CHANGES = 12
"""How many changes of a version are told one by one."""


def changed(trial: Trial, texts: Messages) -> Iterator[str]:
    """What a return changes of the version on file that it would replace, one line each, with the cell."""
    comparison = trial.comparison
    if comparison is None or not comparison.changes:
        return
    changes = comparison.changes
    yield texts("validate-changes", n=len(changes), version=comparison.replaced.version)
    for change in changes[:_MOST_CHANGES]:
        if change.field is None:
            key = "validate-came" if change.before is None else "validate-gone"
            yield visible(texts(key, facility=change.facility))
            continue
        told = texts(
            "validate-changed",
            facility=change.facility,
            field=comparison.fields[change.field].label,
            before=_value(change.before, texts),
            after=_value(change.after, texts),
        )
        yield visible(f"{told}  {change.at.cell}" if change.at.cell else told)
    if len(changes) > _MOST_CHANGES:
        yield texts("validate-more-changes", n=len(changes) - _MOST_CHANGES)


def _value(value: Value, texts: Messages) -> str:
    """A value of a return in words; listed ones as the template writes them."""
    if value is None:
        return texts("validate-blank-value")
    if isinstance(value, tuple):
        return listed((_value(each, texts) for each in value), texts.language)
    listed_words = {v: word for choices in CHOICES.values() for word, v in choices.items()}
    return listed_words.get(value, value) if isinstance(value, str) else str(value)


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
