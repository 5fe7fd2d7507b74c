"""Which facility a claim means: by kind and name, without the words all share, through the register (contract 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdj_plan.archive.identities import Identities
from tests.archive.returns import claims, plan_in
from tests.checks.world import PLAN

if TYPE_CHECKING:
    from pathlib import Path

PREFIXED = PLAN.replace("quotas:", "name_prefixes: [示例省, 示例市, （示例）]\nquotas:", 1)
CHAIN = "甲,孵化器,乙,,改名\n乙,孵化器,丙,众创空间,改名\n"


def identities(folder: Path, register: str = "") -> Identities:
    plan = plan_in(folder, PREFIXED)
    if register:
        plan.register.write_text(f"载体名称,载体类型,别名,别名类型,依据\n{register}", "utf-8")
    return Identities.of(plan)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("示例省示例市云杉孵化器", "云杉孵化器"),
        ("示例 市·云杉（孵化器）", "云杉孵化器"),
        ("云杉示例市", "云杉示例市"),
        ("示例市", "市"),  # 示例 with its brackets is a prefix too, and leaves something
        ("示例", "示例"),
        ("ＹＵＮ－Shan", "yunshan"),
        ("——", "——"),  # nothing is left to compare by but what is written
    ],
)
def test_names_are_compared_without_what_all_share(tmp_path: Path, name: str, key: str) -> None:
    (claim,) = claims(f"name kind\n{name.replace(' ', '')} makerspace")
    assert identities(tmp_path).key(claim) == ("makerspace", key)


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("甲 incubator", ("incubator", "甲")),
        ("乙 incubator", ("incubator", "甲")),
        ("丙 makerspace", ("incubator", "甲")),  # a chain, across kinds
        ("丙 incubator", ("incubator", "丙")),
        ("乙 science_park", ("science_park", "乙")),
        ("示例市乙 incubator", ("incubator", "甲")),
    ],
)
def test_an_alias_means_the_facility_at_the_end_of_its_chain(tmp_path: Path, row: str, key: tuple[str, str]) -> None:
    (claim,) = claims(f"name kind\n{row}")
    assert identities(tmp_path, CHAIN).key(claim) == key


def test_several_claims_are_compared_as_each_of_them(tmp_path: Path) -> None:
    found, rows = identities(tmp_path, CHAIN), claims("name\n乙\n示例省丁\n乙\n甲")
    assert found.keys(rows) == [found.key(claim) for claim in rows]
    assert found.keys(rows) == [("incubator", name) for name in "甲丁甲甲"]


def test_a_circle_of_aliases_leaves_each_of_them_by_itself(tmp_path: Path) -> None:
    found = identities(tmp_path, "甲,孵化器,乙,,\n乙,孵化器,丙,,\n丙,孵化器,甲,,\n")
    assert found.keys(claims("name\n甲\n乙\n丙")) == [("incubator", name) for name in "甲乙丙"]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("云杉孵化器", "示例市 云杉孵化器", True),
        ("云杉", "松涛", False),
        ("甲", "乙", True),
        ("丙", "甲", True),  # under the kind that the register names
        ("乙", "丙", True),
        ("丁", "甲", False),
    ],
)
def test_whether_two_names_can_mean_one_facility_of_whatever_kind(
    tmp_path: Path, one: str, other: str, *, agree: bool
) -> None:
    found = identities(tmp_path, CHAIN)
    assert (found.agree(one, other), found.agree(other, one)) == (agree, agree)


def test_without_a_register_names_agree_as_they_are_compared_alone(tmp_path: Path) -> None:
    found = identities(tmp_path)
    assert (found.agree("甲", "（甲）"), found.agree("甲", "乙")) == (True, False)
