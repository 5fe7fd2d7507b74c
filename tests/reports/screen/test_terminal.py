"""The monthly run on the screen: whole pages, as piped."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.reports.screen.check import show_check

PAGE = """\
示例计划
报告期 2021Q2（数据到 2021-06）  序时进度算到 2022-06
已报 3/3   0 个错误  2 个警告  0 个提示
迟报  西示区（迟 4 天）
各单位都已报送。
最滞后  西示区：孵化器（家）1/3（滞后，−41.7 个百分点）

全市目标完成情况
指标          完成/目标  完成率  序时进度  差值（百分点）  状态      进度图      序时应完成  每季需完成  到期预计
------------- ---------- ------- --------- --------------- --------- ----------- ----------- ----------- --------
孵化器（家）  3/4         75.0%     75.0%             0.0  达到序时  #######|..           3           1         5
| 为序时进度应到的位置；各项目标均于 2022Q4 到期

县（市）区、开发区
责任单位  孵化器（家）
--------- ------------
东示区    2/2 已完成
西示区    1/3 滞后

市直部门
责任单位  任务  完成/目标  状态    每季需完成
--------- ----- ---------- ------- ----------
市示局    宣传  3          进行中

重复申报的载体（1 个，全市各计一次）
载体          类型    申报单位
------------- ------- --------------
示例丙孵化器  孵化器  西示区、市示局

报表问题
东示区  2021Q2/东示区_2021Q2.csv  1 个警告
  警告 V115 C4 “示例甲孵化器”没有填统一社会信用代码。
      → 请照营业执照补填。
西示区  2021Q2/西示区_2021Q2.csv  1 个警告
  警告 S102 2021-07-19 报送，晚于 2021-07-15，迟 4 天。
      → 今后请按时报送。
未检查与上期的对照（S105、X104-X108、X112）：西示区、市示局（没有更早的报表可比）
确属实情的可以认可，以后不再计数（共 2 项：S102、V115）。如第一项：
  mdj-plan accept V115 --unit east --facility 示例甲孵化器 --field credit_code --until 2021Q2 --reason … --by …
其余各项的命令按规则列出，例如：mdj-plan explain S102 --as-of 2022-06

下一步
  滞后 1 项；看数字来自哪些单元格：mdj-plan explain 孵化器 --unit west --as-of 2022-06
  会议材料：mdj-plan export -o 会议材料/ --as-of 2022-06
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder is the plan's, so that commands need not name it."""
    monkeypatch.chdir(tmp_path)


def test_the_page(assessment: Assessment, capsys: pytest.CaptureFixture[str]) -> None:
    show_check(assessment, messages("zh"))
    assert capsys.readouterr().out == PAGE


def test_only_the_units_asked_for(assessment: Assessment, capsys: pytest.CaptureFixture[str]) -> None:
    show_check(assessment, messages("en"), units=frozenset({"west"}))
    said = capsys.readouterr().out
    assert "西示区" in said
    assert "东示区" not in said


def test_by_indicator(assessment: Assessment, capsys: pytest.CaptureFixture[str]) -> None:
    show_check(assessment, messages("zh"), by_indicator=True)
    said = capsys.readouterr().out
    assert "孵化器（家）" in said
    assert "县（市）区、开发区" not in said


def test_nothing_in_a_name_steers_the_terminal(hostile: Assessment, capsys: pytest.CaptureFixture[str]) -> None:
    show_check(hostile, messages("zh"))
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "[red]" in said
