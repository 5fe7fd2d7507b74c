"""An inbox judged, filed and counted: whole screens as piped, whatever lies in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from mdj_plan import delivery
from mdj_plan.archive.holdings import Archive, read_archive
from mdj_plan.cli.app import run
from mdj_plan.messages import messages
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.model import Plan
from mdj_plan.readings.desk import Desk
from mdj_plan.reports.document.circular import circular
from mdj_plan.reports.document.letter import letter
from mdj_plan.reports.page.page import build
from mdj_plan.run import run as assessed
from tests.cli.world import ALPHA, BETA, built, sent

Text = pytest.CaptureFixture[str]
ROW = f"示例甲孵化器,{ALPHA},孵化器,,运营,1200,21,1"
PARK = "示例丙孵化器,91990000MAXX000030,孵化器,,运营,2000,30,2"


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The third quarter's inbox: somebody's note, last quarter's file, an unknown unit, no year, two for one unit."""
    monkeypatch.chdir(tmp_path)
    built(tmp_path)
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def hand_in(inbox: Path, **files: str) -> None:
    for name, text in files.items():
        (inbox / f"{name}.csv").write_text(text, "utf-8")


def third(unit: str, *rows: str) -> str:
    return sent(unit, "三", *rows, reported="2021-10-09")


def whole_inbox(inbox: Path) -> None:
    east = f"示例乙孵化器,{BETA},孵化器,,运营,约900,5,0"
    hand_in(
        inbox,
        东示区=third("东示区", ROW, east),
        示甲园=third("示甲园", PARK.replace("30,2", "31,2")),
        报表=third("市示曲", ROW),
    )
    (inbox / "说明.txt").write_text("请查收", "utf-8")
    (inbox / "示乙园.csv").write_text(third("示乙园", PARK.replace("2000", "2100")).replace("2021年", ""), "utf-8")
    (inbox / "去年.csv").write_bytes(Path("data/submissions/2021Q2/示甲园_2021Q2.csv").read_bytes())
    (inbox / "再发.csv").write_bytes((inbox / "东示区.csv").read_bytes())


VALIDATED = """\
inbox/东示区.csv
  东示区  2021Q3  载体 2 个  1 个错误
  错误 V103 F5  “孵化面积（平方米）”填“约900”，是约数。
      → 请填准确数字；若就是 900，请直接填 900。

inbox/报表.csv
  （单位不明）  2021Q3  载体 1 个  1 个错误
  错误 V113 B1  “市示曲”不是计划中的单位。
      → 是不是“市示局”？请填写计划中的单位全称。

inbox/示乙园.csv
  示开发区（示乙园）  （报告期不明）  载体 1 个  1 个错误
  错误 L106 E1  报告期“第三季度”没有写明年份，文件名和文件夹里也没有。
      → 请写全，如 2021年第二季度；办公室也可用 --period 指明报告期后接收。

没有问题（1）：inbox/示甲园.csv

已在档（1）：inbox/去年.csv

不是报表，略过（1）：inbox/说明.txt

重复的文件（1）：inbox/再发.csv

共 7 个文件：可归档 1、已在档 1、重复 1、应退回 1、单位或期次不明 2、不是报表 1。
2021Q3 退回待改（1）：东示区
2021Q3 来件待定（2）：示乙园（报告期待核）、市示局（单位名称待核）
归档：mdj-plan receive inbox
标出错处，退回填报单位：mdj-plan validate inbox --annotate 退回
"""


def test_validate_ends_with_the_offices_tally(inbox: Path, capsys: Text) -> None:
    whole_inbox(inbox)
    assert run(["validate", "inbox", "--lang", "zh"]) == 1
    assert capsys.readouterr().out == VALIDATED


RECEIVED = """\
共 7 个文件：可归档 1、已在档 1、重复 1、应退回 1、单位或期次不明 2、不是报表 1。
2021Q3 退回待改（1）：东示区
2021Q3 来件待定（2）：示乙园（报告期待核）、市示局（单位名称待核）
"""


