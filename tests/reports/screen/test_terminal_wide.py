"""The monthly run on a terminal: its width, its colours, NO_COLOR; and what must not reach a terminal."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from mdj_plan.cli.app import run
from mdj_plan.messages import messages
from mdj_plan.reports.screen.paper import Screen
from mdj_plan.reports.screen.ruled import Column
from tests.cli.world import built

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """An output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "MDJ_PLAN_LANG"):
        monkeypatch.delenv(name, raising=False)
    return built(tmp_path)


def on_terminal(monkeypatch: pytest.MonkeyPatch, *options: str, columns: int = 80, kind: str = "xterm-256color") -> str:
    """What a terminal of that width is sent."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", kind)
    run(list(options))
    return terminal.getvalue()


def too_wide(said: str, columns: int) -> list[str]:
    """Lines wider than the terminal; a command that is to be copied may be."""
    return [
        line for line in said.splitlines() if cell_len(line) > columns and not line.lstrip().startswith("mdj-plan ")
    ]


PAGE = """\
示例计划
示政发〔2020〕1号  报告期 2021Q2  序时进度算到 2021-06
已报 3/3（其中 1 个部分报送）   2 个错误  4 个警告  1 个提示
部分报送  示开发区（缺示乙园）
迟报  东示区（迟 4 天）
先联系  示乙园（未报）

全市目标完成情况
指标                  完成/目标  完成率  序时进度  差值（百分点）  状态
───────────────────── ────────── ─────── ───────── ─────────────── ────────
孵化器（家）               2°/5   40.0%     20.0%            20.0  达到序时
孵化面积（万平方米）  0.35°/0.8   43.8%     25.0%            18.8  达到序时

指标                  进度图      序时应完成  每季需完成  到期预计
───────────────────── ─────────── ─────────── ─────────── ────────
孵化器（家）          █│██░░░░░░           1           1         2
孵化面积（万平方米）  ██│█░░░░░░         0.2       0.075      0.53
│ 为序时进度应到的位置；各项目标均于 2022Q4 到期
° 含沿用以前各期的数字，或有单位未报。

县（市）区、开发区
责任单位  孵化器（家）   孵化面积（万平方米）  新增毕业（户）
───────── ────────────── ───────────────────── ──────────────
东示区     1/2 达到序时  0.15/0.4 达到序时     2/4 达到序时
示开发区  1°/4 达到序时         —                —
° 含沿用以前各期的数字，或有单位未报。

市直部门
责任单位  任务              完成/目标  状态    每季需完成
───────── ───────────────── ────────── ─────── ──────────
市示局    宣传：报道（篇）  6          进行中

重复申报的载体（1 个，全市各计一次）
载体          类型    申报单位
───────────── ─────── ──────────────
示例甲孵化器  孵化器  东示区、市示局

催报、催改（1 家，滞后的在前）
责任单位  情况
───────── ────
示乙园    未报
应于 2021-07-15 前报送。以上各家本期没有可用的报表，未作检查，数字沿用以前。

报表问题
东示区  2021Q2/东示区_2021Q2.v2.csv  1 个错误、1 个警告
  错误 V103 F4 “孵化面积（平方米）”填“约1200”，是约数。
      → 请填准确数字；若就是 1200，请直接填 1200。
  警告 S102 2021-07-19 报送，晚于 2021-07-15，迟 4 天。
      → 今后请按时报送。
远示区  2021Q2/远示区_2021Q2.csv  1 个提示
  提示 S107 远示区不参加本计划，报表不计入。
单位不明  2021Q2/照片.xlsx  1 个错误、1 个警告
  错误 L101 没有找到载体表或任务表。
      → 请使用季报模板，保留表头。
  警告 F106 文件内容是 csv，后缀却是 .xlsx；已按内容读取。
      → 请用正确的后缀保存。
计划本身  targets.yaml  2 个警告
  警告 P101 16:5 “孵化面积”全市目标 8000，各单位合计只有 4000。
      → 请核对指标分解表。
  警告 P104 16:5 “孵化面积”的目标 8000 没有写依据。
      → 请补填依据条款。
未检查是否与上期报表雷同（S105）：示开发区（此前的报送方式不同）
确属实情的可以认可，以后不再计数（共 4 项：F106、P101、P104、S102）。如第一项：
  mdj-plan accept S102 --unit east --until 2021Q2 --reason … --by …
