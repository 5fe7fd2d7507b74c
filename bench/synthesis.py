"""Invented returns for the benchmark: clean, in the template's form, as large as asked for."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from stdnum.cn import uscc

from mdj_plan.period import Period, span
from mdj_plan.plan.load import load_plan

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

HEADER = (
    "序号",
    "载体名称",
    "统一社会信用代码",
    "载体类型",
    "级别",
    "认定文号",
    "示范类型",
    "成立日期",
    "运营状态",
    "孵化面积（平方米）",
    "在孵企业数（户）",
    "本季新增毕业企业（户）",
    "累计毕业企业（户）",
)
Row = list[str | int | float]


def rows(count: int, rng: random.Random, prefix: str) -> Iterator[Row]:
    """So many facilities, each with a name and a valid code of its own."""
    for number in range(1, count + 1):
        code = "91231002MA" + "".join(rng.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=7))
        level = rng.choice(("未认定", "市级", "省级"))
        area = round(rng.uniform(600, 20_000), 1)
        new = rng.randrange(3)
        yield [
            number,
            f"示例{prefix}{number}号孵化器",
            code + uscc.calc_check_digit(code),
            rng.choice(("孵化器", "众创空间")),
            level,
            f"示例科发〔2016〕{number % 90 + 1}号" if level == "省级" else "",
            rng.choice(("", "", "典型示范")),
            f"{rng.randrange(2009, 2017)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}",
            "运营",
            area,
            rng.randrange(1, max(2, int(area * 0.03))),
            new,
            new + rng.randrange(20),
        ]


def write_workbook(folder: Path, count: int, rng: random.Random) -> None:
    """One return of one district with so many rows."""
    _workbook(folder / "2018Q2" / "东安区_2018Q2.xlsx", "东安区", Period(2018, 2), list(rows(count, rng, "大")))


def write_csv(folder: Path, count: int, rng: random.Random) -> None:
    """One return of one district with so many rows, as CSV."""
    path = folder / "2018Q2" / "东安区_2018Q2.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["示例数据"])
        writer.writerow(["填报单位", "东安区", "", "报告期", "2018年第二季度"])
        writer.writerow(HEADER)
        writer.writerows(rows(count, rng, "长"))


def write_archive(folder: Path, rng: random.Random) -> None:
    """A full archive: every participating unit in every quarter of the plan, about 5 000 rows in all."""
    plan = load_plan(Path(__file__).parent.parent / "config" / "targets.yaml")
    for unit in plan.participants:
        base = list(rows(20, rng, unit.name.zh))
        for period in span(plan.start, plan.end):
            grown: list[Row] = [[*row[:-2], 0, row[-1]] for row in base]
            _workbook(folder / str(period) / f"{unit.name.zh}_{period}.xlsx", unit.name.zh, period, grown)


def _workbook(path: Path, unit: str, period: Period, body: list[Row]) -> None:
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("季报")
    sheet.write_row(0, 0, ["示例数据"])
    quarter = "一二三四"[period.quarter - 1]
    sheet.write_row(1, 0, ["填报单位", unit, "", "报告期", f"{period.year}年第{quarter}季度"])
    sheet.write_row(2, 0, HEADER)
    for number, row in enumerate(body, 3):
        sheet.write_row(number, 0, row)
    book.close()
