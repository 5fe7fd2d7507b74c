"""What the workbook's first sheet says of the returns: who is out, and in which way."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.reports.workbook.workbook import build
from tests.reports.county import NIL, county
from tests.reports.tables.test_returns import FILES, RECEIPTS


def said(a: Assessment, language: str = "zh") -> list[str]:
    """The lines below the heading of the returns."""
    sheet = load_workbook(io.BytesIO(build(a, messages(language)))).worksheets[0]
    texts = [str(value) for (value,) in sheet.iter_rows(max_col=1, values_only=True) if value is not None]
    heading = next(n for n, text in enumerate(texts) if text.startswith(("报送：", "Returns: ")))
    return texts[heading:]


def test_late_sent_back_unusable_in_part(tmp_path: Path) -> None:
    a = county(tmp_path, returns=FILES, receipts=RECEIPTS)
    assert said(a) == [
        "报送：4/7",
        "退回后尚未改正重报：秋区、冬区（2017Q1）",
        "来件不能用：新闻社",
        "部分报送：园区",
        "迟报：夏区（迟 3 天）",
    ]
    assert said(a, "en")[1:3] == [
        "Sent back and not mended yet: Autumn, Winter (2017Q1)",
        "Came and cannot be used: Press",
    ]


PUNCTUAL = {f"2017Q2/{unit}.csv": NIL for unit in ("春区", "夏区", "冬区", "园区", "商务局", "新闻社")}
BACK = "received_at,file,sha256,unit,period,state,errors\n2017-07-12T09:00:00+08:00,../returned/a.csv,,autumn,2017Q2,returned,1\n"


@pytest.mark.parametrize(
    ("returns", "receipts", "lines"),
    [
        (PUNCTUAL | {"2017Q2/秋区.csv": NIL}, "", ["报送：7/7", "各单位均按时报送。"]),
        (
            PUNCTUAL,
            BACK,
            ["报送：6/7", "退回后尚未改正重报：秋区"],
        ),  # that nobody is silent is not that all have reported
        (PUNCTUAL, "", ["报送：6/7", "未报：秋区"]),
        (PUNCTUAL | {"2017Q1/秋区.csv": NIL}, "", ["报送：6/7", "本期没有可用报表，沿用以前的数字：秋区（2017Q1）"]),
        (PUNCTUAL | {"2017Q2/秋区.csv": "没有表格\n"}, "", ["报送：6/7", "来件不能用：秋区"]),
    ],
    ids=["all in", "sent back", "silent", "carried", "unusable"],
)
def test_who_is_out(tmp_path: Path, returns: dict[str, str], receipts: str, lines: list[str]) -> None:
    assert said(county(tmp_path, returns=returns, receipts=receipts or BACK.splitlines()[0])) == lines
