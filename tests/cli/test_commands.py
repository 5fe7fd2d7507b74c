"""Commands as users type them: what they print, where they write, with which exit code they end."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import hashlib
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mdj_plan.cli.app import run
from mdj_plan.cli.export import SUFFIXES
from mdj_plan.cli.meant import units_of
from mdj_plan.fields import FIELDS
from mdj_plan.plan.load import load_plan
from tests.folders import lay_out
from tests.gallery.examples import EAST, ONE, PLAN, QUOTAS, TWO, WEST, clean, table

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan folder with returns without a fault, the working folder of the test."""
    lay_out(tmp_path, PLAN, QUOTAS, clean())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MDJ_PLAN_LANG", "en")
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "data" / "submissions" / name
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["check", "--plan", "none.yaml"], 2, "There is no plan file none.yaml."),
        (["check", "--period", "2021Q9"], 2, "'2021Q9' is not a period; write it like 2018Q2."),
        (["check", "--period", "2023Q2"], 2, "2023Q2 is no period of the plan (2021Q1 to 2022Q4)."),
        (["check", "--as-of", "2021-02"], 2, "--as-of 2021-02 lies before the first month of the period 2021Q2."),
        (["check", "--as-of", "May"], 2, "'May' is not a month; write it like 2018-05."),
        (["check", "--unit", "eastt"], 2, "The plan has no unit 'eastt'. The nearest: east."),
        (["check", "--nonsense"], 2, "There is no option --nonsense. See --help."),
        (
            ["check", "--plan", "config"],
            2,
            "config is a folder; --plan names the plan file, such as config/targets.yaml.",
        ),
        (
            ["export", "-o", "x.pdf"],
            2,
            "Cannot make 'x.pdf': the suffix must be one of .xlsx, .docx, .html, .csv, .json; or a folder (x/) for the whole pack.",
        ),
        (["explain", "V999"], 2, "There is no code or indicator “V999”. The nearest: V119."),
        (["template"], 2, "Name units with --unit, or use --all."),
        (["validate", "none.xlsx"], 2, "Cannot read or write none.xlsx: no such file or folder"),
    ],
)
def test_wrong_use_gets_one_clear_line(folder: Path, capsys: Capture, options: list[str], code: int, said: str) -> None:
    assert run(options) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip() == said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("check --nonsense", "没有选项 --nonsense。"),
        ("check --perio 2021Q1", "没有选项 --perio；最接近的是：--all-periods、--period。"),
        ("--no-cache check", "命令前面没有选项 --no-cache；命令的选项写在命令后面。"),
        ("--plan x check", "命令前面没有选项 --plan；最接近的是：--lang。命令的选项写在命令后面。"),
        ("check --period", "选项 --period 后面要有内容。"),
        ("check --all-periods=3", "选项 --all-periods 后面不带内容。"),
        ("check --by colour", "--by 不能是“colour”；可用的有：unit、indicator。"),
        ("check one two", "多出了“one two”。"),
        ("validate", "缺少 FILE…。"),
        ("chekc", "没有命令“chekc”；最接近的是：check。"),
        ("--lang zh exprot", "没有命令“exprot”；最接近的是：export。"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_wrong_with_a_command_in_chinese(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, options: str, said: str
) -> None:
    monkeypatch.setenv("MDJ_PLAN_LANG", "zh")
    assert run(options.split()) == 2
    assert capsys.readouterr() == ("", said + "用 --help 查看用法。\n")


def program(folder: Path, *options: str) -> list[str]:
    """A command line that runs the program in a process of its own, and its output in a shell."""
    words = " ".join([sys.executable, "-m", "mdj_plan", *options])
    environment = os.environ | {"MDJ_PLAN_LANG": "zh"}
    done = subprocess.run(
        ["sh", "-c", words], cwd=folder, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    return [str(done.returncode), done.stdout, done.stderr]


NO_COMMAND = """\
用法：mdj-plan [选项] 命令 [参数]…

  读取各单位的季报，逐格检查，每个载体只计一次，对照目标和序时进度，给出联席会议要用的结果。

选项：
  --version             显示版本后退出。
  --lang <zh|en>        界面语言；默认取 MDJ_PLAN_LANG，再取系统设置。
  --install-completion  为当前命令行安装补全（bash、zsh、fish、PowerShell）。
  --show-completion     显示当前命令行的补全脚本。
  -h, --help            显示帮助后退出。

命令：
"""


@pytest.mark.skipif(os.name == "nt", reason="a shell's redirections")
def test_no_command_shows_the_help(folder: Path) -> None:
    code, out, err = program(folder)
    assert (code, err) == ("2", "")
    assert out.startswith(NO_COMMAND)


def test_the_language_may_be_said_before_the_command(folder: Path) -> None:
    before, behind = (
        program(folder, "--lang", "en", "check", "--help"),
        program(folder, "check", "--help", "--lang", "en"),
    )
    assert before == behind
    assert before[1].startswith("Usage: mdj-plan check [OPTIONS]")


@pytest.mark.parametrize("group", ["county", "各县（市）区", "Counties and districts"])
def test_a_groups_id_or_name_selects_its_units(group: str) -> None:
    plan = load_plan(Path("config/targets.yaml"))
    counties = [
        "dongan",
        "yangming",
        "aimin",
        "xian",
        "linkou",
        "hailin",
        "ningan",
        "muling",
        "dongning",
    ]  # but 绥芬河市, which is outside
    assert units_of(plan, [group]) == frozenset(counties)
    assert units_of(plan, [group, "市人社局"]) == frozenset([*counties, "hr"])


def test_the_help_says_what_csv_leaves_out(folder: Path) -> None:
    code, out, err = program(folder, "check", "--help")
    assert (code, err) == ("0", "")
    for said in (
        "表格按单位或按指标分组；不影响 json 和 csv。",
        "csv 只有各项目标的差距；问题的 csv 用 validate --format csv。",
        "也列出其他各期的问题，并计入退出码；csv 里没有问题。",
    ):
        assert "".join(said.split()) in "".join(out.split())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("options", ["check", "check --format json", "check --format csv", "plan"])
def test_a_full_disk_is_one_clear_line(folder: Path, options: str) -> None:
    assert program(folder, options, ">", "/dev/full") == ["2", "", "结果写不出去：磁盘已满\n"]


def test_a_file_that_cannot_be_written_is_named_as_the_user_named_it(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert run(["export", "-o", "out.json", "--lang", "zh"]) == 2
    assert capsys.readouterr().err == "无法读写 out.json：磁盘已满\n"
    assert sorted(path.name for path in folder.iterdir()) == ["config", "data"]


def test_a_return_that_cannot_be_filed_is_named_as_it_would_be(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (folder / "in.csv").write_text(table("东示区", ONE.replace(",20,", ",21,"), TWO), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        assert run(["receive", "in.csv", "--lang", "zh"]) == 2
    place = folder / "data" / "submissions" / "2021Q2"
    assert capsys.readouterr().err == f"无法读写 {place / '东示区_2021Q2.v2.csv'}：磁盘已满\n"
    assert [path.name for path in place.iterdir() if path.name.startswith(".") or ".v2" in path.name] == []
    assert run(["receive", "in.csv"]) == 0
    assert (place / "东示区_2021Q2.v2.csv").is_file()


def test_a_run_that_is_stopped_says_so(folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mdj_plan.run.run", stopped)
    assert run(["check", "--lang", "zh"]) == 130
    assert capsys.readouterr() == ("", "已中断\n")
    assert run(["check", "--lang", "en"]) == 130
    assert capsys.readouterr() == ("", "Interrupted.\n")


def test_no_plan_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["check", "--lang", "zh"]) == 2
    assert "没有找到 config/targets.yaml" in capsys.readouterr().err


def test_a_broken_plan_is_told_line_by_line(folder: Path, capsys: Capture) -> None:
    path = folder / "config" / "targets.yaml"
    path.write_text(PLAN.replace("id: west", "id: east").replace("value: 4", "value: 4, vlaue: 5"), "utf-8")
    assert run(["check"]) == 2
    assert capsys.readouterr().err == (
        "targets.yaml:15:39: unknown key “vlaue”; did you mean “value”?\n"
        "targets.yaml:9:10: the id “east” stands twice (first on line 8)\n"
    )


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("behind", 0), ("never", 0)])
def test_exit_codes_of_a_run_with_a_warning(folder: Path, capsysbinary: object, fail_on: str, code: int) -> None:
    change(folder, EAST, "91990000MAXX00001R", "")
    assert run(["check", "--format", "json", "--fail-on", fail_on]) == code


def test_an_error_makes_one(folder: Path, capsysbinary: object) -> None:
    change(folder, EAST, ",20,1,5", ",约20,1,5")
    assert run(["check", "--format", "json"]) == 1


def test_check_as_json(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["check", "--format", "json", "--as-of", "2021-05"]) == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert list(found) == [
        "schema_version", "tool", "plan", "period", "as_of", "gaps", "duties", "submissions", "overlaps", "findings",
        "summary", "closed", "restatements", "actions", "scores",
    ]  # fmt: skip
    assert found["gaps"][1] == {
        "scope": "district", "unit": "east", "unit_name": "东示区", "indicator": "incubators", "indicator_name": "孵化器",
        "measure_unit": "家", "baseline": 0, "target": 2, "due": "2022Q4", "actual": 2, "actual_reported": 2, "gap": 0,
        "attainment": 1, "schedule": 0.4167, "lag_points": -79.1667, "status": "done", "previous_status": "done",
        "recovered": False, "needed_per_quarter": 0, "forecast": 2, "reporting": "reported", "incomplete": False,
        "clause": "二", "target_original": 2, "attainment_original": 1, "revised_from": None,
    }  # fmt: skip
    assert found["duties"] == [
        {"unit": "office", "duty": "publicity", "status": "in_progress", "progress_total": 3, "clause": "二"}
    ]
    assert found["submissions"][0] == {
        "unit": "east", "unit_name": "东示区", "period": "2021Q2", "status": "received", "due": "2021-07-15",
        "return_period": "2021Q2", "received": "2021-07-05", "version": 1, "file": EAST, "facilities": 2, "members": [],
        "first_received": "2021-07-05", "attempts": [], "contact": None,
    }  # fmt: skip


@pytest.mark.usefixtures("folder")
def test_check_as_json_counts_only_the_units_asked_for(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["check", "--format", "json", "--unit", "west"]) == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert [gap["unit"] for gap in found["gaps"]] == ["west"]
    assert found["summary"] == {
        "returns_expected": 1,
        "returns_received": 1,
        "findings": {"error": 0, "warning": 0, "note": 0},
        "accepted": 0,
        "statuses": {"on_schedule": 1},
        "recovered": 0,
        "skipped": [
            {
                "unit": "west",
                "rules": ["S105", "X104", "X105", "X106", "X107", "X108", "X112"],
                "reason": "skipped-no-earlier-return",
            }
        ],
    }


def test_check_as_csv_cannot_run_as_a_formula(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    plan = folder / "config" / "targets.yaml"
    plan.write_text(PLAN.replace("clause: 一", 'clause: "=1+1"'), "utf-8")
    assert run(["check", "--format", "csv"]) == 0
    data = capsysbinary.readouterr().out
    assert data.startswith(b"\xef\xbb\xbfscope,unit,")
    assert data.count(b"\r\n") == data.count(b"\n") == 4
    assert next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))["clause"] == "'=1+1"


def test_a_broken_return_never_hides_the_others(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (folder / "data" / "submissions" / "2021Q2" / "damaged.xlsx").write_bytes(b"PK\x03\x04 cut off")
    assert run(["check", "--format", "json"]) == 1
    found = json.loads(capsysbinary.readouterr().out)
    assert [(f["code"], f["file"]) for f in found["findings"]] == [("F103", "2021Q2/damaged.xlsx")]
    assert found["gaps"][0]["actual"] == 3


def test_export_by_default_is_named_by_plan_and_period_and_has_the_same_bytes_again(folder: Path) -> None:
    assert run(["export"]) == 0
    first = (folder / "gallery_2021Q2.xlsx").read_bytes()
    assert run(["export"]) == 0
    assert (folder / "gallery_2021Q2.xlsx").read_bytes() == first
    assert not list(folder.glob(".mdj-plan-*"))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_form_of_result_is_written_anew_over_itself(folder: Path, capsys: Capture, suffix: str) -> None:
    assert run(["export", "-o", f"summary{suffix}"]) == 0
    again = run(["export", "-o", f"summary{suffix}"])
    assert again == 0, f"say in reports/ours.py what a {suffix} of ours begins with: {capsys.readouterr().err}"


def test_an_output_open_elsewhere_is_left_alone(folder: Path, capsys: Capture) -> None:
    target = folder / "out.json"
    target.write_text("old")
    (folder / ".~lock.out.json#").write_text("")
    assert run(["export", "-o", "out.json"]) == 2
    assert target.read_text() == "old"
    assert json.loads((folder / "out-2.json").read_text("utf-8"))["period"] == "2021Q2"
    assert "out.json is open elsewhere; saved as out-2.json instead." in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom folders can refuse")
def test_an_output_that_cannot_be_written(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o500)
    assert run(["export", "-o", "closed/out.json"]) == 2


def receipts(folder: Path) -> list[dict[str, str]]:
    with (folder / "data" / "receipts.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_receive_files_the_bytes_unchanged_as_the_next_version(folder: Path, capsys: Capture) -> None:
    data = (
        table("东示区", ONE) + "2,示例乙孵化器,91990000MAXX00002W,孵化器,未认定,,,,2016-05-06,运营,900,13,0,3\n"
    ).encode()
    (folder / "in.csv").write_bytes(data)
    assert run(["receive", "in.csv"]) == 0
    filed = folder / "data" / "submissions" / "2021Q2" / "东示区_2021Q2.v2.csv"
    assert filed.read_bytes() == data
    assert "filed      in.csv → 2021Q2/东示区_2021Q2.v2.csv (0 errors, 0 warnings)" in capsys.readouterr().out
    row = receipts(folder)[0]
    assert (row["unit"], row["period"], row["version"], row["file"]) == (
        "east",
        "2021Q2",
        "2",
        "2021Q2/东示区_2021Q2.v2.csv",
    )
    assert row["sha256"] == hashlib.sha256(data).hexdigest()
    assert (row["original_name"], row["errors"], row["warnings"]) == ("in.csv", "0", "0")
    assert run(["receive", "in.csv"]) == 0
    assert "on file    in.csv: the same bytes as 2021Q2/东示区_2021Q2.v2.csv" in capsys.readouterr().out
    assert len(receipts(folder)) == 1


def test_one_receives_at_a_time(folder: Path) -> None:
    from threading import Thread

    from mdj_plan.archive.filing import filing
    from mdj_plan.plan.load import load_plan

    plan = load_plan(folder / "config" / "targets.yaml")
    told: list[str] = []

    def file() -> None:
        for _ in range(20):
            with filing(plan):
                told.append("in")
                time.sleep(0.001)
                told.append("out")

    desks = [Thread(target=file) for _ in range(4)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert told == ["in", "out"] * 80


@pytest.mark.parametrize("command", ["validate", "receive"])
def test_nothing_handed_over_is_told(folder: Path, capsys: Capture, command: str) -> None:
    (folder / "inbox").mkdir()
    (folder / "inbox" / "~$东示区.xlsx").write_text("a lock file")
    assert run([command, "inbox", "--lang", "zh"]) == 2
    assert capsys.readouterr() == ("", "inbox 里没有报表。\n")


def test_a_file_that_cannot_be_opened_is_not_called_empty(folder: Path, capsys: Capture) -> None:
    (folder / "inbox").mkdir()
    (folder / "inbox" / "东示区_2021Q3.xlsx").symlink_to(folder / "nowhere.xlsx")
    assert run(["validate", "inbox", "--lang", "zh"]) == 1
    assert capsys.readouterr().out.splitlines()[:3] == [
        "inbox/东示区_2021Q3.xlsx",
        "  东示区  2021Q3  1 个错误",
        "  错误 F103 文件打不开：No such file or directory。",
    ]


def test_a_return_without_figures_is_told(folder: Path, capsys: Capture) -> None:
    assert run(["template", "--unit", "east", "-o", "blank"]) == 0
    assert run(["validate", "blank/东示区_2021Q3.xlsx", "--lang", "zh"]) == 1
    assert capsys.readouterr().out.splitlines()[1:4] == [
        "  东示区  2021Q3  载体 2 个  1 个错误",
        "  2 个载体，其中 2 个没有填任何数字。",
        "  错误 S111 报表列了 2 行载体，一个数字也没有填。",
    ]
    assert run(["receive", "--accept-errors", "blank/东示区_2021Q3.xlsx", "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "filed      blank/东示区_2021Q3.xlsx → 2021Q3/东示区_2021Q3.v1.xlsx (1 error, 0 warnings)",
        "    Facilities: 2, of which 2 without any figure.",
        "1 handed in: 1 filed.",
        "2021Q3, nothing yet (2): 西示区, 市示局",
    ]


def test_receive_refuses_errors_unless_told_otherwise(folder: Path, capsys: Capture) -> None:
    (folder / "in.csv").write_text(table("东示区", ONE.replace(",20,", ",约20,")), "utf-8")
    assert run(["receive", "in.csv"]) == 1
    assert "V103 L4" in capsys.readouterr().out
    assert [(row["state"], row["version"]) for row in receipts(folder)] == [("returned", "")]
    before = (folder / "data" / "receipts.csv").read_bytes()
    assert run(["receive", "--dry-run", "--accept-errors", "in.csv"]) == 0
    assert (folder / "data" / "receipts.csv").read_bytes() == before
    assert run(["receive", "--accept-errors", "in.csv"]) == 0
    assert [(row["state"], row["version"], row["errors"]) for row in receipts(folder)[1:]] == [("filed", "2", "2")]


def test_receive_will_not_guess_whose_a_return_is(folder: Path, capsys: Capture) -> None:
    (folder / "in.csv").write_text(table("", ONE), "utf-8")
    assert run(["receive", "--accept-errors", "in.csv"]) == 1
    assert "unit or period uncertain. L105" in capsys.readouterr().out


def test_what_a_killed_run_began_the_next_one_finishes(folder: Path) -> None:
    from mdj_plan.archive import filing
    from mdj_plan.archive.receipts import Receipt
    from mdj_plan.period import Period
    from mdj_plan.plan.load import load_plan

    plan = load_plan(folder / "config" / "targets.yaml")
    data = table("西示区", ONE).encode()
    incoming = plan.submissions / "2021Q2" / ".incoming-1-west.v2.csv"
    incoming.write_bytes(data)
    entry = Receipt(
        row=0,
        received_at=dt.datetime(2021, 7, 6, 9, tzinfo=dt.UTC),
        file="2021Q2/west.v2.csv",
        sha256=hashlib.sha256(data).hexdigest(),
        unit="west",
        period=Period(2021, 2),
        version=2,
        original_name="w.csv",
        state="filed",
    )
    filing._start_receipts(plan.receipts)
    filing._write_journal(plan, entry, incoming)
    with plan.receipts.open("ab") as file:
        file.write(entry.line()[:30])  # killed in the middle of the line
    with filing.filing(plan):
        pass
    assert (plan.submissions / "2021Q2" / "west.v2.csv").read_bytes() == data
    assert [row["file"] for row in receipts(folder)] == ["2021Q2/west.v2.csv"]
    assert not incoming.exists()
    assert not (plan.receipts.parent / filing.JOURNAL).exists()


def test_validate_tells_the_cells_and_what_a_new_version_mended(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    change(folder, EAST, ",20,1,5", ",约20,1,5")
    worse = (
        (folder / "data" / "submissions" / EAST)
        .read_text("utf-8")
        .replace(",约20,", ",20,")
        .replace(",12,0,3", ",-2,0,3")
    )
    (folder / "东示区_2021Q2.csv").write_text(worse, "utf-8")
    assert run(["validate", "东示区_2021Q2.csv"]) == 1
    assert capsysbinary.readouterr().out.decode().splitlines() == [
        "东示区_2021Q2.csv",
        "  东示区  2021Q2  2 facilities  1 error",
        "  error V104 L5  tenant firms: “-2” cannot be negative.",
        "      → Check it and give 0 or more.",
        f"  Against the former version (1, {EAST}): 1 fixed, 0 still open, 1 new",
        "    fixed V103 L4  tenant firms: “约20” is only approximate.",
        "    new V104 L5  tenant firms: “-2” cannot be negative.",
        "  Changes since version 1: 2",
        "    示例甲孵化器  tenant firms: 约20 → 20  L4",
        "    示例乙孵化器  tenant firms: 12 → -2  L5",
        "",
        "To mark the cells and send them back: mdj-plan validate 东示区_2021Q2.csv --annotate returned",
    ]


def test_scripts_read_which_figures_changed_from_what_to_what_and_where(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    filed = (folder / "data" / "submissions" / EAST).read_text("utf-8")
    changed = filed.replace("1200,20,1,5", "90,约20,1,5").replace(",市级,", ",省级,")
    (folder / "东示区_2021Q2.csv").write_text(changed, "utf-8")
    for command in ("validate", "receive"):
        assert run([command, "东示区_2021Q2.csv", "--format", "json"]) == 1
        (found,) = json.loads(capsysbinary.readouterr().out)["files"]
        assert found["compared"] == {
            "version": 1,
            "fixed": 0,
            "open": 0,
            "new": 3,  # V103 of the tenants, V111 of the area, V116 of the level
            "changes": [
                {
                    "facility": "示例甲孵化器",
                    "field": "level",
                    "before": "municipal",
                    "after": "provincial",
                    "cell": "E4",
                },
                {"facility": "示例甲孵化器", "field": "area_m2", "before": 1200, "after": 90, "cell": "K4"},
                {"facility": "示例甲孵化器", "field": "tenants", "before": 20, "after": "约20", "cell": "L4"},
            ],
        }


def test_a_cell_that_another_one_makes_unusable_has_not_changed(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    filed = (folder / "data" / "submissions" / EAST).read_text("utf-8")
    (folder / "东示区_2021Q2.csv").write_text(filed.replace("1200,20,1,5", "1200,20,1,0"), "utf-8")  # V112: 1 of 0
    assert run(["validate", "东示区_2021Q2.csv", "--format", "json"]) == 1
    (found,) = json.loads(capsysbinary.readouterr().out)["files"]
    assert [(row["field"], row["before"], row["after"]) for row in found["compared"]["changes"]] == [
        ("graduates_total", 5, 0)
    ]


def test_validate_takes_the_period_from_the_folder_of_the_given_file(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    filed = (folder / "data" / "submissions" / EAST).read_text("utf-8")
    (folder / "2021Q2").mkdir()
    (folder / "2021Q2" / "east.csv").write_text(
        filed.partition("\n")[2], "utf-8"
    )  # without its line of unit and period
    run(["validate", "2021Q2/east.csv", "--format", "json"])
    (found,) = json.loads(capsysbinary.readouterr().out)["files"]
    assert (found["file"], found["unit"], found["period"]) == ("2021Q2/east.csv", "east", "2021Q2")


def test_validate_as_json(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["validate", f"data/submissions/{WEST}", "--format", "json"]) == 0
    assert json.loads(capsysbinary.readouterr().out) == {
        "schema_version": 1,
        "files": [
            {
                "file": f"data/submissions/{WEST}",
                "unit": "west",
                "period": "2021Q2",
                "version": 1,
                "facilities": 1,
                "findings": [],
                "compared": None,
            }
        ],
    }


def test_a_zip_made_on_a_chinese_windows_is_read_member_by_member(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    import zipfile

    name = "西示区_2021Q2.csv".encode("gbk")
    with zipfile.ZipFile(folder / "in.zip", "w") as archive:
        archive.writestr("x" * len(name), clean()[WEST])
    (folder / "in.zip").write_bytes((folder / "in.zip").read_bytes().replace(b"x" * len(name), name))
    run(["validate", "in.zip", "--format", "json"])
    (read,) = json.loads(capsysbinary.readouterr().out)["files"]
    assert (read["file"], read["unit"], read["period"]) == ("in.zip › 西示区_2021Q2.csv", "west", "2021Q2")


def test_templates_filled_in_read_back_without_a_finding(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    from openpyxl import load_workbook

    assert run(["template", "--unit", "east", "-o", "blank"]) == 0
    path = folder / "blank" / "东示区_2021Q3.xlsx"
    book = load_workbook(path)
    sheet = book["季报"]
    heads = [cell.value for cell in sheet[5]]
    assert [sheet.cell(6, heads.index(h) + 1).value for h in ("载体名称", "统一社会信用代码", "载体类型", "级别")] == [
        "示例甲孵化器", "91990000MAXX00001R", "孵化器", "市级",
    ]  # fmt: skip
    for row in (6, 7):
        for column, head in enumerate(heads, 1):
            if head == "上季数":
                new = str(heads[column - 2]).startswith("本季新增")
                sheet.cell(row, column - 1).value = 0 if new else sheet.cell(row, column).value
    sheet["B3"] = "2021-10-08"
    book.save(path)
    assert run(["validate", str(path)]) == 0
    assert "Nothing to object to." in capsysbinary.readouterr().out.decode()
    assert sheet.protection.sheet
    assert not sheet.protection.password


def test_templates_never_overwrite_what_may_be_filled_in(folder: Path, capsys: Capture) -> None:
    (folder / "blank").mkdir()
    (folder / "blank" / "西示区_2021Q3.xlsx").write_text("filled in")
    assert run(["template", "--all", "-o", "blank"]) == 2
    assert capsys.readouterr().err == (
        "Nothing was written: blank already holds 西示区_2021Q3.xlsx, perhaps filled in. "
        "Use another folder, or --force to overwrite.\n"
    )
    assert [path.name for path in (folder / "blank").iterdir()] == ["西示区_2021Q3.xlsx"]
    assert (folder / "blank" / "西示区_2021Q3.xlsx").read_text() == "filled in"
    assert run(["template", "--unit", "west", "-o", "blank", "--force"]) == 0
    assert (folder / "blank" / "西示区_2021Q3.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("folder")
def test_there_is_no_template_after_the_plans_end(capsys: Capture) -> None:
    assert run(["template", "--all", "--period", "2023Q1"]) == 2
    assert capsys.readouterr().err == "The plan ends with 2022Q4: nothing is to be reported for 2023Q1.\n"


def test_notebooks_get_frames(folder: Path) -> None:
    import mdj_plan

    loaded = mdj_plan.load("config/targets.yaml")
    assert list(loaded.gaps["status"]) == ["on_schedule", "done", "on_schedule"]
    assert list(loaded.gaps["actual"]) == [3, 2, 1]
    assert list(loaded.facilities["name"]) == ["示例甲孵化器", "示例乙孵化器", "示例丙孵化器"]
    assert [*loaded.facilities.columns][: len(FIELDS)] == [*FIELDS]  # every column of a return
    assert len(loaded.findings) == len(loaded.overlaps) == 0
    assert list(loaded.submissions["unit"]) == ["east", "west", "office"]
    assert list(loaded.duties["progress_total"]) == [3]


def with_words(folder: Path, words: str) -> None:
    """The plan with a file of further header words."""
    path = folder / "config" / "targets.yaml"
    path.write_text(path.read_text("utf-8").rstrip() + "\nheaders: ../data/words.csv\n", "utf-8")
    (folder / "data" / "words.csv").write_text(words, "utf-8")


def found_codes(capsys: Capture) -> list[str]:
    return [finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]]


def test_a_plan_may_name_further_header_words(folder: Path, capsys: Capture) -> None:
    change(folder, EAST, "在孵企业数（户）", "入孵小微企业（户）")
    run(["check", "--format", "json"])
    assert found_codes(capsys) == ["L104"]
    with_words(folder, "field,synonym\ntenants,入孵小微企业\n")
    run(["check", "--format", "json"])
    assert found_codes(capsys) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("field,synonym\nfirms,入孵企业\n", "words.csv:A2: says “firms”; expected: new_firms"),
        ("词,字段\n", "words.csv: no header found; expected: field, synonym"),
    ],
)
def test_unusable_header_words_stop_the_run(folder: Path, capsys: Capture, words: str, why: str) -> None:
    with_words(folder, words)
    assert run(["check"]) == 2
    assert capsys.readouterr().err.splitlines()[0] == why


def test_a_return_filed_in_the_same_delivery_stands_beside_the_next(folder: Path, capsys: Capture) -> None:
    (folder / "in").mkdir()
    for unit, row in (("东示区", ONE), ("西示区", ONE.replace("示例甲", "示例丙"))):
        bare = row.replace("91990000MAXX00001R", "")  # what is told of a return on file is told at its place there
        (folder / "in" / f"{unit}_2021Q3.csv").write_text(
            table(unit, bare, quarter="三", reported="2021-10-08"), "utf-8"
        )
    assert run(["receive", "in"]) == 0
    assert [row["file"] for row in receipts(folder)] == ["2021Q3/东示区_2021Q3.v1.csv", "2021Q3/西示区_2021Q3.v1.csv"]
    assert "2 handed in: 2 filed." in capsys.readouterr().out
