"""`mdj-plan validate`: judge returns before they are filed, and make the sender's marked copy."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from mdj_plan.cli.inputs import refuse_inputs
from mdj_plan.cli.options import Asked
from mdj_plan.cli.output import put
from mdj_plan.names import listed

if TYPE_CHECKING:
    from mdj_plan.archive.holdings import Archive
    from mdj_plan.intake.handed import Handed
    from mdj_plan.intake.submission import Submission
    from mdj_plan.messages import Messages
    from mdj_plan.names import Words
    from mdj_plan.plan.model import Plan
    from mdj_plan.readings.desk import Desk
    from mdj_plan.trial import Trial


class Format(StrEnum):
    """Forms of the result."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class FailOn(StrEnum):
    """What makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


ASKS = ()


def validate(
    asked: Asked,
    *,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="validate-files"),
    ],
    annotate: Annotated[
        Path | None,
        typer.Option(
            "--annotate",
            metavar="DIR",
            help="validate-annotate",
        ),
    ] = None,
    former: Annotated[
        Path | None,
        typer.Option(
            "--former",
            metavar="FILE",
            help="validate-former",
        ),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="validate-format")] = Format.TEXT,
    fail_on: Annotated[FailOn, typer.Option(help="validate-fail-on")] = FailOn.ERROR,
) -> int:
    """Judge each return as if it were filed now; nothing is filed, the originals are not touched."""
    from mdj_plan.archive.inbox import handed_over
    from mdj_plan.plan.units import Directory
    from mdj_plan.run import UsageError

    plan, texts = asked.loaded, asked.texts
    everything = list(handed_over(files, Directory(plan.file)))
    if not everything:
        raise UsageError("nothing-handed-over", paths=listed(map(str, files)))
    with asked.desk() as desk:
        judged = _Bench(plan, desk, former).judge(everything)
    _show(judged, format_, texts, plan)
    if annotate is not None:
        refuse_inputs(plan, annotate / "x.xlsx")
        _annotate(judged, annotate, texts)
    bound = {FailOn.ERROR: 0, FailOn.WARNING: 1, FailOn.NEVER: -1}[fail_on]
    return int(any(f.severity.rank <= bound for one in judged for f in one.trial.findings if f.accepted is None))


class Judged(NamedTuple):
    """A return handed over, its trial, and that of its former version."""

    handed: Handed
    trial: Trial
    former: Trial | None
    on_file: bool = False

    def beside(self, others: tuple[Words, ...]) -> Judged:
        """The same with S103 where others were handed over for the same unit and period."""
        from mdj_plan.delivery import with_rivals

        return self._replace(trial=with_rivals(self.trial, others)) if others else self


class _Bench:
    """What judging needs, read once: the plan, what is on file, the desk where returns are read."""

    def __init__(self, plan: Plan, desk: Desk, former: Path | None) -> None:
        from mdj_plan.archive.exceptions import read_exceptions
        from mdj_plan.archive.holdings import Archive, read_archive
        from mdj_plan.archive.identities import Identities

        self.plan, self.desk, self.former = plan, desk, former
        self.identities = Identities.of(plan)
        self.exceptions = read_exceptions(plan, self.identities)
        self.archive: Archive = read_archive(plan, desk) if plan.submissions.is_dir() else Archive()

    def judge(self, everything: list[Handed]) -> list[Judged]:
        """Judge every return handed over."""
        from mdj_plan.delivery import renamed

        judged = []
        for done, (handed, read) in enumerate(zip(everything, self.desk.read(everything, "handed"), strict=True)):
            self.desk.tell(done, len(everything))
            judged.append(self._judged(handed, renamed(read, handed.shown)))
        return self._rivalled(judged)

    def _judged(self, handed: Handed, submission: Submission) -> Judged:
        """Judge one return, and its former version where there is one."""
        from dataclasses import replace

        from mdj_plan.archive.supersession import compared
        from mdj_plan.trial import judged

        others = self._others(handed)
        on_file = len(others.submissions) != len(self.archive.submissions)
        trial = judged(self.plan, others, self.identities, submission, self.exceptions, on_file=on_file)
        earlier = self._former(submission, others)
        if earlier is None:
            return Judged(handed, trial, None, on_file)
        comparison = compared(self.plan, self.identities, earlier, submission)
        accepted, filed = self.exceptions, self.former is None
        former = judged(self.plan, others, self.identities, earlier, accepted, on_file=filed)
        return Judged(handed, replace(trial, comparison=comparison), former, on_file)

    def _rivalled(self, judged: list[Judged]) -> list[Judged]:
        """The same with S103 where several files are for the same unit and period, none of them on file."""
        from mdj_plan.delivery import Read, rivals

        reads = [Read(one.handed, one.trial.submission) for one in judged if not one.on_file]
        found = rivals(self.plan, reads)
        return [one.beside(found.get(one.handed.shown, ())) for one in judged]

    def _others(self, handed: Handed) -> Archive:
        """What is on file but this very file: one may judge a return where it lies in the archive."""
        from mdj_plan.archive.holdings import file_away

        path = handed.path.resolve() if handed.path else None
        kept = [s for s in self.archive.submissions if (self.plan.submissions / s.file).resolve() != path]
        return file_away(kept, self.archive.attempts) if len(kept) != len(self.archive.submissions) else self.archive

    def _former(self, submission: Submission, others: Archive) -> Submission | None:
        if self.former is not None:
            return self.desk.read_bytes(self.former.read_bytes(), self.former.name)
        if submission.unit is None or submission.period is None:
            return None
        same = [
            s
            for s in others.submissions
            if (s.unit, s.member, s.period) == (submission.unit, submission.member, submission.period)
        ]
        return max(same, key=lambda s: s.version, default=None)


def _show(judged: list[Judged], format_: Format, texts: Messages, plan: Plan) -> None:
    from mdj_plan.reports.data.findings import findings_csv
    from mdj_plan.reports.data.trials import validation_json
    from mdj_plan.reports.screen import validation

    if format_ is Format.TEXT:
        put(validation.as_text([(one.trial, one.former) for one in judged], texts, plan))
    elif format_ is Format.JSON:
        put(validation_json([(one.trial, one.former) for one in judged], texts))
    else:
        put(findings_csv([f for one in judged for f in one.trial.findings], texts))


def _annotate(judged: list[Judged], folder: Path, texts: Messages) -> None:
    from mdj_plan.readings.desk import bounded
    from mdj_plan.reports.files import write_whole
    from mdj_plan.reports.returned import annotated

    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for one in judged:
        if not one.trial.open:
            continue
        data = bounded(one.handed)
        copy = annotated(data if isinstance(data, bytes) else b"", Path(one.handed.file).name, one.trial, texts)
        name = _free(copy.name, taken, folder)
        write_whole(folder / name, copy.data)


def _free(name: str, taken: set[str], folder: Path) -> str:
    """The name, or with a number where another file bears the same that is no copy of ours from an earlier run."""
    from mdj_plan.reports.returned import is_copy

    path, number = Path(name), 2
    while name in taken or ((folder / name).exists() and not is_copy(folder / name)):
        name = f"{path.stem}-{number}{path.suffix}"
        number += 1
    taken.add(name)
    return name
