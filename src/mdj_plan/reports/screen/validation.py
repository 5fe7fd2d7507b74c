"""What `validate` says of returns: grouped so that somebody can phone the sender (contract 3, validate)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdj_plan.fields import CHOICES
from mdj_plan.findings import Severity
from mdj_plan.links import real
from mdj_plan.outcome import Verdict
from mdj_plan.reports.views import alike, count_word
from mdj_plan.reports.wording import listed
from mdj_plan.text import visible
from mdj_plan.trial import Progress, progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdj_plan.findings import Finding
    from mdj_plan.intake.claims import Value
    from mdj_plan.messages import Messages
    from mdj_plan.outcome import Outcome
    from mdj_plan.plan.model import Plan
    from mdj_plan.trial import Trial


_NOT_READ = frozenset({"F101", "F102", "F103", "F104", "F107", "L101"})
"""Errors of a file of which no table was read: there is nothing to be counted in it."""


def told(judged: Sequence[Outcome], texts: Messages, plan: Plan) -> list[str]:
    """One block of lines a return that anything is to be said of, worst first: whose, counts, then each finding with
    its cells joined, and what a new version mended. In one line each: what is clean, on file, no return, come twice.
    """
    groups: dict[str | None, list[Outcome]] = defaultdict(list)
    alone = len({each.verdict for each in judged}) == 1 and (len(judged) == 1 or judged[0].verdict is Verdict.NO_RETURN)
    for each in judged:
        groups[None if alone else _in_one_line(each, plan)].append(each)
    lines: list[str] = []
    for each in sorted(groups.pop(None, []), key=_worst_first):
        lines += [*_block(each, texts, plan), ""]
    for key in ("clean", "on-file", "no-return", "copy"):
        if found := groups[key]:
            names = listed((each.read.handed.shown for each in found), texts.language)
            lines += [visible(texts(f"validate-all-{key}", n=len(found), files=names)), ""]
    return lines


def _in_one_line(outcome: Outcome, plan: Plan) -> str | None:
    """The line in which a file is told with others; None where it has more to say."""
    trial = outcome.trial
    if outcome.verdict in {Verdict.NO_RETURN, Verdict.COPY} or trial is None:
        return outcome.verdict.value
    if trial.findings or trial.blank or trial.comparison is not None or outcome.former is not None:
        return None
    if outcome.verdict is Verdict.FILED or _lies_there(outcome, plan):
        return "clean"
    return "on-file" if outcome.verdict is Verdict.ON_FILE else None


def _lies_there(outcome: Outcome, plan: Plan) -> bool:
    """Whether a return is judged where it lies on file."""
    path = outcome.read.handed.path
    return outcome.on_file and path is not None and real(path) == real(plan.submissions / outcome.place)


def _worst_first(outcome: Outcome) -> tuple[int, ...]:
    trial = outcome.trial
    return tuple(-trial.count(severity) for severity in Severity) if trial is not None else ()


def _block(outcome: Outcome, texts: Messages, plan: Plan) -> Iterator[str]:
    trial = outcome.trial
    if trial is None:
        return
    yield visible(outcome.read.handed.shown)
    yield visible(_head(trial, texts, plan))
    if outcome.on_file and not _lies_there(outcome, plan):
        yield visible("  " + texts(f"validate-{outcome.verdict}", place=outcome.place))
    if trial.blank:
        yield "  " + blank(trial, texts)
    if not trial.findings:
        yield "  " + texts("validate-clean")
    yield from _lines(trial.findings, texts)
    if outcome.former is not None:
        yield from _since(progress(trial, outcome.former), outcome.former, texts)
    yield from changed(trial, texts)


def _head(trial: Trial, texts: Messages, plan: Plan) -> str:
    """Whose, for when, how many facilities where any could be read, how many findings of each severity."""
    s = trial.submission
    unit = plan.units.get(s.unit or "")
    who = texts.words(unit.name) if unit else texts("validate-unknown-unit")
    parts = [
        texts("validate-member", unit=who, member=s.member) if s.member else who,
        str(s.period) if s.period else texts("validate-unknown-period"),
    ]
    if not _NOT_READ & {f.code for f in trial.findings}:
        parts.append(texts("validate-facilities", n=trial.facilities))
    counts = (count_word(texts, each, trial.count(each)) for each in Severity if trial.count(each))
    parts.append(listed(counts, texts.language))
    return "  " + "  ".join(filter(None, parts))


def blank(trial: Trial, texts: Messages) -> str:
    """How many facilities came without a figure: no rule objects to a blank cell, but a clerk should know."""
    return texts("validate-blank", facilities=trial.facilities, blank=trial.blank)


_MOST_CHANGES = 12
"""How many changes of a version are told one by one."""


def changed(trial: Trial, texts: Messages) -> Iterator[str]:
    """What a return changes of the version on file that it would replace, one line each, with the cell."""
    comparison = trial.comparison
    if comparison is None:
        return
    changes = comparison.changes
    if not changes:
        if not trial.submission.duties and trial.submission.type == comparison.replaced.type == "normal":
            yield texts("validate-same", version=comparison.replaced.version)
        return
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
    if not any(counts.values()):
        return
    yield texts("validate-since", version=version, file=former.submission.file, **counts)
    for name, found in parts.items():
        for finding in found:
            place = finding.at.cell or ""
            yield visible(f"    {texts(f'validate-{name}')} {finding.code} {place}  {texts.message(finding)}")
