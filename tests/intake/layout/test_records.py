"""Records of a text file against their header: which of them break (F108), and what becomes of their rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.intake.reader import Reader
from mdj_plan.intake.submission import Submission
from mdj_plan.plan.load import load_plan

READER = Reader.of(load_plan(Path("config/targets.yaml")))
COVER = "填报单位,东安区,,报告期,2018年第二季度\n"
HEAD = "载体名称,载体类型,运营状态,孵化面积（平方米）,在孵企业数（户）,累计毕业企业（户）,备注\n"
GOOD = "示例甲孵化器,孵化器,运营,2000,20,3,\n示例乙孵化器,孵化器,运营,800,8,1,\n"


def read(rows: str, head: str = HEAD, mark: str = ",") -> Submission:
    return READER.read((COVER + head + rows).replace(",", mark).encode(), "2018Q2/东安区_2018Q2.csv")


def told(submission: Submission) -> list[tuple[str, str | None, str | None]]:
    """Every error: its code, its cell, what stands there."""
    return [(f.code, f.at.cell, f.value) for f in submission.findings if f.severity == "error"]


def usable(submission: Submission) -> list[str | None]:
    return [claim.name for claim in submission.claims if claim.usable]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize(
    ("row", "cell", "value"),
    [
        ("示例丙孵化器,孵化器,运营,62,000,5,1,", "D5", "62,000"),
        ("示例丙孵化器,孵化器,运营,1200,5,1,,另有一处", "H5", "另有一处"),
        ("示例丙孵化器,孵化器,运营,1200,5,1,无,x,", "H5", "x"),
        ("示例丙孵化器,孵化器,运营,900,5", "F5", ""),
        ("示例丙孵化器,孵化器,运营,900,5,", "G5", ""),
    ],
)
def test_a_record_that_does_not_fit_its_header_is_not_counted(row: str, cell: str, value: str, mark: str) -> None:
    found = read(GOOD + row + "\n", mark=mark)
    assert told(found) == [("F108", cell, value)]
    assert usable(found) == ["示例甲孵化器", "示例乙孵化器"]
    assert found.readable


@pytest.mark.parametrize(
    "row",
    [
        "示例丙孵化器,孵化器,运营,900,5,1",
        "示例丙孵化器,孵化器,运营,900,5,1,,,",
        "示例丙孵化器,孵化器,运营,900,5,1,有备注",
        '示例丙孵化器,孵化器,运营,"1,200",5,1,',
        '示例丙孵化器,孵化器,运营,900,5,1,"两行\n备注"',
    ],
)
def test_blank_fields_may_lack_or_be_too_many_at_the_end(row: str) -> None:
    found = read(GOOD + row + "\n")
    assert told(found) == []
    assert len(usable(found)) == 3


def test_rows_of_one_length_below_a_longer_header_are_whole() -> None:
    """Excel leaves out the last columns where a block of sixteen rows has nothing in them."""
    found = read(
        "".join(line[: line.rindex(",")] + "\n" for line in GOOD.splitlines()) + "示例丙孵化器,孵化器,运营,900,5,\n"
    )
    assert told(found) == []
    assert len(usable(found)) == 3


def test_lines_that_are_no_records_are_not_judged() -> None:
    around = "示例表,,,,,,,,,,说明\n"
    below = "合计,,,2800,28\n填表人：张三,,,,,,,,审核人：李四\n"
    found = READER.read((around + COVER + HEAD + GOOD + below).encode(), "2018Q2/东安区_2018Q2.csv")
    assert told(found) == []
    assert not [f for f in found.findings if f.code == "L108"]


def test_a_total_cut_by_its_comma_is_told_and_not_compared() -> None:
    found = read(GOOD + "合计,,,2,800,28,4,\n")
    assert [(f.code, f.at.cell) for f in found.findings if f.code in {"F108", "L108"}] == [("F108", "D5")]


def test_as_above_means_nothing_below_a_broken_record() -> None:
    found = read(GOOD + "示例丙孵化器,孵化器,运营,62,000,5,1,\n示例丁孵化器,孵化器,运营,900,同上,1,\n")
    assert told(found) == [("F108", "D5", "62,000"), ("V101", "E6", "同上")]


def test_an_open_quotation_mark_keeps_the_return_from_counting() -> None:
    found = read(GOOD + '"示例丙孵化器,孵化器,运营,900,5,1,\n示例丁孵化器,孵化器,运营,100,1,1,\n')
    assert told(found) == [("F108", "A5", '"示例丙孵化器')]
    assert not found.readable


def test_a_broken_record_of_a_duty_says_nothing_of_it() -> None:
    text = "填报单位,市科技局,,报告期,2018年第二季度\n任务,本季进展数,状态,说明\n大赛,1,200,进行中,\n"
    found = READER.read(text.encode(), "2018Q2/市科技局_2018Q2.csv")
    assert [(r.duty, r.progress, r.status) for r in found.duties] == [(None, None, None)]
    assert [(code, cell) for code, cell, _ in told(found) if code[0] != "L"] == [("F108", "B3")]


@pytest.mark.parametrize(
    "row",
    [
        '"示例丙孵化器,孵化器,运营,900,5,1,"',
        "示例丙孵化器\t孵化器\t运营\t900\t5\t1",
        "示例丙孵化器；孵化器；运营；900；5；1",
        "示例丙孵化器，孵化器，运营，900，5，1，",
    ],
)
def test_a_record_in_one_piece_is_told_and_not_passed_over(row: str) -> None:
    found = read(GOOD.replace("示例乙", row + "\n示例乙"))
    assert told(found) == [("F108", "A4", row.strip('"'))]
    assert usable(found) == ["示例甲孵化器", "示例乙孵化器"]


@pytest.mark.parametrize("row", ["填表说明：孵化器、众创空间、大学科技园分别填写", "注：孵化器,示例", "一、孵化器"])
def test_words_between_records_are_none(row: str) -> None:
    assert told(read(GOOD + row + "\n")) == []