def test_the_dry_run_predicts_what_the_run_does(inbox: Path, capsys: Text) -> None:
    whole_inbox(inbox)
    order = ["receive", "inbox", "--received", "2021-10-10", "--lang", "zh"]
    assert run([*order, "--dry-run"]) == 1
    said = capsys.readouterr().out
    assert said.endswith(RECEIVED)
    assert run(order) == 1
    done = said.replace("可归档  ", "已归档  ").replace("可归档 1", "归档 1").replace("应退回", "退回")
    assert capsys.readouterr().out == done


def test_what_is_on_file_already_is_no_rival_of_its_correction(inbox: Path, capsys: Text) -> None:
    filed = Path("data/submissions/2021Q2/市示局_2021Q2.csv").read_text("utf-8")
    hand_in(inbox, 市示局=filed, 市示局_更正=filed.replace(",1500,", ",1600,"))
    assert run(["receive", "inbox", "--lang", "zh"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[:2]] == ["已在档", "已归档"]


def test_what_is_no_return_is_passed_over_unless_there_is_nothing_else(inbox: Path, capsys: Text) -> None:
    hand_in(inbox, 示甲园=third("示甲园", PARK.replace("30,2", "31,2")))
    (inbox / "扫描件.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 300)
    assert run(["validate", "inbox", "--lang", "zh"]) == 0
    assert "不是报表，略过（1）：inbox/扫描件.jpg" in capsys.readouterr().out
    assert run(["validate", "inbox/扫描件.jpg", "--lang", "zh"]) == 1
    assert "错误 F101 文件是图片，不是表格。" in capsys.readouterr().out


def test_an_old_version_is_filed_again_only_on_purpose(inbox: Path, capsys: Text) -> None:
    first = third("示甲园", PARK.replace("30,2", "31,2"))
    hand_in(inbox, 示甲园=first)
    assert run(["receive", "inbox", "--received", "2021-10-09", "--lang", "zh"]) == 0
    hand_in(inbox, 示甲园=first.replace("31,2", "32,2"))
    assert run(["receive", "inbox", "--received", "2021-10-18", "--lang", "zh"]) == 0
    hand_in(inbox, 示甲园=first)
    capsys.readouterr()
    again = ["receive", "inbox", "--received", "2021-10-19", "--lang", "zh"]
    assert run(again) == 1
    said = capsys.readouterr()
    old = "与第 1 版（2021Q3/示甲园_2021Q3.v1.csv）完全相同，这一版已被后来的版本取代"
    assert said.out.splitlines()[0] == f"未归档  inbox/示甲园.csv：{old}"
    assert said.err == "确要让旧版重新计数的，加 --accept-errors，它会作为新的一版归档。\n"
    assert run([*again, "--accept-errors"]) == 0
    said = capsys.readouterr()
    assert "→ 2021Q3/示甲园_2021Q3.v3.csv" in said.out
    assert said.err == ""


def test_an_old_version_beside_its_correction_is_not_filed_again(inbox: Path, capsys: Text) -> None:
    """An inbox that is kept, and received once more as it was: nobody wants the old version to count again."""
    first = third("示甲园", PARK.replace("30,2", "31,2"))
    order = ["receive", "inbox", "--received", "2021-10-18", "--accept-errors", "--lang", "zh"]
    hand_in(inbox, 示甲园=first)
    assert run(order) == 0
    hand_in(inbox, 示甲园_更正=first.replace("31,2", "32,2"))
    capsys.readouterr()
    assert run([*order[:1], "inbox/示甲园_更正.csv", *order[2:]]) == 0
    capsys.readouterr()
    assert run(order) == 1
    said = capsys.readouterr()
    assert [line.split("  ")[0] for line in said.out.splitlines()[:2]] == ["未归档", "已在档"]
    assert said.err == ""


def test_nobody_files_between_what_is_read_and_what_is_decided(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two deliveries at once: the second decides by what the first has filed."""
    waited: list[bool] = []

    def reading(plan: Plan, desk: Desk) -> Archive:
        with pytest.raises(Timeout):
            FileLock("data/.receive.lock", timeout=0).acquire()
        waited.append(True)
        return read_archive(plan, desk)

    monkeypatch.setattr(delivery, "read_archive", reading)
    hand_in(inbox, 示甲园=third("示甲园", PARK.replace("30,2", "31,2")))
    assert run(["receive", "inbox", "--received", "2021-10-18"]) == 0
    assert waited == [True]


def test_a_correction_after_the_due_day_leaves_a_unit_in_time(inbox: Path, capsys: Text) -> None:
    hand_in(inbox, 东示区=third("东示区", ROW.replace("1200", "约1200")))
    assert run(["receive", "inbox", "--received", "2021-10-14", "--lang", "zh"]) == 1
    hand_in(inbox, 东示区=third("东示区", ROW))
    assert run(["receive", "inbox", "--received", "2021-10-20", "--accept-errors", "--lang", "zh"]) == 0
    capsys.readouterr()
    assert run(["status", "--period", "2021Q3", "--unit", "east", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.splitlines()[3].split()[:3] == ["东示区", "按时（首报10月14日）", "2021-10-20"]


def told(capsys: Text) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """How each unit has reported for the third quarter, and what is not settled."""
    capsys.readouterr()
    run(["status", "--period", "2021Q3", "--format", "json"])
    said = json.loads(capsys.readouterr().out)
    return {row["unit"]: row["status"] for row in said["submissions"]}, said["pending"]


def test_what_came_and_is_not_settled_is_in_question_wherever_returns_are_told(inbox: Path, capsys: Text) -> None:
    hand_in(
        inbox,
        东示区=third("东示区", ROW),
        东示区_改=third("东示区", ROW.replace("1200", "1300")),
        报表=third("市示曲", ROW),
    )
    run(["receive", "inbox", "--received", "2021-10-12", "--lang", "zh"])
    asked = "2021Q3 来件待定（2）：东示区（来了几份）、市示局（单位名称待核）"
    assert asked in capsys.readouterr().out
    statuses, pending = told(capsys)
    assert statuses["east"] == "carried"
    assert pending[0] == {
        "unit": "east",
        "member": None,
        "period": "2021Q3",
        "received": "2021-10-12",
        "why": "rival",
        "stated": None,
        "original_name": "东示区_改.csv",
    }
    run(["status", "--period", "2021Q3", "--lang", "zh"])
    out = capsys.readouterr().out
    assert "2021Q3 报送情况：已报 0/3，应于 2021-10-15 前报送  来件待定 2  未报 1" in out
    assert "10月12日来件，待定（来了几份），沿用 2021Q2" in out
    run(["check", "--period", "2021Q3", "--lang", "zh"])
    assert "已报 0/3  来件待定 2  未报 1" in capsys.readouterr().out
    run(["check", "--period", "2021Q3", "--format", "json", "--lang", "zh"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [f["message"] for f in found if f["code"] == "S101" and f["unit"] == "east"] == [
        "东示区有来件，尚待确定，本期报表没有归档（应于 2021-10-15 前报送）。"
    ]
    hand_in(inbox, 示甲园=third("示甲园", PARK))
    run(["receive", "inbox/示甲园.csv", "--lang", "zh"])  # another delivery: who was in question still is
    assert asked in capsys.readouterr().out
    run(["receive", "inbox", "--received", "2021-10-20"])  # handed in again, they came when they came
    assert [row["received"] for row in told(capsys)[1]] == ["2021-10-12", "2021-10-12"]


def test_where_cover_and_file_name_disagree_it_is_asked_in_what(inbox: Path, capsys: Text) -> None:
    hand_in(inbox, 示开发区=third("东示区", ROW), 市示局_二季度=third("市示局", ROW))
    run(["receive", "inbox", "--received", "2021-10-12"])
    asked = [(row["unit"], row["period"], row["why"]) for row in told(capsys)[1]]
    assert sorted(asked) == [("east", "2021Q3", "unit"), ("office", "2021Q3", "period")]


def test_what_is_settled_is_in_question_no_longer(inbox: Path, capsys: Text) -> None:
    hand_in(
        inbox,
        东示区=third("东示区", ROW),
        东示区_改=third("东示区", ROW.replace("1200", "约1300")),
        报表=third("市示曲", ROW),
    )
    run(["receive", "inbox", "--received", "2021-10-12"])
    run(["receive", "inbox/东示区_改.csv", "--received", "2021-10-13"])  # the one that holds has an error
    statuses, pending = told(capsys)
    assert (statuses["east"], [(row["unit"], row["why"]) for row in pending]) == ("returned", [("office", "unit")])
    run(["receive", "inbox/报表.csv", "--unit", "office", "--received", "2021-10-13"])
    assert told(capsys)[1] == []
    assert not Path("data/pending.csv").exists()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "zh",
            "东示区的本期报表 2021-10-13 已退回（1 处错误），还没有重报（应于 2021-10-15 前报送），沿用 2021Q2 的数字。",
        ),
        (
            "en",
            (
                "The return of East was sent back on 2021-10-13 (1 error) and has not come again (due 2021-10-15); the "
                "figures of 2021Q2 are carried."
            ),
        ),
    ],
)
def test_a_return_that_was_sent_back_is_told_as_such(inbox: Path, capsys: Text, language: str, told: str) -> None:
    hand_in(inbox, 东示区=third("东示区", ROW.replace("1200", "约1300")))
    run(["receive", "inbox", "--received", "2021-10-13"])
    capsys.readouterr()
    run(["check", "--period", "2021Q3", "--format", "json", "--lang", language])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [f["message"] for f in found if f["code"] == "S101" and f["unit"] == "east"] == [told]


def test_last_quarters_file_sent_again_is_no_return_of_this_one(inbox: Path, capsys: Text) -> None:
    before = Path("data/submissions/2021Q2/市示局_2021Q2.csv").read_bytes()
    hand_in(inbox, 东示区=third("东示区", ROW))
    (inbox / "市示局.csv").write_bytes(before)
    run(["receive", "inbox", "--received", "2021-10-12", "--lang", "zh"])
    assert "2021Q3 来件待定（1）：市示局（报的是 2021Q2）" in capsys.readouterr().out
    run(["status", "--period", "2021Q3", "--unit", "office", "--lang", "zh"])
    assert "10月12日来件，待定（报的是 2021Q2）" in capsys.readouterr().out
    assessment = assessed(load_plan(Path("config/targets.yaml")), period=Period(2021, 3))
    asked = [text for _, text in letter(assessment, messages("zh"), assessment.plan.units["office"])]
    missed = (
        "贵单位2021年10月12日报来的是2021年第二季度报表，2021年第三季度报表应于2021年10月15日前报送，尚未收到，请补报。"
    )
    assert missed in asked


def test_a_dry_run_writes_nothing_down(inbox: Path) -> None:
    hand_in(inbox, 东示区=third("东示区", ROW), 东示区_改=third("东示区", ROW.replace("1200", "1300")))
    run(["receive", "inbox", "--dry-run"])
    assert not Path("data/pending.csv").exists()


def test_who_is_asked_which_file_holds_gets_a_letter_that_says_so(inbox: Path) -> None:
    hand_in(inbox, 东示区=third("东示区", ROW), 东示区_改=third("东示区", ROW.replace("1200", "1300")))
    run(["receive", "inbox", "--received", "2021-10-12"])
    assessment = assessed(load_plan(Path("config/targets.yaml")), period=Period(2021, 3))
    said = [text for _, text in circular(assessment, messages("zh"))]
    assert "来件待定的有：东示区（来了几份）。" in said
    assert not any("未报的有" in text and "东示区" in text for text in said)
    page = build(assessment, messages("zh")).decode()
    assert page.index("来件待定：") < page.index("10月12日来件，待定（来了几份）")
    asked = [text for _, text in letter(assessment, messages("zh"), assessment.plan.units["east"])]
    assert "不止一份，内容不同，不能确定以哪份为准，暂未计入，请核实后重报一份。" in "".join(asked)
    assert "未收到" not in "".join(asked)


def test_a_line_that_nobody_can_read_is_told_at_its_cell(inbox: Path, capsys: Text) -> None:
    hand_in(inbox, 东示区=third("东示区", ROW))
    Path("data/pending.csv").write_text(
        "received_at,unit,period,why,member,sha256,original_name\n2021-10-12,east,2021Q3,lost,,,\n", "utf-8"
    )
    assert run(["status", "--period", "2021Q3", "--lang", "en"]) == 2
    assert "pending.csv:D2: says “lost”; expected: rival, unit, period, unreadable, other" in capsys.readouterr().err
