"""The table of decisions, read with the care of a return: what each row means, and what is wrong with it (P110)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mdj_plan.archive.actions import Actions
from mdj_plan.archive.actions_table import ActionRow, understood
from mdj_plan.archive.appending import NotAppendableError, appended
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.problems import PlanError
from mdj_plan.sheets.tables.table import parse_table

PLAN = load_plan(Path("config/targets.yaml"))
HEAD = "编号,会议日期,事项,责任单位,完成时限,指标,目标值,完成日期,进展,备注\n"


def read(rows: str, head: str = HEAD) -> Actions:
    return understood(PLAN, parse_table((head + rows).encode(), "actions.csv", ActionRow))


def said(found: Actions) -> list[tuple[str | None, str, str | None]]:
    return [(f.at.cell, f.variant, f.value) for f in found.findings]


def test_a_row_for_several_units_and_a_group() -> None:
    found = read(
        "1,2018-07-05,再建一家,东安、市人社局、开发区,2018年9月底,孵化器,,,,\n2,,培训,各县（市）区,2018-12-31,,,,,\n"
    )
    first = [(a.id, a.unit, a.due, a.indicator) for a in found.rows if a.id == "1"]
    assert first == [
        ("1", "dongan", dt.date(2018, 9, 30), "incubators"),
        ("1", "zone", dt.date(2018, 9, 30), "incubators"),
    ]
    assert [a.unit for a in found.rows if a.id == "2"] == [
        "dongan",
        "yangming",
        "aimin",
        "xian",
        "linkou",
        "hailin",
        "ningan",
        "muling",
        "dongning",
    ]
    assert said(found) == [("D2", "owes-nothing", "东安、市人社局、开发区")]  # 市人社局 owes no incubators


def test_of_a_group_who_owes_nothing_is_left_out_without_a_word() -> None:
    found = read("1,,再建一家,各县（市）区、市人社局,2018-09-30,孵化器,1家,,,\n")
    assert len(found.rows) == 10
    assert {a.wanted for a in found.rows} == {1}
    assert said(found) == []


def test_a_decision_that_binds_nobody_does_not_vanish() -> None:
    found = read("1,,再建一家,市直相关部门,2018-09-30,孵化器,,,,\n2,,培训,东安区,2018-12-31,,,,,\n")
    assert [(a.id, a.unit) for a in found.rows] == [("2", "dongan")]
    assert said(found) == [("D2", "nobody", "市直相关部门")]  # departments owe a model facility, no incubators


@pytest.mark.parametrize(
    ("row", "cell", "variant", "value"),
    [
        (",,再建一家,东安区,2018-09-30,,,,,", "A2", "", None),
        ("1,,再建一家,,2018-09-30,,,,,", "D2", "", None),
        ("1,,再建一家,东安区,2018-13-01,,,,,", "E2", "", "2018-13-01"),
        ("1,,再建一家,东安区,2018年9月,,,,,", "E2", "", "2018年9月"),
        ("1,,再建一家,东安区,2018-09-30,,,很快,,", "H2", "", "很快"),
        ("1,,再建一家,东岸区,2018-09-30,,,,,", "D2", "unit-like", "东岸区"),
        ("1,,再建一家,绥芬河市,2018-09-30,,,,,", "D2", "outside", "绥芬河市"),
        ("1,,再建一家,东安区,2018-09-30,面积数,,,,", "F2", "indicator", "面积数"),
        ("1,,再建一家,东安区,2018-09-30,孵化器,几家,,,", "G2", "wanted", "几家"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_at_its_cell(row: str, cell: str, variant: str, value: str | None) -> None:
    found = read(row + "\n2,,培训,东安区,2018-12-31,,,,,\n")
    assert [a.id for a in found.rows] == ["2"]
    assert said(found) == [(cell, variant, value)]


def test_who_is_named_twice_is_told_once() -> None:
    found = read("1,,再建一家,绥芬河市、绥芬河、东岸区、东岸区、东安区、东安,2018-09-30,,,,,\n")
    assert [a.unit for a in found.rows] == ["dongan"]
    assert [variant for _, variant, _ in said(found)] == ["outside", "unit-like"]


def test_everything_that_is_wrong_with_a_row_is_told_in_one_run() -> None:
    found = read("1,,,南区,年中,孵化噐,三,,,\n,,培训,南区、北区,2018-09-30,孵化器,三,,,\n3,,培训,,2018-09-30,,,,,\n")
    assert said(found) == [
        ("C2", "", None),
        ("D2", "unit", "南区"),
        ("E2", "", "年中"),
        ("F2", "indicator", "孵化噐"),
        ("A3", "", None),
        ("D3", "unit", "南区、北区"),
        ("D3", "unit", "南区、北区"),
        ("G3", "wanted", "三"),
        ("D4", "", None),
    ]
    assert found.rows == ()


def test_a_number_that_stands_twice() -> None:
    found = read("1,,再建一家,东安区,2018-09-30,,,,,\n1,,培训,西安区,2018-12-31,,,,,\n")
    assert [(a.id, a.unit) for a in found.rows] == [("1", "dongan")]
    assert said(found) == [("A3", "repeated", "1")]


def test_a_table_without_its_columns_stops_the_run() -> None:
    with pytest.raises(PlanError):
        read("1,再建一家\n", head="编号,事项\n")


HEADS = ("编号", "事项", "责任单位", "完成时限")
ROW = {"编号": "2", "事项": "=培训", "责任单位": "东安区", "完成时限": "2018-12-31"}


def test_a_row_is_appended_in_the_tables_own_columns_and_encoding() -> None:
    old = "备注,编号,事项,责任单位,完成时限\n,1,再建一家,东安区,2018-09-30".encode("gb18030")
    assert appended(old, HEADS, ROW) == old + "\n,2,'=培训,东安区,2018-12-31\n".encode("gb18030")
    new = appended(b"", HEADS, ROW)
    assert new == "\ufeff编号,事项,责任单位,完成时限\r\n2,'=培训,东安区,2018-12-31\r\n".encode()
    with pytest.raises(NotAppendableError, match="责任单位"):
        appended("编号,事项\n".encode(), HEADS, ROW)
