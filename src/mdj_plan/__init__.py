"""Spreadsheets come in, are judged, counted once and set against the plan.

For notebooks: ``mdj_plan.load("config/targets.yaml").gaps`` and its sisters are pandas frames (`mdj_plan.frames`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.frames import Loaded

__version__ = "0.3.0"


def load(plan: str | Path, *, period: str | None = None, as_of: str | None = None) -> Loaded:
    """Read a plan and its returns, and assess them, for work in a notebook.

    Of the result, `gaps`, `duties`, `submissions`, `overlaps`, `findings` and `facilities` are pandas frames; each says
    its grain (one row per …) in its docstring, and docs/plan-file.md lists them.

    `period` such as ``2018Q2`` (default: the latest with a return), `as_of` such as ``2018-05`` (default: the period's
    last month). Raises PlanError for an unusable plan, ValueError for an impossible period or month.
    """
    from mdj_plan.frames import load as _load

    return _load(plan, period=period, as_of=as_of)
