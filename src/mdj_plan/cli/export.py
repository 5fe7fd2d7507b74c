"""`mdj-plan export`: the joint-meeting summary as a file; its suffix decides the form."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.options import (
    AsOfOption,
    LanguageOption,
    PeriodOption,
    PlanOption,
    found_plan,
    month_of,
    period_of,
    texts_of,
)
from mdj_plan.cli.progress import progress_bar
from mdj_plan.cli.words import say
from mdj_plan.names import listed

if TYPE_CHECKING:
    from mdj_plan.assess import Assessment
    from mdj_plan.messages import Messages

HELP = say(
    "联席会议汇总：按后缀生成 .xlsx、.docx、.html、.csv 或 .json。\n\n例：mdj-plan export -o 汇总.xlsx",
    "The joint-meeting summary: .xlsx, .docx, .html, .csv or .json, by the suffix.\n\n"
    "Example: mdj-plan export -o summary.xlsx",
)
SUFFIXES = (".xlsx", ".docx", ".html", ".csv", ".json")


def export(
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help=say(
                "输出文件；默认按计划和报告期命名，放在当前文件夹。", "The file; default: named by plan and period."
            ),
        ),
    ] = None,
    letters: Annotated[
        Path | None,
        typer.Option(
            "--letters",
            metavar="DIR",
            help=say("同时为每个滞后或未报的单位生成督办函。", "Also write a letter to each unit behind or silent."),
        ),
    ] = None,
    plan: PlanOption = None,
    period: PeriodOption = None,
    as_of: AsOfOption = None,
    all_periods: Annotated[
        bool,
        typer.Option(
            "--all-periods",
            help=say(
                "也列出其他各期的问题；.csv 里没有问题。", "Show the findings of other periods too; .csv holds none."
            ),
        ),
    ] = False,
    lang: LanguageOption = None,
) -> int:
    """Assess, build the file in the plan's language, and put it in place when it is complete."""
    from mdj_plan.messages import messages
    from mdj_plan.reports.files import OpenElsewhereError, write_whole
    from mdj_plan.run import UsageError, run

    texts = texts_of(lang)
    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise UsageError("unknown-suffix", found=output.name, known=listed(SUFFIXES))
    if output is not None and not output.absolute().parent.is_dir():
        raise UsageError("no-folder", path=str(output.absolute().parent))
    loaded = found_plan(plan)
    with progress_bar(texts) as progress:
        assessment = run(
            loaded, period=period_of(period), as_of=month_of(as_of), all_periods=all_periods, progress=progress
        )
    target = output or Path(default_name(assessment))
    data = built(assessment, messages(loaded.language), target.suffix.lower())
    code = 0
    try:
        write_whole(target, data)
        print(texts("written", path=str(target)), file=sys.stderr)
    except OpenElsewhereError as error:
        print(texts("open-elsewhere", path=str(error.wanted), saved=str(error.saved)), file=sys.stderr)
        code = 2
    if letters is not None:
        from mdj_plan.reports.document.letters import write_letters

        written = write_letters(assessment, messages(loaded.language), letters)
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
