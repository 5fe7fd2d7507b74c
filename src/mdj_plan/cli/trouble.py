"""What went wrong, as one clear line and an exit code (contract 3): what a user can mend, and defects of ours."""

from __future__ import annotations

import errno
import sys
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mdj_plan.messages import Messages


def told(error: Exception, language: str) -> int:
    """Say it on the error output; 2 where the user can mend it, 70 with a traceback where we have to."""
    from mdj_plan.messages import messages

    texts = messages(language)
    lines = _lines(error, texts)
    if lines:
        print(*lines, sep="\n", file=sys.stderr)
        return 2
    traceback.print_exception(error)
    print(texts("defect"), file=sys.stderr)
    return 70


def mendable(error: Exception, language: str) -> bool:
    """Whether it is something that the user can mend, and no defect of ours."""
    from mdj_plan.messages import messages

    return bool(_lines(error, messages(language)))


def _lines(error: Exception, texts: Messages) -> list[str]:
    from mdj_plan.archive.lock import BusyError
    from mdj_plan.plan.problems import PlanError
    from mdj_plan.reports.files import OpenElsewhereError
    from mdj_plan.usage import UsageError

    if hasattr(error, "format_message"):  # Typer's own: an unknown option, a missing argument
        from mdj_plan.cli.usage import objection

        return [texts("usage", what=objection(error, texts))]
    if isinstance(error, PlanError):
        return [problem.sentence(texts) for problem in error.problems]
    if isinstance(error, UsageError):
        return [texts(error.name, **error.args_)]
    if isinstance(error, BusyError):
        return [texts("archive-busy", path=str(error.path), holder=error.holder or "?")]
    if isinstance(error, OpenElsewhereError):
        return [texts("open-elsewhere", path=str(error.wanted), saved=str(error.saved))]
    if isinstance(error, OSError) and error.errno is not None:
        if error.filename:
            return [texts("file-trouble", path=str(error.filename), reason=reason(error, texts))]
        return [texts("output-trouble", reason=reason(error, texts))]
    return []


def reason(error: Exception, texts: Messages) -> str:
    """Why the system refused, in words; what has none of ours in its own."""
    if not isinstance(error, OSError):
        return str(error)
    key = f"system-{errno.errorcode.get(error.errno or 0, '')}"
    return texts(key) if texts.has(key) else error.strerror or type(error).__name__
