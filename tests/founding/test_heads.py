"""Headings of a breakdown table, word by word: which column it heads, which indicator, when, in which measure unit."""

from __future__ import annotations

import pytest

from mdj_plan.founding.heads import Role, heading, heads_a_column, role_of
from mdj_plan.founding.known import indicator_of, subject_of

ROLES = """
序号               | unused
责任人             | unused
完成情况           | unused
2021年完成数       | unused
完成率（%）        | unused
备注               | note
填表说明           |
任务依据           | clause
文件               | clause
完成时限           | due
时间节点           | due
截止日期           | due
计量单位           | measure
责任单位           | unit
牵头部门（主责）   | unit
县（市）区         | unit
单位名称           | unit
Unit               | unit
单位\\指标          | unit
指标名称           | indicator
考核指标           | indicator
建设内容           | indicator
孵化器             |
目标               |
2021年             |
"""


@pytest.mark.parametrize("row", ROLES.strip("\n").splitlines())
def test_what_a_heading_by_itself_makes_of_its_column(row: str) -> None:
    text, role = (cell.strip() for cell in row.split("|"))
    assert role_of(text) == (Role(role) if role else None)


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("备注", True),
        ("2021年", True),
        ("基数", True),
        ("目标任务", True),
        ("责任单位", False),
        ("孵化器", False),
        ("东河区", False),
    ],
)
def test_a_heading_is_no_units_name(text: str, heads: bool) -> None:
    assert heads_a_column(text) is heads


PATHS = """
headings                     | role     | indicator                  | period | unit     | growth
孵化器                       | figure   | incubators                 |        |          |
孵化器（家）                 | figure   | incubators                 |        | 1 家     |
科技企业孵化器数量           | figure   | incubators                 |        |          |
建设孵化器个数               | figure   | incubators                 |        |          |
孵化器 > 国家级              | figure   | national_incubators        |        |          |
国家级 > 孵化器              | figure   | national_incubators        |        |          |
省级示范 > 众创空间          | figure   | provincial_demo_makerspaces |       |          |
建设任务 > 孵化面积（万平方米） | figure | area                       |        | 10000 平方米 |
孵化器 > 2021年              | figure   | incubators                 | 2021Q4 |          |
2021年底前 > 孵化器          | figure   | incubators                 | 2021Q4 |          |
孵化器 > 2021年第二季度      | figure   | incubators                 | 2021Q2 |          |
孵化器 > 2021Q3              | figure   | incubators                 | 2021Q3 |          |
孵化器 > 2020—2022年目标     | figure   | incubators                 |        |          |
孵化器 > 基数                | baseline | incubators                 |        |          |
孵化器 > 现有数              | baseline | incubators                 |        |          |
孵化器 > 合计                | total    | incubators                 |        |          |
孵化器 > 三年目标            | total    | incubators                 |        |          |
新增孵化器                   | figure   | incubators                 |        |          | growth
孵化器 > 新增                | figure   | incubators                 |        |          | growth
孵化器 > 2021年 > 新增       | figure   | incubators                 | 2021Q4 |          | growth
孵化器 > 完成时限            | due      | incubators                 |        |          |
目标任务                     | figure   |                            |        |          |
数字化车间                   | figure   |                            |        |          |
大型孵化器                   | figure   |                            |        |          |
指标                         | indicator |                           |        |          |
"""


@pytest.mark.parametrize("row", PATHS.strip("\n").splitlines()[1:])
def test_headings_understood_together(row: str) -> None:
    path, role, indicator, period, measure, growth = (cell.strip() for cell in row.split("|"))
    said = heading(part.strip() for part in path.split(">"))
    told = (
        said.role.value,
        said.found.known.id if said.found else "",
        str(said.period or ""),
        f"{said.measure.times} {said.measure.base}" if said.measure else "",
        "growth" if said.growth else "",
    )
    assert told == (role, indicator, period, measure, growth)


def test_of_two_periods_the_later_is_the_columns() -> None:
    assert str(heading(["2020年目标", "2021年"]).period) == "2021Q4"


def test_what_is_not_known_keeps_its_words() -> None:
    said = heading(["重点任务", "数字化车间（个）"])
    assert (said.phrase, said.found) == ("重点任务数字化车间", None)


PHRASES = """
孵化器               | incubators
孵化器数             | incubators
建成孵化器总数       | incubators
科技企业孵化器       | incubators
众创空间             | makerspaces
培育众创空间         | makerspaces
国家级孵化器         | national_incubators
孵化面积             | area
在孵企业             | tenants
新建孵化器           | incubators, new
国家级科技孵化平台   |
孵化                 |
孵化器和众创空间     |
"""


@pytest.mark.parametrize("row", PHRASES.strip("\n").splitlines())
def test_an_indicator_by_its_words_and_never_by_likeness(row: str) -> None:
    phrase, known = (cell.strip() for cell in row.split("|"))
    found = indicator_of([phrase])
    told = "" if found is None else found.known.id + (", new" if found.growth else "")
    assert told == known


@pytest.mark.parametrize(
    ("titles", "known"),
    [
        (["示例市众创空间建设任务分解表"], "makerspaces"),
        (["示例市孵化器和众创空间任务分解表"], None),  # two
        (["示例市国家级孵化器任务分解表"], "national_incubators"),  # the word within it does not count
        (["示例市任务分解表"], None),
        (["示例市", "众创空间"], "makerspaces"),
    ],
)
def test_the_one_indicator_that_a_title_names(titles: list[str], known: str | None) -> None:
    found = subject_of(titles)
    assert (found.known.id if found else None) == known
