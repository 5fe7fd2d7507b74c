"""The first cell of a row of a breakdown table, word by word: what the row is about, and of which class its unit is."""

from __future__ import annotations

import pytest

from mdj_plan.founding.classes import class_named, class_of
from mdj_plan.founding.labels import label

ROWS = """
first cell             | figures | across | sort     | name
东河区                 | 4       |        | unit     | 东河区
（一）东河区（含园区） | 4       |        | unit     | 东河区
其中：西山县           | 4       |        | unit     | 西山县
市示例局               |         |        | unit     | 市示例局
各县（市）区           | 4       |        | group    | 各县市区
市直部门               | 4       |        | class    | 市直部门
市直部门               |         |        | section  | 市直部门
一、重点任务           |         |        | section  | 重点任务
重点任务               |         | across | section  | 重点任务
合计                   | 4       |        | city     |
县区小计               | 4       |        | subtotal | 县区
甲局、乙局             | 4       |        | several  | 甲局、乙局
注：以上为年底数       |         |        | aside    |
栏次                   | 4       |        | aside    |
各单位要求如下         |         | across | aside    |
以上共4家              |         |        | aside    |
※                      |         |        | aside    |
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines()[1:])
def test_the_first_cell_of_a_row(row: str) -> None:
    typed, figures, across, sort, name = (cell.strip() for cell in row.split("|"))
    said = label(typed, figures=bool(figures), across=bool(across))
    assert (said.sort.value, said.name) == (sort, name)


def test_what_stands_behind_a_name_in_brackets_comes_beside_it() -> None:
    assert label("开发区(含高新区)", figures=True, across=False)[1:] == ("开发区", "含高新区")


@pytest.mark.parametrize(
    ("name", "class_"),
    [
        ("东河区", "county"),
        ("东河区人民政府", "county"),
        ("East District", "county"),
        ("示例开发区", "zone"),
        ("高新区管委会", "zone"),
        ("市示例局", "department"),
    ],
)
def test_the_class_of_a_unit(name: str, class_: str) -> None:
    assert class_of(name) == class_


@pytest.mark.parametrize(
    ("row", "class_"),
    [
        ("各县（市）区", "county"),
        ("各开发区", "zone"),
        ("各县区、开发区", None),  # both: the row says of nobody how much is whose
        ("各市直部门", "department"),
        ("各单位", None),
    ],
)
def test_the_class_that_a_row_for_everybody_means(row: str, class_: str | None) -> None:
    assert class_named(row) == class_
