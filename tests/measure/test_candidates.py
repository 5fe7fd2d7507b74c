"""Facilities against criteria of accreditation: verdicts, shortfalls and order, worked out by hand (contract 6.2)."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from mdj_plan.cli.app import run
from mdj_plan.measure.candidates import Candidates, months_between
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.run import run as assess
from tests.checks.world import C1, C2
from tests.folders import lay_out
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
    path = lay_out(tmp_path, plan, QUOTAS, {"2021Q1/东示区_2021Q1.csv": HEAD + SHORT + BLANK + ALL_MET + REST})
    path.with_name("criteria.yaml").write_text(CRITERIA, "utf-8")
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


KINDS = "载体名称,载体类型,级别,所在地区,运营状态,孵化面积（平方米）,在孵企业数（户）,当年活动（场次）\n"


def held(folder: Path, criteria: str, rows: str, quarter: str = "2021Q1", then: str = "") -> Candidates:
    """Candidates of 东示区's rows at a quarter; `then` are its rows of 2020Q4."""
    plan = PLAN.replace("schema: 1\n", "schema: 1\ncriteria: criteria.yaml\n").replace("start: 2021Q1", "start: 2020Q1")
    files = {
        "config/targets.yaml": plan,
        "config/criteria.yaml": criteria,
        "data/quotas.csv": QUOTAS,
        f"data/submissions/{quarter}/东示区.csv": KINDS + rows,
    } | ({"data/submissions/2020Q4/东示区.csv": KINDS + then} if then else {})
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return assess(
        load_plan(folder / "config" / "targets.yaml"), period=Period.parse(quarter), candidates=True
    ).candidates


ANY_KIND = "kind: [incubator, makerspace, science_park]"


def title(*conditions: str, head: str = ANY_KIND) -> str:
    return f"- {{id: t, name: {{zh: 称号}}, {head}, criteria: [{', '.join(conditions)}]}}\n"


ONE = "{id: site, name: {zh: 场地}, of: area_m2, at_least: 1}"


@pytest.mark.parametrize(
    ("head", "at", "in_force"),
    [
        ("from: 2021Q2", "2021Q1", False),
        ("from: 2021Q1", "2021Q1", True),  # from its first period
        ("until: 2021Q1", "2021Q1", True),  # to its last
        ("until: 2020Q4", "2021Q1", False),
        ("from: 2020Q1, until: 2020Q4", "2021Q1", False),
        ("from: 2021Q1, until: 2021Q1", "2021Q1", True),
        ("from: 2021Q2, until: 2021Q4", "2021Q1", False),
    ],
)
def test_when_a_set_is_in_force(tmp_path: Path, head: str, at: str, in_force: bool) -> None:
    found = held(tmp_path, title(ONE, head=f"{ANY_KIND}, {head}"), "示例甲孵化器,孵化器,,,运营,1,,\n", at)
    assert (len(found.sets), len(found.rows)) == ((1, 1) if in_force else (0, 0))


LEVELS = "".join(
    f"示例{n}孵化器,孵化器,{level},,运营,1,,\n"
    for n, level in zip("甲乙丙丁戊", ("国家级", "省级", "市级", "未认定", ""), strict=True)
)


@pytest.mark.parametrize(
    ("below", "considered"),
    [
        ("", "甲乙丙丁戊"),
        (", below: national", "乙丙丁戊"),
        (", below: provincial", "丙丁戊"),
        (", below: municipal", "丁戊"),  # a blank level is none
    ],
)
def test_only_facilities_below_the_level_strive_for_it(tmp_path: Path, below: str, considered: str) -> None:
    found = held(tmp_path, title(ONE, head=ANY_KIND + below), LEVELS)
    assert [row.facility.values.name for row in found.rows] == [f"示例{n}孵化器" for n in considered]


@pytest.mark.parametrize(
    ("kind", "considered"),
    [("[incubator]", "甲"), ("[makerspace]", "乙"), ("[incubator, science_park]", "甲丙"), ("incubator", "甲")],
)
def test_only_facilities_of_the_kind_that_operate(tmp_path: Path, kind: str, considered: str) -> None:
    rows = "示例甲,孵化器,,,运营,1,,\n示例乙,众创空间,,,运营,1,,\n示例丙,大学科技园,,,,1,,\n示例丁,孵化器,,,筹建,1,,\n示例戊,众创空间,,远示区,停运,1,,\n"
    found = held(tmp_path, title(ONE, head=f"kind: {kind}"), rows)
    assert [row.facility.values.name for row in found.rows] == [f"示例{n}" for n in considered]


@pytest.mark.parametrize(
    ("counts_for", "wanted"),
    [("", None), (", counts_for: incubators", 3), (", counts_for: 孵化器", 3)],
)
def test_titles_still_wanted(tmp_path: Path, counts_for: str, wanted: int | None) -> None:
    (state,) = held(tmp_path, title(ONE, head=ANY_KIND + counts_for), "示例甲孵化器,孵化器,,,运营,1,,\n").sets
    assert (state.wanted, state.ready) == (wanted, 1)  # 4 incubators are owed, there is one


def test_of_a_target_that_is_exceeded_none_is_wanted(tmp_path: Path) -> None:
    rows = "".join(f"示例{n}孵化器,孵化器,,,运营,1,,\n" for n in "甲乙丙丁戊")
    (state,) = held(tmp_path, title(ONE, head=f"{ANY_KIND}, counts_for: incubators"), rows).sets
    assert (state.wanted, state.ready) == (0, 5)


