"""What a clerk is told where a cover or a choice is unclear: what it is that stands there, and only a hint that may be true."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from mdj_plan.intake.reader import Reader
from mdj_plan.intake.submission import Submission
from mdj_plan.messages import messages
from mdj_plan.plan.load import load_plan
from mdj_plan.sheets.values.parsers import choice

READER = Reader.of(load_plan(Path("config/targets.yaml")))
ZH = messages("zh")
HEAD = ["载体名称", "统一社会信用代码", "载体类型", "运营状态", "孵化面积（平方米）"]
KINDS = {"孵化器": "incubator", "众创空间": "makerspace", "大学科技园": "science_park"}
LEVELS = {"国家级": "national", "省级": "provincial", "市级": "municipal", "未认定": "none"}
STATES = {"筹建": "planned", "在建": "building", "运营": "operating", "停运": "closed"}


def read(*covers: tuple[str, str]) -> Submission:
    """A book with a sheet for each (unit, period)."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for number, (unit, period) in enumerate(covers, 1):
        table = book.create_sheet(f"表{number}")
        row = [f"示例{number}号孵化器", "", "孵化器", "运营", 1000]
        for line in (["填报单位", unit, "报告期", period], HEAD, row):
            table.append(line)
    out = io.BytesIO()
    book.save(out)
    return READER.read(out.getvalue(), "报表.xlsx")


def told(submission: Submission, code: str) -> list[tuple[str | None, str, str]]:
    return [(f.at.cell, ZH.message(f), ZH.hint(f)) for f in submission.findings if f.code == code]


@pytest.mark.parametrize(
    ("period", "message", "hint"),
    [
        (
            "2018年6月",
            "报告期“2018年6月”只是一个月，不是一个季度。",
            "若报的是这个月所在的季度，请写成 2018年第二季度。",
        ),
        (
            "2018.10",
            "报告期“2018.10”只是一个月，不是一个季度。",
            "若报的是这个月所在的季度，请写成 2018年第四季度。",
        ),
        *(
            (
                period,
                f"报告期“{period}”不是一个季度。",
                "请每个季度单独报一份，报告期写成 2017年第二季度 这样。",
            )
            for period in ("2018年上半年", "2018年1-6月", "2018年第一、二季度", "2018年度", "2018年")
        ),
        (
            "2108年第二季度",
            "报告期“2108年第二季度”的年份写错了。",
            "请核对年份，写成 2017年第二季度 这样。",
        ),
        (
            "本季度",
            "报告期“本季度”看不出是哪个季度。",
            "请写成 2017年第二季度 或 2017Q2 这样。",
        ),
    ],
)
def test_a_period_that_is_no_quarter_is_named_for_what_it_is(period: str, message: str, hint: str) -> None:
    assert told(read(("东安区", period)), "L106") == [("D1", message, hint)]


def test_tables_of_several_months_are_one_matter() -> None:
    found = read(*(("东安区", f"2018年{month}月") for month in (4, 5, 6)))
    hint = "请合成一张季报，报告期写成 2018年第二季度 这样：存量填季末数，新增填三个月之和。"
    assert told(found, "L106") == [("D1", "一个文件里有几个月的表：2018年4月、2018年5月、2018年6月。", hint)]


@pytest.mark.parametrize(
    ("covers", "what", "sources"),
    [
        ((("东安区", "2018Q2"), ("阳明区", "2018Q2")), "填报单位", "封面“东安区”、封面“阳明区”"),
        ((("东安区", "2018Q1"), ("东安区", "2018Q2")), "报告期", "封面“2018Q1”、封面“2018Q2”"),
    ],
)
def test_several_returns_in_one_book_are_to_be_parted(
    covers: tuple[tuple[str, str], ...], what: str, sources: str
) -> None:
    ((_, message, hint),) = told(read(*covers), "L107")
    assert message == f"一个文件里有几份报表，{what}各不相同：{sources}。"
    assert hint == "请每个单位、每个季度单独一个文件；分开之前不计入。"


def test_two_units_on_one_cover() -> None:
    assert told(read(("东安区、阳明区", "2018Q2")), "V113") == [
        ("B1", "“东安区、阳明区”写了不止一个单位。", "一份报表只能有一个填报单位，请分开填报。")
    ]


@pytest.mark.parametrize(
    ("typed", "choices", "variant", "suggestion"),
    [
        ("正常运营", STATES, "suggested", "运营"),
        ("停业", STATES, "", ""),
        ("停止运营", STATES, "", ""),  # 运营 would be the opposite
        ("未运营", STATES, "", ""),
        ("试运营", STATES, "", ""),
        ("国家", LEVELS, "suggested", "国家级"),
        ("拟申报省级", LEVELS, "", ""),
        ("国家级（培育）", LEVELS, "", ""),
        ("区级", LEVELS, "", ""),
        ("众创空問", KINDS, "suggested", "众创空间"),
        ("孵化器（国家级）", KINDS, "suggested", "孵化器"),
        ("孵化器、众创空间", KINDS, "two", ""),
        ("国家级示范", {"省级示范": "provincial", "典型示范": "typical"}, "", ""),
    ],
)
def test_a_choice_is_suggested_only_where_it_may_be_meant(
    typed: str, choices: dict[str, str], variant: str, suggestion: str
) -> None:
    reading = choice(typed, choices)
    assert (reading.code, reading.variant) == ("V106", variant)
    assert dict(reading.args)["suggestion"] == suggestion
