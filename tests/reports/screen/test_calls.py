"""Whom to call: who is out, who was sent back, who sent another quarter's file, and whose turn it is first."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.cli.app import run
from tests.cli.world import PLAN, built, sent

Text = pytest.CaptureFixture[str]
HEAD = "received_at,unit,member,period,version,file,sha256,original_name,errors,warnings,state\n"
RECEIPTS = """\
2021-07-09T09:00:00+08:00,office,,2021Q2,,2021Q2/市示局.csv,{a},市示局二季度.csv,1,0,returned
2021-07-12T09:00:00+08:00,zone,示乙园,2021Q2,,2021Q2/示乙园.csv,{b},示乙园.csv,3,0,returned
2021-07-12T10:00:00+08:00,east,,2021Q1,,2021Q1/东示区.csv,{c},东示区.csv,2,0,returned
"""
GRADUATES = "示例甲孵化器,91990000MAXX00001R,孵化器,,停运,1200,20,0"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """2021Q2: 市示局 and 示乙园 were sent back, 东示区 sent 2021Q1 again, and only 示甲园 reported."""
    monkeypatch.chdir(tmp_path)
    built(tmp_path)
    here = tmp_path / "data/submissions"
    for name in ("东示区_2021Q2.csv", "东示区_2021Q2.v2.csv", "市示局_2021Q2.csv", "照片.xlsx"):
        (here / "2021Q2" / name).unlink()
    first = sent("东示区", "一", GRADUATES, reported="2021-04-08").replace(
        "报告类型", "填表人,示例王,联系电话,555\n报告类型"
    )
    (here / "2021Q1/东示区_2021Q1.csv").write_text(first, "utf-8")
    digests = {name: name * 64 for name in "abc"}
    (tmp_path / "data/receipts.csv").write_text(HEAD + RECEIPTS.format(**digests), "utf-8")
    return tmp_path


def said(capsys: Text, *options: str) -> str:
    run([*options, "--lang", "zh"])
    return capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_whoever_lags_most_is_called_first(capsys: Text) -> None:
    page = said(capsys, "check", "--as-of", "2022-06")
    assert page.splitlines()[2:6] == [
        "已报 1/3（其中 1 个部分报送）  退回待改 1  未报 1   0 个错误  2 个警告  1 个提示",
        "部分报送  示开发区（缺示乙园）",
        "最滞后  东示区（7月12日来件报的是 2021Q1）：孵化器（家）0/2（严重滞后，−75.0 个百分点）、孵化面积（万平方米）0/0.4（严重",
        "      滞后，−75.0 个百分点）、新增毕业（户）0/4（严重滞后，−75.0 个百分点）",
    ]
    assert page.split("先联系  ")[1].splitlines()[0] == "东示区（7月12日来件报的是 2021Q1） 示例王 555"
    assert page.split("催报、催改（3 家，滞后的在前）\n")[1].split("\n\n")[0].splitlines() == [
        "责任单位  情况                      滞后      联系人  电话",
        "--------- ------------------------- --------- ------- ----",
        "东示区    7月12日来件报的是 2021Q1  严重滞后  示例王  555",
        "示乙园    7月12日退回，3 处错误     严重滞后",
        "市示局    7月9日退回，1 处错误",
        "应于 2021-07-15 前报送。以上各家本期没有可用的报表，未作检查，数字沿用以前。",
    ]


ACTIONS = """\
编号,事项,责任单位,完成时限,进展
A1,认定新孵化器,东示区,2021-05-31,在谈
A2,报送方案,示开发区,2021-07-20,
A3,办展会,市示局,2021-12-31,
"""


def test_decisions_that_cannot_wait_are_listed(folder: Path, capsys: Text) -> None:
    (folder / "data/actions.csv").write_text(ACTIONS, "utf-8")
    page = said(capsys, "check")
    assert page.split("超期和 30 天内到期的议定事项（2 条）\n")[1].split("\n\n")[0].splitlines() == [
        "编号  责任单位  事项          完成时限    状态      进展",
        "----- --------- ------------- ----------- --------- ----",
        "A1    东示区    认定新孵化器  2021-05-31  逾期30天  在谈",
        "A2    示开发区  报送方案      2021-07-20  进行中",
    ]
    assert "P109" not in page


def test_what_a_member_or_a_group_shows_is_said(folder: Path, capsys: Text) -> None:
    grouped = PLAN.replace("id: east, kind: district,", "id: east, kind: district, group: all,").replace(
        "id: zone, kind: district,", "id: zone, kind: district, group: all,"
    )
    (folder / "config/targets.yaml").write_text(grouped, "utf-8")
    assert said(capsys, "check", "--unit", "示甲园").splitlines()[3] == "示甲园属示开发区，以下为示开发区整体。"
    assert said(capsys, "check", "--unit", "all").splitlines()[3] == "all：东示区、示开发区"


@pytest.mark.usefixtures("folder")
def test_the_month_of_the_data_and_of_the_schedule_are_both_said(capsys: Text) -> None:
    assert "报告期 2021Q2（数据到 2021-06）  序时进度算到 2021-08\n" in said(capsys, "check", "--as-of", "2021-08")


@pytest.mark.usefixtures("folder")
def test_status_tells_the_ways_of_being_out_apart(capsys: Text) -> None:
    assert said(capsys, "status").split("\n\n")[0].splitlines() == [
        "2021Q2 报送情况：已报 1/3，应于 2021-07-15 前报送  部分报送 1  退回待改 1  未报 1",
        "责任单位  状态                                   报送日期    版本  载体数  文件",
        "--------- -------------------------------------- ----------- ----- ------- --------------------------",
        "东示区    7月12日来件报的是 2021Q1，沿用 2021Q1  —              —       1  2021Q1/东示区_2021Q1.csv",
        "示开发区  部分报送                               —              —       1",
        "  示甲园  按时                                   2021-07-09     1          示甲园_2021Q2.csv",
        "  示乙园  7月12日退回，3 处错误，沿用 2021Q1     —              —          2021Q1/示开发区_2021Q1.csv",
        "市示局    7月9日退回，1 处错误，沿用 2021Q1      —              —       0  2021Q1/市示局_2021Q1.csv",
    ]
