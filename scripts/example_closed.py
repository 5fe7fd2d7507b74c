"""The closed period of the example: what `close` kept of 2018Q1 before a correction came."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.messages import messages
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.data.edition import edition_json
from mdj_plan.run import run

from .example_story import CLOSED, CLOSED_AT

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTE = "示例数据：2018年第一季度联席会议通报的数字"


def edition_bytes(config: Path, quotas: Path, then: Mapping[str, bytes]) -> bytes:
    """The edition, made from the files of the data folder as they were then, by their path in it."""
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder)
        shutil.copytree(config, office / "config")
        for name, data in {**then, "quotas.csv": quotas.read_bytes()}.items():
            path = office / "data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        plan = load_plan(office / "config" / "targets.yaml")
        assessment = run(plan, period=CLOSED)
        at = CLOSED_AT.isoformat()
        return edition_json(assessment, messages(plan.language), number=1, closed_at=at, note=NOTE).encode()
