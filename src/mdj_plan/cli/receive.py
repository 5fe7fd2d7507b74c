"""`mdj-plan receive`: judge returns and file them in the archive, each with its receipt."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.options import Asked
from mdj_plan.cli.trouble import reason
from mdj_plan.findings import Severity
from mdj_plan.names import listed

if TYPE_CHECKING:
    from mdj_plan.intake.handed import Handed
    from mdj_plan.intake.submission import Submission
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan
    from mdj_plan.readings.desk import Desk
    from mdj_plan.trial import Trial


ASKS = ()


def receive(
    asked: Asked,
    *,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="receive-files"),
    ],
    accept_errors: Annotated[bool, typer.Option("--accept-errors", help="receive-accept-errors")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="receive-dry-run")] = False,
) -> int:
    """File what can be filed; exit code 1 when a return was not filed."""
    from mdj_plan.archive.inbox import handed_over
    from mdj_plan.plan.units import Directory
    from mdj_plan.run import UsageError

    plan, texts = asked.loaded, asked.texts
    everything = list(handed_over(files, Directory(plan.file)))
    if not everything:
        raise UsageError("nothing-handed-over", paths=listed(map(str, files)))
    refused = 0
    with asked.desk() as desk:
        counter = _Counter(plan, desk, texts, accept_errors=accept_errors, dry_run=dry_run)
        for done, handed in enumerate(everything):
            desk.tell(done, len(everything))
            line, filed = counter.receive(handed)
            print(line, flush=True)
            refused += not filed
    if refused:
        print(texts("receive-refused", n=refused), file=sys.stderr)
    return int(refused > 0)


class _Counter:
    """Where returns are handed in: knows the plan and what is on file, and how strict to be."""

    def __init__(self, plan: Plan, desk: Desk, texts: Messages, *, accept_errors: bool, dry_run: bool) -> None:
        from mdj_plan.archive.holdings import read_archive
        from mdj_plan.archive.identities import Identities

        self.plan, self.desk, self.texts = plan, desk, texts
        self.accept_errors, self.dry_run = accept_errors, dry_run
        self.identities = Identities.of(plan)
        self.on_file = list(read_archive(plan, desk).submissions)

    def receive(self, handed: Handed) -> tuple[str, bool]:
        """One return: what was done with it in words, and whether it is on file now (or would be)."""
        from mdj_plan.archive.filing import already_filed
        from mdj_plan.archive.holdings import file_away
        from mdj_plan.trial import judged

        try:
            data = handed.read()
        except (OSError, ValueError) as error:
            return self.texts("receive-unreadable", file=handed.shown, reason=reason(error, self.texts)), False
        before = already_filed(self.plan, hashlib.sha256(data).hexdigest())
        if before is not None:
            return self.texts("receive-known", file=handed.shown, place=before), True
        submission = self.desk.read_bytes(data, handed.file)
        trial = judged(self.plan, file_away(self.on_file), self.identities, submission)
        errors = trial.count(Severity.ERROR)
        if not _attributed(self.plan, submission):
            return self.texts("receive-whose", file=handed.shown, why=self._worst(trial)), False
        if errors and not self.accept_errors:
            why = self._worst(trial)
            return self.texts("receive-errors", file=handed.shown, errors=errors, why=why), False
        return self._file(handed, data, trial)

    def _file(self, handed: Handed, data: bytes, trial: Trial) -> tuple[str, bool]:
        from mdj_plan.archive.filing import already_filed, filing, next_version, place_of, put_on_file

        s = trial.submission
        counts = (trial.count(Severity.ERROR), trial.count(Severity.WARNING))
        same = [o.version for o in self.on_file if (o.unit, o.member, o.period) == (s.unit, s.member, s.period)]
        highest = max(same, default=0)
        original = PurePosixPath(handed.file)
        told = {"file": handed.shown, "errors": str(counts[0]), "warnings": str(counts[1])}
        if self.dry_run:
            place = place_of(s, next_version(self.plan, s, highest), original.suffix.lower())
            return self.texts("receive-would", place=place, **told) + self._blank(trial), True
        with filing(self.plan):
            known = already_filed(self.plan, s.sha256)
            if known is not None:  # another run was quicker
                return self.texts("receive-known", file=handed.shown, place=known), True
            entry = put_on_file(self.plan, s, data, original, next_version(self.plan, s, highest), counts)
        self.on_file.append(s._replace(file=entry.file, version=entry.version))
        return self.texts("receive-filed", place=entry.file, **told) + self._blank(trial), True

    def _blank(self, trial: Trial) -> str:
        """A line below where facilities came without a figure."""
        from mdj_plan.reports.screen.validation import blank

        return f"\n    {blank(trial, self.texts)}" if trial.blank else ""

    def _worst(self, trial: Trial) -> str:
        worst = min(trial.open, key=lambda f: f.severity.rank, default=None)
        if worst is None:
            return ""
        return " ".join(part for part in (worst.code, worst.at.cell, self.texts.message(worst)) if part)


def _attributed(plan: Plan, s: Submission) -> bool:
    """Whether a return can be filed at all: whose it is and for which period are certain."""
    known = s.unit in plan.units and s.period is not None
    disputed = {"L105", "L106", "L107"} & {f.code for f in s.findings if f.variant not in {"nil", "unchanged"}}
    return known and not disputed
