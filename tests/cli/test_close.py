"""`mdj-plan close` as a user meets it: what it says, when it refuses, what is there afterwards."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from mdj_plan.cli.app import run
from tests.cli.world import built

if TYPE_CHECKING:
    from pathlib import Path

Text = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    built(tmp_path)
    return tmp_path


def editions(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "data" / "closed").glob("*"))


def test_errors_are_to_be_mended_first(folder: Path, capsys: Text) -> None:
    assert run(["close", "2021Q2", "--lang", "zh"]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("将按 2021-06 的序时进度公布 2021Q2（第1版）：6 个数字，依据 6 份报表\n")
    assert "2021Q2 还有 3 个错误，没有公布" in said.err
    assert not (folder / "data" / "closed").exists()


def test_once_closed_it_is_closed(folder: Path, capsys: Text) -> None:
    assert (
        run(["close", "2021Q1", "--accept-errors", "--note", "第六次会议", "--as-of", "2021-04", "--lang", "zh"]) == 0
    )
    assert "2021Q1 已公布（第1版）" in capsys.readouterr().out
    assert run(["close", "2021Q1", "--accept-errors", "--lang", "zh"]) == 2
    assert "2021Q1 已经公布过（第1版" in capsys.readouterr().err
    assert run(["close", "2021Q1", "--accept-errors", "--again", "--lang", "zh"]) == 0
    assert editions(folder) == ["2021Q1.2.json", "2021Q1.json"]
    kept = json.loads((folder / "data" / "closed" / "2021Q1.json").read_text("utf-8"))
    assert (kept["edition"], kept["note"], kept["as_of"]) == (1, "第六次会议", "2021-04")


def test_a_run_tells_of_it(folder: Path, capsys: Text) -> None:
    assert run(["close", "2021Q2", "--accept-errors", "--lang", "zh"]) == 0
    late = folder / "data" / "submissions" / "2021Q2" / "示乙园_2021Q2.csv"
    late.write_text("填报单位,示乙园,,报告期,2021年第二季度\n报告类型,零报告\n", "utf-8")
    capsys.readouterr()
    assert run(["check", "--lang", "zh", "--fail-on", "never"]) == 0
    said = capsys.readouterr().out
    assert "2021Q2 已于 " in said
    assert "示乙园 2021Q2 补报 2021Q2/示乙园_2021Q2.csv" in said
    assert "警告 S109" in said
    assert run(["status", "--lang", "zh"]) == 0
    assert "已公布：2021Q2（第1版，" in capsys.readouterr().out
    assert run(["check", "--format", "json", "--lang", "zh", "--fail-on", "never"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["closed"]["edition"] == 1
    assert found["restatements"][0]["causes"] == {
        "returns": [
            {
                "unit": "zone",
                "member": "示乙园",
                "period": "2021Q2",
                "was": None,
                "now": "2021Q2/示乙园_2021Q2.csv",
            }
        ],
        "plan": False,
        "quotas": False,
        "register": False,
        "tool": None,
    }


def test_a_restated_figure_is_explained(folder: Path, capsys: Text) -> None:
    assert run(["close", "2021Q1", "--accept-errors", "--lang", "zh"]) == 0
    first = folder / "data" / "submissions" / "2021Q1" / "示开发区_2021Q1.csv"
    first.write_text(first.read_text("utf-8").replace("运营,2000", "停运,2000"), "utf-8")
    capsys.readouterr()
    assert run(["explain", "incubators", "--unit", "zone", "--period", "2021Q1", "--lang", "zh"]) == 0
    said = capsys.readouterr().out.replace(" ", "").replace("\n", "")
    changed = "此后变动：示开发区2021Q1的2021Q1/示开发区_2021Q1.csv内容有改动"
    assert f"公布（第1版）时为1，现为0，相差−1；{changed}" in said


def test_receive_files_for_a_closed_period_and_says_so(folder: Path, capsys: Text) -> None:
    assert run(["close", "2021Q1", "--accept-errors", "--lang", "zh"]) == 0
    filed = (folder / "data" / "submissions" / "2021Q1" / "东示区_2021Q1.csv").read_text("utf-8")
    (folder / "东示区_2021Q1.csv").write_text(filed.replace("1200,20,1", "1300,20,1"), "utf-8")
    capsys.readouterr()
    arguments = ["receive", "东示区_2021Q1.csv", "--accept-errors", "--received", "2021-08-02", "--lang", "zh"]
    assert run([*arguments, "--dry-run", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["files"]
    assert (row["closed"]["edition"], row["closed"]["as_of"]) == (1, "2021-03")
    assert run(arguments) == 0
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("已归档  东示区_2021Q1.csv → 2021Q1/东示区_2021Q1.v2.csv")
    day = dt.date.today().isoformat()  # noqa: DTZ011 - the day that `close` says too
    assert second == f"    2021Q1 已于 {day} 公布（第1版）：照常归档，与公布数的差别会列在“数据修订”里"


def test_a_damaged_edition_stops_with_its_file(folder: Path, capsys: Text) -> None:
    (folder / "data" / "closed").mkdir()
    (folder / "data" / "closed" / "2021Q1.json").write_text("{", "utf-8")
    assert run(["check", "--lang", "zh"]) == 2
    assert "2021Q1.json:1:2: 已公布的数据读不出或不完整" in capsys.readouterr().err
    assert run(["receive", "data/submissions/2021Q2/示甲园_2021Q2.csv", "--lang", "zh"]) == 2
