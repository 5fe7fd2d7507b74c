"""`mdj-plan export`: the joint-meeting summary as a file; its suffix decides the form."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.options import Asked
from mdj_plan.names import listed

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.messages import Messages


ASKS = ("period", "as_of")
SUFFIXES = (".xlsx", ".docx", ".html", ".csv", ".json")


def export(
    asked: Asked,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="export-output",
        ),
    ] = None,
    letters: Annotated[
        Path | None,
        typer.Option(
            "--letters",
            metavar="DIR",
            help="export-letters",
        ),
    ] = None,
    all_periods: Annotated[
        bool,
        typer.Option(
            "--all-periods",
            help="export-all-periods",
        ),
    ] = False,
) -> int:
    """Assess, build the file in the plan's language, and put it in place when it is complete."""
    from mdj_plan.messages import messages
    from mdj_plan.reports.files import OpenElsewhereError, write_whole
    from mdj_plan.run import UsageError

    texts = asked.texts
    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise UsageError("unknown-suffix", found=output.name, known=listed(SUFFIXES))
    if output is not None and not output.absolute().parent.is_dir():
        raise UsageError("no-folder", path=str(output.absolute().parent))
    assessment = asked.assessed(all_periods=all_periods)
    target = output or Path(default_name(assessment))
    data = built(assessment, messages(assessment.plan.language), target.suffix.lower())
    code = 0
    try:
        write_whole(target, data)
        print(texts("written", path=str(target)), file=sys.stderr)
    except OpenElsewhereError as error:
        print(texts("open-elsewhere", path=str(error.wanted), saved=str(error.saved)), file=sys.stderr)
        code = 2
    if letters is not None:
        from mdj_plan.reports.document.letters import write_letters

        written = write_letters(assessment, messages(assessment.plan.language), letters)
        print(texts("letters-written", n=len(written), path=str(letters)), file=sys.stderr)
    return code


def default_name(assessment: Assessment) -> str:
    """``<plan>_<period>.xlsx``, of letters that every file system takes."""
    safe = re.sub(r'[\\/:*?"<>|\s]+', "-", assessment.plan.file.plan.id)
    return f"{safe}_{assessment.period}.xlsx"


def built(assessment: Assessment, texts: Messages, suffix: str) -> bytes:
    """The bytes of the summary in the form of that suffix."""
    from mdj_plan.reports import data

    match suffix:
        case ".xlsx":
            from mdj_plan.reports.workbook.workbook import build as workbook

            return workbook(assessment, texts)
        case ".docx":
            from mdj_plan.reports.document.document import build as document

            return document(assessment, texts)
        case ".html":
            from mdj_plan.reports.page.page import build as page

            return page(assessment, texts)
        case ".csv":
            return data.gaps_csv(assessment, texts).encode("utf-8")
        case _:
            return data.as_json(assessment, texts).encode("utf-8")
