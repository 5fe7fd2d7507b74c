"""Decisions and exceptions are understood once: as long as table, plan and program are the same, what was made is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdj_plan.archive.dossier import read_actions, read_exceptions
from mdj_plan.archive.identities import Identities
from mdj_plan.kept.shelf import Shelf
from mdj_plan.plan.load import load_plan
from tests.folders import lay_out
from tests.reports.town import PLAN, QUOTAS

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.plan.model import Plan

ACTIONS = """\
编号,事项,责任单位,完成时限,目标值,指标
1,孵化器投入运营,东区、西区,2018-05-31,2,孵化器
2,办展会,商务局,2018年6月底,,
3,无人负责,北区,2018-06-30,,
"""
EXCEPTIONS = """\
规则,单位,理由,有效至
X107,东区,扩建,2018Q4
X999,西区,没有这个代码,2018Q4
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return load_plan(lay_out(tmp_path, PLAN, QUOTAS, actions=ACTIONS, exceptions=EXCEPTIONS))


class Watched(Shelf):
    """A shelf that tells what was taken from it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.taken: list[bool] = []

    def take(self, name: str, of: str) -> bytes | None:
        content = super().take(name, of)
        self.taken.append(content is not None)
        return content


def test_what_was_kept_is_what_is_read(plan: Plan, tmp_path: Path) -> None:
    shelf, identities = Watched(tmp_path / "kept"), Identities.of(plan)
    first = read_actions(plan, shelf), read_exceptions(plan, identities, shelf)
    assert (read_actions(plan, shelf), read_exceptions(plan, identities, shelf)) == first
    assert shelf.taken == [False, False, True, True]
    assert first == (read_actions(plan), read_exceptions(plan, identities))
    assert [(action.id, action.unit, str(action.due)) for action in first[0].rows] == [
        ("1", "east", "2018-05-31"),
        ("1", "west", "2018-05-31"),
        ("2", "trade", "2018-06-30"),
    ]
    assert [(found.code, found.at.cell) for found in (*first[0].findings, *first[1].wrong)] == [
        ("P110", "C4"),
        ("P106", "A3"),
    ]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("data/actions.csv", "2018-05-31", "2018-05-30"),
        ("data/quotas.csv", "西区,孵化器,2,一\n", ""),
        ("config/targets.yaml", "东区", "东城区"),
    ],
)
def test_it_is_read_again_after_a_change(plan: Plan, tmp_path: Path, file: str, before: str, after: str) -> None:
    shelf = Watched(tmp_path / "kept")
    read_actions(plan, shelf)
    path = tmp_path / file
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    read_actions(plan, shelf)
    assert shelf.taken == [False, False]


def test_what_is_damaged_is_read_again(plan: Plan, tmp_path: Path) -> None:
    shelf = Watched(tmp_path / "kept")
    whole = read_actions(plan, shelf)
    for entry in (tmp_path / "kept").iterdir():
        entry.write_bytes(entry.read_bytes()[:-3])
    assert read_actions(plan, shelf) == whole
    assert shelf.taken == [False, False]
