"""What `receive` says: a line for each file, how the delivery ended, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.names import listed
from mdj_plan.outcome import Outcome, Verdict
from mdj_plan.reports.screen.validation import blank, changed
from mdj_plan.reports.views import count_word
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.archive.filing import Mended
    from mdj_plan.findings import Finding
    from mdj_plan.messages import Messages

_ALSO = 5
"""How many further errors are named by their cells."""


def lines(outcome: Outcome, texts: Messages, *, dry_run: bool) -> list[str]:
    """What became of a file, or would; that its period is published; facilities without a figure; what changed."""
    trial = outcome.trial
    told: dict[str, str | int] = {"file": outcome.read.handed.shown, "place": outcome.place}
    told["version"] = outcome.version or 0
    if trial is not None:
        counts = (count_word(texts, each, trial.count(each)) for each in (Severity.ERROR, Severity.WARNING))
        told["counts"] = texts.words(listed(counts))
    key = "would" if dry_run and outcome.verdict is Verdict.FILED else outcome.verdict.value
    found = [texts(f"receive-{key}", why=_worst(outcome, texts), **told)]
    if outcome.closed is not None:
        at = {"period": str(outcome.closed.period), "day": outcome.closed.closed_at[:10]}
        found.append(texts("receive-closed", n=outcome.closed.number, **at))
    if trial is not None and outcome.verdict in {Verdict.FILED, Verdict.RETURNED}:
        found += [f"    {blank(trial, texts)}"] if trial.blank else []
        found += changed(trial, texts)
    return list(map(visible, found))


def _worst(outcome: Outcome, texts: Messages) -> str:
    """What is gravest, in words, and where the other errors are."""
    ranked = sorted(outcome.trial.open if outcome.trial is not None else (), key=lambda f: f.severity.rank)
    if not ranked:
        return ""
    told = f"{_place(ranked[0])} {texts.message(ranked[0])}"
    others = dict.fromkeys(_place(f) for f in ranked[1:] if f.severity is Severity.ERROR)
    return f"{told} {texts('receive-also', places=listed([*others][:_ALSO]))}" if others else told


def _place(finding: Finding) -> str:
    return " ".join(part for part in (finding.code, finding.at.cell) if part)


def tips(outcomes: Sequence[Outcome], texts: Messages, *, accept_errors: bool) -> Iterator[str]:
    """What to do next; nothing that was just done."""
    verdicts = {outcome.verdict for outcome in outcomes}
    curable = set() if accept_errors else {outcome.verdict for outcome in outcomes if outcome.curable}
    told = (
        ("receive-tip-accept", Verdict.RETURNED in curable),
        ("receive-tip-again", Verdict.SUPERSEDED in curable),
        ("receive-tip-rival", Verdict.RIVAL in verdicts),
        ("receive-tip-whose", Verdict.WHOSE in verdicts),
    )
    yield from (texts(key) for key, holds in told if holds)


def leftover(trouble: OSError | None, texts: Messages) -> Iterator[str]:
    """What went wrong when all was done: clearing up."""
    if trouble is not None:
        reason = trouble.strerror or type(trouble).__name__
        yield visible(texts("receive-leftover", path=str(trouble.filename), reason=reason))


def mended(found: Mended, texts: Messages) -> Iterator[str]:
    """What a killed run, a full disk or a spreadsheet had left behind, and was put right."""
    if found.cut is not None:
        yield visible(texts("receive-mended-cut", line=found.cut))
    if found.finished is not None:
        yield visible(texts("receive-mended-finished", file=found.finished))
    if found.kept is not None:
        yield visible(texts("receive-mended-anew", path=str(found.kept)))
