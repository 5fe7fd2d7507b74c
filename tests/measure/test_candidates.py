"""Facilities against criteria of accreditation: verdicts, shortfalls and order, worked out by hand (contract 6.2)."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from mdj_plan.cli.app import run
from mdj_plan.measure.candidates import months_between
from tests.checks.world import C1, C2
from tests.gallery.examples import PLAN, QUOTAS

if TYPE_CHECKING:
    from pathlib import Path

CRITERIA = """\
- id: title
  name: {zh: 示例称号}
  document: 示例〔2020〕1号
  from: 2021Q1
  kind: [incubator]
  below: provincial
  counts_for: incubators
  criteria:
    - {id: site, name: {zh: 场地}, of: area_m2, at_least: 1000, remote: 0.8}
    - {id: used, name: {zh: 使用}, of: tenant_area_m2, per: area_m2, at_least: 0.75}
    - {id: density, name: {zh: 密度}, of: tenants, per: area_m2, times: 1000, at_least: 3}
    - {id: running, name: {zh: 年限}, months_since: founded, at_least: 36}
    - id: ip
      name: {zh: 知识产权}
      any: [{of: patent_tenants, per: tenants, at_least: 0.5}, {of: ip_tenants, per: tenants, at_least: 0.3}]
    - {id: events, name: {zh: 活动}, of: events, over: year, at_least: 10}
