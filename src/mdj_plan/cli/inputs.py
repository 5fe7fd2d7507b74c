"""What a result must not replace: the plan, the office's tables, returns; other people's files unless that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.links import real
from mdj_plan.usage import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mdj_plan.plan.model import Plan


def refuse_inputs(plan: Plan, output: Path) -> None:
    """Raises UsageError for an output that is one of the plan's own files, or lies among what came or was closed."""
    from mdj_plan.disk import existing

    target = real(output)
    kept = {each for path in plan.inputs for each in (path, existing(path)) if each is not None}
    if any(target.is_relative_to(real(path)) for path in kept):
        raise UsageError("output-is-input", path=str(output))


def refuse_foreign(targets: Iterable[Path], *, force: bool) -> None:
    """Raises UsageError where a result would replace a file that is none itself; not with `force`.

    One that is open elsewhere is not replaced anyhow.
    """
    from mdj_plan.reports.files import is_open
    from mdj_plan.reports.ours import is_result

    for target in () if force else targets:
        if target.exists() and not target.is_dir() and not is_open(target) and not is_result(target):
            raise UsageError("output-not-ours", path=str(target))
