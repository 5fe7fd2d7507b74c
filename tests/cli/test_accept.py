"""`mdj-plan accept`: a row more in exceptions.csv, or the reason why not; and what then becomes of the finding."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mdj_plan.cli.app import run as command
from tests.checks.world import C1, PLAN, table

HEAD = "规则,单位,载体名称,字段,理由,批准人,批准日期,有效至"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """East's area doubles in the second quarter: X107."""
    files = {"config/targets.yaml": PLAN, "data/quotas.csv": "责任单位,指标,目标,依据\n东示区,孵化器,4,二\n"}
    files |= {
        f"data/submissions/2021Q{quarter}/东示区.csv": table(f"示例 云杉,{C1},孵化器,市级,运营,{area},10,0,9")
        for quarter, area in ((1, 1000), (2, 2000))
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MDJ_PLAN_LANG", "zh")
    return tmp_path


def lines(folder: Path) -> list[str]:
    return (folder / "data/exceptions.csv").read_text("utf-8-sig").splitlines()


def x107(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    command(["check", "--format", "json", "--fail-on", "never"])
    (found,) = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["code"] == "X107"]
    return dict(found)


def test_the_hint_is_a_command_ready_to_paste(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hint = x107(capsys)["hint"]
    said = hint.rpartition("：")[2]
    words = shlex.split(said)
    assert words == [
        *("mdj-plan", "accept", "X107", "--unit", "east", "--facility", "示例 云杉"),
        *("--field", "area_m2", "--until", "2021Q2", "--reason", "…", "--by", "…"),
    ]
    assert command(words[1:]) == 0
    assert lines(folder)[0] == HEAD
    after = x107(capsys)
    assert after["accepted"] == {"reason": "…", "by": "…", "until": "2021Q2"}
    assert "accept X107" not in after["hint"]


def test_explain_lists_the_findings_with_their_commands(capsys: pytest.CaptureFixture[str]) -> None:
    command(["explain", "X107"])
    out = capsys.readouterr().out
    assert (
        "mdj-plan accept X107 --unit east --facility '示例 云杉' --field area_m2 --until 2021Q2 --reason … --by …"
        in out
    )


def test_check_says_once_how_what_is_true_is_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    command(["check"])
    said = capsys.readouterr().out
    line = "如第一项： mdj-plan accept X107 --unit east --facility '示例 云杉' --field area_m2 --until 2021Q2 --reason … --by …"
    assert line in " ".join(said.split())
    assert said.count("mdj-plan accept") == 1
    assert "其余各项" not in said


def test_what_is_accepted_is_listed_with_reason_and_end(capsys: pytest.CaptureFixture[str]) -> None:
    command(["accept", "X107", "--until", "2021年底", "--reason", "二期扩建", "--by", "示例局长"])
    command(["check", "--fail-on", "warning"])
    out = " ".join(capsys.readouterr().out.split())
    assert "已认可 1 项，最近到期 2021Q4" in out
    assert "已认可 X107 F2" in out
    assert "→ 理由：二期扩建（示例局长批准）；有效至 2021Q4。" in out


def test_a_row_is_appended_below_those_that_are_there(folder: Path) -> None:
    before = f"{HEAD}\nX104,,,,旧,,,2021Q1\n".encode()
    (folder / "data/exceptions.csv").write_bytes(before)
    assert command(["accept", "area-jumped", "--unit", "东示区", "--until", "2021Q4", "--reason", "扩建"]) == 0
    assert (folder / "data/exceptions.csv").read_bytes().startswith(before)
    assert lines(folder)[2:] == ["area-jumped,东示区,,,扩建,,,2021Q4"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["V103", "--until", "2021Q4", "--reason", "不改"], "V103 不能认可：只有警告和 X104 可以。\n没有写入"),
        (["X107", "--until", "永远", "--reason", "不改"], "填的是“永远”，应为季度，如 2019Q4。\n没有写入"),
        (["X107", "--until", "2021Q4", "--reason", " "], "“理由”没有填。"),
        (["X107", "--until", "2021Q4", "--reason", "不改", "--unit", "东岸区"], "计划里没有单位“东岸区”。"),
    ],
)
def test_what_cannot_be_accepted_is_not_written(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert command(["accept", *words]) == 2
    assert capsys.readouterr().err.startswith(said)
    assert not (folder / "data/exceptions.csv").exists()


def test_papers_count_it_apart(tmp_path: Path) -> None:
    command(["accept", "X107", "--until", "2021Q4", "--reason", "二期扩建"])
    for name in ("汇总.xlsx", "报告.html"):
        command(["export", "-o", str(tmp_path / name)])
    first = load_workbook(tmp_path / "汇总.xlsx").worksheets[0]
    said = [str(cell.value) for row in first.iter_rows() for cell in row if cell.value is not None]
    assert "应报 5 个单位，已报 1 个；报表问题：0 个错误、0 个警告、0 个提示、已认可 1 项，最近到期 2021Q4。" in said
    assert "已认可 1 项，最近到期 2021Q4" in (tmp_path / "报告.html").read_text("utf-8")
