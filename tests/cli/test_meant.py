"""What the words of a command line mean, and what is said of those that mean nothing."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from mdj_plan.cli.meant import found_plan, indicators_of, month_of, period_of, units_of
from mdj_plan.cli.trouble import reason, told
from mdj_plan.cli.usage import in_words
from mdj_plan.cli.words import interrupted, language_of
from mdj_plan.messages import messages
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.model import Plan
from mdj_plan.reports.commands import accepting, typed
from mdj_plan.usage import UsageError
from tests.checks.world import C1, findings, table
from tests.folders import lay_out
from tests.reports.county import PLAN, QUOTAS

GROUPED = PLAN.replace("units:\n", "groups:\n  - {id: districts, name: {zh: 各区, en: Districts}}\nunits:\n", 1)
for unit in ("spring", "summer", "autumn"):
    GROUPED = GROUPED.replace(f"id: {unit}, kind: district", f"id: {unit}, kind: district, group: districts")
GROUPED = GROUPED.replace("{id: autumn,", "{id: autumn, participates: false,").replace(
    "name: {zh: 冬区, en: Winter}", "aliases: [老冬区], name: {zh: 冬区, en: Winter}"
)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    folder = tmp_path_factory.mktemp("plan")
    return load_plan(lay_out(folder, GROUPED, QUOTAS))


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (None, None),
        ([], None),
        (["spring"], {"spring"}),
        (["春区"], {"spring"}),
        (["Spring"], {"spring"}),
        (["老冬区"], {"winter"}),
        (["春区", "zone"], {"spring", "zone"}),
        (["甲园"], {"zone"}),  # a member is of its unit
        (["districts"], {"spring", "summer"}),  # a group: those of its units that take part
        (["各区"], {"spring", "summer"}),
        (["autumn"], {"autumn"}),  # by its own name one outside the plan too
    ],
)
def test_units(plan: Plan, names: list[str] | None, ids: set[str] | None) -> None:
    assert units_of(plan, names) == ids


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("sprin", "spring"),
        ("distric", "districts"),
        ("各县区", "各区"),
        ("完全不同", "spring, summer, winter, zone, office, press"),
    ],
)
def test_an_unknown_unit_is_answered_with_the_nearest(plan: Plan, name: str, near: str) -> None:
    with pytest.raises(UsageError) as caught:
        units_of(plan, ["spring", name])
    said = messages("en")(caught.value.name, **caught.value.args_)
    assert f"“{name}”" in said or name in said
    assert near in said


def test_indicators(plan: Plan) -> None:
    assert indicators_of(plan, None) is None
    assert indicators_of(plan, ["孵化器", "area"]) == {"incubators", "area"}
    assert indicators_of(plan, ["New graduates"]) == {"graduates"}
    with pytest.raises(UsageError) as caught:
        indicators_of(plan, ["incubator"])
    assert (caught.value.name, caught.value.args_["near"]) == ("unknown-indicator", "incubators")
    with pytest.raises(UsageError) as caught:
        indicators_of(plan, ["孵化噐"])
    assert caught.value.args_["near"] == "孵化器"


@pytest.mark.parametrize("text", ["2017Q2", "2017q2"])
def test_a_period(text: str) -> None:
    assert str(period_of(text)) == "2017Q2"


@pytest.mark.parametrize("text", ["2017", "2017Q5", "2017Q0", "Q2", "二季度", ""])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        period_of(text)
    assert (caught.value.name, caught.value.args_) == ("not-a-period", {"found": text})


@pytest.mark.parametrize("text", ["2018-13", "2018-00", "2018", "2018年6月x", ""])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        month_of(text)
    assert caught.value.name == "not-a-month"


def test_what_is_not_asked_for_is_nothing() -> None:
    assert (period_of(None), month_of(None)) == (None, None)
    assert str(month_of("2018-06")) == "2018-06"


def test_the_plan_of_the_nearest_folder_above(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    below = plan.path.parent.parent / "data" / "notes"
    below.mkdir()
    monkeypatch.chdir(below)
    assert found_plan(None).path == plan.path
    assert found_plan(plan.path).path == plan.path


@pytest.mark.parametrize(("option", "name"), [("config", "plan-is-folder"), ("config/other.yaml", "plan-not-found")])
def test_a_plan_that_is_none(plan: Plan, option: str, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        found_plan(plan.path.parent.parent / option)
    assert caught.value.name == name


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["check", "--lang", "en"], "en"),
        (["--lang", "zh", "check"], "zh"),
        (["check", "--lang=en"], "en"),
        (["check", "--lang"], "zh"),  # nothing behind it: as the environment has it
        (["check"], "zh"),
        (["check", "--lang", "en", "--lang", "zh"], "en"),
    ],
)
def test_the_language_of_a_call(monkeypatch: pytest.MonkeyPatch, arguments: list[str], language: str) -> None:
    monkeypatch.setenv("MDJ_PLAN_LANG", "zh")
    assert language_of(arguments) == language


def test_a_run_that_is_stopped_says_so_in_its_language() -> None:
    assert [interrupted("zh"), interrupted("en")] == ["已中断", "Interrupted."]


HELP = """\
Usage: mdj-plan check [OPTIONS]
Options:
  --period TEXT  [default: latest]
  --unit TEXT    [required]
  --help         Show this message and exit.