@pytest.mark.parametrize(
    ("condition", "row", "value", "verdict", "short_by"),
    [
        ("of: area_m2, at_least: 500", "500,,", 500, "met", None),  # at least includes the number itself
        ("of: area_m2, at_least: 500", "499.5,,", "499.5", "lacking", "0.5"),
        ("of: area_m2, at_least: 500", ",,", None, "unknown", None),
        ("of: area_m2, at_least: 500", "0,,", 0, "lacking", 500),
        ("of: tenants, at_least: 0", ",0,", 0, "met", None),
        ("of: tenants, at_least: 2.5", ",2,", 2, "lacking", 1),  # half a firm is a whole one
        ("of: tenants, times: 2, at_least: 5", ",2,", 4, "lacking", 1),  # one short of five is half a firm
        ("of: tenants, per: area_m2, times: 1000, at_least: 3", "1000,3,", 3, "met", None),
        ("of: tenants, per: area_m2, times: 1000, at_least: 3", "1001,3,", "3000/1001", "lacking", 1),
        ("of: tenants, per: area_m2, times: 1000, at_least: 3", "2000,2,", 1, "lacking", 4),
        ("of: tenants, per: area_m2, at_least: 3", "0,3,", None, "unknown", None),  # nothing to divide by
        ("of: tenants, per: area_m2, at_least: 3", "10,,", None, "unknown", None),
        ("of: tenants, per: area_m2, at_least: 3", ",3,", None, "unknown", None),
    ],
)
def test_one_condition(
    tmp_path: Path, condition: str, row: str, value: int | str | None, verdict: str, short_by: int | str | None
) -> None:
    criteria = title(f"{{id: c, name: {{zh: 条件}}, {condition}}}")
    (found,) = held(tmp_path, criteria, f"示例甲孵化器,孵化器,,,运营,{row}\n").rows
    (detail,) = found.details
    exact = [None if each is None else Fraction(each) for each in (value, short_by)]
    assert [detail.value, detail.verdict, detail.short_by] == [exact[0], verdict, exact[1]]


EITHER = "{id: e, name: {zh: 任一}, any: [{of: tenants, at_least: 10}, {of: area_m2, at_least: 1000}]}"


@pytest.mark.parametrize(
    ("row", "verdict", "short_by", "asked", "fields"),
    [
        ("0,10,", "met", None, "tenants", ()),
        (",10,", "met", None, "tenants", ()),  # one is met: what is blank does not matter
        ("1000,,", "met", None, "area_m2", ()),
        ("900,,", "unknown", None, "area_m2", ("tenants",)),
        (",9,", "unknown", None, "tenants", ("area_m2",)),
        (",,", "unknown", None, "tenants", ("tenants", "area_m2")),
        ("800,9,", "lacking", 1, "tenants", ()),  # nine tenths are nearer than eight
        ("950,9,", "lacking", 50, "area_m2", ()),
    ],
)
def test_any_of_several(
    tmp_path: Path, row: str, verdict: str, short_by: int | None, asked: str, fields: tuple[str, ...]
) -> None:
    (found,) = held(tmp_path, title(EITHER), f"示例甲孵化器,孵化器,,,运营,{row}\n").rows
    (detail,) = found.details
    assert (detail.verdict, detail.short_by, detail.fields) == (verdict, short_by, fields)
    assert (detail.value, detail.required) == (None, None)
    if verdict == "lacking":
        assert detail.asked.of == asked


@pytest.mark.parametrize(
    ("then", "now", "quarter", "value"),
    [
        (11, 4, "2021Q1", 11),  # a year-to-date figure is small in spring
        (4, 11, "2021Q1", 11),
        (11, 4, "2021Q3", 11),
        ("", 4, "2021Q1", 4),
        (11, "", "2021Q1", 11),
        ("", "", "2021Q1", None),
        (11, 4, "2021Q4", 4),  # in the fourth quarter the year is whole
    ],
)
def test_a_figure_over_the_year(
    tmp_path: Path, then: int | str, now: int | str, quarter: str, value: int | None
) -> None:
    criteria = title("{id: c, name: {zh: 活动}, of: events, over: year, at_least: 10}")
    row = "示例甲孵化器,孵化器,,,运营,1,1,"
    (found,) = held(tmp_path, criteria, f"{row}{now}\n", quarter, then=f"{row}{then}\n").rows
    assert found.details[0].value == value


def test_without_a_year_only_the_figure_now_counts(tmp_path: Path) -> None:
    row = "示例甲孵化器,孵化器,,,运营,1,1,"
    criteria = title("{id: c, name: {zh: 活动}, of: events, at_least: 10}")
    (found,) = held(tmp_path, criteria, f"{row}4\n", then=f"{row}11\n").rows
    assert found.details[0].value == 4


def test_the_order_ready_then_fewest_lacking_then_fewest_unknown_then_the_registers(tmp_path: Path) -> None:
    conditions = [
        "{id: a, name: {zh: 甲}, of: area_m2, at_least: 10}",
        "{id: b, name: {zh: 乙}, of: tenants, at_least: 10}",
        "{id: c, name: {zh: 丙}, of: events, at_least: 10}",
    ]
    rows = {
        "两差": "1,1,10",
        "一差二缺": "1,,",
        "一差": "1,10,10",
        "三缺": ",,",
        "齐": "10,10,10",
        "又一差": "10,1,10",
        "一缺": "10,10,",
        "也齐": "11,11,11",
    }
    text = "".join(f"示例{name}孵化器,孵化器,,,运营,{row}\n" for name, row in rows.items())
    found = held(tmp_path, title(*conditions), text).rows
    told = [((each.facility.values.name or "")[2:-3], each.verdict) for each in found]
    assert told == [
        ("齐", "ready"),
        ("也齐", "ready"),
        ("一缺", "unknown"),
        ("三缺", "unknown"),
        ("一差", "lacking"),
        ("又一差", "lacking"),
        ("一差二缺", "lacking"),
        ("两差", "lacking"),
    ]
