"""`mdj-plan export`: the joint-meeting summary as a file; its suffix decides the form."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.inputs import refuse_foreign, refuse_inputs
from mdj_plan.cli.options import Asked
from mdj_plan.names import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages


ASKS = ("period", "as_of", "unit")


def export(
    asked: Asked,
    *,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="export-output")] = None,
    letters: Annotated[Path | None, typer.Option("--letters", metavar="DIR", help="export-letters")] = None,
    all_periods: Annotated[bool, typer.Option("--all-periods", help="export-all-periods")] = False,
    force: Annotated[bool, typer.Option("--force", help="export-force")] = False,
) -> int:
    """Assess, build the file in the plan's language, and put it in place when it is complete."""
    from mdj_plan.messages import messages

    path = None if output is None else Path(output)
    whole = path is not None and (path.is_dir() or str(output).endswith(("/", "\\")))
    units = asked.units
    _refused(path, whole=whole, of_units=units is not None)
    for target in filter(None, (path, letters)):
        refuse_inputs(asked.loaded, target)
    assessment = asked.assessed(
        all_periods=all_periods, candidates=asked.criteria_there, returned=whole or letters is not None
    )
    texts = messages(assessment.plan.language)
    if whole and path is not None:
        return _pack(asked, assessment, path)
    target = path or Path(default_name(assessment))
    posted = {} if letters is None else _letters(assessment, texts, letters)
    refuse_foreign((target, *posted), force=force)
    code = _put(asked, target, built(assessment, texts, target.suffix.lower(), units))
    if letters is not None:
        _write_letters(asked, letters, posted)
    return code


def _letters(assessment: Assessment, texts: Messages, folder: Path) -> dict[Path, bytes]:
    from mdj_plan.reports.document.letters import letters

    return {folder / name: data for name, data in letters(assessment, texts)}


def _write_letters(asked: Asked, folder: Path, posted: dict[Path, bytes]) -> None:
    from mdj_plan.reports.files import write_whole

    folder.mkdir(parents=True, exist_ok=True)
    for path, data in posted.items():
        write_whole(path, data)
    print(asked.texts("letters-written", n=len(posted), path=str(folder)), file=sys.stderr)


def _refused(output: Path | None, *, whole: bool, of_units: bool) -> None:
    """Raises UsageError for an output that cannot be made."""
    from mdj_plan.usage import UsageError

    if output is None:
        return
    if whole and of_units:
        raise UsageError("pack-of-units")
    if not whole and output.suffix.lower() not in SUFFIXES:
        raise UsageError("unknown-suffix", found=output.name, known=listed(SUFFIXES))
    if not output.absolute().parent.is_dir():
        raise UsageError("no-folder", path=str(output.absolute().parent))


def _put(asked: Asked, target: Path, data: bytes) -> int:
    from mdj_plan.reports.files import OpenElsewhereError, write_whole

    try:
        write_whole(target, data)
    except OpenElsewhereError as error:
        print(asked.texts("open-elsewhere", path=str(error.wanted), saved=str(error.saved)), file=sys.stderr)
        return 2
    print(asked.texts("written", path=str(target)), file=sys.stderr)
    return 0


def _pack(asked: Asked, assessment: Assessment, folder: Path) -> int:
    """The whole pack into a folder; its files by name as they are made, on a terminal."""
    from mdj_plan.cli.streams import on_terminal
    from mdj_plan.messages import messages
    from mdj_plan.reports.pack import NotAPackError, write_pack
    from mdj_plan.usage import UsageError

    def told(name: str) -> None:
        if on_terminal(2):
            print(f"  {name}", file=sys.stderr)

    try:
        made = write_pack(assessment, messages(assessment.plan.language), folder, told)
    except NotAPackError as error:
        raise UsageError("not-a-pack", path=str(folder), names=listed(error.names)) from error
    print(asked.texts("pack-written", n=made, path=str(folder)), file=sys.stderr)
    return 0


def default_name(assessment: Assessment) -> str:
    """``<plan>_<period>.xlsx``, of letters that every file system takes."""
    safe = re.sub(r'[\\/:*?"<>|\s]+', "-", assessment.plan.file.plan.id)
    return f"{safe}_{assessment.period}.xlsx"


def built(assessment: Assessment, texts: Messages, suffix: str, units: frozenset[str] | None = None) -> bytes:
    """The bytes of the summary in the form of that suffix; of some units what there is to say of them."""
    if units is None:
        return _whole(assessment, texts, suffix)
    match suffix:
        case ".docx":
            from mdj_plan.reports.document.visit import build as visit

            return visit(assessment, texts, units)
        case ".xlsx":
            from mdj_plan.reports.workbook.visit import build as visit

            return visit(assessment, texts, units)
        case _:
            from mdj_plan.reports.narrowed import of_units

            return _whole(of_units(assessment, units), texts, suffix)


def _whole(assessment: Assessment, texts: Messages, suffix: str) -> bytes:
    return _FORMS[suffix](assessment, texts)


def _workbook(assessment: Assessment, texts: Messages) -> bytes:
    from mdj_plan.reports.workbook.workbook import build

    return build(assessment, texts)


def _document(assessment: Assessment, texts: Messages) -> bytes:
    from mdj_plan.reports.document.document import build

    return build(assessment, texts)


def _page(assessment: Assessment, texts: Messages) -> bytes:
    from mdj_plan.reports.page.page import build

    return build(assessment, texts)


def _figures(assessment: Assessment, texts: Messages) -> bytes:
    from mdj_plan.reports.data.gaps import gaps_csv

    return gaps_csv(assessment, texts).encode("utf-8")


def _data(assessment: Assessment, texts: Messages) -> bytes:
    from mdj_plan.reports.data.whole import as_json

    return as_json(assessment, texts).encode("utf-8")


_FORMS: Mapping[str, Callable[[Assessment, Messages], bytes]] = {
    ".xlsx": _workbook,
    ".docx": _document,
    ".html": _page,
    ".csv": _figures,
    ".json": _data,
}
"""The form of a summary by the suffix of its file."""
SUFFIXES = tuple(_FORMS)