- {id: old, name: {zh: 旧称号}, until: 2020Q4, kind: [incubator], criteria: [{id: a, name: {zh: 甲}, of: tenants, at_least: 1}]}
"""
HEAD = (
    "载体名称,载体类型,级别,成立日期,运营状态,孵化面积（平方米）,在孵企业使用面积（平方米）,在孵企业数（户）,"
    "已申请专利在孵企业（户）,拥有有效知识产权在孵企业（户）,当年活动（场次）\n"
)
ALL_MET = "示例甲孵化器,孵化器,市级,2018-03-31,运营,1000,750,3,2,0,12\n"
SHORT = "示例乙孵化器,孵化器,,2019-05-10,运营,990,700,2,0,0,4\n"  # 990 ㎡; 70.7 %; 2.02; 22 months; ip 0; 4 events
BLANK = "示例丙孵化器,孵化器,,,运营,2000,,9,5,,\n"  # no date, no tenants' area, no events
REST = "示例丁孵化器,孵化器,省级,2010-01-01,运营,9000,9000,99,99,99,99\n示例戊众创空间,众创空间,,,运营,1,,1,,,\n示例己孵化器,孵化器,,,筹建,1,,1,,,\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    plan = PLAN.replace("schema: 1\n", "schema: 1\ncriteria: criteria.yaml\n").replace("start: 2021Q1", "start: 2020Q1")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "targets.yaml").write_text(plan, "utf-8")
    (tmp_path / "config" / "criteria.yaml").write_text(CRITERIA, "utf-8")
    returns = tmp_path / "data" / "submissions" / "2021Q1"
    returns.mkdir(parents=True)
    (tmp_path / "data" / "quotas.csv").write_text(QUOTAS, "utf-8")
    (returns / "东示区_2021Q1.csv").write_text(HEAD + SHORT + BLANK + ALL_MET + REST, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MDJ_PLAN_LANG", "zh")
    return tmp_path


def asked(capfd: pytest.CaptureFixture[str], *options: str) -> Any:
    assert run(["candidates", "--format", "json", *options]) == 0
    return json.loads(capfd.readouterr().out)


@pytest.mark.usefixtures("folder")
def test_verdicts_shortfalls_and_order(capfd: pytest.CaptureFixture[str]) -> None:
    found = asked(capfd)
    assert [(s["id"], s["wanted"], s["ready"]) for s in found["sets"]] == [("title", 0, 1)]  # 4 incubators of 4
    rows = [(r["facility"], r["verdict"], r["met"], r["lacking"], r["unknown"]) for r in found["rows"]]
    assert rows == [
        ("示例甲孵化器", "ready", 6, 0, 0),
        ("示例丙孵化器", "unknown", 3, 0, 3),
        ("示例乙孵化器", "lacking", 0, 6, 0),
    ]
    short = [(d["id"], d["value"], d["required"], d["short_by"]) for d in found["rows"][2]["details"]]
    assert short == [
        ("site", 990, 1000, 10),
        ("used", 0.7071, 0.75, 42.5),  # 0.75 × 990 − 700
        ("density", 2.0202, 3, 1),  # 3 × 990 ÷ 1000 − 2 = 0.97
        ("running", 22, 36, 14),  # May 2019 to March 2021
        ("ip", None, None, 1),  # both ratios are 0 of what is asked: the first, 0.5 × 2
        ("events", 4, 10, 6),
    ]


def test_what_is_small_in_spring_is_taken_from_the_year_before(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    earlier = folder / "data" / "submissions" / "2020Q4"
    earlier.mkdir()
    (earlier / "东示区_2020Q4.csv").write_text(HEAD + SHORT.replace(",0,4\n", ",0,11\n"), "utf-8")
    row = next(r for r in asked(capfd)["rows"] if r["facility"] == "示例乙孵化器")
    assert [(d["value"], d["verdict"]) for d in row["details"] if d["id"] == "events"] == [(11, "met")]


def test_last_winters_figure_without_a_code_is_nobodys_where_two_codes_fit(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def coded(unit: str, quarter: str, code: str, events: int) -> None:
        file = folder / "data" / "submissions" / quarter / f"{unit}_{quarter}.csv"
        file.parent.mkdir(exist_ok=True)
        row = SHORT.replace("示例乙孵化器,", f"示例乙孵化器,{code},").replace(",0,4\n", f",0,{events}\n")
        file.write_text(HEAD.replace("载体名称,", "载体名称,统一社会信用代码,") + row, "utf-8")

    coded("东示区", "2020Q4", "", 11)
    coded("东示区", "2021Q1", C1, 4)
    coded("西示区", "2021Q1", C2, 4)
    events = [d["value"] for row in asked(capfd)["rows"] for d in row["details"] if d["id"] == "events"]
    assert events == [4, 4]


@pytest.mark.usefixtures("folder")
def test_a_blank_level_is_none(capfd: pytest.CaptureFixture[str]) -> None:
    levels = {row["facility"]: row["level"] for row in asked(capfd)["rows"]}
    assert levels == {"示例甲孵化器": "municipal", "示例乙孵化器": "none", "示例丙孵化器": "none"}


def test_a_remote_unit_is_asked_for_less(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    plan = folder / "config" / "targets.yaml"
    plan.write_text(plan.read_text("utf-8").replace("aliases: [东示]", "aliases: [东示], remote: true"), "utf-8")
    row = next(r for r in asked(capfd)["rows"] if r["facility"] == "示例乙孵化器")
    assert [(d["required"], d["verdict"]) for d in row["details"] if d["id"] == "site"] == [(800, "met")]


@pytest.mark.usefixtures("folder")
def test_a_set_that_is_not_in_force_and_a_unit_without_facilities(capfd: pytest.CaptureFixture[str]) -> None:
    assert asked(capfd, "--unit", "west")["rows"] == []
    assert run(["candidates", "--criteria", "old"]) == 2
    assert "没有“old”这组条件" in capfd.readouterr().err


@pytest.mark.usefixtures("folder")
def test_on_the_screen_one_line_each(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["candidates"]) == 0
    out = capfd.readouterr().out
    assert "培育名单（3 个）" in out
    assert "孵化面积差10平方米" in out


@pytest.mark.parametrize(
    ("since", "day", "months"),
    [
        (dt.date(2018, 3, 31), dt.date(2018, 6, 30), 3),  # from a 31st, full on the last day
        (dt.date(2018, 4, 1), dt.date(2018, 6, 30), 2),
        (dt.date(2018, 6, 30), dt.date(2018, 6, 30), 0),
    ],
)
def test_full_months(since: dt.date, day: dt.date, months: int) -> None:
    assert months_between(since, day) == months
