"""What a result must never replace: the plan, the office's tables, returns. Nothing received is ever lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.run import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.plan.model import Plan


def refuse_inputs(plan: Plan, output: Path) -> None:
    """Raises UsageError for an output that is one of the plan's own files, or lies among what came or was closed."""
    target = output.resolve()
    tables = (plan.quotas, plan.register, plan.receipts, plan.actions, plan.exceptions, plan.headers, plan.criteria)
    files = {path.resolve() for path in (plan.path, *tables) if path is not None}
    schema = (plan.path.parent / "targets.schema.json").resolve()
    folders = (plan.submissions, plan.data / "returned", plan.closed)
    within = any(target.is_relative_to(folder.resolve()) for folder in folders)
    if target in {*files, schema} or within:
        raise UsageError("output-is-input", path=str(output))