"""


def test_what_the_library_writes_of_its_own_on_a_help_page() -> None:
    assert in_words(HELP, "en") == HELP
    assert in_words(HELP, "zh") == (
        "用法：mdj-plan check [选项]\n选项：\n  --period TEXT  [默认：latest]\n  --unit TEXT    [必填]\n  --help         显示帮助后退出。\n"
    )


@pytest.mark.parametrize(
    ("error", "language", "code", "said"),
    [
        (UsageError("not-a-period", found="Q9"), "en", 2, "Q9"),
        (PermissionError(errno.EACCES, "Permission denied", "a.xlsx"), "en", 2, "a.xlsx"),
        (OSError(errno.ENOSPC, "No space left on device"), "zh", 2, "结果写不出去：磁盘已满"),
        (ValueError("ours"), "en", 70, "ValueError: ours"),
    ],
)
def test_one_clear_line_or_a_traceback(
    capsys: pytest.CaptureFixture[str], error: Exception, language: str, code: int, said: str
) -> None:
    assert told(error, language) == code
    err = capsys.readouterr().err
    assert said in err
    assert ("Traceback" in err or "ValueError" in err) is (code == 70)


def test_why_the_system_refused() -> None:
    texts = messages("en")
    assert reason(ValueError("odd"), texts) == "odd"
    assert reason(OSError(errno.EXDEV, "Cross-device"), texts) == "Cross-device"
    assert reason(OSError(), texts) == "OSError"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("check", "--unit", "east"), "check --unit east"),
        (("accept", "V115", "--facility", "示例 甲"), "accept V115 --facility '示例 甲'"),
        (("export", "-o", "会议材料/"), "export -o 会议材料/"),
        (("accept", "--reason", "…"), "accept --reason …"),
        (("receive", "a'b.xlsx"), "receive 'a'\"'\"'b.xlsx'"),
        (("x", "$HOME", "a;b", ""), "x '$HOME' 'a;b' ''"),
    ],
)
def test_a_command_as_a_person_would_type_it(words: tuple[str, ...], line: str) -> None:
    assert typed(*words) == line


def test_how_a_finding_is_accepted(tmp_path: Path) -> None:
    found = findings(tmp_path, {"东示区_2": table(f"示例甲,{C1},众创空间,,运营,,,,")})
    by = {finding.code: finding for finding in found}
    assert accepting(by["V119"]) == (
        *("accept", "V119", "--unit", "east", "--facility", "示例甲"),
        *(("--field", by["V119"].field) if by["V119"].field else ()),
        *("--until", "2021Q2", "--reason", "…", "--by", "…"),
    )
    assert accepting(by["S101"]) == ()  # an error stands until it is mended