其余各项的命令按规则列出，例如：mdj-plan explain P104

下一步
  请东示区更正（1 个错误），标出单元格后退回：
    mdj-plan validate data/submissions/2021Q2/东示区_2021Q2.v2.csv --annotate 退回
  请查明 2021Q2/照片.xlsx（没有找到表格）：报表请重发，其他移出文件夹
  会议材料：mdj-plan export -o 会议材料/
"""


@pytest.mark.usefixtures("folder")
def test_the_page_at_80(monkeypatch: pytest.MonkeyPatch) -> None:
    assert on_terminal(monkeypatch, "check", "--lang", "zh", kind="dumb") == PAGE


COMMANDS = (
    ("check",),
    ("check", "--by", "indicator"),
    ("status",),
    ("status", "--all-periods"),
    ("plan",),
    ("explain", "area", "--unit", "east"),
    ("explain", "V103"),
)


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("options", COMMANDS, ids=" ".join)
@pytest.mark.usefixtures("folder")
def test_no_line_is_wider_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], language: str, columns: int
) -> None:
    said = COLOURS.sub("", on_terminal(monkeypatch, *options, "--lang", language, columns=columns))
    assert too_wide(said, columns) == []


@pytest.mark.usefixtures("folder")
def test_a_word_stands_beside_every_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    said = on_terminal(monkeypatch, "check", "--lang", "zh")
    assert "\x1b[32m达到序时\x1b[0m" in said
    assert "\x1b[1;31m2 个错误\x1b[0m" in said
    assert "\x1b[33m部分报送\x1b[0m" in said
    assert COLOURS.sub("", said) == PAGE


@pytest.mark.usefixtures("folder")
def test_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    said = on_terminal(monkeypatch, "check", "--lang", "zh")
    assert set(COLOURS.findall(said)) == {"\x1b[1m", "\x1b[0m"}
    assert COLOURS.sub("", said) == PAGE


@pytest.mark.usefixtures("folder")
def test_piped_is_120_wide_without_a_sign_that_is_not_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("FORCE_COLOR", "1")
    run(["check", "--lang", "zh"])
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert set("█░│─") & set(said) == set()
    assert [line for line in said.splitlines() if line != line.rstrip()] == []
    assert "2°/5   40.0%     20.0%           20.0  达到序时  #|##" in said


HOSTILE = "\x1b]0;x\x07\x1b[31m[red]示例[/red]\u202egnp.\u2066exe\r=1+1 😀👩\u200d👧" + "很长的名称" * 40


@pytest.mark.parametrize("options", COMMANDS, ids=" ".join)
def test_a_hostile_name_steers_nothing_and_breaks_no_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    for name in ("东示区_2021Q2.v2.csv", "市示局_2021Q2.csv"):
        path = folder / "data/submissions/2021Q2" / name
        path.write_text(path.read_text("utf-8").replace("示例甲孵化器", f'"{HOSTILE}"'), "utf-8", newline="")
    said = on_terminal(monkeypatch, *options, "--lang", "zh")
    plain = COLOURS.sub("", said)
    assert (
        set(re.findall(r"\x1b[^\[]|[\x00-\x09\x0b-\x1a\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", said))
        == set()
    )
    assert "\x1b" not in plain
    assert too_wide(plain, 80) == []


def test_a_hostile_name_is_shown_as_it_stands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "data/submissions/2021Q2/市示局_2021Q2.csv"
    path.write_text(path.read_text("utf-8").replace("示例甲孵化器", "[bold]示例\\[/]孵化器:smile:"), "utf-8")
    said = on_terminal(monkeypatch, "explain", "incubators", "--unit", "office", "--lang", "zh", columns=120)
    assert "[bold]示例\\[/]孵化器:smile:  " in COLOURS.sub("", said)


@pytest.mark.parametrize("width", [12, 20, 40, 80])
def test_a_table_breaks_texts_and_cuts_none(width: int) -> None:
    out = io.StringIO()
    screen = Screen(Console(file=out, width=width, color_system=None), messages("en"), plain=True)
    screen.table(
        [Column("A", "left", 30), Column("B", "right"), Column("C", "left", 2)], [["甲" * 30, "b" * 40, "c" * 9]]
    )
    said = out.getvalue()
    assert [said.count(letter) for letter in "甲bc"] == [30, 40, 9]
    assert [line for line in said.splitlines() if cell_len(line) > width] == []
