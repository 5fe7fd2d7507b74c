"""What is not there: figures that a target sums, columns that it looks at, returns without any figure (V119, V120, S111)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks import world
from tests.checks.world import C1, C2, C3, HEAD, findings, table, told

SUMS = world.PLAN.replace(
    "targets:\n",
    """\
  - {id: area, name: {zh: 孵化面积, en: Area}, unit: ㎡, sum: area_m2}
  - {id: park_firms, name: {zh: 园内企业}, unit: 户, sum: tenants, where: {kind: science_park}}
  - {id: national, name: {zh: 国家级孵化器}, unit: 家, count: facilities, where: {kind: incubator, level: national}}
  - {id: unowed, name: {zh: 无目标}, unit: 人, sum: staff}
targets:
  - {indicator: area, value: 9, clause: 一}
  - {indicator: park_firms, value: 9, clause: 一}
  - {indicator: national, value: 1, clause: 一}
""",
)


@pytest.fixture(autouse=True)
def plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "PLAN", SUMS)


def row(name: str, code: str, rest: str) -> str:
    return f"示例{name},{code},{rest}"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [
                row("云杉", C1, "孵化器,,运营,,10,0,9"),
                row("松涛", C2, "孵化器,,,暂无,10,0,9"),
                row("江月", C3, "孵化器,,运营,0,,0,9"),
            ],
            ["V120 东示区 F2 2 家运营中的载体没有填“孵化面积（平方米）”（F2-F3），汇总可能偏低。"],
            id="blank or 暂无, not zero",
        ),
        pytest.param(
            [row("云杉", C1, "孵化器,,筹建,,,,"), row("松涛", C2, "孵化器,,停运,,,,")], [], id="not operating"
        ),
        pytest.param(
            [row("云杉", C1, "孵化器,,运营,约500,10,0,9")],
            ["V103 东示区 F2 “孵化面积（平方米）”填“约500”，是约数。"],
            id="what stands there and cannot be used is said there",
        ),
        pytest.param(
            [row("云杉", C1, "大学科技园,,运营,500,,0,9"), row("松涛", C2, "孵化器,,运营,500,,0,9")],
            ["V120 东示区 G2 1 家运营中的载体没有填“在孵企业数（户）”（G2），汇总可能偏低。"],
            id="only where the target's conditions hold",
        ),
    ],
)
def test_a_number_that_a_target_sums(rows: list[str], expected: list[str], tmp_path: Path) -> None:
    lines = told(tmp_path, {"东示区_2": table(*rows)}, but=frozenset({"S101", "V117", "V111"}))
    assert lines == expected


def without(header: str, rows: list[str]) -> str:
    index = HEAD.split(",").index(header)
    lines = [line.split(",") for line in (HEAD, *rows)]
    return "\n".join(",".join(cells[:index] + cells[index + 1 :]) for cells in lines) + "\n"


INCUBATOR = row("云杉", C1, "孵化器,国家级,运营,500,10,0,9")
MAKERSPACE = row("松涛", C2, "众创空间,,运营,500,10,0,9")


def missing(text: str, folder: Path) -> list[str]:
    return [line for line in told(folder, {"东示区_2": text}) if line.startswith("V120")]


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    assert missing(without("孵化面积（平方米）", [INCUBATOR, MAKERSPACE]), tmp_path) == [
        "V120 东示区 表里没有“孵化面积（平方米）”列，2 家运营中的载体都没有这个数，汇总可能偏低。"
    ]


def test_a_column_that_a_target_only_looks_at(tmp_path: Path) -> None:
    expected = "V120 东示区 表里没有“级别”列；国家级孵化器要看这一列，1 家运营中的载体都按没有计。"
    assert missing(without("级别", [INCUBATOR, MAKERSPACE]), tmp_path) == [expected]


def test_a_blank_level_is_an_answer(tmp_path: Path) -> None:
    assert missing(table(INCUBATOR.replace("国家级", "")), tmp_path) == []


def test_no_column_that_no_target_asks_for(tmp_path: Path) -> None:
    assert missing(without("级别", [MAKERSPACE]), tmp_path) == []


def test_a_missing_figure_is_about_a_field_of_a_return(tmp_path: Path) -> None:
    rows = [row("云杉", C1, "孵化器,,运营,,10,0,9"), row("松涛", C2, "孵化器,,运营,,10,0,9")]
    found = [f for f in findings(tmp_path, {"东示区_2": table(*rows)}) if f.code == "V120"]
    assert [(f.field, f.facility, f.unit, f.at.cell) for f in found] == [("area_m2", None, "east", "F2")]


@pytest.mark.parametrize(
    ("rows", "without_any"),
    [
        pytest.param(
            [row("云杉", C1, "孵化器,市级,运营,,,,"), row("松涛", C2, "众创空间,,,,,,")], True, id="untouched"
        ),
        pytest.param([row("云杉", C1, "孵化器,市级,运营,,,,"), row("松涛", C2, "众创空间,,,,0,,")], False, id="a zero"),
        pytest.param([row("云杉", C1, "孵化器,市级,运营,约500,,,")], False, id="one that cannot be used"),
        pytest.param([row("云杉", C1, "孵化器,市级,筹建,,,,")], False, id="nothing is in operation"),
        pytest.param([], False, id="no rows: S106"),
    ],
)
def test_a_return_without_a_figure(rows: list[str], *, without_any: bool, tmp_path: Path) -> None:
    found = [f for f in findings(tmp_path, {"东示区_2": table(*rows)}) if f.code == "S111"]
    assert [f.at.file for f in found] == (["2021Q2/东示区.csv"] if without_any else [])


def test_a_return_without_a_figure_counts_all_the_same(tmp_path: Path) -> None:
    assessment = world.assessed(tmp_path, {"东示区_2": table(row("云杉", C1, "孵化器,市级,运营,,,,"))})
    actual = next(g.actual for g in assessment.gaps if g.indicator.id == "incubators" and g.unit is None)
    assert actual == 1


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        pytest.param(row("云杉", C1, "众创空间,,运营,,10,0,9,"), ["F2"], id="neither"),
        pytest.param(row("云杉", C1, "众创空间,,运营,,10,0,9,30"), [], id="workplaces"),
        pytest.param(row("云杉", C1, "众创空间,,运营,300,10,0,9,"), [], id="area"),
        pytest.param(row("云杉", C1, "众创空间,,运营,约300,10,0,9,"), [], id="an area that cannot be used"),
        pytest.param(row("云杉", C1, "众创空间,,筹建,,10,0,9,"), [], id="not yet"),
        pytest.param(row("云杉", C1, "孵化器,,运营,,10,0,9,"), [], id="an incubator"),
    ],
)
def test_a_maker_space_without_a_size(line: str, cells: list[str], tmp_path: Path) -> None:
    found = findings(tmp_path, {"东示区_2": table(line, head=f"{HEAD},创业工位（个）")})
    assert [f.at.cell for f in found if f.code == "V119"] == cells
