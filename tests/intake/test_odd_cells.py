"""Cells that cannot be used: what is said of them, and that they are shown as typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.findings import Finding
from mdj_plan.intake.reader import Reader
from mdj_plan.intake.submission import Submission
from mdj_plan.messages import messages
from mdj_plan.plan.load import load_plan

READER = Reader.of(load_plan(Path("config/targets.yaml")))
FIELDS = {
    "name": "示例甲孵化器",
    "code": "91990000MAXX00001R",
    "kind": "孵化器",
    "level": "未认定",
    "founded": "2015-03-02",
    "state": "运营",
    "area": "1000",
    "tenants": "10",
    "new": "1",
    "total": "5",
    "note": "",
}
HEAD = "载体名称,统一社会信用代码,载体类型,级别,成立日期,运营状态,孵化面积（平方米）,在孵企业数（户）,本季新增毕业企业（户）,累计毕业企业（户）,备注"
COLUMNS = dict(zip(FIELDS, "ABCDEFGHIJK", strict=True))


def read(head: str = HEAD, below: str = "", **cells: str) -> Submission:
    row = ",".join((FIELDS | cells).values())
    text = f"填报单位：东安区,,报告期：2017Q1\n{head}\n{row}\n{below}"
    return READER.read(text.encode(), "2017Q1/东安区_2017Q1.csv")


def said(submission: Submission) -> list[tuple[str, str | None, str | None]]:
    return [(f.code, f.at.cell, f.value) for f in submission.findings]


def hint(finding: Finding) -> str:
    return messages("zh").hint(finding)


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
@pytest.mark.parametrize("field", FIELDS)
def test_an_error_in_a_text_file_is_one_in_any_field(field: str, error: str) -> None:
    assert said(read(**{field: error})) == [("V110", f"{COLUMNS[field]}3", error)]


def test_a_formula_in_a_text_file_has_no_result() -> None:
    assert said(read(tenants="=J4+J5", area="=1+2")) == [("V109", "G3", "=1+2"), ("V109", "H3", "=J4+J5")]


def test_hints_of_odd_cells_fit_the_fields_type() -> None:
    assert hint(read(name="#REF!").findings[0]) == "请改正公式或直接填写。"
    assert hint(read(tenants="#REF!").findings[0]) == "请改正公式或直接填数字。"


def test_a_part_greater_than_its_whole_is_shown_as_typed() -> None:
    found = read(new="14户")
    assert said(found) == [("V118", "I3", "14户"), ("V112", "I3", "14户")]


def test_a_part_under_a_header_in_ten_thousands_is_shown_as_typed() -> None:
    head = HEAD.replace("备注", "在孵企业使用面积（万平方米）")
    assert ("V112", "K3", "100") in said(read(head, note="100"))


@pytest.mark.parametrize("blank", ["", "无", "—", "暂无"])
def test_a_required_cell_that_states_nothing_is_shown_as_typed(blank: str) -> None:
    assert said(read(kind=blank)) == [("V101", "C3", blank)]


@pytest.mark.parametrize(
    ("typed", "message", "hint_"),
    [
        ("15.3.1", "“成立日期”填“15.3.1”，年份只有两位。", "请写全四位年份，如 2017-03-31。"),
        ("15年3月", "“成立日期”填“15年3月”，年份只有两位。", "请写全四位年份，如 2017-03-31。"),
        ("2015年", "“成立日期”填“2015年”，年月日不全。", "请写成 2017-03-31 这样的日期。"),
        ("03/31/2015", "“成立日期”填“03/31/2015”，看不出是哪一天。", "请写成 2017-03-31 这样的日期。"),
    ],
)
def test_a_date_that_cannot_be_read_says_why(typed: str, message: str, hint_: str) -> None:
    (found,) = read(founded=typed).findings
    assert (found.code, messages("zh").message(found), hint(found)) == ("V107", message, hint_)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("办理中", "“办理中”不是统一社会信用代码。"),
        ("91990000MAXX", "统一社会信用代码“91990000MAXX”有 12 位，应为 18 位。"),
    ],
)
def test_words_in_place_of_a_code_are_no_code_of_three_digits(typed: str, message: str) -> None:
    (found,) = read(code=typed).findings
    assert (found.code, messages("zh").message(found)) == ("V108", message)


@pytest.mark.parametrize(("tenants", "code"), [("12.5", "V105"), ("约12", "V103"), ("-12", "V104"), ("十二", "V102")])
def test_a_total_is_not_compared_with_cells_that_cannot_be_used(tenants: str, code: str) -> None:
    assert said(read(tenants=tenants, below="合计,,,,,,,12,,,\n")) == [(code, "H3", tenants)]
