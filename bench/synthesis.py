"""Invented returns for the benchmark: clean, with every column of the template, as large as asked for."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from stdnum.cn import uscc

from mdj_plan.fields import FIELDS
from mdj_plan.period import Period, span
from mdj_plan.plan.load import load_plan

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Sequence

Cell = str | int | float
NARROW = (
    *("name", "credit_code", "kind", "level", "level_document", "demonstration", "founded", "state", "area_m2"),
    *("tenants", "new_graduates", "graduates_total"),
)
"""The columns without which a return says little: the smallest workbooks to be expected."""


def facilities(count: int, rng: random.Random, prefix: str) -> Iterator[dict[str, Cell]]:
    """So many facilities, each with a name and a valid code of its own, every field of the template filled in."""
    for number in range(1, count + 1):
        code = "91231002MA" + "".join(rng.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=7))
        level = rng.choice(("未认定", "市级", "省级"))
        area = round(rng.uniform(1_000, 20_000), 1)
        tenants, staff = rng.randrange(5, int(area * 0.03) + 1), rng.randrange(5, 40)
        yield {
            "name": f"示例{prefix}{number}号孵化器",
            "credit_code": code + uscc.calc_check_digit(code),
            "kind": rng.choice(("孵化器", "众创空间")),
            "level": level,
            "level_document": f"示例科发〔2016〕{number % 90 + 1}号" if level == "省级" else "",
            "demonstration": rng.choice(("", "", "典型示范")),
            "region": "",
            "department": "",
            "field": rng.choice(("综合", "电子商务", "新材料", "食品加工")),
            "founded": f"{rng.randrange(2009, 2017)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}",
            "state": "运营",
            "area_m2": area,
            "tenant_area_m2": round(area * 0.8, 1),
            "tenants": tenants,
            "new_graduates": 0,
            "graduates_total": rng.randrange(20),
            "fund_10k": rng.randrange(50, 500),
            "staff": staff,
            "professional_staff": rng.randrange(2, staff),
            "mentors": rng.randrange(9),
            "funded_tenants": rng.randrange(5),
            "patent_tenants": rng.randrange(5),
            "ip_tenants": rng.randrange(5),
            "workplaces": rng.randrange(100),
            "teams": rng.randrange(20),
            "new_firms": rng.randrange(9),
            "cases": rng.randrange(4),
            "events": rng.randrange(20),
            "note": "",
        }


def _activity(rng: random.Random) -> dict[str, Cell]:
    """Figures that are others every quarter: without them all of a unit's workbooks would hold the same sheet."""
    return {
        "teams": rng.randrange(20),
        "new_firms": rng.randrange(9),
        "cases": rng.randrange(4),
        "events": rng.randrange(20),
    }


def write_workbook(folder: Path, count: int, rng: random.Random) -> None:
    """One return of one district with so many rows."""
    path = folder / "2018Q2" / "东安区_2018Q2.xlsx"
    _workbook(path, "东安区", Period(2018, 2), list(facilities(count, rng, "大")), list(FIELDS))


def write_csv(folder: Path, count: int, rng: random.Random) -> None:
    """One return of one district with so many rows, as CSV."""
    path = folder / "2018Q2" / "东安区_2018Q2.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(_lines("东安区", Period(2018, 2), facilities(count, rng, "长"), list(FIELDS)))


def write_archive(folder: Path, rng: random.Random, columns: Sequence[str] = tuple(FIELDS)) -> None:
    """A full archive: every participating unit in every quarter of the plan, about 5 000 rows in all."""
    plan = load_plan(Path(__file__).parent.parent / "config" / "targets.yaml")
    for unit in plan.participants:
        body = list(facilities(20, rng, unit.name.zh))
        for period in span(plan.start, plan.end):
            path = folder / str(period) / f"{unit.name.zh}_{period}.xlsx"
            _workbook(path, unit.name.zh, period, [facility | _activity(rng) for facility in body], columns)


def write_correction(folder: Path, rng: random.Random) -> None:
    """A second version of the first quarter's first return, with a facility less than the twenty of the archive's."""
    plan = load_plan(Path(__file__).parent.parent / "config" / "targets.yaml")
    name, body = plan.participants[0].name.zh, list(facilities(19, rng, plan.participants[0].name.zh))
    _workbook(folder / str(plan.start) / f"{name}_{plan.start}.v2.xlsx", name, plan.start, body, list(FIELDS))


def _lines(
    unit: str, period: Period, body: Iterable[dict[str, Cell]], columns: Sequence[str]
) -> Iterator[Sequence[Cell]]:
    """Title, cover, header and rows."""
    yield ["示例数据"]
    yield ["填报单位", unit, "", "报告期", f"{period.year}年第{'一二三四'[period.quarter - 1]}季度"]
    yield ["序号", *(FIELDS[name].label.zh for name in columns)]
    for number, facility in enumerate(body, 1):
        yield [number, *(facility[name] for name in columns)]


def _workbook(path: Path, unit: str, period: Period, body: Iterable[dict[str, Cell]], columns: Sequence[str]) -> None:
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("季报")
    for number, line in enumerate(_lines(unit, period, body, columns)):
        sheet.write_row(number, 0, line)
    book.close()
