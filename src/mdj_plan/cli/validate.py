"""`mdj-plan validate`: judge returns before they are filed, and make the sender's marked copy."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.inputs import refuse_inputs
from mdj_plan.cli.options import Asked
from mdj_plan.cli.output import put
from mdj_plan.names import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.archive.holdings import Archive
    from mdj_plan.delivery import Reception
    from mdj_plan.intake.handed import Handed
    from mdj_plan.intake.submission import Submission
    from mdj_plan.messages import Messages
    from mdj_plan.outcome import Outcome
    from mdj_plan.plan.model import Plan
    from mdj_plan.readings.desk import Desk


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
    from mdj_plan.usage import UsageError

    plan, texts = asked.loaded, asked.texts
    everything = list(handed_over(files, Directory(plan.file)))
    if not everything:
        raise UsageError("nothing-handed-over", paths=listed(map(str, files)))
    with asked.desk() as desk:
        bench = _Bench(plan, desk, former)
        judged = bench.judge(everything)
    if format_ is Format.TEXT:
        _show(bench.reception, judged, [str(each) for each in files], texts, annotated=annotate is not None)
    else:
        _put(judged, format_, texts)
    if annotate is not None:
        refuse_inputs(plan, annotate / "x.xlsx")
        _annotate(judged, annotate, asked, bench.reception)
    return int(_reaches(judged, {FailOn.ERROR: 0, FailOn.WARNING: 1, FailOn.NEVER: -1}[fail_on]))


def _reaches(judged: Sequence[Outcome], bound: int) -> bool:
    """Whether any finding is as grave as that; what is no return is passed over where there is anything else."""
    from mdj_plan.outcome import Verdict

    returns = [each for each in judged if each.verdict is not Verdict.NO_RETURN] or judged
    return any(f.severity.rank <= bound for each in returns if each.trial is not None for f in each.trial.open)


class _Bench:
    """What judging needs, read once: the plan, what is on file, the desk where returns are read."""

    def __init__(self, plan: Plan, desk: Desk, former: Path | None) -> None:
        from mdj_plan.delivery import Reception

        self.plan, self.desk, self.former = plan, desk, former
        self.reception = Reception.of(plan, desk)

    def judge(self, everything: list[Handed]) -> list[Outcome]:
        """Judge every return handed over, each beside those before it, as `receive` would file them."""
        from mdj_plan.delivery import renamed
        from mdj_plan.outcome import Read

        reads = [
            Read(handed, renamed(read, handed.shown))
            for handed, read in zip(everything, self.desk.read(everything, "handed"), strict=True)
        ]
        judged = []
        for done, outcome in enumerate(self.reception.decided(reads)):
            self.desk.tell(done, len(everything))
            judged.append(self._with_former(outcome))
            self.reception.taken(outcome._replace(place=outcome.read.handed.shown))
        return judged

    def _with_former(self, outcome: Outcome) -> Outcome:
        """The outcome with its trial, and that of the former version where there is one."""
        from dataclasses import replace

        from mdj_plan.archive.supersession import compared
        from mdj_plan.trial import judged

        submission, exceptions, identities = (
            outcome.read.submission,
            self.reception.exceptions,
            self.reception.identities,
        )
        others = self._others(outcome)
        trial = outcome.trial
        if trial is None:
            trial = judged(self.plan, others, identities, submission, exceptions, on_file=outcome.on_file)
        earlier = self._former(outcome, others)
        if earlier is None:
            return outcome._replace(trial=trial, former=None)
        trial = replace(trial, comparison=compared(self.plan, identities, earlier, submission))
        former = judged(self.plan, others, identities, earlier, exceptions, on_file=self.former is None)
        return outcome._replace(trial=trial, former=former)

    def _others(self, outcome: Outcome) -> Archive:
        """What is on file but the very return: one may judge a return where it lies in the archive."""
        from mdj_plan.archive.holdings import file_away

        archive = self.reception.archive
        if not outcome.on_file:
            return archive
        return file_away((s for s in archive.submissions if s.file != outcome.place), archive.attempts)

    def _former(self, outcome: Outcome, others: Archive) -> Submission | None:
        if self.former is not None:
            return self.desk.read_bytes(self.former.read_bytes(), self.former.name)
        s = outcome.read.submission
        if s.unit is None or s.period is None:
            return None
        same = [o for o in others.submissions if (o.unit, o.member, o.period) == (s.unit, s.member, s.period)]
        return max(same, key=lambda o: o.version, default=None)


def _put(judged: list[Outcome], format_: Format, texts: Messages) -> None:
    from mdj_plan.reports.data.findings import findings_csv
    from mdj_plan.reports.data.trials import validation_json

    trials = [(each.trial, each.former) for each in judged if each.trial is not None]
    if format_ is Format.JSON:
        put(validation_json(trials, texts))
    else:
        put(findings_csv([f for trial, _ in trials for f in trial.findings], texts))


def _show(reception: Reception, judged: list[Outcome], typed: list[str], texts: Messages, *, annotated: bool) -> None:
    """What there is to say of each return; of several the office's tally, and what to type next."""
    from mdj_plan.reports.screen import tally as words
    from mdj_plan.reports.screen.paper import open_screen
    from mdj_plan.reports.screen.validation import told
    from mdj_plan.tally import tallied

    screen, found = open_screen(texts), tallied(reception, judged)
    screen.prose(told(judged, texts, reception.plan))
    if len(judged) > 1:
        screen.prose([words.counted(found, texts, done=False)])
        screen.prose(words.still_out(found, texts))
    for said, command in words.next_commands(found, typed, texts, reception.plan, annotated=annotated):
        screen.command(said, command, indent=0)


def _annotate(judged: list[Outcome], folder: Path, asked: Asked, reception: Reception) -> None:
    """Write the copies, in the plan's language or that of ``--lang``; say what was written where, and what to send."""
    from mdj_plan.messages import messages
    from mdj_plan.reports.returned.folder import MOST_COPIES, place_copies
    from mdj_plan.text import visible

    texts, words = asked.texts, messages(asked.wished or reception.plan.language)
    placed = place_copies(judged, reception, folder, words)
    told = [texts("returned-cleared", names=listed(placed.cleared))] if placed.cleared else []
    for path, back, copy in placed.copies:
        kind = "list" if copy.unread else "plain" if copy.reason else "marked"
        what = texts(f"returned-what-{kind}")
        told.append(texts("returned-wrote", path=str(path), what=what, counts=back.counts(texts)))
    if placed.left:
        told.append(texts("returned-too-many", most=MOST_COPIES, left=placed.left))
    if placed.copies or placed.left:
        lines = (back.message(words, path.name, unread=copy.unread) for path, back, copy in placed.copies)
        told += [texts("returned-paste"), *lines]
    else:
        told.append(texts("returned-none"))
    print(*map(visible, told), sep="\n", file=sys.stderr)
