"""A submission as bytes and back: the same values, the same cells as typed, whatever stands in them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from mdj_plan.intake.reader import Reader
from mdj_plan.kept.broken import Broken
from mdj_plan.plan.load import load_plan
from mdj_plan.readings.written import decode, encode

if TYPE_CHECKING:
    from mdj_plan.intake.submission import Submission

PLAN = load_plan(Path("config/targets.yaml"))
HEAD = ["载体名称", "载体类型", "级别", "所在地区", "成立日期", "运营状态", "孵化面积（平方米）", "在孵企业数（户）"]
FIELDS = ("name", "kind", "level", "region", "founded", "state", "area_m2", "tenants")
ONE = ["示例甲孵化器", "孵化器", "市级", "东安区", "2015-03-02", "运营", 1200, 20]


def workbook(*rows: list[Any], merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    above: list[list[Any]] = [["填报单位：东安区", None, "报告期：2017Q1"], [*HEAD]]
    for row in (*above, *rows):
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(data: bytes, name: str = "东安区_2017Q1.xlsx") -> Submission:
    return Reader.of(PLAN).read(data, f"2017Q1/{name}")


def typed(read: Submission) -> list[list[str]]:
    return [[row.typed(field) for field in FIELDS] for row in read.claims]


def values(read: Submission) -> list[list[Any]]:
    return [[row.value(field) for field in FIELDS] for row in read.claims]


def kept(read: Submission) -> Submission:
    """The submission as it is found again."""
    return decode(encode(read), PLAN.fields)


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ("area_m2", [1200, "1200", "1200.0", "１２００", "1,200", 1200.5, "约1200", None, "无", 0.000001]),
        ("tenants", [20, "20", "020", "20户", "", None, "二十"]),
        ("kind", ["孵化器", "科技企业孵化器", "众创空间", "孵 化 器", "别的"]),
        ("founded", ["2015-03-02", "2015年3月2日", "2015/3/2", "20150302", "2015年3月", "不详", None]),
        ("region", ["东安区", "东安", None, " ", "—"]),
        ("name", ["示例甲孵化器", " 示例甲孵化器 ", "示例乙\n孵化器"]),
        ("state", ["运营", "同上", None]),
    ],
)
@pytest.mark.parametrize("times", [1, 40])  # a long column is written by its distinct values
def test_what_was_typed_is_kept_beside_what_it_reads_as(field: str, cells: list[Any], times: int) -> None:
    at = FIELDS.index(field)
    rows = [[cell if place == at else stated for place, stated in enumerate(ONE)] for cell in cells * times]
    fresh = read(workbook(*rows))
    again = kept(fresh)
    assert len(fresh.claims) == len(rows)
    assert values(again) == values(fresh)
    assert typed(again) == typed(fresh)


def test_a_cell_is_shown_as_it_stands_though_it_reads_like_another() -> None:
    rows = [[*ONE[:6], area, 20] for area in (1200, "1200.0", "１２００", "1,200")]
    again = kept(read(workbook(*rows)))
    assert [claim.typed("area_m2") for claim in again.claims] == ["1200", "1200.0", "１２００", "1,200"]
    assert {claim.area_m2 for claim in again.claims} == {1200}


def test_a_merged_range_says_nothing_below_its_first_cell() -> None:
    fresh = read(workbook(ONE, ["示例乙孵化器", None, *ONE[2:]], merged="B3:B4"))
    assert [(claim.kind, claim.typed("kind")) for claim in kept(fresh).claims] == [
        ("incubator", "孵化器"),
        ("incubator", ""),
    ]


def test_a_blank_region_stays_blank_beside_the_district_it_stands_for() -> None:
    fresh = read(workbook([*ONE[:3], None, *ONE[4:]], ONE))
    assert [(claim.region, claim.typed("region")) for claim in kept(fresh).claims] == [
        ("dongan", ""),
        ("dongan", "东安区"),
    ]
    (rows,) = fresh.claims.tables
    assert rows.typed["region"] == ["", "东安区"]  # known where it was read: nobody looks at the cells again


def test_what_a_reader_has_learned_of_one_return_holds_in_the_next() -> None:
    reader = Reader.of(PLAN)
    first = reader.read(workbook([*ONE[:6], "1200.0", "020"]), "2017Q1/东安区_2017Q1.xlsx")
    second = reader.read(workbook([*ONE[:6], "1200.0", 20]), "2017Q2/东安区_2017Q2.xlsx")
    assert [typed(kept(each))[0][-2:] for each in (first, second)] == [["1200.0", "020"], ["1200.0", "20"]]


def test_columns_of_a_broken_length_are_none_of_ours() -> None:
    told = encode(read(workbook(ONE, ONE))).decode()
    assert '"level":["choice",["municipal","municipal"]]' in told
    again = decode(told.replace('["municipal","municipal"]', '["municipal"]').encode(), PLAN.fields)
    with pytest.raises(Broken):
        _ = again.claims[0].level


def test_neither_is_a_line_that_lacks_the_column_it_is_said_to_hold() -> None:
    told = encode(read(workbook(ONE, ONE))).decode()
    again = decode(told.replace('"level":["choice"', '"title":["choice"').encode(), PLAN.fields)
    with pytest.raises(Broken):
        _ = again.claims[0].level


def test_thousands_of_findings_are_written_some_at_a_time() -> None:
    rows = "".join(f"示例第{number}孵化器,孵化器,约{number}\n" for number in range(3000))
    head = "填报单位,东安区,报告期,2017Q1\n载体名称,载体类型,在孵企业数（户）\n"
    made = read((head + rows).encode(), "东安区_2017Q1.csv")
    assert [finding.code for finding in made.findings].count("V103") == 3000
    first, *lines = encode(made).split(b"\n")
    assert decode(b"\n".join([first, *lines]), PLAN.fields) == made
    assert max(map(len, (first, *lines))) < 500_000 < sum(map(len, lines))
    with pytest.raises(ValueError, match="Expecting value"):
        decode(first, PLAN.fields)
