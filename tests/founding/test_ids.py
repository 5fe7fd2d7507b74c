"""Ids made of names, and from when to when a new plan runs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mdj_plan.founding.ids import ids_of
from mdj_plan.founding.span import Span, span
from mdj_plan.period import Period
from tests.founding.tables import made


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("东河区", "donghe"),  # without the ending
        ("西河县", "xihe"),
        ("北旗", "beiqi"),  # of two characters the ending stays
        ("东河自治县", "donghe"),
        ("市人社局", "renshe"),  # nor the city before it
        ("市农业农村局", "nongyenongcun"),  # four syllables are written out
        ("市工业和信息化局", "gyhxxh"),  # of more the first letters
        ("经济技术开发区", "jjjskfq"),  # 开发区 is no ending
        ("物流园区", "wuliuyuanqu"),
        ("滨河新区", "binhexinqu"),
        ("团市委", "tuanshiwei"),
        ("East District", "eastdistrict"),
        ("绿化办", "lvhuaban"),
        ("＊", "unit"),  # nothing to read out
    ],
)
def test_an_id_is_what_people_type(name: str, id_: str) -> None:
    assert ids_of([name]) == {name: id_}


def test_no_two_are_alike_and_none_is_taken() -> None:
    assert ids_of(["东河区", "东河县", "冬河"], taken=["donghe2"]) == {
        "东河区": "donghe",
        "东河县": "donghe3",
        "冬河": "donghe4",
    }


TODAY = dt.date(2021, 5, 6)


def quarters(found: Span) -> tuple[str, str, bool]:
    return str(found.start), str(found.end), found.stated


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, ("2021Q1", "2023Q4", False)),  # this year and the two after it
        ("2020Q3", None, ("2020Q3", "2022Q4", False)),
        (None, "2024Q2", ("2022Q1", "2024Q2", False)),
        ("2020Q3", "2020Q4", ("2020Q3", "2020Q4", False)),
    ],
)
def test_without_a_table(start: str | None, end: str | None, expected: tuple[str, str, bool]) -> None:
    first, last = (None if each is None else Period.parse(each) for each in (start, end))
    assert quarters(span(None, first, last, TODAY)) == expected


TITLED = "示例市2020—2022年孵化器任务分解表\n单位|孵化器\n东河区|2\n"
BY_YEAR = "任务分解表\n单位|孵化器||\n|2021年|2022年|2023年\n东河区|1|2|3\n"
DUE = "任务分解表\n单位|孵化器|完成时限\n东河区|2|2024年底\n"


@pytest.mark.parametrize(
    ("table", "asked", "expected"),
    [
        (TITLED, {}, ("2020Q1", "2022Q4", True)),
        (TITLED, {"start": "2021Q2"}, ("2021Q2", "2022Q4", True)),  # what is asked for wins, the rest stands
        (TITLED, {"start": "2021Q1", "end": "2021Q4"}, ("2021Q1", "2021Q4", False)),
        (BY_YEAR, {}, ("2021Q1", "2023Q4", True)),
        (DUE, {}, ("2022Q1", "2024Q4", True)),  # a due period alone names no beginning: three years before it
    ],
)
def test_as_the_table_says(tmp_path: Path, table: str, asked: dict[str, str], expected: tuple[str, str, bool]) -> None:
    founded = made(tmp_path, table, **asked).founded
    wished = {name: Period.parse(asked[name]) if name in asked else None for name in ("start", "end")}
    assert quarters(span(founded.table, wished["start"], wished["end"], TODAY)) == expected


@pytest.mark.parametrize(
    ("period", "holds"), [("2019Q4", False), ("2020Q1", True), ("2022Q4", True), ("2023Q1", False)]
)
def test_a_plan_holds_its_quarters(period: str, holds: bool) -> None:
    assert Span(Period(2020, 1), Period(2022, 4)).holds(Period.parse(period)) is holds
